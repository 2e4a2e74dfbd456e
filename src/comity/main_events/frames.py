"""The frame in which an events list is played: out of the exercise's design, or out of two times.

Source: how-events-lists-are-checked.md, 1.1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.main_events.injects import Frame
from comity.terms import BadInput, Moment, parse_moment

_LAST = timedelta(days=1) - timedelta(minutes=1)


def read_zone(name: str) -> tzinfo:
    """The zone of this name, or BadInput."""
    try:
        return UTC if name in ("", "UTC", "Z") else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"{name!r} is no zone; write Europe/Tallinn, Asia/Seoul or UTC") from None


def frame_between(startex: str | None, endex: str | None, zone: tzinfo = UTC) -> Frame:
    """The frame from STARTEX to ENDEX: instants, or days, of which the first minute of one and the last of the other are meant. BadInput if wrong."""
    start = None if startex is None else _at(parse_moment(startex), zone, timedelta(), "STARTEX")
    end = None if endex is None else _at(parse_moment(endex), zone, _LAST, "ENDEX")
    if start is not None and end is not None and end < start:
        raise BadInput(f"ENDEX ({endex}) is before STARTEX ({startex}); give the earlier one first")
    return Frame(start, end, zone)


def read_frame(text: str, name: str, zone: tzinfo | None = None) -> Frame:
    """The frame in a design of an exercise: startex and endex (else from and until), zone, and the ids of its objectives, audiences and cells.

    What else a design says is passed over. BadInput where it cannot be read.
    """
    try:
        design = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{name} is not TOML ({problem}); write it as docs/reference/exercise-format.md says") from None
    there = zone if zone is not None else read_zone(str(design.get("zone", "")))
    try:
        frame = frame_between(_written(design, "startex", "from"), _written(design, "endex", "until"), there)
    except BadInput as problem:
        raise BadInput(f"{name}: {problem}") from None
    named = {what: _ids(design.get(what, ()), what, name) for what in ("audience", "cell", "objective")}
    return Frame(frame.startex, frame.endex, there, named["audience"], named["cell"], named["objective"])


def _written(design: Mapping[str, Any], *names: str) -> str | None:
    found = next((design[name] for name in names if name in design), None)
    return found.isoformat() if isinstance(found, date) else None if found is None else str(found)


def _ids(tables: object, what: str, name: str) -> tuple[str, ...]:
    if not isinstance(tables, (list, tuple)):
        raise BadInput(f"{name}: {what} is no list of tables; write [[{what}]] with an id in each")
    found = [one.get("id") if isinstance(one, Mapping) else one for one in tables]
    if not all(isinstance(one, str) and one for one in found):
        raise BadInput(f"{name}: a table [[{what}]] has no id; give it one")
    return tuple(dict.fromkeys(str(one) for one in found))


def _at(moment: Moment, zone: tzinfo, within: timedelta, what: str) -> datetime:
    if moment.instant is not None:
        return moment.instant
    if not moment.certain:
        raise BadInput(f"{what} is {moment.written}, which is no one day; a list is checked once the day is fixed: give it with --from and --until")
    return (datetime.combine(moment.first, time(), zone) + within).astimezone(UTC)
