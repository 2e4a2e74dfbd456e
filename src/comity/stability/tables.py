"""Tables of the world as the material of one question: disputes, armed conflicts, events, alliances, defence agreements, exercises.

Every table is optional: one that is not on the shelf is a note, and what hangs on it is null.
Source: docs/explanation/how-stability-is-measured.md, sections 2, 6 and 7; each source's own record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

import polars as pl

from comity.events import Dyads
from comity.panels import FAMILIES, Add, Shelf
from comity.parties import Register
from comity.sources import source
from comity.stability.material import DISPUTE_SOURCES, ConflictYear, EventYear, PairSpell, Source, Stretch, Tie
from comity.stability.regions import bearers
from comity.terms import BadInput

EPOCH = date(1970, 1, 1).toordinal()
_LEVELS = ((0, 1), (6, 2), (12, 3), (19, 4), (21, 5))
"""Up to which number of the codebook's actions a level of hostility goes. Source: each row of gml-mids that has both."""
_FAMILIES = {family.name: family for family in FAMILIES}
Bore = dict[int, list[tuple[Stretch, str]]]


@dataclass
class Read:
    """What was read. ``missing``: what to do about each table that is not on the shelf."""

    spells: list[PairSpell] = field(default_factory=list)
    conflicts: list[ConflictYear] = field(default_factory=list)
    reaches: dict[str, tuple[int, int]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


class Tables:
    """The tables on a shelf, as they speak of some states."""

    def __init__(self, shelf: Shelf, register: Register, parties: Collection[str]) -> None:
        self.shelf, self.cow, self.gw = shelf, bearers(register, parties, "cow"), bearers(register, parties, "gw")
        self.read = Read()

    def all(self) -> Read:
        """Every table that is there."""
        readers: tuple[Callable[[], None], ...] = (
            self._cow_disputes, self._gml_disputes, self._conflicts, self._alliances, self._defence_agreements, self._exercises,
        )  # fmt: skip
        for read in readers:
            try:
                read()
            except BadInput as problem:
                self.read.missing.append(str(problem))
        return self.read

    def _cow_disputes(self) -> None:
        """By the year: the first and the last day are some day of the first and of the last year in which the pair is listed."""
        table = self._of_codes(self.shelf.table("cow-mids", "dyad-disputes"), "ccode1", "ccode2").filter(pl.col("ccode1") < pl.col("ccode2"))
        found = table.group_by("dispnum", "ccode1", "ccode2").agg(
            pl.col("year").min().alias("first"),
            pl.col("year").max().alias("last"),
            pl.max_horizontal("hostlev1", "hostlev2").max().alias("level"),
            *(pl.col(f"fatality{side}") for side in (1, 2)),
        )
        for ref, one, other, first, last, level, *deaths in found.sort("dispnum", "ccode1", "ccode2").collect().rows():
            days = _day(first, 1, 1), _day(first, 12, 31), _day(last, 1, 1), _day(last, 12, 31)
            fatal = _any_died(death for of in deaths for death in of)
            self._add("cow-mids", f"{ref}", one, other, days, level, fatal)
        self._reach(DISPUTE_SOURCES[0], "cow-mids", "dyad-disputes")

    def _gml_disputes(self) -> None:
        """By the day: two on opposite sides, for as long as both were in it; deaths are those of the whole dispute."""
        columns = ("started_first", "started_last", "ended_first", "ended_last")
        table = self.shelf.table("gml-mids", "participants").filter(pl.col("ccode").is_in(list(self.cow)))
        table = table.join(self.shelf.table("gml-mids", "disputes").select("dispnum", "fatality"), on="dispnum", how="left")
        rows = table.select("dispnum", "ccode", "sidea", "hiact", "fatality", *columns).sort("dispnum", "ccode").collect()
        for (ref, *_), of in rows.group_by("dispnum", maintain_order=True):
            for one, other in combinations(of.rows(named=True), 2):
                if one["sidea"] != other["sidea"]:
                    bounds = [(one[name], other[name]) for name in columns]
                    days = *(max(pair).toordinal() for pair in bounds[:2]), *(min(pair).toordinal() for pair in bounds[2:])
                    level = max(_level(side["hiact"]) for side in (one, other))
                    fatal = None if one["fatality"] is None else one["fatality"] > 0
                    if days[0] <= days[3]:
                        self._add("gml-mids", f"{ref}", one["ccode"], other["ccode"], days, level, fatal)
        self._reach(DISPUTE_SOURCES[1], "gml-mids", "participants")

    def _conflicts(self) -> None:
        """Each state's own conflicts within it, and those between two states, by the year."""
        table = self.shelf.table("ucdp-acd").select("conflict_id", "year", "gwno_a", "gwno_b", "intensity_level", "type_of_conflict").unique()
        for conflict, year, one, other, level, kind in table.sort("conflict_id", "year", "gwno_a", "gwno_b").collect().rows():
            for party in _borne(self.gw, one, _day(year, 12, 31)):
                if kind in ("intrastate", "II"):
                    self.read.conflicts.append(ConflictYear(f"{conflict}", year, party, None, level == 2))
                elif kind == "interstate":
                    against = _borne(self.gw, other, _day(year, 12, 31))
                    self.read.conflicts += [ConflictYear(f"{conflict}", year, party, who, level == 2) for who in against]
        self._reach("ucdp-acd", "ucdp-acd", None)

    def _alliances(self) -> None:
        """Pairs of which one owes the other its defence."""
        self._dated("alliances", "atop", pl.col("atop_defense") == 1)

    def _defence_agreements(self) -> None:
        self._dated("defence agreements", "dcad", pl.lit(True))

    def _dated(self, tie: Tie, name: str, kept: pl.Expr) -> None:
        family = _FAMILIES[name]
        said = family.read(self.shelf, Add(name)).table.filter(kept & pl.col("state").is_in(list(self.cow)) & pl.col("other").is_in(list(self.cow)))
        for row in said.select("state", "other", "first_a", "first_b", "last_a", "last_b").rows():
            days = (*(day + EPOCH for day in row[2:]),)
            if days[0] <= days[3]:
                self._add(tie, f"{row[0]}-{row[1]}", row[0], row[1], days, None, None)
        self.read.reaches[tie] = family.years(family.columns[0].name)

    def _exercises(self) -> None:
        """Exercises reported, with the days on which each can have begun."""
        table = self.shelf.table("mme", "participants").select("MMEID", "gwcode", "started_first", "started_last").drop_nulls().unique()
        for (ref, *_), of in table.sort("MMEID", "gwcode").collect().group_by("MMEID", maintain_order=True):
            first, last = of["started_first"].min(), of["started_last"].max()
            assert isinstance(first, date)
            assert isinstance(last, date)
            parts = {party for code in of["gwcode"] for party in _borne(self.gw, code, first.toordinal())}
            days = (first.toordinal(), last.toordinal()) * 2
            self.read.spells += [PairSpell("exercises reported", f"{ref}", a, b, *days) for a, b in combinations(sorted(parts), 2)]
        self.read.reaches["exercises reported"] = source("mme").years("participants", None)

    def _add(self, of: Source | Tie, ref: str, one: int, other: int, days: tuple[int, ...], level: int | None, fatal: bool | None) -> None:
        """A spell of two of the states, by who bore the codes on its latest first day; the last day is not before the first."""
        first_a, first_b, last_a, last_b = days
        bounds = first_a, max(first_a, min(first_b, last_b)), max(first_a, last_a), last_b
        for a in _borne(self.cow, one, first_b):
            for b in _borne(self.cow, other, first_b):
                if a != b:
                    self.read.spells.append(PairSpell(of, ref, min(a, b), max(a, b), *bounds, hostility=level, fatal=fatal))

    def _of_codes(self, table: pl.LazyFrame, *names: str) -> pl.LazyFrame:
        return table.filter(*(pl.col(name).is_in(list(self.cow)) for name in names))

    def _reach(self, name: str, source_id: str, table: str | None) -> None:
        self.read.reaches[name] = source(source_id).years(table, None)


def events_of(dyads: Dyads, register: Register, parties: Collection[str]) -> Iterator[EventYear]:
    """Events by year between some states. ``dyads``: by year. Source: section 6.2."""
    if dyads.by != "year":
        raise BadInput("events for stability are counted by year: dyads('year')")
    bore = bearers(register, parties, "cow")
    names = ("party1", "party2", "year", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    for one, other, year, *counts in dyads.table.select(names).drop_nulls().rows():
        for a in _borne(bore, one, _day(year, 12, 31)):
            for b in _borne(bore, other, _day(year, 12, 31)):
                if a != b:
                    yield EventYear(year, min(a, b), max(a, b), (counts[0], counts[1], counts[2], counts[3]))


def days_covered(dyads: Dyads) -> tuple[Stretch, ...]:
    """The days for which there are event data."""
    one = timedelta(days=1)
    return tuple(((s.start or date.min).toordinal(), ((s.end or date.max) - one).toordinal()) for s in dyads.coverage)


def _borne(bore: Bore, code: int | None, day: int) -> list[str]:
    """Who bore a code on a day."""
    return [] if code is None else [party for (first, last), party in bore.get(code, ()) if first <= day <= last]


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def _any_died(deaths: Iterable[int | None]) -> bool | None:
    listed = list(deaths)
    return True if any(death is not None and death > 0 for death in listed) else None if None in listed else False


def _level(action: int) -> int:
    return next(level for most, level in _LEVELS if action <= most)
