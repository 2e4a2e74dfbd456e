"""The linear model of a probability, with effects of pairs and of periods taken out exactly.

Source: docs/explanation/how-effects-are-estimated.md, section 5.1.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from comity.estimation.absorbing import FLAT, numbered, seen_more_than_once, ways
from comity.estimation.estimates import Estimate, Refusal
from comity.estimation.samples import Sample
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
    if not len(sample):
        return Refusal(name, "there are no rows")
    if not sample.terms:
        return Refusal(name, "the sample has no term: there is nothing to estimate")
    for way in absorb:
        if len(np.unique(getattr(sample, way))) < 2:
            return Refusal(name, ONE_LEVEL.format(way=way))
    kept = seen_more_than_once(tuple(numbered(getattr(sample, way)) for way in absorb), len(sample))
    if absorb and not kept.any():
        return Refusal(name, f"every {absorb[0]} is in the sample once: nothing is left beyond its effect")
    rows = sample.kept(kept)
    groups = rows.pair if "pair" in absorb else None, rows.period if "period" in absorb else None
    taken_out = ways(*groups) if absorb else ways(np.zeros_like(rows.pair), None)
    left = taken_out.residuals(np.column_stack((rows.outcome, rows.design)))
    sizes = np.linalg.norm(rows.design, axis=0)
    says = np.linalg.norm(left[:, 1:], axis=0) > FLAT * sizes
    terms = tuple(term for term, one in zip(rows.terms, says.tolist(), strict=True) if one)
    silent = tuple(term for term in rows.terms if term not in terms)
    if not terms:
        return Refusal(name, f"{' and '.join(silent)} says nothing that the effects taken out do not say already")
    outcome, design = left[:, 0], left[:, 1:][:, says]
    scaled = design / sizes[says]
    beyond = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    if (beyond <= FLAT).any():
        return Refusal(name, f"{terms[int(np.argmin(beyond > FLAT))]} can be worked out from the terms before it: leave one of them out")
    spent = design.shape[1] + taken_out.absorbed
    if len(rows) <= spent:
        return Refusal(name, f"{len(rows):,} rows for {spent:,} effects and terms: nothing is left to tell errors by")
    bread = np.asarray(np.linalg.inv(scaled.T @ scaled), dtype=np.float64) / np.outer(sizes[says], sizes[says])
    coefficients = bread @ (design.T @ outcome)
    rest = outcome - design @ coefficients
    scores = design * rest[:, None]
    moved = scores @ bread
    naive = moved.T @ moved * (len(rows) / (len(rows) - spent))
    if (np.sqrt(np.diag(naive)) <= FLAT * np.linalg.norm(rows.outcome) * np.sqrt(np.diag(bread))).any():
        return Refusal(name, "effects and terms fit all rows that a term rests on exactly: nothing is left to tell its error by")
    counted = spent - (len(np.unique(rows.pair)) - 1 if "pair" in absorb else 0)
    return Estimate(
        name,
        "probability",
        terms,
        coefficients,
        covariances(bread, scores, rows, naive=naive, spent=counted),
        len(rows),
        len(np.unique(rows.pair)),
        left_out=_told_left_out(len(sample) - len(rows), " or a ".join(absorb), silent),
        notes=(f"{taken_out.absorbed:,} effects are taken out; {len(rows) - spent:,} degrees of freedom are left.",),
    )


def _told_left_out(rows: int, groups: str, silent: tuple[str, ...]) -> tuple[str, ...]:
    once = (f"{rows:,} rows of a {groups} that is in the sample once: they say nothing beyond its effect",) if rows else ()
    return (*once, *(f"{term}: it says nothing that the effects taken out do not say already" for term in silent))


def _name(absorb: tuple[Way, ...]) -> str:
    return f"linear, {' and '.join(absorb)} effects taken out" if absorb else "linear, a constant alone"
