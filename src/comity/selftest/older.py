"""A ledger as version 1 wrote it: what the ledger of today holds, in the tables of then."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from comity import about
from comity.ledger import Item, create

_LEAF = "INSERT INTO leaf VALUES (:seq, :logged, :file, :text, :whole, :act, :recorded, :recorded_at)"
_PAYLOAD = "INSERT INTO payload VALUES (:seq, :canonical, :written)"
_SUBTREE = "INSERT INTO subtree VALUES (:level, :place, :hash)"
_HEAD = "INSERT INTO head VALUES (1, 1, :origin, :size, :peaks, :logged)"
_TABLES = ("leaf", "payload", "subtree", "head")


def make_version_1(url: str, origin: str, items: Sequence[Item]) -> bytes:
    """Make it at ``url``, an empty place: its root."""
    ledger = create(url, origin, about.clock)
    ledger.append(items)
    leaves = [{**leaf._asdict(), "canonical": act, "written": text} for leaf, act, text in ledger.items()]
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        subtrees, heads = ([dict(row._mapping) for row in connection.execute(sa.text(f"SELECT * FROM {name}"))] for name in ("subtree", "head"))  # noqa: S608 (these two)
        for table in reversed(sa.inspect(connection).get_table_names()):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        config = Config()
        config.set_main_option("script_location", "comity.ledger:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement, rows in ((_LEAF, leaves), (_PAYLOAD, leaves), (_SUBTREE, subtrees), (_HEAD, heads)):
            if rows:
                connection.execute(sa.text(statement), rows)
    root = ledger.head().root()
    ledger.close()
    return root


def rows_of_version_1(url: str) -> list[object]:
    """Everything that its tables hold."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        found: list[object] = [connection.execute(sa.text(f"SELECT * FROM {table} ORDER BY 1, 2")).all() for table in _TABLES]  # noqa: S608 (these four)
    engine.dispose()
    return found
