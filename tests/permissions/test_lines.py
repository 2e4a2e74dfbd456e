"""Lines are written out from clauses and acts as the slow reading has them, day by day, on the bundled book and on small ones."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

import comity
from comity.permissions.grounds import Grounds, consent_periods
from comity.standing import Standing
from comity.terms import Verdict
from oracles import lines as oracle
from tests.permissions.drawing import (
    DAYS,
    KINDS,
    KNOWN,
    activity_consents_on,
    consents,
    memberships_on,
    on,
    pairs_and_days,
    release_consents_on,
    release_on,
    release_slowly,
    small_grounds,
    station_on,
    station_slowly,
)
from tests.permissions.small_worlds import PARTIES


@pytest.fixture(scope="module")
def grounds() -> Grounds:
    return Grounds(Standing(comity.open(comity.bundled_book()).record, on=KNOWN, known=KNOWN))


def test_release_lines_of_the_bundled_book_are_those_of_the_slow_reading(grounds: Grounds) -> None:
    some = 0
    for giver, taker, day in [*pairs_and_days(grounds, 1, 120), ("NLD", "SWE", 724_000), ("SWE", "NLD", 724_000), ("KOR", "JPN", 737_000)]:
        fast, slow = release_on(grounds, giver, taker, day), release_slowly(grounds, giver, taker, day)
        assert fast == slow, (giver, taker, date.fromordinal(day))
        some += bool(slow)
    assert some > 60


@pytest.mark.parametrize("pair", [("USA", "DEU", 723_000), ("NLD", "CHE", 735_000), ("NLD", "QAT", 735_700), ("NLD", "BEL", 735_000)])
def test_lines_of_activities_of_the_bundled_book_are_those_of_the_slow_reading(grounds: Grounds, pair: tuple[str, str, int]) -> None:
    assert station_on(grounds, *pair, None) == station_slowly(grounds, *pair, None)
    assert station_on(grounds, *pair, None)


def test_lines_of_small_worlds_are_those_of_the_slow_reading() -> None:
    for seed in range(400):
        grounds = small_grounds(seed)
        for giver, taker, day in itertools.product(PARTIES, PARTIES, range(0, 9, 2)):
            if giver != taker:
                assert release_on(grounds, giver, taker, day) == release_slowly(grounds, giver, taker, day), (seed, giver, taker, day)
                for where in (None, "T"):
                    fast, slow = station_on(grounds, giver, taker, day, where), station_slowly(grounds, giver, taker, day, where)
                    assert fast == slow, (seed, giver, taker, day)


def test_consents_and_memberships_of_small_worlds_are_those_of_the_slow_reading() -> None:
    for seed in range(1500):
        grounds = small_grounds(seed)
        acts, ladders = grounds.standing.acts_of(KINDS), list(grounds.ladders.values())
        for day in (date(2020, 1, d) for d in (4, 6, 12, 15, 22)):
            number = day.toordinal()
            for who in ("A", "B"):
                assert release_consents_on(grounds, who, number) == set(oracle.release_consents(acts, ladders, who, day)), (seed, who, day)
            for activity in ("station", "supply"):
                assert activity_consents_on(grounds, activity, number) == set(oracle.activity_consents(acts, activity, day)), (seed, activity, day)
        for on_day in range(8):
            belongs = on(grounds.standing.periods_bound("A", "y"), on_day)
            assert memberships_on(grounds, "A", on_day) == ({"ORG": belongs} if belongs is not Verdict.NO else {}), (seed, on_day)


def test_a_consent_holds_on_the_days_that_the_slow_reading_says() -> None:
    for seed in range(4000):
        act, undisputed, back = consents(seed)
        periods = list(consent_periods(act, undisputed, back))
        for day in DAYS:
            assert on(periods, day.toordinal()) is oracle.consent_on(act, undisputed, back, day), (seed, day)
