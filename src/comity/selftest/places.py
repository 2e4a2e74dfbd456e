"""Where each part of the self-test stands at one address: beside its file, in a schema of its own in its database."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from comity.ledger import told

_BESIDE = ("", "-journal")


def fresh_place(url: str, name: str) -> str:
    """The address of an empty place of that name; what an earlier run left there goes."""
    address = sa.make_url(url)
    if address.drivername == "sqlite":
        file = Path(str(address.database))
        beside = file.with_name(f"{file.stem}-{name}{file.suffix}")
        for ending in _BESIDE:
            beside.with_name(f"{beside.name}{ending}").unlink(missing_ok=True)
        return f"sqlite:///{beside}"
    schema = f"comity_selftest_{name}"
    engine = sa.create_engine(address.set(drivername="postgresql+psycopg"))
    with told(url), engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    engine.dispose()
    return address.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
