"""The files that commands about programmes read and write: problems, plans as TOML or as workbooks."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from comity.book import text_in
from comity.cli.rendering import show_notes
from comity.sheets import read_workbook
from comity.terms import BadInput

if TYPE_CHECKING:
    from comity.planning import Programme
    from comity.programmes import Plan

MOST_ROWS, MOST_COLUMNS = 20_000, 50


def room() -> ModuleType:
    """The room, on a machine that has the solvers."""
    try:
        import comity.planning
    except ImportError:
        raise BadInput("planning needs more than the core: install it with: pip install 'comity[planning]'") from None
    return comity.planning


def planned(plan: Path, problem: Path | None) -> tuple[Programme, Plan]:
    """A plan and the programme that it is for: the file given, else the one that the plan names. Says so where that was changed since."""
    planning = room()
    is_sheet = plan.suffix.casefold() == ".xlsx"
    named, digest = ("", "") if is_sheet else planning.planned_of(text_of(plan), plan.name)
    if problem is None and not named:
        raise BadInput(f"{plan.name} does not name the problem that it is for; give it with --problem FILE")
    source = problem or plan.parent / named
    programme: Programme = planning.read_programme(text_of(source), source.name)
    if digest and digest != sha256_of(source):
        show_notes([f"{source.name} was changed since the plan was made; it is checked against what it says now"])
    found: Plan
    if is_sheet:
        found = planning.read_plan_rows(read_workbook(_bytes(plan), MOST_ROWS, MOST_COLUMNS), plan.name, programme.calendar)
    else:
        found = planning.read_plan(text_of(plan), plan.name, programme.calendar)
    return programme, found


def text_of(file: Path) -> str:
    """What the file says, in UTF-8."""
    return text_in(_bytes(file), file.name)


def write(output: Path, made: str | bytes) -> None:
    """Writes what was made there."""
    try:
        output.write_bytes(made.encode() if isinstance(made, str) else made)
    except OSError as wrong:
        raise BadInput(f"{str(output)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def sha256_of(file: Path) -> str:
    return hashlib.sha256(_bytes(file)).hexdigest()


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise BadInput(f"{str(file)!r} cannot be read ({wrong.strerror}); give the file's path") from None
