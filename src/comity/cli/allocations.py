"""The command about budgets: put one over initiatives that depend on one another, ask what more, less or other would do, and check a plan.

comity allocate examples/allocation.toml --frontier -o plan.toml -o plan.svg
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from comity import allocations
from comity.allocations import AllocationPlan
from comity.cli.allocations_plain import plain
from comity.cli.allocations_told import Told, tell_all, tell_plan
from comity.cli.asking import Json
from comity.cli.programme_files import room, sha256_of, text_of, write
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.terms import BadInput

if TYPE_CHECKING:
    from comity.planning import Allocated, AllocationProgress, BudgetGiven, EffectRange, Supposed

LONGEST = 7 * 24 * 3600.0


def allocate(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The budget's file, as docs/reference/allocation-format.md says.")],
    check: Annotated[Path | None, typer.Option("--check", metavar="PLAN", help="Look for no plan; check this one against the problem.")] = None,
    frontier: Annotated[bool, typer.Option("--frontier", help="What more and less money would yield, from none to half as much again.")] = False,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="The plan by low and by high figures, and within which figure of each effect it stays the best.")
    ] = False,
    cuts: Annotated[bool, typer.Option("--cuts", help="What is lost by cutting each initiative, and what comes in its place.")] = False,
    more: Annotated[int | None, typer.Option("--more", metavar="SUM", help="What so much more money in each pot would buy.")] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", help="How long to look, for each of the above; Ctrl-C ends sooner with what there is.")
    ] = 60.0,
    output: Annotated[
        list[Path] | None, typer.Option("-o", metavar="FILE", help="Write the plan (.toml) or a picture of it (.svg) here; may be repeated.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Where a budget helps most: which initiatives to fund, how far, from when; with the proof that none is better, or how far one could be."""
    if not 0 < seconds <= LONGEST:
        raise BadInput(f"--seconds {seconds:g}; give more than 0, and at most {LONGEST:,.0f}")
    if more is not None and more < 1:
        raise BadInput(f"--more {more}; give 1 or more")
    files = _files(output or [])
    planning = room()
    given: BudgetGiven = planning.read_allocation(text_of(problem), problem.name)
    if check is not None:
        if frontier or sensitivity or cuts or more is not None or files:
            raise BadInput("--check looks at a plan that is there; leave out --frontier, --sensitivity, --cuts, --more and -o, or leave out --check")
        _check(planning, given, problem, check, as_json)
        return
    ask = _Asking(planning, given, seconds, as_json)
    told = ask.plan()
    if told.plan is not None:
        wanted = {"frontier": frontier or ".svg" in files, "sizes": sensitivity, "cuts": cuts, "more": more is not None}
        found = ask.supposed([name for name, is_wanted in wanted.items() if is_wanted], more or 0)
        told.frontier, told.sizes, told.cuts, told.more = (found.get(name) for name in wanted)
        told.amount = more or 0
        told.ranges = None if not sensitivity else ask.ranges() if told.found.cheapest else ()
    _written(planning, told, problem, files)
    near = problem.name
    if as_json:
        text = None if told.plan is None or ".toml" in files else planning.allocation_plan_text(told.plan, given, near, sha256_of(problem))
        print_json(plain(told, text))
    else:
        tell_all(told)
        for file in files.values():
            if told.plan is not None:
                console().print(f"written: {file}", soft_wrap=True)
    if told.plan is None:
        raise typer.Exit(1)


def _files(output: Sequence[Path]) -> dict[str, Path]:
    """The files to be written by what they are."""
    found: dict[str, Path] = {}
    for file in output:
        kind = file.suffix.casefold()
        if kind not in (".toml", ".svg") or kind in found:
            raise BadInput(f"-o {file}: give one file that ends in .toml for the plan, and one in .svg for a picture of it")
        found[kind] = file
    return found


class _Asking:
    """Asks the room for one answer after another, and shows how far each is."""

    def __init__(self, planning: ModuleType, given: BudgetGiven, seconds: float, quiet: bool) -> None:
        self._planning, self._given, self._problem, self._seconds = planning, given, given.problem, seconds
        self._quiet = quiet or not sys.stderr.isatty()
        self._plan: AllocationPlan | None = None

    def plan(self) -> Told:
        found: Allocated = self._watched(
            "looking for a plan", lambda tell: self._planning.allocate(self._problem, self._seconds, time.monotonic, tell)
        )
        self._plan = found.plan
        why = self._planning.allocation_impasse(self._problem, self._seconds, time.monotonic) if found.none else None
        return Told(self._given, found, why)

    def supposed(self, kinds: Sequence[str], amount: int) -> dict[str, dict[str, Allocated]]:
        """What comes of each problem that is supposed, by kind and name; asked in one go, so much time for each kind."""
        assert self._plan is not None
        make: dict[str, Callable[[], Sequence[Supposed]]] = {
            "frontier": lambda: self._planning.frontier_of(self._problem),
            "sizes": lambda: [self._planning.Supposed(size, allocations.by_size(self._problem, size)) for size in ("low", "high")],
            "cuts": lambda: self._planning.cuts_of(self._problem, self._plan),
            "more": lambda: self._planning.more_of(self._problem, amount),
        }
        some = [(kind, one) for kind in kinds for one in make[kind]()]
        found: dict[str, dict[str, Allocated]] = {kind: {} for kind in kinds}
        if some:
            asked = tuple(self._planning.Supposed(f"{kind}: {one.name}", one.problem) for kind, one in some)
            seconds = self._seconds * len(kinds)
            answers: dict[str, Allocated] = self._watched(
                "what is supposed", lambda tell: self._planning.allocate_supposed(asked, seconds, time.monotonic, self._plan, tell)
            )
            for kind, one in some:
                if f"{kind}: {one.name}" in answers:
                    found[kind][one.name] = answers[f"{kind}: {one.name}"]
        return found

    def ranges(self) -> Sequence[EffectRange]:
        found: Sequence[EffectRange] = self._watched(
            "ranges of effects", lambda tell: self._planning.effect_ranges(self._problem, self._plan, self._seconds, time.monotonic, tell)
        )
        return found

    def _watched(self, what: str, ask: Callable[[Callable[[AllocationProgress], bool]], Any]) -> Any:
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        with Bar(*columns, console=Console(stderr=True), transient=True, disable=self._quiet) as bar:
            task = bar.add_task(what)

            def tell(progress: AllocationProgress) -> bool:
                bar.update(task, description=f"{what}: {_far(progress)}")
                return True

            return ask(tell)


def _far(progress: AllocationProgress) -> str:
    if progress.of > 1:
        return f"{progress.done} of {progress.of}"
    if progress.value is None:
        return "none yet"
    gap = "how far from the best is not known" if progress.gap is None else f"{progress.gap:.1%} from the best at most"
    return f"worth {progress.value[0]:,}; {gap}"


def _written(planning: ModuleType, told: Told, source: Path, files: dict[str, Path]) -> None:
    if told.plan is None:
        return
    if (file := files.get(".toml")) is not None:
        write(file, planning.allocation_plan_text(told.plan, told.given, os.path.relpath(source, file.parent), sha256_of(source)))
    if (file := files.get(".svg")) is not None:
        try:
            picture: str = planning.allocation_svg(told.problem, told.plan, told.given.first, told.given.title, told.curve())
        except ImportError:
            raise BadInput("a picture needs more than planning: install it with: pip install 'comity[planning,research]'") from None
        write(file, picture + "\n")


def _check(planning: ModuleType, given: BudgetGiven, source: Path, plan: Path, as_json: bool) -> None:
    text = text_of(plan)
    _, digest = planning.allocation_of(text, plan.name)
    found: AllocationPlan = planning.read_allocation_plan(text, plan.name, given.first)
    changed = [f"{source.name} was changed since the plan was made; it is checked against what it says now"]
    notes = changed if digest and digest != sha256_of(source) else []
    broken = allocations.check_allocation(given.problem, found)
    if as_json:
        print_json(allocations.allocation_check_to_plain(given.problem, found, given.first, broken, notes))
    else:
        show_notes(notes)
        if broken:
            show_table(("rule", "where", "what is wrong"), [(one.rule, one.where, one.says) for one in broken])
        else:
            tell_plan(given, found)
            console().print(f"all {len(allocations.ALLOCATION_RULES)} rules are kept", soft_wrap=True)
    if broken:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    app.command("allocate")(allocate)
