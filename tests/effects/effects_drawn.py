"""Small tables and findings, drawn; and whether the room says of them what the slow reading says."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Mapping, Sequence
from itertools import combinations, groupby
from typing import Any

import numpy as np

from comity.effects import (
    BREADTHS,
    ColumnTold,
    EffectCheck,
    EffectCounts,
    EffectFindings,
    EffectGrid,
    EffectRules,
    ErrorBar,
    EstimatorRow,
    Layout,
    LeftOut,
    PairTable,
    Specification,
    SpecificationResult,
    lay_out,
    reading,
)
from comity.effects.answers import CHECKS, Scale
from comity.effects.specifications import specifications
from comity.estimation import ERRORS
from oracles import effects, effects_reading
from oracles.effects import PlainRow

TABLES, FINDINGS, GRIDS = 220, 1800, 120
NAMES = ("t", "y", "x", "z", "u", "relevant")
SCALES: tuple[Scale, ...] = ("log odds", "probability")


def plain_rows(seed: int) -> list[PlainRow]:
    """Pairs of few states over a few periods, some missing; what is not known is None."""
    rng = random.Random(seed)
    lost, found = rng.choice((0.0, 0.1, 0.3)), list[PlainRow]()
    for first, second in combinations(rng.sample(range(2, 12), rng.choice((2, 3, 4))), 2):
        for period in range(100, 108):
            if rng.random() < 0.2:
                continue
            drawn = {name: float(rng.random() < 0.4) for name in NAMES} | {"x": rng.choice((-1.5, 0.0, 2.0)), "z": rng.choice((0.0, 3.0))}
            if rng.random() < 0.3:
                drawn["y"] = rng.choice((0.0, 2.0, -1.0))
            known = {name: None if rng.random() < lost else value for name, value in drawn.items()}
            found.append(PlainRow(first, second, period, known))
    return found or plain_rows(seed + 100_000)


def layout(seed: int) -> Layout:
    rng = random.Random(seed)
    since = rng.choice((98, 100, 101, 103, 104))
    return Layout(
        "t", "y", since, rng.choice((104, 105, 107, 109)), rng.choice(((), ("x",), ("x", "z"))), rng.choice((0, 1, 1, 2, 3)), rng.random() < 0.5,
        rng.choice((None, "u")), rng.choice(("left out", "kept")), rng.random() < 0.4,
    )  # fmt: skip


@functools.cache
def _laid(seed: int) -> effects.Laid:
    return effects.laid(plain_rows(seed), layout(seed))


def as_table(rows: list[PlainRow], names: Sequence[str] = NAMES) -> PairTable:
    """As the room has it; made without a frame, since mutants are tried in processes that are forked."""
    held = sorted(rows, key=lambda row: (row.first, row.second, row.period))
    first, second, period = (np.array(of, dtype=np.int64) for of in zip(*((row.first, row.second, row.period) for row in held), strict=True))
    known = {name: [row.values[name] for row in held] for name in names}
    return PairTable(first, second, period, {name: np.array([np.nan if v is None else v for v in of]) for name, of in known.items()})


def rows_agree(tables: int = TABLES) -> bool:
    """Whole rows with their terms, what is counted, and what became of the others."""
    return all(_one_table_agrees(seed) for seed in range(tables))


def _one_table_agrees(seed: int) -> bool:
    want = _laid(seed)
    sample, counts = lay_out(as_table(plain_rows(seed)), layout(seed))
    keys = list(zip(sample.first.tolist(), sample.second.tolist(), sample.period.tolist(), strict=True))
    if keys != [row[:3] for row in want.whole] or sample.outcome.tolist() != [row[3] for row in want.whole]:
        return False
    if not np.allclose(sample.design, np.array([row[4] for row in want.whole]).reshape(sample.design.shape)):
        return False
    pairs = {pair: number for number, pair in enumerate(dict.fromkeys(key[:2] for key in keys))}
    if sample.pair.tolist() != [pairs[key[:2]] for key in keys]:
        return False
    return as_counted(counts) == (want.counts, want.reasons, want.unknown) and counts.treated_pairs == counts.pairs - counts.never


def as_counted(counts: EffectCounts) -> tuple[dict[str, int], dict[str, int], Mapping[str | None, int]]:
    names = ("asked", "rows", "treated", "events", "pairs", "states", "always", "never", "switching", "changing")
    of = {name: int(getattr(counts, name)) for name in names}
    ends = {name: -1 if one is None else one for name, one in (("first_period", counts.first_period), ("last_period", counts.last_period))}
    return {**of, **ends}, {one.why: one.rows for one in counts.left_out}, {one.column: one.rows for one in counts.unknown}


@functools.cache
def _cells(seed: int) -> list[Layout]:
    asked, has, breadth = _grid(seed)
    return effects.cells(asked, has, breadth)


def _grid(seed: int) -> tuple[Layout, bool, Any]:
    rng = random.Random(seed)
    return layout(seed), rng.random() < 0.5, rng.choice(BREADTHS)


def grids_agree(grids: int = GRIDS) -> bool:
    """The cells that are declared, each once, for each estimator."""
    for seed in range(grids):
        asked, has, breadth = _grid(seed)
        varied, cells = specifications(as_table(plain_rows(0), NAMES if has else NAMES[:-1]), asked, ("one", "two"), breadth)
        want = {(name, one) for one in _cells(seed) for name in ("one", "two")}
        if {(cell.estimator, cell.layout) for cell in cells} != want or len(cells) != len(want):
            return False
        if not _is_varied(dict(varied), cells) or len(list(groupby(cell.layout for cell in cells))) * 2 != len(cells):
            return False
    return True


def _is_varied(varied: Mapping[str, tuple[str, ...]], cells: tuple[Specification, ...]) -> bool:
    """What is said to be varied is just what is, and the name of a set of controls says what is in it."""
    if not cells:
        return not varied
    told = {
        "estimator": {cell.estimator for cell in cells},
        "lag": {str(cell.layout.lag) for cell in cells},
        "rows under way": {str(cell.layout.ongoing) for cell in cells},
        "pairs": {"relevant" if cell.layout.relevant else "all" for cell in cells},
        "periods": {f"{cell.layout.since} to {cell.layout.until}" for cell in cells},
        "controls": {cell.controls for cell in cells},
    }
    (_, every) = max((len(cell.layout.controls), cell.layout.controls) for cell in cells)
    sets = {cell.controls: (cell.layout.controls, cell.layout.peace) for cell in cells}
    named = {"none": ((), False), "time since the last event": ((), True)}
    fits = all(
        held == named[name] if name in named else held[0] == every if name == "all" else name == f"all but {({*every} - {*held[0]}).pop()}"
        for name, held in sets.items()
    )
    return fits and {name: set(over) for name, over in varied.items()} == told and all(len(set(over)) == len(over) for over in varied.values())


def findings(seed: int) -> EffectFindings:
    """EffectFindings of which many lie just on one side of a convention, or on it."""
    rng = random.Random(seed)
    calm = rng.random() < 0.35
    rows = tuple(_row(rng, f"estimator {number}", calm) for number in range(rng.choice((1, 2, 3, 4))))
    asked = Layout("t", "y", 100, 109, rng.choice(((), ("x",), ("x", "z"))), rng.choice((0, 1, 1)), rng.random() < 0.5)
    rules = EffectRules(
        rng.choice((0, 3)), rng.choice((0.0, 0.5)), rng.choice((0, 4)), rng.choice((0, 2)), rng.choice((1.0, 2.0)), 0.05,
        rng.choice((0.0, 0.5)), rng.choice((0.5, 0.75)), rng.choice((0.25, 0.5)),
    )  # fmt: skip
    covers = (None, (100, 109), (99, 110), (101, 109), (100, 108), (90, 95))
    columns = tuple(ColumnTold(name, covers=rng.choice(covers)) for name in ("t", "y")[: rng.choice((1, 2))])
    return EffectFindings(asked, _counts(rng), columns, rows, _checks(rng, calm), _drawn_grid(rng, asked, calm), rules)


def _row(rng: random.Random, name: str, calm: bool) -> EstimatorRow:
    scale = rng.choice(SCALES)
    if rng.random() < (0.05 if calm else 0.3):
        return EstimatorRow(name, "", "", scale, None, refusal="refused")
    value = rng.choice((1.0, 2.0, 4.0)) if calm else rng.choice((-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0))
    bars = tuple(_bar(rng, errors, value, calm) for errors in ERRORS)
    return EstimatorRow(name, "", "", scale, value, bars, rng.choice((5, 6, 7)), rng.choice((2, 3)))


def _bar(rng: random.Random, errors: Any, value: float, calm: bool) -> ErrorBar:
    if rng.random() < (0.02 if calm else 0.2):
        return ErrorBar(errors, None, None, None, 3, "why")
    wide = rng.choice((0.25, 0.5)) if calm else rng.choice((0.25, 0.5, 1.0, 3.0))
    return ErrorBar(errors, wide / 2, value - wide, value + wide, 3)


def _counts(rng: random.Random) -> EffectCounts:
    reasons = ("the pair is not relevant", "not known whether the pair is relevant", "not known whether the outcome was under way")
    left = tuple(LeftOut(why, rng.choice((1, 2, 3))) for why in (*reasons, "something in them is not known") if rng.random() < 0.4)
    switching, pairs, states, events = rng.choice((0, 1, 2, 4, 6, 8)), rng.choice((4, 6, 8)), rng.choice((3, 4, 5)), rng.choice((0, 1, 2, 3, 4))
    return EffectCounts(20, left, (), rng.choice((0, 1, 2, 3, 6)), 2, events, pairs, states, 1, 1, switching, 1, 100, 109)


def _checks(rng: random.Random, calm: bool) -> tuple[EffectCheck, ...]:
    found = list[EffectCheck]()
    for name in CHECKS:
        if rng.random() < (0.05 if calm else 0.2):
            continue
        fails = rng.choice((False, False, False, None) if calm else (True, False, None))
        figures = (("p", rng.choice((0.0001, 0.02, 0.5))),) if fails is not None and rng.random() < 0.7 else ()
        found.append(EffectCheck(name, "It says so.", fails, figures, rng.choice(("", "why")), rng.choice((None, *ERRORS))))
    return tuple(found)


def _drawn_grid(rng: random.Random, asked: Layout, calm: bool) -> EffectGrid:
    cells = list[SpecificationResult]()
    for _ in range(rng.choice((0, 1, 2, 4, 4, 8))):
        one = Specification("one", asked, "none")
        if rng.random() < 0.15:
            cells.append(SpecificationResult(one, "log odds", None, why="why"))
            continue
        value = rng.choice((1.0, 1.0, 1.0, -1.0)) if calm else rng.choice((-1.0, 0.0, 1.0))
        wide = rng.choice((0.5, 0.5, 1.0, 3.0, math.nan))
        ends = (None, None) if math.isnan(wide) else (value - wide, value + wide)
        cells.append(SpecificationResult(one, "log odds", value, *ends))
    return EffectGrid((), tuple(cells))


@functools.cache
def _told(seed: int) -> list[effects_reading.Told]:
    return effects_reading.sentences(findings(seed))


@functools.cache
def _found(seed: int) -> EffectFindings:
    return findings(seed)


def readings_agree(many: int = FINDINGS) -> bool:
    """Which sentences there are, in which order, and the figures of each."""
    return all([(one.rule, dict(one.figures)) for one in reading(_found(seed))] == _told(seed) for seed in range(many))
