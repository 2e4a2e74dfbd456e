"""Disputes and ties of members by year: how many, at the least and at the most.

A first and a last day lie within bounds, and membership can be in doubt: what holds in every case is counted at the least, what holds in one at the
most. Source: docs/explanation/how-stability-is-measured.md, sections 2 and 3.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from comity.stability.material import FORCE, WAR, Material, PairSpell, Stretch
from comity.stability.measures import Count, DisputeYear, Exposure
from comity.stability.windows import Pair, Together, common, days_of, joined, length, pairs_together

Options = frozenset[int | None]
"""In which years something can have begun among members; None: not among them."""


class Counting:
    """The spells of one source or kind, looked up by year."""

    def __init__(self, material: Material, of: str, together: Mapping[Pair, Together] | None = None) -> None:
        self.material, self.of = material, of
        self.together = pairs_together(material) if together is None else together
        self.spells = [spell for spell in material.spells if spell.of == of and (spell.a, spell.b) in self.together]

    def ongoing(self, year: int) -> list[tuple[PairSpell, bool]]:
        """The spells that can have gone on among members on a day of the year, each with whether one surely did. Source: section 2.3."""
        return self._by_year.get(year, [])

    @cached_property
    def _by_year(self) -> dict[int, list[tuple[PairSpell, bool]]]:
        found = defaultdict[int, list[tuple[PairSpell, bool]]](list)
        for spell in self.spells:
            pair = self.together[spell.a, spell.b]
            for year in sorted({year for stretch in common(pair.possible, [(spell.first_a, spell.last_b)]) for year in _years(stretch)}):
                found[year].append((spell, spell.sure and _touches_surely(spell, common(pair.sure, [days_of(year)]))))
        return found

    @cached_property
    def options(self) -> dict[str, list[Options]]:
        """Of each dispute or exercise, in which years each of its pairs can have begun it. Source: section 2.4."""
        found = defaultdict[str, list[Options]](list)
        for spell in self.spells:
            found[spell.ref].append(self._options(spell))
        return found

    def _options(self, spell: PairSpell) -> Options:
        pair, first = self.together[spell.a, spell.b], [(spell.first_a, spell.first_b)]
        years = {year for stretch in common(pair.possible, first) for year in _years(stretch)}
        surely = spell.sure and length(common(pair.sure, first)) == spell.first_b - spell.first_a + 1
        return frozenset(years) if surely else frozenset((*years, None))

    def begun(self, since: int, until: int) -> Count:
        """How many began among members in these years: on the earliest first day of their pairs."""
        found = [began(options, since, until) for options in self.options.values()]
        return Count(sum(surely for surely, _ in found), sum(perhaps for _, perhaps in found))

    def exposure(self, years: Iterable[int]) -> Exposure:
        """Pair-years in which members belonged together. Source: section 3.1."""
        low = high = unlisted = 0.0
        sure, possible, listless = self._exposed
        for year in years:
            whole = length([days_of(year)])
            low += sure[year] / whole
            high += possible[year] / whole
            unlisted += (listless[year] - possible[year]) / whole
        return Exposure(low, high, unlisted)

    @cached_property
    def _exposed(self) -> tuple[Counter[int], Counter[int], Counter[int]]:
        """Days of all pairs together by year: those on which they surely, and at the most, belong; at the most, listed or not."""
        pairs = self.together.values()
        return _days_by_year(one.sure for one in pairs), _days_by_year(one.possible for one in pairs), _days_by_year(one.unlisted for one in pairs)

    def refs(self, year: int) -> Count:
        """How many disputes, agreements or exercises went on in the year."""
        return _of_refs(self.ongoing(year))

    def pairs(self, year: int) -> Count:
        """Of how many pairs one went on in the year."""
        found = self.ongoing(year)
        return Count(len({(s.a, s.b) for s, surely in found if surely}), len({(s.a, s.b) for s, _ in found}))

    def year(self, year: int, *, dated: bool) -> DisputeYear:
        """What there was of disputes in a year that the source covers. ``dated``: it tells their days. Source: section 3."""
        exposure, found = self.exposure([year]), self.ongoing(year)
        if exposure.high == 0:
            why = "the table lists no two members as states" if exposure.unlisted else "there were no two members"
            return DisputeYear(year, exposure, why=why)
        fatal = _of_refs((s, surely and s.fatal is True) for s, surely in found if s.fatal is not False)
        return DisputeYear(
            year, exposure, self.begun(year, year), self.refs(year), _of_level(found, FORCE), _of_level(found, WAR), fatal, self.pairs(year),
            self.days(year) if dated else None,
        )  # fmt: skip

    def days(self, year: int) -> Count:
        """Days in dispute, of all pairs together; a day on which a pair has two disputes is one. Source: section 3.4."""
        by_pair = defaultdict[Pair, list[PairSpell]](list)
        for spell, _ in self.ongoing(year):
            by_pair[spell.a, spell.b].append(spell)
        low = high = 0
        for pair, spells in by_pair.items():
            together = self.together[pair]
            surely = joined((s.first_b, s.last_a) for s in spells if s.first_b <= s.last_a and s.sure)
            low += length(common(common(surely, together.sure), [days_of(year)]))
            high += length(common(common(joined((s.first_a, s.last_b) for s in spells), together.possible), [days_of(year)]))
        return Count(low, high)

    def peace(self, years: Sequence[int]) -> dict[int, tuple[Count, bool]]:
        """Of each of these years, one after another from the first that is known: whole years since the last with a dispute. Source: section 3.5."""
        found = {}
        last_perhaps = last_surely = None
        for year in years:
            ongoing = self.ongoing(year)
            last_perhaps = year if ongoing else last_perhaps
            last_surely = year if any(surely for _, surely in ongoing) else last_surely
            low, high = (year - (years[0] if last is None else last) for last in (last_perhaps, last_surely))
            found[year] = Count(low, high), last_surely is None
        return found


def began(options: Sequence[Options], since: int, until: int) -> tuple[bool, bool]:
    """Did it surely, and did it perhaps, begin among members in these years? ``options``: when it can have begun, of each pair. Section 2.4."""
    years = [[year for year in of if year is not None] for of in options]
    within = [year for of in years for year in of if since <= year <= until]
    earliest = min((year for of in years for year in of), default=None)
    surely_by = min((max(of) for all_, of in zip(options, years, strict=True) if None not in all_), default=None)
    perhaps = bool(within) and (surely_by is None or min(within) <= surely_by)
    surely = perhaps and earliest is not None and earliest >= since and surely_by is not None and surely_by <= until
    return surely, perhaps


def _touches_surely(spell: PairSpell, windows: Sequence[Stretch]) -> bool:
    """Whatever its days are, does it touch one of them?"""
    return any(spell.first_b <= last and spell.last_a >= first for first, last in windows)


def _of_refs(found: Iterable[tuple[PairSpell, bool]]) -> Count:
    listed = list(found)
    return Count(len({s.ref for s, surely in listed if surely}), len({s.ref for s, _ in listed}))


def _of_level(found: Sequence[tuple[PairSpell, bool]], level: int) -> Count:
    return _of_refs((s, surely and s.hostility is not None) for s, surely in found if s.hostility is None or s.hostility >= level)


def _days_by_year(of: Iterable[Sequence[Stretch]]) -> Counter[int]:
    """How many days there are in each year, of stretches of each that do not overlap."""
    found = Counter[int]()
    for stretch, number in Counter(stretch for stretches in of for stretch in stretches).items():
        for year in _years(stretch):
            first, last = days_of(year)
            found[year] += number * (min(last, stretch[1]) - max(first, stretch[0]) + 1)
    return found


def _years(stretch: Stretch) -> range:
    first, last = (date.fromordinal(day).year for day in stretch)
    return range(first, last + 1)
