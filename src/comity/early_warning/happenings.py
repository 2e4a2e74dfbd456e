"""What happened between all pairs in each period, by years out of the yearly tables, or by months out of the days on which disputes began and ended.

A dispute whose month is not known began in none of the months in which it could have begun, and in none of them it did not.

Source: docs/explanation/how-warnings-are-made.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import polars as pl

from comity.early_warning.histories import Flags, Floats, Happened, Whole
from comity.panels import Shelf

WAR = 5
"""The level of hostility that is a war, in the data of disputes."""
SIDES = ("number1", "number2")


class Happenings(Protocol):
    """``periods``: those of which something is told, in order."""

    @property
    def periods(self) -> range: ...

    def at(self, period: int) -> Happened:
        """What happened in a period."""
        ...

    def outcome(self, period: int) -> Floats:
        """(states, states), the lower first: whether a dispute began in it, 1 or 0; NaN where that is not known, or they were no pair."""
        ...

    def undated(self, period: int) -> Flags:
        """(states, states), the lower first: pairs of which it is not known only because the day of a dispute is not."""
        ...


@dataclass(frozen=True)
class ByYear:
    """Out of a table of all pairs for each year, with the numbers of both states.

    What a dispute came to, its hostility and its deaths, is told of all who were in it, and counts in the year in which it ended among all:
    ``ended``, null where it goes on at the data's end.
    """

    worlds: Mapping[int, pl.DataFrame]
    states: int

    @property
    def periods(self) -> range:
        return range(min(self.worlds), max(self.worlds) + 1)

    def at(self, period: int) -> Happened:
        table = self.worlds[period]
        return Happened(
            present=both_ways(table, pl.lit(value=True) & pl.col("year").is_not_null(), self.states),
            began=both_ways(table, pl.col("gmlmidonset") == 1, self.states),
            ongoing=both_ways(table, pl.col("gmlmidongoing") == 1, self.states),
            wars=self._came_to(period, pl.col("hostlev") == WAR),
            deadly=self._came_to(period, pl.col("fatality") > 0),
        )

    @cached_property
    def _disputes(self) -> pl.DataFrame:
        """Those that began, each with the year in which it ended, never before it began."""
        began = [table.filter(pl.col("gmlmidonset") == 1).select(*SIDES, "year", "ended", "hostlev", "fatality") for table in self.worlds.values()]
        return pl.concat(began).with_columns(pl.col("ended").clip(lower_bound=pl.col("year")))

    def _came_to(self, period: int, grave: pl.Expr) -> Flags:
        return both_ways(self._disputes.filter(pl.col("ended") == period, grave), pl.col("ended").is_not_null(), self.states)

    def outcome(self, period: int) -> Floats:
        made = np.full((self.states, self.states), np.nan)
        if period in self.worlds:
            table = self.worlds[period]
            made[table[SIDES[0]].to_numpy(), table[SIDES[1]].to_numpy()] = table["gmlmidonset"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        return made

    def undated(self, period: int) -> Flags:
        return np.zeros((self.states, self.states), bool)


@dataclass(frozen=True, slots=True)
class DatedDisputes:
    """Disputes and members by month, as numbers of months (twelve for each year).

    ``spells``: a row for each time that two were in a dispute on opposite sides: ``ccode1`` < ``ccode2``, ``begins_first`` and ``begins_last``
    (they differ where the month is not known), ``ends``, ``new`` (not the same dispute going on), ``hostlev``, ``fatality`` (null: not known).
    ``members``: ``ccode``, ``first``, ``last``: the months in which a state was a member.
    """

    spells: pl.DataFrame
    members: pl.DataFrame


def ended_disputes(shelf: Shelf) -> pl.DataFrame:
    """``dispnum``, ``ended``: the year in which the last of its participants left it, by the last day on which that can have been.

    Null for one that goes on at the data's end: to the last day of which they tell. BadInput names a table that is not there.
    """
    last = pl.col("ended_last").max()
    ends = shelf.table("gml-mids", "participants").with_columns(data_end=last).group_by("dispnum").agg(last, pl.col("data_end").first())
    return ends.select("dispnum", ended=pl.when(pl.col("ended_last") < pl.col("data_end")).then(pl.col("ended_last").dt.year())).collect()


def dated_disputes(shelf: Shelf) -> DatedDisputes:
    """Out of the tables on the shelf; BadInput names a table that is not there."""
    parts = shelf.table("gml-mids", "participants").select(
        "dispnum", "sidea", ccode="ccode", first=_month("started_first"), last=_month("started_last"), ends=_month("ended_last")
    )
    both = parts.filter("sidea").join(parts.filter(~pl.col("sidea")), on="dispnum", suffix="_b").select(
        "dispnum",
        ccode1=pl.min_horizontal("ccode", "ccode_b"),
        ccode2=pl.max_horizontal("ccode", "ccode_b"),
        begins_first=pl.max_horizontal("first", "first_b"),
        begins_last=pl.max_horizontal("last", "last_b"),
        ends=pl.min_horizontal("ends", "ends_b"),
    )  # fmt: skip
    spells = both.filter(pl.col("begins_first") <= pl.col("ends")).collect().sort("dispnum", "ccode1", "ccode2", "begins_first")
    of_one = pl.col("ends").cum_max().shift(1).over("dispnum", "ccode1", "ccode2")
    spells = spells.with_columns((pl.col("begins_first") > of_one + 1).fill_null(value=True).alias("new"))
    spells = pl.concat([spells, _without_month(shelf, spells)])
    grave = shelf.table("gml-mids", "disputes").select("dispnum", "hostlev", "fatality").collect()
    members = shelf.table("cow-system", "spells").select("ccode", first=_month("start"), last=_month("end")).collect()
    return DatedDisputes(spells.join(grave, on="dispnum", how="left").drop("dispnum"), members)


def _without_month(shelf: Shelf, spells: pl.DataFrame) -> pl.DataFrame:
    """Those that the yearly table says to have begun in a year, in no month of which two of the participants were in it together."""
    began = shelf.table("gml-mids", "dyads").filter(pl.col("gmlmidonset"), pl.col("ccode1") < pl.col("ccode2"))
    years = began.select("dispnum", "ccode1", "ccode2", pl.col("year").cast(pl.Int32)).collect()
    known = spells.filter("new").with_columns((pl.col("begins_first") // 12).alias("year"))
    lost = years.join(known, on=["dispnum", "ccode1", "ccode2", "year"], how="anti").with_columns(
        (pl.col("year") * 12).alias("begins_first"), (pl.col("year") * 12 + 11).alias("begins_last")
    )
    return lost.with_columns(ends=pl.col("begins_last"), new=pl.lit(value=True)).select(spells.columns)


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1


class ByMonth:
    """Out of dated disputes. ``codes``: of the states, in order.   ``periods``: from the first month to the last that is told of.

    What a dispute came to, its hostility and its deaths, is known when it has ended, and counts from the month in which it did.
    """

    def __init__(self, dated: DatedDisputes, codes: Whole, periods: range) -> None:
        self._periods, self._states = periods, len(codes)
        spells = dated.spells.filter(pl.col("ccode1").is_in(codes), pl.col("ccode2").is_in(codes))
        self._pair = tuple(np.searchsorted(codes, spells[name].to_numpy()) for name in ("ccode1", "ccode2"))
        self._first, self._begins, self._ends = (spells[name].to_numpy() for name in ("begins_first", "begins_last", "ends"))
        self._new = spells["new"].to_numpy()
        self._war, self._deadly = ((spells[name] >= least).fill_null(value=False).to_numpy() for name, least in (("hostlev", WAR), ("fatality", 1)))
        members = dated.members.filter(pl.col("ccode").is_in(codes))
        self._member, self._since, self._until = (members[name].to_numpy() for name in ("ccode", "first", "last"))
        self._member = np.searchsorted(codes, self._member)

    @property
    def periods(self) -> range:
        return self._periods

    def at(self, period: int) -> Happened:
        ended = self._ends == period
        return Happened(
            present=self._present(period),
            began=self._of((self._begins == period) & self._new),
            ongoing=self._of((self._begins <= period) & (period <= self._ends)),
            wars=self._of(ended & self._war),
            deadly=self._of(ended & self._deadly),
        )

    def outcome(self, period: int) -> Floats:
        if period not in self._periods:
            return np.full((self._states, self._states), np.nan)
        here = np.triu(self._present(period))
        made: Floats = np.where(here, 0.0, np.nan)
        made[self.undated(period)] = np.nan
        made[np.triu(self._of(self._sure(period))) & here] = 1.0
        return made

    def undated(self, period: int) -> Flags:
        if period not in self._periods:
            return np.zeros((self._states, self._states), bool)
        could = self._new & (self._first <= period) & (period <= self._begins) & (self._first != self._begins)
        found: Flags = np.triu(self._of(could) & self._present(period) & ~self._of(self._sure(period)))
        return found

    def _sure(self, period: int) -> Flags:
        found: Flags = self._new & (self._first == period) & (self._begins == period)
        return found

    def _of(self, spells: Flags) -> Flags:
        made = np.zeros((self._states, self._states), bool)
        first, second = (side[spells] for side in self._pair)
        made[first, second] = made[second, first] = True
        return made

    def _present(self, period: int) -> Flags:
        there = np.zeros(self._states, bool)
        there[self._member[(self._since <= period) & (period <= self._until)]] = True
        found = there[:, None] & there
        np.fill_diagonal(found, val=False)
        return found


def both_ways(table: pl.DataFrame, holds: pl.Expr, states: int) -> Flags:
    """(states, states), the same both ways: pairs of a table for which something holds; what is not known does not."""
    first, second = (table[side].to_numpy() for side in SIDES)
    made = np.zeros((states, states), bool)
    made[first, second] = made[second, first] = table.select(holds.fill_null(value=False)).to_series().to_numpy()
    return made
