"""The books and the small ledger that the self-test works on: made in code, always the same, down to the instants and the signatures."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity import about
from comity.book import read_files
from comity.keeping import take_in
from comity.ledger import Signer, back_up, create, make_checkpoint, open_ledger

ORIGIN = "selftest.invalid/small"
HALF, ACTS = 6, 12
_ACTS = "acts/pact.csv"
_HEAD = "ref,kind,actor,agreement,made,replies_to,source,recorded\n"
_WHOLE = {
    "parties.toml": "".join(f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{code}" }}]\n' for code in ("AAA", "BBB")),
    "book.toml": 'title = "Drawn"\n',
    "agreements/pact.toml": 'id = "pact"\ntitle = "Pact"\nshort = "Pact"\nconcluded = 2000-01-01\n',
}
PAGE_SIZE = 512
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A ledger's file, that of its backup, that of a backup made half-way, and the notes on it that somebody else holds."""

    ledger: bytes
    backup: bytes
    older: bytes
    held: tuple[str, ...]


def book_of(acts: int, other: int | None = None) -> dict[str, bytes]:
    """The files of a book of so many acts, every third a reply to the one before; act ``other`` is another than it would be."""
    rows = "".join(_row(number, "2000-01-09" if number == other else "2000-01-01") for number in range(acts))
    return {name: text.encode() for name, text in {**_WHOLE, _ACTS: _HEAD + rows}.items()}


def _row(number: int, made: str) -> str:
    kind, reply = ("reply", str(number - 1)) if number % 3 == 2 else ("declare", "")
    return f"{number},{kind},{('AAA', 'BBB')[number % 2]},pact,{made},{reply},drawn,2000-01-10\n"


def first_files(number: int) -> dict[str, bytes]:
    """The first so many files of any such book, which is one from the parties on."""
    return dict(list(book_of(0).items())[:number])


def signer_of(seed: str) -> Signer:
    """A key in the small ledger's name; for each seed its own."""
    return Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(seed.encode().ljust(32)))


def keep(url: str, stages: Sequence[Files], signers: Sequence[Signer | None]) -> list[str]:
    """Make a ledger that takes the stages of a book in, one after the other, and signs a checkpoint after each that has a signer: the notes."""
    seconds = count()
    ledger = create(url, ORIGIN, lambda: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=next(seconds)))
    notes = []
    for files, signer in zip(stages, signers, strict=True):
        take_in(read_files(files, url), ledger)
        if signer is not None:
            notes.append(make_checkpoint(ledger, signer))
    ledger.close()
    return notes


def small(folder: Path) -> Specimen:
    """The small ledger, in pages of 512 bytes, so that every bit of its files can be tried."""
    own = signer_of("own")
    stages = (book_of(HALF), book_of(ACTS))
    keep(f"sqlite:///{folder}/older.db", stages[:1], [own])
    held = keep(f"sqlite:///{folder}/ledger.db", stages, [own, own])
    opened = open_ledger(f"sqlite:///{folder}/ledger.db", about.clock)
    back_up(opened, folder / "backup.db")
    opened.close()
    ledger, backup, older = (_in_small_pages(folder / f"{name}.db") for name in ("ledger", "backup", "older"))
    return Specimen(ledger, backup, older, tuple(held))


def _in_small_pages(file: Path) -> bytes:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
    connection.execute("VACUUM")
    connection.close()
    return file.read_bytes()
