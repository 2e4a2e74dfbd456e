"""The slow reading of docs/explanation/how-disputes-are-followed.md: every reading of every dispute, one by one, literally as the text says.

It shares nothing with the fast path but types. What standing says between two parties is given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from comity.acts import Entry
from comity.agreements.clauses import Agreement, Coverage
from comity.terms import Answer, Verdict
from oracles.dispute_readings import CONTESTED, KINDS, NO, OWN, UNKNOWN, YES, Case, Reading, Step, steps_of
from oracles.kept_acts import KeptAct, Reader

Between = Callable[[str, str, str], Answer | None]


@dataclass(frozen=True)
class StepTold:
    """A step of a dispute on the day."""

    clause: str
    number: int
    states: frozenset[str]
    verdict: Verdict
    first: str
    asked: date | None
    by: str | None
    due: date | None
    late: Verdict
    ripe: Verdict
    since: date | None
    law: Verdict
    lacking: frozenset[str]
    open: Verdict
    ends: date | None
    waiting: tuple[str, ...]
    who: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A dispute on the day."""

    root: str
    sides: tuple[str, ...]
    verdict: Verdict
    states: frozenset[str]
    absent: bool
    acts: tuple[str, ...]
    findings: frozenset[tuple[str, str]]
    steps: tuple[StepTold, ...]
    agreed: frozenset[str]
    since: date
    about: str | None


def in_turn(acts: Sequence[KeptAct], last: bool) -> list[tuple[date, KeptAct]]:
    # 2.6
    days = [(act.last if last else act.first, act) for act in acts]
    return sorted(days, key=lambda one: (one[0], KINDS.index(one[1].kind), one[1].act.ref, one[1].id))


def readings(case: Case, own: Sequence[KeptAct], on: date, last: bool) -> Iterator[Reading]:
    # 8.2; that in which every act has effect comes first
    taken = [(day, act) for day, act in in_turn(own, last) if day <= on]
    doubtful = [act for _, act in taken if act.doubtful]
    for choice in product((True, False), repeat=len(doubtful)):
        without = {act.id for act, holds in zip(doubtful, choice, strict=True) if not holds}
        reading = Reading(case, on)
        for day, act in taken:
            if act.id not in without:
                reading.take(act, day)
        yield reading


def agreed(ways: Sequence[set[str | None]] | Sequence[set[Verdict]] | Sequence[set[str]]) -> Verdict:
    if len(ways[0]) > 1 or len(ways[1]) > 1:
        return CONTESTED
    return YES if ways[0] == ways[1] else UNKNOWN


def same(ways: Sequence[set[Verdict]]) -> Verdict:
    return next(iter(ways[0])) if agreed(ways) is YES else agreed(ways)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    said = set(verdicts)
    return next((one for one in (NO, CONTESTED, UNKNOWN) if one in said), YES)


# -- 7


def touches(provision: str, article: str) -> bool:
    return any(one == provision or one.startswith(provision + "(") or provision.startswith(one + "(") for one in article.split("; "))


def law(answer: Answer | None, article: str, reservations: Sequence[KeptAct], pair: tuple[str, str]) -> list[tuple[Verdict, str]]:
    """What a step being there between two comes to, with the act to which each goes back. ``reservations``: to the agreement, and objections."""
    if answer is None:
        return [(UNKNOWN, "")]
    found = [(answer.verdict, "")]
    for act in reservations:
        touched = any(touches(provision, article) for provision in act.act.listed("articles"))
        if act.kind == "reserve" and act.doubtful and act.who in pair and touched:
            found.append((CONTESTED, act.act.ref))
    only = [one.article for one in answer.exceptions if one.how == "provisional: only"]
    if only and not any(touches(provision, article) for provision in only):
        found.append((NO, ""))
    for one in answer.exceptions:
        if not touches(one.article, article):
            continue
        if one.how in ("reservation", "objection"):
            acts = [act for act in reservations if act.act.ref == one.act]
            meant = [act if act.kind == "reserve" else r for act in acts for r in reservations if act.kind == "reserve" or r.id == act.act.replies_to]
            if any(act.doubtful for act in meant):
                found.append((CONTESTED, one.act))
            else:
                found.append((NO if any(act.act.details.get("extent") == "exclude" for act in meant) else UNKNOWN, one.act))
        elif one.how == "reservation not permitted":
            found.append((CONTESTED, one.act))
        elif one.how in ("suspended", "disapplies"):
            found.append((NO, one.act))
        elif one.how in ("modifies", "modified inter se"):
            found.append((UNKNOWN, one.act))
    return found


def laws(step: Step, case: Case, between: Between, reservations: Sequence[KeptAct]) -> list[tuple[Verdict, str]]:
    raiser, *others = case.sides
    if not others:
        return [(UNKNOWN, "")]
    return [one for other in others for one in law(between(raiser, other, case.agreement.id), step.says.article, reservations, (raiser, other))]


# -- all of them


def disputes(
    entries: Sequence[Entry],
    declared: Sequence[Coverage],
    agreements: Mapping[str, Agreement],
    on: date,
    known: date,
    viewer: str | None,
    between: Between,
) -> list[Told]:
    """Every dispute. ``agreements``: those on record as known; ``between``: what standing says between two (None: one is not on record)."""
    reader = Reader(entries, known, viewer)
    acts = reader.kept(KINDS)
    found = []
    for root in acts:
        if root.act.agreement is None or root_of(root, acts, agreements) is not root:
            continue
        agreement = agreements.get(root.act.agreement)
        if agreement is None:
            continue
        here = [one for one in declared if not one.agreements or agreement.id in one.agreements]
        case = Case(
            agreement, root, acts, [*agreement.coverage, *here], steps_of(agreement, root.act.details.get("clause")),
            tuple(dict.fromkeys((root.who, *root.act.counterparty))),
        )  # fmt: skip
        own = [act for act in acts if root_of(act, acts, agreements) is root]
        ways = [list(readings(case, own, on, last)) for last in (False, True)]
        first = ways[0][0]
        if not any(reading.there for way in ways for reading in way):
            continue
        said = reader.kept(("report-incident", "protest", "contact-hotline"))
        reservations = [act for act in reader.kept(("reserve", "object")) if act.act.agreement == agreement.id]
        where = [{reading.where() for reading in way} for way in ways]
        found.append(
            Told(
                root=root.id,
                sides=case.sides,
                verdict=agreed(where),
                states=frozenset(one for way in where for one in way if one is not None),
                absent=any(None in way for way in where),
                acts=tuple(act.id for day, act in in_turn(own, False) if day <= on),
                findings=frozenset(first.findings),
                steps=tuple(told(case, number, step, ways, laws(step, case, between, reservations)) for number, step in enumerate(case.steps)),
                agreed=frozenset(first.agreed),
                since=root.first,
                about=next((act.act.ref for act in said if act.id == root.act.replies_to), None),
            )
        )
    return found


def told(case: Case, number: int, step: Step, ways: Sequence[Sequence[Reading]], there: list[tuple[Verdict, str]]) -> StepTold:
    first = ways[0][0]
    states = [{reading.steps[number].state for reading in way} for way in ways]
    late = [{reading.late(number) for reading in way} for way in ways]
    ripe = [{reading.to_begin(number)[0] for reading in way} for way in ways]
    return StepTold(
        clause=step.clause,
        number=step.number,
        states=frozenset(states[0] | states[1]),
        verdict=agreed(states),
        first=first.steps[number].state,
        asked=first.steps[number].asked,
        by=first.steps[number].by,
        due=first.due(number),
        late=same(late),
        ripe=same(ripe),
        since=first.to_begin(number)[1],
        law=all_of(verdict for verdict, _ in there),
        lacking=frozenset(act for verdict, act in there if verdict is not YES and act),
        open=all_of([same(ripe), *(verdict for verdict, _ in there)]),
        ends=first.ends(number),
        waiting=tuple(first.waiting(number)),
        who={"either": case.sides, "both": ("+".join(case.sides),), "organ": (step.says.body or "the organ",)}[step.says.begun_by],
    )


def asks(act: KeptAct, agreements: Mapping[str, Agreement]) -> bool:
    # 2.3
    agreement = agreements.get(act.act.agreement or "")
    if act.kind != "request" or agreement is None:
        return False
    return any(step.says.asked_as is not None and step.says.asked_as == act.act.details.get("subject") for step in steps_of(agreement, None))


def root_of(act: KeptAct, acts: Sequence[KeptAct], agreements: Mapping[str, Agreement]) -> KeptAct | None:
    # 2.3, 2.4
    if act.kind == "raise-dispute":
        return act
    before = next((one for one in acts if one.id == act.act.replies_to), None)
    root = None if before is None else root_of(before, acts, agreements)
    return act if root is None and asks(act, agreements) else root


def strays(entries: Sequence[Entry], agreements: Mapping[str, Agreement], known: date, viewer: str | None) -> set[str]:
    acts = Reader(entries, known, viewer).kept(KINDS)
    return {act.act.ref for act in acts if act.kind in OWN and root_of(act, acts, agreements) is None}
