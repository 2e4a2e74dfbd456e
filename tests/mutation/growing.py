"""Books grown out of random ones, a step at a time.

A *recipe* says how, whatever the program under test makes of the book: the seed of the random book (or, below zero, the scene
that it starts from), then for each step the move of one act to a day, or the seed of another edit.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from comity.acts import Act, Entry
from comity.agreements.clauses import Agreement, Supersedes
from comity.terms import parse_moment
from tests.mutation.scenes import scene, scenes
from tests.properties.books import THEMES, Book, random_book
from tests.properties.drafting import ACTORS, FIRST_DAY
from tests.properties.snapping import Move, moments_of, moved_book, snaps, with_acts

Recipe = tuple[int | Move, ...]
MOST_ACTS = 22


def scene_recipes() -> list[Recipe]:
    """The scenes as they are drawn."""
    return [(-1 - number,) for number in scenes()]


def snapped_recipe(seed: int) -> Recipe:
    """The recipe of a random book with days that meet."""
    return (seed, *snaps(seed))


@functools.lru_cache(maxsize=4000)
def grown_book(recipe: Recipe) -> Book:
    """The book of a recipe."""
    last = recipe[-1]
    if isinstance(last, tuple):
        return moved_book(grown_book(recipe[:-1]), [last])
    if len(recipe) == 1:
        return random_book(last) if last >= 0 else scene(-1 - last)
    book, rng = grown_book(recipe[:-1]), Random(last)
    return rng.choice(_EDITS)(book, rng)


def _drop(book: Book, rng: Random) -> Book:
    agreements, entries, register = book
    number = rng.randrange(len(entries)) if entries else 0
    return agreements, entries[:number] + entries[number + 1 :], register


def _shift(book: Book, rng: Random) -> Book:
    """One act on another day: a little earlier or later, or that of another act."""
    movable = [(n, name, day) for n, entry in enumerate(book[1]) for name, day in moments_of(entry.act)]
    if not movable:
        return book
    number, name, day = rng.choice(movable)
    to = rng.choice(movable)[2] if rng.random() < 0.5 else day + timedelta(days=rng.choice((-400, -90, -30, -1, 1, 30, 90, 400)))
    return moved_book(book, [(number, name, str(to))])


def _recast(book: Book, rng: Random) -> Book:
    """One act by another."""
    if not book[1]:
        return book
    number = rng.randrange(len(book[1]))
    act = book[1][number].act
    others = [e.act.actor for e in book[1]] + list(ACTORS)
    return with_acts(book, {number: replace(act, actor=rng.choice(others))})


def _again(book: Book, rng: Random) -> Book:
    """One act a second time, on a later or an earlier day, perhaps by another."""
    agreements, entries, register = book
    if not entries or len(entries) >= MOST_ACTS:
        return book
    act = rng.choice(entries).act
    day = next((day for _, day in moments_of(act)), None)
    if day is None:
        return book
    actor = rng.choice([e.act.actor for e in entries]) if rng.random() < 0.4 else act.actor
    received = parse_moment(str(day + timedelta(days=rng.choice((-200, -20, 0, 20, 200, 500, 900)))))
    return agreements, [*entries, _fresh(replace(act, actor=actor, received=received), entries)], register


def _graft(book: Book, rng: Random) -> Book:
    """Acts of another random book of some theme."""
    agreements, entries, register = book
    ids = {a.id for a in agreements}
    given = [e for e in random_book(rng.randrange(10_000) * len(THEMES) + rng.randrange(len(THEMES)))[1] if e.act.agreement in ids]
    if not given or len(entries) >= MOST_ACTS:
        return book
    first = rng.randrange(len(given))
    taken = list(entries)
    for entry in given[first : first + rng.randrange(1, 4)]:
        taken.append(_fresh(entry.act, taken))
    return agreements, taken, register


def _reply(book: Book, rng: Random) -> Book:
    """An act that replies replies to another one."""
    replying = [n for n, e in enumerate(book[1]) if e.act.replies_to is not None or e.act.kind in ("revoke-denunciation", "suspend-denunciation")]
    if not replying:
        return book
    number = rng.choice(replying)
    to = rng.choice(book[1]).act
    return with_acts(book, {number: replace(book[1][number].act, replies_to=to.hash, agreement=to.agreement)})


def _clauses(book: Book, rng: Random) -> Book:
    """One agreement with a clause less, or with one of another random book."""
    agreements, entries, register = book
    index = rng.randrange(len(agreements))
    agreement = agreements[index]
    if agreement.clauses and rng.random() < 0.3:
        drop = rng.randrange(len(agreement.clauses))
        clauses = agreement.clauses[:drop] + agreement.clauses[drop + 1 :]
    else:
        other: list[Agreement] = random_book(rng.randrange(10_000) * len(THEMES) + rng.randrange(len(THEMES)))[0]
        given = [c for a in other if a.id == agreement.id for c in a.clauses]
        if not given:
            return book
        clause = rng.choice(given)
        if isinstance(clause, Supersedes) and any(a.amends for a in agreements):
            return book
        clauses = (*(c for c in agreement.clauses if c.kind != clause.kind or rng.random() < 0.2), clause)
    return [*agreements[:index], replace(agreement, clauses=clauses), *agreements[index + 1 :]], entries, register


def _fresh(act: Act, entries: list[Entry]) -> Entry:
    """The act under a reference of its own."""
    return Entry(replace(act, ref=f"{act.ref}-g{len(entries)}"), FIRST_DAY)


_EDITS: tuple[Callable[[Book, Random], Book], ...] = (_shift, _recast, _again, _graft, _graft, _reply, _clauses, _drop)
