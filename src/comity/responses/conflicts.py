"""Who stands on both sides: the attacker that owes the attacked, an ally of both, one who is to help the one and keep still towards the other.

Source: how-obligations-to-respond-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.responses.attacks import Attack
from comity.responses.deciding import Owed
from comity.terms import Verdict, all_of, any_of

HELPS = ("defence", "offence")


@dataclass(frozen=True, slots=True)
class BothSides:
    """``party`` is on both sides: *breach* (it attacks one whom it owes), *common-ally* (it attacks one of the parties), *torn* (it owes both)."""

    kind: Literal["breach", "common-ally", "torn"]
    party: str
    verdict: Verdict
    agreements: tuple[str, ...]


def both_sides(attack: Attack, found: Sequence[Owed]) -> list[BothSides]:
    """Every conflict on the day, by kind and party."""
    told = [*_breaches(attack, found), *_common(attack, found), *_torn(attack, found)]
    return [one for one in told if one.verdict is not Verdict.NO]


def _breaches(attack: Attack, found: Sequence[Owed]) -> Iterator[BothSides]:
    """5.1"""
    for party in sorted(attack.by):
        yield _over("breach", party, [[one for one in found if one.line.debtor == party and one.line.side == "attacked"]])


def _common(attack: Attack, found: Sequence[Owed]) -> Iterator[BothSides]:
    """5.2"""
    for party in sorted(attack.by):
        helped = (one for one in found if one.line.side == "attacked" and one.line.clause.type in HELPS and one.line.debtor != party)
        yield _over("common-ally", party, [[one for one in helped if party in one.line.parties]])


def _torn(attack: Attack, found: Sequence[Owed]) -> Iterator[BothSides]:
    """5.3"""
    owing = [
        one for one in found if one.line.side == "attacker" and (one.line.clause.type != "non-aggression" or attack.attacked not in one.line.parties)
    ]
    for party in sorted({one.line.debtor for one in owing}):
        helps = (one for one in found if one.line.side == "attacked" and one.line.clause.type in HELPS)
        yield _over("torn", party, [[one for one in side if one.line.debtor == party] for side in (helps, owing)])


def _over(kind: Literal["breach", "common-ally", "torn"], party: str, sides: Sequence[Sequence[Owed]]) -> BothSides:
    verdict = all_of(any_of(one.verdict for one in side) for side in sides)
    agreements = sorted({one.line.agreement for side in sides for one in side if one.verdict is not Verdict.NO})
    return BothSides(kind, party, verdict, tuple(agreements))
