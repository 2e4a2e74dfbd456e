"""Which state bears which code of the Correlates of War on a day, as one legal person under all the codes that it has had.

Source: docs/explanation/how-warnings-are-made.md, section 1; Correlates of War, state system membership.
"""

from __future__ import annotations

from datetime import date

from comity.parties import Register, Span
from comity.terms import BadInput, NotOnRecord


class CodedStates:
    """The states of a register on a day. ``names``: by code of the Correlates of War, the state that bears it.

    ``ended``: codes that a state of the register has borne, and none bears on the day.
    """

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.on = register, on
        self.names = dict[int, str]()
        for code in sorted(register.parties, reverse=True):
            number = self._number(code)
            if number is not None and register.parties[code].exists_on(on):
                self.names[number] = code
        borne = {int(coded.code) for one in register.parties.values() if one.kind == "state" for coded in one.codes if coded.scheme == "cow"}
        self.ended = borne - {*self.names}

    def _number(self, code: str) -> int | None:
        if self.register.parties[code].kind != "state":
            return None
        for one in self.register.codes_of(code):
            for coded in self.register.parties[one].codes:
                if coded.scheme == "cow" and self.on in Span(coded.start, coded.end):
                    return int(coded.code)
        return None

    def code_of(self, code: str) -> int:
        """The number of a party; NotOnRecord, BadInput for one that is no state of the system on the day."""
        party = self.register.parties.get(code)
        if party is None:
            raise NotOnRecord(f"no party {code!r} is on record; list them with: comity parties")
        if party.kind != "state":
            raise BadInput(f"{code} is of kind {party.kind}, not a state; name two states")
        found = self._number(code)
        if found is None:
            raise NotOnRecord(
                f"{code} ({party.name_on(self.on)}) has no code of the Correlates of War on {self.on}, no table tells of it; ask of another year"
            )
        return found
