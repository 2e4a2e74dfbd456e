"""How disputes under an agreement are settled, as typed data: step by step, who may take it, when, by when; types only.

How what comes next follows from them: docs/explanation/how-disputes-are-followed.md. Source: the agreements cited in each clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.agreements.articles import Clause
from comity.agreements.requirements import Lead

Means = Literal[
    "consultation", "negotiation", "good-offices", "inquiry", "mediation", "conciliation", "joint-commission", "organ", "arbitration", "court"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementStep:
    """One means of settlement (Charter of the United Nations, article 33), in its place in the clause.

    ``means``; ``article`` where it stands; ``begun_by``: *either* side alone, *both* together, or an *organ* (``body``); ``follows``: the
    steps (by their place, from 1) of which one must have been tried, empty: none; ``after``: so long after the dispute was raised, or after
    the step that it follows was asked for; ``within``: it must have led to something so long after it was asked for, else what follows is
    open; ``answer``: the other side has to answer a request so soon; ``binding``: what comes out of it binds. ``says``: what the text says
    of it, in our own words.
    """

    means: Means
    article: str
    says: str
    begun_by: Literal["either", "both", "organ"] = "either"
    body: str | None = None
    follows: tuple[int, ...] = ()
    after: Lead | None = None
    within: Lead | None = None
    answer: Lead | None = None
    binding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(Clause):
    """How disputes over ``disputes`` (in our own words) are settled between parties; a reservation to its article takes it away between two."""

    kind: Literal["settlement"]
    id: str
    disputes: str
    steps: tuple[SettlementStep, ...]
