"""Which rows of a table answer the question, and what became of the others: the timing rule, what is left out and why, who is treated.

Source: docs/explanation/how-effects-are-read.md, sections 2 and 3.
"""

from __future__ import annotations

import numpy as np

from comity.effects.answers import EffectCounts, LeftOut
from comity.effects.pair_tables import RELEVANT, PairTable
from comity.effects.questions import Layout
from comity.estimation import Flags, Floats, Sample, Whole

PEACE = ("peace", "peace squared", "peace cubed")
"""The terms of time since the last event, in tens of periods. Source: Carter and Signorino 2010."""


def lay_out(table: PairTable, layout: Layout) -> tuple[Sample, EffectCounts]:
    """The sample of whole rows, treatment first among the terms, and what was counted."""
    begins = _begins(table)
    treated = _lagged(table, begins, table.columns[layout.treatment], layout.lag)
    outcome = table.columns[layout.outcome]
    terms = {layout.treatment: treated, **{name: table.columns[name] for name in layout.controls}}
    if layout.peace:
        event = table.columns[layout.under_way] if layout.under_way is not None else outcome
        since = peace(table, event) / 10
        terms |= dict(zip(PEACE, (since, since**2, since**3), strict=True))
    left = (table.period >= layout.since) & (table.period <= layout.until)
    asked, reasons = int(left.sum()), list[LeftOut]()
    for why, out in _cuts(table, layout, outcome):
        reasons.append(LeftOut(why, int((left & out).sum())))
        left &= ~out
    lacking = {layout.outcome: np.isnan(outcome), **{_told(name): np.isnan(of) for name, of in terms.items()}}
    unknown = tuple(LeftOut("not known", int((left & of).sum()), name) for name, of in lacking.items())
    out = np.logical_or.reduce(list(lacking.values()))
    reasons.append(LeftOut("something in them is not known", int((left & out).sum())))
    whole = left & ~out
    sample = _sample(table, whole, outcome, terms, begins)
    return sample, _counted(sample, asked, tuple(r for r in reasons if r.rows), tuple(u for u in unknown if u.rows))


def peace(table: PairTable, event: Floats) -> Floats:
    """Periods since the row after the pair's last event; before the first, since its first row. Unknown after an event that is not known, until the
    next one that is.
    """
    begins, rows = _begins(table), np.arange(len(table))
    before = np.concatenate([[0.0], event[:-1]])
    happened, doubt = ~begins & (before != 0) & ~np.isnan(before), ~begins & np.isnan(before)
    start = np.maximum.accumulate(np.where(begins | happened, rows, 0))
    origin = np.where(begins[start], table.period[start], table.period[start - 1] + 1)
    doubts = np.cumsum(doubt)
    return np.where(doubts == doubts[start], (table.period - origin).astype(np.float64), np.nan)


def _begins(table: PairTable) -> Flags:
    """Is a row its pair's first?"""
    begins = np.ones(len(table), bool)
    begins[1:] = (np.diff(table.first) != 0) | (np.diff(table.second) != 0)
    return begins


def _lagged(table: PairTable, begins: Flags, of: Floats, lag: int) -> Floats:
    """What stood in the row of the same pair so many periods before; not known where there is no such row."""
    pair = np.cumsum(begins)
    span = int(np.ptp(table.period)) + lag + 1
    keys = pair * span + table.period
    at = np.searchsorted(keys, keys - lag)
    return np.where(keys[at] == keys - lag, of[at], np.nan)


def _cuts(table: PairTable, layout: Layout, outcome: Floats) -> list[tuple[str, Flags]]:
    """What is left out one after the other before it is asked what is known."""
    found = list[tuple[str, Flags]]()
    if layout.relevant:
        relevant = table.columns[RELEVANT]
        found += [("the pair is not relevant", relevant == 0), ("not known whether the pair is relevant", np.isnan(relevant))]
    if layout.under_way is not None and layout.ongoing == "left out":
        ongoing = table.columns[layout.under_way]
        found += [
            ("the outcome was under way and did not begin", (ongoing != 0) & ~np.isnan(ongoing) & (outcome == 0)),
            ("not known whether the outcome was under way", np.isnan(ongoing)),
        ]
    return found


def _told(name: str) -> str:
    return "time since the last event" if name in PEACE else name


def _sample(table: PairTable, whole: Flags, outcome: Floats, terms: dict[str, Floats], begins: Flags) -> Sample:
    _, pair = np.unique(np.cumsum(begins)[whole], return_inverse=True)
    design = np.column_stack([of[whole] for of in terms.values()])
    return Sample(outcome[whole], design, tuple(terms), pair.astype(np.int64), table.first[whole], table.second[whole], table.period[whole])


def _counted(sample: Sample, asked: int, reasons: tuple[LeftOut, ...], unknown: tuple[LeftOut, ...]) -> EffectCounts:
    pairs = int(sample.pair.max()) + 1 if len(sample) else 0
    rows, treated = _of_pairs(sample.pair, np.ones(len(sample)), pairs), _of_pairs(sample.pair, sample.design[:, 0], pairs)
    return EffectCounts(
        asked=asked,
        left_out=reasons,
        unknown=unknown,
        rows=len(sample),
        treated=int(treated.sum()),
        events=int((sample.outcome != 0).sum()),
        pairs=pairs,
        states=len(np.unique(np.concatenate([sample.first, sample.second]))),
        always=int((treated == rows).sum()),
        never=int((treated == 0).sum()),
        switching=int(((treated > 0) & (treated < rows)).sum()),
        changing=_changing(sample, pairs),
        first_period=int(sample.period.min()) if len(sample) else None,
        last_period=int(sample.period.max()) if len(sample) else None,
    )


def _of_pairs(pair: Whole, values: Floats, pairs: int) -> Floats:
    found: Floats = np.bincount(pair, values, pairs).astype(np.float64)
    return found


def _changing(sample: Sample, pairs: int) -> int:
    """Pairs whose highest outcome is above their lowest."""
    lowest, highest = np.full(pairs, np.inf), np.full(pairs, -np.inf)
    np.minimum.at(lowest, sample.pair, sample.outcome)
    np.maximum.at(highest, sample.pair, sample.outcome)
    return int((highest > lowest).sum())
