"""The command that asks what procedures under way await: of a party or of all, as a list, as JSON, as a calendar feed.

comity --book examples/dialogue-book awaited DEU --on 2026-03-01
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from comity import awaited as waiting
from comity.awaited import Awaited
from comity.cli.asking import Asked, question
from comity.cli.interoperability import read_span
from comity.cli.missions_filled import write
from comity.cli.rendering import console, print_json, show_table
from comity.terms import BadInput, Verdict


@question(without=("strict",))
def awaited(
    asked: Asked,
    party: Annotated[str | None, typer.Argument(metavar="[PARTY]", help="Only of this party.")] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="SPAN", help="Only until so far ahead, and without a day: 90d, 18m (default: all).")
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="WHICH", help=f"Only these procedures, commas between: {', '.join(waiting.PROCEDURES)}.")
    ] = None,
    required: Annotated[bool, typer.Option("--required", help="Only what is awaited, not what is merely open.")] = False,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write those with a day to this file too (iCalendar).")] = None,
) -> None:
    """What do procedures under way await of whom, until when: answers, votes, actions, next steps? (What agreements require: must.)"""
    standing, wanted = asked.standing(), _procedures(of)
    last = None if within is None else standing.on + timedelta(days=read_span("--within", within))
    found = [
        one
        for one in waiting.awaited(standing, party)
        if one.procedure in wanted and not (required and one.open) and (last is None or one.until is None or one.until <= last)
    ]
    if ics is not None:
        write(ics, waiting.awaited_feed(found, datetime.now(UTC), f"Awaited of {party or 'all parties'}").decode("utf-8"))
    if asked.as_json:
        print_json({"on": standing.on.isoformat(), "awaited": [waiting.awaited_to_plain(one) for one in found]})
        return
    if found:
        show_table(("until", "of", "what", "about", "procedure", "act"), _rows(found))
    else:
        console().print(f"nothing is awaited of {party or 'anybody'} on {standing.on}, as far as is on record")
    if ics is not None:
        console().print(f"written: {ics}", soft_wrap=True, markup=False)


def _rows(found: Iterable[Awaited]) -> list[tuple[str, ...]]:
    """A line for the same thing awaited of several."""
    whose = dict[tuple[str, ...], list[str]]()
    for one in found:
        whose.setdefault(_told(one), []).append(one.party)
    return [(until, ", ".join(parties), *rest) for (until, *rest), parties in whose.items()]


def _told(one: Awaited) -> tuple[str, ...]:
    until = "" if one.until is None else str(one.until) if one.at is None else f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}Z"
    late = {Verdict.NO: "", Verdict.YES: " (late)"}.get(one.late, " (late, or not on record)")
    sure = "" if one.sure is Verdict.YES else f" ({one.sure})"
    about = ", ".join(part for part in (one.subject, one.agreement, one.article) if part)
    may = "may: " if one.open else ""
    return f"{until}{late}", f"{may}{one.what}{sure}", about, one.procedure, one.ref


def _procedures(given: str | None) -> tuple[str, ...]:
    if given is None:
        return waiting.PROCEDURES
    named = tuple(part.strip() for part in given.split(","))
    for one in named:
        if one not in waiting.PROCEDURES:
            raise BadInput(f"--of {one!r}: no such procedure; choose from: {', '.join(waiting.PROCEDURES)}")
    return named


def add_to(app: typer.Typer) -> None:
    app.command("awaited")(awaited)
