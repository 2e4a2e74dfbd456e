"""Power, coalitions and chances as plain values: numbers with the fractions that they are.

Source: how-power-is-measured.md; docs/schemas/power.json.
"""

from __future__ import annotations

from fractions import Fraction

from comity.power.chances import Chances
from comity.power.coalitions import Coalitions, Pattern
from comity.power.indices import MemberPower, Power, PowerCompared

Plain = dict[str, object]


def power_to_plain(found: Power) -> Plain:
    """Of the body, and of each member."""
    return {
        "coalitions": found.coalitions,
        "wins": found.wins,
        "acts": _number(found.acts),
        "members": [_member(member) for member in found.members],
    }


def compared_to_plain(found: PowerCompared) -> list[Plain]:
    """Of each member of either, before and after, with the differences."""
    return [
        {
            "code": change.code,
            "before": None if change.before is None else _member(change.before),
            "after": None if change.after is None else _member(change.after),
            "banzhaf": _number(change.banzhaf),
            "share": _number(change.share),
            "shapley": _number(change.shapley),
        }
        for change in found.members
    ]


def coalitions_to_plain(found: Coalitions) -> Plain:
    """How many, how large, who is in them, and some of them."""
    return {
        "number": found.number,
        "exact": found.exact,
        "smallest": found.smallest,
        "by_size": [{"size": size, "number": number} for size, number in found.by_size],
        "in_all": list(found.in_all),
        "in_none": None if found.in_none is None else list(found.in_none),
        "listed": [pattern_to_plain(pattern) for pattern in found.listed],
        "all_listed": found.whole,
    }


def pattern_to_plain(pattern: Pattern) -> Plain:
    """So many of each of some groups."""
    parts = [{"take": part.take, "of": list(part.of)} for part in pattern.parts]
    return {"size": pattern.size, "number": pattern.number, "parts": parts}


def chances_to_plain(found: Chances) -> Plain:
    """What can still come of a count, and why."""
    return {
        "left": list(found.left),
        "can_pass": found.can_pass,
        "can_fail": found.can_fail,
        "decided": None if found.decided is None else found.decided.value,
        "fails_by": list(found.fails_by),
        "blockers": [{"code": blocker.code, "votes": list(blocker.votes)} for blocker in found.blockers],
        "fewest": found.fewest,
        "enough": [pattern_to_plain(pattern) for pattern in found.enough],
        "because": list(found.because),
    }


def _member(found: MemberPower) -> Plain:
    return {
        "code": found.code,
        "swings": found.swings,
        "banzhaf": _number(found.banzhaf),
        "share": _number(found.share),
        "shapley": _number(found.shapley),
        "prevents": _number(found.prevents),
        "initiates": _number(found.initiates),
    }


def _number(found: Fraction | None) -> Plain | None:
    return None if found is None else {"value": float(found), "exact": str(found)}
