"""Random books in which days meet: acts moved onto the days on which something changes, where rules have their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

from comity.acts import Entry
from comity.standing import Record, Standing
from comity.standing.viewing import between_views, bound_views, force_views
from comity.terms import parse_moment
from tests.properties.books import Book, random_book
from tests.properties.drafting import ACTORS

FIRST, LAST = date(1999, 1, 1), date(2012, 1, 1)


def turning_days(book: Book, known: date, viewer: str | None) -> list[date]:
    """The days on which the answer to some question changes in some world."""
    agreements, entries, register = book
    standing = Standing(Record(tuple(agreements), tuple(entries), register), on=known, known=known, viewer=viewer)
    worlds, points = standing._asking.worlds, set[int]()
    for agreement in standing.known_agreements():
        views = [force_views(worlds, agreement), *(bound_views(worlds, agreement, p) for p in ACTORS)]
        views += [between_views(worlds, agreement, a, b) for a, b in combinations(ACTORS, 2)]
        points |= {start for found in views for view in found for start, _, _, _ in view.pieces}
    return [date.fromordinal(p) for p in sorted(points) if FIRST.toordinal() < p < LAST.toordinal()]


def snapped_book(seed: int) -> Book:
    """The random book of a seed; in every other one some acts are moved to turning days, or to a day beside one."""
    book, rng = random_book(seed), Random(f"snapped {seed}")
    if seed % 2 == 0:
        return book
    days = turning_days(book, date(2007, 1, 1), None)
    agreements, entries, register = book
    if not days or not entries:
        return book
    moved = {rng.randrange(len(entries)) for _ in range(rng.randrange(1, 5))}
    hashes: dict[str, str] = {}
    result: list[Entry] = []
    for number, entry in enumerate(entries):
        act = entry.act
        if act.replies_to is not None:
            act = replace(act, replies_to=hashes.get(act.replies_to, act.replies_to))
        if number in moved:
            day = rng.choice(days) + timedelta(days=rng.choice((0, 0, 0, 1, -1)))
            name = "effect" if act.effect is not None and rng.random() < 0.5 else "made" if act.kind == "sign" else "received"
            changed: dict[str, Any] = {name: parse_moment(str(day))}
            act = replace(act, **changed)
        hashes[entry.act.hash] = act.hash
        result.append(replace(entry, act=act))
    return agreements, result, register
