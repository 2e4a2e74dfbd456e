"""An events list as a table, both ways. Columns are found by the heads that planners use; those that are not ours are kept as they are.

Source: how-events-lists-are-checked.md, 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from comity.main_events.injects import EventsList, Frame, Inject, WhenPlayed
from comity.main_events.times import read_when
from comity.sheets import Table
from comity.terms import BadInput


class Column(NamedTuple):
    """A column of ours: its head as written out, the field that it fills, whether it holds several, and other heads by which it goes."""

    head: str
    field: str
    several: bool = False
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("Number", "number", also=("no", "nr", "serial", "serial no", "inject no", "inject number", "mel serial", "mel no", "id")),
    Column("Sort", "sort", also=("kind", "type", "level")),
    Column("Part of", "part_of", also=("parent", "belongs to", "incident no", "event no", "incident", "event", "storyline")),
    Column("Title", "title", also=("subject", "name", "inject", "inject title", "description in brief", "short title")),
    Column("When", "when", also=("time", "dtg", "date time", "date and time", "date time group", "inject time", "planned time", "start")),
    Column("From", "sender", also=("sender", "simulated sender", "originator", "from simulated", "source")),
    Column("To", "audiences", True, ("recipient", "recipients", "audience", "training audience", "ta", "addressee", "addressees")),
    Column("Cell", "cell", also=("excon cell", "response cell", "by cell", "controlling cell")),
    Column("Means", "means", also=("method", "medium", "how", "delivery", "means of delivery", "channel")),
    Column("Objectives", "objectives", True, ("objective", "training objective", "training objectives", "to trained", "objectives trained")),
    Column("Expected action", "expected", also=("expected response", "expected outcome", "expected actions", "expected reaction", "desired outcome")),
    Column("Injected by", "responsible", also=("responsible", "injector", "opr", "poc", "who injects", "controller")),
    Column("State", "state", also=("status",)),
    Column("After", "after", True, ("depends on", "dependency", "dependencies", "predecessor", "predecessors")),
    Column("Documents", "documents", True, ("document", "attachments", "attachment", "references", "products")),
)
_WORDS = {
    "sort": {"": "inject", "mel": "event", "mil": "incident", "main event": "event", "main incident": "incident"},
    "state": {"": "draft", "planned": "draft", "approved": "ready", "released": "injected", "done": "injected", "canceled": "cancelled"},
}
"""What else is read for a sort and a state."""


def read_events(table: Table, name: str, frame: Frame) -> EventsList:
    """The list in a table; times are read within the frame, those that cannot be are kept as written. BadInput where it is no list."""
    places, others = _columns(table.heads, name)
    rows = tuple(_row(line, cells, places, others, frame) for line, cells in table.rows)
    return EventsList(rows, tuple(table.heads[at] for at in others))


def events_table(events: EventsList) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, as they are written: our columns first, then the others."""
    heads = [column.head for column in COLUMNS] + list(events.others)
    return heads, [[*(_written(getattr(row, c.field)) for c in COLUMNS), *row.other] for row in events.rows]


def _columns(heads: Sequence[str], name: str) -> tuple[dict[str, int], list[int]]:
    """Where each field of ours stands, and where the columns are that are not ours."""
    places, others = dict[str, int](), list[int]()
    plain = [_plain(head) for head in heads]
    for column in COLUMNS:
        names = (column.head.casefold(), *column.also)
        at = next((plain.index(one) for one in names if one in plain and plain.index(one) not in places.values()), None)
        if at is not None:
            places[column.field] = at
    if "number" not in places or "title" not in places:
        lacking = "number" if "number" not in places else "title"
        head = next(column.head for column in COLUMNS if column.field == lacking)
        raise BadInput(f"{name} has no column {head!r} in its first row ({', '.join(filter(None, heads)) or 'no heads'}); give it one")
    others = [at for at in range(len(heads)) if at not in places.values()]
    return places, others


def _row(line: int, cells: Sequence[str], places: dict[str, int], others: Sequence[int], frame: Frame) -> Inject:
    def text(field: str) -> str:
        return cells[places[field]] if field in places else ""

    def word(field: str) -> str:
        given = text(field).casefold()
        return _WORDS[field].get(given, given)

    return Inject(
        line=line,
        number=text("number"),
        title=text("title"),
        sort=word("sort"),
        part_of=text("part_of"),
        when=text("when"),
        span=_span(text("when"), frame),
        sender=text("sender"),
        audiences=_several(text("audiences")),
        cell=text("cell"),
        means=text("means"),
        objectives=_several(text("objectives")),
        expected=text("expected"),
        responsible=text("responsible"),
        state=word("state"),
        after=_several(text("after")),
        documents=_several(text("documents")),
        other=tuple(cells[at] for at in others),
    )


def _span(text: str, frame: Frame) -> WhenPlayed | None:
    try:
        return None if not text else read_when(text, frame)
    except BadInput:
        return None


def _several(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in re.split(r"[;,\n]", text) if one.strip())


def _written(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _plain(head: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", head.casefold()).replace("_", " ").split()).removesuffix(" s")
