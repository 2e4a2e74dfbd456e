"""What parties are called in the language of a draft; the record's own English name, marked as such, where we have no other."""

from __future__ import annotations

from collections.abc import Sequence

from comity.web.asking import Asked
from comity.web.documents.papers import Line, Piece
from comity.web.documents.wordings import Wording, read


class Names:
    """The names of parties as of the day asked about."""

    def __init__(self, this: Asked, wording: Wording) -> None:
        self.this, self.wording = this, wording
        self.tables = read("names", wording.language)

    def name(self, code: str) -> Line:
        """As such."""
        found = self._listed("names", code)
        return (Piece(found),) if found else (self._on_record(code),)

    def of(self, code: str) -> Line:
        """After a noun: the Government *of ...*."""
        found = self._listed("of", code)
        return (Piece(found),) if found else self.wording.phrase("of", name=self.name(code))

    def office(self, code: str) -> Line:
        """Who writes for it."""
        if found := self._listed("office", code):
            return (Piece(found),)
        return self.wording.phrase("office", of_party=self.of(code)) if self.is_state(code) else self.name(code)

    def to(self, codes: Sequence[str]) -> Line:
        """To whom a note for them goes."""
        if len(codes) > 1 and all(self.is_state(code) for code in codes):
            return self.wording.phrase("to_many", of_addressees=self.wording.listing([self.of(code) for code in codes]))
        return self.wording.listing([self._to(code) for code in codes])

    def is_state(self, code: str) -> bool:
        """Does it have a ministry and a government?"""
        party = self.this.record.register.parties.get(code)
        return party is not None and party.kind == "state"

    def exists(self, code: str) -> bool:
        """Is there still somebody there to be written to?"""
        party = self.this.record.register.parties.get(code)
        return party is not None and party.exists_on(self.this.on)

    def _to(self, code: str) -> Line:
        if found := self._listed("to", code):
            return (Piece(found),)
        return (
            self.wording.phrase("to_one", of_addressees=self.of(code))
            if self.is_state(code)
            else self.wording.phrase("to_body", name=self.name(code))
        )

    def _listed(self, table: str, code: str) -> str:
        return str(self.tables.get(table, {}).get(code, "")) if self.exists(code) else ""

    def _on_record(self, code: str) -> Piece:
        return Piece(self.this.name(code), lang="" if self.wording.language == "en" else "en")
