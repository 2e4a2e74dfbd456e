"""The linear model of a probability, with effects of pairs and of periods taken out exactly.

Source: docs/explanation/how-effects-are-estimated.md, section 5.1.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from comity.estimation.absorbing import FLAT, Ways, seen_more_than_once, ways
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.samples import Flags, Floats, Sample
from comity.estimation.variances import covariances

Way = Literal["pair", "period"]
ONE_LEVEL = "one {way} alone is in the sample, and its effect is all that there is: two or more are needed"


def linear(sample: Sample, absorb: tuple[Way, ...] = ("pair", "period")) -> Estimate | Refusal:
    """By how much does the probability of the outcome differ with each term, between rows of the same pair and the same period?

    ``absorb``: the effects that are taken out; with none, a constant is. Coefficients: (terms,), in probability.
    Naive errors let each row have a variance of its own (White 1980), times rows / (rows - terms - effects). By pair: pairs / (pairs - 1) times
    (rows - 1) / (rows - terms - effects), where effects of pairs are not counted, since no pair's rows lie in two clusters.
    """
    name = _name(absorb)
    for way in absorb:
        if len(np.unique(getattr(sample, way))) < 2:
            return Refusal(name, ONE_LEVEL.format(way=way))
    kept = seen_more_than_once(tuple(np.unique(getattr(sample, way), return_inverse=True)[1] for way in absorb) or (np.zeros(len(sample), np.int64),))
    if not kept.any():
        return Refusal(name, f"every {absorb[0]} is in the sample once: nothing is left beyond its effect")
    rows = rows_of(sample, kept)
    taken_out = ways(*(getattr(rows, way) if way in absorb else None for way in ("pair", "period"))) if absorb else Ways(rows.pair * 0, None)
    left = taken_out.residuals(np.column_stack((rows.outcome, rows.design)))
    outcome, design = left[:, 0], left[:, 1:]
    why = _says_nothing(design, rows)
    if why:
        return Refusal(name, why)
    spent = design.shape[1] + taken_out.absorbed
    if len(rows) <= spent:
        return Refusal(name, f"{len(rows):,} rows for {spent:,} effects and terms: nothing is left to tell errors by")
    bread = np.linalg.inv(design.T @ design)
    coefficients = bread @ (design.T @ outcome)
    scores = design * (outcome - design @ coefficients)[:, None]
    naive = bread @ (scores.T @ scores) @ bread * (len(rows) / (len(rows) - spent))
    counted = spent - (len(np.unique(rows.pair)) - 1 if "pair" in absorb else 0)
    out = len(sample) - len(rows)
    return Estimate(
        name,
        "probability",
        sample.terms,
        coefficients,
        covariances(bread, scores, rows, naive=naive, spent=counted),
        len(rows),
        len(np.unique(rows.pair)),
        left_out=(f"{out:,} rows of a {' or a '.join(absorb)} that is in the sample once: they say nothing beyond its effect",) if out else (),
        notes=(f"{taken_out.absorbed:,} effects are taken out; {len(rows) - spent:,} degrees of freedom are left.",),
    )


def rows_of(sample: Sample, kept: Flags) -> Sample:
    """The sample with these rows alone. ``kept``: (rows,)."""
    return Sample(
        sample.outcome[kept], sample.design[kept], sample.terms, sample.pair[kept], sample.first[kept], sample.second[kept], sample.period[kept]
    )


def _says_nothing(design: Floats, rows: Sample) -> str:
    """Why a term can have no coefficient: nothing is left of it, or it is made of those before it."""
    for number, term in enumerate(rows.terms):
        column = design[:, number]
        size = float(np.linalg.norm(rows.design[:, number]))
        if np.linalg.norm(column) <= FLAT * size or size == 0:
            return f"{term} says nothing that the effects taken out do not say already: leave it out"
        before = design[:, :number]
        beyond = column - before @ np.linalg.lstsq(before, column, rcond=None)[0] if number else column
        if np.linalg.norm(beyond) <= FLAT * 10 * size:
            return f"{term} is made of the terms before it: leave it or one of them out"
    return ""


def _name(absorb: tuple[Way, ...]) -> str:
    return f"linear, {' and '.join(absorb)} effects taken out" if absorb else "linear, a constant alone"
