"""Ledgers whose rows somebody touched, beside what the slow reading says was touched: every column of every table, and rows as a whole."""

from __future__ import annotations

import functools
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from comity.acts import canonical_bytes
from comity.ledger import check, make_checkpoint, new_signer
from oracles import merkle
from oracles.ledger import Rows, followed, touched
from tests.ledger.appended_logs import ORIGIN, append_all, drawn, folder, ledger_at, rows_of

Touch = Callable[[sqlite3.Connection, random.Random], object]
HASHES = bytes(32), b"\x01" * 32, b"\x01" * 31, "a" * 32
INSTANTS = "2001-01-01T00:00:00.000000Z", "2026-03-01T12:00:00.000001Z", "2999-01-01T00:00:00.000000Z", b"2026"
COLUMNS: dict[str, dict[str, tuple[object, ...]]] = {
    "leaf": {
        "seq": (-5, 1000, 10**9), "logged": INSTANTS, "file": ("acts/other.csv", "", b"acts/one.csv"), "text": HASHES, "whole": (0, 1, 2),
        "act": (None, *HASHES), "recorded": (None, "2001-01-01", b"2001-01-01"), "recorded_at": (None, INSTANTS[0], b"2001"),
        "signature": (None, "a..b", b"a..b"),
    },
    "payload": {
        "seq": (-5, 1000, 10**9), "act": (None, b"", b"comity act 1\n{}", b"destroy-record", "text"), "text": (b"", b'id = "pact"\n', "text", 7),
    },
    "mention": {"word": ("", "pact", "another"), "seq": (-5, 0, 7, 1000)},
    "subtree": {"level": (0, 16, "x"), "place": (1, 9, -1), "hash": HASHES},
    "head": {
        "id": (2,), "format": (1, 3), "origin": ("another.example.org",), "size": (0, 1, 1000, -1), "peaks": (b"", bytes(32), "x"),
        "logged": INSTANTS,
    },
    "checkpoint": {"size": (0, 1, 7, 1000, -3), "note": ("", "no note", b"\x00")},
    "alembic_version": {"version_num": ("0001", "", "2")},
}  # fmt: skip
KEYS = {"leaf": "seq", "payload": "seq", "mention": "rowid", "subtree": "rowid", "head": "id", "checkpoint": "size", "alembic_version": "rowid"}


def _one(db: sqlite3.Connection, rng: random.Random, table: str) -> tuple[str, tuple[Any, ...]]:
    """A row, told by its key."""
    keys = {"mention": "word, seq", "subtree": "level, place"}.get(table, KEYS[table])
    rows = sorted(db.execute(f"SELECT {keys} FROM {table}"), key=repr)
    return " AND ".join(f"{key} IS ?" for key in keys.split(", ")), rng.choice(rows)


def change(table: str, column: str, value: object, db: sqlite3.Connection, rng: random.Random) -> None:
    where, key = _one(db, rng, table)
    db.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", (value, *key))


def delete(table: str, db: sqlite3.Connection, rng: random.Random) -> None:
    where, key = _one(db, rng, table)
    db.execute(f"DELETE FROM {table} WHERE {where}", key)


def exchange(table: str, column: str, db: sqlite3.Connection, rng: random.Random) -> None:
    """What two rows say in one column; in ``seq``: the rows themselves."""
    (where, one), (_, other) = _one(db, rng, table), _one(db, rng, table)
    ((first,),), ((second,),) = (db.execute(f"SELECT {column} FROM {table} WHERE {where}", key).fetchall() for key in (one, other))
    if first == second:
        return
    if column in ("seq", "act") and table == "leaf":
        db.execute(f"UPDATE {table} SET {column} = {'-77' if column == 'seq' else 'NULL'} WHERE {where}", one)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (first, *other))
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column if column == 'seq' else where} {'= -77' if column == 'seq' else ''}",
                   (second,) if column == "seq" else (second, *one))  # fmt: skip
        return
    db.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", (first, *other))
    db.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", (second, *one))


def double(table: str, db: sqlite3.Connection, rng: random.Random) -> None:
    """The same row once more, under another key."""
    where, key = _one(db, rng, table)
    row = list(db.execute(f"SELECT * FROM {table} WHERE {where}", key).fetchone())
    row[{"mention": 1, "subtree": 1}.get(table, 0)] = 1003 if table != "alembic_version" else "0003"
    if table == "leaf":
        row[5] = None if row[5] is None else sha256(row[5]).digest()
    db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def cut_short(tables: tuple[str, ...], db: sqlite3.Connection, rng: random.Random) -> None:
    """The last items gone, from these tables."""
    ((size,),) = db.execute("SELECT count(*) FROM leaf")
    at = rng.choice((size - 1, size - 4, 0))
    for table in tables:
        db.execute(f"DELETE FROM {table} WHERE seq >= ?", (at,))


def put_back(throughout: bool, db: sqlite3.Connection, rng: random.Random) -> None:
    """An earlier state, head and all; or all but what explains it."""
    cut_short(("leaf", "payload", "mention"), db, rng)
    log = [leaf.data() for leaf in followed({"leaf": db.execute("SELECT * FROM leaf").fetchall(), "payload": []})]
    peaks, rest = b"", log
    while rest:
        n = merkle.largest_power_of_two_below(len(rest) + 1)
        peaks, rest = peaks + merkle.mth(rest[:n]), rest[n:]
    db.execute("DELETE FROM subtree WHERE (place + 1) << level > ?", (len(log),))
    last = db.execute("SELECT max(logged) FROM leaf").fetchone()[0] or ""
    db.execute("UPDATE head SET size = ?, peaks = ?, logged = ?", (len(log), peaks, last if throughout else "2999"))


def bring_back(db: sqlite3.Connection, rng: random.Random) -> None:
    """What was destroyed is there again, with its words or without."""
    gone = [seq for (seq,) in db.execute("SELECT seq FROM leaf EXCEPT SELECT seq FROM payload ORDER BY seq")]
    seq = rng.choice(gone)
    act, text = _EVERY[db.execute("SELECT text FROM leaf WHERE seq = ?", (seq,)).fetchone()[0]]
    db.execute("INSERT INTO payload VALUES (?, ?, ?)", (seq, act, text))
    if act is not None and rng.random() < 0.7:
        db.execute("INSERT INTO mention VALUES (?, ?)", (json.loads(act.partition(b"\n")[2]).get("agreement", ""), seq))


def forge(said: bytes, db: sqlite3.Connection, rng: random.Random) -> None:
    """Another act in the place of one, its leaf made to fit it."""
    acts = db.execute("SELECT seq FROM payload WHERE act IS NOT NULL ORDER BY seq").fetchall()
    ((seq,),) = rng.sample(acts, 1)
    db.execute("UPDATE payload SET act = ? WHERE seq = ?", (said, seq))
    db.execute("UPDATE leaf SET act = ? WHERE seq = ?", (sha256(said).digest(), seq))


def explain(db: sqlite3.Connection, rng: random.Random) -> None:
    """The bytes of an item, and the act of destruction that explains why they are not there, both gone."""
    acts = [(seq, act) for seq, act in db.execute("SELECT seq, act FROM payload") if act is not None and b'"kind":"destroy-record"' in act]
    seq, _ = rng.choice(sorted(acts))
    db.execute("DELETE FROM payload WHERE seq = ?", (seq,))


def rewrite_note(line: int, value: str, db: sqlite3.Connection, rng: random.Random) -> None:
    size, note = rng.choice(db.execute("SELECT size, note FROM checkpoint ORDER BY size").fetchall())
    lines = note.split("\n")
    lines[line] = value
    db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", ("\n".join(lines), size))


def stand_still(db: sqlite3.Connection, rng: random.Random) -> None:
    """An item logged at the very instant of the one before."""
    seqs = [seq for (seq,) in db.execute("SELECT seq FROM leaf WHERE seq > 0 ORDER BY seq")]
    db.execute("UPDATE leaf SET logged = (SELECT logged FROM leaf WHERE seq = ?1 - 1) WHERE seq = ?1", (rng.choice(seqs),))


def spoil_the_first(db: sqlite3.Connection, _: random.Random) -> None:
    db.execute("UPDATE leaf SET logged = x'00' WHERE seq = 0")


def hide(db: sqlite3.Connection, _: random.Random) -> None:
    """The leaf of an item that was destroyed put where nobody looks."""
    gone = "SELECT max(seq) FROM (SELECT seq FROM leaf EXCEPT SELECT seq FROM payload)"
    db.execute(f"UPDATE leaf SET seq = -5 WHERE seq = ({gone})")


def turn_an_index(db: sqlite3.Connection, _: random.Random) -> None:
    """An index of other rows than it says: no row is touched, and what is there is not found."""
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = replace(sql, 'IS NULL', 'IS NOT NULL') WHERE name = 'leaf_file'")


def several(db: sqlite3.Connection, rng: random.Random) -> None:
    """A few rows at once."""
    for _ in range(rng.randrange(2, 5)):
        table = rng.choice(("leaf", "payload", "mention"))
        (delete if rng.random() < 0.6 or table == "leaf" else double)(table, db, rng)


FORGED = (
    b"destroy-record", b"[]", b"comity act 1\n[]", b'comity act 1\n{"kind":"destroy-record"}',
    b'comity act 1\n{"details":[],"kind":"destroy-record"}',
    b'comity act 1\n{"details":{"record":"x"},"kind":"destroy-record"}', b'comity act 1\n{"details":{"record":[]},"kind":"destroy-record"}',
    b'comity act 1\n{"agreement":"pact","details":{"record":"sha256:%s"},"kind":"declare"}' % (b"0" * 64), b"comity act 1\n{",
    b'comity act 1\n{"details":{"record":"sha256:%s"},"kind":"destroy-record"}' % (b"0" * 64), b"comity act 1\n\xff",
)  # fmt: skip


def touches() -> Iterator[tuple[str, Touch]]:
    """Everything that is done, with its name."""
    for table, columns in COLUMNS.items():
        for column, values in columns.items():
            for value in values:
                yield f"{table}.{column} = {value!r:.30}", functools.partial(change, table, column, value)
    for table in COLUMNS:
        yield f"{table} deleted", functools.partial(delete, table)
        yield f"{table} doubled", functools.partial(double, table)
    for table, column in [("leaf", c) for c in COLUMNS["leaf"]] + [
        ("payload", "act"),
        ("payload", "text"),
        ("mention", "word"),
        ("checkpoint", "note"),
    ]:
        yield f"{table}.{column} exchanged", functools.partial(exchange, table, column)
    for tables in (("leaf",), ("payload",), ("mention",), ("leaf", "payload"), ("payload", "mention"), ("leaf", "payload", "mention")):
        yield f"cut short: {tables}", functools.partial(cut_short, tables)
    yield "put back, but for its instant", functools.partial(put_back, False)
    yield "put back throughout", functools.partial(put_back, True)
    yield "brought back", bring_back
    yield "unexplained", explain
    for said in FORGED:
        yield f"forged: {said!r:.60}", functools.partial(forge, said)
    for line, value in ((0, "another.example.org"), (1, "9"), (1, "x"), (2, "A" * 43 + "="), (2, ""), (4, "")):
        yield f"note: {line} {value}", functools.partial(rewrite_note, line, value)
    yield "standing still", stand_still
    yield "the first spoilt", spoil_the_first
    yield "hidden", hide
    yield "an index turned", turn_an_index
    yield "several", several


# -- the ledgers that are touched


class Kept(NamedTuple):
    """A ledger that nobody touched, in memory; and a number of it, by which its touches are drawn."""

    number: int
    content: bytes


SMALL, LARGE = (0, 2, 5), 7
"""The drawn logs that are touched."""
_EVERY: dict[bytes, tuple[bytes | None, bytes]] = {}
"""The bytes of every item by the hash of its text, to bring back what was destroyed."""


@functools.cache
def kept(seed: int) -> Kept:
    """The drawn log, with checkpoints on the way."""
    batches, _, _ = drawn(seed)
    for item in (item for _, items in batches for item in items):
        _EVERY[sha256(item.text).digest()] = (None if item.entry is None else canonical_bytes(item.entry.act), item.text)
    with folder() as made:
        path = made / "kept.db"
        ledger, signer = ledger_at(path), new_signer(ORIGIN)
        make_checkpoint(ledger, signer)
        for number, batch in enumerate(batches):
            append_all(ledger, [batch])
            if number % 4 == 1:
                make_checkpoint(ledger, signer)
        ledger.close()
        return Kept(seed, path.read_bytes())


class Case(NamedTuple):
    """A ledger that was touched: its file, its rows, and what the slow reading names."""

    name: str
    content: bytes
    rows: Rows
    wanted: set[str]


@functools.cache
def cases() -> tuple[Case, ...]:
    """Each touch of some ledgers, and none."""
    found = []
    with folder() as made:
        path = made / "touched.db"
        for seed in (*SMALL, LARGE):
            path.write_bytes(kept(seed).content)
            found.append(Case(f"{seed}: nothing", path.read_bytes(), rows_of(path), set()))
            for name, touch in touches():
                if (seed == LARGE) != name.startswith("subtree") and not name.startswith(("cut", "put", "head")):
                    continue
                path.write_bytes(kept(seed).content)
                with closing(sqlite3.connect(path)) as db, db:
                    db.execute("PRAGMA synchronous = OFF")
                    touch(db, random.Random(f"{seed} {name}"))
                rows = rows_of(path)
                pages = {"file"} if touch is turn_an_index else set()  # which no row tells
                found.append(Case(f"{seed}: {name}", path.read_bytes(), rows, touched(rows) | pages))
    return tuple(found)


def named(case: Case, path: Path) -> tuple[set[str], int, bytes]:
    """What looking it over names, by kind and number; how many items it could follow, and their root."""
    ledger = ledger_at(path)
    try:
        ledger.close()  # what is read from here on is what was touched
        path.write_bytes(case.content)
        ledger.origin = next((row[2] for row in case.rows["head"]), ORIGIN)
        done: list[int] = []
        found = check(ledger, done.append)
    finally:
        ledger.close()
    assert done == [*range(1, found.size + 1)]
    return {re.sub(r"^(item -?\d+) \(.*\)$", r"\1", one.where, flags=re.DOTALL) for one in found.touched}, found.size, found.root


def differing(case: Case, path: Path) -> str | None:
    """How what looking it over names differs from what the slow reading names; None if it does not."""
    log = followed(case.rows)
    found = named(case, path)
    wanted = case.wanted, len(log), merkle.mth([leaf.data() for leaf in log])
    if found == wanted:
        return None
    return f"{case.name}: named alone {sorted(found[0] - wanted[0])}, not named {sorted(wanted[0] - found[0])}, of {found[1]}, not {wanted[1]}"


def agree() -> bool:
    """Does looking a ledger over name what the slow reading names, and nothing else, whatever was touched?"""
    with folder() as made:
        return all(differing(case, made / "touched.db") is None for case in cases())
