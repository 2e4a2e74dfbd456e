"""What an import gives: all of a file as objects, or everything that is wrong with it; and besides, what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

from comity.exchange.envelopes import RawObject
from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class Problem:
    """Where in the file (``line 3, value``), and what is to be said about it."""

    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


@dataclass(frozen=True, slots=True)
class Imported:
    """``objects``: what the file says, as STIX 2.1; none where anything is ``wrong``. ``left_out``: what has no place in them, and the reason."""

    objects: tuple[RawObject, ...] = ()
    wrong: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()


def each_once(objects: list[RawObject]) -> tuple[RawObject, ...]:
    """The same without repetitions; BadInput where two versions of the same id and time have other bytes."""
    found: dict[tuple[str, int], RawObject] = {}
    for one in objects:
        known = found.setdefault((one.id, one.version), one)
        if known.body != one.body:
            raise BadInput(f"{one.id} stands twice with the same time of modification and other content; which of the two is meant?")
    return tuple(found.values())
