"""What every question on the command line shares: the book, the three axes, JSON or readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

import comity
from comity.standing import Standing
from comity.terms import parse_day

On = Annotated[str, typer.Option("--on", metavar="DAY", help="As the law stands on this day (default: today, UTC).")]
Known = Annotated[str, typer.Option("--known", metavar="DAY", help="As known by the end of this day, UTC (default: today).")]
Viewer = Annotated[str, typer.Option("--as", metavar="VIEWER", help="As this party, or 'public', may see it (default: the record's keeper).")]
Strict = Annotated[bool, typer.Option("--strict", help="Unknown where the record is not complete to the day asked about.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output (schemas in docs/schemas).")]


@dataclass(slots=True)
class Options:
    """What was given before the command."""

    book: str = ""

    def folder(self) -> Path:
        return Path(self.book) if self.book else comity.bundled_book()


def opened(context: typer.Context) -> comity.about.Opened:
    """The book that was asked for; the answer is made once for a command."""
    return comity.open(context.obj.folder())


def today() -> date:
    return datetime.now(UTC).date()


def ask(context: typer.Context, on: str, known: str, viewer: str, strict: bool) -> Standing:
    """The standing that the options ask for."""
    book = opened(context)
    if viewer and viewer != "public":
        book.record.party(viewer)
    return book.standing(on=parse_day(on) if on else today(), known=parse_day(known) if known else today(), viewer=viewer or None, strict=strict)
