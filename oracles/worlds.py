"""Section 2 of the contract: the worlds in which a question is put, and the verdict that comes out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import TypeVar

from comity.agreements.clauses import Agreement, Duration, EntryIntoForce, Withdrawal
from comity.agreements.conditions import AllOf, AnyOf, Condition, Consents, NoAct, PartySet, Waivable
from comity.terms import Verdict, parse_day
from oracles.history import History
from oracles.parties import People
from oracles.record import Deed, Kept, View, closure, leans_on
from oracles.walk import Walk

Fork = tuple[str, str]
Choices = Mapping[Fork, int]
_T = TypeVar("_T")

MOST_UNCERTAIN = 4
MOST_FORKS = 64


class World:
    """One way things may be: a reading of each fork, and of each uncertain act its first or last day."""

    def __init__(self, view: View, on: date, choices: Choices, every_day: bool) -> None:
        self.view = view
        self.on = on
        self.choices = choices
        self.every_day = every_day
        self.last_days: frozenset[str] = frozenset()
        self.raised: dict[Fork, int] = {}
        self.people = People(view.register, on, self.choose)
        self.horizon = max([on, *frozen_days(view), *claimed_days(view), *(act_days(view) if may_be_many(view) else ())])
        self._histories: dict[str, History] = {}
        self._deeds: dict[str, list[Deed]] = {}

    def choose(self, fork: Fork, readings: int) -> int:
        """Which reading holds in this world? The first, unless it is a world of another one."""
        self.raised[fork] = readings
        return self.choices.get(fork, 0)

    def standing_acts(self, agreement_id: str) -> list[Kept]:
        """The acts of an agreement that this world has."""
        kept = self._one_variant(self.view.acts.get(agreement_id, ()))
        denials = self._one_variant(self.view.denials)
        found = []
        for item in kept:
            # 2 (ii) a denied act: with the effect, and without the act
            denied = any(d.act.replies_to in (item.id, item.act.ref) for d in denials)
            if not denied or self.choose(("denied", item.id), 2) == 0:
                found.append(item)
        return found

    def _one_variant(self, kept: Sequence[Kept]) -> list[Kept]:
        # 2 (iii) rows with one reference and different content: one world for each
        variants: dict[str, list[Kept]] = {}
        for item in sorted(kept, key=lambda k: (k.act.ref, k.recorded, k.id)):
            variants.setdefault(item.act.ref, []).append(item)
        return [found[0] if len(found) == 1 else found[self.choose(("variant", ref), len(found))] for ref, found in variants.items()]

    def deeds(self, agreement_id: str) -> list[Deed]:
        if agreement_id not in self._deeds:
            zone = self.view.agreements[agreement_id].zone
            found = [kept.deed(zone, kept.id in self.last_days) for kept in self.standing_acts(agreement_id)]
            self._deeds[agreement_id] = [deed for deed in found if deed is not None]
        return self._deeds[agreement_id]

    def leans_on(self, agreement_id: str) -> list[str]:
        return sorted(leans_on(self.view.agreements[agreement_id], self.view) - {agreement_id})

    def history(self, agreement_id: str) -> History:
        if agreement_id not in self.view.agreements:
            return History(agreement_id)
        if agreement_id not in self._histories:
            walk = Walk(self, self.view.agreements[agreement_id])
            self._histories[agreement_id] = walk.history
            walk.run(self.horizon, self.every_day)
        return self._histories[agreement_id]


def date_worlds(view: View, on: date, choices: Choices, names: Sequence[str], every_day: bool) -> list[World]:
    """The worlds of one fork world: its uncertain acts on their first and last days. Each is made once, and asked again."""
    key = (on, _key(choices), tuple(names), every_day)
    if key not in view.worlds:
        view.worlds[key] = list(_date_worlds(view, on, choices, names, every_day))
    found: list[World] = view.worlds[key]
    return found


def _date_worlds(view: View, on: date, choices: Choices, names: Sequence[str], every_day: bool) -> Iterator[World]:
    fork_world = World(view, on, choices, every_day)
    uncertain = [k.id for n in names for k in fork_world.standing_acts(n) if k.uncertain(view.agreements[n].zone)]
    for last_days in _combinations(uncertain, first_readings=not any(choices.values())):
        world = World(view, on, choices, every_day)
        world.last_days = last_days
        yield world


def _combinations(uncertain: list[str], first_readings: bool) -> list[frozenset[str]]:
    """Which of them are on their last day: all combinations up to four; else all first, all last, and each alone either way."""
    everything = frozenset(uncertain)
    if len(uncertain) <= MOST_UNCERTAIN:
        return [frozenset(i for i, last in zip(uncertain, bits, strict=True) if last) for bits in product((False, True), repeat=len(uncertain))]
    if not first_readings:
        return [frozenset(), everything]
    return [frozenset(), everything, *(frozenset({i}) for i in uncertain), *(everything - {i} for i in uncertain)]


def fork_worlds(view: View, on: date, agreement_id: str, question: Callable[[World], _T], *, every_day: bool) -> list[list[_T]]:
    """The question's answer in every date world of every fork world; the first of the first has all first readings and days."""
    names = closure(agreement_id, view)
    forks: dict[Fork, int] = {}
    known: dict[frozenset[tuple[Fork, int]], list[_T]] = {}
    while True:
        worlds = _readings(forks)
        raised: dict[Fork, int] = {}
        for choices in worlds:
            key = _key(choices)
            if key not in known:
                known[key] = []
                for world in date_worlds(view, on, choices, names, every_day):
                    known[key].append(question(world))
                    raised |= world.raised
        new = {fork: readings for fork, readings in raised.items() if fork not in forks}
        if not new:
            return [known[_key(choices)] for choices in worlds]
        forks |= new


def _key(choices: Choices) -> frozenset[tuple[Fork, int]]:
    return frozenset((fork, reading) for fork, reading in choices.items() if reading)


def _readings(forks: Mapping[Fork, int]) -> list[Choices]:
    """All combinations of readings; beyond 64 each fork alone against the first reading of the others."""
    count = 1
    for readings in forks.values():
        count *= readings
    if count <= MOST_FORKS:
        return [dict(zip(forks, picked, strict=True)) for picked in product(*(range(n) for n in forks.values()))]
    return [{}, *({fork: reading} for fork, readings in forks.items() for reading in range(1, readings))]


def verdict(answers: Sequence[Sequence[Verdict]]) -> Verdict:
    """2, last paragraph."""
    each = []
    for of_dates in answers:
        same = set(of_dates)
        each.append(same.pop() if len(same) == 1 else Verdict.UNKNOWN)
    if Verdict.YES in each and Verdict.NO in each:
        return Verdict.CONTESTED
    return Verdict.UNKNOWN if Verdict.UNKNOWN in each else each[0]


# -- days that a walk may need to reach, although they lie after the day asked about ------------------------------------


def claimed_days(view: View) -> list[date]:
    """The days that claims about parties speak of: which stretch they are about shows only then (2 (iv), 4.4)."""
    acts = [kept.act for found in view.acts.values() for kept in found if kept.act.kind == "assert"]
    return [parse_day(act.details[name]) for act in acts for name in ("bound_from", "bound_until") if name in act.details]


_FORKING = ("denounce", "suspend-denunciation", "suspend", "assert")


def may_be_many(view: View) -> bool:
    """May there be more forks than are combined? Then all of the record's count, also those raised after the day asked about (2)."""
    kept = [item for found in view.acts.values() for item in found]
    refs = [item.act.ref for item in kept]
    raised = sum(item.act.kind in _FORKING for item in kept) + len(view.denials) + len(refs) - len(set(refs))
    raised += sum(s.contested is not None for s in view.register.successions)
    return 1 << raised > MOST_FORKS


def act_days(view: View) -> list[date]:
    """The last day of each act."""
    return [moment.last for found in view.acts.values() for item in found for moment in item.moments()]


def frozen_days(view: View) -> list[date]:
    return [day for agreement in view.agreements.values() for day in _frozen_in(agreement)]


def _frozen_in(agreement: Agreement) -> Iterator[date]:
    for clause in agreement.clauses:
        if isinstance(clause, EntryIntoForce):
            yield from _frozen(clause.when)
            yield from _frozen(clause.floor)
        elif isinstance(clause, Duration):
            yield from _frozen(clause.while_)
        elif isinstance(clause, Withdrawal):
            yield from _frozen(clause.not_while)


def _frozen(condition: Condition | None) -> Iterator[date]:
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.of:
            yield from _frozen(part)
    elif isinstance(condition, Waivable):
        yield from _frozen(condition.condition)
    elif isinstance(condition, Consents | NoAct):
        yield from _frozen_set(condition.by)


def _frozen_set(which: PartySet) -> Iterator[date]:
    if which.of == "members" and which.frozen is not None:
        yield which.frozen
