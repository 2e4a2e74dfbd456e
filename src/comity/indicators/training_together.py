"""Exercises: how long ago the last joint one was, how much of what can be trained is trained together, which gaps in their legal cover are closed.

Source: docs/explanation/how-indicators-are-read.md, sections 6 to 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from comity.indicators.counting import Case, earliest, reach_of, settled, share
from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Asked
from comity.interoperability import CAPABILITIES, HALF_LIFE
from comity.terms import Verdict

TAKE_PART = "take-part"
FRESH_DAYS = int(HALF_LIFE)
"""Trained within so many days: less than half of it has faded. Source: how-interoperability-is-told.md, 5.2."""


class Joint(NamedTuple):
    """An exercise of both: the first and the last day on which it can have begun, whether it is in doubt, the acts that tell of it."""

    first: date
    last: date
    doubtful: bool
    acts: tuple[str, ...]


def exercise_recency(evidence: Evidence, asked: Asked) -> Found:
    """Days from the beginning of the last joint exercise to the last day asked about."""
    joint = [one for one in _joint(evidence, asked) if one.first <= asked.until]
    sure = [one for one in joint if not one.doubtful and one.last <= asked.until]
    newest = max(sure, key=lambda one: (one.first, one.acts), default=None)
    start = asked.since if newest is None else newest.first
    reach = earliest(reach_of(evidence, TAKE_PART, code, start) for code in (asked.party, asked.partner))
    complete = reach is not None and reach >= asked.until
    if newest is None:
        why = f"no joint exercise is surely on record by {asked.until}"
        return Found(None, 0, len(joint), why, tuple(dict.fromkeys(ref for one in joint for ref in one.acts)), reach=reach)
    most = float((asked.until - newest.first).days)
    later = [one for one in joint if one.last > newest.first and one != newest]
    least = float((asked.until - max(min(one.last, asked.until) for one in (newest, *later))).days) if complete else 0.0
    notes = () if least == most or not complete else ("the day of the last one is not known well enough: the most that it can be is told",)
    why = (
        ""
        if complete
        else f"the last on record began {most:.0f} days before; a later one may be missing, as the record is not declared complete since"
    )
    acts = tuple(dict.fromkeys(ref for one in (newest, *later) for ref in one.acts))
    return Found(most if complete else None, len(sure), len(joint) - len(sure), why, acts, reach=reach, notes=notes, between=(least, most))


def _joint(evidence: Evidence, asked: Asked) -> Iterator[Joint]:
    """The exercises in which the party was with the partner (None: with anybody)."""
    party, partner = evidence.person(asked.party), None if asked.partner is None else evidence.person(asked.partner)
    for held in evidence.exercises():
        own = [part for part in held.parts if part.nation == party]
        others = [part for part in held.parts if part.nation != party and partner in (None, part.nation)]
        if own and others:
            both = (*own, *others)
            doubtful = all(part.doubtful for part in own) or all(part.doubtful for part in others)
            yield Joint(min(p.start.first for p in both), max(p.start.last for p in both), doubtful, tuple(part.act for part in both))


def interoperability(evidence: Evidence, asked: Asked) -> Found:
    """The share of capabilities that were trained together so lately that less than half has faded."""
    partners = evidence.partners(asked.party) if asked.partner is None else [asked.partner]
    cases = list[Case]()
    for partner in partners:
        for capability in CAPABILITIES if asked.kind is None else (asked.kind,):
            says, acts = evidence.fresh(asked.party, partner, capability, FRESH_DAYS, asked.until)
            cases.append(Case(asked.until, f"{partner} {capability}", settled(says), acts, None, (capability, f"with {partner}")))
    start = date.fromordinal(max(1, asked.until.toordinal() - FRESH_DAYS))
    reach = earliest(reach_of(evidence, TAKE_PART, code, start) for code in (asked.party, asked.partner))
    return replace(share(cases, "no partner with whom it may have trained is on record"), reach=reach)


def gaps_closed(evidence: Evidence, asked: Asked) -> Found:
    """The share of the gaps in the legal cover of guests of exercises held in these days that the law of the day asked about would close."""
    cases, guests = list[Case](), evidence.covers(asked.party, asked.partner, asked.since, asked.until)
    for one in guests:
        if one.then is Verdict.YES:
            continue
        says = settled(one.now) if one.then is Verdict.NO else Verdict.UNKNOWN
        cases.append(Case(asked.since, f"{one.exercise} {one.guest} {one.host}", says, one.acts, None, (f"{one.guest} in {one.host}",)))
    found = share(cases, "no gap in the legal cover of exercises held in these days is on record")
    covered = sum(one.then is Verdict.YES for one in guests)
    return replace(found, notes=(f"{covered} guests of exercises were covered then",) if covered else ())
