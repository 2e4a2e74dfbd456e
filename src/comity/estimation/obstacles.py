"""Why a sample has no estimate, in one line: what every estimator looks at before it begins.

Source: docs/explanation/how-effects-are-estimated.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from comity.estimation.samples import Flags, Floats, Sample

DEPENDS = 1e-6
"""A term of which so small a share is left when those before it are taken out can be worked out from them."""
UNSETTLED = "the search does not settle: some terms nearly separate the outcomes, or nearly depend on one another"


def malformed(sample: Sample) -> str:
    """What makes it no sample of yes and no; nothing if it is one."""
    if not len(sample):
        return "there are no rows"
    if not sample.terms:
        return "there are no terms"
    for name, column in zip(sample.terms, sample.design.T, strict=True):
        if not np.isfinite(column).all():
            return f"{name} is not a number in {counted(~np.isfinite(column))}"
    other = ~np.isin(sample.outcome, (0.0, 1.0))
    if other.any():
        return f"the outcome is neither 0 nor 1 in {counted(other)}"
    return ""


def counted(flags: Flags) -> str:
    """How many of how many rows."""
    return f"{int(flags.sum()):,} of {len(flags):,} rows"


def one_outcome(sample: Sample) -> str:
    """That the outcome is the same in all rows."""
    return f"the outcome is {sample.outcome[0]:.0f} in all {len(sample):,} rows" if np.ptp(sample.outcome) == 0 else ""


def same_everywhere(sample: Sample) -> str:
    """The first term that is the same in all rows."""
    for name, column in zip(sample.terms, sample.design.T, strict=True):
        if np.ptp(column) == 0:
            return f"{name} is {column.max():g} in all {len(sample):,} rows"
    return ""


def depends(terms: Sequence[str], parts: Floats) -> str:
    """The first term that can be worked out from those before it.   ``parts``: (rows, terms), centred, of one size, no fewer rows than terms."""
    left = np.abs(np.diag(np.linalg.qr(parts, mode="r")))
    for at in np.flatnonzero(left < DEPENDS * np.linalg.norm(parts, axis=0)).tolist():
        weights = np.linalg.lstsq(parts[:, :at], parts[:, at], rcond=None)[0]
        of = [name for name, weight in zip(terms, weights, strict=False) if abs(weight) > DEPENDS]
        return f"{terms[at]} can be worked out from {listed(of)}: leave one of them out"
    return ""


def separating(terms: Sequence[str], separated: Callable[[Flags], bool]) -> str:
    """The terms that separate the outcomes, those that are not needed for it left out from the last to the first.

    ``separated``: whether the flagged terms alone do so.
    """
    kept = np.ones(len(terms), dtype=bool)
    for at in reversed(range(len(terms))):
        kept[at] = False
        if not kept.any() or not separated(kept):
            kept[at] = True
    of = [name for name, stays in zip(terms, kept, strict=True) if stays]
    return f"{listed(of)} together separate the outcomes"


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
