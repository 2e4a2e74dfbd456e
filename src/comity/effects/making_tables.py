"""Tables out of what is asked for by name: columns of panels, columns of a file, words of the record.

Source: docs/explanation/how-effects-are-read.md, section 1; how-panels-are-made.md, sections 4 to 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Literal

import numpy as np
import polars as pl

from comity.effects.answers import ColumnTold
from comity.effects.pair_tables import RELEVANT, PairTable, check_columns, pair_table
from comity.effects.questions import MOST_LAG
from comity.effects.wishes import RECORD, WORDS, Wish, Wishes, of_record, wish
from comity.panels import Add, Family, Panel, Shelf, panel, parse_add
from comity.terms import BadInput

How = Literal["lowest", "highest"]
KEYS = ("ccode1", "ccode2", "year")
SYSTEM = 1816
"""The first year of the system of states."""


@dataclass(frozen=True, slots=True)
class TableMade:
    """A table, and what in it is what: names of columns, and the periods that are asked about."""

    table: PairTable
    treatment: str
    outcome: str
    controls: tuple[str, ...]
    under_way: str | None
    since: int
    until: int


def of_frame(frame: pl.DataFrame, pair: Sequence[str], period: str, wishes: Wishes) -> TableMade:
    """Out of a table of the user's own, whose columns are asked for by name. BadInput as ``pair_table``."""
    asked = {text: wish(text) for text in (wishes.treatment, wishes.outcome, *wishes.controls, *([wishes.under_way] if wishes.under_way else []))}
    under_way = wishes.under_way or _goes_with(asked[wishes.outcome].text, frame.columns)
    wanted = [one.text for one in asked.values()] + ([under_way] if under_way and under_way not in asked else [])
    has_relevant = [RELEVANT] if RELEVANT in frame.columns else []
    check_columns(frame, wanted)
    made = [one.yes(one.text).alias(one.named(one.text)) for one in asked.values() if one.how]
    names = dict.fromkeys([*(one.named(one.text) for one in asked.values()), *wanted[len(asked) :], *has_relevant])
    table = pair_table(frame.with_columns(made), pair, period, list(names))
    table = replace(table, told=tuple(ColumnTold(name, covers=_known(table, name)) for name in table.columns))
    named = {text: one.named(one.text) for text, one in asked.items()}
    since, until = int(table.period.min()), int(table.period.max())
    return TableMade(
        table,
        named[wishes.treatment],
        named[wishes.outcome],
        tuple(named[text] for text in wishes.controls),
        None if under_way is None else named.get(under_way, under_way),
        since if wishes.since is None else wishes.since,
        until if wishes.until is None else wishes.until,
    )


def of_sources(wishes: Wishes, shelf: Shelf, families: Iterable[Family]) -> TableMade:
    """Out of the store, by pair and year: one column each for treatment and outcome, two for a control that is said of states.

    BadInput for what is not one column of pairs, and as panels have it.
    """
    known = tuple(families)
    by_name = {family.name: family for family in known}
    for year in (wishes.since, wishes.until):
        if year is not None and not SYSTEM <= year <= date.max.year:
            raise BadInput(f"the year {year}: states are known by year from {SYSTEM} on; write a year from {SYSTEM} to {date.max.year}")
    treatment, outcome = (_of_pairs(of_record(text, by_name), by_name, what) for text, what in _both(wishes))
    under_way = _under_way(wishes, outcome, by_name)
    controls = [_of_family(of_record(text, by_name, yes=False), by_name, "a control") for text in wishes.controls]
    first, last = (_covers(add, by_name) for _, add in (treatment, outcome))
    since = max(first[0], last[0]) if wishes.since is None else wishes.since
    until = min(first[1], last[1]) if wishes.until is None else wishes.until
    if until < since:
        says = f"{wishes.treatment} is known {first[0]} to {first[1]}, {wishes.outcome} {last[0]} to {last[1]}"
        raise BadInput(f"since {since} until {until}: no year is in both ends; {says}")
    made = panel("dyad-year", since=min(max(last[0], SYSTEM), since - MOST_LAG), until=until, shelf=shelf)
    kept = _Kept(made, shelf, known)
    of, on = kept.one(*treatment), kept.one(*outcome)
    beside = None if under_way is None else kept.one(*under_way)
    held = tuple(dict.fromkeys(name for one, add in controls for name in kept.all(one, add)))
    kept.add_relevant(wishes.relevant)
    names = list(dict.fromkeys([of, on, *held, *([] if beside is None else [beside]), *([RELEVANT] if RELEVANT in kept.panel.frame.columns else [])]))
    table = pair_table(kept.panel.frame, KEYS[:2], KEYS[2], names, kept.told(names), kept.notes())
    return TableMade(table, of, on, held, beside, since, until)


def _known(table: PairTable, column: str) -> tuple[int, int] | None:
    """The first and the last period of which something is known in it."""
    known = table.period[~np.isnan(table.columns[column])]
    return (int(known.min()), int(known.max())) if len(known) else None


def _both(wishes: Wishes) -> tuple[tuple[str, str], ...]:
    return (wishes.treatment, "the treatment"), (wishes.outcome, "the outcome")


def _of_family(one: Wish, families: dict[str, Family], what: str) -> tuple[Wish, Add]:
    """Columns of a family that there is; BadInput for anything else."""
    add = parse_add(one.text)
    if add.family not in families:
        raise BadInput(
            f"{what}: there are no columns {add.family!r}; choose among {', '.join(families)}; or a word of the record: {WORDS}; or give a file"
        )
    return one, add


def _of_pairs(one: Wish, families: dict[str, Family], what: str) -> tuple[Wish, Add]:
    """One column of a family of pairs; BadInput for anything else."""
    _, add = _of_family(one, families, what)
    family = families[add.family]
    if family.of == "state":
        raise BadInput(f"{what}: {add.family} is said of single states; name a column of pairs, such as atop:atop_defense")
    names = add.columns or tuple(column.name for column in family.columns)
    if len(names) != 1:
        some = ", ".join(f"{add.family}:{name}" for name in names[:6])
        raise BadInput(f"{what}: {one.text!r} is {len(names)} columns; name one, such as {some}")
    return one, add


def _covers(add: Add, families: dict[str, Family]) -> tuple[int, int]:
    family = families[add.family]
    first, last = family.years(add.columns[0] if add.columns else family.columns[0].name)
    return first, last


def _under_way(wishes: Wishes, outcome: tuple[Wish, Add], families: dict[str, Family]) -> tuple[Wish, Add] | None:
    """The column that was named for it; else the one that goes with an onset in its family."""
    if wishes.under_way is not None:
        return _of_pairs(of_record(wishes.under_way, families), families, "--under-way")
    one, add = outcome
    family = families[add.family]
    name = add.columns[0] if add.columns else family.columns[0].name
    beside = _goes_with(name, [column.name for column in family.columns])
    return None if beside is None or one.how else (Wish(f"{add.family}:{beside}"), replace(add, columns=(beside,)))


def _goes_with(name: str, columns: Sequence[str]) -> str | None:
    """...ongoing, where there is ...onset."""
    found = name.removesuffix("onset") + "ongoing"
    return found if name.endswith("onset") and found in columns else None


class _Kept:
    """A panel that grows by what is asked for, each column once."""

    def __init__(self, made: Panel, shelf: Shelf, families: Sequence[Family]) -> None:
        self.panel, self.shelf, self.families = made, shelf, families
        self.made_of = dict[str, str]()
        """Of a column that was made of another of a source: which one."""

    def all(self, one: Wish, add: Add) -> list[str]:
        """The columns that come of it: of states, the lower and the higher of the two."""
        family = next(family for family in self.families if family.name == add.family)
        names, sides = add.columns or tuple(column.name for column in family.columns), "12" if family.of == "state" else ("",)
        missing = tuple(name for name in names if f"{add.prefix}{name}{sides[0]}" not in self.panel.frame.columns)
        if missing:
            self.panel = self.panel.add(replace(add, columns=missing), shelf=self.shelf, families=self.families)
        held = [f"{add.prefix}{name}" for name in names]
        return [self._yes(one, name) for name in (self._of_two(held) if family.of == "state" else held)]

    def one(self, one: Wish, add: Add) -> str:
        """The one column that comes of it."""
        return self.all(one, add)[0]

    def add_relevant(self, must: bool) -> None:
        """Which pairs are relevant, where the store can tell; BadInput where it must and cannot."""
        try:
            found = self.panel.add(Add("contiguity", prefix="_"), Add("majors", prefix="_"), shelf=self.shelf, families=self.families)
        except BadInput:
            if must:
                raise
            return
        relevant = ((pl.col("_conttype") > 0) | (pl.col("_cowmaj1") == 1) | (pl.col("_cowmaj2") == 1)).cast(pl.Int8)
        self.panel = found.with_column(RELEVANT, relevant, "contiguous, or one of the two a major power", "yes or no")

    def told(self, names: Sequence[str]) -> list[ColumnTold]:
        """What is known of each column."""
        by_name = {made.name: made for made in self.panel.columns}
        found = [(name, by_name[name], by_name[self.made_of.get(name, name)]) for name in names]
        return [ColumnTold(name, f"{made.column.means} ({of.rule})", of.source, of.covers) for name, made, of in found]

    def notes(self) -> list[str]:
        """What to bear in mind where the record was asked."""
        asked = any(made.family == RECORD for made in self.panel.columns)
        return ["pairs of which nothing is on record count as without an agreement; look at the record's coverage"] if asked else []

    def _of_two(self, names: Sequence[str]) -> list[str]:
        """The lower and the higher of the two states' numbers."""
        found = list[str]()
        ways: tuple[tuple[str, How], ...] = (("lower", "lowest"), ("higher", "highest"))
        for name, (word, how) in product(names, ways):
            if f"{word} {name}" not in self.panel.frame.columns:
                self.panel = self.panel.with_pairwise(f"{word} {name}", name, how)
                self.made_of[f"{word} {name}"] = f"{name}1"
            found.append(f"{word} {name}")
        return found

    def _yes(self, one: Wish, name: str) -> str:
        """Made yes or no, where it was said which numbers are a yes."""
        if one.how and one.named(name) not in self.panel.frame.columns:
            means = next((made.column.means for made in self.panel.columns if made.name == name), name)
            self.panel = self.panel.with_column(one.named(name), one.yes(name), f"{means}: {one.means}", "yes or no")
            self.made_of[one.named(name)] = self.made_of.get(name, name)
        return one.named(name)
