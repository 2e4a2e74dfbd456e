"""Answers that take longer than a page waits: made in a thread of their own, one at a time, the last ones kept.

Who asks waits a moment, and is then told how far it is. While one is made no other is begun: nothing is queued, and the server never has more than
one such calculation in it. What is too much to be made here has to be refused by whoever asks, before it is begun.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from comity.terms import BadInput

T = TypeVar("T")
Step = Callable[[str, int], None]
"""Told what is done next, and of how many such steps."""
KEPT = 16
"""So many answers are kept."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """What is asked is not made yet. ``other``: another question is at work, and this one has not begun; ``done`` of ``steps``: how far that is."""

    other: bool
    done: int
    steps: int


class _Work:
    """One calculation, and how far it is."""

    def __init__(self, key: Hashable) -> None:
        self.key, self.done, self.steps = key, 0, 0

    def step(self, _what: str, of: int) -> None:
        self.done, self.steps = self.done + 1, of


@dataclass(frozen=True, slots=True)
class _Found(Generic[T]):
    """What came of it: the answer, or the line with which it was refused; neither: it broke."""

    answer: T | None = None
    refusal: str = ""


class LongAnswers(Generic[T]):
    """Answers by what they rest on, so that who asks again after any of that has changed gets another one; safe between threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._most = kept
        self._news = threading.Condition()
        self._kept: OrderedDict[Hashable, _Found[T]] = OrderedDict()
        self._now: _Work | None = None

    def ask(self, key: Hashable, make: Callable[[Step], T], patience: float) -> T | AtWork:
        """The answer kept under ``key``, else what ``make`` comes to, if that is within ``patience`` seconds.

        BadInput as ``make`` raised it; RuntimeError once where it broke: its error is in the log, and who asks again begins it again.
        """
        deadline = time.monotonic() + patience
        with self._news:
            self._news.wait_for(lambda: key in self._kept or self._now is None or self._now.key == key, patience)
            if key not in self._kept and self._now is None:
                self._begin(key, make)
            if self._now is not None and self._now.key == key:
                self._news.wait_for(lambda: key in self._kept, max(0.0, deadline - time.monotonic()))
            if key not in self._kept:
                assert self._now is not None
                return AtWork(self._now.key != key, self._now.done, self._now.steps)
            self._kept.move_to_end(key)
            found = self._kept[key]
            if found.answer is None and not found.refusal:
                del self._kept[key]
        if found.refusal:
            raise BadInput(found.refusal)
        if found.answer is None:
            raise RuntimeError("a calculation broke; its error was written to the log")
        return found.answer

    def _begin(self, key: Hashable, make: Callable[[Step], T]) -> None:
        self._now = _Work(key)
        threading.Thread(target=self._work, args=(self._now, make), name="long answer", daemon=True).start()

    def _work(self, now: _Work, make: Callable[[Step], T]) -> None:
        found: _Found[T] = _Found()
        try:
            found = _Found(make(now.step))
        except BadInput as problem:
            found = _Found(refusal=str(problem))
        finally:
            with self._news:
                self._kept[now.key] = found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
                self._now = None
                self._news.notify_all()
