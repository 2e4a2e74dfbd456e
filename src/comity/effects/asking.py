"""The front door: one question of one table, answered by every estimator, with checks, grid and reading.

Source: docs/explanation/how-effects-are-read.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from comity.effects.answers import ColumnTold, Effect, EffectCounts, EffectFindings, EffectGrid, Specification, SpecificationResult
from comity.effects.checks import checks
from comity.effects.estimating import ESTIMATORS, Estimator, estimator_row
from comity.effects.laying_out import lay_out
from comity.effects.making_tables import TableMade
from comity.effects.pair_tables import RELEVANT, PairTable
from comity.effects.questions import Breadth, EffectRules, Layout, Ongoing
from comity.effects.reading import reading
from comity.effects.specifications import specifications
from comity.estimation import Sample
from comity.terms import BadInput

Progress = Callable[[str, int], None]
"""Told what is done next, and of how many such steps."""


def effect(
    table: PairTable,
    layout: Layout,
    breadth: Breadth = "short",
    rules: EffectRules | None = None,
    progress: Progress = lambda _what, _of: None,
) -> Effect:
    """What does the treatment do to the outcome, by every estimator, and what may be said of it?

    BadInput, in one line, for what cannot be asked of this table: a column that is not there, no whole row, a treatment that is empty, in all
    rows or not yes or no, an outcome that is the same everywhere, one pair.
    """
    rules = rules or EffectRules()
    beside = () if layout.under_way is None else (layout.under_way,)
    _has_columns(table, (layout.treatment, layout.outcome, *layout.controls, *beside), layout.relevant)
    sample, counts = lay_out(table, layout)
    why = why_not(sample, counts, layout, table)
    if why:
        raise BadInput(why)
    chosen, (varied, cells) = ESTIMATORS, _declared(table, layout, breadth)
    steps, rows = len(chosen) + 1 + len(cells), []
    for estimator in chosen:
        progress(estimator.name, steps)
        rows.append(estimator_row(estimator, sample))
    progress("checks", steps)
    made = checks(sample, rules)
    grid = EffectGrid(varied, _estimated(table, cells, progress, steps))
    findings = EffectFindings(layout, counts, _told(table, layout), tuple(rows), made, grid, rules)
    return Effect(findings, timing(layout), reading(findings), table.notes)


def layout_of(made: TableMade, lag: int = 1, peace: bool | None = None, ongoing: Ongoing = "left out", relevant: bool = False) -> Layout:
    """The question of a table that was made for it. ``peace``: whether time since the last event is a control; None: if the outcome is yes or no."""
    _has_columns(made.table, (made.treatment, made.outcome, *made.controls), relevant)
    outcome = made.table.columns[made.outcome]
    with_peace = bool(np.isin(outcome[~np.isnan(outcome)], (0.0, 1.0)).all()) if peace is None else peace
    return Layout(
        made.treatment, made.outcome, made.since, made.until, made.controls, lag, with_peace, made.under_way, ongoing, relevant
    )  # fmt: skip


def _declared(table: PairTable, layout: Layout, breadth: Breadth) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[Specification, ...]]:
    return specifications(table, layout, [one.name for one in ESTIMATORS if one.cheap or breadth == "full"], breadth)


def _estimated(table: PairTable, cells: tuple[Specification, ...], progress: Progress, steps: int) -> tuple[SpecificationResult, ...]:
    """Every cell; rows are laid out once for those of one layout."""
    by_name, found = {one.name: one for one in ESTIMATORS}, list[SpecificationResult]()
    for layout, of_layout in groupby(cells, key=lambda cell: cell.layout):
        sample, counts = lay_out(table, layout)
        why = why_not(sample, counts, layout, table)
        for cell in of_layout:
            progress("grid", steps)
            found.append(_cell(cell, by_name[cell.estimator], sample, why))
    return tuple(found)


def _cell(cell: Specification, estimator: Estimator, sample: Sample, why: str) -> SpecificationResult:
    if why:
        return SpecificationResult(cell, estimator.scale, None, why=why)
    row = estimator_row(estimator, sample)
    bar = row.bar("dyadic")
    if bar is None:
        return SpecificationResult(cell, row.scale, None, why=row.refusal)
    return SpecificationResult(cell, row.scale, row.value, bar.low, bar.high, row.rows, bar.why)


def timing(layout: Layout) -> str:
    """When a treatment counts, in words."""
    if layout.lag == 0:
        return f"{layout.treatment} counts in the period of the outcome itself: which came first is not known"
    periods = "1 period" if layout.lag == 1 else f"{layout.lag} periods"
    return f"{layout.treatment} counts as it stood {periods} before the outcome; a pair without a row then is left out as not known"


def why_not(sample: Sample, counts: EffectCounts, layout: Layout, table: PairTable) -> str:
    """Why these rows answer no question, in one line; nothing if they may."""
    of, on = layout.treatment, layout.outcome
    values = table.columns[of]
    other = values[~np.isnan(values) & (values != 0) & (values != 1)]
    if len(other):
        return f"{of} is not yes or no: it has {other[0]:g} in it; write {of}>=N to say from which number on a pair is treated"
    if not counts.rows:
        return _no_row(counts, layout, table)
    if counts.pairs == 1:
        return f"one pair alone is in these rows ({sample.first[0]}-{sample.second[0]}): there is none to compare it with; take more pairs"
    if not counts.treated:
        return f"{of} is 0 in all {counts.rows:,} whole rows: nobody is treated; look at its name, its years and --lag"
    if counts.treated == counts.rows:
        return f"{of} is 1 in all {counts.rows:,} whole rows: there is nothing to compare with; take more pairs or years"
    if np.ptp(sample.outcome) == 0:
        return f"{on} is {sample.outcome[0]:g} in all {counts.rows:,} whole rows: it never changes; take more pairs or years"
    return ""


def _no_row(counts: EffectCounts, layout: Layout, table: PairTable) -> str:
    if not counts.asked:
        first, last = int(table.period.min()), int(table.period.max())
        return f"no row is from {layout.since} to {layout.until}: the table has {first} to {last}; change --since and --until"
    covers = {one.name: f", known {one.covers[0]} to {one.covers[1]}" for one in table.told if one.covers is not None}
    lacking = [f"{one.column} in {one.rows:,}{covers.get(one.column or '', '')}" for one in counts.unknown]
    under_way = f" ({layout.under_way}{covers.get(layout.under_way or '', '')})"
    others = [
        f"{one.rows:,} since {one.why}{under_way if 'under way' in one.why else ''}"
        for one in counts.left_out
        if one.why != "something in them is not known"
    ]
    told = "; ".join([*others, *([f"not known: {', '.join(lacking)}"] if lacking else [])])
    return f"no row is whole, of {counts.asked:,} asked about: {told}; leave a column out, or take years that all of them cover"


def _has_columns(table: PairTable, names: Sequence[str], relevant: bool) -> None:
    for name in names:
        if name not in table.columns:
            raise BadInput(f"there is no column {name!r} in this table; it has {', '.join(sorted(table.columns))}")
    if relevant and RELEVANT not in table.columns:
        raise BadInput(f"which pairs are relevant is not in this table: give it a column {RELEVANT!r}, or leave --relevant out")


def _told(table: PairTable, layout: Layout) -> tuple[ColumnTold, ...]:
    used = {layout.treatment, layout.outcome, *layout.controls, layout.under_way, RELEVANT if layout.relevant else None}
    return tuple(one for one in table.told if one.name in used)
