"""How is a plan made better and better? Some exercises are taken out and put in again otherwise, and what comes of it is kept if it is no worse, or,
the more rarely the longer it goes on, although it is a little worse.

Source: Schrimpf, Schneider, Stamm-Wilbrandt and Dueck (2000), Record breaking optimization results using the ruin and recreate principle,
Journal of Computational Physics 159; Kirkpatrick, Gelatt and Vecchi (1983), Optimization by simulated annealing, Science 220.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from comity.planning.choosing import best
from comity.planning.drafts import Draft, Placed
from comity.planning.options import Options

TAKEN_OUT = (2, 6)
NEAR = 4
"""How many exercises are taken out, and how many slots apart those are that are taken out together."""
WARM, COOL = 60.0, 0.5
"""How much worse is kept with a chance of one in e: in the beginning, and at the end."""


class Step(NamedTuple):
    """How many exercises that must be held are not, and the total."""

    lacking: int
    total: int


def begun(options: Options, rng: Random) -> Draft:
    """A first plan: always the exercise that gains most, as long as one gains anything; those that must be held before all others."""
    draft = Draft(options)
    gains = {number: best(draft, number, rng) for number in range(len(options.of))}
    while True:
        some = [(options.must[number], found[0], number) for number, found in gains.items() if found is not None]
        if not some:
            return draft
        _, gain, number = max(some)
        again = best(draft, number, rng)
        if again is not None and again[0] >= gain:
            draft.put(again[1])
            del gains[number]
        else:
            gains[number] = again


def improve(draft: Draft, rng: Random, left: Iterator[float]) -> Iterator[Step]:
    """Improves the draft, and says after each step where it stands. ``left``: what part of the time is left, asked at each step, 1 to 0.

    When it ends the draft is the best plan that it found.
    """
    now = top = Step(draft.lacking(), draft.total())
    kept = list(draft.placed)
    for part in left:
        out = _some(draft, rng)
        before = {number: draft.take(number) for number in out}
        _put_in(draft, out, rng)
        new = Step(draft.lacking(), draft.total())
        if new <= now or (new.lacking == now.lacking and rng.random() < math.exp((now.total - new.total) / _warmth(part))):
            now = new
            if now < top:
                top, kept = now, list(draft.placed)
        else:
            _back(draft, before)
        yield top
    _back(draft, dict(enumerate(kept)))


def _warmth(part: float) -> float:
    return WARM * part * part + COOL


def _some(draft: Draft, rng: Random) -> list[int]:
    """The exercises to take out: any, or those near one slot."""
    number = rng.randint(*TAKEN_OUT)
    every = range(len(draft.placed))
    if rng.random() < 0.5:
        return rng.sample(every, min(number, len(every)))
    slot = rng.randrange(max(1, draft.problem.slots))
    near = [one for one in every if _is_near(draft, one, slot)]
    return rng.sample(near, min(number, len(near)))


def _is_near(draft: Draft, exercise: int, slot: int) -> bool:
    placed = draft.placed[exercise]
    if placed is not None:
        return abs(placed.option.start - slot) <= NEAR
    return any(abs(option.start - slot) <= NEAR for option in draft.options.of[exercise])


def _put_in(draft: Draft, out: list[int], rng: Random) -> None:
    """Each again as is best then: in any order, or always the one that gains most."""
    rng.shuffle(out)
    out.sort(key=lambda number: not draft.options.must[number])
    if rng.random() < 0.5:
        for number in out:
            found = best(draft, number, rng)
            if found is not None:
                draft.put(found[1])
        return
    left = set(out)
    while left:
        some = [
            (draft.options.must[number], found[0], number, found[1]) for number in sorted(left) if (found := best(draft, number, rng)) is not None
        ]
        if not some:
            return
        _, _, number, placed = max(some, key=lambda one: one[:3])
        draft.put(placed)
        left.discard(number)


def _back(draft: Draft, before: dict[int, Placed | None]) -> None:
    for number in before:
        draft.take(number)
    for placed in before.values():
        if placed is not None:
            draft.put(placed)
