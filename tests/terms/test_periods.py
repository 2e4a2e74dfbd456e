"""Months have different lengths: where a day lands is declared in the delay, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.terms import BadInput, Delay, Step, add, describe

ADDED: list[tuple[date, Delay, date]] = [
    (date(2024, 1, 1), (), date(2024, 1, 1)),
    (date(2024, 1, 1), (Step(days=30),), date(2024, 1, 31)),
    (date(1996, 10, 31), (Step(days=180),), date(1997, 4, 29)),
    (date(2023, 8, 31), (Step(months=6),), date(2024, 2, 29)),
    (date(2022, 8, 31), (Step(months=6),), date(2023, 2, 28)),
    (date(2022, 8, 31), (Step(months=6, end_of_month="next"),), date(2023, 3, 1)),
    (date(2022, 8, 28), (Step(months=6, end_of_month="refuse"),), date(2023, 2, 28)),
    (date(2024, 2, 29), (Step(years=1),), date(2025, 2, 28)),
    (date(2024, 2, 29), (Step(years=1, end_of_month="next"),), date(2025, 3, 1)),
    (date(2024, 2, 29), (Step(years=4),), date(2028, 2, 29)),
    (date(2024, 12, 31), (Step(months=2),), date(2025, 2, 28)),
    (date(2024, 1, 31), (Step(month_start=1),), date(2024, 2, 1)),
    (date(2024, 1, 1), (Step(month_start=1),), date(2024, 2, 1)),
    (date(1998, 9, 16), (Step(month_start=6),), date(1999, 3, 1)),
    (date(2024, 12, 15), (Step(month_start=0),), date(2024, 12, 1)),
    (date(2002, 4, 11), (Step(days=60), Step(month_start=1)), date(2002, 7, 1)),
    (date(2002, 1, 31), (Step(months=1), Step(days=1)), date(2002, 3, 1)),
    (date(2002, 1, 31), (Step(days=1), Step(months=1)), date(2002, 3, 1)),
    (date(2002, 1, 30), (Step(months=1), Step(months=1)), date(2002, 3, 28)),
]


@pytest.mark.parametrize(("day", "delay", "wanted"), ADDED)
def test_a_delay_lands_on_the_day_that_the_clause_means(day: date, delay: Delay, wanted: date) -> None:
    """Among them the real ones: the CWC's 180 days, Ottawa's first day of the sixth month, the Rome Statute's month after sixty days."""
    assert add(day, delay) == wanted


def test_a_delay_that_refuses_to_round_says_that_the_clause_must_decide() -> None:
    with pytest.raises(BadInput, match="set end_of_month to clip or next in the clause"):
        add(date(2022, 8, 31), (Step(months=6, end_of_month="refuse"),))


@pytest.mark.parametrize(
    "step", [Step(days=10**9), Step(days=10**30), Step(months=10**30), Step(years=8000), Step(month_start=120000), Step(days=-(10**9))]
)
def test_a_delay_past_the_calendar_is_bad_input(step: Step) -> None:
    with pytest.raises(BadInput, match="is not a day of the calendar"):
        add(date(2024, 1, 1), (step,))


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        ((), "no delay"),
        ((Step(days=1),), "1 day"),
        ((Step(days=180),), "180 days"),
        ((Step(months=6),), "6 months"),
        ((Step(years=1),), "1 year"),
        ((Step(days=60), Step(month_start=1)), "60 days, then the first day of month 1 after that month"),
    ],
)
def test_a_delay_is_told_in_words(delay: Delay, words: str) -> None:
    assert describe(delay) == words


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@settings(max_examples=200, deadline=None)
@given(day=DAYS, months=st.integers(0, 600))
def test_clip_and_next_differ_by_at_most_a_day_and_only_at_a_month_end(day: date, months: int) -> None:
    clip = add(day, (Step(months=months),))
    following = add(day, (Step(months=months, end_of_month="next"),))
    assert following - clip in (timedelta(0), timedelta(days=1))
    assert (clip == following) == (clip.day == day.day)
    assert (clip.year * 12 + clip.month) - (day.year * 12 + day.month) == months


@settings(max_examples=200, deadline=None)
@given(day=DAYS, later=st.integers(0, 400), months=st.integers(0, 60))
def test_a_later_day_never_lands_earlier(day: date, later: int, months: int) -> None:
    """Notice given later never takes effect sooner, whatever the rounding."""
    other = day + timedelta(days=later)
    for delay in ((Step(months=months),), (Step(months=months, end_of_month="next"),), (Step(month_start=months),), (Step(years=months),)):
        assert add(day, delay) <= add(other, delay)


@settings(max_examples=100, deadline=None)
@given(day=DAYS, months=st.integers(0, 60))
def test_month_start_is_always_the_first_of_that_month(day: date, months: int) -> None:
    landed = add(day, (Step(month_start=months),))
    assert landed.day == 1
    assert landed == add(day.replace(day=1), (Step(months=months),))
