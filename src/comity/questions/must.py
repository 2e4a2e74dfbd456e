"""The question of **must**: who owes what, to whom, by when?"""

from __future__ import annotations

from collections.abc import Sequence

from comity import duties
from comity.duties import DutyStatus, duty_to_plain
from comity.questions.asking import Plain, Question
from comity.questions.showing import show
from comity.questions.words import read_days
from comity.standing import Standing

AHEAD, PAST = "90d", "365d"


def _must(
    standing: Standing, *, party: str | None = None, within: str = AHEAD, past: str = PAST, agreement: str | None = None, everything: bool = False
) -> list[DutyStatus]:
    ahead, back = read_days("--within", within), read_days("--past", past)
    rows = duties.must(standing, party, within=ahead, past=back, agreement=agreement, everything=everything)
    return [show(row, standing.viewer) for row in rows]


def _must_to_plain(found: Sequence[DutyStatus]) -> Plain:
    return {"duties": [duty_to_plain(row) for row in found]}


MUST = Question("must", _must, _must_to_plain)
