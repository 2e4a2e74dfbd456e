"""Ledgers on SQLite beside their slow reading: batches of all kinds drawn by seed, appended, and the rows that they come to."""

from __future__ import annotations

import functools
import random
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from comity import about
from comity.acts import Act, Entry, Source, canonical_bytes
from comity.ledger import Item, Ledger, create, open_ledger
from comity.ledger.appending import completed
from comity.ledger.tree import Frontier, leaf_hash
from comity.terms import BadInput, Label, parse_moment
from oracles import merkle
from oracles.ledger import DESTRUCTION, Rows, Sent, holds

ORIGIN = "ledger.example.org/drawn"
TABLES = ("leaf", "payload", "mention", "subtree", "head", "checkpoint", "alembic_version")
Batches = list[tuple[datetime, list[Item]]]
SIZES = (45, 30, 60, 25, 45, 50, 35, 300, 540, 60, 60, 60, 60, 60)
"""About how many items each of the drawn logs holds."""
FILES = ("book.toml", "parties.toml", "agreements/pact.toml", "agreements/alf-bet.toml", "ladders/alf.toml", "agreements-old/pact.toml")
AGREEMENTS = (
    'id = "pact"\nparent = "league"\n[[clause]]\nkind = "dependence"\nagreement = "alf-bet"\n',
    'id = "alf-bet"\namends = "pact"\nprotocol_to = ""\ntitle = "league"\nagreements = ["x", "y", 3]\n',
    'id = "pact"\n[[clause]]\nwhen = { kind = "all", of = [[{ kind = "in-force", agreement = "deep" }], { by = { agreement = "wide" } }] }\n',
    f'id = "{"a" * 400}"\nparent = "{"b" * 401}"\namends = 7\n',
    'id = "not closed\n',
    'title = "alf"\n',
)
WRONG_RECORDS = ("", "x", "sha256:", "sha256:" + "A" * 64, "a" * 64, "sha256:" + "a" * 62, "sha256:" + "0a " * 32, "sha256:" + "a" * 65)


class Drawing:
    """Batches drawn by a seed: what came before is drawn from, so that acts are sent again, answered and destroyed."""

    def __init__(self, seed: int) -> None:
        self.rng, self.seed = random.Random(seed), seed
        self.sent: list[Item] = []
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.refused = True

    def batches(self, size: int) -> Batches:
        found: Batches = []
        self.refused = size < 100  # a long batch would hardly ever be taken
        while len(self.sent) < size:
            most = 9 if size < 100 or self.rng.random() < 0.3 else 120
            start = len(self.sent)
            for _ in range(self.rng.randrange(most + 1) if found else most):
                self.sent.append(self._item())
            found.append((self._clock(), self.sent[start:]))
        return found

    def _clock(self) -> datetime:
        """It goes on, stands still or goes back, in one zone or another."""
        self.now += timedelta(microseconds=self.rng.choice((0, 1, 2, 5, 10**6, 86_400 * 10**6, -3, -(10**7))))
        return self.now.astimezone(timezone(timedelta(hours=self.rng.choice((0, 0, 2, -11)))))

    def _item(self) -> Item:
        rng, drawn = self.rng, self.rng.random()
        if self.sent and drawn < 0.12:
            return rng.choice(self.sent)
        if drawn < 0.22:
            text = rng.choice(AGREEMENTS).encode() if rng.random() < 0.8 else b'id = "\xff"\n'
            return Item(rng.choice(FILES), text, whole=True)
        if drawn < 0.27:
            document = rng.randbytes(3)
            return Item(f"attachments/{sha256(document).hexdigest()}", document, whole=True)
        if drawn < 0.34:
            file, text = rng.choice(FILES if drawn < 0.29 else ("acts/one.csv", "acts/two.csv")), rng.choice((b"ref,kind\n", b"kind,ref\r\n"))
            return Item(file, text, head=rng.random() < 0.8)
        if drawn < 0.37:
            return Item("acts/one.csv", rng.choice((b"\n", AGREEMENTS[0].encode())))
        return self._act(self._destruction() if drawn < 0.47 and self.sent else {})

    def _destruction(self) -> dict[str, str]:
        """Of an act, a whole file, a piece that can't be destroyed by itself, another act of destruction, nothing, or a hash that is none."""
        rng, drawn = self.rng, self.rng.random()
        spills = [one for one in self.sent if one.entry is not None and one.entry.act.kind == DESTRUCTION]
        if drawn < 0.1 and self.refused:
            record = rng.choice(WRONG_RECORDS)
        elif drawn < 0.17:
            record = "sha256:" + rng.randbytes(32).hex()
        else:
            one = rng.choice(spills if spills and self.refused and drawn < 0.35 else [one for one in self.sent if one not in spills])
            record = one.digest if one.entry is None or rng.random() < 0.1 else one.entry.act.hash
        return {"record": record, "why": "spilled"}

    def _act(self, details: dict[str, str]) -> Item:
        rng, number = self.rng, len(self.sent)
        acts = [one.entry.act.hash for one in self.sent if one.entry is not None]
        secret = rng.random() < 0.2
        act = Act(
            DESTRUCTION if details else rng.choice(("sign", "declare", f"{DESTRUCTION}s")),
            rng.choice(("ALF", "BÉT")),
            f"a{self.seed}-{number}",
            None if details else rng.choice((None, "pact", "alf-bet")),
            replies_to=rng.choice(acts) if acts and rng.random() < 0.3 else None,
            made=parse_moment("2020-01-01"),
            source=Source("s", "text"),
            details=details or ({"record": rng.choice(acts)} if acts and rng.random() < 0.2 else {}),
            label=Label("NATO", "SECRET") if secret else Label(),
            nonce=rng.randbytes(16).hex() if secret else None,
        )
        at = None if rng.random() < 0.6 else datetime(2026, 2, 3, 4, 5, 6, rng.randrange(3), timezone(timedelta(hours=rng.choice((0, 5)))))
        signature = None if rng.random() < 0.7 else rng.choice(('a..b"', "é..\u2028\\", "\x01..\x7f"))
        file = rng.choice(("acts/one.csv", 'acts/zwei ä".csv'))
        return Item(file, f"{act.ref},{act.kind},{number % 7}\n".encode(), Entry(act, date(2026, 1, 1 + number % 28), at, signature))


def as_sent(item: Item) -> Sent:
    """The item as the slow reading is told of it."""
    if item.entry is None:
        return Sent(item.file, item.text, whole=item.whole, head=item.head)
    entry = item.entry
    return Sent(item.file, item.text, canonical_bytes(entry.act), entry.recorded, entry.recorded_at, entry.signature)


@functools.cache
def drawn(seed: int) -> tuple[Batches, Rows, list[list[int] | None]]:
    """Batches, and what the slow reading says that they come to."""
    batches = Drawing(seed).batches(SIZES[seed])
    return (batches, *holds((now, [as_sent(item) for item in items]) for now, items in batches))


# -- the ledgers themselves


@contextmanager
def folder() -> Iterator[Path]:
    """A folder in memory, where there is one: nothing here is about disks."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="comity-drawn-", dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


@functools.cache
def _empty() -> bytes:
    with folder() as made:
        create(f"sqlite:///{made}/empty.db", ORIGIN, about.clock).close()
        return (made / "empty.db").read_bytes()


def ledger_at(path: Path, content: bytes | None = None) -> Ledger:
    """A ledger whose file holds these bytes; an empty one, if none are given."""
    path.write_bytes(_empty() if content is None else content)
    return open_ledger(f"sqlite:///{path}", about.clock)


def append_all(ledger: Ledger, batches: Batches) -> list[list[int] | None]:
    """The numbers that each batch was told, or None where it was refused."""
    told: list[list[int] | None] = []
    for now, items in batches:
        ledger.clock = functools.partial(_same, now)
        try:
            told.append(ledger.append(items))
        except BadInput:
            told.append(None)
    return told


def _same(now: datetime) -> datetime:
    return now


def rows_of(path: Path, tables: Sequence[str] = TABLES) -> Rows:
    """Every row of these tables, as they stand in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def differing(seed: int, path: Path) -> str | None:
    """Which table of the drawn log does not hold what the slow reading says, or that a batch was told otherwise; None if all is as it says."""
    batches, wanted, told = drawn(seed)
    ledger = ledger_at(path)
    try:
        if append_all(ledger, batches) != told:
            return "told"
    finally:
        ledger.close()
    found = rows_of(path)
    ((_, _, origin, *head),) = found.pop("head")
    found |= {"head": [tuple(head)]}
    if origin != ORIGIN:
        return "origin"
    return next((table for table, rows in wanted.items() if sorted(rows, key=repr) != found[table]), None)


def agree(seeds: Sequence[int] = range(len(SIZES))) -> bool:
    """Does every drawn log come to the rows that the slow reading says?"""
    with folder() as made:
        return all(differing(seed, made / f"{seed}.db") is None for seed in seeds) and plain_items_agree() and large_logs_agree()


def plain_items_agree() -> bool:
    """Is an item, of which nothing else is said, neither a whole file nor the head of one?"""
    with folder() as made:
        ledger = ledger_at(made / "plain.db")
        now = datetime(2026, 3, 1, tzinfo=UTC)
        wanted, told = holds([(now, [Sent("acts/a.csv", b"x"), Sent("acts/a.csv", b"x")])])
        same = append_all(ledger, [(now, [Item("acts/a.csv", b"x"), Item("acts/a.csv", b"x")])]) == told
        ledger.close()
        return same and rows_of(made / "plain.db")["leaf"] == wanted["leaf"]


MANY = 2**16 + 300


@functools.cache
def _many() -> tuple[list[bytes], set[tuple[int, int, bytes]]]:
    data = [number.to_bytes(3, "big") for number in range(MANY)]
    kept = {(level, place, merkle.mth(data[place << level : (place + 1) << level])) for level in (8, 16) for place in range(MANY >> level)}
    return [leaf_hash(one) for one in data], kept


def large_logs_agree() -> bool:
    """Are the subtrees that a long log completes, and keeps, those of 256 and of 65,536 leaves?"""
    leaves, kept = _many()
    frontier, found = Frontier(), list[tuple[int, int, bytes]]()
    for leaf in leaves:
        found += completed(frontier, leaf)
        frontier = frontier.append(leaf)
    return len(found) == len(kept) and set(found) == kept
