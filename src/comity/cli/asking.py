"""What every question on the command line shares, declared once: the book, the three axes, JSON or readable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from inspect import Signature, signature
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import track

import comity
from comity.cli.rendering import print_json
from comity.questions import Question
from comity.questions import read_day as day_of
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord

Words = ParamSpec("Words")
Found = TypeVar("Found")

Json = Annotated[bool, typer.Option("--json", help="Machine-readable output (schemas in docs/schemas).")]


@dataclass
class Options:
    """What was given before the command."""

    book: str | None = None
    ledger: str | None = None
    warned: bool = False

    @cached_property
    def opened(self) -> comity.about.Opened:
        """The book, or the ledger, that was asked for, read once for a command."""
        if self.ledger is not None and self.book is not None:
            raise BadInput("--book and --ledger: give one of the two")
        if self.ledger is not None:
            return comity.open(address(self.ledger))
        if self.book == "":
            raise BadInput("--book is blank; give the folder of a book, or leave --book out for the one that ships with Comity")
        return comity.open(comity.bundled_book() if self.book is None else Path(self.book))


def address(text: str) -> str:
    """The address of a ledger, if it looks like one."""
    if "://" not in text:
        raise BadInput(f"--ledger {text!r}: write sqlite:///FILE or postgresql://USER@HOST/NAME")
    return text


def opened(context: typer.Context) -> comity.about.Opened:
    """The book that the command is about."""
    options: Options = context.obj
    return options.opened


def warn_of_problems(context: typer.Context) -> None:
    """One line, once a command, where something in the book could not be read: an answer may lack it."""
    options: Options = context.obj
    problems = options.opened.problems
    if problems and not options.warned:
        options.warned = True
        some = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        print(f"warning: the book has {some}, so that answers may lack acts; list them with: comity check", file=sys.stderr)


def today() -> date:
    return datetime.now(UTC).date()


def read_day(option: str, text: str | None) -> date:
    """The day that an option gives, today if it was left out; what is wrong with it names the option."""
    return today() if text is None else day_of(option, text)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question was put. Each field but the first is an option, which ``question`` gives to a command."""

    context: typer.Context
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="As the law stands on this day (default: today, UTC).")] = None
    known: Annotated[str | None, typer.Option("--known", metavar="DAY", help="As known by the end of this day, UTC (default: today).")] = None
    viewer: Annotated[
        str | None, typer.Option("--as", metavar="VIEWER", help="As this party, or 'public', may see it (default: the record's keeper).")
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="Unknown where the record is not complete to the day asked about.")] = False
    as_json: Json = False

    def standing(self, on: date | None = None, known: date | None = None) -> Standing:
        """The standing that the options ask for, on another day or as known on another if one is given."""
        on, known = on or read_day("--on", self.on), known or read_day("--known", self.known)
        record = opened(self.context).record
        warn_of_problems(self.context)
        if self.viewer is not None and self.viewer != "public":
            try:
                record.party(self.viewer)
            except NotOnRecord as problem:
                raise NotOnRecord(f"--as: {problem}") from None
        return Standing(record, on=on, known=known, viewer=self.viewer, strict=self.strict, progress=_shown)

    def put(self, question: Question[Words, Found], *words: Words.args, **named: Words.kwargs) -> tuple[Found, Standing]:
        """What the question gets, and the standing that it was put to."""
        standing = self.standing()
        return question.find(standing, *words, **named), standing

    def tell(self, question: Question[Words, Found], shown: Callable[[Found, Standing], None], *words: Words.args, **named: Words.kwargs) -> None:
        """Put the question and print what it gets: for programs, or as ``shown`` for people."""
        found, standing = self.put(question, *words, **named)
        print_json(question.plain(found)) if self.as_json else shown(found, standing)


def _shown(agreements: Sequence[str]) -> Iterable[str]:
    """The agreements, with a bar on the terminal's error output while a command goes through them."""
    return track(agreements, "Deriving", console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


def question(*, without: tuple[str, ...] = ()) -> Callable[[Callable[Concatenate[Asked, ...], None]], Callable[..., None]]:
    """A command that is told first how the question was put: its own parameters, then the options of ``Asked`` but for ``without``."""
    shared = [p for p in signature(Asked, eval_str=True).parameters.values() if p.name not in without]

    def declare(command: Callable[Concatenate[Asked, ...], None]) -> Callable[..., None]:
        own = list(signature(command, eval_str=True).parameters.values())[1:]

        @wraps(command)
        def run(**given: Any) -> None:
            command(Asked(**{p.name: given.pop(p.name) for p in shared}), **given)

        vars(run)["__signature__"] = Signature([shared[0], *own, *shared[1:]])
        return run

    return declare
