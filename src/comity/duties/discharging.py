"""Was it done, by which acts, in time; and if not, is it open, overdue, or not known?

1. the acts that would discharge it   2. the state in each way to take uncertain days, without and with doubtful acts
3. one state out of those   4. the verdict on being bound over it.

Source: how-duties-are-derived.md, sections 1, 4 and 5.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.agreements import Coverage
from comity.agreements.requirements import Discharge, Silence
from comity.duties.coverage import complete_for
from comity.duties.occasions import Fall, Occasion
from comity.duties.runs import Bound
from comity.duties.seen import Seen
from comity.terms import Verdict


class State(StrEnum):
    """How a duty stands on a day."""

    OPEN = "open"
    DONE = "done"
    LATE = "done late"
    OVERDUE = "overdue"
    NOT_KNOWN = "not known"
    CONTESTED = "contested"
    LAPSED = "lapsed"
    ACCEPTED = "accepted"
    KEPT = "kept"
    EXCEEDED = "exceeded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state, the acts that count as discharging it, and what is to be said about it, in order."""

    state: State
    acts: tuple[Seen, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """How the acts are looked at: who is one person with whom, on which day, and for what the record is complete."""

    bound: Bound
    coverage: Sequence[Coverage]
    on: int
    strict: bool


Way = tuple[bool, bool]
"""Whether uncertain events, and uncertain acts, are taken as their last day."""
_WAYS: tuple[Way, ...] = tuple(itertools.product((False, True), (False, True)))


def outcome(looking: Looking, occasion: Occasion, acts: Iterable[Seen]) -> Outcome | None:
    """How the occasion stands; None: nothing is owed."""
    candidates = would_discharge(looking, occasion, acts)
    unsure = occasion.unsure or occasion.first.at is not None or any(a.unsure for a in candidates)
    ways = _WAYS if unsure else _WAYS[:1]
    everything = [_in_way(looking, occasion, candidates, way) for way in ways]
    if any(a.doubtful for a in candidates):
        sound = [a for a in candidates if not a.doubtful]
        differ = _merged([_in_way(looking, occasion, sound, way) for way in ways])
    else:
        differ = _merged(everything)
    return over(occasion, _merged(everything), differ)


def _merged(found: list[Outcome | None]) -> Outcome | None:
    """One outcome, where the ways agree on its state; else it is not known."""
    states = {None if o is None else o.state for o in found}
    if len(states) == 1:
        return found[0]
    told = " or ".join(sorted({"not owed" if s is None else str(s) for s in states}))
    acts = next((o.acts for o in found if o is not None and o.acts), ())
    return Outcome(State.NOT_KNOWN, acts, (f"the days are not sure: {told}",))


def over(occasion: Occasion, everything: Outcome | None, sound: Outcome | None) -> Outcome | None:
    """Contested where a doubtful act or the standing makes it so, else not known where the standing is; None: whatever was done, nothing is owed."""
    if everything is None or sound is None:
        return None
    if everything.state != sound.state or (occasion.by is not None and occasion.by.doubtful):
        return Outcome(State.CONTESTED, everything.acts, ("an act that this rests on is denied, or its records differ", *everything.says))
    verdicts = set(occasion.bound) - {Verdict.NO}
    if Verdict.CONTESTED in verdicts:
        return Outcome(State.CONTESTED, everything.acts, ("whether it is bound is contested", *everything.says))
    if Verdict.UNKNOWN in verdicts:
        return Outcome(State.NOT_KNOWN, everything.acts, ("whether it is bound is not known", *everything.says))
    if occasion.reached is None:
        measures = ", ".join(dict.fromkeys(m.measure for m in occasion.duty.thresholds))
        return Outcome(State.NOT_KNOWN, everything.acts, (f"the act gives none of the numbers that decide: {measures}", *everything.says))
    return everything


# -- which acts


def would_discharge(looking: Looking, occasion: Occasion, acts: Iterable[Seen]) -> list[Seen]:
    """The acts that would discharge the occasion, whenever they were done."""
    discharge = occasion.duty.discharged
    return [] if discharge is None else [a for a in acts if a.kind in discharge.acts and _fits(looking, occasion, discharge, a)]


def _fits(looking: Looking, occasion: Occasion, discharge: Discharge, act: Seen) -> bool:
    """Would this act discharge the occasion, whenever it was done?"""
    details, by = act.act.details, occasion.by
    if any(details.get(name) != value for name, value in discharge.match.items()):
        return False
    if occasion.body is not None and details.get("body") != occasion.body:
        return False
    if by is not None:
        if act.act.hash == by.act.hash or any(details.get(name) != by.act.details.get(name) for name in discharge.same):
            return False
        if discharge.replies and act.act.replies_to != by.act.hash:
            return False
    return _by_whom(looking, occasion, discharge, act)


def _by_whom(looking: Looking, occasion: Occasion, discharge: Discharge, act: Seen) -> bool:
    person = looking.bound.person
    if discharge.by == "debtor" and occasion.debtor is not None:
        return person(act.actor) == person(occasion.debtor)
    if discharge.by == "creditor":
        if occasion.creditors:
            return person(act.actor) in {person(c) for c in occasion.creditors}
        return occasion.debtor is None or person(act.actor) != person(occasion.debtor)
    return True


# -- in one way to take uncertain days


def _in_way(looking: Looking, occasion: Occasion, candidates: list[Seen], way: Way) -> Outcome | None:
    fall = occasion.last if way[0] else occasion.first
    if occasion.bound[way[0]] is Verdict.NO or (occasion.by is not None and occasion.by.day(way[0]) > looking.on):
        return None
    number = 1 if occasion.duty.discharged is None else occasion.duty.discharged.number
    counting = sorted((a for a in candidates if _counts(looking, fall, a, way[1])), key=lambda a: _order(a, way[1]))
    if len(counting) >= number:
        done = tuple(counting[:number])
        return Outcome(State.DONE if _in_time(fall, done[-1], way[1]) else State.LATE, done)
    if fall.due is None or fall.due >= looking.on:
        return _open(looking, occasion, fall)
    return _missed(looking, occasion, fall)


def _order(act: Seen, last: bool) -> tuple[int, float, str, str]:
    """By day, then by the hour; one without hour stands first or last in its day."""
    edge = math.inf if last else -math.inf
    return act.day(last), edge if act.instant is None else act.instant.timestamp(), act.act.ref, act.act.hash


def _counts(looking: Looking, fall: Fall, act: Seen, last: bool) -> bool:
    day, answers = act.day(last), act.act.details.get("due")
    if day > looking.on:
        return False
    if answers is not None and fall.due is not None:
        return answers == _iso(fall.due)
    return fall.opens <= day < fall.closes


def _in_time(fall: Fall, act: Seen, last: bool) -> bool:
    if fall.due is None:
        return True
    if fall.at is None:
        return act.day(last) <= fall.due
    if act.instant is not None:
        return act.instant <= fall.at
    return act.day(last) < fall.due if last else act.day(last) <= fall.due


def _open(looking: Looking, occasion: Occasion, fall: Fall) -> Outcome:
    """Not done yet; where no day is named, only if the record would know."""
    if fall.due is not None or occasion.duty.discharged is None:
        return Outcome(State.OPEN)
    through, says = _complete(looking, occasion, fall.opens)
    return Outcome(State.OPEN if through is not None else State.NOT_KNOWN, (), says)


def _missed(looking: Looking, occasion: Occasion, fall: Fall) -> Outcome:
    if occasion.duty.discharged is None:
        return Outcome(State.NOT_KNOWN, (), ("no act on record could show it done",))
    through, says = _complete(looking, occasion, fall.opens)
    needed = looking.on if looking.strict else fall.due
    if through is None or needed is None or through < needed:
        short = () if through is None else (f"the record is complete only to {_iso(through)}",)
        return Outcome(State.NOT_KNOWN, (), (*says, *short))
    reached = () if through >= looking.on else (f"the record is complete to {_iso(through)}; it may have been done since",)
    if isinstance(occasion.duty.when, Silence):
        return Outcome(State.ACCEPTED, (), ("nobody answered in time: it counts as accepted", *reached))
    return Outcome(State.LAPSED if occasion.duty.option else State.OVERDUE, (), reached)


def _complete(looking: Looking, occasion: Occasion, opens: int) -> tuple[int | None, tuple[str, ...]]:
    """To which day the record is complete for what would discharge it; and what was never covered."""
    discharge = occasion.duty.discharged
    assert discharge is not None
    party = occasion.debtor if discharge.by == "debtor" else None
    found = complete_for(looking.coverage, discharge.acts, party, opens)
    if found.through is not None:
        return found.through, ()
    who = f" by {party}" if party else ""
    return None, (f"acts of kind {', '.join(found.missing)}{who} since {_iso(opens)} were never covered by a source on record",)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
