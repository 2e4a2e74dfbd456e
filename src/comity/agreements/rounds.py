"""What one round of deriving finds, what the next one asks of it, and whether it would find the same again.

Source: docs/adr/0006-rounds.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from comity.agreements.days import Day, Days, Period, contains


class Found(NamedTuple):
    """What a round hands on to the next.

    ``bound``: who was bound when; ``base``: the day from which terms run; ``held``: on which days each code had consented,
    and been bound; ``accepted``: the days on which it was in force by those who accepted it themselves;
    ``signature_passed``: the notifications of succession that gave the place of a signatory only.
    """

    bound: Mapping[str, Days] = {}
    base: Day | None = None
    held: Mapping[str, tuple[Days, Days]] = {}
    accepted: Sequence[Period] = ()
    signature_passed: frozenset[str] = frozenset()

    def held_on(self, code: str, day: Day) -> tuple[bool, bool]:
        """Had ``code`` consented, and was it bound, on that day?"""
        consented, bound = self.held.get(code, ([], []))
        return contains(consented, day), contains(bound, day)


class LastRound:
    """The round before, as this one asks it; what was asked is remembered."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self._asked: set[str] = set()
        self._asked_held: set[tuple[str, Day]] = set()

    def agrees_with(self, now: Found) -> bool:
        """Would this round, begun with what it has found, go as it went: is all that it asked answered alike?"""
        alike = all(getattr(self.found, name) == getattr(now, name) for name in self._asked)
        return alike and all(self.found.held_on(code, day) == now.held_on(code, day) for code, day in self._asked_held)

    @property
    def bound(self) -> Mapping[str, Days]:
        self._asked.add("bound")
        return self.found.bound

    @property
    def base(self) -> Day | None:
        self._asked.add("base")
        return self.found.base

    @property
    def accepted(self) -> Sequence[Period]:
        self._asked.add("accepted")
        return self.found.accepted

    @property
    def signature_passed(self) -> frozenset[str]:
        self._asked.add("signature_passed")
        return self.found.signature_passed

    def held_on(self, code: str, day: Day) -> tuple[bool, bool]:
        """Had ``code`` consented, and was it bound, on that day?"""
        self._asked_held.add((code, day))
        return self.found.held_on(code, day)
