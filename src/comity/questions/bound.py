"""The questions of **bound**: is it in force, who is bound, what holds between two, when did that change, when will it?"""

from __future__ import annotations

from collections.abc import Sequence

from comity.questions.asking import Plain, Question
from comity.questions.showing import show
from comity.questions.words import read_days
from comity.standing import (
    Coming,
    CoveredChange,
    Standing,
    answer_to_plain,
    coming_to_plain,
    covered_timeline,
    covered_to_plain,
    finding_to_plain,
)
from comity.terms import Answer, Finding

AHEAD = "365d"


def _in_force(standing: Standing, *, agreement: str) -> Answer:
    return show(standing.in_force(agreement), standing.viewer)


def _bound(standing: Standing, *, party: str, agreement: str, territory: str | None = None) -> Answer:
    return show(standing.bound(party, agreement, territory=territory), standing.viewer)


def _between(standing: Standing, *, a: str, b: str, agreement: str | None = None) -> Answer | list[Answer]:
    """About one agreement an answer, else one for each that binds the two."""
    if agreement is not None:
        return show(standing.between(a, b, agreement), standing.viewer)
    return [show(answer, standing.viewer) for answer in standing.agreements_between(a, b)]


def _between_to_plain(found: Answer | list[Answer]) -> Plain:
    if isinstance(found, Answer):
        return answer_to_plain(found)
    return {"agreements": [{"agreement": answer.question.rpartition(" ")[2], **answer_to_plain(answer)} for answer in found]}


def _timeline(standing: Standing, *, agreement: str, party: str | None = None) -> list[CoveredChange]:
    return [show(change, standing.viewer) for change in covered_timeline(standing, agreement, party)]


def _timeline_to_plain(found: Sequence[CoveredChange]) -> Plain:
    return {"changes": [covered_to_plain(change) for change in found]}


def _upcoming(standing: Standing, *, party: str | None = None, within: str = AHEAD) -> list[Coming]:
    return [show(coming, standing.viewer) for coming in standing.upcoming(party, read_days("--within", within, AHEAD))]


def _upcoming_to_plain(found: Sequence[Coming]) -> Plain:
    return {"upcoming": [coming_to_plain(coming) for coming in found]}


def _findings(standing: Standing, *, agreement: str | None = None) -> list[Finding]:
    return [show(finding, standing.viewer) for finding in standing.findings(agreement)]


def _findings_to_plain(found: Sequence[Finding]) -> Plain:
    return {"findings": [finding_to_plain(finding) for finding in found]}


IN_FORCE = Question("in-force", _in_force, answer_to_plain, of_one=True)
BOUND = Question("bound", _bound, answer_to_plain, of_one=True)
BETWEEN = Question("between", _between, _between_to_plain, of_one=True)
TIMELINE = Question("timeline", _timeline, _timeline_to_plain, of_one=True)
UPCOMING = Question("upcoming", _upcoming, _upcoming_to_plain)
FINDINGS = Question("findings", _findings, _findings_to_plain, of_one=True)
