"""The books that mutants are tried on, the questions about each, and who is right about an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from comity.standing import Record, Standing
from oracles import standing as oracle
from tests.mutation.growing import Recipe, grown_book
from tests.mutation.probing import Key, probing
from tests.properties.books import Book
from tests.properties.drafting import ACTORS, TERRITORY, VIEWERS
from tests.properties.snapping import turning_days

DAYS = 40
_LATEST = date(2007, 1, 1)
_ORACLE: dict[str, Any] = {"verdicts_in_force": oracle.in_force, "verdicts_bound": oracle.bound, "verdicts_between": oracle.between}

Question = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A grown book, when and by whom it is read, the days asked about, the answers, and the places that could matter to them."""

    recipe: Recipe
    book: Book
    known: date
    viewer: str | None
    days: tuple[date, ...]
    answers: tuple[object, ...]
    places: frozenset[Key]

    def questions(self) -> Iterator[tuple[date, Question]]:
        """Each question with each day, in the order of the answers."""
        agreements, entries, register = self.book
        known = Standing(Record(tuple(agreements), tuple(entries), register), on=self.known, known=self.known).known_agreements()
        return ((day, question) for question in _questions(known) for day in self.days)

    def again(self) -> Iterator[object]:
        """The answers of the program as it now is."""
        return _answers(self.book, self.known, self.viewer, self.days)

    def oracle_says(self, day: date, question: Question) -> object:
        """The oracle's answer to one of the questions."""
        name, *named = question
        given: dict[str, Any] = {"territory": named.pop()} if name == "verdicts_bound" and len(named) > 2 else {}
        return _ORACLE[name](oracle.Record(*self.book), *named, day, self.known, self.viewer, **given)


def _questions(agreements: list[str]) -> Iterator[Question]:
    for agreement in agreements:
        yield ("verdicts_in_force", agreement)
        for party in ACTORS:
            yield ("verdicts_bound", party, agreement)
            yield ("verdicts_bound", party, agreement, TERRITORY)
        for a, b in combinations(ACTORS, 2):
            yield ("verdicts_between", a, b, agreement)


def _answers(book: Book, known: date, viewer: str | None, days: tuple[date, ...]) -> Iterator[object]:
    agreements, entries, register = book
    standing = Standing(Record(tuple(agreements), tuple(entries), register), on=known, known=known, viewer=viewer)
    for question in _questions(standing.known_agreements()):
        name, *named = question
        if name == "verdicts_bound":
            yield from standing.verdicts_bound(named[0], named[1], days, named[2] if len(named) > 2 else None)
        else:
            yield from getattr(standing, name)(*named, days)


def _days(book: Book, known: date, viewer: str | None, rng: random.Random) -> tuple[date, ...]:
    """Days on which an answer changes in some world, the days before them, and a few others."""
    chosen = sorted({day - timedelta(days=before) for day in turning_days(book, known, viewer) for before in (0, 1)})
    drawn = rng.sample(chosen, min(DAYS, len(chosen)))
    return tuple(drawn) + tuple(date(2000, 1, 1) + timedelta(days=rng.randrange(2400)) for _ in range(2))


def ask(recipe: Recipe) -> Asked:
    """The book of a recipe, with its questions and answers."""
    rng = random.Random(f"mutation {recipe}")
    book, known, viewer = grown_book(recipe), rng.choice((_LATEST, _LATEST, date(2003, 1, 1))), rng.choice(VIEWERS)
    days = _days(book, known, viewer, rng)
    answers = tuple(_answers(book, known, viewer, days))
    with probing() as seen:
        again = tuple(_answers(book, known, viewer, days))
    assert again == answers, f"probes change the answers about the book of {recipe}"
    return Asked(recipe, book, known, viewer, days, answers, frozenset(seen))
