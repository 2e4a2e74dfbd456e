"""Random books in which days meet: acts moved onto the days on which rules have their edges.

Of four books of a theme one is as it came; in one, acts are moved to days on which some answer changes; in two, to where two days
that the fast path compares become one and the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

from comity.acts import Act, Entry
from comity.standing import Record, Standing
from comity.standing.viewing import between_views, bound_views, force_views
from comity.terms import parse_moment
from tests.mutation.meeting import meetings
from tests.properties.books import THEMES, Book, random_book
from tests.properties.drafting import ACTORS, TERRITORY

FIRST, LAST = date(1999, 1, 1), date(2012, 1, 1)
LATEST = date(2007, 1, 1)
Move = tuple[int, str, str]
"""The number of an act in a book, which of its moments (or days among its details), and the day it is moved to."""
_MOMENTS = ("made", "received", "notified", "effect")
_DAYS = ("until", "in_force", "ended", "bound_from", "bound_until", "made", "received")


def turning_days(book: Book, known: date, viewer: str | None) -> list[date]:
    """The days on which the answer to some question changes in some world."""
    agreements, entries, register = book
    standing = Standing(Record(tuple(agreements), tuple(entries), register), on=known, known=known, viewer=viewer)
    worlds, points = standing._asking.worlds, set[int]()
    for agreement in standing.known_agreements():
        views = [force_views(worlds, agreement), *(bound_views(worlds, agreement, p, to) for p in ACTORS for to in (None, TERRITORY))]
        views += [between_views(worlds, agreement, a, b) for a, b in combinations(ACTORS, 2)]
        points |= {start for found in views for view in found for start, _, _, _ in view.pieces}
    return [date.fromordinal(p) for p in sorted(points) if FIRST.toordinal() < p < LAST.toordinal()]


def snapped_book(seed: int) -> Book:
    """The random book of a seed, with days that meet."""
    return moved_book(random_book(seed), snaps(seed))


def snaps(seed: int) -> list[Move]:
    """The moves that make days meet in the random book of a seed."""
    book, rng, way = random_book(seed), Random(f"snapped {seed}"), seed // len(THEMES) % 4
    if way == 1:
        return _turned(book, rng)
    moves: list[Move] = []
    for _ in range(rng.randrange(1, 5) if way > 1 else 0):
        moves += aimed(moved_book(book, moves), rng)
    return moves


def moved_book(book: Book, moves: Iterable[Move]) -> Book:
    """The book with acts moved, and replies that still find what they reply to."""
    for number, name, day in moves:
        book = with_acts(book, {number: _moved(book[1][number].act, name, day)})
    return book


def _turned(book: Book, rng: Random) -> list[Move]:
    days = turning_days(book, LATEST, None)
    if not days or not book[1]:
        return []
    moves: list[Move] = []
    for number in {rng.randrange(len(book[1])) for _ in range(rng.randrange(1, 5))}:
        act = book[1][number].act
        day = rng.choice(days) + timedelta(days=rng.choice((0, 0, 0, 1, -1)))
        name = "effect" if act.effect is not None and rng.random() < 0.5 else "made" if act.kind == "sign" else "received"
        moves.append((number, name, str(day)))
    return moves


def aimed(book: Book, rng: Random, wanted: Container[tuple[str, int]] | None = None) -> list[Move]:
    """A move of one act by which two days that are compared (on one of the lines wanted) meet, or miss each other by a day."""
    with meetings() as met:
        turning_days(book, LATEST, None)
    places = sorted(met)
    rng.shuffle(places)
    if wanted is not None:
        places.sort(key=lambda place: place[:2] not in wanted)
    for place in places:
        one, other = rng.choice(sorted(met[place]))
        movable = [
            (number, name, to)
            for day, to in ((one, other), (other, one))
            for number, entry in enumerate(book[1])
            for name, had in moments_of(entry.act)
            if had.toordinal() == day
        ]
        if not movable and rng.random() < 0.5:  # one of them follows from some act: move that act by as much
            number = rng.randrange(len(book[1]))
            movable = [(number, name, had.toordinal() + other - one) for name, had in moments_of(book[1][number].act) if abs(other - one) < 900]
        if movable:
            number, name, to = rng.choice(movable)
            return [(number, name, str(date.fromordinal(to + rng.choice((0, 0, 0, 0, 1, -1)))))]
    return []


def moments_of(act: Act) -> Iterator[tuple[str, date]]:
    for name in _MOMENTS:
        moment = getattr(act, name)
        if moment is not None and moment.certain:
            yield name, moment.first
    for name in _DAYS:
        if name in act.details:
            yield f"details {name}", date.fromisoformat(act.details[name])


def _moved(act: Act, name: str, day: str) -> Act:
    if name.startswith("details "):
        return replace(act, details={**act.details, name.removeprefix("details "): day})
    changed: dict[str, Any] = {name: parse_moment(day)}
    return replace(act, **changed)


def with_acts(book: Book, changed: dict[int, Act]) -> Book:
    """The book with other acts in their places, and replies that still find what they reply to."""
    agreements, entries, register = book
    hashes: dict[str, str] = {}
    result: list[Entry] = []
    for number, entry in enumerate(entries):
        act = changed.get(number, entry.act)
        if act.replies_to is not None:
            act = replace(act, replies_to=hashes.get(act.replies_to, act.replies_to))
        hashes[entry.act.hash] = act.hash
        result.append(replace(entry, act=act))
    return agreements, result, register
