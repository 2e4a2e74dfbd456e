"""Which state bore which code of the Correlates of War on which days, as one legal person under all the codes that it has had.

Source: docs/explanation/how-mediators-are-ranked.md, section 1; Correlates of War, state system membership.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from comity.parties import Register

Stretch = tuple[int, int]
"""Days as ordinals, both in."""


class Persons:
    """States that exist on a day, by the codes of tables."""

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.on = register, on
        self.states = tuple(sorted(code for code, party in register.parties.items() if party.kind == "state" and party.exists_on(on)))
        self._bore = defaultdict[int, list[tuple[Stretch, str]]](list)
        self._codes = dict[str, str]()
        for state in self.states:
            for code in register.codes_of(state):
                self._codes.setdefault(code, state)
            for code in register.codes_of(state):
                for coded in register.parties[code].codes if code in register.parties else ():
                    if coded.scheme == "cow":
                        first = coded.start.toordinal() if coded.start else 1
                        last = coded.end.toordinal() - 1 if coded.end else date.max.toordinal()
                        self._bore[int(coded.code)].append(((first, last), state))

    def of_code(self, code: str) -> str:
        """The state that is the person of a party's code on the day; the code itself, if none is."""
        return self._codes.get(code, code)

    def bore(self, code: int) -> Sequence[tuple[Stretch, str]]:
        """Who bore a code of the Correlates of War, and on which days."""
        return self._bore.get(code, ())

    def in_year(self, code: int, year: int) -> Iterable[str]:
        """Who bore it on some day of a year: whoever bore it last."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        found = [(until, state) for (since, until), state in self.bore(code) if since <= last and until >= first]
        return [max(found)[1]] if found else ()
