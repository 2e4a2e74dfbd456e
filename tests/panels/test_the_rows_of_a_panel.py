"""Who is in a panel, and when: the same as when every day is looked at in turn."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
import pytest

from comity.panels import panel
from comity.panels.shapes import periods
from comity.terms import BadInput
from tests.panels.invented import Invented, days, met, period_of, system

Spells = list[tuple[int, date, date]]
SINCE, UNTIL = date(1999, 1, 1), date(2001, 12, 31)


def drawn(seed: int) -> Spells:
    """Spells that begin and end in the midst of years, some of one state twice; the last is the system's newest day."""
    chosen = random.Random(seed)
    spells: Spells = []
    for code in (2, 20, 40, 255, 990):
        first = date(1998, 6, 1) + timedelta(chosen.randrange(500))
        last = first + timedelta(chosen.randrange(700))
        spells.append((code, first, last))
        if chosen.random() < 0.5:
            again = last + timedelta(1 + chosen.randrange(100))
            spells.append((code, again, again + timedelta(chosen.randrange(300))))
    return [*spells, (700, date(1999, 5, 5), date(2001, 12, 31))]


@pytest.mark.parametrize("shape", ["dyad-year", "dyad-month", "dyad-day"])
@pytest.mark.parametrize("seed", range(12))
def test_a_pair_is_in_it_if_both_were_members_on_one_day(seed: int, shape: str) -> None:
    spells, unit = drawn(seed), shape.removeprefix("dyad-")
    found = panel(shape, since=SINCE, until=UNTIL, shelf=Invented({"cow-system": system(spells)}), directed=True)
    times = [c for c in found.frame.columns if not c.startswith("ccode")]
    rows = {(a, b, *(period_of(t[0], "day") if isinstance(t[0], date) else t)) for a, b, *t in found.frame.rows()}
    assert times == {"year": ["year"], "month": ["year", "month"], "day": ["day"]}[unit]
    assert len(rows) == len(found)
    assert rows == met(spells, SINCE, UNTIL, unit)


@pytest.mark.parametrize("seed", range(12))
def test_a_pair_without_direction_is_the_lower_code_first(seed: int) -> None:
    shelf = Invented({"cow-system": system(drawn(seed))})
    both = panel("dyad-year", since=1999, until=2001, shelf=shelf, directed=True).frame
    one = panel("dyad-year", since=1999, until=2001, shelf=shelf).frame
    assert one.equals(both.filter(pl.col("ccode1") < pl.col("ccode2")))


@pytest.mark.parametrize("seed", range(12))
def test_a_state_is_in_it_for_each_year_with_a_day_of_membership(seed: int) -> None:
    spells = drawn(seed)
    found = panel("state-year", since=1999, until=2001, shelf=Invented({"cow-system": system(spells)})).frame
    wanted = {(code, *period_of(day, "year")) for code, first, last in spells for day in days(first, last) if SINCE <= day <= UNTIL}
    assert found.rows() == sorted(wanted)


def test_the_end_of_the_last_version_is_not_the_end_of_a_state() -> None:
    """Carried on to the panel's end; one that ended before is not."""
    shelf = Invented({"cow-system": system([(2, date(1990, 1, 1), date(2016, 12, 31)), (3, date(1990, 1, 1), date(2015, 12, 31))])})
    found = panel("state-year", since=2014, until=2018, shelf=shelf)
    assert found.frame.rows() == [(2, 2014), (2, 2015), (2, 2016), (2, 2017), (2, 2018), (3, 2014), (3, 2015)]
    assert found.carried == date(2016, 12, 31)


def test_what_cannot_be_asked_is_said() -> None:
    shelf = Invented({"cow-system": system([(n, date(1816, 1, 1), date(2016, 12, 31)) for n in range(1, 200)])})
    for given, says in (
        ({"shape": "leader-year"}, "there is no shape 'leader-year'; choose one of state-year"),
        ({"systems": "un"}, "systems='un'; choose 'cow' or 'gw'"),
        ({"since": 2000, "until": 1999}, "the end is before the beginning"),
        ({"shape": "dyad-day", "since": 1816, "directed": True}, "rows; ask for fewer years"),
        ({"add": ["weather"]}, "there are no columns 'weather'; choose among atop"),
        ({"add": ["nmc:cink"]}, "nmc has no column 'cink'"),
    ):
        asked = {"shape": "dyad-year", "since": 1990, "until": 2020, **given}
        with pytest.raises(BadInput, match=says.replace("(", r"\(")):
            panel(asked.pop("shape"), shelf=shelf, **asked)  # type: ignore[arg-type]


def test_periods_are_numbered_by_the_calendar() -> None:
    months = periods("month", date(1999, 11, 15), date(2000, 3, 2))
    assert len(months) == 5
    assert [s.to_list() for s in months.columns] == [[1999, 1999, 2000, 2000, 2000], [11, 12, 1, 2, 3]]
