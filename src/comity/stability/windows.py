"""When two members belong together, and how stretches of days lie to one another and to a year.

Source: docs/explanation/how-stability-is-measured.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from comity.stability.material import Material, Stretch

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Together:
    """The days on which two belong together and are listed: surely, and at the most; ``unlisted``: at the most, listed or not."""

    sure: tuple[Stretch, ...]
    possible: tuple[Stretch, ...]
    unlisted: tuple[Stretch, ...]


@cache
def days_of(year: int) -> Stretch:
    """The first and the last day of a year."""
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """In order, those that touch as one."""
    found = list[Stretch]()
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def common(these: Iterable[Stretch], those: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The days that are in both."""
    found = ((max(a, c), min(b, d)) for a, b in these for c, d in those)
    return joined((first, last) for first, last in found if first <= last)


def length(stretches: Iterable[Stretch]) -> int:
    """How many days, of stretches that do not overlap."""
    return sum(last - first + 1 for first, last in stretches)


def belonging(material: Material, party: str, *, sure: bool) -> tuple[Stretch, ...]:
    """The days on which a state belongs: surely, or at the most."""
    return joined((one.first, one.last) for one in material.belongs if one.party == party and (one.sure or not sure))


def pairs_together(material: Material, *, listed: bool = True) -> dict[Pair, Together]:
    """Every two members that can ever have belonged together. ``listed``: only the days count on which tables list both as states."""
    surely = {party: belonging(material, party, sure=True) for party in material.parties}
    perhaps = {party: belonging(material, party, sure=False) for party in material.parties}
    found = {}
    for a, b in combinations(sorted(material.parties), 2):
        sure, possible = common(surely[a], surely[b]), common(perhaps[a], perhaps[b])
        if possible:
            both = common(material.listed.get(a, ()), material.listed.get(b, ())) if listed else possible
            found[a, b] = Together(common(sure, both), common(possible, both), possible)
    return found


def of_two(stretches: Iterable[Sequence[Stretch]]) -> tuple[Stretch, ...]:
    """The days that are in those of two or more: of each, stretches that do not overlap."""
    turns = sorted((day, by) for of in stretches for first, last in of for day, by in ((first, 1), (last + 1, -1)))
    found, depth, since = list[Stretch](), 0, 0
    for day, by in turns:
        if by == 1 and depth == 1:
            since = day
        elif by == -1 and depth == 2:
            found.append((since, day - 1))
        depth += by
    return joined(found)
