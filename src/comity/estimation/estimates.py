"""What an estimator gives back: coefficients with each kind of standard error; or why it gives none.

Source: docs/explanation/how-effects-are-estimated.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.estimation.samples import Floats

Errors = Literal["naive", "pair", "dyadic"]
"""Which rows may go together: none; those of one pair; all that share a state (Aronow, Samii and Assenova 2015)."""
ERRORS: tuple[Errors, ...] = ("naive", "pair", "dyadic")


@dataclass(frozen=True, slots=True)
class Covariance:
    """A (terms, terms) covariance of the coefficients. ``clusters``: how many clusters it rests on; of a dyadic one, states.

    ``why``: where there is none, why; then ``matrix`` is null.   ``note``: what was done to it that a reader should know.
    """

    errors: Errors
    matrix: Floats | None
    clusters: int
    why: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one estimator made of a sample.

    ``estimator``: its name.   ``scale``: what a coefficient is in: log odds, or probability.   ``terms``, ``coefficients``: (terms,).
    ``covariances``: one for each kind of error.   ``log_likelihood``: where there is one.   ``rows``, ``pairs``: those that it rests on.
    ``left_out``: rows that say nothing to it, with why (pairs without change, and the like).   ``steps``: how often it went round.
    """

    estimator: str
    scale: Literal["log odds", "probability"]
    terms: tuple[str, ...]
    coefficients: Floats
    covariances: tuple[Covariance, ...]
    rows: int
    pairs: int
    log_likelihood: float | None = None
    left_out: tuple[str, ...] = ()
    steps: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """No estimate, and why in one line: an empty treatment, a term that separates the outcomes, one cluster, and the like."""

    estimator: str
    why: str
