"""Tables of the world as rows, for one question: read through the families of panels, under the codes that the tables have.

Source: docs/explanation/how-mediators-are-ranked.md, sections 2 to 4; each source's own record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from comity.mediators.material import Reach, TableName
from comity.mediators.rules import MediatorRules
from comity.panels import FAMILIES, Add, Family, Shelf
from comity.terms import BadInput

SpellRow = tuple[int, int, int | None, int | None, int | None, int | None]
"""Two codes; the earliest and the latest first day and last day, as days since 1970."""
_OBLIGATIONS = {
    "defence": "atop_defense", "offence": "atop_offense", "neutrality": "atop_neutral", "non-aggression": "atop_nonagg",
    "consultation": "atop_consul",
}  # fmt: skip
_FAMILIES = {family.name: family for family in FAMILIES}
_NAMES = {
    "atop": "ATOP", "gml-spells": "Gibler, Miller and Little", "cow-mids": "Correlates of War, MID", "rivalries": "Thompson and Dreyer",
    "arms": "SIPRI", "us-troops": "US troops", "dcad": "DCAD", "ideal-points": "UN ideal points",
}  # fmt: skip


@dataclass
class Rows:
    """What was read. ``spells``: rows by table and source, where one of the two codes is a side's.

    ``system``: code, first and last day.   ``points``: code, year, ideal point.   ``arms``: who delivered, who received, year, value.
    ``troops``: host, year, soldiers of the United States.   ``missing``: what to do about each table that is not on the shelf.
    """

    spells: list[tuple[TableName, str, list[SpellRow]]] = field(default_factory=list)
    system: list[tuple[int, date, date]] = field(default_factory=list)
    points: list[tuple[int, int, float]] = field(default_factory=list)
    arms: list[tuple[int, int, int, float]] = field(default_factory=list)
    troops: list[tuple[int, int, int]] = field(default_factory=list)
    reaches: dict[TableName, Reach] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def read_rows(shelf: Shelf, rules: MediatorRules, codes: Collection[int]) -> Rows:
    """Every table that is on the shelf; ``codes``: those of the sides."""
    found = Rows()
    readers: tuple[Callable[[], None], ...] = (
        lambda: _system(shelf, found),
        lambda: _alliances(shelf, found, rules, codes),
        lambda: _disputes(shelf, found, codes),
        lambda: _dated(shelf, found, "rivalry", "rivalries", codes),
        lambda: _dated(shelf, found, "agreements", "dcad", codes),
        lambda: _arms(shelf, found),
        lambda: _troops(shelf, found),
        lambda: _points(shelf, found),
    )
    for read in readers:
        try:
            read()
        except BadInput as problem:
            found.missing.append(str(problem))
    return found


def _system(shelf: Shelf, found: Rows) -> None:
    found.system = shelf.table("cow-system", "spells").select("ccode", "start", "end").collect().rows()


def _alliances(shelf: Shelf, found: Rows, rules: MediatorRules, codes: Collection[int]) -> None:
    promised = pl.any_horizontal(pl.col(_OBLIGATIONS[one]) == 1 for one in rules.obligations).fill_null(value=False)
    _dated(shelf, found, "alliance", "atop", codes, promised)


def _disputes(shelf: Shelf, found: Rows, codes: Collection[int]) -> None:
    """By the day to the end of the one table; for the years after, those of the other, of which no day is told."""
    _dated(shelf, found, "dispute", "gml-spells", codes)
    reach, family = found.reaches["dispute"], _FAMILIES["cow-mids"]
    first, last = date.fromordinal(reach.through).year + 1, family.years("cowmidongoing")[1]
    table = family.read(shelf, Add(family.name, ("cowmidongoing",))).table.filter(pl.col("year") >= first)
    begins, ends = (pl.date(pl.col("year"), *day).cast(pl.Int32).cast(pl.Int64) for day in ((1, 1), (12, 31)))
    dated = table.select("state", "other", first_a=begins, first_b=ends, last_a=begins, last_b=ends)
    found.spells.append(("dispute", _NAMES[family.name], _of_codes(dated, codes)))
    found.reaches["dispute"] = Reach(f"{reach.source}; {_NAMES[family.name]}", reach.since, date(last, 12, 31).toordinal())


def _dated(shelf: Shelf, found: Rows, of: TableName, name: str, codes: Collection[int], kept: pl.Expr | None = None) -> None:
    family = _FAMILIES[name]
    table = family.read(shelf, Add(name)).table
    found.spells.append((of, _NAMES[name], _of_codes(table if kept is None else table.filter(kept), codes)))
    found.reaches[of] = _reach(family, family.columns[0].name)


def _of_codes(table: pl.DataFrame, codes: Collection[int]) -> list[SpellRow]:
    wanted = list(codes)
    ours = table.filter(pl.col("state").is_in(wanted) | pl.col("other").is_in(wanted))
    return ours.select("state", "other", "first_a", "first_b", "last_a", "last_b").rows()


def _arms(shelf: Shelf, found: Rows) -> None:
    family = _FAMILIES["arms"]
    table = family.read(shelf, Add(family.name)).table.filter(pl.col("arms_transfers").is_not_null())
    found.arms = table.select("state", "other", "year", "arms_transfers").rows()
    found.reaches["arms"] = _reach(family, "arms_transfers")


def _troops(shelf: Shelf, found: Rows) -> None:
    family = _FAMILIES["us-troops"]
    found.troops = family.read(shelf, Add(family.name)).table.select("state", "year", "us_troops").rows()
    found.reaches["troops"] = _reach(family, "us_troops")


def _points(shelf: Shelf, found: Rows) -> None:
    """The table ends with the year of its last session."""
    family = _FAMILIES["ideal-points"]
    found.points = family.read(shelf, Add(family.name)).table.select("state", "year", "ideal_point").drop_nulls().rows()
    since, through = family.years("ideal_point")
    last = max((year for _, year, _ in found.points), default=through)
    found.reaches["votes"] = Reach(_NAMES[family.name], date(since, 1, 1).toordinal(), date(last, 12, 31).toordinal())


def _reach(family: Family, column: str) -> Reach:
    since, through = family.years(column)
    return Reach(_NAMES[family.name], date(since, 1, 1).toordinal(), date(through, 12, 31).toordinal())
