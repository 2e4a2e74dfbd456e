"""Trying a mutant on a book: the oracle kills it if it gives another answer than the mutant does."""

from __future__ import annotations

import functools
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.mutation.asking import Asked
from tests.mutation.places import Mutant, mutated
from tests.mutation.placing import Changed, changed, in_place

SECONDS = 20
"""An answer that takes longer than this is a wrong one."""


class TimeIsUp(BaseException):
    """An answer took too long."""


def expire(*_: object) -> None:
    """What to do when the time of an answer is up."""
    raise TimeIsUp


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """TimeIsUp if what is done within takes longer."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@functools.lru_cache(maxsize=300)
def _changed(mutant: Mutant) -> Changed:
    return changed(mutant.module, mutated(mutant))


def difference(mutant: Mutant, asked: Asked) -> str | None:
    """Where the mutant's answer is not the oracle's: the first question on which it differs from the unchanged path, if it is right."""
    number, wrong = 0, False
    try:
        with at_most(SECONDS), in_place(_changed(mutant)):
            try:
                for number, answer in enumerate(asked.again()):
                    wrong = answer != asked.answers[number]
                    if wrong:
                        break
            except Exception:  # a changed program may fall over in any way
                number, wrong = min(number + 1, len(asked.answers) - 1), True  # it fell over after that answer
    except TimeIsUp:
        return "no answer in time"
    if not wrong:
        return None
    day, question = list(asked.questions())[number]
    try:
        with at_most(SECONDS):
            right = asked.oracle_says(day, question)
    except TimeIsUp:
        return None
    if right != asked.answers[number]:
        print(f"  the oracle differs from the fast path: {asked.recipe} on {day}: {' '.join(question)}", flush=True)
        return None
    return f"{' '.join(question)} on {day}"
