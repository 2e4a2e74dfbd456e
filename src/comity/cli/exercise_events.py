"""Commands about the main events list of an exercise: checked, drawn along time, and turned into a workbook, a table or a calendar.

comity exercise events examples/events.csv --design examples/events-frame.toml -o events.xlsx
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

import comity
from comity import main_events
from comity.cli.asking import Json
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.main_events import EventsList, Frame, Inject
from comity.terms import BadInput, Broken


def events(
    table: Annotated[Path, typer.Argument(metavar="LIST", help="The list: a workbook (.xlsx), a table (.csv) or a calendar (.ics).")],
    design: Annotated[
        Path | None, typer.Option("--design", metavar="FILE", help="The exercise's design: STARTEX, ENDEX, objectives and audiences.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="TIME", help="STARTEX, a day or an instant, where no design says.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="ENDEX, likewise.")] = None,
    zone: Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="The zone of hours without one (Europe/Tallinn; default: UTC).")] = None,
    gap: Annotated[int, typer.Option("--gap", metavar="MINUTES", help="Least time between two injects of one injector, cell or audience.")] = 1,
    most: Annotated[int, typer.Option("--most", metavar="N", help="So many injects may one audience get in a window (default: any number).")] = 0,
    window: Annotated[int, typer.Option("--window", metavar="MINUTES", help="The length of that window.")] = 60,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the list here: .xlsx, .csv or .ics.")] = None,
    as_json: Json = False,
) -> None:
    """Is a main events list fit to be played? What is wrong with it, rule by rule, and a time line of what reaches whom."""
    frame = _frame(design, start, until, zone, gap, most, window)
    content = table.read_bytes()
    found = main_events.events_in(content, table.name, frame)
    broken = main_events.check_events(found, frame)
    if output is not None:
        _write(output, main_events.events_file(found, output.name, comity.about.clock()))
    if as_json:
        print_json(_plain(found, frame, broken))
    else:
        _say(found, frame, broken)
        if output is not None:
            console().print(f"written: {output}", soft_wrap=True, markup=False)
    if broken:
        raise typer.Exit(1)


def _frame(design: Path | None, start: str | None, until: str | None, zone: str | None, gap: int, most: int, window: int) -> Frame:
    for option, number, least in (("--gap", gap, 0), ("--most", most, 0), ("--window", window, 1)):
        if not least <= number <= 100_000:
            raise BadInput(f"{option} {number}; give {least} or more, and at most 100,000")
    there = None if zone is None else main_events.read_zone(zone)
    frame = Frame() if design is None else main_events.read_frame(_text(design), design.name, there)
    if start is not None or until is not None or design is None:
        given = main_events.frame_between(start, until, there or frame.zone)
        frame = replace(frame, startex=given.startex or frame.startex, endex=given.endex or frame.endex, zone=given.zone)
        if frame.startex is not None and frame.endex is not None and frame.endex < frame.startex:
            raise BadInput("ENDEX is before STARTEX; put --from or --until right, or the design")
    return replace(frame, gap=timedelta(minutes=gap), most=most, window=timedelta(minutes=window))


def _say(found: EventsList, frame: Frame, broken: tuple[Broken, ...]) -> None:
    played = [row for row in found.rows if row.played]
    counts = f"{len(found.rows)} rows, {len(played)} injects to be played"
    notes = [] if frame.startex and frame.endex else ["STARTEX or ENDEX is not known: whether it is played within them was not looked at"]
    if not frame.objectives:
        notes.append("no design names the objectives: whether each is trained was not looked at")
    line = main_events.time_line(found, frame)
    if line is not None:
        console().print(f"{counts}; one mark is {_length(line.step)}, from {line.start:%Y-%m-%d %H:%M} ({frame.zone})", markup=False, soft_wrap=True)
        for text in main_events.draw_time_line(line):
            print(text)
    else:
        console().print(counts)
    show_notes(notes)
    if broken:
        show_table(("rule", "where", "what is wrong"), [(one.rule, one.where, one.says) for one in broken])
    else:
        console().print(f"all {len(main_events.EVENT_RULES)} rules are kept")


def _length(step: timedelta) -> str:
    minutes = int(step.total_seconds()) // 60
    for name, size in (("day", 1440), ("hour", 60)):
        if minutes % size == 0:
            return f"{minutes // size} {name}{'' if minutes == size else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _plain(found: EventsList, frame: Frame, broken: tuple[Broken, ...]) -> dict[str, object]:
    return {
        "ok": not broken,
        "startex": _instant(frame.startex),
        "endex": _instant(frame.endex),
        "rows": [_row(row) for row in found.rows],
        "broken": [{"rule": one.rule, "where": one.where, "says": one.says} for one in broken],
    }


def _row(row: Inject) -> dict[str, Any]:
    return {
        "line": row.line,
        "number": row.number,
        "sort": row.sort,
        "part_of": row.part_of,
        "title": row.title,
        "when": row.when,
        "first": None if row.span is None else _instant(row.span.first),
        "last": None if row.span is None else _instant(row.span.last),
        "from": row.sender,
        "to": list(row.audiences),
        "cell": row.cell,
        "means": row.means,
        "objectives": list(row.objectives),
        "expected": row.expected,
        "injected_by": row.responsible,
        "state": row.state,
        "after": list(row.after),
        "documents": list(row.documents),
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{file.name} is not text in UTF-8; write it so") from None


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as wrong:
        raise BadInput(f"{str(output)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def add_commands(to: typer.Typer) -> None:
    to.command("events")(events)
