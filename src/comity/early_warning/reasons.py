"""What a forecast rests on: how far each group of features moves it from that of the middle pair, and what it would be without the group.

Nothing here is a cause: it tells how the model came to its number.

Source: docs/explanation/how-warnings-are-made.md, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from comity.early_warning.features import features_of, names_of
from comity.early_warning.histories import Floats
from comity.early_warning.steps import WarningStep


@dataclass(frozen=True)
class Moves:
    """In log odds. ``reference``: the forecast of the middle pair.   ``steps``: (rows, groups), which add up to forecast less reference.

    ``without``: (rows, groups), the forecast if that group alone were as in the middle pair.
    """

    reference: float
    steps: Floats
    without: Floats


def middle(past: Floats) -> Floats:
    """Of each feature the median over past rows, unknown where it was never known."""
    return np.array([np.median(column[~np.isnan(column)]) if not np.isnan(column).all() else np.nan for column in past.T])


def moves(forecast: Callable[[Floats], Floats], rows: Floats, reference: Floats, step: WarningStep) -> Moves:
    """Groups are turned from the middle pair's to the row's own one after the other, in the order of the list and against it; the mean of both."""
    place = {name: number for number, name in enumerate(names_of(step))}
    columns = [[place[name] for name in names] for names in features_of(step).values()]
    numbers = list(range(len(columns)))
    start, end = float(forecast(reference[None, :])[0]), forecast(rows)
    steps = (_walk(forecast, rows, reference, columns, numbers) + _walk(forecast, rows, reference, columns, numbers[::-1])) / 2
    without = list[Floats]()
    for group in columns:
        changed = rows.copy()
        changed[:, group] = reference[group]
        without.append(forecast(changed))
    assert np.allclose(start + steps.sum(axis=1), end), "the steps do not add up"
    return Moves(start, steps, np.column_stack(without))


def _walk(forecast: Callable[[Floats], Floats], rows: Floats, reference: Floats, columns: list[list[int]], order: Iterable[int]) -> Floats:
    at = np.tile(reference, (len(rows), 1))
    before = forecast(at)
    found = np.zeros((len(rows), len(columns)))
    for number in order:
        at[:, columns[number]] = rows[:, columns[number]]
        now = forecast(at)
        found[:, number], before = now - before, now
    return found
