"""Where a party stands on the map: at its seat of government on a day, one point for each; no borders, and no claim about any.

The points are rounded to a tenth of a degree, some 10 km. Sources: seats by period as in Correlates of War's state system and
Miller's list of capitals (peacesciencer); the projection is Equal Earth (Šavrič, Patterson, Jenny 2018); the land is Natural Earth's 1:110m.
"""

from __future__ import annotations

import csv
import io
import math
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 442
"""Of the map, as the file of the land has it: from 84° north to 60° south."""
_NORTH, _HALF_ROOT_3 = 84.0, math.sqrt(3) / 2
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


class Point(NamedTuple):
    """A place on the map, from its upper left."""

    x: float
    y: float


class _Seat(NamedTuple):
    start: date
    end: date | None
    lat: float
    lon: float


def seat_of(party: str, on: date) -> Point | None:
    """Where the party's seat was on the day; before the first that is on record, the first; None: none is."""
    seats = _seats().get(party, [])
    found = [seat for seat in seats if seat.start <= on and (seat.end is None or on < seat.end)] or seats[:1]
    return projected(found[-1].lon, found[-1].lat) if found else None


def projected(lon: float, lat: float) -> Point:
    """A place on the map, in Equal Earth."""
    scale = WIDTH / (2 * _equal_earth(180, 0)[0])
    (x, y), top = _equal_earth(lon, lat), _equal_earth(0, _NORTH)[1]
    return Point(round(x * scale + WIDTH / 2, 1), round((top - y) * scale, 1))


def _equal_earth(lon: float, lat: float) -> tuple[float, float]:
    theta = math.asin(_HALF_ROOT_3 * math.sin(math.radians(lat)))
    two = theta * theta
    six = two**3
    x = math.radians(lon) * math.cos(theta) / (_HALF_ROOT_3 * (_A1 + 3 * _A2 * two + six * (7 * _A3 + 9 * _A4 * two)))
    return x, theta * (_A1 + _A2 * two + six * (_A3 + _A4 * two))


@cache
def _seats() -> dict[str, list[_Seat]]:
    text = files("comity.web").joinpath("data", "seats.csv").read_text(encoding="utf-8")
    found: dict[str, list[_Seat]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        until = date.fromisoformat(row["until"]) if row["until"] else None
        found.setdefault(row["party"], []).append(_Seat(date.fromisoformat(row["from"]), until, float(row["lat"]), float(row["lon"])))
    return {party: sorted(seats) for party, seats in found.items()}
