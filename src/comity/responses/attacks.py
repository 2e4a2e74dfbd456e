"""What is asked about, and what is looked at: an attack; a line, which is one obligation of one party towards another; a condition, tested.

Source: how-obligations-to-respond-are-derived.md, sections 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from comity.agreements.obligations import Obligation
from comity.terms import Verdict

Nature = Literal["armed", "non-state", "cyber"]
Side = Literal["attacked", "attacker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """An attack, as far as it is told. Parties are named by their codes.

    ``by``: the states that attack (empty: not told); ``nature``: by armed force of a state, by others than states, or on networks alone;
    ``places``: where, in one or several words that all hold of the place (empty: not told): regions, states for their home territory, territories.
    ``provoked``: by the party attacked (None: not told).
    """

    attacked: str
    by: tuple[str, ...] = ()
    nature: Nature = "armed"
    places: tuple[str, ...] = ()
    provoked: bool | None = None


class Line(NamedTuple):
    """What ``debtor`` owes ``creditor`` by a clause that is in force between the two as ``verdict`` says.

    ``side``: the creditor is the one attacked, or one that attacks. ``parties``: all whom the agreement binds on the day, perhaps. ``asked``: an
    invocation that fits the attack is certainly on record; ``settled``: one by an organ, which names the nature of the attack. All codes are
    those of persons (section 2.5).
    """

    agreement: str
    place: int
    clause: Obligation
    debtor: str
    creditor: str
    side: Side
    verdict: Verdict
    parties: frozenset[str] = frozenset()
    asked: bool = False
    settled: bool = False


class Tested(NamedTuple):
    """One condition of an obligation, and whether it is met: yes, no, or unknown, with what would decide that."""

    what: str
    verdict: Verdict
    says: str
    decided_by: str = ""
