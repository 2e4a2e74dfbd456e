"""Who is tied to whom: each pair in the order of the alphabet, by which agreements; and the strongest of them, for drawings that hold only some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

Pair = tuple[str, str]
Tie = tuple[Pair, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ties:
    """``large``: agreements that are left out. ``partners``: with how many each is tied."""

    pairs: dict[Pair, tuple[str, ...]]
    large: tuple[str, ...] = ()
    partners: Counter[str] = field(default_factory=Counter)

    def around(self, party: str) -> list[Tie]:
        """The ties of a party; of all, if it is blank."""
        return [(pair, by) for pair, by in self.pairs.items() if not party or party in pair]

    def partners_of(self, party: str) -> list[str]:
        """With whom a party is tied, the strongest first."""
        strength = {next(code for code in pair if code != party): len(by) for pair, by in self.around(party)} if party else {}
        return sorted(strength, key=lambda code: (-strength[code], code))


def ranked(ties: Sequence[Tie]) -> list[Tie]:
    """The strongest first."""
    return sorted(ties, key=lambda tie: (-len(tie[1]), tie[0]))


def strongest(ties: Sequence[Tie], most: int) -> list[Tie]:
    """At most so many: all that are as strong as one that is taken are taken too, unless that would be more; then the first of the alphabet."""
    found: list[Tie] = []
    for _, equals in groupby(ranked(ties), key=lambda tie: len(tie[1])):
        rank = list(equals)
        if len(found) + len(rank) > most:
            return found or rank[:most]
        found += rank
    return found


def weight(number: int, most: int) -> int:
    """How broad a line is drawn: 1 to 5, of so many agreements of at most so many."""
    return 1 + round(4 * (number - 1) / max(most - 1, 4))


def shade(number: int, most: int) -> int:
    """How dark: 0 (no tie) to 4."""
    return 0 if not number else 1 + round(3 * (number - 1) / max(most - 1, 1))
