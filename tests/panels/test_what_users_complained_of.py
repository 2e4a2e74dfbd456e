"""What users of other programs complained of, by the number of its class in the survey of their issues: none of it is so here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

import comity
from comity.events import beside, read_events
from comity.panels import FAMILIES, Add, Family, of_standing, panel
from comity.sources import Store
from comity.terms import BadInput, Verdict
from tests.panels.shelves import DATA, needs_data

pytestmark = needs_data
PAIRS = [f for f in FAMILIES if f.of != "state"]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_1_outside_its_coverage_a_column_is_null_and_never_zero(store: Store, family: Family) -> None:
    """Alliances all 0 in 2019; contiguity and major powers 0 after 2016: each was taken for a fact."""
    found = panel("dyad-year", since=1816, until=2025, shelf=store, add=[Add(family.name, at="any day")])
    for made in found.columns:
        outside = found.frame.filter((pl.col("year") < made.covers[0]) | (pl.col("year") > made.covers[1]))
        listed = 388 if made.column.name == "polity2" else 0  # the United States alone, for two years more, in pairs with each other state
        assert outside[made.name].null_count() == len(outside) - (listed if made.name.endswith(("1", "polity2")) else 0), made.name
        inside = found.frame.filter(pl.col("year").is_between(*made.covers))
        if made.column.absent == 0 and family.name != "dcad":
            assert inside[made.name].null_count() == 0, made.name
    assert any(found.frame[made.name].drop_nulls().len() for made in found.columns)


@pytest.mark.parametrize("family", [f for f in PAIRS if f.other_way == "same"], ids=lambda f: f.name)
def test_2_what_is_said_of_a_pair_stands_both_ways_in_a_directed_panel(store: Store, family: Family) -> None:
    """Allies only one way round, since the file listed them so."""
    found = panel("dyad-year", since=1985, until=1995, shelf=store, directed=True, add=[Add(family.name, at="any day")]).frame
    values = [c for c in found.columns if c not in ("ccode1", "ccode2", "year")]
    turned = found.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(found.columns).sort("ccode1", "ccode2", "year")
    assert found.select(values).equals(turned.select(values))


def test_2_what_one_owes_and_the_other_does_not_stays_apart(store: Store) -> None:
    """Pledges of one side alone: 107 pairs and years of defence."""
    found = panel("dyad-year", since=1816, until=2018, shelf=store, directed=True, add=[Add("atop", ("atop_defense",), at="any day")]).frame
    turned = found.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
    both = found.join(turned, on=["ccode1", "ccode2", "year"], suffix="_back").filter(pl.col("atop_defense") > pl.col("atop_defense_back"))
    assert len(both) > 0
    one = panel("dyad-year", since=1816, until=2018, shelf=store, add=[Add("atop", ("atop_defense",), at="any day")]).frame
    first = both.with_columns(pl.min_horizontal("ccode1", "ccode2").alias("a"), pl.max_horizontal("ccode1", "ccode2").alias("b"))
    told = first.join(one, left_on=["a", "b", "year"], right_on=["ccode1", "ccode2", "year"], suffix="_pair")
    assert (told["atop_defense_pair"] == 1).all()


def test_3_events_stand_beside_a_panel_and_are_null_where_they_do_not_reach(store: Store, tmp_path: Path) -> None:
    """New data: the days of one month, beside pairs of that year by month; of a month that is covered in part a pair without events says nothing."""
    sample = Path(DATA, "research", "events", "events.2018.sample.tab")
    events = read_events(sample, "icews", tmp_path / "events.parquet")
    found = panel("dyad-month", since=date(2018, 5, 1), until=date(2018, 7, 31), shelf=store).frame
    both, left = beside(found, events.dyads("month", directed=False), partly="counted", parties=("ccode1", "ccode2"))
    counted = both.group_by("month").agg(pl.col("events").sum(), pl.col("events").null_count().alias("unknown"), pl.len()).sort("month")
    assert [u == n for u, n in counted.select("unknown", "len").rows()] == [True, False, True]
    assert counted["events"][1] > 1_000
    assert len(both) == len(found)
    assert left.height < 20


def test_4_codes_of_one_state_that_change_are_followed_by_the_year(store: Store) -> None:
    """Germany: 255 until 1945, 260 and 265, 255 again in one list, 260 on in the other. Yemen: 678 and 680, 679 in one list, 678 in the other."""
    cow = panel("state-year", since=1985, until=1995, shelf=store, add=["majors", "nmc:tpop"]).frame
    gw = panel("state-year", since=1985, until=1995, systems="gw", shelf=store, add=["nmc:tpop"]).frame
    germany = {
        year: tpop for code, year, tpop in cow.select("ccode", "year", "tpop").rows() if code in (255, 260) and not (code == 260 and year == 1990)
    }
    same = {year: tpop for code, year, tpop in gw.select("gwcode", "year", "tpop").rows() if code == 260 and year != 1990}
    assert {year: germany[year] for year in same if year != 1990} == same
    assert (
        gw.filter((pl.col("gwcode") == 678) & (pl.col("year") == 1993))["tpop"][0]
        == cow.filter((pl.col("ccode") == 679) & (pl.col("year") == 1993))["tpop"][0]
    )


def test_4_microstates_are_where_the_list_has_them(store: Store) -> None:
    found = panel("state-year", since=2000, until=2000, systems="gw", shelf=store).frame
    assert {31, 54, 221, 331, 972} <= set(found["gwcode"])


def test_5_a_date_without_a_day_is_not_given_one(store: Store) -> None:
    """Agreements signed in a month or year alone: on 1 January of the next year they hold; on that of the same year it is not known."""
    table = store.table("dcad").filter(pl.col("signed_last").dt.year() == pl.col("signed_first").dt.year()).collect()
    vague = table.filter((pl.col("signed_first").dt.ordinal_day() == 1) & (pl.col("signed_last").dt.month() == 12)).row(0, named=True)
    year = vague["signed_first"].year
    alone = store.table("dcad").filter((pl.col("ccode1") == vague["ccode1"]) & (pl.col("ccode2") == vague["ccode2"])).collect()
    found = panel("dyad-year", since=1980, until=2010, shelf=store, add=["dcad:dca"]).frame
    one = dict(found.filter((pl.col("ccode1") == vague["ccode1"]) & (pl.col("ccode2") == vague["ccode2"])).select("year", "dca").rows())
    earlier = alone.filter(pl.col("signed_first") < date(year, 1, 1)).height
    assert one[year] == (1 if earlier else None)
    assert one[year + 1] == 1


def test_6_who_withdrew_a_ratification_is_a_signatory_still() -> None:
    """Russia and the test-ban treaty: asked of the record, with its acts, not of a list kept by hand."""
    record = comity.open(comity.bundled_book())
    after = record.standing(on=date(2024, 1, 1), known=date(2026, 1, 1)).bound("RUS", "ctbt")
    assert after.verdict is Verdict.NO
    status = {party: mode for party, _, mode in record.standing(on=date(2024, 1, 1), known=date(2026, 1, 1)).status("ctbt")}
    assert status["RUS"] == "signatory"


def test_8_a_later_release_is_taken_when_it_reads_as_the_record_says_and_is_told_apart(store: Store, tmp_path: Path) -> None:
    """Nobody waits for anybody's yearly update: the file of the next release is given, and what comes of it says that it is another."""
    later = pl.read_parquet(Path(DATA, "research", "cow", "cow_majors.parquet")).with_columns(
        endyear=pl.when(pl.col("endyear") == 2016).then(2017.0).otherwise("endyear")
    )
    later.write_parquet(tmp_path / "cow_majors.parquet")
    own = Store(tmp_path / "store")
    with pytest.raises(BadInput, match="is not the file that the record of cow-majors names"):
        own.import_("cow-majors", tmp_path, when=datetime(2026, 1, 1, tzinfo=UTC))
    (taken,) = own.import_("cow-majors", tmp_path, when=datetime(2026, 1, 1, tzinfo=UTC), any_version=True)
    assert (taken.version, taken.known, taken.rows) == ("another", False, 14)
    later.with_columns(more=pl.lit(1)).write_parquet(tmp_path / "cow_majors.parquet")
    with pytest.raises(BadInput, match="more"):
        own.import_("cow-majors", tmp_path, when=datetime(2026, 1, 1, tzinfo=UTC), any_version=True)


def test_the_record_and_a_data_set_can_stand_side_by_side(store: Store) -> None:
    """They differ on Turkey: the data set dates it by the signature of the protocol of 22 October 1951, the law by accession, 18 February 1952."""
    standing = comity.open(comity.bundled_book()).standing(on=date(2026, 1, 1), known=date(2026, 1, 1))
    found = panel(
        "dyad-year", since=1948, until=2018, shelf=store, add=["atop", "standing"], families=[*FAMILIES, of_standing(standing, ["nato-treaty"])]
    ).frame
    allies = found.filter((pl.col("ccode1") == 2) & (pl.col("ccode2") == 640))
    assert allies.filter(pl.col("defence") == 1)["year"].min() == 1953
    assert allies.filter(pl.col("atop_defense") == 1)["year"].min() == 1952
    assert allies.filter(pl.col("year") == 1960).select("agreements", "agreements_open", "in_force_since").row(0) == (1, 0, 1952)
