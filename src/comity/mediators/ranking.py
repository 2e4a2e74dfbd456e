"""Candidates in order, each with the best and the worst rank that it may have, whatever becomes of what is unknown.

Source: docs/explanation/how-mediators-are-ranked.md, section 5.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from comity.mediators.bars import barred, bars_of
from comity.mediators.candidates import MediatorCandidate, Merit
from comity.mediators.material import Material
from comity.mediators.merits import merits_of
from comity.mediators.rules import MediatorRules, MeritName
from comity.mediators.ties import Ties
from comity.terms import Verdict

Key = tuple[float, ...]
"""Merits in the order in which they count, the less the better."""
_GROUPS = (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)


def ranked(material: Material, rules: MediatorRules, names: Sequence[str]) -> tuple[MediatorCandidate, ...]:
    """Every candidate with its bars, merits and ranks, in the order of the list; ``names``: theirs."""
    ties = Ties(material, rules)
    found = [_unranked(ties, party, name) for party, name in zip(material.candidates, names, strict=True)]
    return tuple(sorted(_with_ranks(found, rules.order), key=_place))


def _unranked(ties: Ties, party: str, name: str) -> MediatorCandidate:
    bars = bars_of(ties, party)
    return MediatorCandidate(party, name, barred(bars), bars, merits_of(ties, party), None, None)


def _with_ranks(found: Sequence[MediatorCandidate], order: Sequence[MeritName]) -> list[MediatorCandidate]:
    best, worst = ({one.party: _key(one, order, unknown) for one in found} for unknown in (0.0, math.inf))
    surely = sorted(worst[one.party] for one in found if one.barred is Verdict.NO)
    perhaps = sorted(best[one.party] for one in found if one.barred is not Verdict.YES)
    return [one if one.barred is Verdict.YES else _ranks(one, best[one.party], worst[one.party], surely, perhaps) for one in found]


def _ranks(one: MediatorCandidate, best: Key, worst: Key, surely: Sequence[Key], perhaps: Sequence[Key]) -> MediatorCandidate:
    """Before it at its best: those that surely come before it; at its worst: all that may, itself not among them."""
    itself = int(best < worst)
    return replace(one, best=1 + bisect_left(surely, best), worst=1 + bisect_left(perhaps, worst) - itself)


def _key(one: MediatorCandidate, order: Sequence[MeritName], unknown: float) -> Key:
    return tuple(_less_is_better(one.merit(name), unknown) for name in order)


def _less_is_better(merit: Merit, unknown: float) -> float:
    if merit.value is None:
        return unknown
    return merit.value if merit.name == "votes" else -merit.value


def _place(one: MediatorCandidate) -> tuple[int, int, int, int, str]:
    """Those that are barred have no ranks, the others no bar: each is in order by what it has."""
    bars = sum(bar.verdict is Verdict.YES for bar in one.bars)
    return _GROUPS.index(one.barred), one.worst or 0, one.best or 0, bars, one.party
