"""The slow reading of docs/explanation/how-mediators-are-ranked.md, sections 2 to 5: every case of what is unknown is gone through.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from comity.mediators.material import Material, Spell
from comity.mediators.rules import MediatorRules
from comity.terms import Verdict

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
DISTANCES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, math.inf)
"""What an unknown distance is tried as; worlds made for this reading have no others."""


@dataclass(frozen=True)
class Told:
    """What comes out for one candidate."""

    party: str
    barred: Verdict
    bars: tuple[tuple[str, Verdict, tuple[Verdict | None, ...]], ...]
    merits: tuple[tuple[str, float | None], ...]
    best: int | None
    worst: int | None


def mediators(material: Material, rules: MediatorRules) -> list[Told]:
    """Section 5's list."""
    read = [_Candidate(material, rules, party) for party in material.candidates]
    found = []
    for one, (best, worst) in zip(read, ranks(read, rules), strict=True):
        merits = (("treaty", one.treaty), ("mediations", one.mediations), ("agreements", one.agreements), ("votes", one.distance))
        found.append(Told(one.party, one.barred, one.bars, merits, best, worst))

    def place(told: Told) -> tuple[int, float, float, str]:
        if told.barred is YES:
            return 2, len([1 for _, verdict, _ in told.bars if verdict is YES]), 0, told.party
        assert told.best is not None
        assert told.worst is not None
        return (0 if told.barred is NO else 1), told.worst, told.best, told.party

    return sorted(found, key=place)


class _Candidate:
    """Sections 3 and 4, for one candidate."""

    def __init__(self, material: Material, rules: MediatorRules, party: str) -> None:
        self.m, self.rules, self.party = material, rules, party
        reading: dict[str, Callable[[str], Verdict | None]] = {
            "alliance": lambda side: either(self.record("alliance", side), self.table("alliance", side, 0)),
            "dispute": lambda side: either(self.record("dispute", side), self.table("dispute", side, rules.years)),
            "rivalry": lambda side: either(self.record("rivalry", side), self.table("rivalry", side, 0)),
            "arms": self.arms,
            "troops": self.troops,
        }
        bars = []
        for name in rules.bars:
            towards = tuple(reading[name](side) for side in material.sides)
            asked = [verdict for verdict in towards if verdict is not None]
            if asked:
                one_side_only = name in ("alliance", "arms", "troops")
                bars.append((name, bar(asked, one_side_only), towards))
        self.bars = tuple(bars)
        self.barred = in_all_cases([verdict for _, verdict, _ in bars], any)
        self.treaty = self.shown("treaty")
        self.mediations = self.shown("mediations")
        both = [either(self.record("agreements", side), self.table("agreements", side, 0)) for side in material.sides]
        self.agreements = 1 if both == [YES, YES] else 0
        self.distance = self.votes()

    def record(self, what: str, side: str) -> Verdict:
        """2.4: what is not on record says nothing, which here is as good as no."""
        said = [one.verdict for one in self.m.recorded if (one.of, one.candidate, one.side) == (what, self.party, side)]
        return YES if YES in said else UNKNOWN if said else NO

    def table(self, what: str, side: str, years: int) -> Verdict:
        """2.2 and 2.3."""
        reach = {str(name): one for name, one in self.m.reaches.items()}.get(what)
        if reach is None:
            return UNKNOWN
        day = reach.through if self.rules.carry and reach.through < self.m.on else self.m.on
        since = back(day, years)
        spells = [s for s in self.m.spells if (s.of, s.candidate, s.side) == (what, self.party, side)]
        if any(all(self.touches(way, since, day) for way in ways(spell)) for spell in spells):
            return YES
        if any(self.touches(way, since, day) for spell in spells for way in ways(spell)):
            return UNKNOWN
        if reach.since <= since and reach.through >= day and self.listed(side, day) and self.listed(self.party, day):
            return NO
        return UNKNOWN

    def touches(self, way: tuple[int, int], since: int, day: int) -> bool:
        first, last = way
        return not (first > day or last < since)

    def listed(self, party: str, day: int) -> bool:
        return any(day in range(first, last + 1) for first, last in self.m.members.get(party, ()))

    def years(self, what: str, count: int) -> list[int]:
        """The calendar years before the day's; with --carry, moved back to end with the table's last."""
        last = date.fromordinal(self.m.on).year - 1
        reach = {str(name): one for name, one in self.m.reaches.items()}.get(what)
        while reach is not None and self.rules.carry and last > date.fromordinal(reach.through).year:
            last -= 1
        return [last - n for n in range(count)][::-1]

    def arms(self, side: str) -> Verdict:
        reach, years = self.m.reaches.get("arms"), self.years("arms", self.rules.arms_years)
        if reach is None:
            return UNKNOWN
        covered = range(date.fromordinal(reach.since).year, date.fromordinal(reach.through).year + 1)
        end = date(years[-1], 12, 31).toordinal()
        if not all(year in covered for year in years) or not self.listed(side, end) or not self.listed(self.party, end):
            return UNKNOWN
        found = set[Verdict]()
        for receiver, giver in ((self.party, side), (side, self.party)):
            if any((receiver, year) not in self.m.received for year in years):
                found.add(UNKNOWN)
                continue
            everything = math.fsum(self.m.received[receiver, year] for year in years)
            from_it = math.fsum(self.m.delivered.get((giver, receiver, year), 0.0) for year in years)
            found.add(YES if everything and from_it / everything >= self.rules.share else NO)
        return YES if YES in found else UNKNOWN if UNKNOWN in found else NO

    def troops(self, side: str) -> Verdict | None:
        said = list[Verdict]()
        year = self.years("troops", 1)[0]
        for owner, host in ((self.party, side), (side, self.party)):
            if owner in self.m.counted:
                number = self.m.stationed.get((owner, host, year)) if "troops" in self.m.reaches else None
                said.append(UNKNOWN if number is None else YES if number >= self.rules.troops else NO)
        return in_all_cases(said, any) if said else None

    def shown(self, what: str) -> int:
        return max([one.count for one in self.m.recorded if (one.of, one.candidate, one.verdict) == (what, self.party, YES)], default=0)

    def votes(self) -> float | None:
        year = self.years("votes", 1)[0]
        points = [self.m.points.get((party, year)) for party in (self.party, *self.m.sides)]
        if "votes" not in self.m.reaches or None in points:
            return None
        own, a, b = (point for point in points if point is not None)
        near, far = sorted([abs(own - a), abs(own - b)])
        return (near + far) / 2 + (far - near) / 2

    def cases(self) -> Iterator[tuple[float, ...] | None]:
        """Section 5: each way in which it can turn out; None: barred; else its merits, the less the better."""
        if self.barred is not NO:
            yield None
        if self.barred is not YES:
            shown = {"treaty": -self.treaty, "mediations": -self.mediations, "agreements": -self.agreements}
            for distance in DISTANCES if self.distance is None else (self.distance,):
                yield tuple(distance if name == "votes" else shown[name] for name in self.rules.order)


def ranks(read: Sequence[_Candidate], rules: MediatorRules) -> list[tuple[int | None, int | None]]:
    """Best and worst over all cases together."""
    had: list[set[int]] = [set() for _ in read]
    for case in product(*({*one.cases()} for one in read)):
        ranked = [key for key in case if key is not None]
        for number, key in enumerate(case):
            if key is not None:
                had[number].add(1 + len([other for other in ranked if other < key]))
    return [(min(of), max(of)) if of else (None, None) for of in had]


def bar(asked: Sequence[Verdict], one_side_only: bool) -> Verdict:
    """Section 3: of a bar that counts towards one side only, where both are asked about."""
    if one_side_only and len(asked) == 2:
        return in_all_cases(asked, lambda case: case[0] != case[1])
    return in_all_cases(asked, any)


def either(a: Verdict, b: Verdict) -> Verdict:
    """2.5."""
    return in_all_cases([a, b], any)


def in_all_cases(verdicts: Sequence[Verdict], holds: Callable[[Sequence[bool]], bool]) -> Verdict:
    """What it comes to, each unknown turned out either way."""
    said = {holds(case) for case in product(*([True, False] if v is UNKNOWN else [v is YES] for v in verdicts))}
    return UNKNOWN if len(said) == 2 else YES if True in said else NO


def ways(spell: Spell) -> Iterator[tuple[int, int]]:
    """Each first and last day that it can have, by the ends of both."""
    return product((spell.first_a, spell.first_b), (spell.last_a, spell.last_b))


def back(day: int, years: int) -> int:
    """So many years before, by going back a day at a time to the same date; the 29th of February stands on the 28th."""
    on = date.fromordinal(day)
    wanted = (on.month, on.day) if years == 0 or (on.month, on.day) != (2, 29) else (2, 28)
    at = on
    while (at.year, at.month, at.day) != (on.year - years, *wanted):
        at -= timedelta(days=1)
    return at.toordinal()
