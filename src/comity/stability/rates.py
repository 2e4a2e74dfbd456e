"""Rates with exact intervals, and how one compares with another.

Source: docs/explanation/how-stability-is-measured.md, section 4; Garwood (1936); Clopper and Pearson (1934); Przyborowski and Wilenski (1940).
"""

from __future__ import annotations

from collections.abc import Sequence

from scipy.special import betaincinv, gammaincinv

from comity.stability.counting import Counting
from comity.stability.material import Source
from comity.stability.measures import Count, Rate, RateChange

PER = 100
"""Rates are for so many pair-years."""


def poisson_interval(count: int, level: float) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count (Garwood 1936)."""
    tail = (1 - level) / 2
    return (float(gammaincinv(count, tail)) if count else 0.0), float(gammaincinv(count + 1, 1 - tail))


def share_interval(hits: int, of: int, level: float) -> tuple[float, float]:
    """The exact interval of a share of ``of`` trials (Clopper and Pearson 1934)."""
    tail = (1 - level) / 2
    lower = float(betaincinv(hits, of - hits + 1, tail)) if hits else 0.0
    return lower, float(betaincinv(hits + 1, of - hits, 1 - tail)) if hits < of else 1.0


def rate(counting: Counting, source: Source, years: Sequence[int], level: float, why: str = "") -> Rate:
    """Disputes begun per 100 pair-years in these years, which follow one another and are covered; none of them: ``why``. Source: section 4.1."""
    if not years:
        return Rate(source, 0, 0, None, None, None, None, None, None, why)
    since, until = years[0], years[-1]
    begun, exposure = counting.begun(since, until), counting.exposure(years)
    if exposure.high == 0:
        return Rate(source, since, until, begun, exposure, None, None, None, None, "no two members belonged together")
    lower, upper = poisson_interval(begun.low, level)[0], poisson_interval(begun.high, level)[1]
    most = exposure.low or None
    return Rate(
        source, since, until, begun, exposure,
        PER * begun.low / exposure.high, None if most is None else PER * begun.high / most,
        PER * lower / exposure.high, None if most is None else PER * upper / most,
    )  # fmt: skip


def change(before: Rate, after: Rate, level: float) -> RateChange:
    """The rate after over that before: exact, given how many began in both. Source: section 4.2."""
    source = before.source
    if before.begun is None or after.begun is None or before.exposure is None or after.exposure is None:
        return RateChange(source, before, after, None, None, None, _told_why(before, after))
    if not before.exposure.low or not after.exposure.low:
        return RateChange(source, before, after, None, None, None, "in one of the windows no two surely belonged together")
    if not before.begun.high and not after.begun.high:
        return RateChange(source, before, after, None, None, None, "no dispute began in either window")
    least, most = before.exposure.low / after.exposure.high, before.exposure.high / after.exposure.low
    lower = _odds(share_interval(after.begun.low, after.begun.low + before.begun.high, level)[0])
    upper = _odds(share_interval(after.begun.high, after.begun.high + before.begun.low, level)[1])
    ratio = _ratio(before.begun, after.begun, least) if least == most else None
    return RateChange(source, before, after, ratio, None if lower is None else lower * least, None if upper is None else upper * most)


def _told_why(before: Rate, after: Rate) -> str:
    return before.why or after.why


def _ratio(before: Count, after: Count, exposures: float) -> float | None:
    """Null where it hangs on what is not sure, or nothing began before."""
    if before.low != before.high or after.low != after.high or not before.low:
        return None
    return after.low / before.low * exposures


def _odds(share: float) -> float | None:
    return None if share >= 1 else share / (1 - share)
