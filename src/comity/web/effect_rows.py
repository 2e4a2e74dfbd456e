"""An effect as lines of a page and as rows of files: what an estimator refuses has no number, and never nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_bidi

if TYPE_CHECKING:
    from comity.effects import Effect, EffectCheck, EffectFindings, EffectGrid, ErrorBar, EstimatorRow, SpecificationResult

Plain = dict[str, Any]


def figure(value: float) -> str:
    """With three digits that count; -0 is 0; its sign before it also on a page from right to left."""
    said = f"{value + 0.0:.3g}"
    return f"\u2066{said}\u2069" if get_language_bidi() else said


@dataclass(frozen=True, slots=True)
class BarLine:
    """One kind of error in words; ``why``: why there is none."""

    errors: str
    error: str
    low: str
    high: str
    excludes_zero: bool
    why: str


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """What one estimator says, in words; ``notes``: what it left out, and what it adds."""

    one: EstimatorRow
    value: str
    bars: tuple[BarLine, ...]
    rows: str
    pairs: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check: ``verdict`` is fails, does not fail, or not made."""

    one: EffectCheck
    verdict: str
    says: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """A specification with a number, in words."""

    one: SpecificationResult
    value: str
    low: str
    high: str
    rows: str


@dataclass(frozen=True, slots=True)
class GridLines:
    """The grid: what was varied, its cells by scale from the lowest to the highest, and why others have no number, each with how many."""

    declared: int
    estimated: int
    varied: tuple[tuple[str, tuple[str, ...]], ...]
    scales: tuple[tuple[str, tuple[CellLine, ...]], ...]
    refused: tuple[tuple[str, int], ...]


def counts_of(said: EffectFindings) -> dict[str, str]:
    """Rows and pairs in figures."""
    counts = said.counts
    names = ("asked", "rows", "treated", "events", "states", "pairs", "switching", "always", "never", "changing", "treated_pairs")
    return {name: f"{getattr(counts, name):,}" for name in names}


def estimates_of(said: EffectFindings) -> list[EstimateLine]:
    return [
        EstimateLine(
            row, "" if row.value is None else figure(row.value), tuple(_bar(bar) for bar in row.bars), f"{row.rows:,}", f"{row.pairs:,}",
            (*row.left_out, *row.notes),
        )
        for row in said.rows
    ]  # fmt: skip


def _bar(bar: ErrorBar) -> BarLine:
    error, low, high = ("" if value is None else figure(value) for value in (bar.error, bar.low, bar.high))
    return BarLine(bar.errors, error, low, high, bar.excludes_zero, bar.why)


def checks_of(said: EffectFindings) -> list[CheckLine]:
    words = {None: "not made", True: "fails", False: "does not fail"}
    return [CheckLine(one, words[one.fails], one.says or one.why) for one in said.checks]


def in_order(grid: EffectGrid) -> Iterator[tuple[str, list[SpecificationResult]]]:
    """The cells that have a number, each scale by itself, from the lowest to the highest."""
    for scale in dict.fromkeys(cell.scale for cell in grid.estimated):
        yield scale, sorted((cell for cell in grid.estimated if cell.scale == scale), key=lambda cell: cell.value or 0.0)


def grid_of(grid: EffectGrid) -> GridLines:
    refused = [cell.why for cell in grid.cells if cell.value is None]
    return GridLines(
        len(grid.cells),
        len(grid.estimated),
        tuple((what, over) for what, over in grid.varied if len(over) > 1),
        tuple((scale, tuple(_cell(cell) for cell in cells)) for scale, cells in in_order(grid)),
        tuple((why, refused.count(why)) for why in dict.fromkeys(refused)),
    )


def _cell(cell: SpecificationResult) -> CellLine:
    value, low, high = ("" if number is None else figure(number) for number in (cell.value, cell.low, cell.high))
    return CellLine(cell, value, low, high, f"{cell.rows:,}")


def columns_told(said: EffectFindings) -> list[tuple[str, str, str, str, str]]:
    """Each column: its name, the years it covers, in how many rows it is not known, what it is, its source."""
    unknown = {one.column: f"{one.rows:,}" for one in said.counts.unknown}
    return [
        (one.name, f"{one.covers[0]}–{one.covers[1]}" if one.covers else "", unknown.get(one.name, "0"), one.means, one.source)
        for one in said.columns
    ]


# -- rows of files ----------------------------------------------------------------------------------------------------


def estimate_rows(said: EffectFindings) -> list[Plain]:
    """Each estimator with each of its errors; one row where it refuses."""
    return [row for one in said.rows for row in _estimate_rows(one)]


def _estimate_rows(one: EstimatorRow) -> Iterator[Plain]:
    first = {"estimator": one.estimator, "scale": one.scale, "value": one.value}
    last = {"rows": one.rows, "pairs": one.pairs, "estimand": one.estimand, "assumes": one.assumes}
    if one.value is None:
        yield {**first, **dict.fromkeys(("errors", "error", "low", "high", "clusters")), "why_not": one.refusal, **last}
    for bar in one.bars:
        yield {
            **first, "errors": bar.errors, "error": bar.error, "low": bar.low, "high": bar.high, "clusters": bar.clusters, "why_not": bar.why, **last
        }  # fmt: skip


def specification_rows(grid: EffectGrid) -> list[Plain]:
    """Every cell that was declared, estimated or not; ``place``: from the lowest to the highest of its scale."""
    places = {id(cell): place for _scale, cells in in_order(grid) for place, cell in enumerate(cells, 1)}
    return [
        {
            "scale": cell.scale, "place": places.get(id(cell)), "value": cell.value, "low": cell.low, "high": cell.high,
            "estimator": cell.specification.estimator, "lag": cell.specification.layout.lag, "controls": cell.specification.controls,
            "ongoing": cell.specification.layout.ongoing, "relevant": cell.specification.layout.relevant,
            "since": cell.specification.layout.since, "until": cell.specification.layout.until, "rows": cell.rows, "why_not": cell.why,
        }
        for cell in grid.cells
    ]  # fmt: skip


def reading_rows(found: Effect) -> list[Plain]:
    """Each sentence, with its rule and its figures."""
    return [{"rule": one.rule, "says": one.says, "figures": "; ".join(f"{name}={value}" for name, value in one.figures)} for one in found.reading]


def check_rows(said: EffectFindings) -> list[Plain]:
    return [
        {
            "check": one.name, "fails": one.fails, "says": one.says, "why_not": one.why, "errors": one.errors,
            "figures": "; ".join(f"{name}={value}" for name, value in one.figures),
        }
        for one in said.checks
    ]  # fmt: skip


def left_out_rows(said: EffectFindings) -> list[Plain]:
    """Rows left out, each in one reason; then in how many each column is not known, where a row may be in several."""
    return [{"why": one.why, "column": one.column, "rows": one.rows} for one in (*said.counts.left_out, *said.counts.unknown)]


def column_rows(said: EffectFindings) -> list[Plain]:
    return [
        {"column": one.name, "means": one.means, "source": one.source, "since": one.covers and one.covers[0], "until": one.covers and one.covers[1]}
        for one in said.columns
    ]
