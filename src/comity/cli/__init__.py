"""The command line: a contract. Each room's commands are in the file of its name.

Exit 0 for any verdict, 1 when ``check`` found errors, 2 for misuse or bad input (one line on stderr; with --json the
same as {"error": ...}).
"""

from __future__ import annotations

import io
import json
import sys
from typing import Annotated

import typer

from comity.cli import (
    agreements,
    allocations,
    answers,
    awaited,
    book,
    decision_lives,
    decision_replays,
    decisions,
    dialogue,
    disputes,
    domestic,
    duties,
    early_warning,
    effects,
    exchange,
    exchange_clients,
    exchange_demo,
    exchange_links,
    exchange_log,
    exercises,
    indicators,
    interoperability,
    keeping,
    keys,
    labels,
    ledger,
    mediators,
    missions,
    missions_filled,
    missions_recorded,
    panels,
    people,
    permissions,
    powers,
    programmes,
    registers,
    reports,
    responses,
    selftest,
    sources,
    stability,
    standing,
    strategies,
    telling,
    training,
    trust,
    witnesses,
)
from comity.cli.asking import Options
from comity.terms import ComityError

app = typer.Typer(
    name="comity",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Who is bound by what, may do what, must do what: from the dated acts of states, with reasons.",
)


@app.callback()
def options(
    context: typer.Context,
    book_folder: Annotated[
        str | None, typer.Option("--book", metavar="DIR", help="Folder of the book to ask (default: the book that ships with Comity).")
    ] = None,
    ledger_url: Annotated[
        str | None, typer.Option("--ledger", metavar="URL", help="Ask a ledger instead: sqlite:///FILE or postgresql://USER@HOST/NAME.")
    ] = None,
) -> None:
    context.obj = Options(book=book_folder, ledger=ledger_url)


ROOMS = (
    agreements, standing, permissions, duties, awaited, dialogue, domestic, decision_lives, decisions, decision_replays, powers, exercises,
    programmes, allocations, training, interoperability, responses, disputes, missions_filled, missions_recorded, missions, labels, book, keys,
    ledger, keeping, witnesses, answers, sources, registers, panels, effects, stability, early_warning, mediators, indicators, trust, strategies,
    reports, exchange, exchange_clients, exchange_links, exchange_log, exchange_demo, people, telling, selftest,
)  # fmt: skip
for room in ROOMS:
    room.add_to(app)


def main(arguments: list[str] | None = None) -> None:
    """The ``comity`` command; every error is one line that says what to do."""
    given = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in given
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        code = app(args=given, prog_name="comity", standalone_mode=False)
    except ComityError as problem:
        _fail(str(problem), as_json)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _fail("interrupted; what was acknowledged stays, nothing else was changed", as_json)
    except typer.TyperException as problem:
        says = " ".join(getattr(problem, "format_message", problem.__str__)().split())
        if not says:  # nothing was asked, and the help was printed
            sys.exit(0)
        _fail(f"{says} (see: {_asked_of(problem, given)} --help)", as_json)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as problem:
        where = f"{str(problem.filename)!r} cannot be read" if problem.filename else "a file cannot be read"
        _fail(f"{where} ({problem.strerror}); put that right, or give another", as_json)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _asked_of(problem: Exception, given: list[str]) -> str:
    """The command whose help tells more."""
    named = next((word for word in given if word in {c.name for c in app.registered_commands}), "")
    return getattr(getattr(problem, "ctx", None), "command_path", f"comity {named}".strip())


def _fail(message: str, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": message}))
    print(f"comity: {message}", file=sys.stderr)
    sys.exit(2)
