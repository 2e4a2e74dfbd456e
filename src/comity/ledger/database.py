"""Opening and making a ledger's database, with what its durability needs; and its errors in one line.

SQLite: a rollback journal and ``synchronous`` EXTRA, so that an acknowledged commit outlives a loss of power, and the fault of
write-ahead logs in SQLite 3.7.0 to 3.51.2 has nothing to act on (docs/adr/0009-ledger.md). PostgreSQL: as the server is set
up; ``ledger doctor`` looks at that.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event, exc

from comity.ledger import schema
from comity.ledger.store import Ledger
from comity.ledger.tree import Frontier
from comity.terms import BadInput

_BUSY_SECONDS = 60
_ORIGIN = re.compile(r"[^\s+\x00-\x20]{1,200}")
_NEVER = "0001-01-01T00:00:00.000000Z"
Clock = Callable[[], datetime]


def open_ledger(url: str, clock: Clock) -> Ledger:
    """The ledger at ``url``; BadInput in one line if there is none, or if it is of another version than this program writes."""
    engine, found = _found(url)
    if found.format < schema.FORMAT:
        raise BadInput(f"the ledger at {_without_password(url)} is of version {found.format}, this program writes {schema.FORMAT}; {_upgrade(url)}")
    return Ledger(engine, url, found.origin, clock)


def version_of(url: str) -> int:
    """The version of the tables of the ledger at ``url``, this one or an older."""
    engine, found = _found(url)
    engine.dispose()
    return int(found.format)


def upgrade(url: str, clock: Clock) -> tuple[int, Ledger]:
    """Bring the ledger's tables to the version that this program writes, all or nothing: the version that it had, and the ledger."""
    engine, found = _found(url)
    if found.format < schema.FORMAT:
        with told(url), engine.connect().execution_options(writes=True) as connection, connection.begin():
            now = connection.execute(sa.select(schema.head.c.format).with_for_update()).scalar_one()
            if now < schema.FORMAT:  # else another process has done it while this one waited
                if connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() != [f"{now:04}"]:
                    raise BadInput(f"the ledger at {_without_password(url)} is damaged: head and tables speak of two versions; restore a backup")
                _migrate(connection)
                connection.execute(sa.update(schema.head).values(format=schema.FORMAT))
    return found.format, Ledger(engine, url, found.origin, clock)


def create(url: str, origin: str, clock: Clock) -> Ledger:
    """Make the tables of an empty ledger; BadInput if there is one, or something else."""
    if not _ORIGIN.fullmatch(origin):
        raise BadInput(f"origin {origin!r}: give a name without blanks or plus signs, such as ledger.example.org/defence")
    path = _path(url)
    if path is not None and path.exists() and path.stat().st_size > 0:
        raise BadInput(f"{url}: the file is there already; give another, or ask this one: comity --ledger {url} ledger stats")
    engine = _engine(url)
    with told(url), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if sa.inspect(connection).get_table_names():
            raise BadInput(f"the database at {_without_password(url)} is not empty; give an empty one")
        _migrate(connection)
        empty = Frontier(0, ())
        first = {"id": 1, "format": schema.FORMAT, "origin": origin, "size": 0, "peaks": empty.to_bytes(), "logged": _NEVER}
        connection.execute(sa.insert(schema.head), first)
    return Ledger(engine, url, origin, clock)


def _migrate(connection: sa.Connection) -> None:
    """Every step of the tables that was not taken yet, in the transaction that is open."""
    config = Config()
    config.set_main_option("script_location", "comity.ledger:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _upgrade(url: str) -> str:
    return f"bring it up with: comity --ledger {_without_password(url)} ledger upgrade"


def _found(url: str) -> tuple[sa.Engine, sa.Row[tuple[int, str]]]:
    """The database at ``url``, and its head's version and name; BadInput if it holds no ledger, or one of a later version."""
    path, shown = _path(url), _without_password(url)
    if path is not None and not path.exists():
        raise BadInput(f"there is no ledger at {shown}; make one with: comity --ledger {shown} ledger init --origin NAME")
    engine = _engine(url)
    with told(url), engine.connect() as connection:
        if not sa.inspect(connection).has_table("head"):
            raise BadInput(f"the database at {shown} holds no ledger; make one with: comity --ledger {shown} ledger init --origin NAME")
        found = connection.execute(sa.select(schema.head.c.format, schema.head.c.origin)).first()
    if found is None:
        raise BadInput(f"the ledger at {shown} has no head: it was not made in full; restore a backup, or remove it and begin again")
    if not isinstance(found.format, int):
        raise BadInput(f"the ledger at {shown} is damaged: its head gives no version; restore a backup")
    if found.format > schema.FORMAT:
        raise BadInput(f"the ledger at {shown} is of version {found.format}, this program knows {schema.FORMAT}; use a newer Comity")
    return engine, found


@contextmanager
def told(url: str) -> Iterator[None]:
    """What goes wrong in the database, as one line that says what to do."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as problem:
        raise BadInput(f"the ledger at {_without_password(url)} {_meaning(problem)}") from problem


def _meaning(problem: Exception) -> str:
    """What the database's error means for whoever asked."""
    says = str(getattr(problem, "orig", None) or problem).strip().splitlines()[0]
    meant = {
        "database is locked": "is busy: another process has been writing for a minute; try again, or stop that process",
        "readonly": "is read-only; nothing was changed: make the file and its folder writable, or use a copy",
        "not a database": "is no SQLite database; give the file of a ledger, or another name for a new one",
        "malformed": "is damaged (the file is not as SQLite wrote it); restore a backup",
        "decode": "is damaged (a text in it is none); restore a backup",
        "disk is full": "cannot grow: the disk is full; nothing of this was recorded: make room and try again",
        "disk I/O error": "cannot be read or written: the disk reports an error; see to it, run ledger verify, do it again: no act is kept twice",
        "unable to open": "cannot be opened: the folder is missing, or may not be read or written, or the disk is full",
        "refused": "is not reachable: no server answers there; start it, or correct the address",
    }
    return next((told for word, told in meant.items() if word in says), f"could not do that ({says}); nothing of this was recorded")


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]+):[^@/]+@", r"\1:***@", url)


def _path(url: str) -> Path | None:
    """The file of a SQLite ledger; None for PostgreSQL; BadInput for anything else."""
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    if url.startswith("postgresql://"):
        return None
    raise BadInput(f"--ledger {_without_password(url)!r}: write sqlite:///FILE or postgresql://USER@HOST/NAME")


def _engine(url: str) -> sa.Engine:
    if url.startswith("postgresql://"):
        try:
            engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
        except ModuleNotFoundError:
            raise BadInput("PostgreSQL needs psycopg; install it with: pip install 'comity[postgresql]'") from None
        except exc.ArgumentError:
            raise BadInput(f"--ledger {_without_password(url)!r}: write postgresql://USER@HOST/NAME") from None
        event.listen(engine, "connect", _plan_anew)
        return engine
    engine = sa.create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _plan_anew(connection: Any, _: object) -> None:
    """Each PostgreSQL connection: a plan that was kept from when a table was small would read all of it once it is large."""
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    """Each SQLite connection: our own BEGIN, the journal and syncs that hold what was acknowledged, no reading behind SQLite's back."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "fullfsync=ON", "mmap_size=0", "secure_delete=ON", "cell_size_check=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """One that will write takes the lock at once: it never has to give up halfway."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
