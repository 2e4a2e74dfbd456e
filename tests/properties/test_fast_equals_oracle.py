"""The fast path and the slow oracle give the same verdict, mode, text and exceptions: on random books, day after day.

Both follow docs/explanation/how-standing-is-derived.md and share nothing but types. A slice of 400 books is asked here, another
one each day (``COMITY_SLICE`` picks one of 0 to 24); ``make verify`` asks all ten thousand.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from comity.standing import Record, Standing
from oracles import standing as oracle
from tests.mutation.scenes import scene, scenes
from tests.properties.books import Book
from tests.properties.drafting import ACTORS, TERRITORY, VIEWERS
from tests.properties.snapping import snapped_book, turning_days

BOOKS, SLICES, PARTS = 400, 25, 10
MANY = 24
SLICE = int(os.environ.get("COMITY_SLICE", str(date.today().toordinal() % SLICES)))


def differences(book: Book, on: date, known: date, viewer: str | None) -> list[str]:
    """Every question about one day on which the two disagree; of an agreement with very many worlds a few questions are put."""
    agreements, entries, register = book
    slow = oracle.Record(agreements, entries, register)
    fast = Standing(Record(tuple(agreements), tuple(entries), register), on=on, known=known, viewer=viewer)
    found: list[str] = []

    def compare(question: str, got: object, want: object) -> None:
        if got != want:
            found.append(f"{question} on {on} known {known} as {viewer}: fast {got}, oracle {want}")

    for agreement in fast.known_agreements():
        compare(f"in force {agreement}", fast.verdict_in_force(agreement), oracle.in_force(slow, agreement, on, known, viewer))
        actors = ACTORS if len(fast._asking.worlds.cases(agreement)) <= MANY else ACTORS[:2]
        for party in actors:
            for territory in (None, TERRITORY):
                want = oracle.bound(slow, party, agreement, on, known, viewer, territory=territory)
                compare(f"bound {party} {agreement} for {territory}", fast.verdict_bound(party, agreement, territory), want)
        for a, b in combinations(actors[:6], 2):
            compare(f"between {a} {b} {agreement}", fast.verdict_between(a, b, agreement), oracle.between(slow, a, b, agreement, on, known, viewer))
    return found


def disagreements(seed: int) -> list[str]:
    """The questions about the book of this seed, on any day and on one on which something changes, on which the two disagree."""
    rng = Random(seed)
    viewer, known = rng.choice((*VIEWERS, None)), rng.choice((date(2007, 1, 1), date(2007, 1, 1), date(2003, 1, 1)))
    book = snapped_book(seed)
    turning = turning_days(book, known, viewer)
    days = [date(2000, 1, 1) + timedelta(days=rng.randrange(2400))]
    days += [rng.choice(turning) - timedelta(days=rng.choice((0, 0, 1)))] if turning else []
    return [found for on in days for found in differences(book, on, known, viewer)]


@pytest.mark.parametrize("number", scenes())
def test_of_a_scene_the_fast_path_says_what_the_oracle_says(number: int) -> None:
    book, known = scene(number), date(2010, 1, 1)
    days = {day - timedelta(days=before) for day in turning_days(book, known, None) for before in (0, 1)}
    for on in Random(number).sample(sorted(days), min(8, len(days))):
        assert differences(book, on, known, None) == []


def test_an_exit_that_would_move_on_by_a_day_in_each_round_comes_to_rest() -> None:
    """The notice waits while most parties have consented; once they are out there are none, and nothing keeps them out."""
    assert disagreements(830) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_the_fast_path_says_what_the_oracle_says(part: int) -> None:
    for seed in range(SLICE * BOOKS + part, (SLICE + 1) * BOOKS, PARTS):
        assert disagreements(seed) == [], f"the book of seed {seed}: tests.properties.snapping.snapped_book({seed})"
