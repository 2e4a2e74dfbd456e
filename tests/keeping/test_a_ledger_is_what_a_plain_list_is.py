"""Whatever is appended, corrected, destroyed, attached, signed for and copied, in whatever order: the ledger holds what a plain list holds, asked
as known on any day; and nothing is ever touched.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

import comity
from comity.book import COLUMNS, write_rows
from comity.keeping import PartedRecord, add_rows, attach, attachment, destroy, take_in
from comity.ledger import check, compare, copy, create, make_checkpoint, new_signer
from comity.standing.current import CurrentActs
from tests.ledger.conftest import BOOK, ORIGIN

FIRST = date(2026, 1, 1)
AGREEMENTS = ("alf-bet", "alf-gam", "league")
days = st.integers(0, 30).map(lambda n: FIRST + timedelta(days=n))


@dataclass
class Told:
    """An act in the plain list."""

    ref: str
    agreement: str
    recorded: date
    hash: str
    destroyed: bool = False
    retracted: list[date] = field(default_factory=list)
    """The days on which it was recorded that it never happened."""


class ALedgerAndAList(RuleBasedStateMachine):
    acts = Bundle("acts")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="comity-stateful-"))
        self.seconds = 0
        self.ledger = create(f"sqlite:///{self.folder}/ledger.db", ORIGIN, self.clock)
        take_in(comity.open(BOOK).book, self.ledger)
        self.before = {agreement: len(PartedRecord(self.ledger).entries_of(agreement)) for agreement in AGREEMENTS}
        self.list: list[Told] = []
        self.items = self.ledger.head().size
        self.signer, self.notes = new_signer(ORIGIN), list[str]()
        self.copies = 0

    def clock(self) -> datetime:
        self.seconds += 1
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self.seconds % 7)  # a clock that goes back now and then

    def add(self, **given: str) -> list[str]:
        size = self.ledger.head().size
        text = write_rows([{**dict.fromkeys(COLUMNS, ""), "actor": "ALF", "made": "2020-01-01", "source": "s", **given}], every=True)
        hashes, new = add_rows(self.ledger, text, "drawn.csv", FIRST)
        self.items += new + (1 if new and self.ledger.head().size == size + new + 1 else 0)  # the head of the file, the first time
        return hashes

    @rule(target=acts, agreement=st.sampled_from(AGREEMENTS), recorded=days)
    def append(self, agreement: str, recorded: date) -> Told:
        ref = f"drawn-{len(self.list)}"
        (hash_,) = self.add(ref=ref, kind="declare", agreement=agreement, recorded=recorded.isoformat())
        self.list.append(Told(ref, agreement, recorded, hash_))
        return self.list[-1]

    @rule(act=acts, recorded=days)
    def append_again(self, act: Told, recorded: date) -> None:
        """The same act, whenever it is said to have been recorded, keeps its number and its day."""
        before = self.ledger.head()
        assert self.add(ref=act.ref, kind="declare", agreement=act.agreement, recorded=recorded.isoformat()) == [act.hash]
        assert self.ledger.head() == before

    @rule(act=acts, recorded=days)
    def retract(self, act: Told, recorded: date) -> None:
        if act.destroyed or act.retracted:
            return
        self.add(ref=f"{act.ref}-error", kind="retract", agreement=act.agreement, replies_to=act.hash, recorded=recorded.isoformat())
        act.retracted.append(recorded)

    @rule(act=consumes(acts))
    def spill(self, act: Told) -> None:
        destroy(self.ledger, act.hash, by="ALF", authority="order 1", why="spilled", today=FIRST)
        act.destroyed = True
        self.items = self.ledger.head().size

    @rule(content=st.binary(max_size=20))
    def keep_a_document(self, content: bytes) -> None:
        kept = attach(self.ledger, content, "text/plain", "drawn")
        assert attachment(self.ledger, kept) == content
        self.items = self.ledger.head().size

    @rule()
    def sign(self) -> None:
        self.notes.append(make_checkpoint(self.ledger, self.signer))

    @rule()
    def move(self) -> None:
        """The ledger goes on from its copy."""
        self.copies += 1
        target = create(f"sqlite:///{self.folder}/copy-{self.copies}.db", ORIGIN, self.clock)
        copy(self.ledger, target)
        assert target.head() == self.ledger.head()
        self.ledger.close()
        self.ledger = target

    @rule(known=days, agreement=st.sampled_from(AGREEMENTS))
    def ask(self, known: date, agreement: str) -> None:
        """As known on a day: what was recorded by then, was not destroyed, and was not by then found to be an error."""
        mine = {t.ref for t in self.list if t.agreement == agreement and t.recorded <= known and not t.destroyed}
        mine -= {t.ref for t in self.list if any(day <= known for day in t.retracted)}
        for record in (PartedRecord(self.ledger), comity.open(self.ledger.url).book.record):
            found = {current.act.ref for versions in CurrentActs(record, known, None).under(agreement) for current in versions}
            assert {ref for ref in found if ref.startswith("drawn-") and not ref.endswith("-error")} == mine

    @invariant()
    def nothing_is_touched(self) -> None:
        found = check(self.ledger)
        assert found.touched == ()
        assert found.size == self.items
        assert all(compare(self.ledger, note) is None for note in self.notes)
        there = self.ledger.numbers_of(told.hash for told in self.list)
        assert sorted(there) == sorted(told.hash for told in self.list)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            shutil.rmtree(self.folder, ignore_errors=True)


TestALedgerAndAList = ALedgerAndAList.TestCase
TestALedgerAndAList.settings = settings(
    max_examples=6, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
