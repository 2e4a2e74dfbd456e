"""Columns are joined by key: each row of either table is counted, and nothing is said that the source does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from comity.panels import Add, Column, Family, Panel, panel
from comity.panels.columns import OtherWay, Shelf
from comity.panels.tables import Dated, Yearly
from comity.terms import BadInput
from tests.panels.invented import EPOCH, Invented, system

MEMBERS = [(code, date(1990, 1, 1), date(2016, 12, 31)) for code in (2, 20, 40)]
SHELF = Invented({"cow-system": system(MEMBERS)})


def family(
    rows: Sequence[tuple[int | None, ...]], *, other_way: OtherWay = "same", absent: int | None = 0, covers: tuple[int, int] = (2000, 2002)
) -> Family:
    """A family that says ``v`` of pairs (two codes, year, value) or of states (code, year, value)."""
    of_pairs = bool(rows) and len(rows[0]) == 4
    names = ["state", "other", "year", "v"] if of_pairs else ["state", "year", "v"]

    def read(shelf: Shelf, add: Add) -> Yearly:
        return Yearly(pl.DataFrame(rows, schema=names, orient="row"))

    of = (Column("v", "what is told", absent=absent),)
    return Family("told", "told", "pair" if of_pairs else "state", read, made=of, other_way=other_way, covers=covers)


def made(of: Family, *adds: Add, directed: bool = True, since: int = 2000, until: int = 2002) -> Panel:
    return panel("dyad-year", since=since, until=until, shelf=SHELF, directed=directed, add=adds or [Add("told")], families=[of])


def values(found: Panel, name: str = "v") -> dict[tuple[int, int, int], int | None]:
    return {(a, b, year): v for a, b, year, v in found.frame.select("ccode1", "ccode2", "year", name).rows()}


def test_rows_that_are_in_no_panel_are_counted_and_kept() -> None:
    found = made(family([(2, 20, 2000, 5), (2, 999, 2000, 6), (2, 20, 1990, 7)]))
    (step,) = found.steps
    assert (step.rows, step.matched, step.unmatched.height) == (18, 2, 2)  # both ways
    assert step.unmatched.select("state", "other").sort("state").rows() == [(2, 999), (999, 2)]
    assert len(found) == 18


def test_outside_its_coverage_nothing_is_said() -> None:
    found = values(made(family([(2, 20, 2000, 5)]), since=1999, until=2003))
    assert {found[2, 20, year] for year in (1999, 2003)} == {None}
    assert [found[2, 20, year] for year in (2000, 2001, 2002)] == [5, 0, 0]


def test_inside_it_what_is_not_listed_is_what_the_source_means_by_that() -> None:
    assert values(made(family([(2, 20, 2000, 5)], absent=None)))[2, 20, 2001] is None
    assert values(made(family([(2, 20, 2000, 5)], absent=0)))[2, 20, 2001] == 0


def test_a_lag_asks_the_source_for_the_earlier_year() -> None:
    """Also where the pair was not in the panel then: the panel begins in 2001."""
    found = values(made(family([(2, 20, 2000, 5)]), Add("told", lag=1), since=2001, until=2004))
    assert [found[2, 20, year] for year in (2001, 2002, 2003, 2004)] == [5, 0, 0, None]


def test_what_was_said_last_can_be_carried_on_and_is_said_to_be() -> None:
    found = made(family([(2, 20, 2002, 5)]), Add("told", carry=True), until=2005)
    assert [values(found)[2, 20, year] for year in range(2000, 2006)] == [0, 0, 5, 5, 5, 5]
    assert found.columns[0].rule == "year, after the last year what was said of it"


def test_a_source_that_says_two_things_of_one_pair_is_refused() -> None:
    with pytest.raises(BadInput, match=r"told says more than one thing of {'state': 2, 'other': 20, 'period': 0}; nothing was joined"):
        made(family([(2, 20, 2000, 5), (2, 20, 2000, 6)]))


def test_a_name_that_is_there_already_is_refused_and_never_joined_on() -> None:
    with pytest.raises(BadInput, match="the panel has v already; give what is added a prefix"):
        made(family([(2, 20, 2000, 5)]), Add("told"), Add("told"))
    twice = made(family([(2, 20, 2000, 5)]), Add("told"), Add("told", prefix="again_"))
    assert values(twice) == values(twice, "again_v")


def test_what_is_said_of_a_pair_holds_both_ways() -> None:
    found = values(made(family([(20, 2, 2000, 5)])))
    assert found[2, 20, 2000] == found[20, 2, 2000] == 5
    assert values(made(family([(20, 2, 2000, 5)]), directed=False))[2, 20, 2000] == 5


@pytest.mark.parametrize(("way", "one"), [("max", 9), ("sum", 14), ("listed", 5)])
def test_what_one_owes_the_other_stays_apart(way: OtherWay, one: int) -> None:
    rows = [(2, 20, 2000, 5), (20, 2, 2000, 9)]
    found = values(made(family(rows, other_way=way)))
    assert (found[2, 20, 2000], found[20, 2, 2000]) == (5, 9)
    assert values(made(family(rows, other_way=way), directed=False))[2, 20, 2000] == one


def test_a_pair_of_one_state_with_itself_is_not_lost_unsaid() -> None:
    (step,) = made(family([(2, 2, 2000, 5)]), directed=False).steps
    assert step.unmatched.height == 1


def test_what_is_said_of_a_state_is_said_of_either_of_a_pair() -> None:
    found = made(family([(2, 2000, 5), (20, 2000, 6), (777, 2000, 7)]))
    assert found.frame.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 20) & (pl.col("year") == 2000)).select("v1", "v2").row(0) == (5, 6)
    assert (found.steps[0].matched, found.steps[0].unmatched["state"].to_list()) == (2, [777])


def test_what_is_said_of_pairs_is_not_said_of_states() -> None:
    with pytest.raises(BadInput, match="told is said of pairs; ask for it in a panel of pairs"):
        panel("state-year", since=2000, until=2001, shelf=SHELF, add=["told"], families=[family([(2, 20, 2000, 5)])])


def test_a_partial_date_is_null_where_it_matters() -> None:
    def read(shelf: Shelf, add: Add) -> Dated:
        first, last = [(date(2001, month, day) - EPOCH).days for month, day in ((1, 1), (12, 31))]
        return Dated(
            pl.DataFrame({"state": [2], "other": [20], "first_a": [first], "first_b": [last], "last_a": [99999], "last_b": [99999], "v": [1]}), "max"
        )

    of = Family("told", "told", "pair", read, made=(Column("v", "what is told", absent=0),), covers=(2000, 2002))
    assert [values(made(of))[2, 20, year] for year in (2000, 2001, 2002)] == [0, None, 1]
    assert [values(made(of, Add("told", at="any day")))[2, 20, year] for year in (2000, 2001, 2002)] == [0, 1, 1]
    assert [values(made(of, Add("told", partial="earliest")))[2, 20, year] for year in (2000, 2001, 2002)] == [0, 1, 1]
    assert [values(made(of, Add("told", partial="latest")))[2, 20, year] for year in (2000, 2001, 2002)] == [0, 0, 1]


def test_years_since_an_event_are_counted_by_the_calendar_or_by_rows() -> None:
    """1990 to 1997 without 1993: the event is in 1991, and not known in 1996."""
    told = [(2, 20, year, {1991: 1, 1996: None}.get(year, 0)) for year in range(1990, 1998)]
    found = made(family(told, covers=(1990, 1997)), since=1990, until=1997, directed=False).where(pl.col("year") != 1993)
    found = found.with_spell("years", "v").with_spell("rows", "v", count="rows")
    one = found.frame.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 20))
    assert one["year"].to_list() == [1990, 1991, 1992, 1994, 1995, 1996, 1997]
    assert one["years"].to_list() == [0, 1, 0, 2, 3, 4, None]
    assert one["rows"].to_list() == [0, 1, 0, 1, 2, 3, None]


def test_a_column_of_the_pair_is_null_where_one_of_the_two_is() -> None:
    found = made(family([(2, 2000, 5), (20, 2000, 8)], absent=None), directed=False)
    for how, wanted in (("lowest", 5), ("highest", 8), ("lower over higher", 0.625), ("difference", 3), ("sum", 13)):
        frame = found.with_pairwise("p", "v", how).frame.filter(pl.col("year") == 2000)  # type: ignore[arg-type]
        assert frame.select("ccode1", "ccode2", "p").rows() == [(2, 20, wanted), (2, 40, None), (20, 40, None)]
    with pytest.raises(BadInput, match="how='mean'; choose one of lowest"):
        found.with_pairwise("p", "v", "mean")  # type: ignore[arg-type]


def test_rows_that_are_left_out_since_nothing_is_known_of_them_are_counted() -> None:
    found = made(family([(2, 20, 2000, 5)]), since=1999, until=2002, directed=False).where(pl.col("v") > 0, "told of")
    assert found.cuts == ("1 of 12 rows kept: told of; of 3 that were left out it is not known",)
    assert len(found) == 1


def test_who_joined_is_asked_of_disputes_alone() -> None:
    with pytest.raises(BadInput, match="told does not say who joined; leave out joiners=none"):
        made(family([(2, 20, 2000, 5)]), Add("told", joiners="none"))


def test_what_happened_in_a_year_is_said_of_none_of_its_months() -> None:
    of = replace(family([(2, 20, 2000, 5)]), counts=True)
    assert values(made(of))[2, 20, 2000] == 5
    with pytest.raises(BadInput, match="told tells what happened in a year, and not in which month; ask for it in a panel by year"):
        panel("dyad-month", since=2000, until=2001, shelf=SHELF, add=["told"], families=[of])
