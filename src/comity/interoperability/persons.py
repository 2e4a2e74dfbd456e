"""Which nation somebody is: one legal person under several codes, with what is part of it.

Source: how-interoperability-is-told.md, 1.2 and 3.2.
"""

from __future__ import annotations

from datetime import date

from comity.agreements import BEGIN, EVER, Days
from comity.parties import Register
from comity.procedures import nation_of


class Nations:
    """Nations of a register of parties, each by the last code that its person has."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._found: dict[str, str] = {}

    def of(self, code: str) -> str:
        """The nation that the party is, or is part of."""
        if code not in self._found:
            self._found[code] = nation_of(self._register, code)
        return self._found[code]

    def codes(self, nation: str) -> list[str]:
        """The codes of the nation's person, the last first."""
        return [*reversed(self._register.codes_of(nation, contested=False))]

    def called(self, nation: str, on: date) -> str:
        """The code that it has on the day; outside its days the last."""
        for code in self.codes(nation):
            party = self._register.parties.get(code)
            if party is None or party.exists_on(on):
                return code
        return nation

    def exists(self, nation: str) -> Days:
        """The days on which it exists."""
        spans = [span for code in self.codes(nation) if (party := self._register.parties.get(code)) is not None for span in party.exists]
        return [(BEGIN if s.start is None else s.start.toordinal(), EVER if s.end is None else s.end.toordinal()) for s in spans]
