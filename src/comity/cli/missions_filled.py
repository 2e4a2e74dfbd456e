"""Commands about plans of who serves where in a mission: the best filling within a time, the check of a plan, the legal basis.

comity mission fill examples/mission.toml --seconds 10 -o plan.toml
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from comity import missions
from comity.cli.asking import Asked, question
from comity.cli.missions import Covered, Named, gap_to_plain, given_mission, group, room, show_gaps
from comity.cli.programme_files import text_of
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.missions import ForcePlan, Mission, PlaceBasis
from comity.permissions import Permissions
from comity.terms import BadInput, Verdict

if TYPE_CHECKING:
    from comity.planning import Filled, Progress

LONGEST = 7 * 24 * 3600.0


@question(without=("strict",))
def fill(
    asked: Asked,
    mission: Named,
    seconds: Annotated[float, typer.Option("--seconds", metavar="N", help="How long to look; Ctrl-C ends sooner with what there is.")] = 30.0,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the plan here.")] = None,
    cover: Covered = False,
) -> None:
    """The best filling of the statement of requirements found in the time, how far from the best possible it can be, and why the rest is a gap."""
    if not 0 < seconds <= LONGEST:
        raise BadInput(f"--seconds {seconds:g}; give more than 0, and at most {LONGEST:,.0f}")
    if find_spec("ortools") is None:
        raise BadInput("filling needs more than the core: install it with: pip install 'comity[planning]'")
    given = given_mission(asked, mission, cover)
    sure = missions.narrowly(given.mission)
    wrong = missions.unsound_mission(sure)
    if wrong:
        raise BadInput(f"{mission}: {wrong[0]}" + (f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""))
    found = _watched(sure, seconds, asked.as_json)
    text = _written(found.plan, sure, given.file, output)
    asks = missions.explain_gaps(sure, found.plan)
    if asked.as_json:
        cost = missions.cost_of_forces(sure, found.plan)
        print_json(
            {
                "mission": sure.id,
                "total": found.plan.total,
                "bound": found.plan.bound,
                "costs": cost.costs,
                "missing": cost.missing,
                "burden": cost.burden,
                "seconds": round(found.seconds, 1),
                "serves": [one._asdict() for one in found.plan.assigned],
                "gaps": [gap_to_plain(one) for one in asks],
                "notes": list(given.notes),
                "plan": None if output is not None else text,
            }
        )
        return
    show_notes(given.notes)
    _show_plan(sure, found.plan)
    console().print(f"{_honest(found.plan)}; {found.seconds:.0f} s", soft_wrap=True)
    show_gaps(asks)
    console().print(f"written: {output}" if output is not None else "keep the plan with -o FILE", soft_wrap=True, markup=False)


def _watched(mission: Mission, seconds: float, quiet: bool) -> Filled:
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()) as bar:
        task = bar.add_task("looking")

        def tell(progress: Progress) -> bool:
            bound = "" if progress.bound is None else f"; none costs less than {progress.bound:,}: {progress.gap:.1%} at most"
            bar.update(task, description=f"a plan that costs {progress.total or 0:,}{bound}")
            return True

        found: Filled = room().fill(mission, seconds, time.monotonic, tell)
        return found


def _show_plan(mission: Mission, plan: ForcePlan) -> None:
    parties = {one.id: one.party for one in mission.pledges}
    serve = dict[tuple[str, str], list[str]]()
    for one in plan.assigned:
        serve.setdefault((one.line, one.rotation), []).append(f"{one.number} {one.pledge} ({parties[one.pledge]})")
    lacks = {(line.id, rotation.name): number for line, rotation, number in missions.missing_units(mission, plan)}
    rows = []
    for line in mission.lines:
        cells = []
        for rotation in mission.rotations:
            key = (line.id, rotation.name)
            some = serve.get(key, []) + ([f"lacks {lacks[key]}"] if key in lacks else [])
            cells.append("\n".join(some) or "-")
        rows.append((line.id, *cells))
    show_table(("line", *(f"{one.name} from {one.days.start}" for one in mission.rotations)), rows)
    cost = missions.cost_of_forces(mission, plan)
    parts = [("costs", cost.costs), ("what is missing weighs", cost.missing), ("burden beyond shares", cost.burden), ("together", cost.total)]
    show_table(("what it costs", mission.currency), [(name, f"{number:,}") for name, number in parts])


def _honest(plan: ForcePlan) -> str:
    total = plan.total or 0
    if plan.bound is None:
        return "how far it is from the best possible is not known"
    if total <= plan.bound:
        return "no plan costs less"
    return f"no plan costs less than {plan.bound:,}, so that it is at most {(total - plan.bound) / max(1, total):.1%} above the best"


def _written(plan: ForcePlan, mission: Mission, source: Path | None, output: Path | None) -> str:
    near, digest = "", ""
    if source is not None:
        near = source.name if output is None else os.path.relpath(source, output.parent)
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
    text: str = room().force_plan_text(plan, mission, near, digest)
    if output is not None:
        write(output, text)
    return text


@question(without=("strict",))
def check(
    asked: Asked,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")],
    mission: Annotated[
        str | None,
        typer.Option("--mission", metavar="MISSION", help="Its mission: a file, or a name on record (default: the file that the plan names)."),
    ] = None,
) -> None:
    """Does a plan of who serves where keep every rule, and does it cost what it says? By a plain checker that shares nothing with the solver."""
    text = text_of(plan)
    named, digest = room().mission_of(text, plan.name)
    if mission is None and not named:
        raise BadInput(f"{plan.name} does not name the mission that it is for; give its file, or its name on record, with --mission MISSION")
    given = given_mission(asked, mission or str(plan.parent / named))
    whole, source = missions.narrowly(given.mission), given.file
    found: ForcePlan = room().read_force_plan(text, plan.name)
    if source is not None and digest and digest != hashlib.sha256(source.read_bytes()).hexdigest():
        print(f"note: {source.name} was changed since the plan was made; it is checked against what it says now", file=sys.stderr)
    broken = missions.check_forces(whole, found)
    if asked.as_json:
        print_json({"ok": not broken, "broken": [{"rule": one.rule, "where": one.where, "says": one.says} for one in broken]})
    elif broken:
        show_table(("rule", "where", "what is wrong"), [(one.rule, one.where, one.says) for one in broken])
    else:
        cost = missions.cost_of_forces(whole, found)
        console().print(f"all {len(missions.RULE_NAMES)} rules are kept; it costs {cost.total:,}", soft_wrap=True)
    if broken:
        raise typer.Exit(1)


@question(without=("on", "strict"))
def cover(
    asked: Asked,
    mission: Annotated[Path, typer.Argument(metavar="FILE", help="The mission's file.")],
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="NAME", help="For which purpose forces come.")] = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the tables here, to be put into the mission's file.")] = None,
) -> None:
    """Where the record has a legal basis (entry and status) for those who pledged to be where the lines send them, from when to when; why not."""
    whole: Mission = room().read_mission(text_of(mission), mission.name).mission
    first = whole.rotations[0].days.start
    standing = asked.standing(on=first)
    found = list(missions.place_bases(Permissions(standing), whole, purpose))
    held = [missions.PlaceCover(one.party, one.territory, one.days) for one in found if one.stationing.verdict is Verdict.YES]
    text = room().place_cover_text(held)
    if output is not None:
        write(output, text)
    if asked.as_json:
        print_json({"bases": [_basis(one) for one in found], "cover": text})
        return
    show_table(
        ("who", "where", "when", "may be there", "because"),
        [(one.party, one.territory, str(one.days), str(one.stationing.verdict), one.stationing.decided_by) for one in found],
    )
    console().print(f"written: {output}" if output is not None else text, soft_wrap=True, markup=False, highlight=False)


def _basis(one: PlaceBasis) -> dict[str, object]:
    entry, status = one.stationing.entry, one.stationing.status
    return {
        "party": one.party,
        "territory": one.territory,
        "from": str(one.days.start),
        "until": str(one.days.end),
        "verdict": str(one.stationing.verdict),
        "entry": str(entry.verdict),
        "status": str(status.verdict),
        "because": one.stationing.decided_by,
    }


def write(output: Path, text: str) -> None:
    """Writes a file; BadInput where that cannot be done."""
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise BadInput(f"{str(output)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def add_to(app: typer.Typer) -> None:
    for command in (fill, check, cover):
        group.command(command.__name__)(command)
