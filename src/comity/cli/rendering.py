"""Answers for people: a headline, six lines of why, and the tree behind them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.tree import Tree

from comity.terms import Answer, Reason, Verdict

COLOURS = {Verdict.YES: "green", Verdict.NO: "red", Verdict.CONTESTED: "yellow", Verdict.UNKNOWN: "magenta"}
MOST_LEAVES = 8


def console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 120, highlight=False)


def print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def show(answer: Answer, *, brief: bool = False) -> None:
    """Print one answer for people; ``brief``: of what stands behind each reason only what does not hold."""
    out = console()
    colour = COLOURS[answer.verdict]
    parts = [f"[bold {colour}]{answer.verdict.upper()}[/]  {escape(answer.question)}"]
    if answer.mode:
        parts.append(f"[dim]as[/] {answer.mode}")
    if answer.since:
        parts.append(f"[dim]since[/] {answer.since}")
    if answer.until:
        parts.append(f"[dim]until[/] {answer.until}")
    if answer.reach:
        parts.append(f"[dim]record complete to[/] {answer.reach}")
    out.print("  ".join(parts))
    if answer.text:
        out.print(f"  text: {', '.join(answer.text)}")
    for exception in answer.exceptions:
        out.print(f"  except article {escape(exception.article)}: {escape(exception.how)} [dim]({escape(exception.act)})[/]")
    for reading in answer.readings:
        out.print(f"  [yellow]reading[/] {escape(reading.value)} [dim]— {escape(reading.by)}; {escape(reading.source)}[/]")
    if answer.because:
        tree = Tree("[bold]because[/]", guide_style="dim")
        for reason in answer.because:
            _grow(tree, _lacking(reason) if brief else reason)
        out.print(tree)
    for left in answer.provided:
        out.print(f"  [cyan]provided[/] {escape(left.what)}: {escape(left.says)}{_cited(left.article)}")
    for change in answer.would_change[:MOST_LEAVES]:
        when = f" (effect from {change.from_})" if change.from_ else ""
        out.print(f"  [cyan]would change it[/] {change.act} {escape(change.by)} {escape(change.on)}{when}")
    if len(answer.would_change) > MOST_LEAVES:
        out.print(f"  [dim]and {len(answer.would_change) - MOST_LEAVES} more[/]")
    show_notes(answer.notes)
    for finding in answer.findings[:MOST_LEAVES]:
        out.print(f"  [yellow]finding[/] {escape(finding)}")


def show_reasons(title: str, reasons: Sequence[Reason]) -> None:
    """Print reasons under a title; nothing where there are none."""
    if reasons:
        tree = Tree(f"[bold]{title}[/]", guide_style="dim")
        for reason in reasons:
            _grow(tree, reason)
        console().print(tree)


def show_notes(notes: Iterable[str]) -> None:
    """Print what to bear in mind, a line each."""
    for note in notes:
        console().print(f"  [dim]note: {escape(note)}[/]")


def _grow(tree: Tree, reason: Reason) -> None:
    mark = "[green]✓[/]" if reason.holds else "[red]✗[/]"
    source = f" [dim]— {escape(reason.source)}[/]" if reason.source else ""
    branch = tree.add(f"{mark} {escape(reason.says)}{_cited(reason.article)}{source}")
    for inner in reason.because[:MOST_LEAVES]:
        _grow(branch, inner)
    if len(reason.because) > MOST_LEAVES:
        branch.add(f"[dim]and {len(reason.because) - MOST_LEAVES} more (all with --json)[/]")


def _lacking(reason: Reason) -> Reason:
    """The reason, with those behind it that do not hold, and no more of these than their first two steps."""
    behind = tuple(replace(inner, because=tuple(replace(r, because=()) for r in inner.because)) for inner in reason.because if not inner.holds)
    return replace(reason, because=behind)


def _cited(article: str | None) -> str:
    return f" [dim]\\[{escape(article)}][/]" if article else ""


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a plain table; wide cells fold."""
    folding = (Column(name, overflow="fold") for name in columns)
    table = Table(*folding, title=title, box=None, header_style="bold", pad_edge=False, title_justify="left")
    for row in rows:
        table.add_row(*(escape(str(cell)) if cell is not None else "" for cell in row))
    console().print(table)
