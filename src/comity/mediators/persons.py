"""Which state bore which code of the Correlates of War on which days, as one legal person under all the codes that it has had.

Source: docs/explanation/how-mediators-are-ranked.md, section 1; Correlates of War, state system membership.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from comity.parties import Register

Stretch = tuple[int, int]
"""Days as ordinals, both in."""


class Persons:
    """States that exist on a day, by the codes of tables."""

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.on = register, on
        self.states = tuple(sorted(code for code, party in register.parties.items() if party.kind == "state" and party.exists_on(on)))
        self._codes = {code: state for state in reversed(self.states) for code in register.codes_of(state)}
        self._codes |= {state: state for state in self.states}
        borne = defaultdict[tuple[int, str], list[Stretch]](list)
        for state in self.states:
            for code in register.codes_of(state):
                for coded in register.parties[code].codes:
                    if coded.scheme == "cow":
                        first = coded.start or date.min
                        until = coded.end.toordinal() - 1 if coded.end else date.max.toordinal()
                        borne[int(coded.code), state].append((first.toordinal(), until))
        self._bore = defaultdict[int, list[tuple[Stretch, str]]](list)
        for (number, state), stretches in borne.items():
            self._bore[number] += [(stretch, state) for stretch in _joined(stretches)]

    def of_code(self, code: str) -> str:
        """The state that is the person of a party's code on the day; the code itself, if none is."""
        return self._codes.get(code, code)

    def bore(self, code: int) -> Sequence[tuple[Stretch, str]]:
        """Who bore a code of the Correlates of War, and on which days."""
        return self._bore.get(code, ())

    def codes_of(self, states: Collection[str]) -> list[int]:
        """Every code of the Correlates of War that one of these states has borne."""
        return [code for code, bore in self._bore.items() if any(state in states for _, state in bore)]

    def in_year(self, code: int, year: int) -> Iterable[str]:
        """Who bore it on some day of a year: whoever bore it last."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        found = [(until, state) for (since, until), state in self.bore(code) if since <= last and until >= first]
        return [max(found)[1]] if found else ()


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Those that follow one another without a day between them as one."""
    found = list[Stretch]()
    for since, until in sorted(stretches):
        if found and since <= found[-1][1] + 1:
            since, until = found[-1][0], max(found.pop()[1], until)
        found.append((since, until))
    return found
