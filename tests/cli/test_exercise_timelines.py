"""The days of an exercise as they are drawn: each where it is on the scale, what is not sure in a lighter tone."""

from __future__ import annotations

from datetime import date

from comity.cli.exercise_timelines import LABEL, POINT, SURE, TODAY, UNSURE, WIDTH, drawn
from comity.exercises import DesignDay
from comity.terms import parse_moment

TODAY_IS = date(2028, 1, 1)


def row(start: str, end: str | None = None, what: str = "conduct") -> DesignDay:
    return DesignDay("conduct", what, parse_moment(start), parse_moment(end or start), "DEU")


def bars(*days: DesignDay) -> list[str]:
    _, *lines = drawn(days, TODAY_IS)
    return [line[LABEL + 1 : LABEL + 1 + WIDTH] for line in lines]


def test_a_day_is_a_point_and_a_row_of_days_a_bar_up_to_the_edge() -> None:
    first, last = bars(row("2028-01-31"), row("2028-02-15", "2028-02-29"))
    assert first.index(POINT) == WIDTH // 2
    assert (last.index(SURE), last.rindex(SURE), last.count(SURE)) == (45, WIDTH - 1, 15)
    assert first[0] == last[0] == TODAY


def test_what_is_not_sure_is_drawn_in_a_lighter_tone() -> None:
    (month,) = bars(row("2028-02-xx"))
    assert set(month.strip()) == {TODAY, " ", UNSURE}
    (both,) = bars(row("2028-01-20/2028-01-25", "2028-02-10/2028-02-29"))
    assert SURE in both
    assert both.index(UNSURE) < both.index(SURE) < both.rindex(SURE) < both.rindex(UNSURE)


def test_a_long_name_is_cut_and_the_day_is_told_as_it_is_written() -> None:
    (_, line) = drawn([row("2028-02-xx", what="a name that is much longer than the place that there is for it on the line")], TODAY_IS)
    assert line[LABEL - 1] == "…"
    assert line.endswith(" 2028-02-xx")
    assert list(drawn([], TODAY_IS)) == []


def test_the_head_names_months_or_years() -> None:
    assert next(drawn([row("2028-06-01")], TODAY_IS)).split() == ["2028-01", "2028-02", "2028-03", "2028-04", "2028-05", "2028-06"][:5]
    assert next(drawn([row("2033-06-01")], TODAY_IS)).split() == ["2028", "2029", "2030", "2031", "2032", "2033"]
