"""The record that is served, cut down to what its reader may see, with the folds made of it; all of it behind a lock.

A day of knowledge, a viewer or strictness needs a fold of its own; what comes out the same for several is derived once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from comity.about import Opened
from comity.acts import Entry
from comity.book import Book
from comity.keeping import FOLDER, PartedRecord, attachment, documents_kept
from comity.ledger import Ledger
from comity.standing import Standing
from comity.terms import NotOnRecord
from comity.web.attached.shelf import Shelf
from comity.web.confining import confined
from comity.web.folds import Fold
from comity.web.readers import Reader
from comity.web.recording.drafts import Drafts, in_memory
from comity.web.recording.waiting import Waiting

Bounds = tuple[frozenset[str] | None, tuple[str, ...]]
"""To which agreements somebody is confined, and for which levels they are cleared."""
Eyes = tuple[date, str | None, bool]
"""The day of knowledge, the viewer, and strictness."""
MOST_DAYS, MOST_FOLDS, MOST_CONFINED = 3, 32, 32
"""So many days of knowledge, of each so many folds; so many readers for whom something has to be left out."""


def _today() -> date:
    return datetime.now(UTC).date()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Held:
    """What the server holds: the opened record, the folder of official texts, and the folds made so far.

    ``behind``: why what was appended since is not shown, if it is not. ``ledger``: in which it is kept, if it is, and ``size``: how far that
    went when this was read. ``drafts``: what people have begun to record. ``whole``: of what this was cut down for somebody, if it was.
    ``files``: of a book in a folder, those in which documents are; ``shelf``: what was read of documents; ``waiting``: those that were brought
    with a form that is not recorded yet. ``clock``: says what time it is, to the second, where that matters; ``today``: which day.
    """

    opened: Opened
    texts: Path | None = None
    today: Callable[[], date] = _today
    patience: float = 2.5
    behind: str = ""
    ledger: Ledger | None = None
    size: int = 0
    drafts: Drafts = field(default_factory=in_memory, repr=False)
    whole: Held | None = field(default=None, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    waiting: Waiting = field(default_factory=Waiting, repr=False)
    clock: Callable[[], datetime] = _now
    _folds: OrderedDict[Eyes, Fold] = field(default_factory=OrderedDict, repr=False)
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
        """The fold for these eyes: what it has in common with that of whoever sees all is derived once."""
        eyes = (known, viewer, strict)
        with self._lock:
            if eyes not in self._folds:
                self._folds[eyes] = self._made(*eyes)
                self._drop_folds()
            self._folds.move_to_end(eyes)
            return self._folds[eyes]

    def _made(self, known: date, viewer: str | None, strict: bool) -> Fold:
        record = self.opened.book.record
        if self.whole is not None:
            return self.whole.fold(known, None, False).beside(record, viewer, strict)
        if viewer is None and not strict:
            return Fold(Standing(record, on=known, known=known))
        if (known, None, False) not in self._folds:
            self._folds[known, None, False] = self._made(known, None, False)
        self._folds.move_to_end((known, None, False))
        return self._folds[known, None, False].beside(record, viewer, strict)

    def _drop_folds(self) -> None:
        """Those asked for longest ago: of the days that are too many, and of the others that are too many."""
        days = list(dict.fromkeys(known for known, _, _ in reversed(self._folds)))
        late = [eyes for eyes in self._folds if eyes[0] not in days[:MOST_DAYS]]
        kept = [eyes for eyes in self._folds if eyes[0] in days[:MOST_DAYS]]
        for eyes in (*late, *kept[: max(0, len(kept) - MOST_FOLDS)]):
            self._folds.pop(eyes).stopped = True

    def renewed(self, opened: Opened, size: int, touched: Collection[str], whole: Held | None = None) -> Held:
        """What is held once the record has grown to ``size``; what was derived of agreements that are not ``touched`` is taken along."""
        with self._lock:
            folds, cut = self._folds.copy(), [(bounds, held) for bounds, held in self._confined.items() if held is not None]
        for _, fold in sorted(folds.items(), key=lambda one: one[0][1:] != (None, False)):  # that of whoever sees all comes first
            fold.renew(opened.book.record, touched)
        found = replace(self, opened=opened, size=size, behind="", whole=whole, _folds=folds, _confined=OrderedDict(), _lock=threading.Lock())
        found._confined.update((bounds, held.renewed(confined(opened, *bounds), size, touched, found)) for bounds, held in cut)
        return found

    def for_reader(self, reader: Reader) -> Held:
        """What is held of what somebody with an account may see at all, with folds of its own; the same, if nothing is to be left out."""
        bounds = (reader.agreements, tuple(sorted(reader.cleared)))
        with self._lock:
            gone = None
            if bounds not in self._confined:
                cut = confined(self.opened, *bounds)
                made = replace(self, opened=cut, behind="", whole=self, _folds=OrderedDict(), _confined=OrderedDict(), _lock=threading.Lock())
                self._confined[bounds] = None if cut is self.opened else made
                gone = self._confined.popitem(last=False)[1] if len(self._confined) > MOST_CONFINED else None
            self._confined.move_to_end(bounds)
            found = self._confined[bounds]
        if gone is not None:
            gone.stop()
        if found is None:
            return self
        return found if found.behind == self.behind else replace(found, behind=self.behind)

    def stop(self) -> None:
        """Derive nothing more in the background."""
        with self._lock:
            folds, cut = [*self._folds.values()], [held for held in self._confined.values() if held is not None]
        for fold in folds:
            fold.stopped = True
        for held in cut:
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
