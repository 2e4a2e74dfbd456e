"""What of procedures is found by its name: exercises, missions, pools, courses, lessons, decisions, disputes, bodies; each with its page.

Only what the reader may see is looked through, as of the day; an exercise is there whatever the day, as its page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from comity.acts import Act
from comity.decisions import proposals_on_record
from comity.dialogue import meetings_of
from comity.domestic import pairs_at_home
from comity.missions import missions_on_record, pools_on_record
from comity.standing import Standing
from comity.training import TrainingCourse, courses_of
from comity.votes import rules_on_record
from comity.web.asking import Asked
from comity.web.disputes import every_dispute
from comity.web.exercises.designs import designs_of
from comity.web.exercises.records import acts_of
from comity.web.lessons import every_lesson
from comity.web.linking import anchor
from comity.web.meetings import NONE


class Named(NamedTuple):
    """Something by its kind, title, code and other names; ``page``, ``place`` and ``query``: its page, ``at``: where on it."""

    kind: str
    title: str
    code: str
    page: str
    place: tuple[str, ...] = ()
    query: Mapping[str, str] = {}
    at: str = ""
    names: tuple[str, ...] = ()


def named_in_procedures(this: Asked) -> Iterator[Named]:
    """Everything of procedures that has a page, or stands on one."""
    designs = designs_of(this)
    for name in dict.fromkeys((*designs, *acts_of(this))):
        recorded = designs.get(name)
        activity = recorded.activity if recorded is not None else acts_of(this)[name][0].details["activity"]
        title = recorded.read.design.title if recorded is not None and recorded.read is not None else activity
        yield Named("exercise", title, activity, "exercise", (activity,))
    for mission, titles in this.ask("titles of missions", _titles).items():
        yield Named("mission", [mission, *titles][-1], mission, "mission", (mission,), names=titles)
    for pool in this.ask("pools", pools_on_record):
        yield Named("pool", pool, pool, "pool", (pool,))
    for course in this.ask("courses", courses_of):
        act = course.offer
        yield Named("course", course.title, act.ref, "training", query=_asked(course), at=anchor(act.hash), names=(course.capability,))
    for lesson in every_lesson(this).lessons:
        act, query = lesson.observation, {"activity": lesson.activity, "view": "list"}
        if lesson.activity:
            yield Named("lesson", lesson.title, act.ref, "lessons", query=query, at=anchor(act.hash), names=(lesson.activity,))
        else:
            yield Named("lesson", lesson.title, act.ref, "act", (act.ref,))
    for proposal in this.ask("proposals of the day", _proposed):
        names = tuple(filter(None, (proposal.details.get("text"), proposal.agreement)))
        yield Named("decision", proposal.details.get("subject", proposal.ref), proposal.ref, "decision", (proposal.ref,), names=names)
    for one in this.ask("rules of decision", rules_on_record):
        yield Named("decision rule", f"{one.rule.body}: {one.rule.matters}", one.name, "decision-rule", (one.agreement.id, one.rule.id))
    yield from _talks(this)


def _talks(this: Asked) -> Iterator[Named]:
    """Disputes and incidents, bodies that have met, and what stands in a procedure at home."""
    found = every_dispute(this)
    for dispute in found.disputes:
        names = (dispute.agreement, *dispute.sides, *(this.name(side) for side in dispute.sides))
        yield Named("dispute", dispute.subject or dispute.ref, dispute.ref, "dispute", (dispute.ref,), names=names)
    for incident in found.incidents:
        yield Named("incident", incident.subject or incident.ref, incident.ref, "dispute", (incident.ref,), names=(incident.by,))
    for agreement, name in this.ask("bodies by name", _bodies):
        yield Named("body", name, agreement, "body", (agreement, name))
    for agreement, state in this.ask("pairs at home", pairs_at_home):
        short = this.record.agreement(agreement, this.known).short
        yield Named("home", f"{short} ({state})", agreement, "domestic", query={"state": state, "agreement": agreement}, names=(this.name(state),))


def _bodies(standing: Standing) -> list[tuple[str, str]]:
    """The bodies that have a meeting, each once, with the agreement under which they meet."""
    kept = {(one.agreement, one.body.casefold()): (one.agreement or NONE, one.body) for one in reversed(meetings_of(standing))}
    return sorted(kept.values())


def _proposed(standing: Standing) -> list[Act]:
    """Every proposal that was made by the day, as far as its date is known."""
    return [act for act in proposals_on_record(standing) if act.day is None or act.day <= standing.on]


def _titles(standing: Standing) -> dict[str, tuple[str, ...]]:
    """Each mission on record, with what it was called when it was activated, the latest last."""
    found: dict[str, list[str]] = {mission: [] for mission in missions_on_record(standing)}
    begun = [act for act, undisputed in standing.acts_of(("activate-mission",)) if undisputed]
    for act in sorted(begun, key=lambda act: (act.day or date.min, act.ref)):
        if (mission := act.details.get("mission")) in found and (title := act.details.get("title")):
            found[mission].append(title)
    return {mission: tuple(titles) for mission, titles in found.items()}


def _asked(course: TrainingCourse) -> Mapping[str, str]:
    """What leaves few others beside it."""
    return {"party": course.offered_by, "capability": course.capability}
