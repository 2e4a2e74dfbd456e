"""Stability as lines of a page and as rows of a file: a count that is not known is None, and never nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.stability import Count, Rate, RateChange, Recurrence, Stability

Plain = dict[str, Any]
COUNTED = (
    "cow_going_on", "cow_force", "gml_going_on", "gml_force", "gml_fatal", "gml_days", "conflicts_within", "conflicts_between",
    "agreements", "exercises_on_record", "defence_pacts", "defence_agreements", "exercises_reported",
)  # fmt: skip
"""What is counted in each year, in the order of the table."""
OF_TIES = {"alliances": "atop", "defence agreements": "dcad", "exercises reported": "mme"}
"""From which source each tie is that a table tells of."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year. ``cells``: each count in words, None where it is not known."""

    year: int
    pairs: str | None
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate for each 100 pair-years, in words. ``why``: why there is none."""

    source: str
    since: int
    until: int
    begun: str
    pair_years: str
    rate: str
    lower: str
    upper: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """The rate of the later window over that of the earlier, in words.

    ``ratio``: blank where none began in the earlier window, which ``none_in`` then names, or where it hangs on what is not sure.
    """

    source: str
    windows: str
    ratio: str
    lower: str
    upper: str
    why: str
    none_in: str = ""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long quiet lasted by one reading of partial dates; ``reads`` blank where both come to the same."""

    reads: str
    spells: int
    ended: int
    censored: int
    lasted: tuple[tuple[int, str, str, str], ...]


def said(count: Count | None) -> str | None:
    """A count, or from how many to how many."""
    if count is None:
        return None
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,}–{count.high:,}"


def _span(low: float, high: float | None, form: str) -> str:
    if high is None:
        return f"≥ {low:{form}}"
    return f"{low:{form}}" if f"{low:{form}}" == f"{high:{form}}" else f"{low:{form}}–{high:{form}}"


def counts_of(found: Stability) -> Iterator[tuple[int, tuple[float, float] | None, tuple[Count | None, ...]]]:
    """Each year: its pair-years, and its counts in the order of ``COUNTED``."""
    by_source = dict(found.disputes)
    for n, year in enumerate(range(found.since, found.until + 1)):
        cow, gml, conflict, ties = by_source["cow-mids"][n], by_source["gml-mids"][n], found.conflicts[n], found.cooperation[n]
        exposure = cow.exposure or gml.exposure
        yield year, None if exposure is None else (exposure.low, exposure.high), (
            cow.ongoing, cow.force, gml.ongoing, gml.force, gml.fatal, gml.days, conflict.within, conflict.between,
            ties.of("agreements"), ties.of("exercises on record"), ties.of("alliances"), ties.of("defence agreements"), ties.of("exercises reported"),
        )  # fmt: skip


def lines_of(found: Stability) -> list[YearLine]:
    """Every year as a line of the table."""
    return [
        YearLine(year, None if pairs is None else _span(*pairs, ",.0f"), tuple(said(one) for one in cells)) for year, pairs, cells in counts_of(found)
    ]


def year_rows(found: Stability) -> list[Plain]:
    """Every year as a row: of each count the least and the most; None is not known."""
    rows = []
    for year, pairs, cells in counts_of(found):
        row: Plain = {"year": year, "pair_years_low": pairs and pairs[0], "pair_years_high": pairs and pairs[1]}
        for name, count in zip(COUNTED, cells, strict=True):
            row |= {f"{name}_low": None if count is None else count.low, f"{name}_high": None if count is None else count.high}
        rows.append(row)
    return rows


def rates_of(found: Stability) -> list[RateLine]:
    return [_rate(one) for one in found.rates]


def _rate(one: Rate) -> RateLine:
    if one.begun is None or one.exposure is None or one.low is None or one.lower is None:
        return RateLine(one.source, one.since, one.until, "", "", "", "", "", one.why)
    return RateLine(
        one.source, one.since, one.until, said(one.begun) or "", _span(one.exposure.low, one.exposure.high, ",.0f"), _span(one.low, one.high, ".2f"),
        f"{one.lower:.2f}", "" if one.upper is None else f"{one.upper:.2f}", "",
    )  # fmt: skip


def rate_rows(found: Stability) -> list[Plain]:
    """The rates of the whole, and of the windows that are compared."""
    windows = [(name, rate) for change in found.changes for name, rate in (("before", change.before), ("after", change.after))]
    return [_rate_row(window, rate, found.rules.level) for window, rate in (*(("all", one) for one in found.rates), *windows)]


def _rate_row(window: str, one: Rate, level: float) -> Plain:
    return {
        "source": one.source, "window": window, "since": one.since, "until": one.until, "begun_low": one.begun and one.begun.low,
        "begun_high": one.begun and one.begun.high, "pair_years_low": one.exposure and one.exposure.low,
        "pair_years_high": one.exposure and one.exposure.high, "rate_low": one.low, "rate_high": one.high, "level": level, "lower": one.lower,
        "upper": one.upper, "why_not": one.why,
    }  # fmt: skip


def changes_of(found: Stability) -> list[ChangeLine]:
    return [change_of(one) for one in found.changes]


def change_of(one: RateChange) -> ChangeLine:
    before = f"{one.before.since}–{one.before.until}"
    windows = f"{one.after.since}–{one.after.until} / {before}"
    if one.why:
        return ChangeLine(one.source, windows, "", "", "", one.why)
    ratio, upper = ("" if value is None else f"{value:.2f}" for value in (one.ratio, one.upper))
    return ChangeLine(
        one.source, windows, ratio, f"{one.lower or 0:.2f}", upper, "", before if one.before.begun is not None and not one.before.begun.high else ""
    )


def lasting_of(found: Stability) -> list[Lasting]:
    """How long quiet lasted: by one reading where both come to the same."""
    same = len({one.lasted for one in found.recurrence}) == 1
    return [_lasting(one, "" if same else one.reads) for one in (found.recurrence[:1] if same else found.recurrence)]


def _lasting(one: Recurrence, reads: str) -> Lasting:
    lasted = tuple((s.years, _share(s.share), _share(s.lower), _share(s.upper)) for s in one.lasted if s.share is not None)
    return Lasting(reads, one.spells, one.ended, one.censored, lasted)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def lasting_rows(found: Stability) -> list[Plain]:
    """The share of quiet spells that lasts longer than so many days, at each number of days on which one ended, by both readings."""
    return [
        {
            "reads": one.reads, "days": step.days, "at_risk": step.at_risk, "ended": step.ended, "share": step.share, "lower": step.lower,
            "upper": step.upper,
        }
        for one in found.recurrence
        for step in one.steps
    ]  # fmt: skip


def members_of(found: Stability) -> list[tuple[str, list[tuple[date | None, date | None, bool]]]]:
    """Each member, and from when until when it belongs, and whether that is sure; None: since ever, to the end of what is asked about."""
    end = date(found.until, 12, 31).toordinal()
    return [(party, [(_day(first), None if last >= end else _day(last), sure) for (first, last), sure in spells]) for party, spells in found.members]


def _day(ordinal: int) -> date | None:
    """The day; None for one before all days."""
    return None if ordinal <= 1 else date.fromordinal(ordinal)


def member_rows(found: Stability) -> list[Plain]:
    return [
        {"party": party, "first": (day := _day(first)) and day.isoformat(), "last": date.fromordinal(last).isoformat(), "sure": sure}
        for party, spells in found.members
        for (first, last), sure in spells
    ]


def tables_of(found: Stability) -> list[tuple[str, int, int]]:
    """Each source that was asked, and the first and the last year that it covers."""
    return sorted((OF_TIES.get(of, of), since, until) for of, (since, until) in found.reaches)
