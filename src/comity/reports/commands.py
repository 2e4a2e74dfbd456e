"""How a figure is asked again: the words of commands, and the Python that opens the record as the report has it.

Source: docs/explanation/how-reports-are-made.md, section 1.
"""

from __future__ import annotations

import shlex
from datetime import date

from comity.standing import Standing


def prefix(book: str | None) -> str:
    """How a command begins: of the record that ships with Comity (None), of the book in a folder, of the ledger at an address."""
    if book is None:
        return "comity"
    return f"comity --{'ledger' if '://' in book else 'book'} {shlex.quote(book)}"


def axes(standing: Standing) -> str:
    """The day, the knowledge and the viewer of a command."""
    viewer = "" if standing.viewer is None else f" --as {standing.viewer}"
    return f" --on {standing.on} --known {standing.known}{viewer}"


def opening(standing: Standing, book: str | None, imports: str = "") -> str:
    """Python that opens the record as the report has it. ``imports``: more that is imported."""
    where = "comity.bundled_book()" if book is None else repr(book)
    viewer = "" if standing.viewer is None else f", viewer={standing.viewer!r}"
    opened = f"comity.open({where}).standing(on={day_code(standing.on)}, known={day_code(standing.known)}{viewer})"
    return f"from datetime import date\n{imports}\nimport comity\n\nstanding = {opened}"


def day_code(day: date) -> str:
    """A day as Python."""
    return f"date({day.year}, {day.month}, {day.day})"
