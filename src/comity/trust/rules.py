"""What a forecast declares: how fast old duties fade, how much a wider circle counts, how many are needed, how wide the interval is.

Source: docs/explanation/how-trust-is-forecast.md, section 2. Conventions of this system: none is a rule of law.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from comity.terms import BadInput

LEAST, MOST = 0.001, 1e6
"""As how many duties the wider circle may count, at least and at most."""
NEEDED = 10
"""Fewer observed duties give no number."""


@dataclass(frozen=True, slots=True)
class TrustRules:
    """``half_life``: days after which a duty counts half. ``pooling``: as how many duties the wider circle counts. ``needed``: duties observed
    between the two. ``level``: of the interval. BadInput where one makes no sense.
    """

    half_life: float = 1826.25
    pooling: float = 4.0
    needed: int = NEEDED
    level: float = 0.9

    def __post_init__(self) -> None:
        if not (self.half_life > 0 and isfinite(self.half_life)):
            raise BadInput(f"a half-life of {self.half_life:g} days; give more than 0")
        if not LEAST <= self.pooling <= MOST:
            raise BadInput(f"pooling {self.pooling:g}; give as how many duties the wider circle counts, from {LEAST} to {MOST:.0f}")
        if not 0 < self.level < 1:
            raise BadInput(f"a level of {self.level:g}; give a share between 0 and 1, as 0.9")
