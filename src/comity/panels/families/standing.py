"""Columns from the record itself: what binds two states to one another, by what it is about and what it obliges to.

Not a table that somebody coded: each is asked of standing, as known on its day and as its viewer may see it, with the law behind it. Where
an agreement's standing between the two is unknown or contested, so is what counts it: null, and ``agreements_open`` says how many.

Source: docs/explanation/how-panels-are-made.md, section 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.tables import DAYS, Combine, Dated
from comity.terms import BadInput, Verdict

if TYPE_CHECKING:
    from comity.agreements import Agreement
    from comity.parties import Register
    from comity.standing import Period, Standing

OBLIGATIONS = ("defence", "consultation", "non-aggression", "neutrality", "cooperation")
ALLOWS = {
    "release": "release of information",
    "station": "forces of one on the other's territory",
    "supply": "logistic support",
    "transfer": "technology transfer",
    "train": "training",
    "overfly": "overflight",
}
_EPOCH = date(1970, 1, 1).toordinal()
_LATEST = date(9990, 12, 31).toordinal() - _EPOCH


def of_standing(standing: Standing, agreements: Iterable[str] | None = None) -> Family:
    """The family ``standing``: of the agreements named, or of all on record; COW codes.

    BadInput for an agreement that is not on record.
    """
    known = standing.known_agreements()
    wanted = known if agreements is None else list(agreements)
    for name in wanted:
        if name not in known:
            raise BadInput(f"no agreement {name!r} is on record; list them with: comity agreements")

    def read(shelf: Shelf, add: Add) -> Dated:
        found = [spell for name in standing.progress(wanted) for spell in _of_agreement(standing, name)]
        schema = {
            "state": pl.Int32,
            "other": pl.Int32,
            **dict.fromkeys(DAYS, pl.Int64),
            **dict.fromkeys((c.name for c in COLUMNS), pl.Int16),
        }
        return Dated(pl.DataFrame(found, schema=schema, orient="row"), WAYS)

    return Family("standing", "record", "pair", read, made=COLUMNS, covers=(1, standing.known.year))


COLUMNS = (
    Column("agreements", "agreements in force between the two", "agreements", 0),
    Column("agreements_open", "agreements of which it is unknown or contested whether they are in force between the two", "agreements", 0),
    Column("in_force_since", "the year since which the oldest of those in force has been so between the two", "year"),
    Column("political", "of them, political ones: they bind, but not in law", "agreements", 0),
    *(Column(kind.replace("-", "_"), f"of them, those that oblige to {kind}", "agreements", 0) for kind in OBLIGATIONS),
    *(Column(f"allows_{kind}", f"of them, those that allow {told}", "agreements", 0) for kind, told in ALLOWS.items()),
)
WAYS: dict[str, Combine] = {**{c.name: "sum" for c in COLUMNS}, "in_force_since": "min"}


def _of_agreement(standing: Standing, name: str) -> list[tuple[int | None, ...]]:
    agreement, register = standing.record.agreement(name, standing.known), standing.record.register
    values = _values(agreement)
    bound = [party for party, *_ in standing.status(name)]
    rows = list[tuple[int | None, ...]]()
    for a, b in combinations(sorted(bound), 2):
        for spell in standing.spells_between(a, b, name):
            for code_a, code_b, start, end in _coded(register, a, b, spell):
                rows.append((code_a, code_b, start, start, end, end, *_of_spell(spell, values)))
    return rows


def _values(agreement: Agreement) -> Sequence[int]:
    from comity.agreements.allowances import Allowance, Release  # who makes a table of sources alone does not wait for the law
    from comity.agreements.obligations import Obligation

    obliges = {c.type for c in agreement.clauses if isinstance(c, Obligation)}
    allows = {c.activity for c in agreement.clauses if isinstance(c, Allowance)} | {"release" for c in agreement.clauses if isinstance(c, Release)}
    return [int(agreement.form == "political"), *(int(kind in obliges) for kind in OBLIGATIONS), *(int(kind in allows) for kind in ALLOWS)]


def _of_spell(spell: Period, values: Sequence[int]) -> Sequence[int | None]:
    if spell.verdict is Verdict.YES:
        return [1, 0, date.fromordinal(spell.start).year, *values]
    return [None, 1, None, *(None if value else 0 for value in values)]  # what it would not oblige to in any case is known


def _coded(register: Register, a: str, b: str, spell: Period) -> Iterable[tuple[int, int, int, int]]:
    """The spell in the codes that the two bore in it; days since 1970, both in."""
    for code_a, from_a, until_a in _codes(register, a):
        for code_b, from_b, until_b in _codes(register, b):
            start, end = max(spell.start, from_a, from_b) - _EPOCH, min(spell.end, until_a, until_b) - 1 - _EPOCH
            if start <= end:
                yield code_a, code_b, start, min(end, _LATEST)


def _codes(register: Register, party: str) -> list[tuple[int, int, int]]:
    found = (c for c in register.parties[party].codes if c.scheme == "cow")
    return [(int(c.code), c.start.toordinal() if c.start else 1, c.end.toordinal() if c.end else date.max.toordinal()) for c in found]
