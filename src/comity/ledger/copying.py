"""A ledger copied into another, item by item, in one state: a backup while others write, a restore, a move to the other database.

Numbers, instants, hashes and checkpoints stay what they are, and so do the root and what was seen of other logs.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.appending import insert
from comity.ledger.store import Ledger
from comity.terms import BadInput

_AT_ONCE = 1000
_TABLES = (schema.leaf, schema.payload, schema.mention, schema.subtree, schema.checkpoint, schema.log)


def copy(source: Ledger, target: Ledger, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
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
