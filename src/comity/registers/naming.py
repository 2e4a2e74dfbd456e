"""Which party a register means by a name or by a code of Correlates of War or Gleditsch and Ward, on a day.

Names and codes with their periods are the register of parties' own; other spellings, and names that mean different persons at different
times, stand in names.toml. A name or code that means no party, or may mean two, is a reason and no party: nothing is guessed.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from comity.parties import Register, Span


@dataclass(frozen=True, slots=True)
class Meant:
    """The party that is meant, or why none is. ``listed``: in the list of the scheme on that day (a code only)."""

    code: str | None
    why: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class _Alias:
    party: str | None
    span: Span
    registers: tuple[str, ...]
    why: str


class Namer:
    """Reads the names and codes of one register of acts, beside one register of parties."""

    def __init__(self, parties: Register, register: str) -> None:
        self._lacking: dict[str, dict[str, object]] = {p["code"]: p for p in _file()["party"] if p["code"] not in parties.parties}
        self._parties, self._register = parties, register
        self._named: dict[str, list[tuple[str, Span]]] = defaultdict(list)
        self._coded: dict[tuple[str, str], list[tuple[str, Span]]] = defaultdict(list)
        for party in parties.parties.values():
            for named in party.names:
                self._named[_key(named.name)].append((party.code, Span(named.start, named.end)))
            for coded in party.codes:
                self._coded[(coded.scheme, coded.code)].append((party.code, Span(coded.start, coded.end)))
        for code, table in self._lacking.items():
            for one in _names(table):
                self._named[_key(one)].append((code, Span()))

    def of_name(self, name: str, day: date | None) -> Meant:
        """The party of this name on that day (as it is called today, if no day is given)."""
        aliases = [a for a in _aliases().get(_key(name), ()) if not a.registers or self._register in a.registers]
        if aliases:
            found = [a for a in aliases if (day or date.max) in a.span]
            if not found:
                return Meant(None, f"{name!r} means no one party on {day}: {aliases[0].why or 'see names.toml'}")
            if found[0].party is None:
                return Meant(None, f"{name!r}: {found[0].why}")
            return self._as_then(found[0].party, day)
        held = self._named.get(_key(name), [])
        codes = list(dict.fromkeys(code for code, _ in held))
        if len(codes) > 1 and day is not None:
            codes = list(dict.fromkeys(code for code, span in held if day in span)) or [c for c in codes if self._exists(c, day)]
        if len(codes) != 1:
            return Meant(None, f"{name!r} is the name of {' and of '.join(codes)}" if codes else f"no party on record is called {name!r}")
        return self._as_then(codes[0], day)

    def of_code(self, scheme: str, code: str, day: date) -> Meant:
        """The party with this code in the scheme on that day; outside the list's years the one that bears it and existed then, if only one did."""
        held = self._coded.get((scheme, code), [])
        found = list(dict.fromkeys(party for party, span in held if day in span))
        if len(found) == 1:
            return Meant(found[0])
        if not held:
            return Meant(None, f"{scheme} code {code} is no party's on record")
        bearers = list(dict.fromkeys(party for party, _ in held))
        alive = [party for party in bearers if self._exists(party, day)]
        if len(alive) == 1:
            return Meant(alive[0], f"{scheme} code {code} is not in the list on {day}; {alive[0]} bears it and existed", listed=False)
        which = "which did not exist" if len(bearers) == 1 else f"{'several' if alive else 'none'} of which existed"
        who = f"{' or '.join(bearers)}, {which}"
        return Meant(None, f"{scheme} code {code} is {who} on {day}", listed=False)

    def bearers_after(self, scheme: str, code: str, day: date) -> list[tuple[str, date]]:
        """To whom the code passes after ``day``, and when, other than to one who continues the person that had it."""
        spans = sorted((span.start, party) for party, span in self._coded.get((scheme, code), []) if span.start is not None and span.start > day)
        before, found = self.of_code(scheme, code, day).code, list[tuple[str, date]]()
        for start, party in spans:
            if party != before and before not in self._continued(party):
                found.append((party, start))
            before = party
        return found

    def exists(self, code: str, day: date) -> bool:
        """Does the party, or one that continues it, exist on that day?"""
        return self._exists(self.as_then(code, day), day)

    def as_then(self, code: str, day: date) -> str:
        """The code that the same person had on that day."""
        if not self._exists(code, day):
            later = [s.successor for s in self._parties.continuators(code) if s.on <= day and s.contested is None]
            return later[0] if later else self._as_then(code, day).code or code
        return code

    def person(self, code: str) -> str:
        """One code for one person, whatever it is called in turn: the last."""
        return self._parties.codes_of(code, contested=False)[-1]

    def lacking(self, codes: set[str]) -> tuple[dict[str, object], ...]:
        """Of these parties, those that names.toml brings because the register of parties lacks them."""
        return tuple({name: value for name, value in self._lacking[code].items() if name != "also"} for code in sorted(codes & set(self._lacking)))

    def _as_then(self, code: str, day: date | None) -> Meant:
        """The person that ``code`` continues, on a day before it bore that code."""
        at, seen = code, set[str]()
        while day is not None and at not in seen and not self._exists(at, day):
            seen.add(at)
            at = next(iter(self._continued(at)), code)
        return Meant(at)

    def _continued(self, code: str) -> list[str]:
        """Whom it continues, undisputed."""
        return [s.predecessor for s in self._parties.predecessors(code) if s.how == "continues" and s.contested is None]

    def _exists(self, code: str, day: date) -> bool:
        party = self._parties.parties.get(code)
        return party is None or party.exists_on(day)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _names(table: dict[str, Any]) -> list[str]:
    return [one["name"] for one in table["names"]] + list(table.get("also", ()))


@cache
def _file() -> dict[str, Any]:
    found = tomllib.loads((resources.files("comity.registers") / "names.toml").read_text(encoding="utf-8"))
    return {"party": found.get("party", []), "name": found.get("name", [])}


@cache
def _aliases() -> dict[str, list[_Alias]]:
    found: dict[str, list[_Alias]] = defaultdict(list)
    for table in _file()["name"]:
        alias = _Alias(table.get("party"), Span(table.get("from"), table.get("until")), tuple(table.get("registers", ())), table.get("why", ""))
        for name in table["names"]:
            found[_key(name)].append(alias)
    return dict(found)
