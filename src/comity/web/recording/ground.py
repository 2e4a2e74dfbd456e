"""On what is recorded: the ledger as far as it goes now, and what of it the reader may see; or one line that says why nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from comity.acts import DESTRUCTION, Entry, read_act
from comity.keeping import PartedRecord, Previewed
from comity.ledger import Ledger
from comity.standing import CORRECTIONS
from comity.terms import BadInput, may_see
from comity.web.asking import HELD
from comity.web.confining import is_cleared, stays
from comity.web.holding import Held
from comity.web.readers import Reader, Right, reader_of
from comity.web.recording.approvals import APPROVALS, Approvals
from comity.web.recording.drafts import Drafts

NO_LEDGER = "nothing can be recorded here: a book in a folder is served; serve a ledger instead: comity --ledger URL serve"


@dataclass(frozen=True)
class Ground:
    """One reader's view of the ledger when it had ``size`` items."""

    reader: Reader
    held: Held
    ledger: Ledger
    size: int
    approvals: Approvals | None = None

    @property
    def drafts(self) -> Drafts:
        return self.held.drafts

    @property
    def today(self) -> date:
        return self.held.today()

    @cached_property
    def record(self) -> PartedRecord:
        return PartedRecord(self.ledger, self.size)

    def again(self) -> Ground:
        """The same as the ledger is now."""
        return replace(self, size=self.ledger.head().size)

    @cached_property
    def _later(self) -> tuple[list[Entry], set[str]]:
        """What came since the record that is held was read, and the hashes of what was destroyed since."""
        came, gone = list[Entry](), set[str]()
        for item in self.ledger.items(self.held.size, self.size) if self.size > self.held.size else ():
            if item.act is not None and item.leaf.recorded is not None:
                entry = Entry(read_act(item.act), date.fromisoformat(item.leaf.recorded), signature=item.leaf.signature)
                came.append(entry)
                if entry.act.kind == DESTRUCTION:
                    gone.add(entry.act.details.get("record", ""))
        return came, gone

    def found(self, ref: str) -> Sequence[Entry]:
        """The entries on record with this reference that the reader may see."""
        came, gone = self._later
        every = [*self.held.entries(ref), *(e for e in came if e.act.ref == ref)]
        return [e for e in every if e.act.hash not in gone and self._seen(e)]

    def any_entry(self, act_hash: str) -> Entry | None:
        """The entry with this hash, whoever may see it."""
        came, gone = self._later
        found = (self.held.whole or self.held).entry(act_hash) or next((e for e in came if e.act.hash == act_hash), None)
        return found if act_hash not in gone else None

    def entry(self, act_hash: str) -> Entry | None:
        """The entry with this hash, if the reader may see it."""
        found = self.any_entry(act_hash)
        return found if found is not None and self._seen(found) else None

    def replies(self, act_hash: str) -> list[Entry]:
        """What replies to an act, as far as the reader may see it."""
        came, gone = self._later
        every = [*self.held.opened.book.record.replies_to(act_hash), *(e for e in came if e.act.replies_to == act_hash)]
        return [e for e in every if e.act.hash not in gone and self._seen(e)]

    def _seen(self, entry: Entry) -> bool:
        """By its own agreement and label, and by those of what it puts right."""
        if not stays(entry, self.reader.agreements) or self.unseen(entry):
            return False
        target = self.any_entry(entry.act.replies_to) if entry.act.kind in CORRECTIONS and entry.act.replies_to else None
        return target is None or self._seen(target)

    def unseen(self, entry: Entry) -> str:
        """Why the reader would not see such an act, by its label; blank if they would."""
        label, reader = entry.act.label, self.reader
        if not may_see(label, reader.party):
            return f"{reader.party} is not among those who may see it; name it, or ask somebody of those"
        if not is_cleared(label, reader.cleared, self.held.opened.book.record.ladders):
            return f"{reader.name} is not cleared for {label.policy} {label.classification}; ask somebody who is"
        return ""

    @cached_property
    def agreements(self) -> frozenset[str]:
        """Those under which the reader may record: what they may not see is not on record for them."""
        mine, there = self.reader.agreements, frozenset(self.record.on_record)
        return there if mine is None else there & mine

    @property
    def cut(self) -> bool:
        """Is the reader kept from a part of the record?"""
        return self.reader.agreements is not None or self.reader.party is not None

    def to_approve(self, rows: Sequence[Previewed]) -> bool:
        """Do others have to approve these before they come on record?"""
        return self.approvals is not None and bool(rows) and self.approvals.needed(rows, self.answered(rows))

    def answered(self, rows: Sequence[Previewed]) -> list[Entry]:
        """What on record these answer, as far as the reader may see it; of what they put right, also what has put it right so far."""
        found, todo = dict[str, Entry](), [one.entry for one in rows if one.entry is not None]
        while todo:
            act = todo.pop().act
            target = self.entry(act.replies_to) if act.replies_to else None
            if target is None or target.act.hash in found:
                continue
            found[target.act.hash] = target
            if act.kind in CORRECTIONS:
                todo.append(target)
                found |= {e.act.hash: e for e in self.replies(target.act.hash) if e.act.kind in CORRECTIONS}
        return list(found.values())

    def is_theirs(self, entry: Entry) -> bool:
        """May the reader put this act right?"""
        return is_theirs(self.reader, entry)

    def answerable(self, row: Mapping[str, str]) -> Sequence[Entry]:
        """The entries on record that a row may mean by the reference that it answers."""
        found = self.found(row["replies_to"])
        return [entry for entry in found if self.is_theirs(entry)] if row["kind"] in CORRECTIONS else found

    def not_theirs(self, entry: Entry) -> tuple[str, str]:
        """The column by which the reader may not record such an act, and why; blank if they may."""
        act, reader = entry.act, self.reader
        if act.agreement is None and reader.agreements is not None:
            return "agreement", f"{reader.name} records under {', '.join(sorted(reader.agreements)) or 'no agreement'} alone; name the agreement"
        if not self.is_theirs(entry):
            return "actor", f"{reader.name} acts for {reader.party}, and records what it did alone; ask somebody who acts for {act.actor}"
        return ("classification", says) if (says := self.unseen(entry)) else ("", "")


def ground_of(request: HttpRequest) -> Ground:
    """What is recorded on; NotAllowed or BadInput, in one line that says what to do, if nothing may be."""
    held: Held = request.META[HELD]
    if held.ledger is None:
        raise BadInput(NO_LEDGER)
    reader = reader_of(request)
    reader.ask_for(Right.RECORD)
    return Ground(reader, held, held.ledger, held.ledger.head().size, request.META.get(APPROVALS))


def can_record(request: HttpRequest) -> bool:
    """May the reader record on what is served?"""
    held: Held = request.META[HELD]
    return held.ledger is not None and reader_of(request).may(Right.RECORD)


def can_correct(request: HttpRequest, entry: Entry) -> bool:
    """May the reader record what puts this right?"""
    return can_record(request) and is_theirs(reader_of(request), entry)


def is_theirs(reader: Reader, entry: Entry) -> bool:
    """Is it an act of the party for which the reader acts, or are they of the record's keeper?"""
    return reader.party in (None, entry.act.actor, entry.act.on_behalf_of)
