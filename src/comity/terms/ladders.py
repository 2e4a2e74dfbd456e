"""Classification ladders: the levels of one policy (a state's, an organisation's), from the lowest to the highest, over time.

A ladder says nothing about another one: which level of another policy answers to which is for the security agreement
between the two, and may be partial and differ by direction.

Source: ADatP-4774 (policy and classification of a label); XML SPIF 2.1, securityClassification; each ladder names its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.terms.errors import NotOnRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """One level. ``rank``: its place, higher is stricter; ``also``: other forms of its name in use; half-open days of use."""

    name: str
    rank: int
    also: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None

    def used_on(self, day: date) -> bool:
        """Was information marked with this level on that day?"""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)

    def is_called(self, name: str) -> bool:
        """Is it this level that ``name`` means, whatever its case and spaces?"""
        return _plain(name) in {_plain(known) for known in (self.name, *self.also)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """A mark of one policy that limits who may be given what bears it.

    ``effect``: *national* (nobody but the originator's own), *originator* (it passes on with the originator's consent only),
    *handling* (how it is kept or carried; no bearing on who may have it).
    """

    name: str
    effect: Literal["national", "originator", "handling"]
    says: str
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A special category of one policy: *restrictive* (an agreement must cover it, people are briefed into it) or *informative*."""

    name: str
    says: str
    source: str
    type: Literal["restrictive", "informative"] = "restrictive"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The levels of one policy, and the marks it knows beside them. ``owner``: the state or organisation whose policy it is."""

    policy: str
    owner: str
    source: str
    levels: tuple[Classification, ...]
    read: Literal["text", "secondary", "memory"] = "text"
    note: str | None = None
    caveats: tuple[Caveat, ...] = ()
    categories: tuple[Category, ...] = ()

    def level(self, name: str) -> Classification:
        """The level that ``name`` means, still in use or not; NotOnRecord lists what there is."""
        found = next((level for level in self.levels if level.is_called(name)), None)
        if found is None:
            known = ", ".join(level.name for level in sorted(self.levels, key=lambda level: level.rank))
            raise NotOnRecord(f"no level {name!r} in the policy {self.policy}; from the lowest to the highest it has: {known}")
        return found

    def caveat(self, name: str) -> Caveat | None:
        """The caveat that ``name`` means; None: this policy has none of that name on record."""
        return next((c for c in self.caveats if _plain(name) in {_plain(known) for known in (c.name, *c.also)}), None)

    def category(self, name: str) -> Category | None:
        """The special category that ``name`` means; None: this policy has none of that name on record."""
        return next((c for c in self.categories if _plain(name) in {_plain(known) for known in (c.name, *c.also)}), None)


def _plain(name: str) -> str:
    return "".join(name.casefold().split())
