"""The slow reading of docs/explanation/how-lessons-are-learned.md: every reading of every observation, one by one, literally as the text says.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from comity.acts import Entry
from comity.agreements.clauses import Coverage
from comity.terms import Verdict
from oracles.kept_acts import KeptAct, Reader

DAY = timedelta(days=1)
KINDS = (
    "submit-observation", "accept-observation", "reject-observation", "identify-lesson", "plan-remedy", "complete-remedy", "validate-lesson",
)  # fmt: skip
# 2.1 in order when
ORDER = {
    "accept-observation": {"submitted", "rejected"},
    "reject-observation": {"submitted", "accepted"},
    "identify-lesson": {"accepted", "identified", "planned", "completed"},
    "plan-remedy": {"identified", "planned"},
    "complete-remedy": {"planned"},
    "validate-lesson": {"completed", "learned"},
}
# 2.2 one after another
ROW = ["submitted", "accepted", "identified", "planned", "completed", "learned"]


@dataclass(frozen=True)
class Place:
    """A state, by which act and day it came, who has to act next, by which day."""

    state: str
    by: str
    since: date
    who: tuple[str, ...]
    due: date | None
    remedy: KeptAct | None


@dataclass(frozen=True)
class Told:
    """An observation on the day."""

    observation: str
    verdict: Verdict
    places: frozenset[tuple[str, str, date, tuple[str, ...], date | None]]
    absent: bool
    late: Verdict
    acts: tuple[str, ...]
    findings: frozenset[tuple[str, str]]


def out_of_order(place: Place | None, act: KeptAct) -> str | None:
    if act.kind == "submit-observation":
        return None
    if place is None:  # 2.4
        return "lesson-before"
    if place.state in ORDER[act.kind]:
        return None
    if place.state == "rejected":  # 2.5
        return "lesson-closed"
    ahead = ROW[ROW.index(place.state) + 1 :]
    if all(state in ahead for state in ORDER[act.kind] - {"rejected"}):  # 2.6
        return "lesson-skipped"
    return "lesson-past"  # 2.7


def led_to(place: Place | None, act: KeptAct, day: date) -> Place | None:
    odd = out_of_order(place, act)
    if odd is not None and odd != "lesson-skipped":
        return place
    stated = date.fromisoformat(act.act.details["due"]) if "due" in act.act.details else None
    remedy = place.remedy if place is not None else None
    if act.kind == "submit-observation":
        return Place("submitted", act.id, day, act.act.counterparty, stated, None)
    if act.kind == "accept-observation":
        return Place("accepted", act.id, day, (act.who,), stated, remedy)
    if act.kind == "reject-observation":
        return Place("rejected", act.id, day, (), stated, remedy)
    if act.kind == "identify-lesson":
        return Place("identified", act.id, day, act.act.counterparty, stated, act)
    body = remedy.act.counterparty if remedy is not None else ()
    if act.kind == "plan-remedy":
        if stated is None and odd is None and place is not None:  # 4.3
            stated = place.due
        return Place("planned", act.id, day, body, stated, remedy)
    if act.kind == "complete-remedy":
        return Place("completed", act.id, day, (remedy.who,) if remedy is not None else (), stated, remedy)
    if act.act.details.get("confirmed") == "yes":
        return Place("learned", act.id, day, (), stated, remedy)
    return Place("identified", act.id, day, body, stated, remedy)


def in_turn(acts: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    # 2.3
    days = [(act.last if last else act.first, act) for act in acts]
    return sorted(days, key=lambda one: (one[0], KINDS.index(one[1].kind), one[1].act.ref, one[1].id))


def readings(acts: Sequence[KeptAct], on: date, last: bool) -> set[Place | None]:
    # 3.2 every act in doubt has effect or none, whatever the others do
    taken = [(day, act) for day, act in in_turn(acts, last) if day <= on]
    doubtful = [act for _, act in taken if act.doubtful]
    found = set()
    for choice in product((True, False), repeat=len(doubtful)):
        without = {act.id for act, holds in zip(doubtful, choice, strict=True) if not holds}
        place: Place | None = None
        for day, act in taken:
            if act.id not in without:
                place = led_to(place, act, day)
        found.add(place)
    return found


def agreed(ways: Sequence[set[str | None]] | Sequence[set[Verdict]]) -> Verdict:
    # 3.3
    if len(ways[0]) > 1 or len(ways[1]) > 1:
        return Verdict.CONTESTED
    return Verdict.YES if ways[0] == ways[1] else Verdict.UNKNOWN


def is_late(place: Place | None, on: date, coverage: Sequence[Coverage]) -> Verdict:
    # 5.1
    if place is None or place.due is None or on <= place.due or place.state in ("learned", "rejected"):
        return Verdict.NO
    # 5.2 covered on each day, for each kind that is in order
    for kind in (kind for kind, states in ORDER.items() if place.state in states):
        day = place.since
        while day <= place.due:
            if not any(covers(one, kind, day) for one in coverage):
                return Verdict.UNKNOWN
            day += DAY
    return Verdict.YES


def covers(one: Coverage, kind: str, day: date) -> bool:
    return not one.parties and (not one.kinds or kind in one.kinds) and (one.from_ is None or one.from_ <= day) and day <= one.through


def covered_through(coverage: Sequence[Coverage], kind: str, start: date) -> date | None:
    # 5.2, day by day
    day = start
    while any(covers(one, kind, day) for one in coverage):
        day += DAY
    return None if day == start else day - DAY


def findings(acts: Sequence[KeptAct], on: date) -> Iterator[tuple[str, str]]:
    # 4.5
    place: Place | None = None
    for day, act in in_turn(acts, False):
        if day > on:
            return
        odd = out_of_order(place, act)
        if odd is not None:
            yield odd, act.act.ref
        if odd in (None, "lesson-skipped"):  # 4.4
            remedy = place.remedy if place is not None else None
            if act.kind in ("plan-remedy", "complete-remedy") and remedy is not None and act.who not in remedy.act.counterparty:
                yield "lesson-not-by-body", act.act.ref
            if act.kind == "identify-lesson" and "due" not in act.act.details:
                yield "lesson-no-deadline", act.act.ref
        place = led_to(place, act, day)


def root(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct | None:
    # 1.3
    if act.kind == "submit-observation":
        return act
    answered = next((other for other in acts if other.id == act.act.replies_to), None)
    return None if answered is None else root(answered, acts)


def lessons(
    entries: Sequence[Entry], declared: Sequence[Coverage], agreements: Mapping[str, Sequence[Coverage]], on: date, known: date, viewer: str | None
) -> list[Told]:
    """Every observation. ``declared``: the record's general coverage; ``agreements``: for each on record, its own."""
    acts = Reader(entries, known, viewer).kept(KINDS)
    found = []
    for submit in acts:
        if submit.kind != "submit-observation":
            continue
        own = [act for act in acts if (of := root(act, acts)) is not None and of.id == submit.id]
        ways = [readings(own, on, last) for last in (False, True)]
        places = {place for way in ways for place in way if place is not None}
        if not places:  # 3.4
            continue
        name = submit.act.agreement
        general = [one for one in declared if not one.agreements]
        here = [one for one in declared if not one.agreements or name in one.agreements]
        coverage = [*agreements[name], *here] if name is not None and name in agreements else general
        states = [{None if place is None else place.state for place in way} for way in ways]
        late = [{is_late(place, on, coverage) for place in way} for way in ways]
        found.append(
            Told(
                observation=submit.id,
                verdict=agreed(states),
                places=frozenset((p.state, p.by, p.since, p.who, p.due) for p in places),
                absent=any(None in way for way in ways),
                late=late[0].copy().pop() if agreed(late) is Verdict.YES else agreed(late),
                acts=tuple(act.id for day, act in in_turn(own, False) if day <= on),
                findings=frozenset(findings(own, on)),
            )
        )
    return found


def strays(entries: Sequence[Entry], known: date, viewer: str | None) -> set[str]:
    acts = Reader(entries, known, viewer).kept(KINDS)
    return {act.id for act in acts if root(act, acts) is None}


COLUMNS = (["submitted"], ["accepted"], ["identified"], ["planned", "completed"], ["learned"], ["rejected"])


def board(found: Sequence[Told], refs: Mapping[str, str]) -> list[list[str]]:
    """Section 6: the columns, with the observations in each in their order; ``refs``: the reference of each."""
    columns: list[list[str]] = []
    for states in COLUMNS:
        inside = []
        for told in found:
            # the first state that it can be, in the order of 2.2, rejected last; of several ways to it the earliest
            place = sorted(told.places, key=lambda p: ([*ROW, "rejected"].index(p[0]), p[2], refs[p[1]], p[1], p[4] or date.max))[0]
            if place[0] in states:
                urgency = 0 if told.late is Verdict.YES else 1 if told.late is Verdict.CONTESTED else 2 if told.late is Verdict.UNKNOWN else 3
                inside.append(((urgency, 1 if place[4] is None else 0, place[4] or date.max, refs[told.observation]), told.observation))
        columns.append([name for _, name in sorted(inside)])
    return columns
