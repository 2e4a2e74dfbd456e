"""A moment is read as precisely as it was written, kept to the letter, and refused with a line that says what to write."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.terms import BadInput, parse_day, parse_moment

READ = [
    ("2019-11-22", date(2019, 11, 22), date(2019, 11, 22)),
    ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ("1980-01-xx", date(1980, 1, 1), date(1980, 1, 31)),
    ("1980-02-XX", date(1980, 2, 1), date(1980, 2, 29)),
    ("1980-01", date(1980, 1, 1), date(1980, 1, 31)),
    ("1980-xx-xx", date(1980, 1, 1), date(1980, 12, 31)),
    ("1980-xx", date(1980, 1, 1), date(1980, 12, 31)),
    ("1980", date(1980, 1, 1), date(1980, 12, 31)),
    ("1998?", date(1998, 1, 1), date(1998, 12, 31)),
    ("1980-01?", date(1980, 1, 1), date(1980, 1, 31)),
    ("1998-03-05?", date(1998, 3, 5), date(1998, 3, 5)),
    ("1998~", date(1997, 1, 1), date(1999, 12, 31)),
    ("1980-01~", date(1979, 12, 1), date(1980, 2, 29)),
    ("1980-12~", date(1980, 11, 1), date(1981, 1, 31)),
    ("1980-03-01~", date(1980, 2, 29), date(1980, 3, 2)),
    ("0001~", date(1, 1, 1), date(2, 12, 31)),
    ("9998~", date(9997, 1, 1), date(9999, 12, 31)),
    ("1998-03-01/1998-05-31", date(1998, 3, 1), date(1998, 5, 31)),
    ("1998-03-01/1998-03-01", date(1998, 3, 1), date(1998, 3, 1)),
]


@pytest.mark.parametrize(("written", "first", "last"), READ)
def test_a_day_or_part_of_one_gives_the_first_and_last_day_it_can_mean(written: str, first: date, last: date) -> None:
    moment = parse_moment(written)
    assert (moment.first, moment.last) == (first, last)
    assert moment.certain == (first == last)
    assert str(moment) == written
    assert moment.days_in("Asia/Tokyo") == (first, last), "a day does not move with the zone, only an instant does"


def test_an_instant_keeps_its_place_and_moves_with_the_zone_that_is_asked_for() -> None:
    """Six in the evening in Seoul on 22 November is nine in the morning in London; at 00:30 in Seoul London is still on the day before."""
    evening = parse_moment("2019-11-22T18:00+09:00[Asia/Seoul]")
    assert evening.instant == datetime(2019, 11, 22, 9, 0, tzinfo=UTC)
    assert evening.zone == "Asia/Seoul"
    assert evening.certain
    night = parse_moment("2019-11-23T00:30:00+09:00[Asia/Seoul]")
    assert night.first == date(2019, 11, 23)
    assert night.days_in("Europe/London") == (date(2019, 11, 22), date(2019, 11, 22))
    assert night.days_in("Asia/Seoul") == night.days_in(None) == (date(2019, 11, 23), date(2019, 11, 23))


def test_an_instant_without_a_place_is_on_the_day_it_was_written_for() -> None:
    moment = parse_moment("2019-11-22T23:59-05:00")
    assert moment.first == date(2019, 11, 22)
    assert moment.days_in("UTC") == (date(2019, 11, 23), date(2019, 11, 23))
    assert parse_moment("2019-11-22T23:59Z").first == date(2019, 11, 22)


def test_where_offset_and_place_differ_the_place_says_which_day_it_was() -> None:
    assert parse_moment("2019-11-22T20:00Z[Asia/Tokyo]").first == date(2019, 11, 23)


REFUSED = [
    ("", "is not a moment; write 2019-11-22"),
    ("tomorrow", "is not a moment"),
    (" 1998-01-01", "is not a moment"),
    ("1998-01-01\n", "is not a moment"),
    ("1998-1-1", "is not a moment"),
    ("2020-02-31", "is not a day of the calendar"),
    ("0000-01-01", "is not a day of the calendar"),
    ("1998-13", "is not in the calendar"),
    ("1998-02-30~", "is not in the calendar"),
    ("1998-xx-03", "has a day but no month"),
    ("0000", "the year must be between 0001 and 9998"),
    ("9999~", "the year must be between 0001 and 9998"),
    ("1998-05-31/1998-03-01", "ends before it starts"),
    ("1998-01-xx/1998-02-xx", "is not a day; write it as YYYY-MM-DD"),
    ("1998-03-01/", "is not a day; write it as YYYY-MM-DD"),
    ("2019-11-22T18:00", "is not a moment"),
    ("2019-11-22T18:00+99:00", "is not an instant"),
    ("2019-11-22T25:00Z", "is not an instant"),
    ("2019-11-22T18:00Z[Nowhere/Atlantis]", "is not an instant"),
    ("2019-11-22T18:00Z[America]", "is not an instant"),
    ("2019-11-22T18:00Z[/etc/hosts]", "is not an instant"),
    ("0001-01-01T00:00+09:00", ""),
    ("9999-12-31T23:00-10:00", ""),
    ("0001-01-01~", ""),
    ("２０１９-11-22", "is not a"),
    ("2019-11-2२", "is not a"),
]


@pytest.mark.parametrize(("written", "says"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_it(written: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_moment(written)
    assert says in str(refused.value)
    assert any(repr(part) in str(refused.value) for part in (written, *written.split("/")))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("written", ["", "2020-02-31", "2020-2-3", "20200203", "2020-02", "2020-02-03T00:00Z", "x", "２０２０-02-03", "99999-01-01"])
def test_a_day_must_be_a_full_day_of_the_calendar(written: str) -> None:
    with pytest.raises(BadInput, match="YYYY-MM-DD"):
        parse_day(written)


def test_the_last_instant_of_the_calendar_can_be_asked_for_in_any_zone_or_is_refused_at_once() -> None:
    """Nothing that was accepted as a moment may break later, when an agreement's zone is applied to it."""
    for written in ("9999-12-31T23:00Z", "0001-01-01T00:30Z"):
        try:
            moment = parse_moment(written)
        except BadInput:
            continue
        for zone in ("Asia/Tokyo", "America/New_York"):
            moment.days_in(zone)


@settings(max_examples=200, deadline=None)
@given(day=st.dates())
def test_every_day_of_the_calendar_is_read_back_as_itself(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    moment = parse_moment(day.isoformat())
    assert (moment.first, moment.last, moment.certain) == (day, day, True)


@settings(max_examples=300, deadline=None)
@given(written=st.text(alphabet="0123456789-xX?~/T:Z+[]aA", max_size=30))
def test_any_text_is_a_moment_or_refused_and_never_anything_else(written: str) -> None:
    try:
        moment = parse_moment(written)
    except BadInput:
        return
    assert moment.first <= moment.last
    assert moment.written == written
