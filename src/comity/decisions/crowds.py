"""The readings of many parties' answers together: all of them, or where there are too many, those between which they lie.

Source: how-a-decision-is-followed.md, section 6.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from comity.decisions.answering import Position

READINGS = 4096
"""So many are gone through; of more, those most in favour and most against, and the latter with each party's most in favour."""
_VOTES = ("no", "absent", "abstain", "constructive", "yes")


def together(each: Mapping[str, tuple[Position, ...]]) -> Iterator[dict[str, Position]]:
    """One position for each party, in every way; of too many ways, the one most in favour and the one most against."""
    if prod(len(found) for found in each.values()) > READINGS:
        most, least = ({code: pick(found, key=_favour) for code, found in each.items()} for pick in (max, min))
        yield from (most, least)
        yield from (least | {code: most[code]} for code, found in each.items() if len(found) > 1)
        return
    for chosen in product(*each.values()):
        yield dict(zip(each, chosen, strict=True))


def _favour(one: Position) -> tuple[int, int]:
    """The greater, the more it is in favour."""
    vote = "absent" if one.ballot is None else one.ballot.act.details["vote"]
    return -len(one.objections), _VOTES.index(vote)
