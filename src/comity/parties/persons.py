"""Who can act: states as they then were, organisations and their organs, forces and agencies; types only.

A party is a legal person for as long as it exists. Its name may change while it stays the same person; when it dissolves,
unites or splits, successors are other persons, and its acts remain its own.

Source: Vienna Convention on Succession of States in respect of Treaties (1978), articles 2 and 31 to 35; Correlates of
War state system membership; Gleditsch and Ward (1999) list of independent states; ISO 3166-1 and 3166-3; STANAG 1059.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

PartyKind = Literal["state", "organisation", "organ", "force", "agency", "territory"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open period; None is open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """A name the party bore during a period."""

    name: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A code in a scheme (iso2, iso3, iso-numeric, cow, gw, nato) borne during a period."""

    scheme: str
    code: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One legal person.

    ``exists``: periods of existence (several where a state was annexed and restored). ``part_of``: the state or
    organisation that an organ, force, agency or territory belongs to. ``constituent``: the agreement whose parties are an
    organisation's members. ``integration``: an organisation that may be party beside its members (not counted with them).
    """

    code: str
    kind: PartyKind
    names: tuple[Named, ...]
    codes: tuple[Coded, ...] = ()
    exists: tuple[Span, ...] = (Span(),)
    part_of: str | None = None
    constituent: str | None = None
    integration: bool = False
    note: str | None = None
    source: str | None = None

    def name_on(self, day: date | None) -> str:
        """The name it bore on ``day`` (its last name if None or outside all)."""
        if day is not None:
            for named in self.names:
                if day in Span(named.start, named.end):
                    return named.name
        return self.names[-1].name

    def exists_on(self, day: date) -> bool:
        return any(day in span for span in self.exists)


@dataclass(frozen=True, slots=True)
class Succession:
    """How one person followed another.

    ``how``: *continues* (the same legal person under a new code: its predecessor's acts are its own from ``on``),
    *separates* (predecessor lives on), *dissolves* (predecessor ends), *unites* / *absorbs* (predecessor ends in it),
    *decolonised* (newly independent, starts with a clean slate). ``contested`` names who denies it, with ``note`` and
    ``source``; ``settled`` is the day the dispute over it ended.
    """

    successor: str
    predecessor: str
    how: Literal["continues", "separates", "dissolves", "unites", "absorbs", "decolonised"]
    on: date
    contested: str | None = None
    settled: date | None = None
    note: str | None = None
    source: str | None = None

    def is_denied_on(self, on: date) -> bool:
        """Does somebody deny it on the day: since it came about, and until the dispute was settled?"""
        return bool(self.contested) and self.on <= on and (self.settled is None or on < self.settled)


@dataclass(frozen=True)
class Register:
    """All parties of a record and how they followed one another."""

    parties: dict[str, Party] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()

    def continuators(self, code: str) -> list[Succession]:
        """Who is the same legal person as ``code`` later on."""
        return self._continued.get(code, [])

    def predecessors(self, code: str) -> list[Succession]:
        return self._preceded.get(code, [])

    def codes_of(self, code: str, *, contested: bool = True) -> tuple[str, ...]:
        """Every code under which the legal person of ``code`` has acted, from its first to its last: whom it continues, and who continues it.

        ``contested``: also where somebody denies that the one continues the other. A code that is no party's is a person's only one.
        Source: Vienna Convention on Succession of States in respect of Treaties (1978), article 2 (1) (b), of which continuity is the opposite:
        no State replaces another.
        """
        return tuple(name for name, _ in self._line(code, contested))

    def code_on(self, code: str, on: date) -> str:
        """The code that the legal person of ``code`` bears on the day, denied or not: its first, or the last that it took by then."""
        line = self._line(code, True)
        return [name for name, _ in itertools.takewhile(lambda one: one[1] is None or one[1] <= on, line)][-1]

    def _line(self, code: str, contested: bool) -> list[tuple[str, date | None]]:
        """Its codes in turn, each with the day on which it was taken; of the first that is not told."""
        line, seen = list[tuple[str, date | None]](), {code}
        at = code
        while (s := _next_of(self.predecessors(at), contested)) is not None and s.predecessor not in seen:
            line.insert(0, (at, s.on))
            at = s.predecessor
            seen.add(at)
        line.insert(0, (at, None))
        at = code
        while (s := _next_of(self.continuators(at), contested)) is not None and s.successor not in seen:
            at = s.successor
            line.append((at, s.on))
            seen.add(at)
        return line

    @cached_property
    def _continued(self) -> dict[str, list[Succession]]:
        return _grouped((s.predecessor, s) for s in self.successions if s.how == "continues")

    @cached_property
    def _preceded(self) -> dict[str, list[Succession]]:
        return _grouped((s.successor, s) for s in self.successions)


def _next_of(successions: Iterable[Succession], contested: bool) -> Succession | None:
    """The first by which a person goes on."""
    return next((s for s in successions if s.how == "continues" and (contested or s.contested is None)), None)


def _grouped(successions: Iterable[tuple[str, Succession]]) -> dict[str, list[Succession]]:
    found: dict[str, list[Succession]] = {}
    for code, succession in successions:
        found.setdefault(code, []).append(succession)
    return found
