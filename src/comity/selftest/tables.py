"""The rows of a ledger, read and written past everything that guards them."""

from __future__ import annotations

import sqlalchemy as sa

from comity.ledger import Ledger
from comity.selftest.rewriting import Rows


def rows_of(ledger: Ledger) -> Rows:
    """Every row of every table, in the order of the keys."""
    metadata = sa.MetaData()
    metadata.reflect(ledger.engine)
    with ledger.engine.connect() as connection:
        asked = {table.name: sa.select(table).order_by(*table.primary_key.columns) for table in metadata.sorted_tables}
        return {name: [dict(row) for row in connection.execute(every).mappings()] for name, every in asked.items()}


def unguard(ledger: Ledger) -> None:
    """Take every key, constraint and index off the tables, as their owner can: then anything can be written."""
    metadata = sa.MetaData()
    metadata.reflect(ledger.engine)
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table in reversed(metadata.sorted_tables):
            connection.exec_driver_sql(f"CREATE TABLE unguarded AS SELECT * FROM {table.name}")  # noqa: S608 (the ledger's own tables)
            connection.exec_driver_sql(f"DROP TABLE {table.name}")
            connection.exec_driver_sql(f"ALTER TABLE unguarded RENAME TO {table.name}")


def write_rows(ledger: Ledger, rows: Rows) -> None:
    """These rows and no others, in the tables that they name; nobody minds if they are lost."""
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        for table, held in rows.items():
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 (the ledger's own tables)
            for row in held:
                values = ", ".join(f":{column}" for column in row)
                connection.execute(sa.text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)  # noqa: S608 (as above)
