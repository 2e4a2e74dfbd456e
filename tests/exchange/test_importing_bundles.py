"""A bundle of STIX: its objects with their bytes, all of them or none; and how a file's format is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.exchange.taking_in.importing import import_objects

ID = "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"
TIME = "2024-03-01T00:00:00.000Z"


def made(**more: Any) -> dict[str, Any]:
    return {"type": "indicator", "spec_version": "2.1", "id": ID, "created": TIME, "modified": TIME} | more


def bundle(*objects: object) -> bytes:
    return json.dumps({"type": "bundle", "id": f"bundle--{ID[11:]}", "objects": objects}, indent=1).encode()


def test_the_objects_keep_their_bytes() -> None:
    body = bundle(made(name="é"), made(modified="2024-03-02T00:00:00.000Z"))
    found = import_objects(b"\xef\xbb\xbf" + body, by="A")
    assert (found.wrong, found.left_out) == ((), ())
    assert [json.loads(one.body) for one in found.objects] == json.loads(body)["objects"]
    assert all(one.body in body for one in found.objects)
    assert found == import_objects(body, by="B", of="stix")


def test_one_object_alone_and_none() -> None:
    assert [one.id for one in import_objects(json.dumps(made()).encode(), by="A").objects] == [ID]
    assert import_objects(b'{"type": "bundle"}', by="A").objects == ()


def test_the_same_twice_counts_once() -> None:
    assert len(import_objects(bundle(made(), made()), by="A").objects) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (bundle(made(), made(name="other")), f"the file: {ID} stands twice with the same time of modification and other content"),
        (bundle(made(), made(id="indicator--1")), "indicator--1: its id 'indicator--1' is no type"),
        (bundle(made(), 3), "an object: 3 is no object of STIX"),
        (json.dumps(made(type="tool")).encode(), f"{ID}: its type is 'tool'"),
        (b"[]", "the file is no envelope"),
        (b"{", "the file: the file: its brackets do not match"),
        (b'{"a": 1}', "an object: it has no id"),
    ],
)
def test_one_that_is_wrong_stops_all_of_it(body: bytes, says: str) -> None:
    found = import_objects(body, by="A")
    assert found.objects == ()
    assert says in "\n".join(map(str, found.wrong))
