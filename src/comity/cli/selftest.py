"""Commands that put the program itself to the test, and print a score: anyone can run them again."""

from __future__ import annotations

import json
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli.asking import Json, Options, address
from comity.cli.ledger import shown
from comity.cli.rendering import print_json, show_table
from comity.selftest import FaultScore, PowerScore, Score, break_disk, cannot_trace, kill_writers, lose_power
from comity.terms import BadInput


def ledger(
    context: typer.Context,
    kills: Annotated[str, typer.Option("--kills", metavar="N", help="How often the writer is killed (default: 20).")] = "20",
    power: Annotated[
        str, typer.Option("--power", metavar="N", help="In how many states a loss of power leaves the disk (default: 1000; 0 leaves it out).")
    ] = "1000",
    faults: Annotated[
        str, typer.Option("--faults", metavar="N", help="How many writes and syncs fail, evenly spread (default: 10; 1000 is all of them; 0 none).")
    ] = "10",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Where the drawing of moments and states begins (default: 1).")] = "1",
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Write the score there too, as JSON.")] = None,
    as_json: Json = False,
) -> None:
    """Do to a ledger's writer what the world does, and count what was acknowledged and is lost. Exit 1 if anything is.

    It is killed at random moments; the power is lost, so that of what was not synced any part is on disk; the disk is full, or fails. On new
    SQLite ledgers in folders of their own; killed also at the address that --ledger gives (of an empty database). The power and the disk fail
    for SQLite alone, where strace is installed; where it is not, the score says so (null, and why).
    """
    options: Options = context.obj
    asked = {"kills": _number("--kills", kills), "power": _number("--power", power), "faults": _number("--faults", faults)}
    start, sqlite = _number("--seed", seed), options.ledger is None
    cannot = cannot_trace() if sqlite else "the power and the disk fail for SQLite alone: leave out --ledger"
    left_out = [f"{name}: {cannot}" for name in ("power", "faults") if cannot and asked[name]]
    scores: dict[str, Score | PowerScore | FaultScore | None] = {
        "kills": _kills(options.ledger, asked["kills"], start) if asked["kills"] else None,
        "power": _power(asked["power"], start) if asked["power"] and not cannot else None,
        "faults": _faults(asked["faults"]) if asked["faults"] and not cannot else None,
    }
    done = {name: score for name, score in scores.items() if score is not None}
    if not done:
        raise BadInput("; ".join(left_out) or "--kills, --power and --faults are all 0: give one of them a number from 1 on")
    told = {
        "database": f"SQLite {sqlite3.sqlite_version}" if sqlite else "PostgreSQL",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **{name: None if score is None else {**asdict(score), "sound": score.sound} for name, score in scores.items()},
        "left_out": left_out,
        "sound": all(score.sound for score in done.values()),
    }
    if file is not None:
        file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print_json(told) if as_json else show_table(("", "", ""), _rows(told))
    raise typer.Exit(0 if told["sound"] else 1)


def _kills(url: str | None, kills: int, seed: int) -> Score:
    with tempfile.TemporaryDirectory(prefix="comity-selftest-") as folder, shown("Killing") as progress:
        return kill_writers(f"sqlite:///{folder}/crash.db" if url is None else address(url), kills, seed, progress)


def _power(states: int, seed: int) -> PowerScore:
    with shown("Losing power") as progress:
        return lose_power(states, seed, progress)


def _faults(faults: int) -> FaultScore:
    with shown("Failing the disk") as progress:
        return break_disk(faults, progress)


def _rows(told: dict[str, Any], part: str = "") -> Iterator[tuple[str, str, object]]:
    """What was counted, a line each; what lies deeper under the name of its part."""
    for name, value in told.items():
        words = name.replace("_", " ")
        if isinstance(value, dict):
            yield from _rows(value, f"{part}, {words}".removeprefix(", "))
        elif isinstance(value, list):
            yield from ((part, words, one) for one in value)
        else:
            yield part, words, value


def _number(option: str, text: str) -> int:
    if not text.isdigit():
        raise BadInput(f"{option} {text!r}: give a whole number, from 0 on")
    return int(text)


def add_to(app: typer.Typer) -> None:
    selftest = typer.Typer(name="selftest", no_args_is_help=True, help="The program put to the test, with a score.")
    selftest.callback()(lambda: None)
    selftest.command("ledger")(ledger)
    app.add_typer(selftest)
