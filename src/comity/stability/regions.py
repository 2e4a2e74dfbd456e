"""Of whom it is asked: two states, a list of them, a region by name, or the parties to an agreement; and who belongs on which days.

Source: docs/explanation/how-stability-is-measured.md, section 1; ``regions.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from comity.parties import Register
from comity.stability.material import Belonging, Stretch
from comity.stability.measures import Region
from comity.stability.windows import joined
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict

_FILE = Path(__file__).parent / "regions.toml"


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region of the file: by the agreements that make a state a member, or by ranges of Correlates of War codes."""

    id: str
    title: str
    says: str
    source: str
    agreements: tuple[str, ...] = ()
    cow: tuple[tuple[int, int], ...] = ()


@cache
def named_regions() -> tuple[NamedRegion, ...]:
    """Every region that has a name."""
    plain = tomllib.loads(_FILE.read_text(encoding="utf-8"))["region"]
    return tuple(
        NamedRegion(
            one["id"], one["title"], one["says"], one["source"], tuple(one.get("agreements", ())), tuple((a, b) for a, b in one.get("cow", ()))
        )
        for one in plain
    )


def region_of(standing: Standing, whom: Sequence[str]) -> tuple[Region, tuple[Belonging, ...]]:
    """The region that the words name, and who belongs to it when, to the day of the standing.

    ``whom``: two or more states; or one word: a region, an organisation with a constituent agreement, an agreement, or states with commas between.
    BadInput, NotOnRecord where it is none of these.
    """
    codes = [code.strip() for word in whom for code in word.split(",") if code.strip()]
    if len(codes) > 1:
        return _of_states(standing, codes)
    if not codes:
        raise BadInput("of whom? name a region, an organisation, an agreement, or two states")
    word = codes[0]
    named = next((one for one in named_regions() if one.id.casefold() == word.casefold()), None)
    if named is not None and all(standing.record.has_agreement(one, standing.known) for one in named.agreements):
        belongs = _bound(standing, named.agreements) if named.agreements else _in_ranges(standing, named.cow)
        return Region(named.id, named.title, named.says, named.source), _some(belongs, word, standing)
    return _of_word(standing, word)


def _of_word(standing: Standing, word: str) -> tuple[Region, tuple[Belonging, ...]]:
    register, known = standing.record.register, standing.known
    party = register.parties.get(word)
    if party is not None and party.kind == "organisation":
        if party.constituent is None or not standing.record.has_agreement(party.constituent, known):
            raise BadInput(f"{word}: the record does not say by which agreement a state is its member; name the states, with commas between")
        says = f"Parties to {party.constituent}, each from the day on which it binds it."
        return Region(word, f"Members of {party.name_on(None)}", says, "the record"), _some(_bound(standing, [party.constituent]), word, standing)
    if standing.record.has_agreement(word, known):
        title = f"Parties to {standing.record.agreement(word, known).title}"
        return Region(word, title, "Each from the day on which it binds it.", "the record"), _some(_bound(standing, [word]), word, standing)
    if party is not None:
        raise BadInput(f"{word} alone is no region; name a second state, as in: comity stability {word} PARTY")
    raise NotOnRecord(f"no region, organisation, agreement or state {word!r}; regions by name: {', '.join(one.id for one in named_regions())}")


def _of_states(standing: Standing, codes: Sequence[str]) -> tuple[Region, tuple[Belonging, ...]]:
    register = standing.record.register
    found = list[str]()
    for code in codes:
        party = register.parties[standing.record.party(code)]
        if party.kind != "state":
            raise BadInput(f"{code} is of kind {party.kind}, not a state; name states, or one organisation alone")
        if code in found or any(code in register.codes_of(other) for other in found):
            raise BadInput(f"{code} is named twice; name different states")
        found.append(code)
    names = [register.parties[code].name_on(standing.on) for code in found]
    belongs = tuple(Belonging(code, first, last) for code in found for first, last in existence(register, code))
    pair = len(found) == 2
    title = " and ".join(names) if pair else ", ".join(names)
    return Region("-".join(found), title, "Each on the days on which it exists.", "the record", pair), belongs


def existence(register: Register, code: str) -> tuple[Stretch, ...]:
    """The days on which the person of a code exists, under whatever code."""
    spans = (span for one in register.codes_of(code) if one in register.parties for span in register.parties[one].exists)
    return joined(((s.start or date.min).toordinal(), date.max.toordinal() if s.end is None else s.end.toordinal() - 1) for s in spans)


def _bound(standing: Standing, agreements: Iterable[str]) -> Iterator[Belonging]:
    """States while one of the agreements binds them, or may."""
    register = standing.record.register
    for name in agreements:
        for code, *_ in standing.status(name):
            party = register.parties.get(code)
            if party is not None and party.kind == "state":
                for spell in standing.periods_bound(code, name):
                    yield Belonging(register.code_on(code, standing.on), spell.start, spell.end - 1, spell.verdict is Verdict.YES)


def _in_ranges(standing: Standing, ranges: Sequence[tuple[int, int]]) -> Iterator[Belonging]:
    """States while they bear a code in one of the ranges."""
    register = standing.record.register
    for code, party in sorted(register.parties.items()):
        for coded in party.codes if party.kind == "state" else ():
            if coded.scheme == "cow" and any(low <= int(coded.code) <= high for low, high in ranges):
                first, end = coded.start or date.min, coded.end
                yield Belonging(register.code_on(code, standing.on), first.toordinal(), date.max.toordinal() if end is None else end.toordinal() - 1)


def _some(belongs: Iterable[Belonging], word: str, standing: Standing) -> tuple[Belonging, ...]:
    """Two of them at least."""
    found = tuple(belongs)
    if len({one.party for one in found}) < 2:
        raise BadInput(f"{word} has fewer than two states on record, as known on {standing.known}; name the states, with commas between")
    return found


def bearers(register: Register, parties: Iterable[str], scheme: str) -> dict[int, list[tuple[Stretch, str]]]:
    """Who of these bore each number of a list of states, and on which days; under whatever code of its own."""
    found = dict[int, list[tuple[Stretch, str]]]()
    for party in parties:
        for code in register.codes_of(party):
            for coded in register.parties[code].codes if code in register.parties else ():
                if coded.scheme == scheme:
                    first, last = (coded.start or date.min).toordinal(), date.max.toordinal() if coded.end is None else coded.end.toordinal() - 1
                    found.setdefault(int(coded.code), []).append(((first, last), party))
    return found
