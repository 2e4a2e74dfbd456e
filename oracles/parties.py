"""Who is who on a day: continuity (3.6), existence (3.7) and organisations (3.8), as one world has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from comity.parties import Register, Succession

DAY = timedelta(days=1)


class People:
    """The register as one world reads it; ``choose`` picks a reading of a contested point, ``asked`` is the day asked about."""

    def __init__(self, register: Register, asked: date, choose: Callable[[tuple[str, str], int], int]) -> None:
        self.register = register
        self.asked = asked
        self.choose = choose
        self.followed: dict[str, list[Succession]] = {}
        for succession in register.successions:
            if succession.how == "continues":
                self.followed.setdefault(succession.predecessor, []).append(succession)

    def continues(self, succession: Succession) -> bool:
        # 3.6 where contested: (a) as said until the day `settled`, from then on as (b); (b) not
        if succession.contested is None:
            return True
        if succession.settled is not None and self.asked >= succession.settled:
            return False
        return self.choose(("continuity", f"{succession.successor} of {succession.predecessor}"), 2) == 0

    def person(self, code: str, day: date) -> str:
        """The code of the legal person that ``code`` is on ``day`` (3.6: a state is its predecessor from b)."""
        seen = {code}
        while True:
            following = next((s for s in self.followed.get(code, ()) if s.on <= day and s.successor not in seen and self.continues(s)), None)
            if following is None:
                return code
            code = following.successor
            seen.add(code)

    def one(self, code: str) -> str:
        """3.6: for counting, sets, counterparties and `among` two codes of one person are one on every day: its last code."""
        return self.person(code, date.max)

    def moves(self, day: date) -> list[Succession]:
        """The continuations that take place on ``day``."""
        return [s for found in self.followed.values() for s in found if s.on == day and self.continues(s)]

    def exists(self, code: str, day: date) -> bool:
        """Has its existence not ended? Before its recorded beginning it may act too (3.7)."""
        # 3.6 (b) P ends on b
        if any(s.on <= day and not self.continues(s) for s in self.followed.get(code, ())):
            return False
        party = self.register.parties.get(code)
        return party is None or party.exists_on(day) or not any(span.end is not None and span.end <= day for span in party.exists)

    def gone(self, code: str, day: date) -> bool:
        # 3.7 its existence has ended, and nobody is going to continue it
        return not self.exists(code, day) and not any(s.on >= day and self.continues(s) for s in self.followed.get(code, ()))

    def organisation(self, code: str) -> bool:
        party = self.register.parties.get(code)
        return party is not None and party.kind == "organisation"

    def kind(self, code: str) -> str | None:
        party = self.register.parties.get(code)
        return None if party is None else party.kind

    def predecessor(self, successor: str, named: str | None, acted: set[str]) -> Succession | None:
        # 3.5 detail `of`, else the predecessor in the register, of several the first that acted, of none the first
        known = sorted(self.register.predecessors(successor), key=lambda s: (s.on, s.predecessor))
        if named is not None:
            known = [s for s in known if s.predecessor == named]
        return next((s for s in known if s.predecessor in acted), known[0] if known else None)

    def turning_days(self) -> set[date]:
        """The days on which anyone comes, goes or follows another."""
        days = {s.on for s in self.register.successions}
        for party in self.register.parties.values():
            for span in party.exists:
                days |= {d for d in (span.start, span.end) if d is not None}
        return days
