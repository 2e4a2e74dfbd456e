"""The command that asks what is to be done: must, as a list, as JSON, as a calendar feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from comity.cli.asking import Asked, question
from comity.cli.rendering import console, print_json, show_notes
from comity.duties import DutyStatus, State, calendar_feed
from comity.questions import MUST
from comity.terms import BadInput

COLOURS = {
    State.OVERDUE: "red",
    State.EXCEEDED: "red",
    State.OPEN: "cyan",
    State.CONTESTED: "yellow",
    State.NOT_KNOWN: "magenta",
    State.DONE: "green",
    State.KEPT: "green",
    State.LATE: "yellow",
}
Days = Annotated[str, typer.Option("--within", metavar="DAYS", help="How far ahead, for instance 90d.")]
Past = Annotated[str, typer.Option("--past", metavar="DAYS", help="How far back, for what is not known or contested; overdue is told however old.")]


@question()
def must(
    asked: Asked,
    party: Annotated[str | None, typer.Argument(metavar="[PARTY]", help="Only what this party owes, alone or with the others.")] = None,
    within: Days = "90d",
    past: Past = "365d",
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only under this agreement.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was done, kept, accepted by silence or has lapsed.")] = False,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="Write a calendar feed (iCalendar) to this file too.")] = None,
) -> None:
    """Who owes what, to whom, by when, and which act discharges it?"""
    rows, standing = asked.put(MUST, party=party, within=within, past=past, agreement=agreement, everything=everything)
    if ics is not None:
        _write(ics, calendar_feed(rows, datetime.now(UTC), f"Duties of {party or 'all parties'}"))
    print_json(MUST.plain(rows)) if asked.as_json else _show(rows, f"{party or 'All parties'} on {standing.on}")


def _write(file: str, feed: bytes) -> None:
    try:
        Path(file).write_bytes(feed)
    except (OSError, ValueError) as problem:
        raise BadInput(f"--ics {file!r} cannot be written ({getattr(problem, 'strerror', None) or problem}); give another file") from None


def _show(rows: Sequence[DutyStatus], title: str) -> None:
    table = Table(
        "due", "state", "who", "what", "to", "under", title=escape(title), box=None, header_style="bold", pad_edge=False, title_justify="left"
    )
    for row in rows:
        colour = COLOURS.get(row.state, "white")
        table.add_row(_due(row), f"[{colour}]{row.state}[/]", escape(row.owed_by or "together"), escape(_what(row)), _to(row), _under(row))
    console().print(table)
    show_notes(dict.fromkeys(note for row in rows for note in row.notes))


def _due(row: DutyStatus) -> str:
    if row.at is not None:
        return row.at.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")
    return "" if row.due is None else str(row.due)


def _what(row: DutyStatus) -> str:
    about = f" ({row.subject})" if row.subject else ""
    missing = next((r.says for r in row.because if not r.holds), "")
    done = f"; {', '.join(row.discharged_by)}" if row.discharged_by else ""
    return f"{'may: ' if row.option else ''}{row.what}{about}{done}{f' — {missing}' if missing else ''}"


def _to(row: DutyStatus) -> str:
    return escape(", ".join(row.owed_to)) or "all"


def _under(row: DutyStatus) -> str:
    memory = " [dim](from memory)[/]" if row.read == "memory" else ""
    return f"{escape(row.agreement)} {escape(row.article)}{memory}"


def add_to(app: typer.Typer) -> None:
    app.command("must")(must)
