"""An effect as strings, numbers, lists and objects, as docs/schemas/effect.json has them.

Source: docs/explanation/how-effects-are-read.md.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from comity.effects.answers import ColumnTold, Effect, EffectCheck, EffectCounts, EffectSentence, EstimatorRow, LeftOut, SpecificationResult
from comity.effects.questions import Layout


def effect_to_plain(found: Effect) -> dict[str, Any]:
    """The whole answer."""
    said = found.findings
    return {
        "question": layout_to_plain(said.layout),
        "timing": found.timing,
        "counts": _counts(said.counts),
        "columns": [_column(one) for one in said.columns],
        "estimators": [_row(row) for row in said.rows],
        "checks": [_check(check) for check in said.checks],
        "grid": {
            "varied": [{"what": what, "over": list(over)} for what, over in said.grid.varied],
            "cells": [_cell(cell) for cell in said.grid.cells],
        },
        "reading": [_sentence(one) for one in found.reading],
        "conventions": asdict(said.rules),
        "notes": list(found.notes),
    }


def layout_to_plain(layout: Layout) -> dict[str, Any]:
    """The question itself: which rows, and what stands in them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(layout).items()}


def _column(one: ColumnTold) -> dict[str, Any]:
    since, until = one.covers if one.covers is not None else (None, None)
    return {"name": one.name, "means": one.means, "source": one.source, "since": since, "until": until}


def _counts(counts: EffectCounts) -> dict[str, Any]:
    plain = asdict(counts)
    return plain | {"left_out": [_left(one) for one in counts.left_out], "unknown": [_left(one) for one in counts.unknown]}


def _left(one: LeftOut) -> dict[str, Any]:
    return {"why": one.why, "rows": one.rows, "column": one.column}


def _row(row: EstimatorRow) -> dict[str, Any]:
    plain = asdict(row)
    return plain | {"bars": [asdict(bar) for bar in row.bars], "left_out": list(row.left_out), "notes": list(row.notes)}


def _check(check: EffectCheck) -> dict[str, Any]:
    return {"name": check.name, "says": check.says, "fails": check.fails, "why": check.why, "errors": check.errors, "figures": dict(check.figures)}


def _cell(cell: SpecificationResult) -> dict[str, Any]:
    asked = cell.specification
    layout = asked.layout
    return {
        "estimator": asked.estimator,
        "lag": layout.lag,
        "controls": asked.controls,
        "ongoing": layout.ongoing,
        "relevant": layout.relevant,
        "since": layout.since,
        "until": layout.until,
        "scale": cell.scale,
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "rows": cell.rows,
        "why": cell.why,
    }


def _sentence(one: EffectSentence) -> dict[str, Any]:
    return {"rule": one.rule, "says": one.says, "figures": dict(one.figures)}
