"""Exchanges of information in balance, and refusals with their causes.

Source: docs/explanation/how-indicators-are-read.md, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from comity.acts import Act
from comity.indicators.counting import Case, acts_of, agreements_of, earliest, reach_of, within
from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Asked, Part
from comity.terms import Verdict

RELEASE, RECEIPT = "release", "receive-information"
REFUSALS = ("refuse", "refuse-force", "refuse-visit")
"""The kinds of act by which somebody is refused something. Source: 5.1."""

NOT_SAID = "not said"


class Flow(NamedTuple):
    """How many objects went one way, for sure and at most; the acts; the day to which that is complete."""

    least: int
    most: int
    cases: list[Case]
    reach: date | None


def exchanges_balanced(evidence: Evidence, asked: Asked) -> Found:
    """The smaller of what was given and what was got, over the larger."""
    given, got = _flow(evidence, asked, asked.party, asked.partner), _flow(evidence, asked, asked.partner, asked.party)
    cases = sorted((*given.cases, *got.cases), key=lambda case: (case.day, case.name))
    reach = earliest((given.reach, got.reach))
    least, most = given.least + got.least, given.most + got.most
    value, why, between = None, "", None
    if reach is None or reach < asked.until:
        why = "the record is not declared complete for releases or receipts in both directions in these days"
    elif most == 0:
        why = "nothing was released either way in these days"
    else:
        between = _bounds(given, got)
        value = _ratio(given.least, got.least) if least else None
        why = "" if least else f"it is not known whether any of the {most} was released in these days"
    return Found(
        value, least, most - least, why, acts_of(cases), agreements_of(cases), reach, between=between,
        parts=(Part("given", given.least, given.most), Part("got", got.least, got.most)),
    )  # fmt: skip


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other)


def _bounds(given: Flow, got: Flow) -> tuple[float, float]:
    """The least and the most that the ratio can be, where something may have been exchanged."""
    corners = [_ratio(a, b) for a in (given.least, given.most) for b in (got.least, got.most) if a or b]
    meet = max(given.least, got.least, 1) <= min(given.most, got.most)
    return min(corners), 1.0 if meet else max(corners)


def _flow(evidence: Evidence, asked: Asked, giver: str | None, taker: str | None) -> Flow:
    """What went from one to another (None: from or to anybody): releases and receipts tell of the same, so the larger of the two counts."""
    released, received = list(_told(evidence, asked, RELEASE, giver, taker)), list(_told(evidence, asked, RECEIPT, taker, giver))
    least = max(sum(number for number, case in some if case.says is Verdict.YES) for some in (released, received))
    most = max(sum(number for number, _ in some) for some in (released, received))
    reaches = [reach_of(evidence, kind, by, asked.since, asked.agreement) for kind, by in ((RELEASE, giver), (RECEIPT, taker))]
    return Flow(least, most, [case for _, case in (*released, *received)], max((one for one in reaches if one is not None), default=None))


def _told(evidence: Evidence, asked: Asked, kind: str, doer: str | None, other: str | None) -> Iterator[tuple[int, Case]]:
    """The acts of the kind by one towards another (None: anybody else), each with how many objects."""
    by, to = (None if code is None else evidence.person(code) for code in (doer, other))
    for case, act in _in_these_days(evidence, asked, (kind,)):
        actor, towards = evidence.person(act.attributed_to), {evidence.person(code) for code in act.counterparty}
        if by in (None, actor) and (to is None or to in towards) and actor != to:
            count = act.details.get("count", "")
            yield int(count) if count.isdecimal() else 1, case


def _in_these_days(evidence: Evidence, asked: Asked, kinds: Collection[str]) -> Iterator[tuple[Case, Act]]:
    """The acts of these kinds that were, or may have been, done in these days, each once."""
    seen = set[str]()
    for told in evidence.acts(kinds):
        act, when = told.act, told.act.done
        if when is None or act.ref in seen or asked.agreement not in (None, act.agreement, *act.listed("basis")):
            continue
        inside = within(when.first, when.last, asked.since, asked.until)
        if inside is not Verdict.NO:
            seen.add(act.ref)
            says = inside if told.sure else Verdict.UNKNOWN
            yield Case(when.first, act.ref, says, (act.ref,), act.agreement, (act.details.get("ground") or act.details.get("why") or NOT_SAID,)), act


def refusals(evidence: Evidence, asked: Asked) -> Found:
    """How often the party refused something, and on what ground."""
    kinds = REFUSALS if asked.kind is None else (asked.kind,)
    party = evidence.person(asked.party)
    cases = sorted(
        (
            case
            for case, act in _in_these_days(evidence, asked, kinds)
            if evidence.person(act.attributed_to) == party and _towards(evidence, act, asked.partner)
        ),
        key=lambda case: (case.day, case.name),
    )
    sure = sum(case.says is Verdict.YES for case in cases)
    grounds = sorted({name for case in cases for name in case.under})
    parts = (Part(name, sum(c.says is Verdict.YES for c in some), len(some)) for name in grounds for some in [[c for c in cases if name in c.under]])
    reach = earliest(reach_of(evidence, kind, asked.party, asked.since, asked.agreement) for kind in kinds)
    complete = reach is not None and reach >= asked.until
    return Found(
        float(sure) if complete else None, sure, len(cases) - sure,
        "" if complete else f"the record is not declared complete for refusals by it in these days; {sure} are on record",
        acts_of(cases), agreements_of(cases), reach, between=(sure, len(cases)) if complete else None, parts=tuple(parts),
    )  # fmt: skip


def _towards(evidence: Evidence, act: Act, partner: str | None) -> bool:
    """Was the partner refused: it is named, or it did what the act replies to?"""
    if partner is None:
        return True
    asked_by = evidence.answered(act)
    return evidence.person(partner) in {evidence.person(code) for code in (*act.counterparty, *(() if asked_by is None else (asked_by,)))}
