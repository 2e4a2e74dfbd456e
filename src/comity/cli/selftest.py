"""Commands that put the program itself to the test, and print a score: anyone can run them again."""

from __future__ import annotations

import json
import platform
import sqlite3
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.asking import Json, Options, address
from comity.cli.ledger import shown
from comity.cli.rendering import print_json, show_table
from comity.selftest import kill_writers
from comity.terms import BadInput


def ledger(
    context: typer.Context,
    kills: Annotated[str, typer.Option("--kills", metavar="N", help="How often the writer is killed (default: 20).")] = "20",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Where the drawing of the moments begins (default: 1).")] = "1",
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Write the score there too, as JSON.")] = None,
    as_json: Json = False,
) -> None:
    """Kill a ledger's writer at random moments, and count what was acknowledged and is lost. Exit 1 if anything is.

    On a new SQLite ledger in a folder of its own, or at the address that --ledger gives (of an empty database).
    """
    options: Options = context.obj
    with tempfile.TemporaryDirectory(prefix="comity-selftest-") as folder, shown("Killing") as progress:
        url = f"sqlite:///{folder}/crash.db" if options.ledger is None else address(options.ledger)
        score = kill_writers(url, _number("--kills", kills), _number("--seed", seed), progress)
    told = {
        "database": f"SQLite {sqlite3.sqlite_version}" if url.startswith("sqlite") else "PostgreSQL",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **asdict(score),
        "sound": score.sound,
    }
    if file is not None:
        file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print_json(told) if as_json else show_table(("", ""), [(name.replace("_", " "), value) for name, value in told.items() if name != "faults"])
    for fault in [] if as_json else score.faults:
        print(fault)
    raise typer.Exit(0 if score.sound else 1)


def _number(option: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise BadInput(f"{option} {text!r}: give a whole number from 1 on")
    return int(text)


def add_to(app: typer.Typer) -> None:
    selftest = typer.Typer(name="selftest", no_args_is_help=True, help="The program put to the test, with a score.")
    selftest.callback()(lambda: None)
    selftest.command("ledger")(ledger)
    app.add_typer(selftest)
