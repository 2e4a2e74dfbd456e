"""Which acts on record are of a simulation: those whose source says so.

Source: docs/reference/book-format.md, "Simulated acts"; how-indicators-are-read.md, 1.7.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.acts import kinds
from comity.standing import Standing


@dataclass(frozen=True, slots=True)
class Simulated:
    """The references of acts that are of a simulation, and the agreements under which there is one."""

    refs: frozenset[str]
    agreements: frozenset[str]


def simulated_acts(standing: Standing) -> Simulated:
    """The simulated acts among all that the question may look at."""
    found = [act for act, _ in standing.acts_of(kinds()) if act.source.simulated]
    return Simulated(frozenset(act.ref for act in found), frozenset(act.agreement for act in found if act.agreement is not None))
