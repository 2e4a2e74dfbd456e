"""What an obligation comes to when a state is attacked: its conditions, one by one, and the verdict over them.

Source: how-obligations-to-respond-are-derived.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.responses.attacks import Attack, Line, Tested
from comity.responses.conditions import CONDITIONS
from comity.terms import Verdict, all_of


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation and whether it is owed; ``depends_on``: what would decide it, where that is unknown."""

    line: Line
    verdict: Verdict
    tests: tuple[Tested, ...]

    @property
    def depends_on(self) -> tuple[str, ...]:
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(test.decided_by for test in self.tests if test.decided_by))


def owed(attack: Attack, lines: Iterable[Line], on: date) -> list[Owed]:
    """What each line comes to on the day."""
    return [_owed(attack, line, on) for line in lines]


def _owed(attack: Attack, line: Line, on: date) -> Owed:
    tests = tuple(test for condition in CONDITIONS for test in condition(attack, line, on))
    return Owed(line, all_of([line.verdict, *(test.verdict for test in tests)]), tests)
