"""Commands about programmes of exercises: plan one within a time, and check a plan against its problem.

comity programme solve baltic.toml --seconds 60 -o plan.toml
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from comity import programmes
from comity.cli.asking import Asked, Json, question
from comity.cli.programme_files import planned, room, sha256_of, text_of, write
from comity.cli.programme_plans import drawn, show
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.permissions import Permissions
from comity.programmes import Basis, Cover, Plan, Problem
from comity.terms import BadInput, Verdict

if TYPE_CHECKING:
    from comity.planning import Impasse, Programme, Progress, Solved

LONGEST = 7 * 24 * 3600.0


def solve(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The programme's file, as docs/reference/programme-format.md says.")],
    seconds: Annotated[float, typer.Option("--seconds", metavar="N", help="How long to look; Ctrl-C ends sooner with what there is.")] = 60.0,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the plan here.")] = None,
    before: Annotated[
        Path | None, typer.Option("--before", metavar="PLAN", help="The plan that there was: change as little of it as is worth it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The best programme found in the time, what it costs, and how far from the best possible it can be at most; or why there is none."""
    if not 0 < seconds <= LONGEST:
        raise BadInput(f"--seconds {seconds:g}; give more than 0, and at most {LONGEST:,.0f}")
    planning = room()
    asked = planning.read_programme(text_of(problem), problem.name)
    if before is not None:
        asked = _beside(planning, asked, before)
    found = _watched(planning, asked.problem, seconds, as_json)
    text = None if found.plan is None else _written(planning, found.plan, asked, problem, output)
    if as_json:
        print_json(_plain(asked.problem, found.plan, found, None if text is None or output is not None else text))
    else:
        if found.plan is not None:
            drawn(asked, found.plan)
        _say(planning, asked.problem, found, seconds)
        if output is not None and found.plan is not None:
            console().print(f"written: {output}", soft_wrap=True)
        elif text is not None:
            print(text, end="")
    if found.plan is None:
        raise typer.Exit(1)


@question(without=("on",))
def cover(
    asked: Asked,
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The programme's file; it has to say on which day its first slot begins.")],
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="NAME", help="For which purpose forces come (exercise, training...).")] = None,
    invited: Annotated[bool, typer.Option("--invited", help="As if each host had consented that those who come are there.")] = False,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the tables here, to be put into the programme's file.")] = None,
) -> None:
    """Where the record has a legal basis for those who could take part to be with the host, and from when to when; why not elsewhere."""
    planning = room()
    programme = planning.read_programme(text_of(problem), problem.name)
    calendar = programme.calendar
    if calendar.first is None:
        raise BadInput(f"{problem.name} does not say on which day slot 0 begins; add first = 2028-01-01 (a day) at its top")
    last = calendar.day(calendar.slots) or calendar.first
    standing = asked.standing(on=calendar.first)
    if invited:
        standing = programmes.as_if_invited(standing, programme.problem, calendar.first, purpose)
    permissions = Permissions(standing)
    found = [one for pair in programmes.visits(programme.problem) for one in programmes.bases(permissions, *pair, calendar.first, last, purpose)]
    held = [(one, calendar.within(one.start, one.end)) for one in found if one.stationing.verdict is Verdict.YES]
    text = planning.cover_text([Cover(nation=one.nation, host=one.host, during=slots) for one, slots in held if slots is not None], calendar)
    if output is not None:
        write(output, text)
    if asked.as_json:
        print_json({"bases": [_basis(one) for one in found], "cover": text})
        return
    show_table(("who", "where", "from", "until", "may be there", "because"), [_row(one) for one in found])
    console().print(f"written: {output}" if output is not None else text, soft_wrap=True, markup=False, highlight=False)


def _basis(one: Basis) -> dict[str, object]:
    entry, status = one.stationing.entry, one.stationing.status
    return {
        "nation": one.nation,
        "host": one.host,
        "from": one.start.isoformat(),
        "until": one.end.isoformat(),
        "verdict": str(one.stationing.verdict),
        "entry": str(entry.verdict),
        "status": str(status.verdict),
        "because": one.stationing.decided_by,
    }


def _row(one: Basis) -> tuple[str, ...]:
    return one.nation, one.host, str(one.start), str(one.end), str(one.stationing.verdict), one.stationing.decided_by


def check(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")],
    problem: Annotated[Path | None, typer.Option("--problem", metavar="FILE", help="Its problem (default: the file that the plan names).")] = None,
    as_json: Json = False,
) -> None:
    """Does a plan keep every rule of its problem, and does it cost what it says? By a plain checker that shares nothing with the solvers."""
    asked, found = planned(plan, problem)
    broken = programmes.check_plan(asked.problem, found)
    if as_json:
        print_json({"ok": not broken, "broken": [{"rule": one.rule, "where": one.where, "says": one.says} for one in broken]})
    elif broken:
        show_table(("rule", "where", "what is wrong"), [(one.rule, one.where, one.says) for one in broken])
    else:
        show_notes(programmes.remarks(asked.problem))
        drawn(asked, found)
        _say_costs(asked.problem, found)
        console().print(f"all {len(programmes.RULES)} rules are kept", soft_wrap=True)
    if broken:
        raise typer.Exit(1)


def _watched(planning: ModuleType, problem: Problem, seconds: float, quiet: bool) -> Solved:
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()) as bar:
        task = bar.add_task("looking for a first plan")

        def tell(progress: Progress) -> bool:
            bar.update(task, description=_far(progress))
            return True

        found: Solved = planning.solve(problem, seconds, time.monotonic, tell)
        return found


def _far(progress: Progress) -> str:
    if progress.total is None:
        return "looking for a first plan"
    if progress.bound is None:
        return f"a plan that costs {progress.total:,}"
    return f"a plan that costs {progress.total:,}; none costs less than {progress.bound:,}: {progress.gap:.1%} at most"


def _say(planning: ModuleType, problem: Problem, found: Solved, seconds: float) -> None:
    show_notes(programmes.remarks(problem))
    if found.plan is not None:
        _say_costs(problem, found.plan)
        gap = "how far it is from the best possible is not known" if found.plan.bound is None else _honest(found.plan)
        console().print(f"{len(found.plan.held)} exercises in {found.seconds:.0f} s; {gap}", soft_wrap=True)
    elif found.none:
        _say_why(planning.impasse(problem))
    else:
        console().print(f"no plan found in {seconds:g} s, and it is not known whether there is one; give it longer with --seconds", soft_wrap=True)


def _honest(plan: Plan) -> str:
    total, bound = plan.total or 0, plan.bound or 0
    if total <= bound:
        return "no plan costs less"
    return f"no plan costs less than {bound:,}, so that it is at most {(total - bound) / max(1, total):.1%} above the best"


def _say_costs(problem: Problem, plan: Plan) -> None:
    cost = programmes.cost_of(problem, plan)
    parts = [
        ("costs", cost.costs),
        ("worse", cost.worse),
        ("missed", cost.missed),
        ("burden", cost.burden),
        ("change", cost.change),
        ("finish", cost.finish),
    ]
    lost = len(programmes.missed(problem, plan))
    names = {"missed": f"missed ({lost} of {len(problem.targets)} targets)"}
    show_table(
        ("what it costs", ""), [*((names.get(name, name), f"{number:,}") for name, number in parts if number), ("together", f"{cost.total:,}")]
    )


def _say_why(why: Impasse[Problem] | None) -> None:
    if why is None:
        console().print("there is no plan; why could not be found in the time", soft_wrap=True)
        return
    console().print(
        "there is no plan. These cannot be met together:" if why.sure else "there is no plan. Among these is why (not all could be tried):"
    )
    for demand in why.demands:
        console().print(f"  - {demand.says}", soft_wrap=True, markup=False)
    for relief in why.reliefs:
        console().print(str(relief), soft_wrap=True, markup=False)


def _plain(problem: Problem, plan: Plan | None, found: Solved, text: str | None) -> dict[str, object]:
    planning = room()
    why = planning.impasse(problem) if found.none else None
    return {
        "found": plan is not None,
        "none": found.none,
        "total": None if plan is None else plan.total,
        "bound": found.bound if plan is None else plan.bound,
        "seconds": round(found.seconds, 1),
        "conflict": [] if why is None else [demand.says for demand in why.demands],
        "would_do": [] if why is None else [str(relief) for relief in why.reliefs],
        "plan": text,
    }


def _written(planning: ModuleType, plan: Plan, asked: Programme, source: Path, output: Path | None) -> str:
    near = source.name if output is None else os.path.relpath(source, output.parent)
    text: str = planning.plan_text(plan, asked.calendar, near, sha256_of(source))
    if output is not None:
        write(output, text)
    return text


def _beside(planning: ModuleType, asked: Programme, before: Path) -> Programme:
    if not asked.problem.change:
        raise BadInput("the programme gives no weight to change, so that --before would count for nothing; add change = 1 (or more) at its top")
    was: Plan = planning.read_plan(text_of(before), before.name, asked.calendar)
    return replace(asked, problem=replace(asked.problem, before=was.held))


group = typer.Typer(name="programme", no_args_is_help=True, help="Exercises over years: which, when, where, by whom; planned and checked.")


def add_to(app: typer.Typer) -> None:
    for command in (cover, solve, show, check):
        group.command(command.__name__)(command)
    app.add_typer(group)
