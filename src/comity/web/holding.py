"""The record that is served, and what was derived from it: kept between requests, bounded, behind a lock.

Where the record grows, what the new acts touch is let go of and derived again, behind the same lock; all else stays.

One *fold* answers for every day ``on``; a day of knowledge, a viewer or strictness needs a fold of its own. Deriving an
agreement takes up to seconds the first time, so a thread begins at start, and a list waits no longer than ``patience``.
"""

from __future__ import annotations

import contextlib
import copy
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar, cast

from comity.about import Opened
from comity.acts import Entry
from comity.book import Book
from comity.keeping import FOLDER, PartedRecord, attachment, documents_kept
from comity.ledger import Ledger
from comity.standing import Record, Standing
from comity.terms import NotOnRecord, Verdict
from comity.web.attached.shelf import Shelf
from comity.web.confining import confined
from comity.web.readers import Reader
from comity.web.recording.drafts import Drafts, in_memory
from comity.web.recording.waiting import Waiting

T = TypeVar("T")
Status = tuple[str, Verdict, str]
Bounds = tuple[frozenset[str] | None, tuple[str, ...]]
"""To which agreements somebody is confined, and for which levels they are cleared."""
MOST_FOLDS = 3
MOST_CONFINED = 8
MOST_KEPT, EACH_KEPT = 5000, 6
"""So many results are kept, or so many for each agreement: a list of all would else push out what it needs next."""
LONGEST = 15.0


class Busy(Exception):
    """The fold is at work on another agreement for longer than a page waits: ask again."""


class Fold:
    """Standing for one day of knowledge, one viewer and one strictness, for any day ``on``; safe between threads.

    Two locks: what was kept is looked up at once; asking standing something new waits its turn, at most ``LONGEST`` seconds.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._turn = threading.RLock()
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)
        self._derived: dict[str, str] = {}
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._warming = False
        self._waiting = 0
        self.wanted = standing.known_agreements()
        self.stopped = False

    def ask(self, on: date, key: Hashable, question: Callable[[Standing], T], longest: float = LONGEST) -> T:
        """``question`` asked as of ``on``; its result (never None) is kept under ``(on, key)``. Busy if it isn't its turn in time."""
        found = self._look_up((on, key))
        if found is None:
            self._take_turn(longest)
            try:
                found = self._look_up((on, key)) or question(self._on(on))
            finally:
                self._turn.release()
            self._keep((on, key), found)
        return cast(T, found)

    def _take_turn(self, longest: float) -> None:
        with self._news:
            self._waiting += 1
        try:
            if not self._turn.acquire(timeout=longest):
                raise Busy
        finally:
            with self._news:
                self._waiting -= 1
                self._news.notify_all()

    def _look_up(self, key: Hashable) -> object | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, found: object) -> None:
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > max(MOST_KEPT, EACH_KEPT * len(self.wanted)):
                self._kept.popitem(last=False)

    def _on(self, day: date) -> Standing:
        """The same standing looked at on another day: what was derived is shared, since it does not depend on the day."""
        standing = copy.copy(self._standing)
        standing.on = day
        return standing

    def status(self, on: date, agreement: str, longest: float = LONGEST) -> list[Status]:
        """Everyone's verdict and mode under one agreement (nothing for one that cannot be derived)."""
        if agreement in self.broken:
            return []
        return self.ask(on, ("status", agreement), lambda s: s.status(agreement), longest)

    def statuses(self, on: date, patience: float) -> dict[str, list[Status]]:
        """The status of every agreement that has been derived; those whose turn does not come in time are left out."""
        return self.each(lambda agreement, longest: self.status(on, agreement, longest), patience)

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
            if self._warming or all(agreement in self._derived for agreement in self.wanted):
                return
            self._warming = True
        threading.Thread(target=self._derive, args=(first,), name="warm", daemon=True).start()

    def renew(self, record: Record, touched: Iterable[str]) -> None:
        """Go on with the record as it has grown; of what was derived, only that of ``touched`` is let go."""
        with self._turn:
            self._standing.renew(record, touched)
            with self._news:
                self._kept.clear()
                for agreement in touched:
                    self._derived.pop(agreement, None)
                self.wanted = self._standing.known_agreements()

    def _next(self) -> str | None:
        """The next agreement to derive, once no page waits for its turn; after the last, the thread's work is done."""
        with self._news:
            self._news.wait_for(lambda: not self._waiting)
            found = None if self.stopped else next((a for a in self.wanted if a not in self._derived), None)
            self._warming = found is not None
            return found

    def _derive(self, first: Callable[[str], object] | None) -> None:
        while (agreement := self._next()) is not None:
            with self._turn:
                problem = _problem(partial(self._standing.status, agreement))
            with self._news:
                self._derived[agreement] = problem
            if first is not None and not problem:
                _problem(partial(first, agreement))
            with self._news:
                self._news.notify_all()

    def pending(self, patience: float, first: Callable[[str], object] | None = None) -> list[str]:
        """Agreements that are still to be derived after waiting for at most ``patience`` seconds."""
        self.warm(first)
        with self._news:
            self._news.wait_for(lambda: self._derived.keys() >= set(self.wanted), patience)
            return [a for a in self.wanted if a not in self._derived]

    @property
    def derived(self) -> list[str]:
        """Agreements that have been derived, or were found not to be derivable, in order."""
        with self._lock:
            return sorted(self._derived)

    @property
    def broken(self) -> dict[str, str]:
        """Agreements that could not be derived, with the reason."""
        with self._lock:
            return {a: problem for a, problem in self._derived.items() if problem}


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
    """What the server holds: the opened record, the folder of official texts, and the folds made so far.

    ``behind``: why what was appended since is not shown, if it is not. ``ledger``: in which it is kept, if it is, and ``size``: how far that
    went when this was read. ``drafts``: what people have begun to record. ``files``: of a book in a folder, those in which documents are;
    ``shelf``: what was read of documents; ``waiting``: those that were brought with a form that is not recorded yet.
    """

    opened: Opened
    texts: Path | None = None
    today: Callable[[], date] = _today
    patience: float = 2.5
    behind: str = ""
    ledger: Ledger | None = None
    size: int = 0
    drafts: Drafts = field(default_factory=in_memory, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    waiting: Waiting = field(default_factory=Waiting, repr=False)
    _folds: OrderedDict[tuple[date, str | None, bool], Fold] = field(default_factory=OrderedDict, repr=False)
    _confined: OrderedDict[Bounds, Held | None] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        kept = self.opened.kept
        if self.ledger is None and isinstance(kept, PartedRecord):
            vars(self).update(ledger=kept.ledger, size=kept.size)
        if self.ledger is None and isinstance(kept, Book) and not self.files:
            vars(self).update(files={name: content for name, content in kept.files.items() if name.startswith(FOLDER)})

    @cached_property
    def _by_ref(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.opened.book.record.entries:
            found.setdefault(entry.act.ref, []).append(entry)
        return found

    @cached_property
    def _by_hash(self) -> dict[str, Entry]:
        return {entry.act.hash: entry for entry in reversed(self.opened.book.record.entries)}

    def fold(self, known: date, viewer: str | None, strict: bool) -> Fold:
        key = (known, viewer, strict)
        with self._lock:
            if key not in self._folds:
                standing = Standing(self.opened.book.record, on=known, known=known, viewer=viewer, strict=strict)
                self._folds[key] = Fold(standing)
                if len(self._folds) > MOST_FOLDS:
                    self._folds.popitem(last=False)[1].stopped = True
            self._folds.move_to_end(key)
            return self._folds[key]

    def renewed(self, opened: Opened, size: int, touched: Iterable[str]) -> Held:
        """What is held once the record has grown to ``size``; what was derived of agreements that are not ``touched`` is taken along."""
        with self._lock:
            folds, cut = self._folds.copy(), {bounds: held for bounds, held in self._confined.items() if held is not None}
        for fold in folds.values():
            fold.renew(opened.book.record, touched)
        again = OrderedDict[Bounds, Held | None]((bounds, held.renewed(confined(opened, *bounds), size, touched)) for bounds, held in cut.items())
        return replace(self, opened=opened, size=size, behind="", _folds=folds, _confined=again, _lock=threading.Lock())

    def for_reader(self, reader: Reader) -> Held:
        """What is held of what somebody with an account may see at all, with folds of its own; the same, if nothing is to be left out."""
        bounds = (reader.agreements, tuple(sorted(reader.cleared)))
        with self._lock:
            if bounds not in self._confined:
                cut = confined(self.opened, *bounds)
                made = replace(self, opened=cut, behind="", _folds=OrderedDict(), _confined=OrderedDict(), _lock=threading.Lock())
                self._confined[bounds] = None if cut is self.opened else made
                if len(self._confined) > MOST_CONFINED and (gone := self._confined.popitem(last=False)[1]) is not None:
                    gone.stop()
            self._confined.move_to_end(bounds)
            found = self._confined[bounds]
        if found is None:
            return self
        return found if found.behind == self.behind else replace(found, behind=self.behind)

    def stop(self) -> None:
        """Derive nothing more in the background."""
        with self._lock:
            for fold in self._folds.values():
                fold.stopped = True
            for held in self._confined.values():
                if held is not None:
                    held.stop()

    def documents_kept(self) -> frozenset[str]:
        """The hashes of the documents whose bytes are kept here; what was read of others is let go."""
        found = frozenset(f"sha256:{name.removeprefix(FOLDER)}" for name in self.files) if self.ledger is None else documents_kept(self.ledger)
        self.shelf.forget_all_but(found)
        return found

    def document(self, sha256: str) -> bytes | None:
        """The bytes of a document, if they are kept here; whoever may see it."""
        if self.ledger is None:
            return self.files.get(FOLDER + sha256.removeprefix("sha256:"))
        try:
            return attachment(self.ledger, sha256)
        except NotOnRecord:
            return None

    def entries(self, ref: str) -> list[Entry]:
        """Every entry with this reference, whoever may see it."""
        return self._by_ref.get(ref, [])

    def entry(self, act_hash: str) -> Entry | None:
        return self._by_hash.get(act_hash)

    @property
    def refs(self) -> Container[str]:
        """Every reference of an act, whoever may see it."""
        return self._by_ref
