"""The rules by which spells become values by period: the same as when each day, and each reading of a partial date, is tried in turn."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product
from typing import get_args

import polars as pl
import pytest

from comity.panels.shapes import periods
from comity.panels.tables import At, Combine, Dated, Yearly, by_period
from comity.terms import BadInput
from tests.panels.invented import EPOCH, days, value_on

SINCE, UNTIL = date(2000, 1, 1), date(2002, 12, 31)
Spell = tuple[tuple[date, date], tuple[date, date], int]
"""The two ends of its first day, and of its last; its value."""


def drawn(seed: int, values: tuple[int, ...]) -> list[Spell]:
    chosen = random.Random(seed)
    found: list[Spell] = []
    for _ in range(chosen.randrange(1, 4)):
        first = date(1999, 10, 1) + timedelta(chosen.choice([0, 92, 93, 200, 457, 458, 459, 700, 823]))
        last = first + timedelta(chosen.choice([0, 1, 90, 365, 366, 800]))
        unsure = chosen.choice([0, 0, 0, 1, 40])
        last_unsure = chosen.choice([0, 0, 0, 1, 40])
        found.append(((first, first + timedelta(unsure)), (last + timedelta(unsure), last + timedelta(unsure + last_unsure)), chosen.choice(values)))
    return found


def table(spells: list[Spell]) -> pl.DataFrame:
    rows = [(7, *((d - EPOCH).days for d in (*first, *last)), value) for first, last, value in spells]
    schema = {"state": pl.Int32, **dict.fromkeys(("first_a", "first_b", "last_a", "last_b"), pl.Int64), "v": pl.Int32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def slowly(spells: list[Spell], combine: str, at: str, year: int) -> float | None:
    """The value under every choice of the partial days' ends; None where they differ."""
    held = days(date(year, 1, 1), date(year, 12, 31))
    found = set()
    for ends in product(*(product(first, last) for first, last, _ in spells)):
        exact = [(first, last, spell[2]) for (first, last), spell in zip(ends, spells, strict=True)]
        found.add(round(value_on(exact, combine, held, len(held), at), 12))
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("at", ["1 January", "any day"])
@pytest.mark.parametrize("combine", ["min", "max", "sum"])
@pytest.mark.parametrize("seed", range(40))
def test_a_value_is_known_where_every_reading_of_partial_dates_agrees(seed: int, combine: Combine, at: At) -> None:
    spells = drawn(seed, (1, 2, 3))
    found = dict(by_period(Dated(table(spells), combine), periods("year", SINCE, UNTIL), at).select("period", "v").rows())
    for number, year in enumerate((2000, 2001, 2002)):
        wanted = slowly(spells, combine, at, year)
        assert found.get(number, 0) == wanted, (year, spells)


@pytest.mark.parametrize("at", ["1 January", "any day"])
@pytest.mark.parametrize("seed", range(40))
def test_of_several_kinds_at_once_the_first_holds(seed: int, at: At) -> None:
    spells = [(first, last, n + 1) for n, ((first, _), (last, _), _) in enumerate(drawn(seed, (1,)))]
    exact = list({first: ((first, first), (max(last, first), max(last, first)), value) for first, last, value in spells}.values())
    found = dict(by_period(Dated(table(exact), "first"), periods("year", SINCE, UNTIL), at).select("period", "v").rows())
    for number, year in enumerate((2000, 2001, 2002)):
        assert found.get(number, 0) == slowly(exact, "first", at, year), (year, exact)


@pytest.mark.parametrize("seed", range(40))
def test_a_share_counts_each_day_once(seed: int) -> None:
    exact = [((first, first), (max(last, first), max(last, first)), value) for (first, _), (last, _), value in drawn(seed, (0, 1))]
    found = dict(by_period(Dated(table(exact), "max"), periods("year", SINCE, UNTIL), "share of year").select("period", "v").rows())
    for number, year in enumerate((2000, 2001, 2002)):
        assert found.get(number, 0.0) == pytest.approx(slowly(exact, "max", "share of year", year))


def test_a_share_of_a_partial_date_is_not_known() -> None:
    spells: list[Spell] = [((date(2000, 3, 1), date(2000, 3, 31)), (date(2001, 6, 1), date(2001, 6, 1)), 1)]
    found = by_period(Dated(table(spells), "max"), periods("year", SINCE, UNTIL), "share of year")
    assert found["v"].null_count() == len(found) == 2
    early = by_period(Dated(table(spells), "max"), periods("year", SINCE, UNTIL), "share of year", "earliest")
    assert early.sort("period")["v"].to_list() == [306 / 366, 152 / 365]


def test_only_yes_or_no_has_a_share() -> None:
    spells: list[Spell] = [((date(2000, 3, 1), date(2000, 3, 1)), (date(2001, 6, 1), date(2001, 6, 1)), 4)]
    with pytest.raises(BadInput, match="v is not yes or no: it has no share of the year"):
        by_period(Dated(table(spells), "max"), periods("year", SINCE, UNTIL), "share of year")
    with pytest.raises(BadInput, match="at='1 May'; choose one of 1 January, any day, share of year"):
        by_period(Dated(table(spells), "max"), periods("year", SINCE, UNTIL), "1 May")  # type: ignore[arg-type]


def test_what_is_said_of_a_year_is_said_of_its_months() -> None:
    said = Yearly(pl.DataFrame({"state": [7, 7], "year": [1999, 2000], "v": [5, 6]}))
    found = by_period(said, periods("month", date(1999, 12, 1), date(2000, 2, 1)), "1 January").sort("period")
    assert found.select("period", "v").rows() == [(0, 5), (1, 6), (2, 6)]


def test_all_rules_are_tried() -> None:
    assert get_args(At) == ("1 January", "any day", "share of year")
