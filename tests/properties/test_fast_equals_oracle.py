"""The fast path and the slow oracle give the same verdict, mode, text and exceptions: on random books, day after day.

Both follow docs/explanation/how-standing-is-derived.md and share nothing but types. The number of books is a slice here
(``COMITY_BOOKS``, default 150); ``make verify`` runs the whole.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import combinations

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from comity.standing import Record, Standing
from oracles import standing as oracle
from tests.properties.books import ACTORS, VIEWERS, Book, books

BOOKS = int(os.environ.get("COMITY_BOOKS", "150"))
SEED = int(os.environ.get("COMITY_SEED", "0"))


def differences(book: Book, on: date, known: date, viewer: str | None) -> list[str]:
    """Every question about one day on which the two disagree."""
    agreements, entries, register = book
    slow = oracle.Record(agreements, entries, register)
    fast = Standing(Record(tuple(agreements), tuple(entries), register), on=on, known=known, viewer=viewer)
    found: list[str] = []

    def compare(question: str, got: object, want: object) -> None:
        if got != want:
            found.append(f"{question} on {on} known {known} as {viewer}: fast {got}, oracle {want}")

    for agreement in fast.known_agreements():
        compare(f"in force {agreement}", fast.verdict_in_force(agreement), oracle.in_force(slow, agreement, on, known, viewer))
        for party in ACTORS:
            compare(f"bound {party} {agreement}", fast.verdict_bound(party, agreement), oracle.bound(slow, party, agreement, on, known, viewer))
        for a, b in combinations(ACTORS[:6], 2):
            compare(f"between {a} {b} {agreement}", fast.verdict_between(a, b, agreement), oracle.between(slow, a, b, agreement, on, known, viewer))
    return found


@settings(max_examples=BOOKS, deadline=None, derandomize=SEED == 0, suppress_health_check=list(HealthCheck), database=None)
@given(book=books(), days=st.lists(st.integers(0, 2400), min_size=2, max_size=3), known=st.integers(0, 3), viewer=st.sampled_from(VIEWERS))
def test_the_fast_path_says_what_the_oracle_says(book: Book, days: list[int], known: int, viewer: str | None) -> None:
    for day in days:
        on = date(2000, 1, 1) + timedelta(days=day)
        assert differences(book, on, date(2007, 1, 1) if known else date(2003, 1, 1), viewer) == []
