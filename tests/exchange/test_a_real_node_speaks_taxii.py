"""A real node behind its door on the loopback, on either database: the conformance suite, and clients that nobody here wrote."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests
from stix2 import Filter, Indicator, TAXIICollectionStore
from taxii2client.v21 import Collection as TaxiiCollection
from taxii2client.v21 import as_pages

from comity.acts import Act, Entry, Source
from comity.book import write_rows
from comity.exchange import Caller, Collection, LabelKey
from comity.exchange.asking import ACT_TYPE
from comity.exchange.between.carrying_acts import act_id, act_objects
from comity.exchange.calling import KeptPasswords, Limits, Reception, admit_row, password_record
from comity.keeping import add_rows
from comity.selftest.taxii_suite import Login, run
from comity.terms import parse_moment
from comity.web.exchange import NodeDoor, served_beside
from tests.exchange.small_nodes import KEEPER, OPEN, SmallNode, thing
from tests.ledger.conftest import Place

MEDIA = {"Accept": "application/taxii+json;version=2.1", "Content-Type": "application/taxii+json;version=2.1"}
PASSWORD = "fifteen letters at least"


@contextmanager
def door(small: SmallNode) -> Iterator[str]:
    """The node's address, with a client of Betonia's admitted that reads and writes."""
    row = admit_row("ALF", "BET", "bet-node", "password", small.clock(), may=("read", "write"))
    add_rows(small.ledger, write_rows([row]), "added", small.clock().date())
    KeptPasswords(small.ledger).put("bet-node", password_record(PASSWORD))
    reception = Reception(small.node.gate, replace(Limits(), pace=1e6, burst=1_000_000))
    with served_beside(NodeDoor(small.node, reception)) as url:
        yield url


def test_the_conformance_suite_passes(place: Place) -> None:
    small = SmallNode(place(), datetime.now(UTC).date().isoformat())
    for number, (readers, writers) in enumerate((("BET", ""), ("", "BET"), ("GAM", "GAM")), 20):
        sets = [frozenset(codes.split()) for codes in (readers, writers)]
        name = str(uuid.UUID(int=number, version=4))
        small.node.put_collection(Collection(0, name, f"Number {number}", alias=f"number-{number}", readers=sets[0], writers=sets[1]))
    with door(small) as url:
        judged = run(f"{url}/taxii2/", Login("bet-node", PASSWORD))
    assert [f"{one.number} {one.what}: {one.said}" for one in judged if one.passed is False] == []
    assert [one.number for one in judged if one.passed is None] == [49], "a collection that one may neither read nor write is not listed"


def test_clients_that_others_wrote(small: SmallNode) -> None:
    small.put(*(thing(f"{n}", OPEN) for n in range(3)))
    with door(small) as url:
        client = TaxiiCollection(f"{url}/bet/collections/{small.home}/", user="bet-node", password=PASSWORD)
        store = TAXIICollectionStore(client)
        made = [Indicator(pattern=f"[ipv4-addr:value='198.51.100.{n}']", pattern_type="stix", indicator_types=["unknown"]) for n in range(5)]
        store.add(made)
        assert store.get(made[0].id) == made[0]
        assert len(store.query([Filter("type", "=", "indicator")])) == 5
        pages = list(as_pages(client.get_objects, per_request=2))
        assert [len(page["objects"]) for page in pages] == [2, 2, 2, 2]
        assert sum(len(page["objects"]) for page in as_pages(client.get_manifest, per_request=3)) == 8


def test_what_is_closed_does_not_show_through_the_door(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", LabelKey(originator="ALF", releasable_to=("GAM",))))
    with door(small) as url:
        client = TaxiiCollection(f"{url}/bet/collections/{small.home}/", user="bet-node", password=PASSWORD)
        assert [one["id"] for one in client.get_objects()["objects"]] == ["thing--a"]
        assert [one["id"] for one in client.get_manifest()["objects"]] == ["thing--a"]
        told = [error(client, name) for name in ("thing--b", "thing--none")]
        assert told[0] == told[1]
        assert "404" in told[0]


def error(client: TaxiiCollection, object_id: str) -> str:
    with pytest.raises(Exception, match="404") as raised:
        client.get_object(object_id)
    return str(raised.value).replace(object_id, "ID")


def test_a_delivery_puts_nothing_on_record_in_the_name_of_others(small: SmallNode) -> None:
    """Of two acts that a partner's client sends, its own comes onto the record; what it says is the keeper's is neither taken nor kept."""
    made: dict[str, Any] = {"made": parse_moment("2022-01-01"), "source": Source("told")}
    own, forged = Act("declare", "BET", "BET-1", "alf-bet", **made), Act("denounce", "ALF", "ALF-1", "alf-bet", **made)
    bodies = [one for act in (own, forged) for one in act_objects(Entry(act, date(2022, 1, 1)))]
    body = json.dumps({"objects": list({one["id"]: one for one in bodies}.values())}).encode()
    client = Caller("bet-node", "BET", writes=True)
    small.clock.set("2022-02-10")
    assert {fate.says for fate in small.node.add(client, small.home, body).refused if fate.id.startswith(ACT_TYPE)} == {
        "acts are not taken in this way; send it to the node's TAXII door, or let the node pull it"
    }
    assert len(small.node.put(client, small.home, [replace(thing("act", OPEN), type=ACT_TYPE)]).refused) == 1
    with door(small) as url:
        posted = requests.post(f"{url}/bet/collections/{small.home}/objects/", body, auth=("bet-node", PASSWORD), headers=MEDIA, timeout=60).json()
    assert [(one["id"], "keeper" in one["message"]) for one in posted["failures"]] == [(act_id(forged.hash), True)]
    assert set(small.ledger.numbers_of([own.hash, forged.hash])) == {own.hash}
    assert small.read(KEEPER, ids=(act_id(forged.hash),)).objects == ()
    assert len(small.read(KEEPER, ids=(act_id(own.hash),)).objects) == 1
