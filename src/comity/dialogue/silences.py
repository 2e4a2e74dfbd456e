"""Who has not met with whom, for how long, and whether that is sure.

Source: how-dialogue-is-followed.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from comity.acts import Act
from comity.agreements import Coverage
from comity.dialogue.acts import MEET, meetings_begun, participants
from comity.procedures import KeptAct, is_complete
from comity.standing import Standing
from comity.terms import Moment, Verdict


@dataclass(frozen=True, slots=True)
class Silence:
    """Two parties, by their codes in order: when they last met on record, by which act, how many days ago at least and at most.

    ``last`` None: never on record. ``sure``: yes, they have not met since; unknown: they may have.
    """

    parties: tuple[str, str]
    last: Moment | None
    act: Act | None
    at_least: int | None
    at_most: int | None
    sure: Verdict


def silences_of(standing: Standing, parties: Iterable[str], agreement: str | None = None) -> list[Silence]:
    """Each two of the parties, the longest silent first: never on record, then by the day on which they last met."""
    meets = [one for begun in meetings_begun(standing) for one in begun.of(MEET) if agreement in (None, one.act.agreement)]
    possible = [one for one in meets if one.first <= standing.on]
    declared = standing.coverage_of(agreement)
    found = [_silence((a, b), possible, declared, standing.on) for a, b in combinations(sorted(set(parties)), 2)]
    return sorted(found, key=lambda one: (one.last is not None, date.min if one.last is None else one.last.last, one.parties))


def met_on_record(standing: Standing, agreement: str | None = None) -> list[str]:
    """Who took part in some meeting, by the codes that the acts name."""
    meets = [one for begun in meetings_begun(standing) for one in begun.of(MEET) if agreement in (None, one.act.agreement)]
    return sorted({who for one in meets if one.first <= standing.on for who in participants(one)})


def _silence(pair: tuple[str, str], possible: Sequence[KeptAct], declared: Sequence[Coverage], on: date) -> Silence:
    theirs = [one for one in possible if set(pair) <= set(participants(one))]
    sure = [one for one in theirs if not one.doubtful and one.last <= on]
    latest = max(sure, key=lambda one: (one.last, one.act.ref, one.act.hash), default=None)
    after = date.min if latest is None else latest.last + timedelta(days=1)
    open_ = [one for one in possible if not participants(one) or one in theirs]
    others = [one for one in open_ if one.last >= after and one is not latest]
    verdict = Verdict.YES if not others and is_complete(declared, (MEET,), after, on) else Verdict.UNKNOWN
    if latest is None:
        return Silence(pair, None, None, None, None, verdict)
    done = latest.act.done
    return Silence(pair, done, latest.act, (on - latest.last).days, (on - latest.first).days, verdict)
