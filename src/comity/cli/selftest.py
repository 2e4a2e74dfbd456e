"""Commands that put the program itself to the test, and print a score: anyone can run them again."""

from __future__ import annotations

import json
import platform
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.asking import Json, Options, address
from comity.cli.ledger import shown
from comity.cli.rendering import print_json, show_table
from comity.selftest import Interruptions, Mutations, Score, fresh_place, interrupt, kill_writers, tamper
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class Asked:
    """What every part of the self-test is told: where, and with which seed; and how much each is to do (none of it: 0)."""

    url: str
    seed: int
    kills: int
    interruptions: int
    flips: int | None


def ledger(
    context: typer.Context,
    kills: Annotated[str, typer.Option("--kills", metavar="N", help="How often the writer is killed (default: 20).")] = "20",
    interruptions: Annotated[
        str, typer.Option("--interruptions", metavar="N", help="How often an import, a backup or a restore is killed (default: 6).")
    ] = "6",
    mutations: Annotated[
        str, typer.Option("--mutations", metavar="N", help="How many bits are flipped, or all; all else is tried in full (default: 300).")
    ] = "300",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Where the drawing of the moments begins (default: 1).")] = "1",
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Write the score there too, as JSON.")] = None,
    as_json: Json = False,
) -> None:
    """Kill a ledger's writer, and imports, backups and restores, at random moments; tamper with a ledger in every way; count what is lost or missed.

    Exit 1 if anything is. 0 leaves a part out. On new SQLite ledgers in a folder of their own, or at the address that --ledger gives (of an empty
    database).
    """
    options: Options = context.obj
    with tempfile.TemporaryDirectory(prefix="comity-selftest-") as folder:
        url = f"sqlite:///{folder}/crash.db" if options.ledger is None else address(options.ledger)
        flips = None if mutations == "all" else _number("--mutations", mutations, " or all")
        asked = Asked(url, _number("--seed", seed), _number("--kills", kills), _number("--interruptions", interruptions), flips)
        scores = dict(told for part in PARTS if (told := part(asked)) is not None)
    found: dict[str, object] = {
        "database": f"SQLite {sqlite3.sqlite_version}" if url.startswith("sqlite") else "PostgreSQL",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **{name: {**asdict(score), "sound": score.sound} for name, score in scores.items()},
        "sound": all(score.sound for score in scores.values()),
    }
    if file is not None:
        file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print_json(found) if as_json else _show(found)
    raise typer.Exit(0 if found["sound"] else 1)


Part = tuple[str, Score | Interruptions | Mutations]


def _kills(asked: Asked) -> Part | None:
    if not asked.kills:
        return None
    with shown("Killing") as progress:
        return "kills", kill_writers(asked.url, asked.kills, asked.seed, progress)


def _interruptions(asked: Asked) -> Part | None:
    if not asked.interruptions:
        return None
    with shown("Interrupting") as progress:
        return "interruptions", interrupt(asked.url, asked.interruptions, asked.seed, progress)


def _tampering(asked: Asked) -> Part | None:
    if asked.flips == 0:
        return None
    with shown("Tampering") as progress:
        url = None if asked.url.startswith("sqlite") else fresh_place(asked.url, "tampering")
        return "tampering", tamper(url, asked.flips, asked.seed, progress)


PARTS: tuple[Callable[[Asked], Part | None], ...] = (_kills, _interruptions, _tampering)


def _show(found: dict[str, object]) -> None:
    """A line for each figure, under the name of its part; then what was wrong, in words."""
    rows, faults = list[tuple[str, object]](), list[str]()
    for name, value in found.items():
        if not isinstance(value, dict):
            rows.append((name, value))
            continue
        faults += value["faults"]
        for figure, count in value.items():
            if isinstance(count, dict):
                rows += [(f"{name}, {figure}: {kind}", number) for kind, number in count.items()]
            elif figure != "faults":
                rows.append((f"{name}, {figure.replace('_', ' ')}", count))
    show_table(("", ""), rows)
    print(*faults, sep="\n", end="\n" if faults else "")


def _number(option: str, text: str, otherwise: str = "") -> int:
    if not text.isdigit():
        raise BadInput(f"{option} {text!r}: give a whole number{otherwise}")
    return int(text)


def add_to(app: typer.Typer) -> None:
    selftest = typer.Typer(name="selftest", no_args_is_help=True, help="The program put to the test, with a score.")
    selftest.callback()(lambda: None)
    selftest.command("ledger")(ledger)
    app.add_typer(selftest)
