"""A node to be measured: the Netherlands', on the bundled book, with objects put straight into its tables; what Sweden may have of them it reads.

Eight label classes in turn. Five are open to Sweden: one is for anybody, four rest on the agreement on security of information that is in force
between the two. Three are not: two are for Germany alone, of the last nobody vouches that Sweden is cleared so far.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

import comity
from bench.taxii_load import Target, basic, indicator
from bench.taxii_peers import Served, free_port, running
from comity.book import COLUMNS, write_rows
from comity.exchange import Caller, Collection, Given, LabelKey, Node, make_node, schema
from comity.exchange.calling import KeptPasswords, admit_row, password_record
from comity.keeping import add_rows, take_in
from comity.ledger import Ledger, create, insert

KEEPER, PARTNER = "NLD", "SWE"
DESK = Caller("desk", KEEPER, writes=True, keeper=True)
CLIENT, PASSWORD = "swe-feed", "a password of some length"
HOME = "7c1e0f54-91f2-4d3a-b0a5-2f1f3d7f6a10"
"""The collection, and that into which nothing was put before the run."""
VERSION = 1_704_067_200_000_000
_AT_ONCE = 50_000


def _key(level: str, *releasable_to: str) -> LabelKey:
    return LabelKey(originator=KEEPER, policy=KEEPER, level=level, releasable_to=releasable_to, limited=bool(releasable_to))


OPEN = (
    LabelKey(originator=KEEPER, limited=False),
    _key("Dep. VERTROUWELIJK", PARTNER, "DEU"),
    _key("Stg. CONFIDENTIEEL", PARTNER),
    _key("Stg. CONFIDENTIEEL", PARTNER, "DEU"),
    _key("Stg. GEHEIM", PARTNER),
)
CLOSED = (_key("Stg. CONFIDENTIEEL", "DEU"), _key("Stg. GEHEIM", "DEU"), _key("Stg. ZEER GEHEIM", PARTNER))
CLASSES = (*OPEN, *CLOSED)


def fill(url: str, seen: int) -> None:
    """Make a ledger at ``url``, a node of it, and objects of which the partner may see so many: each five of eight."""
    ledger = create(url, "node.bench.invalid", lambda: datetime.now(UTC))
    take_in(comity.open(comity.bundled_book()).book, ledger)
    now = datetime.now(UTC)
    make_node(ledger, KEEPER, now)
    row = dict.fromkeys(COLUMNS, "") | {
        "ref": "vouch-for-sweden", "kind": "admit-partner", "actor": KEEPER, "counterparty": PARTNER, "details": "cleared=NLD:Stg. GEHEIM",
        "made": "2025-01-01", "source": "bench", "basis": "text",
    }  # fmt: skip
    admit = admit_row(KEEPER, PARTNER, CLIENT, "password", now, may=("read", "write"))
    add_rows(ledger, write_rows([row, admit]), "added", now.date())
    KeptPasswords(ledger).put(CLIENT, password_record(PASSWORD))
    node = Node(ledger, lambda: datetime.now(UTC))
    node.put_collection(Collection(0, HOME, "Warnings", readers=frozenset({PARTNER}), writers=frozenset({PARTNER})))
    if seen:
        _preload(ledger, node, seen)
    ledger.close()


def expected(seen: int) -> Iterator[dict[str, object]]:
    """The objects that the partner may see, of a node that was filled so."""
    return (_object(n) for n in _numbers(seen) if n % len(CLASSES) < len(OPEN))


@contextmanager
def start_comity(folder: Path, objects: int, database: str) -> Iterator[Served]:
    """The node's TAXII door in a process of its own, on a new ledger at the address ``database``, of whose objects the partner may see so many."""
    fill(database, objects)
    port = free_port()
    with running([sys.executable, "-m", "bench.taxii_serve", database, str(port)], port, folder) as group:
        yield Served(Target(f"http://127.0.0.1:{port}/{PARTNER.lower()}/", HOME, basic(CLIENT, PASSWORD)), group)


def _numbers(seen: int) -> range:
    if seen % len(OPEN):
        raise ValueError(f"{seen} objects are not to be had: the partner sees {len(OPEN)} of each {len(CLASSES)}")
    return range(seen // len(OPEN) * len(CLASSES))


def _object(number: int) -> dict[str, object]:
    """The indicator of that number, with the marking of its class."""
    return indicator(number, [f"marking-definition--{uuid.UUID(int=number % len(CLASSES) + 1, version=4)}"])


def _preload(ledger: Ledger, node: Node, seen: int) -> None:
    """The first of each class as anything is put in; the rest as rows beside them, as if they had been put in one after another."""
    numbers = _numbers(seen)
    first = [_given(n) for n in numbers[: len(CLASSES)]]
    told = node.put(DESK, HOME, first)
    assert not told.refused
    of, began = schema.object_.c, time.monotonic()
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        there = {row.id: (row.slot, row.own) for row in connection.execute(sa.select(of.id, of.slot, of.own))}
        kinds = [there[one.id] for one in first]
        last = int(connection.execute(sa.select(schema.node.c.last)).scalar_one())
        for index in schema.object_.indexes:
            index.drop(connection)
        for begin in range(len(CLASSES), len(numbers), _AT_ONCE):
            some = numbers[begin : begin + _AT_ONCE]
            rows = list[tuple[object, ...]]()
            for number in some:
                given, (slot, own) = _given(number), kinds[number % len(CLASSES)]
                last += 1
                rows.append((last, given.id, given.version, slot, 0, 0, 0, own, last, given.spec, given.giver, given.digest, given.body))
            insert(connection, schema.object_, rows)
            if sys.stderr.isatty():
                print(f"\r  {some[-1]:,} of {len(numbers):,}, {time.monotonic() - began:.0f} s", end="", file=sys.stderr, flush=True)
        for index in schema.object_.indexes:
            index.create(connection)
        connection.execute(sa.update(schema.node).values(last=last))
    if ledger.engine.dialect.name == "postgresql":
        with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as the server would by and by


def _given(number: int) -> Given:
    told = _object(number)
    body = json.dumps(told).encode()
    return Given(str(told["id"]), "indicator", VERSION, "2.1", body, frozenset({CLASSES[number % len(CLASSES)]}), frozenset(), KEEPER, 0)
