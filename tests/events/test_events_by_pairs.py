"""Events by pair and period: the expression against a plain count in Python, and beside a panel, where what isn't covered isn't zero."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import ibis
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.events import EVENTS, QUADS, Dyads, Events, beside, to_dyads
from comity.parties import Span
from comity.terms import BadInput

YEAR = (Span(date(2018, 1, 1), date(2019, 1, 1)),)
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "day": pl.Date, "party1": pl.Int32, "party2": pl.Int32, "class_code": pl.String, "root_class": pl.String, "quad_class": pl.Int8,
    "intensity": pl.Decimal(6, 2), "weight": pl.Int64,
}  # fmt: skip
Row = tuple[date | None, int | None, int | None, str, str, int | None, Decimal | None, int]
PARTY = st.one_of(st.none(), st.integers(2, 5))
ROWS = st.lists(
    st.builds(
        lambda day, one, other, root, below, quad, intensity, weight: (day, one, other, f"{root:02}{below}", f"{root:02}", quad, intensity, weight),
        st.one_of(st.none(), st.dates(date(2017, 11, 1), date(2018, 3, 1))), PARTY, PARTY, st.integers(1, 20), st.integers(0, 9),
        st.one_of(st.none(), st.integers(1, 4)), st.one_of(st.none(), st.decimals(-10, 10, places=1)), st.integers(1, 5),
    ),
    max_size=60,
)  # fmt: skip


def held(folder: Path, rows: list[Row], coverage: tuple[Span, ...] = YEAR) -> Events:
    path = folder / "events.parquet"
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(path)
    return Events((path,), coverage)


def event(day: date, one: int, other: int, code: str = "040", intensity: str | None = "1.0") -> Row:
    number = int(code[:2])
    quad = 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4
    return day, one, other, code, code[:2], quad, None if intensity is None else Decimal(intensity), 1


def counted(rows: list[Row], by: str, directed: bool, chosen: tuple[str, ...] | None) -> dict[tuple[int, ...], tuple[Any, ...]]:
    """The same by the slow way."""
    found: dict[tuple[int, ...], list[Row]] = {}
    for row in rows:
        day, one, other, code, root, quad, *_ = row
        named = {QUADS[quad - 1] if quad else "", root, code[:3], code}
        if day is None or one is None or other is None or one == other or (chosen is not None and not named & set(chosen)):
            continue
        pair = (one, other) if directed else (min(one, other), max(one, other))
        found.setdefault((*pair, day.year, *([day.month] if by == "month" else [])), []).append(row)
    told = {}
    for key, kept in found.items():
        known = [row[6] for row in kept if row[6] is not None]
        quads = Counter(row[5] for row in kept)
        told[key] = (len(kept), sum(row[7] for row in kept), float(sum(known)) if known else None, *(quads[n] for n in range(1, 5)))
    return told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS, by=st.sampled_from(("month", "year")), directed=st.booleans(),
    chosen=st.sampled_from((None, ("04",), ("040", "19"), ("material conflict",), ("verbal cooperation", "141"))),
)  # fmt: skip
def test_pairs_are_what_a_plain_count_comes_to(
    tmp_path: Path, rows: list[Row], by: Literal["month", "year"], directed: bool, chosen: tuple[str, ...] | None
) -> None:
    found = held(tmp_path, rows).dyads(by, chosen, directed).table
    keys = 4 if by == "month" else 3
    assert {row[:keys]: row[keys:-1] for row in found.rows()} == counted(rows, by, directed, chosen)
    assert found.equals(found.sort(found.columns[:keys]))


@pytest.mark.parametrize("strange", ["21", "peace", "4", "04000"])
def test_a_class_that_is_none_is_refused(strange: str) -> None:
    with pytest.raises(BadInput, match="no class of events"):
        to_dyads(ibis.table(EVENTS, name="events"), classes=[strange])


def test_by_month_or_by_year_and_no_other() -> None:
    with pytest.raises(BadInput, match="by month or by year"):
        to_dyads(ibis.table(EVENTS, name="events"), by="week")  # type: ignore[arg-type]


def test_the_same_expression_is_said_in_the_words_of_either_engine() -> None:
    """No name or function of DuckDB's own in it: what Spark runs is compared by ``make verify``."""
    asked = to_dyads(ibis.table(EVENTS, name="events"), "month", ["19"], directed=False)
    assert asked.columns[:4] == ("party1", "party2", "year", "month")
    assert "GROUP BY" in ibis.to_sql(asked, dialect="duckdb")


# -- beside a panel


def panel(*rows: tuple[int, ...]) -> pl.DataFrame:
    names = ["party1", "party2", "year", "month"][: len(rows[0])]
    return pl.DataFrame(rows, schema=names, orient="row")


def january(folder: Path, coverage: tuple[Span, ...]) -> Dyads:
    """One event of 2 to 200 on 3 January 2018, none of 2 to 220; 365 is in no panel."""
    rows = [event(date(2018, 1, 3), 2, 200), event(date(2018, 1, 4), 2, 365)]
    return held(folder, rows, coverage).dyads("month")


def test_inside_the_coverage_no_event_is_zero_and_outside_it_is_null(tmp_path: Path) -> None:
    dyads = january(tmp_path, (Span(date(2018, 1, 1), date(2018, 3, 1)),))
    found, left = beside(panel((2, 200, 2018, 1), (2, 220, 2018, 2), (2, 200, 2018, 3), (2, 200, 2017, 12)), dyads)
    assert found.select("events", "intensity", "verbal_cooperation", "covered").rows() == [
        (1, 1.0, 1, 1.0),
        (0, 0.0, 0, 1.0),
        (None, None, None, 0.0),
        (None, None, None, 0.0),
    ]
    assert left.select("party1", "party2", "events").rows() == [(2, 365, 1)]


def test_a_period_covered_in_part_is_null_unless_the_part_is_asked_for(tmp_path: Path) -> None:
    dyads = january(tmp_path, (Span(date(2018, 1, 1), date(2018, 1, 11)),))
    rows = panel((2, 200, 2018, 1), (2, 220, 2018, 1))
    assert beside(rows, dyads)[0]["events"].to_list() == [None, None]
    partly = beside(rows, dyads, partly="counted")[0]
    assert partly["events"].to_list() == [1, None]
    assert partly["covered"].to_list() == [10 / 31, 10 / 31]


def test_an_intensity_nobody_gave_is_not_zero(tmp_path: Path) -> None:
    dyads = held(tmp_path, [event(date(2018, 1, 3), 2, 200, intensity=None)]).dyads("year")
    found, _ = beside(panel((2, 200, 2018), (2, 220, 2018)), dyads)
    assert found.select("events", "intensity").rows() == [(1, None), (0, 0.0)]


def test_an_undirected_count_goes_to_either_order_of_the_pair(tmp_path: Path) -> None:
    rows = [event(date(2018, 1, 3), 2, 200), event(date(2018, 5, 3), 200, 2)]
    found, left = beside(panel((200, 2, 2018), (2, 200, 2018)), held(tmp_path, rows).dyads("year", directed=False))
    assert found["events"].to_list() == [2, 2]
    assert found.select("party1", "party2").rows() == [(200, 2), (2, 200)]
    assert left.height == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (panel((2, 200, 2018), (2, 200, 2018)), "two rows"),
        (panel((2, 200, 2018)).drop("year"), "needs the columns"),
        (panel((2, 200, 2018)).with_columns(events=pl.lit(1)), "none of its own called events"),
    ],
)
def test_a_panel_that_events_would_not_fit_is_refused(tmp_path: Path, wrong: pl.DataFrame, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        beside(wrong, held(tmp_path, [event(date(2018, 1, 3), 2, 200)]).dyads("year"))


def test_rows_of_the_panel_stay_as_they_were(tmp_path: Path) -> None:
    rows = [event(date(2018, 1, 1) + timedelta(days=n), 2 + n % 3, 200 + n % 2) for n in range(40)]
    given = panel(*((a, b, 2018) for a in (4, 2, 3) for b in (201, 200))).with_columns(other=pl.int_range(6))
    found, _ = beside(given, held(tmp_path, rows).dyads("year"))
    assert found.select(given.columns).equals(given)
    assert found["events"].sum() == 40


def test_no_events_at_all(tmp_path: Path) -> None:
    dyads = held(tmp_path, []).dyads("month")
    assert dyads.table.height == 0
    assert beside(panel((2, 200, 2018, 1)), dyads)[0]["events"].to_list() == [0]
