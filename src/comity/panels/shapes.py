"""The rows of a panel: which states, or pairs, were members of the system of states in which years, months or days.

A pair is in it if both were members on one and the same day of the period; that is more than both in the same year: Austria-Hungary
and a state that became a member after it had ended were never a pair. Rows are in the order of the codes, then of time.

Source: docs/explanation/how-panels-are-made.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from comity.terms import BadInput

Unit = Literal["year", "month", "day"]
Ints = npt.NDArray[np.signedinteger[Any]]
SHAPES: dict[str, tuple[bool, Unit]] = {
    "state-year": (False, "year"),
    "dyad-year": (True, "year"),
    "dyad-month": (True, "month"),
    "dyad-day": (True, "day"),
}
"""By its name: whether a row is a pair, and which period."""
MOST_ROWS = 400_000_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Periods:
    """The years, months or days from ``since`` to ``until``, both of them in."""

    unit: Unit
    since: date
    until: date

    @cached_property
    def starts(self) -> Ints:
        """The first day of each, and of the one after the last; days since 1970."""
        first, last = np.datetime64(self.since), np.datetime64(self.until)
        code = {"year": "Y", "month": "M", "day": "D"}[self.unit]
        return np.arange(first.astype(f"M8[{code}]"), last.astype(f"M8[{code}]") + 2).astype("M8[D]").astype(np.int64)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of_days(self, days: Ints) -> Ints:
        """The number of the period that each day (since 1970) is in: -1 before the first, their number after the last."""
        return np.searchsorted(self.starts, days, side="right") - 1

    def of_years(self, years: Ints) -> tuple[Ints, Ints]:
        """The numbers of the first period of each year, and of the first one after it."""
        bounds = (np.concatenate([years, years + 1]) - 1970).astype("M8[Y]").astype("M8[D]").astype(np.int64)
        first, after = np.split(np.searchsorted(self.starts[:-1], bounds), 2)
        return first, after

    @cached_property
    def columns(self) -> list[pl.Series]:
        """The columns that name each period: the year, the year and the month, or the day."""
        days = pl.Series("day", self.starts[:-1].astype(np.int32)).cast(pl.Date)
        year, month = days.dt.year().alias("year").cast(pl.Int16), days.dt.month().alias("month")
        return {"year": [year], "month": [year, month], "day": [days]}[self.unit]


def periods(unit: Unit, since: int | date, until: int | date) -> Periods:
    """From the first day of ``since`` to the last of ``until``, given as years or days; BadInput if none lies between."""
    first = date(since, 1, 1) if isinstance(since, int) else since
    last = date(until, 12, 31) if isinstance(until, int) else until
    if last < first:
        raise BadInput(f"since {since} until {until}: the end is before the beginning; exchange them")
    return Periods(unit, first, last)


@dataclass(frozen=True)
class Members:
    """The members of a system of states: spells of membership, [first, last] in days since 1970, of each code.

    ``carried``: the day up to which the system's last version speaks; who was a member then is taken to be one until the panel ends.
    """

    code: str
    states: Ints
    first: Ints
    last: Ints
    carried: date

    @staticmethod
    def read(table: pl.DataFrame, code: str, until: date) -> Members:
        """From a table of spells with the columns ``code``, start and end; the last version's end carried on to ``until``."""
        table = table.sort(code, "start")
        last = table["end"].cast(pl.Int32).to_numpy().astype(np.int64)
        newest = int(last.max())
        carried = np.where(last == newest, max(newest, until.toordinal() - _EPOCH), last)
        first = table["start"].cast(pl.Int32).to_numpy().astype(np.int64)
        return Members(code, table[code].to_numpy().astype(np.int64), first, carried, date.fromordinal(newest + _EPOCH))


@dataclass(frozen=True)
class Rows:
    """The rows of a panel: of each the numbers (in ``codes``) of its state or states, and of its period.

    ``codes``: the states' codes, in order.   ``second``: None where a row is one state.   ``directed``: whether each pair stands in it both ways.
    """

    code: str
    codes: Ints
    first: Ints
    second: Ints | None
    period: Ints
    periods: Periods
    directed: bool = False

    def __len__(self) -> int:
        return len(self.period)

    @cached_property
    def keys(self) -> Ints:
        """One ascending number a row."""
        return self.key(self.first, self.second, self.period)

    def key(self, first: Ints, second: Ints | None, period: Ints) -> Ints:
        """The number of a row of these states and this period, if there is one."""
        of_states = first.astype(np.int64) if second is None else first.astype(np.int64) * len(self.codes) + second
        found: Ints = of_states * len(self.periods) + period
        return found

    def numbers(self, codes: Ints) -> Ints:
        """The number of each code, -1 for one that the system does not have."""
        found = np.searchsorted(self.codes, codes)
        found[found == len(self.codes)] = 0
        return np.where(self.codes[found] == codes, found, -1)

    def locate(self, first: Ints, second: Ints | None, period: Ints) -> Ints:
        """The row of these states in this period, -1 where there is none."""
        wanted = self.key(first, second, period)
        found = np.searchsorted(self.keys, wanted)
        found[found == len(self.keys)] = 0
        there = (self.keys[found] == wanted) if len(self.keys) else np.zeros(len(wanted), bool)
        there &= (first >= 0) & (period >= 0) & (period < len(self.periods)) & (True if second is None else second >= 0)
        return np.where(there, found, -1)

    @cached_property
    def places(self) -> list[Ints]:
        """Of each row, the place of its state, or of either, in a table of all states by all periods."""
        sides = [self.first] if self.second is None else [self.first, self.second]
        return [side * np.int32(len(self.periods)) + self.period for side in sides]

    @cached_property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Of each place in that table, whether some row is of it."""
        found = np.zeros(len(self.codes) * len(self.periods), bool)
        for places in self.places:
            found[places] = True
        return found

    def kept(self, wanted: npt.NDArray[np.bool_]) -> Rows:
        """Some of the rows."""
        second = None if self.second is None else self.second[wanted]
        return Rows(self.code, self.codes, self.first[wanted], second, self.period[wanted], self.periods, self.directed)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The columns that say which row is which."""
        codes = pl.Series(self.code, self.codes.astype(np.int32))
        names = [self.code] if self.second is None else [f"{self.code}1", f"{self.code}2"]
        states = [codes.gather(pl.Series(of)).alias(name) for name, of in zip(names, (self.first, self.second), strict=False) if of is not None]
        return pl.DataFrame([*states, *(column.gather(pl.Series(self.period)) for column in self.periods.columns)])


def rows(shape: str, members: Members, time: Periods, directed: bool) -> Rows:
    """Every row of the shape; BadInput for an unknown one, or for more rows than can be held."""
    if shape not in SHAPES:
        raise BadInput(f"there is no shape {shape!r}; choose one of {', '.join(SHAPES)}")
    codes, numbers = np.unique(members.states, return_inverse=True)
    present = _present(members, numbers, len(codes), time)
    if not SHAPES[shape][0]:
        first, period = np.nonzero(present)
        return Rows(members.code, codes, first.astype(np.int32), None, period.astype(np.int32), time)
    many = int(present.sum(axis=0, dtype=np.int64) @ (present.sum(axis=0, dtype=np.int64) - 1)) // (1 if directed else 2)
    if many > MOST_ROWS:
        raise BadInput(f"that would be {many:,} rows; ask for fewer years, or for a coarser shape than {shape}")
    apart = _never_met(members, numbers, time)
    firsts, seconds, when = list[Ints](), list[Ints](), list[Ints]()
    for state, of in enumerate(present):
        others = present & of
        others[slice(state, state + 1) if directed else slice(0, state + 1)] = False
        for other, when_apart in apart[state]:
            others[other, when_apart] = False
        second, together = np.nonzero(others)
        firsts.append(np.full(len(second), state, np.int32))
        seconds.append(second.astype(np.int32))
        when.append(together.astype(np.int32))
    return Rows(members.code, codes, np.concatenate(firsts), np.concatenate(seconds), np.concatenate(when), time, directed)


def _present(members: Members, number: Ints, states: int, time: Periods) -> npt.NDArray[np.bool_]:
    """By state and period: was it a member on a day of it?"""
    found = np.zeros((states, len(time)), bool)
    start, end = time.of_days(members.first), time.of_days(members.last)
    for state, a, b in zip(number, np.maximum(start, 0), end, strict=True):
        found[state, a : b + 1] = True
    return found


def _never_met(members: Members, number: Ints, time: Periods) -> dict[int, list[tuple[int, int]]]:
    """By state, those who were members in one period with it, but on no day together: one left, and the other came, in the midst of it."""
    spells: dict[int, list[tuple[int, int]]] = defaultdict(list)
    came, left = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for state, first, last in zip(number.tolist(), members.first.tolist(), members.last.tolist(), strict=True):
        spells[state].append((first, last))
        for days, held in ((first, came), (last, left)):
            held[int(time.of_days(np.array([days]))[0])].append(state)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for period in came.keys() & left.keys() & set(range(len(time))):
        start, after = time.starts[period : period + 2].tolist()
        for a, b in product(came[period], left[period]):
            if not any(max(s, t, start) <= min(e, f, after - 1) for s, e in spells[a] for t, f in spells[b]):
                found[a].append((b, period))
                found[b].append((a, period))
    return found
