"""A ledger as version 1 wrote it: made by the first migration alone, and filled as that program filled it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from comity import about
from comity.acts import sealed
from comity.ledger import Item, create
from comity.ledger.appending import completed
from comity.ledger.items import later_of, leaf_of
from comity.ledger.tree import Frontier, leaf_hash

LEAF = "INSERT INTO leaf VALUES (:seq, :logged, :file, :text, :whole, :act, :recorded, :recorded_at)"
PAYLOAD = "INSERT INTO payload VALUES (:seq, :act, :text)"
SUBTREE = "INSERT INTO subtree VALUES (:level, :place, :hash)"
HEAD = "INSERT INTO head VALUES (1, 1, :origin, :size, :peaks, :logged)"


def make_version_1(url: str, origin: str, items: Iterable[Item]) -> bytes:
    """Make it at ``url``, an empty place: its root."""
    ledger = create(url, origin, about.clock)  # for its engine alone: its tables give way to those of version 1
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table in reversed(sa.inspect(connection).get_table_names()):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        config = Config()
        config.set_main_option("script_location", "comity.ledger:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        frontier, logged = Frontier(), "0001-01-01T00:00:00.000000Z"
        for item in items:
            logged = later_of(about.clock(), logged)
            leaf, canonical = leaf_of(item, frontier.size, logged), None if item.entry is None else sealed(item.entry.act)[1]
            connection.execute(sa.text(LEAF), leaf._asdict())
            connection.execute(sa.text(PAYLOAD), {"seq": leaf.seq, "act": canonical, "text": item.text})
            hashed = leaf_hash(leaf.to_bytes())
            for level, place, value in completed(frontier, hashed):
                connection.execute(sa.text(SUBTREE), {"level": level, "place": place, "hash": value})
            frontier = frontier.append(hashed)
        connection.execute(sa.text(HEAD), {"origin": origin, "size": frontier.size, "peaks": frontier.to_bytes(), "logged": logged})
    ledger.close()
    return frontier.root()
