"""The list as a calendar, both ways: one entry for each row, all that the row says in properties of ours.

Source: RFC 5545, 3.6.1 (events), 3.8.8.2 (properties of one's own), 3.8.4.7 and 3.8.7.2 (UID and DTSTAMP).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from comity.main_events.injects import EventsList, Frame, Inject
from comity.main_events.tables import COLUMNS, events_table, read_events
from comity.main_events.times import read_when
from comity.sheets import Table
from comity.terms import BadInput

if TYPE_CHECKING:
    from icalendar.cal import Component

_OWN, _AS_TEXT = "X-COMITY-", {"VALUE": "TEXT"}
_STATUS = {"draft": "TENTATIVE", "cancelled": "CANCELLED"}


def events_calendar(events: EventsList, stamp: datetime, name: str) -> bytes:
    """The rows as an iCalendar object: an event where there is a time, else an entry of a journal; ``stamp``: when it is made."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Comity//events list//EN")
    calendar.add("version", "2.0")
    calendar["x-wr-calname"] = vText(name)
    heads, table = events_table(events)
    for row, cells in zip(events.rows, table, strict=True):
        calendar.add_component(_entry(row, dict(zip(heads, cells, strict=True)), stamp.astimezone(UTC)))
    made: bytes = calendar.to_ical()
    return made


def _entry(row: Inject, cells: dict[str, str], stamp: datetime) -> Component:
    from icalendar import Event, Journal, vText

    entry = Journal() if row.span is None else Event()
    entry.add("uid", f"{row.where}@events-list.comity")
    entry.add("dtstamp", stamp)
    if row.span is not None:
        entry.add("dtstart", row.span.first)
        entry.add("status", _STATUS.get(row.state, "CONFIRMED"))
        entry.add("transp", "TRANSPARENT")
    if row.span is not None and not row.span.exact:
        entry.add("dtend", row.span.last + timedelta(minutes=1))
    entry.add("summary", f"{row.number} {row.title}".strip())
    entry.add("description", "\n".join(f"{head}: {cell}" for head, cell in cells.items() if cell))
    for column in COLUMNS:
        if cells[column.head]:
            entry[_property(column.head)] = vText(cells[column.head], params=_AS_TEXT)
    return entry


def read_calendar(content: bytes, name: str, frame: Frame) -> EventsList:
    """The list in a calendar: what ``events_calendar`` wrote, or the entries of any other. BadInput where it is none."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError):
        raise BadInput(f"{name} is not a calendar that can be read; save it as iCalendar (.ics) again") from None
    heads = [column.head for column in COLUMNS]
    entries = [entry for entry in calendar.subcomponents if entry.name in ("VEVENT", "VJOURNAL")]
    rows = [(line, tuple(_cells(entry, frame))) for line, entry in enumerate(entries, 1)]
    return read_events(Table(tuple(heads), tuple(rows)), name, frame)


def _cells(event: Component, frame: Frame) -> Iterator[str]:
    own = {column.field: str(event.get(_property(column.head), "")) for column in COLUMNS}
    own["number"] = own["number"] or str(event.get("UID", ""))
    own["title"] = own["title"] or str(event.get("SUMMARY", ""))
    if str(event.get("STATUS", "")) == "CANCELLED":
        own["state"] = "cancelled"
    start = event.get("DTSTART")
    if start is not None:
        own["when"] = _when(own["when"], start.dt, frame)
    yield from (own[column.field] for column in COLUMNS)


def _when(written: str, at: date | datetime, frame: Frame) -> str:
    """As it was written, where the calendar still has it there; else as the calendar has it."""
    if not isinstance(at, datetime):
        return at.isoformat()
    there = (at if at.tzinfo is not None else at.replace(tzinfo=frame.zone)).astimezone(UTC)
    try:
        if written and read_when(written, frame).first == there:
            return written
    except BadInput:
        pass
    return there.astimezone(frame.zone).strftime("%Y-%m-%d %H:%M")


def _property(head: str) -> str:
    return _OWN + head.upper().replace(" ", "-")
