"""Tables of the world as material: read through the families of panels, under the codes of parties, for one question.

Source: docs/explanation/how-mediators-are-ranked.md, sections 2 to 4; each source's own record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from comity.evaluation.mediators.material import Material, Reach, Spell, TableName
from comity.evaluation.mediators.persons import Persons
from comity.evaluation.mediators.rules import MediatorRules
from comity.panels import FAMILIES, Add, Family, Shelf
from comity.terms import BadInput

USA = 2
"""The Correlates of War's code of the one state whose soldiers abroad are counted."""
_EPOCH = date(1970, 1, 1).toordinal()
_OBLIGATIONS = {
    "defence": "atop_defense", "offence": "atop_offense", "neutrality": "atop_neutral", "non-aggression": "atop_nonagg",
    "consultation": "atop_consul",
}  # fmt: skip
_FAMILIES = {family.name: family for family in FAMILIES}
_NAMES = {
    "atop": "ATOP", "gml-spells": "Gibler, Miller and Little", "cow-mids": "Correlates of War, MID", "rivalries": "Thompson and Dreyer",
    "arms": "SIPRI", "us-troops": "US troops", "dcad": "DCAD", "ideal-points": "UN ideal points",
}  # fmt: skip


def with_tables(material: Material, rules: MediatorRules, persons: Persons, shelf: Shelf) -> Material:
    """The material with what the tables on the shelf say; of one that is not there, what to do about it."""
    reading = _Reading(material, persons, shelf)
    readers: tuple[Callable[[], None], ...] = (
        reading.members, lambda: reading.alliances(rules), reading.disputes, reading.rivalries, reading.agreements, reading.arms,
        reading.troops, reading.votes,
    )  # fmt: skip
    missing = list[str]()
    for read in readers:
        try:
            read()
        except BadInput as problem:
            missing.append(str(problem))
    return replace(reading.material, missing=tuple(missing))


class _Reading:
    """One table after the other, each adding what it says."""

    def __init__(self, material: Material, persons: Persons, shelf: Shelf) -> None:
        self.material, self.persons, self.shelf = material, persons, shelf

    def members(self) -> None:
        """On which days each is in the system; a spell that the list's end cuts goes on."""
        table = self.shelf.table("cow-system", "spells").select("ccode", "start", "end").collect()
        rows: list[tuple[int, date, date]] = table.rows()
        ends = max(end for _, _, end in rows)
        found = dict[str, list[tuple[int, int]]]()
        for code, start, end in rows:
            first, last = start.toordinal(), date.max.toordinal() if end == ends else end.toordinal()
            for (since, until), state in self.persons.bore(code):
                if since <= last and until >= first:
                    found.setdefault(state, []).append((max(first, since), min(last, until)))
        self.material = replace(self.material, members={state: tuple(spans) for state, spans in found.items()})

    def alliances(self, rules: MediatorRules) -> None:
        promised = pl.any_horizontal(pl.col(_OBLIGATIONS[one]) == 1 for one in rules.obligations).fill_null(value=False)
        self._dated("alliance", "atop", lambda table: table.filter(promised))

    def disputes(self) -> None:
        """By the day to the end of the one table; for the years after, those of the other."""
        self._dated("dispute", "gml-spells")
        reach = self.material.reaches["dispute"]
        family = _FAMILIES["cow-mids"]
        first, last = date.fromordinal(reach.through).year + 1, family.years("cowmidongoing")[1]
        table = family.read(self.shelf, Add("cow-mids", ("cowmidongoing",))).table.filter(pl.col("year") >= first)
        years = pl.date(pl.col("year"), 1, 1), pl.date(pl.col("year"), 12, 31)
        days = {"first_a": years[0], "first_b": years[1], "last_a": years[0], "last_b": years[1]}
        dated = table.select("state", "other", *(of.cast(pl.Int32).cast(pl.Int64).alias(name) for name, of in days.items()))
        self._add("dispute", dated, _NAMES["cow-mids"])
        if last >= first:
            source = f"{reach.source}; {_NAMES['cow-mids']}"
            self._reaches("dispute", Reach(source, reach.since, date(last, 12, 31).toordinal()))

    def rivalries(self) -> None:
        self._dated("rivalry", "rivalries")

    def agreements(self) -> None:
        self._dated("agreements", "dcad")

    def arms(self) -> None:
        family = _FAMILIES["arms"]
        table = family.read(self.shelf, Add("arms")).table
        delivered, received = dict[tuple[str, str, int], float](), dict[tuple[str, int], float]()
        last = date.fromordinal(self.material.on).year
        for giver, taker, year, value in table.select("state", "other", "year", "arms_transfers").iter_rows():
            if year >= last or not value:
                continue
            for to in self.persons.in_year(taker, year):
                received[to, year] = received.get((to, year), 0.0) + value
                for by in self.persons.in_year(giver, year):
                    delivered[by, to, year] = delivered.get((by, to, year), 0.0) + value
        self.material = replace(self.material, delivered=delivered, received=received)
        self._reaches("arms", _reach(family, "arms_transfers"))

    def troops(self) -> None:
        family = _FAMILIES["us-troops"]
        table = family.read(self.shelf, Add("us-troops")).table
        counted = frozenset(state for (since, until), state in self.persons.bore(USA) if since <= self.material.on <= until)
        found = dict[tuple[str, str, int], int]()
        for code, year, count in table.select("state", "year", "us_troops").iter_rows():
            for host in self.persons.in_year(code, year):
                found |= {(owner, host, year): found.get((owner, host, year), 0) + count for owner in counted}
        self.material = replace(self.material, stationed=found, counted=counted)
        self._reaches("troops", _reach(family, "us_troops"))

    def votes(self) -> None:
        family = _FAMILIES["ideal-points"]
        table = family.read(self.shelf, Add("ideal-points")).table.select("state", "year", "ideal_point").drop_nulls()
        points = {(state, year): point for code, year, point in table.iter_rows() for state in self.persons.in_year(code, year)}
        last: int = max((year for _, year in points), default=family.years("ideal_point")[1])
        self.material = replace(self.material, points=points)
        since, _ = family.years("ideal_point")
        self._reaches("votes", Reach(_NAMES["ideal-points"], date(since, 1, 1).toordinal(), date(last, 12, 31).toordinal()))

    def _dated(self, of: TableName, name: str, kept: Callable[[pl.DataFrame], pl.DataFrame] = lambda table: table) -> None:
        family = _FAMILIES[name]
        self._add(of, kept(family.read(self.shelf, Add(name)).table), _NAMES[name])
        self._reaches(of, _reach(family, family.columns[0].name))

    def _reaches(self, of: TableName, reach: Reach) -> None:
        self.material = replace(self.material, reaches={**self.material.reaches, of: reach})

    def _add(self, of: TableName, table: pl.DataFrame, source: str) -> None:
        codes = [code for code in table["state"].unique().to_list() if any(state in self.material.sides for _, state in self.persons.bore(code))]
        codes += [code for code in table["other"].unique().to_list() if any(state in self.material.sides for _, state in self.persons.bore(code))]
        rows = table.filter(pl.col("state").is_in(codes) | pl.col("other").is_in(codes))
        spells = (spell for row in rows.select("state", "other", *_DAYS).iter_rows() for spell in self._spells(of, row, source))
        self.material = replace(self.material, spells=(*self.material.spells, *dict.fromkeys(spells)))

    def _spells(self, of: TableName, row: tuple[int, ...], source: str) -> Iterator[Spell]:
        """A row as spells of candidates and sides, on the days on which the two bore its codes."""
        one, other, *days = row
        if None in days:
            return
        first_a, first_b, last_a, last_b = (day + _EPOCH for day in days)
        for (a_since, a_until), a in self.persons.bore(one):
            for (b_since, b_until), b in self.persons.bore(other):
                since, until = max(a_since, b_since), min(a_until, b_until)
                if max(first_a, since) <= min(last_b, until):
                    ends = max(first_a, since), max(first_b, since), min(last_a, until), min(last_b, until)
                    yield from (Spell(of, x, y, *ends, source) for x, y in ((a, b), (b, a)) if self._asked(x, y))

    def _asked(self, candidate: str, side: str) -> bool:
        return side in self.material.sides and candidate not in self.material.sides


def _reach(family: Family, column: str) -> Reach:
    since, through = family.years(column)
    return Reach(_NAMES[family.name], date(since, 1, 1).toordinal(), date(through, 12, 31).toordinal())


_DAYS: Iterable[str] = ("first_a", "first_b", "last_a", "last_b")
