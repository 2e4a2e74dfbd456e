"""What the rules of the reading ask of the findings: which estimators have a number, which an interval without zero, of which sign.

Source: docs/explanation/how-effects-are-read.md, section 6.
"""

from __future__ import annotations

from comity.effects.answers import CheckName, EffectCheck, EffectFindings, EstimatorRow


def numbers(found: EffectFindings) -> tuple[EstimatorRow, ...]:
    """The estimators that give a number."""
    return tuple(row for row in found.rows if row.value is not None)


def with_dyadic(found: EffectFindings) -> tuple[EstimatorRow, ...]:
    """Those that have a dyadic-robust interval beside it."""
    return tuple(row for row in numbers(found) if (bar := row.bar("dyadic")) is not None and bar.low is not None)


def excluding(found: EffectFindings) -> tuple[EstimatorRow, ...]:
    """Those whose dyadic-robust interval excludes zero."""
    return tuple(row for row in with_dyadic(found) if (bar := row.bar("dyadic")) is not None and bar.excludes_zero)


def signs(found: EffectFindings) -> tuple[tuple[EstimatorRow, ...], tuple[EstimatorRow, ...], tuple[EstimatorRow, ...]]:
    """Those whose number is positive, negative, and neither."""
    of = [(row, row.value) for row in found.rows if row.value is not None]
    positive, negative = tuple(row for row, value in of if value > 0), tuple(row for row, value in of if value < 0)
    return positive, negative, tuple(row for row, value in of if value == 0)


def of_check(found: EffectFindings, name: CheckName) -> EffectCheck | None:
    """The check of this name, if it was made or tried."""
    return next((check for check in found.checks if check.name == name), None)


def of_signs(found: EffectFindings) -> tuple[int, int]:
    """How many specifications are positive, how many negative."""
    values = [cell.value for cell in found.grid.cells if cell.value is not None]
    return sum(1 for value in values if value > 0), sum(1 for value in values if value < 0)
