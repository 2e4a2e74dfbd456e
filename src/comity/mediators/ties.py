"""Whether something holds between a candidate and a side, out of tables and the record: yes, no or unknown, with each source's word.

Source: docs/explanation/how-mediators-are-ranked.md, section 2, and the table of section 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import MINYEAR, date

from comity.mediators.candidates import Fact
from comity.mediators.material import Material, Recorded, Spell, TableName
from comity.mediators.rules import MediatorRules
from comity.terms import Verdict, any_of

SAID: dict[TableName, tuple[str, str]] = {
    "alliance": ("alliance with {side}", "no alliance with {side}"),
    "dispute": ("militarised dispute with {side}", "no militarised dispute with {side}"),
    "rivalry": ("strategic rival of {side}", "no strategic rival of {side}"),
    "agreements": ("bilateral defence agreement with {side}", "no bilateral defence agreement with {side} listed"),
}


class Ties:
    """The material of one question, looked up by candidate and side."""

    def __init__(self, material: Material, rules: MediatorRules) -> None:
        self.material, self.rules = material, rules
        self._spells = defaultdict[tuple[TableName, str, str], list[Spell]](list)
        for spell in material.spells:
            self._spells[spell.of, spell.candidate, spell.side].append(spell)
        self._recorded = defaultdict[tuple[str, str], list[Recorded]](list)
        for one in material.recorded:
            self._recorded[one.of, one.candidate].append(one)

    def recorded(self, of: str, candidate: str) -> list[Recorded]:
        """What the record says of the candidate."""
        return self._recorded[of, candidate]

    def on_record(self, of: str, candidate: str, side: str) -> list[Fact]:
        """What the record says of the two. Source: section 2.4."""
        return [Fact(side, one.verdict, one.says, one.source) for one in self._recorded[of, candidate] if one.side == side]

    def day_of(self, table: TableName) -> int:
        """The day on which a table is asked. Source: section 2.3."""
        on, reach = self.material.on, self.material.reaches.get(table)
        return min(on, reach.through) if reach is not None and self.rules.carry else on

    def years_of(self, table: TableName, count: int) -> range:
        """The calendar years before the day's, so many, for which a table by the year is asked. Source: sections 2.3 and 3."""
        last = date.fromordinal(self.material.on).year - 1
        reach = self.material.reaches.get(table)
        if reach is not None and self.rules.carry:
            last = min(last, date.fromordinal(reach.through).year)
        return range(last - count + 1, last + 1)

    def are_members(self, candidate: str, side: str, day: int) -> bool:
        """Are both in the system whose members tables list?"""
        return all(any(first <= day <= last for first, last in self.material.members.get(party, ())) for party in (candidate, side))

    def reaches_years(self, table: TableName, years: range) -> bool:
        """Does a table say something of all these years?"""
        reach = self.material.reaches.get(table)
        return reach is not None and date.fromordinal(reach.since).year <= years[0] and years[-1] <= date.fromordinal(reach.through).year

    def by_table(self, table: TableName, candidate: str, side: str, years: int = 0) -> list[Fact]:
        """What a table of spells says of the two, on the day or within so many years up to it. Source: section 2.2."""
        reach = self.material.reaches.get(table)
        if reach is None:
            return [_told_unknown(table, side, "not looked up", "no table in the store")]
        day = self.day_of(table)
        since = years_before(day, years)
        spells = self._spells[table, candidate, side]
        surely = [s for s in spells if s.first_b <= day and s.last_a >= since]
        perhaps = [s for s in spells if s.first_a <= day and s.last_b >= since and s not in surely]
        if surely:
            return [self._told(Verdict.YES, table, side, day, years, one) for one in _told_once(surely)]
        if perhaps:
            return [self._told(Verdict.UNKNOWN, table, side, day, years, one) for one in _told_once(perhaps)]
        if reach.since <= since and day <= reach.through and self.are_members(candidate, side, day):
            return [self._told(Verdict.NO, table, side, day, years, None)]
        return [_told_unknown(table, side, self._told_why(table, day, since), reach.source)]

    def _told(self, verdict: Verdict, table: TableName, side: str, day: int, years: int, spell: Spell | None) -> Fact:
        yes, no = SAID[table]
        says = (no if verdict is Verdict.NO else yes).format(side=side)
        if spell is not None:
            says += _told_when(spell) if years else ""
            says += ", on days known in part" if verdict is Verdict.UNKNOWN else ""
        elif years:
            says += f" in {years} years"
        source = spell.source if spell is not None else self.material.reaches[table].source
        return Fact(side, verdict, says, source, None if day == self.material.on else date.fromordinal(day))

    def _told_why(self, table: TableName, day: int, since: int) -> str:
        reach = self.material.reaches[table]
        if day > reach.through:
            return f"the table ends on {date.fromordinal(reach.through)}"
        if since < reach.since:
            return f"the table begins on {date.fromordinal(reach.since)}"
        return "the table does not list one of the two"


def together(facts: Iterable[Fact]) -> Verdict:
    """What they come to: a contested one is as good as unknown. Source: section 2.5."""
    return any_of(Verdict.UNKNOWN if fact.verdict is Verdict.CONTESTED else fact.verdict for fact in facts)


def years_before(day: int, years: int) -> int:
    """The same day of the month so many years before; 29 February becomes 28 where there is none."""
    on = date.fromordinal(day)
    if years == 0:
        return day
    year = max(on.year - years, MINYEAR)
    return (on.replace(year=year) if (on.month, on.day) != (2, 29) else date(year, 2, 28)).toordinal()


def _told_unknown(table: TableName, side: str, why: str, source: str) -> Fact:
    return Fact(side, Verdict.UNKNOWN, f"{SAID[table][0].format(side=side)}: {why}", source)


def _told_once(spells: Iterable[Spell]) -> list[Spell]:
    """The last spell that each source has."""
    return list({one.source: one for one in sorted(spells, key=lambda s: (s.last_b, s.first_a))}.values())


def _told_when(spell: Spell) -> str:
    first, last = date.fromordinal(spell.first_a).year, date.fromordinal(spell.last_b).year
    return f", {first}" if first == last else f", {first} to {last}"
