"""An indicator read off the record: once, or as a series.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from comity.indicators.listing import indicator
from comity.indicators.readings import Asked, By, Reading
from comity.standing import Standing


def read_indicator(standing: Standing, name: str, asked: Asked) -> Reading:
    """What the indicator says on the standing's day. Errors: NotOnRecord for a name, party or agreement that is not there; BadInput for days that run backwards."""
    found = indicator(name)
    return Reading(found.id, asked, None, found.unit, 0, why="not read yet")


def series(standing: Standing, name: str, asked: Asked, by: By) -> tuple[Reading, ...]:
    """The same by year or quarter of the calendar, from the one that ``since`` lies in through that of ``until``, the first and last cut to these days."""
    return (read_indicator(standing, name, asked),)
