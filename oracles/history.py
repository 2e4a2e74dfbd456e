"""What a walk leaves behind: where everyone stood at the end of each day (5.3, 5.5, 8)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Seat:
    """Where one person stands at the end of a day.

    ``mode`` says party also where operation is suspended (see pairs); ``covered``: its stretch has begun (8).
    """

    mode: str = "none"
    covered: bool = False
    consented: date | None = None
    start: date | None = None
    signed: bool = False
    suspended_until: date | None = None
    by_base: bool = False
    provisional_by: str | None = None
    provisional_articles: tuple[str, ...] = ()


@dataclass
class History:
    """The days on which something was looked at, in order, with the seats at the end of each."""

    agreement: str
    undecided: bool = False
    days: list[date] = field(default_factory=list)
    seats: list[dict[str, Seat]] = field(default_factory=list)
    ended: date | None = None

    def at(self, day: date) -> dict[str, Seat]:
        index = bisect_right(self.days, day)
        return self.seats[index - 1] if index else {}

    def seat(self, person: str, day: date) -> Seat:
        return self.at(day).get(person, Seat())

    def covered(self, day: date) -> set[str]:
        # 5.3 those whose stretch covers the day: [start, end of stretch)
        return {person for person, seat in self.at(day).items() if seat.covered}

    def parties(self, day: date) -> set[str]:
        # 8 bound, for other agreements too: not one who is left alone
        return {person for person, seat in self.at(day).items() if seat.mode == "party"}

    def accepters(self, day: date) -> set[str]:
        # 9.6 the parties whose own consent it rests on
        return {person for person, seat in self.at(day).items() if seat.covered and not seat.by_base}

    def signatories(self, day: date) -> set[str]:
        return {person for person, seat in self.at(day).items() if seat.signed}

    def ended_by(self, day: date) -> bool:
        return self.ended is not None and self.ended <= day

    def in_force(self, day: date) -> bool:
        # 8 at least two parties, and not ended
        return len(self.covered(day)) >= 2 and not self.ended_by(day)

    def changes(self) -> list[date]:
        found = [day for index, day in enumerate(self.days) if index == 0 or self.seats[index] != self.seats[index - 1]]
        return found if self.ended is None else [*found, self.ended]
