"""Commands about a strategy: begin one, check it, see how far it is, compare two versions of it, review it.

comity strategy show examples/strategy-small-state.toml --on 2026-11-01
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from comity import strategies
from comity.cli.asking import Asked, opened, question, read_day
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.cli.strategy_reviews import diff, review
from comity.domestic import HomeStatus
from comity.planning import read_strategy
from comity.standing import Standing
from comity.strategies import AtStage, MeasureProgress, Strategy, TargetProgress, TargetState
from comity.terms import BadInput, Broken, Verdict

File = Annotated[Path, typer.Argument(metavar="FILE", help="The strategy: docs/reference/strategy-format.md.")]
COLOURS = {
    TargetState.MET: "green", TargetState.NOT_MET: "red", TargetState.ON_COURSE: "blue", TargetState.BEHIND: "yellow", TargetState.UNKNOWN: "magenta",
}  # fmt: skip
group = typer.Typer(name="strategy", no_args_is_help=True, help="Strategies: interests, objectives, initiatives, indicators; checks, reviews.")


def new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to be written; one that is there is not written over.")],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the strategy is called.")] = "A new strategy",
    party: Annotated[str, typer.Option("--party", metavar="PARTY", help="Whose it is: a party on record, by its code.")] = "",
    from_: Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day of its period (default: today, UTC).")] = None,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day of its period.")] = "",
) -> None:
    """Begin a strategy: a file with all that a strategy can say, what is needed filled in."""
    if not party or not until:
        raise BadInput(f"say {'whose it is, with --party PARTY' if not party else 'when its period ends, with --until DAY'}")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in title):
        raise BadInput("a title is written on one line, without control characters")
    opened(context).record.party(party)
    text = strategies.strategy_text(title, party, read_day("--from", from_), read_day("--until", until))
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise BadInput(f"{str(file)!r} is there already, and is not written over; choose another name") from None
    except OSError as wrong:
        raise BadInput(f"{str(file)!r} cannot be written ({wrong.strerror}); choose another place") from None
    console().print(f"written: {file}; fill it in, then: comity strategy check {file}", soft_wrap=True, markup=False)


@question(without=("on", "strict"))
def check(asked: Asked, file: File) -> None:
    """Does a strategy keep every rule: whole from interest to input, measurable, within its period, on record, reviewed? Exit 1 if not."""
    strategy = read_strategy(file).strategy
    known = strategies.known_of_strategy(strategy, asked.standing())
    flaws, remarks = strategies.check_strategy(strategy, known), strategies.remarks_on(strategy, known)
    if asked.as_json:
        lists = {"flaws": flaws, "remarks": remarks}
        print_json({"ok": not flaws, **{name: [strategies.broken_to_plain(one) for one in some] for name, some in lists.items()}})
    else:
        if flaws:
            show_table(("rule", "where", "what is wrong"), [_row(one) for one in flaws])
        else:
            console().print(f"all {len(strategies.STRATEGY_RULES)} rules are kept", soft_wrap=True)
        if remarks:
            show_table(("remark", "where", "no flaw, to be thought about"), [_row(one) for one in remarks])
    if flaws:
        raise typer.Exit(1)


def _row(one: Broken) -> tuple[str, ...]:
    return one.rule, one.where, one.says


@question(without=("strict",))
def show(
    asked: Asked,
    file: File,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE.svg", help="Write the logic model as a picture here.")] = None,
) -> None:
    """A strategy as a tree, from interests down, each indicator's latest reading beside its baseline and targets; initiatives; risks."""
    read, standing = read_strategy(file), asked.standing()
    strategy = read.strategy
    progress = strategies.progress_of(strategy, standing.on, strategies.record_reader(standing))
    stages, force = strategies.stages_of(strategy, standing), _force(strategy, standing)
    if output is not None:
        _write(output, strategies.strategy_svg(strategy, progress))
    if asked.as_json:
        print_json({**strategies.strategy_to_plain(strategy, progress, stages, force, standing.on), "sha256": read.sha256})
        return
    _show_head(strategy, progress, standing)
    console().print(_tree(strategy, progress))
    _show_measures(progress, standing)
    _show_initiatives(strategy, force)
    _show_risks(strategy, stages)
    flaws = strategies.check_strategy(strategy, strategies.known_of_strategy(strategy, standing))
    if flaws:
        rules = ", ".join(dict.fromkeys(flaw.rule for flaw in flaws))
        console().print(f"the strategy breaks rules ({rules}), on which this may rest: comity strategy check {file}", soft_wrap=True, markup=False)
    if output is not None:
        console().print(f"written: {output}", soft_wrap=True, markup=False)


def _write(path: Path, text: str) -> None:
    if path.suffix.casefold() != ".svg":
        raise BadInput(f"-o {path}: the picture is an SVG; give a name that ends in .svg")
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as wrong:
        raise BadInput(f"{str(path)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def _force(strategy: Strategy, standing: Standing) -> dict[str, Verdict]:
    """Whether each agreement on record that an initiative names is in force."""
    there = set(standing.known_agreements())
    names = dict.fromkeys(name for one in strategy.initiative for name in one.agreements)
    return {name: standing.verdict_in_force(name) for name in names if name in there}


def _show_head(strategy: Strategy, progress: Sequence[MeasureProgress], standing: Standing) -> None:
    out = console()
    out.print(
        f"[bold]{escape(strategy.title)}[/]  {escape(strategy.id)}, version {strategy.version}: {strategy.from_} to {strategy.until}", soft_wrap=True
    )
    adopted = f"adopted on {strategy.adopted}" if strategy.adopted else "not adopted yet"
    out.print(f"{adopted}; whose it is: {escape(strategy.owner)}; looked at on {standing.on}", soft_wrap=True)
    counted = Counter(str(target.progress) for one in progress for target in one.targets)
    out.print(f"targets: {', '.join(f'{counted[name]} {name}' for name in map(str, TargetState) if counted[name]) or 'none'}", soft_wrap=True)


def _tree(strategy: Strategy, progress: Sequence[MeasureProgress]) -> Tree:
    """Interests, the objectives that serve them, their indicators, outcomes and what leads to these; an objective under its first interest alone."""
    found = {one.measure.id: one for one in progress}
    tree, told = Tree("[bold]interests[/]", guide_style="dim"), set[str]()
    groups = [(f"{escape(one.text)} [dim]{escape(one.id)}[/]", one.id) for one in strategy.interest]
    for label, name in [*groups, ("[dim]objectives that serve no interest[/]", None)]:
        aims = [aim for aim in strategy.objective if (name in aim.serves if name is not None else aim.id not in told)]
        if name is None and not aims:
            continue
        branch = tree.add(label)
        for aim in aims:
            due = f", by {aim.due}" if aim.due else ""
            text = f"{escape(aim.statement)} [dim]{escape(aim.id)}: {escape(aim.who or 'nobody')}{due}[/]"
            leaf = branch.add(text if aim.id not in told else f"{escape(aim.statement)} [dim]{escape(aim.id)}: as above[/]")
            if aim.id not in told:
                told.add(aim.id)
                _grow(leaf, strategy, aim.id, aim.indicators, found)
    return tree


def _grow(leaf: Tree, strategy: Strategy, aim: str, indicators: Sequence[str], found: Mapping[str, MeasureProgress]) -> None:
    for line in _lines(indicators, found):
        leaf.add(line)
    for outcome in strategy.outcome:
        if aim in outcome.serves:
            branch = leaf.add(f"outcome: {escape(outcome.text)} [dim]{escape(outcome.id)}[/]")
            for line in _lines(outcome.indicators, found):
                branch.add(line)
            for one in strategy.initiative:
                for output in one.output:
                    if outcome.id in output.leads_to:
                        twig = branch.add(f"output: {escape(output.what)} [dim]{escape(output.id)}, by {escape(one.id)}[/]")
                        for line in _lines(output.indicators, found):
                            twig.add(line)


def _lines(names: Sequence[str], found: Mapping[str, MeasureProgress]) -> Iterator[str]:
    for one in (found[name] for name in names if name in found):
        progress, target = strategies.headline(one)
        colour = COLOURS[progress]
        goal = "" if target is None else f" towards {escape(_goal(one, target))}"
        why = f" [dim]({escape(target.why)})[/]" if target is not None and target.why else ""
        yield f"[{colour}]{strategies.MARKS[progress]} {progress}[/]{goal}: {escape(one.measure.title)} [dim]{escape(one.measure.id)}[/]{why}"


def _goal(one: MeasureProgress, target: TargetProgress) -> str:
    return f"{strategies.amount(target.target.value, one.measure.unit)} by {target.target.by or 'no day'}"


def _show_measures(progress: Sequence[MeasureProgress], standing: Standing) -> None:
    rows = []
    for one in progress:
        base, seen = one.measure.baseline, one.seen
        latest = "not known" if seen.value is None else f"{strategies.written(seen.value)} ({_when(one)})"
        for place, target in enumerate(one.targets or (None,)):
            told = ("", "no target", "") if target is None else (_goal(one, target), str(target.progress), _course(target))
            head = ("", "", "") if place else (one.measure.id, "" if base is None else f"{strategies.written(base.value)} ({base.on})", latest)
            rows.append((*head, *told))
    show_table(("indicator", "baseline", "latest", "target", "progress", "where the path is"), rows)
    show_notes(f"{one.measure.id}: {note}" for one in progress for note in strategies.reading_notes(one, standing.on))


def _when(one: MeasureProgress) -> str:
    return f"{one.seen.last}" if one.seen.first == one.seen.last else f"{one.seen.first} to {one.seen.last}"


def _course(target: TargetProgress) -> str:
    return "" if target.course is None else strategies.written(target.course)


def _show_initiatives(strategy: Strategy, force: Mapping[str, Verdict]) -> None:
    rows = []
    for one in strategy.initiative:
        costs = Counter[str]()
        for given in one.input:
            costs[given.currency] += given.cost or 0
        unknown = sum(given.cost is None for given in one.input)
        cost = [f"{amount:,} {currency}" for currency, amount in costs.items() if currency] + ([f"{unknown} not known"] if unknown else [])
        rests = [f"{name}: in force {force[name]}" if name in force else f"{name}: not on record" for name in one.agreements]
        days = f"{one.from_ or ''} to {one.until or ''}" if one.from_ or one.until else ""
        rows.append((one.id, one.kind, one.lead, days, ", ".join(one.depends_on), "; ".join(cost), "; ".join([*rests, *one.acts])))
    show_table(("initiative", "kind", "lead", "days", "depends on", "inputs", "rests on"), rows)


def _show_risks(strategy: Strategy, stages: Mapping[AtStage, HomeStatus | str]) -> None:
    rows = [
        (one.id, one.kind, f"{one.likelihood}, {one.consequence}", one.text, _stage(one.stage, stages) or f"shown by: {one.shown_by}", one.mitigation)
        for one in strategy.risk
    ]
    if rows:
        show_table(("risk", "kind", "how likely, how bad", "", "", "what is done"), rows)


def _stage(stage: AtStage | None, stages: Mapping[AtStage, HomeStatus | str]) -> str:
    if stage is None:
        return ""
    found = stages[stage]
    says = f"not known: {found}" if isinstance(found, str) else " or ".join(map(str, found.states))
    return f"{stage.agreement} in {stage.state}, at home: {says}"


def add_to(app: typer.Typer) -> None:
    for command in (new, check, show, diff, review):
        group.command(command.__name__)(command)
    app.add_typer(group)
