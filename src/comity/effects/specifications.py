"""The grid: every reasonable specification of the same question, declared before any is estimated.

Source: docs/explanation/how-effects-are-read.md, section 5; Simonsohn, Simmons and Nelson 2020.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from comity.effects.answers import Specification
from comity.effects.pair_tables import RELEVANT, PairTable
from comity.effects.questions import Breadth, Layout, Ongoing

Varied = tuple[tuple[str, tuple[str, ...]], ...]
SHORT_LAGS, FULL_LAGS = (1, 2), (0, 1, 2, 3)
TIME = "time since the last event"
BOTH: tuple[Ongoing, ...] = ("left out", "kept")


def specifications(table: PairTable, asked: Layout, estimators: Sequence[str], breadth: Breadth) -> tuple[Varied, tuple[Specification, ...]]:
    """What is varied, over which values, and each cell once; those of one layout together.

    ``estimators``: the names of those that the grid has.
    """
    if breadth == "none":
        return (), ()
    full = breadth == "full"
    lags = sorted({*(FULL_LAGS if full else SHORT_LAGS), asked.lag})
    controls = _controls(asked, full)
    ongoing = BOTH if asked.under_way is not None else (asked.ongoing,)
    relevant = (False, True) if full and RELEVANT in table.columns else (asked.relevant,)
    spans = _spans(asked) if full else ((asked.since, asked.until),)
    varied = (
        ("estimator", tuple(estimators)),
        ("lag", tuple(str(lag) for lag in lags)),
        ("controls", tuple(controls)),
        ("rows under way", tuple(ongoing)),
        ("pairs", tuple("relevant" if one else "all" for one in relevant)),
        ("periods", tuple(f"{since} to {until}" for since, until in spans)),
    )
    cells = dict[tuple[str, Layout], Specification]()
    for lag, (name, (held, peace)), rule, only, (since, until) in product(lags, controls.items(), ongoing, relevant, spans):
        layout = replace(asked, lag=lag, controls=held, peace=peace, ongoing=rule, relevant=only, since=since, until=until)
        for estimator in estimators:
            cells.setdefault((estimator, layout), Specification(estimator, layout, name))
    return varied, tuple(cells.values())


def _controls(asked: Layout, full: bool) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Sets of controls by name: which columns, and whether time since the last event; sets that are the same are named once."""
    found: dict[str, tuple[tuple[str, ...], bool]] = {"none": ((), False)}
    if asked.peace:
        found[TIME] = ((), True)
    if asked.controls:
        found["all"] = (asked.controls, asked.peace)
    if full and len(asked.controls) > 1:
        for name in asked.controls:
            found[f"all but {name}"] = (tuple(one for one in asked.controls if one != name), asked.peace)
    return found


def _spans(asked: Layout) -> tuple[tuple[int, int], ...]:
    """The whole, and its two halves; the first has the middle one of an odd number."""
    middle = (asked.since + asked.until) // 2
    whole = (asked.since, asked.until)
    return (whole, (asked.since, middle), (middle + 1, asked.until)) if middle < asked.until else (whole,)
