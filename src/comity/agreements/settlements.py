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

    ``means``; ``article`` where it stands; ``begun_by``: *either* side alone, *both* together, or an *organ* by itself; ``body``: which organ,
    commission or court. ``follows``: the steps (by their place, from 1) of which one must have been tried; empty: none. ``after``: only that
    long after the dispute was raised, or after the step that it follows was asked for. ``within``: it must have settled the dispute so long
    after it was asked for, else what follows is open. ``organised``: its members are to be appointed so long after it was asked for, else
    what follows is open, and ``appointed_by`` appoints, if asked. ``answer``: the other side has to answer a request so soon. ``binding``: what
    comes out of it binds. ``asked_as``: the subject of an act *request* under the agreement that asks for it, and raises the dispute by itself.
    ``says``: what the text says of it, in our own words.
    """

    means: Means
    article: str
    says: str
    begun_by: Literal["either", "both", "organ"] = "either"
    body: str | None = None
    follows: tuple[int, ...] = ()
    after: Lead | None = None
    within: Lead | None = None
    organised: Lead | None = None
    appointed_by: str | None = None
    answer: Lead | None = None
    binding: bool = False
    asked_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(Clause):
    """How disputes over ``disputes`` (in our own words) are settled between parties; a reservation to its article takes it away between two."""

    kind: Literal["settlement"]
    id: str
    disputes: str
    steps: tuple[SettlementStep, ...]
