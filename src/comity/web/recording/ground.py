"""On what is recorded: the ledger as far as it goes now, and what of it the reader may see; or one line that says why nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from comity.acts import DESTRUCTION, Entry, read_act
from comity.keeping import PartedRecord, Previewed
from comity.ledger import Ledger
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
        found = self.held.entry(act_hash) or next((e for e in came if e.act.hash == act_hash), None)
        return found if act_hash not in gone else None

    def entry(self, act_hash: str) -> Entry | None:
        """The entry with this hash, if the reader may see it."""
        found = self.any_entry(act_hash)
        return found if found is not None and self._seen(found) else None

    def replies(self, act_hash: str) -> list[Entry]:
        """What replies to an act, as far as the reader may see it."""
        return [e for e in self.record.replies_to(act_hash) if self._seen(e)]

    def _seen(self, entry: Entry) -> bool:
        return stays(entry, self.reader.agreements) and self.unseen(entry) == ""

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
        return self.approvals is not None and bool(rows) and self.approvals.needed(rows)

    def not_theirs(self, entry: Entry) -> tuple[str, str]:
        """The column by which the reader may not record such an act, and why; blank if they may."""
        act, reader = entry.act, self.reader
        if act.agreement is None and reader.agreements is not None:
            return "agreement", f"{reader.name} records under {', '.join(sorted(reader.agreements)) or 'no agreement'} alone; name the agreement"
        if reader.party is not None and reader.party not in (act.actor, act.on_behalf_of):
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
