"""Which code a person bears on a day: two codes of one person are one debtor, one attacker, one creditor.

Source: how-obligations-to-respond-are-derived.md, section 2.5; how-standing-is-derived.md, section 3.6.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.agreements.obligations import Obligation
from comity.parties import Register


class Persons:
    """The persons of a register as they are called on one day."""

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.on = register, on

    def named(self, code: str) -> str:
        """The code that the person of ``code`` bears on the day: its first one, or the last that it took by then."""
        return self.register.code_on(code, self.on)

    def all_named(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The same of several, each once."""
        return tuple(dict.fromkeys(self.named(code) for code in codes))

    def is_organ(self, code: str) -> bool:
        """Is it an organ or an organisation, rather than one state?"""
        party = self.register.parties.get(code)
        return party is not None and party.kind in ("organ", "organisation")

    def in_clause(self, clause: Obligation) -> Obligation:
        """The clause with those whom it names as they are called on the day."""
        if not (clause.owed_by or clause.owed_to or clause.against or clause.places or clause.places_in_part):
            return clause
        return replace(
            clause,
            owed_by=self.all_named(clause.owed_by),
            owed_to=self.all_named(clause.owed_to),
            against=self.all_named(clause.against),
            places=self.all_named(clause.places),
            places_in_part=self.all_named(clause.places_in_part),
        )
