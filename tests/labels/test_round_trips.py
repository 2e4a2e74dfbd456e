"""A label comes back from every format that carries it whole, character by character."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from comity.labels import (
    ConfidentialityLabel,
    DataReference,
    Format,
    label_from_plain,
    label_to_plain,
    read_labels,
    read_spif,
    write_labels,
    write_spif,
)
from comity.labels.label_xml import read_label_xml
from tests.labels.making import DATA, LABELS, label, rel

LOSSLESS: tuple[Format, ...] = ("xml", "toml", "json", "stix", "bdo")
ABOUT = (DataReference("report & annex.pdf", "application/pdf", b"\x01" * 48), DataReference("b"))


@given(LABELS)
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("target", LOSSLESS)
def test_a_label_survives_each_lossless_format(target: Format, one: ConfidentialityLabel) -> None:
    document = read_labels(write_labels([one], target, ABOUT), "there and back")
    assert document.labels == (one,)
    assert document.format == target
    if document.binding is not None:
        assert document.binding.data == ABOUT


@given(LABELS)
@settings(deadline=None, max_examples=50)
def test_what_is_written_again_is_the_same_bytes(one: ConfidentialityLabel) -> None:
    for target in LOSSLESS[:4]:
        written = write_labels([one], target)
        assert write_labels(read_labels(written).labels, target) == written


def test_several_labels_go_into_each_format_but_one_document_of_4774() -> None:
    labels = (label("OPEN"), label("SECRET", rel("XAA"), role="alternative"))
    for target in LOSSLESS[1:]:
        assert read_labels(write_labels(labels, target, ABOUT)).labels == labels


def test_foreign_elements_and_attributes_of_a_file_survive() -> None:
    found = read_label_xml((DATA / "label.xml").read_bytes())
    assert dict(found.attributes) == {
        "{http://www.w3.org/2001/XMLSchema-instance}type": "slab:ConfidentialityLabelType",
        "{urn:example:more}seen": "yes",
    }
    (colour,) = found.inner_foreign
    assert 'xmlns="urn:example:more"' in colour
    assert 'xmlns:more="urn:example:more"' in colour, "a prefix that a value uses stays declared"
    assert found.foreign == ('<end xmlns="urn:example:more"/>',)
    assert label_from_plain(json.loads(json.dumps(label_to_plain(found)))) == found


def test_a_policy_survives_with_all_that_it_only_carries() -> None:
    for name in ("example-spif.xml", "mirror-spif.xml"):
        policy = read_spif((DATA / name).read_bytes())
        written = write_spif(policy)
        assert read_spif(written) == policy
        assert write_spif(read_spif(written)) == written
