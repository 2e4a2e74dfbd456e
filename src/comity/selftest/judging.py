"""What becomes of a mutation of a ledger: is it named, and by what; is it without effect; or is it missed?

1. looking the ledger over names something, or it is refused   2. every row is what it was, and so are the export and what the indexes find: without
effect   3. opened anew, it contradicts a note that somebody else holds; or it answers every question as it did before: without effect   4. else it
is missed; so is whatever ends in an error that is not one of ours.

The first look is by a ledger whose statements are compiled already, by new connections: that is what makes so many mutations quick.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from comity.ledger import Ledger, check, compare, latest_checkpoint, open_ledger, told
from comity.selftest.crashing import now
from comity.terms import ComityError

REFUSED, NOTE, UNCHANGED, MISSED = "refused", "note held elsewhere", "without effect", "missed"
_MOST_FAULTS = 20


class Verdict(NamedTuple):
    """What named the mutation, or what else became of it; and in which words."""

    by: str
    says: str = ""


@dataclass(slots=True)
class Mutations:
    """How many mutations of each kind were tried, how many were found, by what, how many change nothing, how many were missed."""

    tried: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    without_effect: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.missed

    def count(self, kind: str, what: str, verdict: Verdict) -> None:
        """One mutation more: of which kind, what it was, and what became of it."""
        self.tried = _sum(self.tried, {kind: 1})
        if verdict.by == MISSED:
            self.missed += 1
            self.faults += [f"{what}: {verdict.says}"] if len(self.faults) < _MOST_FAULTS else []
        elif verdict.by == UNCHANGED:
            self.without_effect += 1
        else:
            self.found = _sum(self.found, {verdict.by: 1})

    def add(self, others: Iterable[Mutations]) -> None:
        """Those that were counted elsewhere."""
        for other in others:
            self.tried, self.found = _sum(self.tried, other.tried), _sum(self.found, other.found)
            self.without_effect += other.without_effect
            self.missed += other.missed
            self.faults = [*self.faults, *other.faults][:_MOST_FAULTS]


def _sum(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return dict(Counter(counts) + Counter(more))


class Answers(NamedTuple):
    """All that a ledger answers from what it holds."""

    origin: str
    head: object
    items: object
    acts: list[str]
    files: dict[str, bytes]
    numbers: dict[str, int]
    by_words: object
    checkpoint: tuple[int, str]


def answers(ledger: Ledger) -> Answers:
    items, files = list(ledger.items()), ledger.files()
    acts = [leaf.act for leaf, _, _ in items if leaf.act is not None]
    return Answers(ledger.origin, ledger.head(), items, acts, files, *_by_index(ledger, acts, files), latest_checkpoint(ledger))


def _by_index(ledger: Ledger, acts: Sequence[str], files: Iterable[str]) -> tuple[dict[str, int], object]:
    """What is found by an index: the acts' numbers; the latest whole files, how files begin, and what names an agreement or an act."""
    words = ["", *acts, *(name.removeprefix("agreements/").removesuffix(".toml") for name in files if name.startswith("agreements/"))]
    return ledger.numbers_of(acts), (ledger.latest(""), {name: ledger.head_of(name) for name in files}, ledger.naming(words))


class Judge:
    """Knows what the ledger at ``url`` answers before anything is changed, and the notes that somebody else holds."""

    def __init__(self, url: str, held: Iterable[str]) -> None:
        self.url, self.held = url, tuple(held)
        self.ledger = open_ledger(url, now)
        self.tables = sa.inspect(self.ledger.engine).get_table_names()
        self.before, self.rows = answers(self.ledger), self._rows()

    def verdict(self) -> Verdict:
        """What becomes of what was done to it since; every connection is made anew."""
        self.ledger.close()
        try:
            with told(self.url):
                return _named(self.ledger) or self._same() or self._looked_at_anew()
        except ComityError as refusal:
            return Verdict(REFUSED, str(refusal))
        except Exception as fault:
            return Verdict(MISSED, traceback.format_exception_only(fault)[-1].strip())
        finally:
            self.ledger.close()

    def _rows(self) -> list[object]:
        with self.ledger.engine.connect() as connection:
            return [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in self.tables]  # noqa: S608 (the ledger's own tables)

    def _same(self) -> Verdict | None:
        before, files = self.before, self.ledger.files()
        if (self._rows(), files, *_by_index(self.ledger, before.acts, files)) != (self.rows, before.files, before.numbers, before.by_words):
            return None
        return Verdict(UNCHANGED)

    def _looked_at_anew(self) -> Verdict:
        opened = open_ledger(self.url, now)
        opened.close()
        ledger = Ledger(self.ledger.engine, self.url, opened.origin, now)
        if opened.origin != self.ledger.origin and (verdict := _named(ledger)):
            return verdict
        for note in self.held:
            if against := compare(ledger, note):
                return Verdict(NOTE, f"{against.where}: {against.says}")
        after = answers(ledger)
        changed = [name for name, was, is_ in zip(Answers._fields, self.before, after, strict=True) if was != is_]
        return Verdict(MISSED, f"nothing names it, and it answers otherwise: {', '.join(changed)}") if changed else Verdict(UNCHANGED)


def _named(ledger: Ledger) -> Verdict | None:
    touched = check(ledger).touched
    return Verdict(touched[0].where.partition(" ")[0], touched[0].says) if touched else None
