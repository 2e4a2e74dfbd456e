"""Commands that put the program itself to the test, and print a score: anyone can run them again."""

from __future__ import annotations

import json
import os
import platform
import socket
import sqlite3
import ssl
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from comity.cli.asking import Json, Options, address
from comity.cli.ledger import shown
from comity.cli.rendering import print_json, show_table
from comity.selftest import (
    FaultScore,
    Interruptions,
    Mutations,
    PowerScore,
    Score,
    break_disk,
    cannot_trace,
    fresh_place,
    interrupt,
    kill_writers,
    lose_power,
    tamper,
    taxii_suite,
)
from comity.terms import BadInput

AnyScore = Score | Interruptions | PowerScore | FaultScore | Mutations


@dataclass(frozen=True, slots=True)
class Asked:
    """What every part of the self-test is told: where, and with which seed; and how much each is to do (none of it: 0)."""

    url: str
    seed: int
    kills: int
    interruptions: int
    power: int
    faults: int
    flips: int | None


def taxii(
    url: Annotated[str, typer.Argument(metavar="URL", help="Of the server, or of its discovery: https://HOST/taxii2/.")],
    user: Annotated[str, typer.Option("--user", metavar="NAME", help="With a name and the password in COMITY_PASSWORD.")] = "",
    root: Annotated[str, typer.Option("--root", metavar="PATH", help="Of the API root, where discovery's default is not meant.")] = "",
    collection: Annotated[str, typer.Option("--collection", metavar="ID", help="One that may be read and written, by id or alias.")] = "",
    authority: Annotated[Path | None, typer.Option("--ca", metavar="FILE", help="The certificate by which the server's is vouched for.")] = None,
    as_json: Json = False,
) -> None:
    """Put any TAXII 2.1 server to the test, check by check, each with the section of the standard. What is added is deleted. Exit 1 if any fails.

    With a token instead of a name and a password: it stands in COMITY_TOKEN.
    """
    context = None if authority is None else ssl.create_default_context(cafile=str(authority))
    where = urlsplit(url)
    if where.scheme not in ("http", "https") or where.hostname is None:
        raise BadInput(f"{url!r} is no address; give one such as https://node.example.org/taxii2/")
    try:
        socket.create_connection((where.hostname, where.port or (443 if where.scheme == "https" else 80)), 10).close()
    except OSError as problem:
        raise BadInput(f"nothing answers at {url} ({problem.strerror or problem}); start the server, or correct the address") from None
    token = os.environ.get("COMITY_TOKEN", "")
    login = taxii_suite.Login(user, os.environ.get("COMITY_PASSWORD", ""), f"Bearer {token}" if token else "")
    with shown("Asking") as progress:
        done = count(1)
        judged = taxii_suite.run(
            url, login, api_root=root, collection=collection, context=context, said=lambda _: progress(next(done), len(taxii_suite.CHECKS))
        )
    if as_json:
        print_json({"checks": [asdict(one) for one in judged]})
    else:
        print(taxii_suite.as_table(judged))
    raise typer.Exit(1 if any(one.passed is False for one in judged) else 0)


def ledger(
    context: typer.Context,
    kills: Annotated[str, typer.Option("--kills", metavar="N", help="How often the writer is killed (default: 20).")] = "20",
    interruptions: Annotated[
        str, typer.Option("--interruptions", metavar="N", help="How often an import, a backup, a restore or an upgrade is killed (default: 8).")
    ] = "8",
    power: Annotated[str, typer.Option("--power", metavar="N", help="In how many states a loss of power leaves the disk (default: 1000).")] = "1000",
    faults: Annotated[
        str, typer.Option("--faults", metavar="N", help="How many writes and syncs fail, evenly spread (default: 10; 1000 is all of them).")
    ] = "10",
    mutations: Annotated[
        str, typer.Option("--mutations", metavar="N", help="How many bits are flipped, or all; all else is tried in full (default: 300).")
    ] = "300",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Where the drawing begins (default: 1).")] = "1",
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Write the score there too, as JSON.")] = None,
    as_json: Json = False,
) -> None:
    """Do to ledgers what the world does, and count what was acknowledged and is lost, and what was touched and is missed. Exit 1 if anything is.

    Writers, imports, backups, restores and upgrades are killed at random moments; the power is lost, so that of what was not synced any part is
    on disk; the disk is full, or fails; a ledger is tampered with in every way. 0 leaves a part out. On new SQLite ledgers in folders of their own;
    or at the address that --ledger gives (of an empty database), but for the power and the disk, which fail for SQLite alone, where strace is
    installed; where it is not, the score says so (null, and why).
    """
    options: Options = context.obj
    with tempfile.TemporaryDirectory(prefix="comity-selftest-") as folder:
        asked = Asked(
            f"sqlite:///{folder}/crash.db" if options.ledger is None else address(options.ledger),
            _number("--seed", seed),
            _number("--kills", kills),
            _number("--interruptions", interruptions),
            _number("--power", power),
            _number("--faults", faults),
            None if mutations == "all" else _number("--mutations", mutations, ", or all"),
        )
        cannot = cannot_trace() if options.ledger is None else "the power and the disk fail for SQLite alone: leave out --ledger"
        left_out = [f"{name}: {cannot}" for name, much in (("power", asked.power), ("faults", asked.faults)) if cannot and much]
        scores = {name: None if cannot and name in _TRACED else part(asked) for name, part in PARTS.items()}
    if all(score is None for score in scores.values()):
        raise BadInput("; ".join(left_out) or "every part is left out: give one of them a number from 1 on")
    told: dict[str, Any] = {
        "database": f"SQLite {sqlite3.sqlite_version}" if asked.url.startswith("sqlite") else "PostgreSQL",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **{name: None if score is None else {**asdict(score), "sound": score.sound} for name, score in scores.items()},
        "left_out": left_out,
        "sound": all(score.sound for score in scores.values() if score is not None),
    }
    if file is not None:
        file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print_json(told) if as_json else show_table(("", "", ""), _rows(told))
    raise typer.Exit(0 if told["sound"] else 1)


def _kills(asked: Asked) -> Score | None:
    if not asked.kills:
        return None
    with shown("Killing") as progress:
        return kill_writers(asked.url, asked.kills, asked.seed, progress)


def _interruptions(asked: Asked) -> Interruptions | None:
    if not asked.interruptions:
        return None
    with shown("Interrupting") as progress:
        return interrupt(asked.url, asked.interruptions, asked.seed, progress)


def _power(asked: Asked) -> PowerScore | None:
    if not asked.power:
        return None
    with shown("Losing power") as progress:
        return lose_power(asked.power, asked.seed, progress)


def _faults(asked: Asked) -> FaultScore | None:
    if not asked.faults:
        return None
    with shown("Failing the disk") as progress:
        return break_disk(asked.faults, progress)


def _tampering(asked: Asked) -> Mutations | None:
    if asked.flips == 0:
        return None
    with shown("Tampering") as progress:
        url = None if asked.url.startswith("sqlite") else fresh_place(asked.url, "tampering")
        return tamper(url, asked.flips, asked.seed, progress)


PARTS: dict[str, Callable[[Asked], AnyScore | None]] = {
    "kills": _kills,
    "interruptions": _interruptions,
    "power": _power,
    "faults": _faults,
    "tampering": _tampering,
}
_TRACED = ("power", "faults")
"""The parts that need to watch a program's calls."""


def _rows(told: dict[str, Any], part: str = "") -> Iterator[tuple[str, str, object]]:
    """What was counted, a line each; what lies deeper under the name of its part."""
    for name, value in told.items():
        words = name.replace("_", " ")
        if isinstance(value, dict):
            yield from _rows(value, f"{part}, {words}".removeprefix(", "))
        elif isinstance(value, list):
            yield from ((part, words, one) for one in value)
        elif value is not None:
            yield part, words, value


def _number(option: str, text: str, otherwise: str = "") -> int:
    if not text.isdigit():
        raise BadInput(f"{option} {text!r}: give a whole number, from 0 on{otherwise}")
    return int(text)


def add_to(app: typer.Typer) -> None:
    selftest = typer.Typer(name="selftest", no_args_is_help=True, help="The program put to the test, with a score.")
    selftest.callback()(lambda: None)
    selftest.command("ledger")(ledger)
    selftest.command("taxii")(taxii)
    app.add_typer(selftest)
