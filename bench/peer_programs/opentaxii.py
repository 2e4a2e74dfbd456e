"""OpenTAXII's database with an account and a collection, objects put straight into its table.  ``OPENTAXII_CONFIG=... python -m bench.peer_programs.opentaxii FILE``"""

from __future__ import annotations

import datetime
import importlib
import uuid
from typing import Any

from bench.peer_programs.timing import given
from bench.taxii_load import indicator

_AT_ONCE = 10_000


def fill(asked: Any) -> None:
    """``asked``: ``root`` and ``collection`` (UUIDs), ``user``, ``password``, ``objects`` (how many)."""
    server: Any = importlib.import_module("opentaxii.http").server
    models: Any = importlib.import_module("opentaxii.persistence.sqldb.taxii2models")
    server.auth.api.create_account(asked["user"], asked["password"], is_admin=True)
    api = server.servers.taxii2.persistence.api
    root, collection = uuid.UUID(asked["root"]), uuid.UUID(asked["collection"])
    api.add_api_root(title="bench", description="", default=True, is_public=True, api_root_id=root)
    session = api.db.session
    session.add(models.Collection(id=collection, api_root_id=root, title="bench", alias=None, is_public=True, is_public_write=True))
    session.commit()
    begun, version = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    for first in range(0, asked["objects"], _AT_ONCE):
        rows = [
            _row(indicator(n)) | {"collection_id": collection, "date_added": begun + datetime.timedelta(microseconds=n), "version": version}
            for n in range(first, min(first + _AT_ONCE, asked["objects"]))
        ]
        session.execute(models.STIXObject.__table__.insert(), rows)
        session.commit()


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """As its own POST takes an object apart."""
    apart = ("id", "type", "spec_version")
    return {"pk": uuid.uuid4(), **{name: told[name] for name in apart}, "serialized_data": {k: v for k, v in told.items() if k not in apart}}


if __name__ == "__main__":
    fill(given())
