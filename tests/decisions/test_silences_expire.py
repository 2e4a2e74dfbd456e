"""The clock of silence: to the second, in the zone whose clock counts, over every kind of clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from comity.agreements.clauses import Agreement
from comity.agreements.decision_rules import DecisionRule, Silence
from comity.agreements.requirements import Lead
from comity.book.soundness import unsound
from comity.decisions import end_of_day, expiry
from comity.decisions.silences import last_day
from comity.terms import BadInput, Step, parse_moment
from tests.decisions.silences_drawn import agrees, ends_of_the_calendar_agree

IN_CI = 400
DAYS = {number: Lead(delay=(Step(days=number),)) for number in (1, 2, 30)}


def at(written: str) -> datetime:
    instant = parse_moment(written).instant
    assert instant is not None
    return instant


def test_terms_end_as_the_slow_reading_has_them() -> None:
    assert [seed for seed in range(IN_CI) if not agrees(seed)] == []
    assert ends_of_the_calendar_agree()


@pytest.mark.parametrize(
    ("begins", "term", "zone", "ends"),
    [
        # the clocks of Brussels went forward on 31 March 2024 at 2, and back on 27 October at 3
        ("2024-03-30T12:00+01:00", Lead(hours=24), "Europe/Brussels", "2024-03-31T13:00+02:00"),
        ("2024-03-30T12:00+01:00", DAYS[1], "Europe/Brussels", "2024-03-31T12:00+02:00"),
        ("2024-03-30T02:30+01:00", DAYS[1], "Europe/Brussels", "2024-03-31T03:00+02:00"),
        ("2024-10-26T02:30+02:00", DAYS[1], "Europe/Brussels", "2024-10-27T02:30+01:00"),
        ("2024-10-26T03:00+02:00", DAYS[1], "Europe/Brussels", "2024-10-27T03:00+01:00"),
        ("2024-10-26T02:00+02:00", DAYS[1], "Europe/Brussels", "2024-10-27T02:00+02:00"),
        # Samoa left out 30 December 2011
        ("2011-12-29T09:00-10:00", DAYS[1], "Pacific/Apia", "2011-12-31T00:00+14:00"),
        # no zone: UTC, whatever the clocks do
        ("2024-03-30T02:30Z", DAYS[1], None, "2024-03-31T02:30Z"),
        ("2099-12-02T23:59:59Z", DAYS[30], None, "2100-01-01T23:59:59Z"),
        ("2024-01-31T12:00Z", Lead(delay=(Step(months=1),)), None, "2024-02-29T12:00Z"),
        ("2024-01-31T12:00Z", Lead(delay=(Step(months=1, end_of_month="next"),)), None, "2024-03-01T12:00Z"),
        # Friday evening and two working days
        ("2024-03-01T18:00+01:00", Lead(working_days=2), "Europe/Brussels", "2024-03-05T18:00+01:00"),
    ],
)
def test_a_term_ends(begins: str, term: Lead, zone: str | None, ends: str) -> None:
    assert expiry(at(begins), term, zone) == at(ends)


def test_holidays_are_no_working_days() -> None:
    easter = (date(2024, 3, 29), date(2024, 4, 1))
    assert last_day(date(2024, 3, 28), Lead(working_days=1), easter) == date(2024, 4, 2)
    assert expiry(at("2024-03-28T10:00+01:00"), Lead(working_days=1), "Europe/Brussels", easter) == at("2024-04-02T10:00+02:00")


def test_a_day_ends_when_midnight_is_there_for_good() -> None:
    assert end_of_day(date(2024, 3, 30), "Europe/Brussels") == at("2024-03-31T00:00+01:00")
    assert end_of_day(date(2018, 11, 3), "America/Sao_Paulo") == at("2018-11-04T01:00-02:00"), "midnight was skipped"
    assert end_of_day(date(2018, 2, 17), "America/Sao_Paulo") == at("2018-02-18T00:00-03:00"), "the hour before it came twice"
    assert end_of_day(date(2011, 12, 29), "Pacific/Apia") == end_of_day(date(2011, 12, 30), "Pacific/Apia")


def test_the_ends_of_the_calendar_are_no_errors_but_one() -> None:
    assert end_of_day(date(1, 1, 1), "Europe/Brussels") == datetime(1, 1, 2, tzinfo=UTC)
    assert end_of_day(date(9999, 12, 31), "Europe/Brussels") == datetime(9999, 1, 1, tzinfo=UTC)
    with pytest.raises(BadInput, match="past the end of the calendar"):
        expiry(datetime.max.replace(tzinfo=UTC) - timedelta(hours=1), Lead(hours=2))


@pytest.mark.parametrize(
    ("silence", "says"),
    [
        (Silence(zone="Europe/Brussel"), "is not a time zone"),
        (Silence(term=Lead()), "exactly one of delay, hours, working_days"),
        (Silence(term=Lead(hours=3, working_days=1)), "exactly one of delay, hours, working_days"),
        (Silence(term=Lead(hours=0)), "at least one hour"),
        (Silence(term=Lead(working_days=1, rest=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))), "none of rest"),
        (Silence(term=Lead(working_days=1), zone="Europe/Brussels"), None),
    ],
)
def test_a_silence_that_cannot_be_meant_is_told(silence: Silence, says: str | None) -> None:
    rule = DecisionRule(kind="decision", article="1", says="s", id="council", body="pact", matters="all", silence=silence)
    found = [problem for _, problem in unsound(Agreement(id="pact", title="P", short="P", concluded=date(2020, 1, 1), clauses=(rule,)))]
    assert len(found) == (says is not None)
    assert all(says is not None and says in problem for problem in found)
