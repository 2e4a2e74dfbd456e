"""Commands about the versions of a strategy: what changed from one to the next and why, and what its reviews found, decided and changed.

comity strategy diff examples/strategy-small-state-1.toml examples/strategy-small-state.toml
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from comity import strategies
from comity.cli.asking import Asked, Json, question
from comity.cli.rendering import console, print_json, show_table
from comity.planning import read_strategy
from comity.strategies import Review, ReviewChange, Strategy, StrategyDiff, VersionDifference
from comity.terms import BadInput


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The older version of the strategy.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer version of the same strategy.")],
    as_json: Json = False,
) -> None:
    """What changed from one version to the next, each change with the decision that it answers; and what was decided and not carried out."""
    found = strategies.strategy_diff(read_strategy(old).strategy, read_strategy(new).strategy)
    if as_json:
        print_json(strategies.strategy_diff_to_plain(found))
        return
    _show_diff(found)


def _show_diff(found: StrategyDiff) -> None:
    out = console()
    out.print(f"from version {found.old} to version {found.new}: {len(found.differences)} changes, {_without(found)} of them with no decision")
    if found.oddities:
        show_table(("odd", "where", "what is wrong"), [(one.rule, one.where, one.says) for one in found.oddities])
    if found.differences:
        rows = [(f"{one.part} {one.id}", _done(one), one.old, one.new, _decisions(one)) for one in found.differences]
        show_table(("what", "", "from", "to", "decision"), rows)
    if found.missing:
        rows_missing = [(review.id, change.decision, _change(change)) for review, change in found.missing]
        show_table(("review", "decision", "decided, and not carried out"), rows_missing)


def _without(found: StrategyDiff) -> int:
    return sum(not one.answers for one in found.differences)


def _done(one: VersionDifference) -> str:
    return one.field if one.done == "altered" else one.done


def _decisions(one: VersionDifference) -> str:
    return "; ".join(f"{answer.review} {answer.decision.id}: {answer.decision.text}" for answer in one.answers) or "no decision"


def _change(one: ReviewChange) -> str:
    return f"{one.part} {one.id}: {one.done}{f' in {one.field}' if one.field else ''}"


@question(without=("strict",))
def review(
    asked: Asked,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The strategy: docs/reference/strategy-format.md.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Print the beginning of a review on the day, with what might be found, to be put into the file.")
    ] = False,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="With --draft: write it here.")] = None,
) -> None:
    """The reviews of a strategy: findings, the decisions on each, what each changes; what is open; what a review on the day might find."""
    if output is not None and not draft:
        raise BadInput("-o writes the draft of a review; give --draft with it")
    strategy, standing = read_strategy(file).strategy, asked.standing()
    progress = strategies.progress_of(strategy, standing.on, strategies.record_reader(standing))
    proposed = strategies.proposed_findings(strategy, progress)
    if asked.as_json:
        reviews = [strategies.review_to_plain(one) for one in strategy.review]
        proposals = [strategies.review_finding_to_plain(one) for one in proposed]
        print_json({"id": strategy.id, "version": strategy.version, "on": standing.on.isoformat(), "reviews": reviews, "proposed": proposals})
        return
    if draft:
        _draft(strategies.review_text(strategy, proposed, standing.on), output)
        return
    _show_reviews(strategy)
    if proposed:
        rows = [(one.id, one.text, "; ".join(one.evidence)) for one in proposed]
        show_table((f"might be found on {standing.on}", "", "evidence"), rows)


def _draft(text: str, output: Path | None) -> None:
    if output is None:
        print(text, end="")
        return
    try:
        with output.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        raise BadInput(f"{str(output)!r} is there already, and is not written over; choose another name") from None
    except OSError as wrong:
        raise BadInput(f"{str(output)!r} cannot be written ({wrong.strerror}); choose another place") from None
    console().print(f"written: {output}; put it into the strategy's file", soft_wrap=True, markup=False)


def _show_reviews(strategy: Strategy) -> None:
    out = console()
    if not strategy.review:
        out.print(f"no review of {escape(strategy.id)} stands in the file; begin one with: --draft", soft_wrap=True)
    for one in strategy.review:
        tree = Tree(f"[bold]{escape(one.id)}[/] of version {one.of}, on {one.on}", guide_style="dim")
        for finding in one.finding:
            branch = tree.add(f"found: {escape(finding.text)} [dim]{escape('; '.join(finding.evidence))}[/]")
            decided = [decision for decision in one.decision if finding.id in decision.findings]
            for decision in decided:
                day = f" on {decision.on}" if decision.on else ""
                leaf = branch.add(f"decided{day} by {escape(decision.by)}: {escape(decision.text)} [dim]{escape(decision.id)}[/]")
                for line in _changed(one, decision.id, decision.unchanged):
                    leaf.add(escape(line))
            if not decided:
                branch.add("[yellow]open: no decision yet[/]")
        out.print(tree)


def _changed(one: Review, decision: str, unchanged: str) -> Iterator[str]:
    yield from (f"changes {_change(change)}" for change in one.change if change.decision == decision)
    if unchanged:
        yield f"nothing is changed: {unchanged}"
