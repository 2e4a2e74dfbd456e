"""Comity's own marking: a valid object of STIX that says plainly what decides, carries the whole label, and comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from stix2validator import ValidationOptions, validate_instance

from comity.exchange.markings import (
    COMITY,
    RELEASE_EXTENSION,
    ReleaseMarking,
    extension_objects,
    marking_object,
    read_marking,
    tlp_marking,
    to_nobody,
)
from comity.labels import ConfidentialityLabel, StixMarking, read_stix
from comity.terms import BadInput
from tests.labels.making import LABELS, code, label, rel

MARKING = ReleaseMarking(label=label("SECRET", rel("XAA", "XBB"), code("ALPHA")), agreement="example-security", clause="release", created_by=COMITY)


def test_it_says_plainly_what_decides() -> None:
    written = marking_object(MARKING)
    assert written["definition"] == {"statement": "EXAMPLE SECRET//ALPHA//REL TO XAA, XBB"}
    assert written["created_by_ref"] == COMITY
    assert written["extensions"][RELEASE_EXTENSION] == {
        "extension_type": "property-extension", "policy": "EXAMPLE", "classification": "SECRET", "categories": ["ALPHA"], "limited": True,
        "releasable_to": ["XAA", "XBB"], "agreement": "example-security", "clause": "release",
    }  # fmt: skip


def test_it_comes_back_as_it_was_and_is_the_same_every_time() -> None:
    written = json.loads(json.dumps(marking_object(MARKING)))
    assert read_marking(written) == MARKING
    assert written == marking_object(MARKING)
    assert written["id"] != marking_object(ReleaseMarking(label=MARKING.label, agreement="another"))["id"]


@given(LABELS)
@settings(max_examples=60, deadline=None)
def test_any_label_comes_back(carried: ConfidentialityLabel) -> None:
    marking = ReleaseMarking(label=carried)
    if any(fixed.label == carried for fixed in StixMarking.fixed()):
        return
    assert read_marking(json.loads(json.dumps(marking_object(marking)))) == marking


def test_the_room_of_labels_reads_it_too() -> None:
    (read,) = read_stix(marking_object(MARKING))
    assert read.label == MARKING.label


@pytest.mark.parametrize("written", [marking_object(MARKING), to_nobody(), *extension_objects()], ids=lambda o: o["type"])
def test_the_validator_of_stix_takes_it_and_its_library_reads_it(written: dict[str, Any]) -> None:
    found = validate_instance(written, ValidationOptions(version="2.1"))
    assert (found.is_valid, found.errors) == (True, [])
    assert [str(w) for w in found.warnings if "UUIDv4" not in str(w)] == []
    parsed = stix2.parse(json.dumps(written), allow_custom=False)
    assert json.loads(parsed.serialize()) == written


def test_where_the_two_say_different_things_it_is_refused() -> None:
    for name, value in (("releasable_to", ["XAA", "XBB", "XCC"]), ("classification", "UNCLASSIFIED"), ("limited", False), ("originator", "XCC")):
        written = marking_object(MARKING)
        written["extensions"][RELEASE_EXTENSION][name] = value
        with pytest.raises(BadInput, match=f"says {name} .*one is wrong"):
            read_marking(written)
    written = marking_object(MARKING)
    written["extensions"][RELEASE_EXTENSION] = []
    with pytest.raises(BadInput, match="one is wrong"):
        read_marking(written)
    written = marking_object(MARKING)
    written["extensions"][RELEASE_EXTENSION]["clause"] = 3
    with pytest.raises(BadInput, match="clause is 3; write a text"):
        read_marking(written)


def test_what_is_none_of_comitys_is_none() -> None:
    theirs = {"type": "marking-definition", "id": "marking-definition--1", "definition_type": "statement", "definition": {"statement": "(c) them"}}
    assert read_marking(theirs) is None
    assert [read_marking(fixed.raw) for fixed in StixMarking.fixed()] == [None] * 9


def test_tlp_has_its_own_objects() -> None:
    red = next(fixed.label for fixed in StixMarking.fixed() if fixed.says == "TLP:RED")
    assert red is not None
    with pytest.raises(BadInput, match="TLP:RED has its own fixed marking"):
        marking_object(ReleaseMarking(label=red))


def test_tlp_by_its_names() -> None:
    assert tlp_marking("amber + strict") == tlp_marking("TLP:AMBER+STRICT") == "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
    assert tlp_marking("white") == "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
    assert tlp_marking("tlp:Green") == "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "of two versions, the later"
    assert tlp_marking("purple") is None
