"""The slow reading of incidents and protests: docs/explanation/how-disputes-are-followed.md, section 9, literally.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import Entry
from comity.agreements.clauses import Agreement
from comity.terms import Verdict
from oracles.dispute_readings import CONTESTED, KINDS, NO, UNKNOWN, YES
from oracles.disputes import root_of
from oracles.kept_acts import KeptAct, Reader

ROOTS = ("report-incident", "protest", "contact-hotline")
INCIDENT_KINDS = (*ROOTS, "acknowledge", "answer-incident", "reply", "consult", "meet", "fail-settlement")


@dataclass(frozen=True)
class Said:
    """One act that somebody was told by: to whom, whether that one acknowledged it, and answered it."""

    act: str
    to: str
    acknowledged: Verdict
    answered: Verdict


def top(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct:
    before = next((one for one in acts if one.id == act.act.replies_to), None)
    return act if before is None else top(before, acts)


def follows(act: KeptAct, other: KeptAct, acts: Sequence[KeptAct]) -> bool:
    before = next((one for one in acts if one.id == act.act.replies_to), None)
    return before is not None and (before is other or follows(before, other, acts))


def incidents(
    entries: Sequence[Entry], agreements: Mapping[str, Agreement], on: date, known: date, viewer: str | None
) -> dict[str, tuple[tuple[str, ...], frozenset[Said]]]:
    """Every incident by the act that began it: its acts up to the day in turn, and what was said to whom."""
    reader = Reader(entries, known, viewer)
    of_disputes = reader.kept(KINDS)
    taken = {act.id for act in of_disputes if root_of(act, of_disputes, agreements) is not None}
    acts = [act for act in reader.kept(INCIDENT_KINDS) if act.id not in taken]
    found = {}
    for root in acts:
        if root.kind not in ROOTS or top(root, acts) is not root or root.first > on:
            continue
        own = [act for act in acts if top(act, acts) is root]
        said = set()
        for act in own:
            if act.kind in ROOTS and act.first <= on:
                for one in act.act.counterparty:
                    back = [other for other in own if other.who == one and follows(other, act, acts)]
                    answers = [best(other, on) for other in back if other.kind in ("answer-incident", "reply", "consult", "meet")]
                    acknowledged = [*answers, *(best(other, on) for other in back if other.kind == "acknowledge")]
                    said.add(Said(act.id, one, any_of(acknowledged), any_of(answers)))
        order = sorted((act.first, INCIDENT_KINDS.index(act.kind), act.act.ref, act.id) for act in own if act.first <= on)
        found[root.id] = (tuple(key[-1] for key in order), frozenset(said))
    return found


def best(act: KeptAct, on: date) -> Verdict:
    if act.first > on:
        return NO
    return CONTESTED if act.doubtful else UNKNOWN if act.last > on else YES


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    said = set(verdicts)
    return next((one for one in (YES, CONTESTED, UNKNOWN) if one in said), NO)


def stray_acknowledgements(entries: Sequence[Entry], agreements: Mapping[str, Agreement], known: date, viewer: str | None) -> set[str]:
    reader = Reader(entries, known, viewer)
    of_disputes = reader.kept(KINDS)
    taken = {act.id for act in of_disputes if root_of(act, of_disputes, agreements) is not None}
    acts = [act for act in reader.kept(INCIDENT_KINDS) if act.id not in taken]
    return {act.act.ref for act in acts if act.kind in ("acknowledge", "answer-incident") and top(act, acts).kind not in ROOTS}
