"""Can this ledger keep its promise where it stands: what the database does on a commit, its version, the disk, the clock?

Each thing that is looked at is told, good or not, and what to do where it is not.

Source: SQLite, "Atomic commit" and PRAGMA journal_mode, synchronous, quick_check; PostgreSQL, "Reliability" and the settings named; ADR 9.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.items import instant
from comity.ledger.store import Ledger

_EXTRA, _LEAST_FREE = 3, 200_000_000
_OLDEST_SERVER = 140_000
_ON_SERVER = {
    "fsync": "without it a loss of power can destroy the database: set fsync = on",
    "full_page_writes": "without them a page half written at a loss of power stays so: set full_page_writes = on",
    "synchronous_commit": "what is acknowledged may not be on disk yet: set synchronous_commit = on (or remote_apply)",
    "data_checksums": "a disk that garbles a page goes unnoticed until it is read: stop the server and run pg_checksums --enable",
}


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: is it good, and what it is, or what to do."""

    what: str
    good: bool
    says: str


def examine(ledger: Ledger, now: datetime) -> list[Examined]:
    """Everything that was looked at, in order."""
    with ledger.engine.connect() as connection:
        of_database = _sqlite(ledger, connection) if ledger.engine.dialect.name == "sqlite" else _server(connection)
        return [*of_database, _clock(connection, now)]


def _examined(what: str, good: bool, found: str, otherwise: str) -> Examined:
    """What was found; and where that is not good, what it means and what to do."""
    return Examined(what, good, found if good else f"{found}: {otherwise}")


def _sqlite(ledger: Ledger, connection: sa.Connection) -> Iterator[Examined]:
    def pragma(name: str) -> object:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    no_log = "no write-ahead log is kept, so that the fault of versions before 3.51.3 can't act"
    yield Examined("version", True, f"SQLite {sqlite3.sqlite_version}; {no_log}")
    journal, synchronous, pages = pragma("journal_mode"), pragma("synchronous"), pragma("quick_check")
    yield _examined("journal", journal == "delete", f"journal_mode {journal}", "another program set it; close that one, and open the ledger again")
    yield _examined("synchronous", synchronous == _EXTRA, f"level {synchronous}", f"it ought to be {_EXTRA} (EXTRA)")
    yield _examined("pages", pages == "ok", f"quick_check says {pages}", "the file is damaged; restore a backup")
    folder = Path(str(ledger.engine.url.database)).resolve().parent
    free = shutil.disk_usage(folder).free
    yield _examined("disk", free >= _LEAST_FREE, f"{free // 1_000_000:,} MB free at {folder}", "make room before it is full")
    yield _examined("folder", os.access(folder, os.W_OK), str(folder), "it may not be written, and the journal stands there; change its owner")


def _server(connection: sa.Connection) -> Iterator[Examined]:
    number = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar()))
    version = connection.exec_driver_sql("SHOW server_version").scalar()
    yield _examined("version", number >= _OLDEST_SERVER, f"PostgreSQL {version}", "it is no longer looked after; upgrade")
    for name, otherwise in _ON_SERVER.items():
        value = str(connection.exec_driver_sql(f"SHOW {name}").scalar())
        yield _examined(name, value in ("on", "remote_apply"), value, otherwise)


def _clock(connection: sa.Connection, now: datetime) -> Examined:
    last = str(connection.execute(sa.select(schema.head.c.logged)).scalar_one())
    return _examined("clock", last <= instant(now), instant(now), f"the last item is of {last}; set the clock right")
