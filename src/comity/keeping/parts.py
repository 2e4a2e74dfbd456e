"""The record of a large ledger, read part by part: an agreement, with its acts, what they answer, and what names it, when a question asks.

A question about all of the record has it read in full, once. One state throughout: what is appended later is not seen until it is taken in.

Source: docs/explanation/how-the-ledger-is-kept.md, section 10.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from comity.acts import Entry, read_act
from comity.agreements import Agreement, Coverage
from comity.agreements.clauses import Supersedes
from comity.book import Book, Problem, read_agreement, read_files
from comity.ledger import Held, Ledger
from comity.parties import Register
from comity.standing import Record, added_to, depending, none_on_record
from comity.terms import BadInput, Ladder

_FOLDER, _ATTACHMENTS = "agreements/", "attachments/"
_MOST_PARTS = 10_000


class PartedRecord:
    """What questions and deriving ask of a record, out of a ledger: the same answers as from the record in memory.

    ``more``: acts that are supposed besides.
    """

    def __init__(self, ledger: Ledger, size: int | None = None, more: tuple[Entry, ...] = ()) -> None:
        self.ledger, self.more = ledger, more
        self.size = ledger.head().size if size is None else size
        self._parts: dict[str, Record] = {}
        self._answers: dict[str, Sequence[Entry]] = {}

    # -- read at once: who there is, how levels compare, which agreements there are

    @cached_property
    def small(self) -> Book:
        """The book without agreements and acts."""
        wanted = {name: seq for begins in ("book.toml", "parties.toml", "ladders/") for name, seq in self.ledger.latest(begins, self.size).items()}
        return read_files(self.ledger.read(wanted), self.ledger.shown_url)

    @cached_property
    def _files(self) -> dict[str, dict[str, int]]:
        """The files of each agreement, a version each, and the number of the latest item of each file."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for name, seq in self.ledger.latest(_FOLDER, self.size).items():
            found[_agreement_of(name)][name] = seq
        return dict(found)

    # -- read in full, once

    @cached_property
    def book(self) -> Book:
        """The whole book, but for the bytes of attachments; of acts that were taken in since, its record alone has what they say."""
        return read_files(self.ledger.files(lambda name: not name.startswith(_ATTACHMENTS), self.size), self.ledger.shown_url)

    @cached_property
    def whole(self) -> Record:
        return self.book.record.with_entries(self.more) if self.more else self.book.record

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read of what was."""
        return self.book.problems if "book" in vars(self) else self.small.problems

    @property
    def title(self) -> str:
        return self.small.record.title

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return self.whole.agreements

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.whole.entries

    @property
    def ids(self) -> list[str]:
        """Every agreement: whoever asks for them asks each of them."""
        return self.whole.ids

    def entries_of_kinds(self, kinds: Container[str]) -> Sequence[Entry]:
        return self.whole.entries_of_kinds(kinds)

    def signed_entries(self) -> Sequence[Entry]:
        return self.whole.signed_entries()

    # -- read by parts

    def _of(self, agreement_id: str) -> Record:
        if "whole" in vars(self):
            return self.whole
        if agreement_id not in self._parts:
            if len(self._parts) >= _MOST_PARTS:
                self._parts.clear()
                self._answers.clear()
            self._parts[agreement_id] = self._read_part(agreement_id)
        return self._parts[agreement_id]

    def _read_part(self, agreement_id: str) -> Record:
        """The agreement in its versions, those that name it, and its acts; what answers these is kept beside."""
        named = [held for _, held in self.ledger.naming([agreement_id], self.size)]
        files = dict(self._files.get(agreement_id, {}))
        files |= {held.leaf.file: held.leaf.seq for held in named if self._is_latest(held)}
        agreements = tuple(a for name, text in sorted(self.ledger.read(files).items()) if (a := read_agreement(name, text)) is not None)
        entries = [*(entry_of(held) for held in named if not held.leaf.whole), *(e for e in self.more if e.act.agreement == agreement_id)]
        self._look_for_answers([entry.act.hash for entry in entries])
        small = self.small.record
        return Record(agreements, tuple(entries), small.register, small.coverage, small.title, small.ladders)

    def _is_latest(self, held: Held) -> bool:
        leaf = held.leaf
        return leaf.whole and self._files.get(_agreement_of(leaf.file), {}).get(leaf.file) == leaf.seq

    def _look_for_answers(self, acts: Sequence[str]) -> None:
        """Keep what replies to these acts, and that nothing else does."""
        found: dict[str, list[Entry]] = {act: [] for act in acts}
        for act, held in self.ledger.naming(acts, self.size):
            found[act].append(entry_of(held))
        for entry in self.more:
            if entry.act.replies_to in found:
                found[entry.act.replies_to].append(entry)
        self._answers |= found

    def replies_to(self, act_hash: str) -> Sequence[Entry]:
        if "whole" in vars(self):
            return self.whole.replies_to(act_hash)
        if act_hash not in self._answers:
            self._look_for_answers([act_hash])
        return self._answers[act_hash]

    @property
    def answered(self) -> bool:
        """Does any act reply to another? It may."""
        return True

    def holds(self, agreement_id: str) -> bool:
        return agreement_id in self._files

    def agreement(self, agreement_id: str, known: date | None = None) -> Agreement:
        if not self.holds(agreement_id):
            raise none_on_record(agreement_id, self._files)
        return self._of(agreement_id).agreement(agreement_id, known)

    def has_agreement(self, agreement_id: str, known: date) -> bool:
        return self.holds(agreement_id) and self._of(agreement_id).has_agreement(agreement_id, known)

    @property
    def on_record(self) -> Iterable[str]:
        """The agreements that have a file, without reading one."""
        return self._files

    def files_of(self, agreement_id: str) -> dict[str, int]:
        """The files of an agreement, and the number of the item of each."""
        return self._files.get(agreement_id, {})

    def acts_under(self, agreement_id: str) -> list[Entry]:
        """The acts under an agreement, whether it is on record or not; under a blank one: those that are under none."""
        return [entry_of(held) for _, held in self.ledger.naming([agreement_id], self.size) if not held.leaf.whole]

    def entries_of(self, agreement_id: str) -> Sequence[Entry]:
        return self._of(agreement_id).entries_of(agreement_id)

    def superseding(self, agreement_id: str) -> Sequence[tuple[str, Supersedes]]:
        return self._of(agreement_id).superseding(agreement_id)

    def amendments_of(self, agreement_id: str) -> Sequence[str]:
        return self._of(agreement_id).amendments_of(agreement_id)

    def coverage_of(self, agreement: Agreement) -> Sequence[Coverage]:
        return self.small.record.coverage_of(agreement)

    # -- what was appended since

    def depending_on(self, agreements: Iterable[str]) -> set[str]:
        """These agreements, and all whose standing, or what is told of it, depends on theirs, however far."""
        found, todo = set[str](), set(agreements)
        while todo:
            found |= todo
            files = {held.leaf.file: held.text for _, held in self.ledger.naming(sorted(todo), self.size, files=True) if self._is_latest(held)}
            read = [a for name, text in files.items() if text is not None and (a := read_agreement(name, text)) is not None]
            todo = {other for agreement in read for other in depending(agreement, found)} - found
        return found

    def take_in(self, size: int, entries: Sequence[Entry], files: Mapping[str, int], agreements: Sequence[Agreement]) -> None:
        """Go on to ``size``, up to which these acts were appended, and these files of agreements (the number of each), which read so.

        What was read of others stays. Files that all agreements share are to be as they were, and nothing to be destroyed.
        """
        self.size = size
        if "_files" in vars(self):
            for name, seq in files.items():
                self._files.setdefault(_agreement_of(name), {})[name] = seq
        renewed = {_agreement_of(name) for name in files}
        stale = renewed | {e.act.agreement for e in entries if e.act.agreement is not None}
        stale |= {other for agreement in agreements for other in added_to(agreement)}
        stale |= {name for name, part in self._parts.items() if any(part.holds(agreement) for agreement in renewed)}
        for name in stale & self._parts.keys():
            del self._parts[name]
        for entry in entries:
            self._answers.pop(entry.act.replies_to or "", None)
        book, whole = vars(self).pop("book", None), vars(self).pop("whole", None)
        if book is not None and not files:
            vars(self)["book"] = replace(book, record=book.record.with_entries(entries))
        if whole is not None and not files:
            vars(self)["whole"] = self.book.record.with_entries(self.more) if self.more else self.book.record

    # -- without reading

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        return self.small.record.coverage

    @property
    def register(self) -> Register:
        return self.small.record.register

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        return self.small.record.ladders

    def ladder(self, policy: str) -> Ladder:
        return self.small.record.ladder(policy)

    def party(self, code: str) -> str:
        return self.small.record.party(code)

    def visible(self, entries: Iterable[Entry], known: date, viewer: str | None) -> list[Entry]:
        return self.small.record.visible(entries, known, viewer)

    def with_entries(self, more: Iterable[Entry]) -> PartedRecord:
        """The same record with entries added (for what-if)."""
        return PartedRecord(self.ledger, self.size, (*self.more, *more))


def _agreement_of(file: str) -> str:
    """The agreement whose version stands in a file of this name."""
    return file.removeprefix(_FOLDER).removesuffix(".toml").partition("@")[0]


def entry_of(held: Held) -> Entry:
    """The entry that an item holds; BadInput if it is damaged."""
    leaf, act = held.leaf, held.act
    if act is None or leaf.recorded is None:
        raise BadInput(f"item {leaf.seq} of the ledger holds no act where one is looked for; look it over with: ledger verify")
    at = None if leaf.recorded_at is None else datetime.fromisoformat(leaf.recorded_at)
    return Entry(read_act(act), date.fromisoformat(leaf.recorded), at, leaf.signature)
