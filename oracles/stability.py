"""The slow reading of docs/explanation/how-stability-is-measured.md, sections 2 to 7: day by day, and every case of what is uncertain gone through.

It shares nothing with the fast path but types. Intervals are found by halving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import combinations, product
from statistics import NormalDist

from comity.stability.material import DISPUTE_SOURCES, EventYear, Material, PairSpell, Source, Tie
from comity.stability.measures import (
    LASTED,
    ConflictCount,
    CooperationYear,
    Count,
    DisputeYear,
    EventCount,
    Exposure,
    Lasted,
    Measured,
    QuietStep,
    Rate,
    RateChange,
    Reads,
    Recurrence,
    StabilityRules,
)

Days = frozenset[int]
TIES: tuple[Tie, ...] = ("agreements", "exercises on record", "alliances", "defence agreements", "exercises reported")


def measured(material: Material, since: int, until: int, rules: StabilityRules, *, pair: bool, known: int) -> Measured:
    """Everything, of the years from the first to the last."""
    world = _World(material)
    years = list(range(since, until + 1))
    changes = []
    if rules.before is not None and rules.after is not None:
        (a, b), (c, d) = rules.before, rules.after
        for source in DISPUTE_SOURCES:
            changes.append(_change(world.rate(source, list(range(a, b + 1)), rules), world.rate(source, list(range(c, d + 1)), rules), rules.level))
    recurrence = tuple[Recurrence, ...]()
    if "gml-mids" in material.reaches:
        recurrence = tuple(world.recurrence(reads, years, rules.level) for reads in _READS)
    return Measured(
        tuple((source, tuple(world.dispute_year(source, year, pair=pair) for year in years)) for source in DISPUTE_SOURCES),
        tuple(world.rate(source, years, rules) for source in DISPUTE_SOURCES),
        tuple(changes),
        recurrence,
        tuple(world.conflicts(year) for year in years),
        tuple(world.events(year) for year in years),
        tuple(CooperationYear(year, tuple((tie, world.tie(tie, year, known), "") for tie in TIES)) for year in years),
    )


_READS: tuple[Reads, ...] = ("short", "long")


@cache
def year_days(year: int) -> Days:
    return frozenset(range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))


class _World:
    """Section 2.1: on each day who surely, and who perhaps, belongs; and who is listed."""

    def __init__(self, material: Material) -> None:
        self.m = material
        days = [day for one in material.belongs for day in (one.first, one.last)]
        self.all_days = range(min(days), max(days) + 1)
        self.surely = {party: _days(material, party, doubt=False) for party in material.parties}
        self.perhaps = {party: _days(material, party, doubt=True) for party in material.parties}
        self.listed = {
            p: frozenset(d for first, last in material.listed.get(p, ()) for d in self.all_days if first <= d <= last) for p in material.parties
        }
        self.pairs = list(combinations(sorted(material.parties), 2))

    def together(self, a: str, b: str, *, sure: bool, listed: bool) -> Days:
        belongs = self.surely if sure else self.perhaps
        days = belongs[a] & belongs[b]
        return days & self.listed[a] & self.listed[b] if listed else days

    def spells(self, of: str) -> list[PairSpell]:
        known = set(self.pairs)
        return [s for s in self.m.spells if s.of == of and (s.a, s.b) in known]

    def covers(self, name: str, year: int) -> bool:
        reach = self.m.reaches.get(name)
        return reach is not None and year in range(reach[0], reach[1] + 1)

    def exposure(self, years: Iterable[int]) -> Exposure:
        """3.1."""
        low = high = unlisted = 0.0
        for year in years:
            days = year_days(year)
            for a, b in self.pairs:
                low += len(self.together(a, b, sure=True, listed=True) & days) / len(days)
                high += len(self.together(a, b, sure=False, listed=True) & days) / len(days)
                unlisted += len((self.together(a, b, sure=False, listed=False) - self.together(a, b, sure=False, listed=True)) & days) / len(days)
        return Exposure(low, high, unlisted)

    def ongoing(self, of: str, year: int, *, listed: bool = True) -> list[tuple[PairSpell, bool]]:
        """2.3: each that goes on in one case, and whether it does in all."""
        found = []
        for spell in self.spells(of):
            days = year_days(year)
            sure = self.together(spell.a, spell.b, sure=True, listed=listed) & days
            possible = self.together(spell.a, spell.b, sure=False, listed=listed) & days
            in_all = all(any(day in sure for day in range(first, last + 1)) for first, last in cases(spell)) and spell.sure
            in_one = any(any(day in possible for day in range(first, last + 1)) for first, last in cases(spell))
            if in_one:
                found.append((spell, in_all))
        return found

    def options(self, spell: PairSpell, *, listed: bool = True) -> frozenset[int | None]:
        """2.4: the years in which it can have begun among members; None: not among them."""
        found = set[int | None]()
        sure, possible = (self.together(spell.a, spell.b, sure=known, listed=listed) for known in (True, False))
        for day in range(spell.first_a, spell.first_b + 1):
            if day in possible:
                found.add(date.fromordinal(day).year)
            if day not in sure or not spell.sure:
                found.add(None)
        return frozenset(found)

    def begun(self, of: str, years: range, *, listed: bool = True) -> Count:
        """2.4: every way in which the pairs of one dispute can have begun it."""
        low = high = 0
        for ref in {s.ref for s in self.spells(of)}:
            ways = product(*(self.options(s, listed=listed) for s in self.spells(of) if s.ref == ref))
            firsts = [min((year for year in way if year is not None), default=None) for way in ways]
            low += all(first is not None and first in years for first in firsts)
            high += any(first is not None and first in years for first in firsts)
        return Count(low, high)

    def dispute_year(self, of: Source, year: int, *, pair: bool) -> DisputeYear:
        """Section 3."""
        if not self.covers(of, year):
            return DisputeYear(year, None)
        exposure = self.exposure([year])
        if exposure.high == 0:
            return DisputeYear(year, exposure)
        found = self.ongoing(of, year)
        peace = self.peace(of, year) if pair else None
        return DisputeYear(
            year,
            exposure,
            self.begun(of, range(year, year + 1)),
            refs(found, lambda s: {True}),
            refs(found, lambda s: {level >= 4 for level in ((s.hostility,) if s.hostility is not None else (1, 2, 3, 4, 5))}),
            refs(found, lambda s: {level >= 5 for level in ((s.hostility,) if s.hostility is not None else (1, 2, 3, 4, 5))}),
            refs(found, lambda s: {True, False} if s.fatal is None else {s.fatal}),
            Count(len({(s.a, s.b) for s, sure in found if sure}), len({(s.a, s.b) for s, _ in found})),
            self.days(of, year) if of == "gml-mids" else None,
            None if peace is None else peace[0],
            False if peace is None else peace[1],
        )

    def days(self, of: str, year: int) -> Count:
        """3.4."""
        low = high = 0
        for a, b in self.pairs:
            sure, possible = (self.together(a, b, sure=known, listed=True) & year_days(year) for known in (True, False))
            spells = [s for s in self.spells(of) if (s.a, s.b) == (a, b)]
            low += len([day for day in sure if any(s.sure and all(first <= day <= last for first, last in cases(s)) for s in spells)])
            high += len([day for day in possible if any(first <= day <= last for s in spells for first, last in cases(s))])
        return Count(low, high)

    def peace(self, of: str, year: int) -> tuple[Count, bool] | None:
        """3.5."""
        possible = [day for a, b in self.pairs for day in self.together(a, b, sure=False, listed=True)]
        begins = max(self.m.reaches[of][0], date.fromordinal(min(possible)).year)
        if year < begins:
            return None
        counts = []
        for known in (False, True):
            n = year
            while n > begins and not any(sure or not known for _, sure in self.ongoing(of, n)):
                n -= 1
            counts.append((year - n, any(sure or not known for _, sure in self.ongoing(of, n))))
        return Count(counts[0][0], counts[1][0]), not counts[1][1]

    def rate(self, source: Source, years: list[int], rules: StabilityRules) -> Rate:
        """4.1."""
        covered = [year for year in years if self.covers(source, year)]
        if not covered:
            return Rate(source, 0, 0, None, None, None, None, None, None)
        exposure, begun = self.exposure(covered), self.begun(source, range(covered[0], covered[-1] + 1))
        if exposure.high == 0:
            return Rate(source, covered[0], covered[-1], begun, exposure, None, None, None, None)
        lower, upper = poisson_interval(begun.low, rules.level)[0], poisson_interval(begun.high, rules.level)[1]
        low, bottom = (100 * n / exposure.high for n in (begun.low, lower))
        high, top = (100 * n / exposure.low if exposure.low else None for n in (begun.high, upper))
        return Rate(source, covered[0], covered[-1], begun, exposure, low, high, bottom, top)

    def recurrence(self, reads: Reads, years: list[int], level: float) -> Recurrence:
        """Section 5."""
        end = date(min(years[-1], self.m.reaches["gml-mids"][1]), 12, 31).toordinal()
        watched = [one for a, b in self.pairs for one in self.quiet(a, b, reads, date(years[0], 1, 1).toordinal(), end)]
        return recurrence_of(reads, watched, level)

    def quiet(self, a: str, b: str, reads: Reads, begin: int, end: int) -> Iterator[tuple[int, bool]]:
        """5.1 and 5.2: after each last day of a dispute, day by day."""
        spells = [s for s in self.spells("gml-mids") if (s.a, s.b) == (a, b) and s.sure]
        disputed = set[int]()
        for s in spells:
            first, last = (s.first_a, s.last_b) if reads == "short" else min(cases(s), key=lambda case: (case[1] - case[0], case[1]))
            disputed |= set(range(first, last + 1))
        together = self.together(a, b, sure=True, listed=True)
        for day in sorted(disputed):
            start = day + 1
            if start in disputed or start not in together or not begin <= start <= end:
                continue
            at = start
            while at in together and at <= end and at not in disputed:
                at += 1
            yield at - start, at in disputed and at in together and at <= end

    def conflicts(self, year: int) -> ConflictCount:
        """6.1."""
        if not self.covers("ucdp-acd", year):
            return ConflictCount(year, None, None, None)
        within, wars, between = dict[str, bool](), dict[str, bool](), dict[str, bool]()
        for one in self.m.conflicts:
            parties = [one.party, *([] if one.against is None else [one.against])]
            if one.year != year or not all(self.perhaps[party] & year_days(year) for party in parties):
                continue
            sure = all(year_days(year) <= self.surely[party] for party in parties)
            lists = [between] if one.against is not None else [within, wars] if one.war else [within]
            for of in lists:
                of[one.conflict] = of.get(one.conflict, False) or sure
        counts = [Count(len([1 for sure in of.values() if sure]), len(of)) for of in (within, wars, between)]
        return ConflictCount(year, counts[0], counts[1], counts[2])

    def events(self, year: int) -> EventCount:
        """6.2."""
        covered = len([day for day in year_days(year) if any(first <= day <= last for first, last in self.m.events_covered)]) / len(year_days(year))
        there = [pair for pair in self.pairs if self.together(*pair, sure=False, listed=False) & year_days(year)]
        if covered == 0 or not there:
            return EventCount(year, covered, None, None, None, None)
        of_year = [one for one in self.m.events if one.year == year and (one.a, one.b) in there]
        sure = [one for one in of_year if year_days(year) <= self.together(one.a, one.b, sure=True, listed=True)]
        counts = [Count(_summed(sure, of), _summed(of_year, of)) for of in ((0, 1), (2, 3), (3,))]
        coop, conf, material = counts
        total, hangs = coop.high + conf.high, any(sum(one.counts) for one in of_year if one not in sure)
        balance = (coop.high - conf.high) / total if total and not hangs else None
        return EventCount(year, covered, coop, conf, material, balance)

    def tie(self, tie: Tie, year: int, known: int) -> Count | None:
        """Section 7."""
        on_record = tie in ("agreements", "exercises on record")
        if (on_record and year > known) or (not on_record and not self.covers(tie, year)):
            return None
        if not any(self.together(a, b, sure=False, listed=False) & year_days(year) for a, b in self.pairs):
            return None
        if tie == "agreements":
            found = self.agreements(year)
        elif tie in ("exercises on record", "exercises reported"):
            found = self._begun_by_possible(tie, year)
        else:
            ongoing = self._ongoing_by_possible(tie, year)
            found = Count(len({(s.a, s.b) for s, sure in ongoing if sure}), len({(s.a, s.b) for s, _ in ongoing}))
        return None if on_record and found.high == 0 else found

    def _begun_by_possible(self, tie: Tie, year: int) -> Count:
        return self.begun(tie, range(year, year + 1), listed=False)

    def _ongoing_by_possible(self, tie: Tie, year: int) -> list[tuple[PairSpell, bool]]:
        return self.ongoing(tie, year, listed=False)

    def agreements(self, year: int) -> Count:
        """7.1."""
        low = high = 0
        for name in {one.agreement for one in self.m.bound}:
            counts = []
            for belongs, doubt in ((self.surely, False), (self.perhaps, True)):
                days = year_days(year)
                held = {p: {d for one in self.m.bound if (one.agreement, one.party) == (name, p) and (one.sure or doubt)
                            for d in days if one.first <= d <= one.last and d in belongs[p]} for p in self.m.parties}  # fmt: skip
                counts.append(any(len([p for p in held if day in held[p]]) >= 2 for day in days))
            low, high = low + counts[0], high + counts[1]
        return Count(low, high)


def _summed(events: Iterable[EventYear], classes: tuple[int, ...]) -> int:
    return sum(one.counts[n] for one in events for n in classes)


def _days(material: Material, party: str, *, doubt: bool) -> Days:
    return frozenset(day for one in material.belongs if one.party == party and (one.sure or doubt) for day in range(one.first, one.last + 1))


def cases(spell: PairSpell) -> list[tuple[int, int]]:
    """2.2: each first and last day that it can have."""
    firsts, lasts = range(spell.first_a, spell.first_b + 1), range(spell.last_a, spell.last_b + 1)
    return [(first, last) for first in firsts for last in lasts if first <= last]


def refs(found: list[tuple[PairSpell, bool]], can: Callable[[PairSpell], set[bool]]) -> Count:
    """How many disputes: in every case, and in some."""
    return Count(len({s.ref for s, sure in found if sure and can(s) == {True}}), len({s.ref for s, _ in found if True in can(s)}))


def _change(before: Rate, after: Rate, level: float) -> RateChange:
    """4.2."""
    nothing = RateChange(before.source, before, after, None, None, None)
    if before.begun is None or after.begun is None or before.exposure is None or after.exposure is None:
        return nothing
    if before.exposure.low == 0 or after.exposure.low == 0 or before.begun.high + after.begun.high == 0:
        return nothing
    least, most = before.exposure.low / after.exposure.high, before.exposure.high / after.exposure.low
    bottom = share_interval(after.begun.low, after.begun.low + before.begun.high, level)[0]
    top = share_interval(after.begun.high, after.begun.high + before.begun.low, level)[1]
    sure = least == most and before.begun.low == before.begun.high and after.begun.low == after.begun.high and before.begun.low > 0
    ratio = after.begun.low / before.begun.low * least if sure else None
    return RateChange(before.source, before, after, ratio, bottom / (1 - bottom) * least, None if top == 1 else top / (1 - top) * most)


def halved(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where it ceases to hold between the two, by halving."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2


@cache
def poisson_interval(count: int, level: float) -> tuple[float, float]:
    """The means at which so many or more, and so many or fewer, each come half as often as the level leaves."""
    tail = (1 - level) / 2

    def at_most(n: int, mean: float) -> float:
        return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(n + 1))

    lower = 0.0 if count == 0 else halved(lambda mean: 1 - at_most(count - 1, mean) < tail, 0, count + 50)
    return lower, halved(lambda mean: at_most(count, mean) > tail, 0, count + 50)


@cache
def share_interval(hits: int, of: int, level: float) -> tuple[float, float]:
    """The same of a share."""
    tail = (1 - level) / 2

    def at_most(n: int, share: float) -> float:
        return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(n + 1))

    lower = 0.0 if hits == 0 else halved(lambda share: 1 - at_most(hits - 1, share) < tail, 0, 1)
    return lower, 1.0 if hits == of else halved(lambda share: at_most(hits, share) > tail, 0, 1)


def recurrence_of(reads: Reads, watched: list[tuple[int, bool]], level: float) -> Recurrence:
    """5.3 and 5.4."""
    steps = kaplan_meier(watched, level)
    lasted = []
    for of_years in LASTED:
        reached = [step for step in steps if step.days <= of_years * 365.25]
        if not any(days >= of_years * 365.25 for days, _ in watched):
            lasted.append(Lasted(of_years, None, None, None))
        elif reached:
            lasted.append(Lasted(of_years, reached[-1].share, reached[-1].lower, reached[-1].upper))
        else:
            lasted.append(Lasted(of_years, 1.0, None, None))
    ended = len([1 for _, by_dispute in watched if by_dispute])
    return Recurrence(reads, len(watched), ended, len(watched) - ended, steps, tuple(lasted))


def kaplan_meier(watched: list[tuple[int, bool]], level: float) -> tuple[QuietStep, ...]:
    """5.3."""
    steps = list[QuietStep]()
    for days in range(max((lasted for lasted, _ in watched), default=0) + 1):
        ended = len([1 for lasted, by_dispute in watched if by_dispute and lasted == days])
        if not ended:
            continue
        at_risk = len([1 for lasted, _ in watched if lasted >= days])
        earlier = [*((s.at_risk, s.ended) for s in steps), (at_risk, ended)]
        share = math.prod((n - d) / n for n, d in earlier)
        if share == 0:
            steps.append(QuietStep(days, at_risk, ended, 0.0, 0.0, 1.0))
            continue
        spread = math.sqrt(math.fsum(d / (n * (n - d)) for n, d in earlier)) / abs(math.log(share))
        centre, reach = math.log(-math.log(share)), NormalDist().inv_cdf((1 + level) / 2) * spread
        steps.append(QuietStep(days, at_risk, ended, share, math.exp(-math.exp(centre + reach)), math.exp(-math.exp(centre - reach))))
    return tuple(steps)
