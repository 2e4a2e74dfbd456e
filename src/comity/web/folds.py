"""What was derived of the record that is served, for one day of knowledge, one viewer and one strictness; kept between requests, bounded.

Where the record grows, what the new acts touch is let go of and derived again; what is kept about other agreements stays.

One *fold* answers for every day ``on``. Deriving all takes from a blink to a minute, so a thread begins at start, and a list waits no longer
than its patience. Folds of one record take turns, since what comes out the same for several readers is derived once.
"""

from __future__ import annotations

import contextlib
import copy
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar, cast

from comity.standing import Record, Standing
from comity.terms import Verdict

T = TypeVar("T")
Status = tuple[str, Verdict, str]
MOST_KEPT, EACH_KEPT = 5000, 6
"""So many results are kept, or so many for each agreement: a list of all would else push out what it needs next."""
LONGEST = 15.0


class Busy(Exception):
    """The fold is at work on another agreement for longer than a page waits: ask again."""


class Turn:
    """Whose turn it is to ask standing something new; what is done in the background gives way to pages."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._news = threading.Condition()
        self._waiting = 0

    @contextlib.contextmanager
    def taken(self, longest: float = -1) -> Iterator[None]:
        """Busy if it isn't one's turn within so many seconds."""
        with self._news:
            self._waiting += 1
        try:
            if not self._lock.acquire(timeout=longest):
                raise Busy
        finally:
            with self._news:
                self._waiting -= 1
                self._news.notify_all()
        try:
            yield
        finally:
            self._lock.release()

    def left_by_pages(self) -> None:
        """Wait until no page waits."""
        with self._news:
            self._news.wait_for(lambda: not self._waiting)


class _Kept(NamedTuple):
    """A result, and the agreement that it is about; None: it may be about any."""

    found: object
    about: str | None


class Fold:
    """Standing for one day of knowledge, one viewer and one strictness, for any day ``on``; safe between threads.

    What was kept is looked up at once; asking standing something new waits its turn, at most ``LONGEST`` seconds.
    """

    def __init__(self, standing: Standing, turn: Turn | None = None) -> None:
        self.standing = standing
        self._turn = turn or Turn()
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._warming = False
        self.wanted = standing.known_agreements()
        self._todo = dict.fromkeys(self.wanted)
        self._derived: set[str] = set()
        self._broken: dict[str, str] = {}
        self.stopped = False

    def beside(self, record: Record, viewer: str | None, strict: bool) -> Fold:
        """A fold for another reader, of a record with no more in it: what comes out the same is derived once."""
        return Fold(self.standing.shared(record, viewer, strict), self._turn)

    def ask(
        self,
        on: date,
        key: Hashable,
        question: Callable[[Standing], T],
        longest: float = LONGEST,
        about: str | None = None,
        record: Record | None = None,
        keep: bool = True,
    ) -> T:
        """``question`` asked as of ``on``; its result (never None) is kept under ``(on, key)``. Busy if it isn't its turn in time.

        ``about``: the one agreement that it is about; else it is kept until anything is added to the record. ``record``: which the question looks
        at as well; a page that began before the record grew looks at an older one, and what comes of that is not kept. ``keep``: False where it is
        not all yet.
        """
        found = self._look_up((on, key))
        if found is None:
            with self._turn.taken(longest):
                found = self._look_up((on, key))
                if found is None:
                    found = question(self._on(on))
                    if keep and (record is None or record is self.standing.record):
                        self._keep((on, key), _Kept(found, about))
        return cast(T, found)

    def _look_up(self, key: Hashable) -> object | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key].found

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            while len(self._kept) > max(MOST_KEPT, EACH_KEPT * len(self.wanted)):
                self._kept.popitem(last=False)

    def _on(self, day: date) -> Standing:
        """The same standing looked at on another day: what was derived is shared, since it does not depend on the day."""
        standing = copy.copy(self.standing)
        standing.on = day
        return standing

    def status(self, on: date, agreement: str, longest: float = LONGEST) -> list[Status]:
        """Everyone's verdict and mode under one agreement (nothing for one that cannot be derived)."""
        if agreement in self._broken:
            return []
        return self.ask(on, ("status", agreement), lambda s: s.status(agreement), longest, agreement)

    def statuses(self, on: date, patience: float) -> Mapping[str, list[Status]]:
        """The status of every agreement that has been derived; those whose turn does not come in time are left out."""
        if self._todo:
            return self.each(lambda agreement, longest: self.status(on, agreement, longest), patience)
        return self.ask(on, "statuses", lambda _: {agreement: self.status(on, agreement) for agreement in self.derived})

    def each(self, ask: Callable[[str, float], T], patience: float) -> dict[str, T]:
        """``ask`` (agreement, how long it may wait) of each derived agreement, within ``patience`` all told."""
        deadline = time.monotonic() + patience
        found: dict[str, T] = {}
        for agreement in self.derived:
            with contextlib.suppress(Busy):
                found[agreement] = ask(agreement, max(0.0, deadline - time.monotonic()))
        return found

    def warm(self, first: Callable[[str], object] | None = None) -> None:
        """Derive everything, once, in a thread of its own; then do ``first`` (make its line in the list) for each agreement."""
        with self._lock:
            if self._warming or not self._todo:
                return
            self._warming = True
        threading.Thread(target=self._derive, args=(first,), name="warm", daemon=True).start()

    def renew(self, record: Record, touched: Collection[str]) -> None:
        """Go on with the record as it has grown; of what was derived, only that of ``touched`` is let go."""
        with self._turn.taken():
            self.standing.renew(record, touched)
            with self._news:
                self._kept = OrderedDict((key, k) for key, k in self._kept.items() if k.about is not None and k.about not in touched)
                self.wanted = self.standing.known_agreements()
                self._derived.difference_update(touched)
                self._broken = {agreement: problem for agreement, problem in self._broken.items() if agreement not in touched}
                self._todo = {agreement: None for agreement in self.wanted if agreement not in self._derived}

    def _next(self) -> str | None:
        """The next agreement to derive, once no page waits for its turn; after the last, the thread's work is done."""
        self._turn.left_by_pages()
        with self._news:
            found = None if self.stopped else next(iter(self._todo), None)
            self._warming = found is not None
            return found

    def _derive(self, first: Callable[[str], object] | None) -> None:
        while (agreement := self._next()) is not None:
            problem = self.problem(agreement, -1)
            if first is not None and not problem:
                problem_of(partial(first, agreement))
            with self._news:
                self._news.notify_all()

    def problem(self, agreement: str, longest: float = LONGEST) -> str:
        """Why an agreement cannot be derived, blank if it can; it is derived now, if it was not. Busy if it isn't its turn in time."""
        with self._turn.taken(longest) if agreement not in self._derived else contextlib.nullcontext():
            if agreement not in self._derived:
                problem = problem_of(partial(self.standing.status, agreement))
                with self._news:
                    self._derived.add(agreement)
                    self._todo.pop(agreement, None)
                    if problem:
                        self._broken[agreement] = problem
            with self._lock:
                return self._broken.get(agreement, "")

    def pending(self, patience: float, first: Callable[[str], object] | None = None) -> list[str]:
        """Agreements that are still to be derived after waiting for at most ``patience`` seconds."""
        self.warm(first)
        with self._news:
            self._news.wait_for(lambda: not self._todo, patience)
            return list(self._todo)

    @property
    def derived(self) -> list[str]:
        """Agreements that have been derived, or were found not to be derivable, in order."""
        with self._lock:
            return sorted(self._derived)

    @property
    def broken(self) -> dict[str, str]:
        """Agreements that could not be derived, with the reason."""
        with self._lock:
            return dict(self._broken)


def problem_of(work: Callable[[], object]) -> str:
    """Do it; what went wrong, in words: one of many that cannot be done must not take the others with it."""
    try:
        work()
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""
