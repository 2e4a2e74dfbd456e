"""What the tables of the world say of pairs and organisations that everybody knows; and what is said where a table is not there, or ends."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import comity
from comity.events import read_events
from comity.networks import to_svg
from comity.sources import Store
from comity.stability import Count, Stability, StabilityRules, stability, stability_picture
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from tests.book.folders import told
from tests.panels.shelves import DATA, filled, needs_data
from tests.stability.small_book import cut

ON = date(2026, 11, 28)


class EmptyShelf:
    """A store in which there is nothing."""

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        raise BadInput(f"{source_id} is not in the store; get it")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    opened = comity.open(cut(tmp_path_factory.mktemp("book")))
    return Standing(opened.record, on=ON, known=ON)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("store"), "cow-mids", "gml-mids", "ucdp-acd", "atop", "dcad", "mme")


@pytest.fixture(scope="module")
def horn(standing: Standing, shelf: Store) -> Stability:
    events = read_events(Path(DATA) / "research/events/events.2018.sample.tab", "icews", shelf.folder / "events.parquet").dyads("year")
    return stability(standing, ["ETH", "ERI"], shelf, events=events)


@needs_data
def test_a_war_is_counted_in_its_years_with_its_days_and_no_year_is_filled_after_the_table_ends(horn: Stability) -> None:
    gml = {year.year: year for year in dict(horn.disputes)["gml-mids"]}
    assert gml[1999].war == gml[1999].fatal == Count(1, 1)
    assert gml[1999].days == Count(365, 365)
    assert gml[1999].peace == Count(0, 0)
    assert gml[2011].ongoing is None
    assert gml[2011].why == "the table covers 1816 to 2010"
    assert dict(horn.disputes)["cow-mids"][2014 - horn.since].ongoing is not None


@needs_data
def test_before_one_of_the_two_exists_nothing_is_counted(horn: Stability) -> None:
    year = next(year for year in dict(horn.disputes)["gml-mids"] if year.year == 1980)
    assert (year.ongoing, year.why) == (None, "there were no two members")
    assert all(count is None for _, count, _ in horn.cooperation[1980 - horn.since].ties)


@needs_data
def test_rates_and_quiet_are_those_of_the_text(horn: Stability) -> None:
    cow = horn.rates[0]
    assert cow.begun == Count(9, 9)
    assert (cow.lower, cow.low, cow.upper) == pytest.approx((19.05, 41.65, 79.07), abs=0.01)
    short = horn.recurrence[0]
    assert (short.spells, short.ended, short.censored) == (8, 7, 1)
    assert short.lasted[0].share == 0.75
    assert short.lasted[-1].share is None


@needs_data
def test_where_one_table_alone_covers_it_is_said_what_its_rates_take_for_granted(standing: Standing, shelf: Store) -> None:
    class Alone(EmptyShelf):
        def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
            return shelf.table(source_id, table) if source_id == "gml-mids" else super().table(source_id, table)

    found = stability(standing, ["ETH", "ERI"], Alone())
    assert [rate.exposure is None for rate in found.rates] == [True, False]
    assert any(note.startswith("rates take disputes to come independently") for note in found.notes)


@needs_data
def test_events_cover_two_days_of_one_year_and_no_other(horn: Stability) -> None:
    known = [year for year in horn.events if year.cooperation is not None]
    assert [(year.year, round(year.covered * 365)) for year in known] == [(2018, 2)]
    assert "cover part" in known[0].why


@needs_data
def test_the_picture_has_a_band_where_nothing_is_known(horn: Stability) -> None:
    drawn = to_svg(stability_picture(horn))
    assert "disputes (Correlates of War)" in drawn
    assert "is not said here" in drawn


def test_without_tables_everything_of_theirs_is_null_and_the_notes_say_what_to_do(standing: Standing) -> None:
    found = stability(standing, ["USA", "GBR"], EmptyShelf(), since=1990, until=1991)
    assert all(year.ongoing is None and year.why == "the table is not in the store" for _, years in found.disputes for year in years)
    assert all(year.within is None for year in found.conflicts)
    assert found.rates[0].why == "the table is not in the store"
    assert found.recurrence == ()
    agreements = found.cooperation[0].of("agreements")
    assert agreements is not None
    assert agreements == Count(2, 2)
    assert found.cooperation[0].of("exercises on record") is None
    assert "cow-mids is not in the store; get it" in found.notes


def test_members_are_those_whom_the_record_has_as_bound_on_each_day(standing: Standing) -> None:
    found = stability(standing, ["ASEAN"], EmptyShelf(), since=1984, until=1984)
    brunei = dict(found.members)["BRN"]
    assert date.fromordinal(brunei[0][0][0]) == date(1984, 1, 7)
    assert "VNM" in dict(found.members)
    assert stability(standing, ["NATO"], EmptyShelf(), since=1950, until=1950).cooperation[0].of("agreements") == Count(1, 1)
    assert stability(standing, ["tac-protocol-2010"], EmptyShelf(), since=2020).region.title.startswith("Parties to ")
    assert stability(standing, ["horn-of-africa"], EmptyShelf(), since=2020).region.source.startswith("Correlates of War")


def test_an_exercise_that_not_all_may_see_gives_the_answer_its_label_and_is_absent_for_others(tmp_path: Path) -> None:
    what = "agreement= 'details=activity=Northern; starts=2001-05-01; place=Aaaland'"
    label = "policy=NATIONAL classification=SECRET originator=AAA nonce=00112233445566778899aabbccddeeff"
    acts = "\n".join(f"{who} take-part 2001-05-01 {what} {label}" for who in ("AAA", "BBB"))
    opened = told(tmp_path, f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\n{acts}")
    for viewer, count, public in ((None, Count(1, 1), False), ("public", None, True)):
        asked = opened.standing(on=date(2002, 1, 1), known=date(2002, 1, 1), viewer=viewer)
        found = stability(asked, ["AAA", "BBB"], EmptyShelf(), since=2001, until=2001)
        assert found.cooperation[0].of("exercises on record") == count
        assert found.label.public is public


@pytest.mark.parametrize(
    ("whom", "since", "rules", "says"),
    [
        (["USA"], None, {}, "USA alone is no region; name a second state"),
        (["USA", "USA"], None, {}, "USA is named twice"),
        (["USA", "NATO"], None, {}, "NATO is of kind organisation, not a state"),
        (["OAS"], None, {}, "does not say by which agreement a state is its member"),
        ([","], None, {}, "of whom?"),
        (["USA", "GBR"], 1700, {}, "write years from 1816 to 2026"),
        (["USA", "GBR"], 2027, {}, "write years from 1816 to 2026"),
        (["USA", "GBR"], None, {"level": 1.0}, "--level 1.0; write a level above 0 and below 1"),
        (["USA", "GBR"], 1990, {"before": (1980, 1985), "after": (1991, 1992)}, "the window 1980-1985 is not within 1990 to 2026"),
        (["USA", "GBR"], 1990, {"before": (1995, 1999), "after": (1991, 1994)}, "write the earlier first"),
        (["USA", "GBR"], 1990, {"before": (1995, 1999)}, "name both"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    standing: Standing, whom: list[str], since: int | None, rules: dict[str, tuple[int, int]], says: str
) -> None:
    made = StabilityRules(0.95 if "level" not in rules else 1.0, rules.get("before"), rules.get("after"))
    with pytest.raises(BadInput, match=says.replace("?", r"\?")):
        stability(standing, whom, EmptyShelf(), since=since, rules=made)


def test_what_is_no_region_is_told_with_those_that_are(standing: Standing) -> None:
    with pytest.raises(NotOnRecord, match="regions by name: NATO, ASEAN"):
        stability(standing, ["Atlantis"], EmptyShelf())
