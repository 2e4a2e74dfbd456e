"""A ledger copied into another, item by item, in one state: a backup while others write, a restore, a move to the other database.

Numbers, instants, hashes and checkpoints stay what they are, and so do the root and what was seen of other logs. What is interrupted leaves
nothing that looks whole: under a backup's name there is nothing, or all of it; where a restore was to go there is nothing, an empty ledger, or
all of it; both can be done again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.appending import insert
from comity.ledger.checking import check
from comity.ledger.database import Clock, create, open_ledger, told, upgrade, version_of
from comity.ledger.store import Ledger
from comity.terms import BadInput

Progress = Callable[[int, int], None]
"""Is told how many items are done, and of how many."""
_AT_ONCE = 1000
_TABLES = (schema.leaf, schema.payload, schema.mention, schema.subtree, schema.checkpoint, schema.log)


def _untold(done: int, of: int) -> None:
    """Nobody asks how far it is."""


def back_up(ledger: Ledger, file: Path, progress: Progress = _untold) -> int:
    """Copy the ledger into the new file; the number of items. BadInput if there is something under that name."""
    if file.exists():
        raise BadInput(f"{str(file)!r} is there already; give a new file")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        target = create(f"sqlite:///{part}", ledger.origin, ledger.clock)
        with told(target.url):
            count = copy(ledger, target, progress)
        target.close()
        part.rename(file)
        _sync(file.parent)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(file: Path, url: str, clock: Clock, progress: Progress = _untold) -> Ledger:
    """Make a new ledger at ``url`` from a backup, every item of which is looked over before any is copied; BadInput if one was touched."""
    with tempfile.TemporaryDirectory(prefix="comity-restore-") as folder:
        source = _of_this_version(file, Path(folder) / file.name, clock)
        with told(source.url):
            size = source.count()
            touched = check(source, lambda done: progress(done, size)).touched
        if touched:
            raise BadInput(f"the backup {str(file)!r} was touched: {touched[0].where}: {touched[0].says}; use another")
        target = _new_or_empty(url, source.origin, clock)
        with told(target.url):
            copy(source, target, progress)
        source.close()
    return target


def _of_this_version(file: Path, beside: Path, clock: Clock) -> Ledger:
    """The ledger in a backup; of an older version, a copy of it that is brought up, the backup itself left as it is."""
    if version_of(f"sqlite:///{file}") == schema.FORMAT:
        return open_ledger(f"sqlite:///{file}", clock)
    shutil.copyfile(file, beside)
    return upgrade(f"sqlite:///{beside}", clock)[1]


def _new_or_empty(url: str, origin: str, clock: Clock) -> Ledger:
    """A new ledger; or the one that an interrupted restore left there, which is empty (``copy`` refuses any other)."""
    try:
        return open_ledger(url, clock)
    except BadInput:
        return create(url, origin, clock)


def _sync(folder: Path) -> None:
    """A new name outlives a loss of power once its folder is on disk; where folders can't be opened, the system sees to it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def copy(source: Ledger, target: Ledger, progress: Progress = _untold) -> int:
    """All of ``source`` into ``target``, which is empty: all, or nothing. The number of items."""
    with source.engine.connect().execution_options(**source.one_state) as reading, reading.begin():
        head = reading.execute(sa.select(schema.head)).one()
        with target.engine.connect().execution_options(writes=True) as writing, writing.begin():
            if writing.execute(sa.select(schema.head.c.size).with_for_update()).scalar_one():
                raise BadInput(f"the ledger at {target.shown_url} is not empty; restore into a new one")
            done = 0
            for table in _TABLES:
                rows = reading.execution_options(yield_per=_AT_ONCE).execute(sa.select(table).order_by(*table.primary_key.columns))
                for some in rows.partitions(_AT_ONCE):
                    insert(writing, table, [tuple(row) for row in some])
                    done += len(some) if table is schema.payload else 0
                    progress(done, head.size)
            writing.execute(sa.update(schema.head).values(size=head.size, peaks=head.peaks, logged=head.logged, origin=head.origin))
    target.origin = head.origin
    return int(head.size)
