"""The record that is served, and what was derived from it: kept between requests, bounded, behind a lock.

One *fold* answers for every day ``on``; a day of knowledge, a viewer or strictness needs a fold of its own. Deriving an
agreement takes up to seconds the first time, so a thread begins at start and a page never waits longer than ``patience``.
"""

from __future__ import annotations

import copy
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from comity.about import Opened
from comity.acts import Entry
from comity.standing import Standing
from comity.terms import Verdict

T = TypeVar("T")
Status = tuple[str, Verdict, str]
MOST_FOLDS = 3
MOST_KEPT = 3000


class Fold:
    """Standing for one day of knowledge, one viewer and one strictness, for any day ``on``; safe between threads."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._lock = threading.RLock()
        self._derived: dict[str, str] = {}
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._warming = False
        self.stopped = False

    def ask(self, on: date, key: Hashable, question: Callable[[Standing], T]) -> T:
        """``question`` asked as of ``on``; its result is kept under ``(on, key)``."""
        with self._lock:
            found = self._kept.get((on, key))
            if found is None:
                found = self._kept[on, key] = question(self._on(on))
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end((on, key))
            return cast(T, found)

    def _on(self, day: date) -> Standing:
        """The same standing looked at on another day: what was derived is shared, since it does not depend on the day."""
        standing = copy.copy(self._standing)
        standing.on = day
        return standing

    def derive(self, patience: float, pause: float = 0.0) -> list[str]:
        """Derive agreements for at most ``patience`` seconds; those that are still to do."""
        deadline = time.monotonic() + patience
        wanted = self._standing.known_agreements()
        for agreement in wanted:
            if self.stopped or time.monotonic() > deadline:
                break
            if agreement not in self._derived:
                with self._lock:
                    self._derived[agreement] = _problem(partial(self._standing.status, agreement))
                time.sleep(pause)
        return [a for a in wanted if a not in self._derived]

    def status(self, on: date, agreement: str) -> list[Status]:
        """Everyone's verdict and mode under one agreement (nothing for one that cannot be derived)."""
        if agreement in self.broken:
            return []
        return self.ask(on, ("status", agreement), lambda s: s.status(agreement))

    @property
    def derived(self) -> list[str]:
        """Agreements that have been derived, or were found not to be derivable, in order."""
        return sorted(self._derived)

    @property
    def broken(self) -> dict[str, str]:
        """Agreements that could not be derived, with the reason."""
        return {a: problem for a, problem in list(self._derived.items()) if problem}

    def warm(self, then: Callable[[], object] | None = None) -> None:
        """Derive everything in a thread of its own, once."""
        with self._lock:
            if self._warming:
                return
            self._warming = True

        def work() -> None:
            self.derive(float("inf"), pause=0.005)
            if then is not None and not self.stopped:
                _problem(then)

        threading.Thread(target=work, name="warm", daemon=True).start()


def _problem(work: Callable[[], object]) -> str:
    """Do it; what went wrong, in words (one agreement that cannot be derived must not take the others with it)."""
    try:
        work()
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Held:
    """What the server holds: the opened record, the folder of official texts, and the folds made so far."""

    opened: Opened
    texts: Path | None = None
    today: Callable[[], date] = _today
    patience: float = 2.5
    _folds: OrderedDict[tuple[date, str | None, bool], Fold] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _by_ref: dict[str, list[Entry]] = field(default_factory=dict, repr=False)
    _by_hash: dict[str, Entry] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for entry in self.opened.record.entries:
            self._by_ref.setdefault(entry.act.ref, []).append(entry)
            self._by_hash.setdefault(entry.act.hash, entry)

    def fold(self, known: date, viewer: str | None, strict: bool) -> Fold:
        key = (known, viewer, strict)
        with self._lock:
            if key not in self._folds:
                standing = Standing(self.opened.record, on=known, known=known, viewer=viewer, strict=strict)
                self._folds[key] = Fold(standing)
                if len(self._folds) > MOST_FOLDS:
                    self._folds.popitem(last=False)[1].stopped = True
            self._folds.move_to_end(key)
            return self._folds[key]

    def entries(self, ref: str) -> list[Entry]:
        """Every entry with this reference, whoever may see it."""
        return self._by_ref.get(ref, [])

    def entry(self, act_hash: str) -> Entry | None:
        return self._by_hash.get(act_hash)

    @property
    def refs(self) -> list[str]:
        return list(self._by_ref)
