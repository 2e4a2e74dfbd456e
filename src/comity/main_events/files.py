"""An events list in a file, by the ending of its name: a workbook (.xlsx), a table (.csv) or a calendar (.ics). Bytes come in and go out.

Source: how-events-lists-are-checked.md, 1.2.
"""

from __future__ import annotations

from datetime import datetime

from comity.main_events.calendars import events_calendar, read_calendar
from comity.main_events.injects import EventsList, Frame
from comity.main_events.tables import events_table, read_events
from comity.sheets import csv_bytes, read_table, write_workbook
from comity.terms import BadInput

_ENDINGS = (".xlsx", ".csv", ".ics")


def events_in(content: bytes, name: str, frame: Frame) -> EventsList:
    """The list in a file of this name. BadInput says what is wrong with it."""
    if _ending(name) == ".ics":
        return read_calendar(content, name, frame)
    return read_events(read_table(content, name), name, frame)


def events_file(events: EventsList, name: str, stamp: datetime) -> bytes:
    """The bytes of a file of this name; ``stamp``: when it is made."""
    ending = _ending(name)
    if ending == ".ics":
        return events_calendar(events, stamp, name.removesuffix(ending))
    heads, rows = events_table(events)
    return write_workbook("Events", [heads, *rows]) if ending == ".xlsx" else csv_bytes(heads, rows)


def _ending(name: str) -> str:
    found = next((ending for ending in _ENDINGS if name.casefold().endswith(ending)), None)
    if found is None:
        raise BadInput(f"{name} is none of {', '.join(_ENDINGS)}; name the file so that its ending says what it is")
    return found
