"""An indicator read off the record: once, or as a series.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from comity.indicators.asking import evidence_for
from comity.indicators.evidence import Evidence, Found
from comity.indicators.gathering import RecordEvidence
from comity.indicators.listing import Indicator, indicator
from comity.indicators.readings import Asked, By, Reading
from comity.standing import Standing

MONTHS = {"year": 12, "quarter": 3}


def read_indicator(standing: Standing, name: str, asked: Asked) -> Reading:
    """What the indicator says, as things stand on the standing's day.

    Errors: NotOnRecord where the indicator, a party or the agreement is not there; BadInput for days that run backwards, or a kind that it has not.
    """
    found = indicator(name)
    return read_from(evidence_for(standing, found, asked), found, asked)


def series(standing: Standing, name: str, asked: Asked, by: By) -> tuple[Reading, ...]:
    """The same stretch by stretch: each year or quarter of the calendar that the days asked about touch, cut to these days. Errors: as above."""
    found = indicator(name)
    evidence = evidence_for(standing, found, asked, by)
    return tuple(read_from(evidence, found, replace(asked, since=since, until=until)) for since, until in stretches(asked.since, asked.until, by))


def read_from(evidence: RecordEvidence, found: Indicator, asked: Asked) -> Reading:
    """The reading out of what was gathered."""
    simulated = evidence.simulated
    told = counted(evidence, found, asked)
    return Reading(
        indicator=found.id, asked=asked, value=told.value, unit=found.unit, of=told.of, unknown=told.unknown, why=told.why,
        rests_on=told.rests_on, reach=told.reach, notes=told.notes, between=told.between, parts=told.parts,
        simulated=any(ref in simulated.refs for ref in told.rests_on) or any(one in simulated.agreements for one in told.agreements),
    )  # fmt: skip


def counted(evidence: Evidence, found: Indicator, asked: Asked) -> Found:
    """What the indicator finds, of days up to the one asked about."""
    if asked.since > evidence.on:
        return Found(None, 0, why=f"these days lie after {evidence.on}")
    return found.reads(evidence, replace(asked, until=min(asked.until, evidence.on)))


def stretches(since: date, until: date, by: By) -> Iterator[tuple[date, date]]:
    """The years or quarters of the calendar from one day to another, the first and the last cut to these."""
    months, start = MONTHS[by], since
    while start <= until:
        year, month = divmod(start.year * 12 + (start.month - 1) // months * months + months, 12)
        ends = date.max if year > date.max.year else date(year, month + 1, 1) - timedelta(days=1)
        yield start, min(ends, until)
        if ends >= until:
            return
        start = ends + timedelta(days=1)
