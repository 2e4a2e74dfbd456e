"""TLP is the fixed objects and nothing else; other labels are statements that carry the whole label; others' statements are kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.labels import ConfidentialityLabel, read_labels, read_stix, write_stix
from comity.labels.stix_markings import TLP1, TLP2, stix_object, tlp_label
from comity.terms import BadInput
from tests.labels.making import label, rel

FIXED = {
    (TLP1, "WHITE"): "613f2e26",
    (TLP1, "GREEN"): "34098fce",
    (TLP1, "AMBER"): "f88d31f6",
    (TLP1, "RED"): "5e57c739",
    (TLP2, "CLEAR"): "94868c89",
    (TLP2, "GREEN"): "bab4a63c",
    (TLP2, "AMBER"): "55d920b0",
    (TLP2, "AMBER+STRICT"): "939a9414",
    (TLP2, "RED"): "e828b379",
}


@pytest.mark.parametrize(("version", "level"), FIXED)
def test_a_tlp_label_is_its_fixed_object_both_ways(version: Any, level: str) -> None:
    tlp = tlp_label(version, level)
    written = stix_object(tlp)
    assert written["id"].startswith(f"marking-definition--{FIXED[version, level]}")
    assert written["name"] == f"TLP:{level}"
    (marking,) = read_stix(written)
    assert (marking.label, marking.raw, marking.says) == (tlp, written, f"TLP:{level}")


def test_a_tlp_label_with_more_on_it_is_a_statement() -> None:
    written = stix_object(ConfidentialityLabel(policy=TLP2, classification="RED", created=tlp_label(TLP2, "RED").created, categories=(rel("XAA"),)))
    assert written["definition"] == {"statement": "TLP 2.0 RED//REL TO XAA"}


def test_a_statement_has_the_marking_line_and_is_the_same_every_time() -> None:
    one = label("SECRET", rel("XAA"))
    written = json.loads(write_stix([one]))
    assert written["definition_type"] == "statement"
    assert written["definition"]["statement"] == "EXAMPLE SECRET//REL TO XAA"
    assert written == json.loads(write_stix([one]))
    assert json.loads(write_stix([one, one]))["type"] == "bundle"


def test_a_statement_of_somebody_else_is_kept_and_not_guessed_at() -> None:
    theirs = {"type": "marking-definition", "id": "marking-definition--1", "definition_type": "statement", "definition": {"statement": "(c) them"}}
    other = {"type": "marking-definition", "id": "marking-definition--2", "extensions": {"extension-definition--3": {"a": 1}}}
    bundle = {"type": "bundle", "objects": [theirs, other, {"type": "identity"}, 3]}
    document = read_labels(json.dumps(bundle).encode())
    assert [(m.label, m.says) for m in document.markings] == [(None, "(c) them"), (None, "a marking of the type of an extension")]
    assert [m.raw for m in document.markings] == [theirs, other]
    assert document.labels == ()


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "is no STIX object"),
        ({"type": "bundle", "objects": 3}, "write a list"),
        ({"type": "bundle"}, "no marking-definition in it"),
        ({"type": "marking-definition", "id": 3}, "it starts with marking-definition--"),
        ({"type": "marking-definition", "id": "marking-definition--1", "definition_type": "tlp"}, "TLP has only its own fixed objects"),
        ({**stix_object(tlp_label(TLP1, "RED")), "definition": {"tlp": "white"}}, "but the object says 'white'"),
        ({**stix_object(tlp_label(TLP2, "RED")), "extensions": {}}, "but the object says None"),
    ],
)
def test_what_only_looks_like_a_marking_is_refused(document: object, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_stix(document)
    assert says in str(caught.value)


def test_a_carried_label_that_is_wrong_is_named() -> None:
    written = stix_object(label("SECRET"))
    (extension,) = written["extensions"]
    written["extensions"][extension]["label"] = {"classification": "X"}
    with pytest.raises(BadInput, match="the key policy is missing"):
        read_stix(written)
