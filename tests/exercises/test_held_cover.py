"""Where exercises were, and on what legal basis guests were there: a few of them beside the bundled book; the whole of the data elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from comity.about import bundled_book
from comity.book import read_book, read_files
from comity.interoperability import DayWindow, HeldCover, Places, TrainingMap, exercise_to_plain, held_covers, stationing_rests_on
from comity.registers import book_files
from comity.standing import Standing
from comity.terms import Verdict

BOOK = read_book(bundled_book())
ROWS = (
    ("Lake", "Switzerland", "2010-06-01", "1", ("Netherlands", "Switzerland")),
    ("Hall", "northern England", "1995-05-01", "1", ("United States", "United Kingdom")),
    ("Gale", "off the coast of Scotland", "1995-06-01", "0", ("United States", "United Kingdom")),
    ("Mist", "Central Europe", "1985-06-01", "1", ("United States", "United Kingdom")),
    ("Mark", "West Germany and Belgium", "1985-xx-xx", "1", ("United States", "United Kingdom")),
)
GW = {"Netherlands": "210", "Switzerland": "225", "United States": "2", "United Kingdom": "200"}


@pytest.fixture(scope="module")
def covers() -> dict[str, HeldCover]:
    """Invented exercises, as the data set of exercises would have them, with the cover of their guests."""
    rows = []
    for number, (name, place, starts, land, states) in enumerate(ROWS):
        year, month, day = starts.split("-")
        made = {f"{side}.{part}": value for side in ("s", "e") for part, value in (("year", year), ("month", month), ("day", day))}
        flags = dict.fromkeys(("Air", "Amphibious", "Cyber", "CPX", "Peacekeeping", "Humanitarian"), "0") | {
            "Land": land,
            "Sea": "1",
            "Warfighting": "1",
        }
        common = {"MMEID": f"x{number}", "Ex_Name": name, "Series_Name": "NA", "Location": place, "StartDate": starts}
        rows += [{**made, **flags, **common, "country": state, "gwcode": GW[state]} for state in states]
    files = {**BOOK.files, **book_files("mme", {"participants": rows}, BOOK.files)}
    book = read_files(files, "both")
    assert book.problems == ()
    of = TrainingMap(Standing(book.record, on=date(2010, 12, 31), known=date(2026, 1, 1)))
    found = [*held_covers(of, ("NLD", "CHE")), *held_covers(of, ("USA", "GBR"))]
    return {one.exercise.activity: one for one in found}


def test_a_guest_with_an_agreement_has_entry_and_status(covers: dict[str, HeldCover]) -> None:
    lake = covers["Lake"]
    assert [(g.guest, g.host) for g in lake.guests] == [("NLD", "CHE")]
    assert lake.guests[0].stationing is not None
    assert lake.verdict is lake.guests[0].verdict
    assert "nl-switzerland-training-2007" in stationing_rests_on(lake.guests[0].stationing)


def test_an_ally_has_a_status_and_needs_leave_to_come(covers: dict[str, HeldCover]) -> None:
    hall = covers["Hall"]
    assert hall.whereabouts.hosts == (("GBR", None),)
    found = hall.guests[0].stationing
    assert found is not None
    assert (found.entry.verdict, found.status.verdict) == (Verdict.NO, Verdict.YES)
    assert "no consent of GBR is on record" in found.decided_by
    assert exercise_to_plain(hall.exercise)["capabilities"] == ["land", "sea", "warfighting"]


def test_at_sea_there_is_no_host_and_of_a_region_it_is_not_known(covers: dict[str, HeldCover]) -> None:
    assert (covers["Gale"].whereabouts.where, covers["Gale"].guests, covers["Gale"].verdict) == ("at sea", (), None)
    assert (covers["Mist"].whereabouts.where, covers["Mist"].verdict) == ("unknown", Verdict.UNKNOWN)
    assert covers["Mist"].whereabouts.why == "'Central Europe' names no party on record"


def test_on_two_territories_each_is_asked_about_on_every_day_that_it_can_have_been(covers: dict[str, HeldCover]) -> None:
    mark = covers["Mark"]
    assert mark.during == DayWindow(date(1985, 1, 1), date(1985, 12, 31))
    assert sorted((g.guest, g.host) for g in mark.guests) == [("GBR", "BEL"), ("GBR", "DEU"), ("USA", "BEL"), ("USA", "DEU")]


@pytest.mark.parametrize(
    ("place", "on", "where"),
    [
        ("Kuwait and the Persian Gulf", "1995-01-01", "at sea"),
        ("the waters off Norway", "1995-01-01", "at sea"),
        ("USA, North Carolina beaches", "1995-01-01", ["USA"]),
        ("west Texas and New Mexico", "1995-01-01", ["USA"]),
        ("Roosevelt Roads, Puerto Rico", "1995-01-01", ["USA/PRI", "USA/PRI"]),
        ("Germany", "1985-01-01", "'germany' may be one of two German states"),
        ("West Germany", "1985-01-01", ["DEU"]),
        ("Germany", "1995-01-01", ["DEU"]),
        ("Georgia", "2005-01-01", "'georgia' may be a state, and one of the United States"),
        ("Georgia, Vaziani air base", "2005-01-01", ["GEO"]),
        ("Ukraine", "1985-01-01", None),
        ("", "1985-01-01", "no place is on record"),
    ],
)
def test_a_place_is_the_territory_that_its_words_name_on_the_day(place: str, on: str, where: str | list[str] | None) -> None:
    day = date.fromisoformat(on)
    found = Places(BOOK.record.register).find(place, DayWindow(day, day))
    if isinstance(where, list):
        assert found.where == "territory"
        assert {f"{host}/{part}" if part else host for host, part in found.hosts} == set(where)
    elif where is not None:
        assert where in (found.where, found.why)
    land = Places(BOOK.record.register).find("Kuwait and the Persian Gulf", DayWindow(day, day), on_land=True)
    assert land.hosts == (("KWT", None),)
