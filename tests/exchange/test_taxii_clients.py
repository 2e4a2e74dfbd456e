"""Clients that others wrote, on the loopback: taxii2-client and the TAXII store of python-stix2; what they get is valid by stix2-validator."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.exchange.serving_taxii import READ_ONLY, SHARED, WRITE_ONLY, node, served

# none of them comes with types
stix2: Any = import_module("stix2")
taxii: Any = import_module("taxii2client.v21")
validator: Any = import_module("stix2validator")
HTTPError: type[Exception] = import_module("requests.exceptions").HTTPError

MANY = 23


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A node with indicators in the shared collection, put there by a client."""
    with served(node()) as at:
        shared = collection(at)
        objects = [indicator(f"number {n}") for n in range(MANY)]
        status = shared.add_objects({"objects": [json.loads(one.serialize()) for one in objects]})
        assert (status.status, status.success_count, status.failure_count) == ("complete", MANY, 0)
        shared.close()
        yield at


def collection(url: str, id_: str = SHARED) -> Any:
    return taxii.Collection(f"{url}/deu/collections/{id_}/", user="deu-soc", password="secret")


def indicator(name: str) -> Any:
    return stix2.Indicator(name=name, pattern="[ipv4-addr:value = '198.51.100.7']", pattern_type="stix", valid_from="2026-03-01T00:00:00Z")


def test_a_client_finds_its_way_from_discovery(url: str) -> None:
    server = taxii.Server(f"{url}/taxii2/", user="deu-soc", password="secret")
    assert server.title == "Estonia's node"
    root = server.default
    assert root.url == f"{url}/deu/"
    assert root.max_content_length == 1_000_000
    assert [(one.id, one.can_read, one.can_write) for one in root.collections] == [
        (SHARED, True, True), (READ_ONLY, True, False), (WRITE_ONLY, False, True),
    ]  # fmt: skip
    server.close()


@pytest.mark.parametrize("size", [1, 5, 7, MANY, 100])
@pytest.mark.parametrize("what", ["get_objects", "get_manifest"])
def test_pages_of_a_client_are_complete(url: str, what: str, size: int) -> None:
    shared = collection(url)
    whole = [one["id"] for one in getattr(shared, what)()["objects"]]
    pages = list(taxii.as_pages(getattr(shared, what), per_request=size))
    assert [one["id"] for page in pages for one in page["objects"]] == whole
    assert len(pages) == -(-len(whole) // size)
    shared.close()


def test_pages_of_a_client_with_a_filter_are_complete(url: str) -> None:
    shared = collection(url)
    added = shared.get_manifest()["objects"][9]["date_added"]
    pages = list(taxii.as_pages(shared.get_objects, per_request=4, type="indicator", version="all", added_after=added))
    assert sum(len(page["objects"]) for page in pages) == MANY - 10
    shared.close()


def test_a_client_adds_versions_and_deletes(url: str) -> None:
    shared = collection(url)
    first = indicator("to go")
    second = first.new_version(name="to go, changed")
    for one in (first, second):
        assert shared.add_objects(json.dumps({"objects": [json.loads(one.serialize())]})).success_count == 1
    versions = shared.object_versions(first.id)["versions"]
    assert versions == [json.loads(one.serialize())["modified"] for one in (first, second)]
    assert shared.get_object(first.id)["objects"][0]["name"] == "to go, changed"
    shared.delete_object(first.id, version="all")
    with pytest.raises(HTTPError, match="404"):
        shared.get_object(first.id)
    shared.close()


def test_a_store_of_python_stix2_reads_and_writes(url: str) -> None:
    shared = collection(url)
    store = stix2.TAXIICollectionStore(shared)
    first = indicator("in the store")
    second = first.new_version(name="in the store, changed")
    for one in (first, second):
        store.add(one)
    assert store.get(first.id).name == "in the store, changed"
    assert {one.name for one in store.all_versions(first.id)} == {"in the store", "in the store, changed"}
    assert len(store.query([stix2.Filter("type", "=", "indicator"), stix2.Filter("id", "=", first.id)])) == 1
    assert len(store.query([stix2.Filter("type", "=", "malware")])) == 0
    shared.delete_object(first.id, version="all")
    shared.close()


def test_what_a_client_gets_is_valid_stix(url: str) -> None:
    shared = collection(url)
    objects = shared.get_objects(limit=5)["objects"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for one in objects:
            assert validator.validate_instance(one).is_valid
    shared.close()


def test_a_client_without_a_password_is_turned_away(url: str) -> None:
    nobody = taxii.Collection(f"{url}/deu/collections/{SHARED}/")
    with pytest.raises(HTTPError, match="401"):
        nobody.get_objects()
    nobody.close()
