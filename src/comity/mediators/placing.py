"""Rows of tables as material: said of states instead of codes, of who bore a code on the days in question.

Source: docs/explanation/how-mediators-are-ranked.md, sections 1 to 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from comity.mediators.material import Material, Spell, TableName
from comity.mediators.persons import Persons, Stretch
from comity.mediators.tables import Rows, SpellRow

_USA = "2"
"""The Correlates of War's code of the one state whose soldiers abroad are counted."""
_EPOCH = date(1970, 1, 1).toordinal()
_EVER = (date.min.toordinal(), date.max.toordinal())
"""The ends between which a day lies that is not told."""


def placed(material: Material, rows: Rows, persons: Persons) -> Material:
    """The material with what was read."""
    spells = (spell for of, source, read in rows.spells for row in read for spell in _spells(material, persons, of, source, row))
    counted = frozenset(state for (since, until), state in persons.bore(int(_USA)) if since <= material.on <= until)
    delivered, received = _arms(material, rows, persons)
    return replace(
        material,
        members=_members(rows, persons),
        reaches=rows.reaches,
        spells=tuple(dict.fromkeys(spells)),
        points={(state, year): point for code, year, point in rows.points for state in persons.in_year(code, year)},
        delivered=delivered,
        received=received,
        stationed=_stationed(rows, persons, counted),
        counted=counted,
        missing=tuple(rows.missing),
    )


def _members(rows: Rows, persons: Persons) -> dict[str, tuple[Stretch, ...]]:
    """On which days each is in the system; a spell that the list's end cuts goes on."""
    ends = max((end for _, _, end in rows.system), default=date.max)
    found = defaultdict[str, tuple[Stretch, ...]](tuple)
    for code, start, end in rows.system:
        first, last = start.toordinal(), _EVER[-1] if end == ends else end.toordinal()
        for (since, until), state in persons.bore(code):
            found[state] = (*found[state], (max(first, since), min(last, until)))
    return found


def _spells(material: Material, persons: Persons, of: TableName, source: str, row: SpellRow) -> Iterator[Spell]:
    """A row as spells of candidates and sides, on the days on which the two bore its codes."""
    one, other, *days = row
    first_a, first_b, last_a, last_b = (ever if day is None else day + _EPOCH for day, ever in zip(days, _EVER * 2, strict=True))
    for (a_since, a_until), a in persons.bore(one):
        for (b_since, b_until), b in persons.bore(other):
            since, until = max(a_since, b_since), min(a_until, b_until)
            if max(first_a, since) > min(last_b, until):
                continue  # it cannot have been on a day on which the two bore these codes
            first = max(first_a, since), max(first_b, since) if first_b <= until else _EVER[-1]
            last = min(last_a, until) if last_a >= since else _EVER[0], min(last_b, until)
            for candidate, side in ((a, b), (b, a)):
                if side in material.sides and candidate not in material.sides:
                    yield Spell(of, candidate, side, *first, *last, source)


def _arms(material: Material, rows: Rows, persons: Persons) -> tuple[dict[tuple[str, str, int], float], dict[tuple[str, int], float]]:
    """What each delivered to each, and what each received, by year."""
    delivered, received = defaultdict[tuple[str, str, int], float](float), defaultdict[tuple[str, int], float](float)
    for giver, taker, year, value in rows.arms:
        for to in persons.in_year(taker, year):
            received[to, year] += value
            for by in persons.in_year(giver, year):
                delivered[by, to, year] += value
    return delivered, received


def _stationed(rows: Rows, persons: Persons, counted: frozenset[str]) -> dict[tuple[str, str, int], int]:
    """Soldiers by whose they are, host and year."""
    found = defaultdict[tuple[str, str, int], int](int)
    for code, year, count in rows.troops:
        for host in persons.in_year(code, year):
            for owner in counted:
                found[owner, host, year] += count
    return found
