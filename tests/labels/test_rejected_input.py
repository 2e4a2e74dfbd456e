"""What cannot be a label, a binding or a policy is refused in one line that says what is wrong and where; nothing is fetched or blown up."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable

import pytest

from comity.labels import read_labels, read_spif
from comity.labels.markup import LABEL_LIMITS
from comity.terms import BadInput, ComityError
from tests.labels.making import DATA

SLAB = 'xmlns:slab="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"'
GOOD = f"""<slab:originatorConfidentialityLabel {SLAB} ReviewDateTime="2031-01-01T00:00:00Z"><slab:ConfidentialityInformation>
<slab:PolicyIdentifier URI="urn:oid:2.25.1">EXAMPLE</slab:PolicyIdentifier><slab:Classification>SECRET</slab:Classification>
<slab:PrivacyMark>MARK</slab:PrivacyMark><slab:Category Type="PERMISSIVE" TagName="Releasable To"><slab:GenericValue>XAA</slab:GenericValue>
</slab:Category></slab:ConfidentialityInformation><slab:OriginatorID IDType="rfc822Name">a@example.org</slab:OriginatorID>
<slab:CreationDateTime>2026-11-22T12:00:00Z</slab:CreationDateTime><slab:SuccessionHandling><slab:SuccessionDateTime>2030-01-01T00:00:00Z
</slab:SuccessionDateTime><slab:SuccessorConfidentialityLabel><slab:ConfidentialityInformation><slab:PolicyIdentifier>EXAMPLE
</slab:PolicyIdentifier><slab:Classification>OPEN</slab:Classification></slab:ConfidentialityInformation>
<slab:CreationDateTime>2026-11-22T12:00:01Z</slab:CreationDateTime></slab:SuccessorConfidentialityLabel></slab:SuccessionHandling>
</slab:originatorConfidentialityLabel>"""
MARK = "<slab:PrivacyMark>MARK</slab:PrivacyMark>"
MADE = "<slab:CreationDateTime>2026-11-22T12:00:00Z</slab:CreationDateTime>"
MISTAKES = {
    "a lower-case type": ('Type="PERMISSIVE"', 'Type="permissive"', "the Type is 'permissive'; write one of"),
    "no creation": (MADE, "", "CreationDateTime is missing before SuccessionHandling"),
    "no creation of the successor": (
        "<slab:CreationDateTime>2026-11-22T12:00:01Z</slab:CreationDateTime>",
        "",
        "CreationDateTime is missing; add it",
    ),
    "an empty level": (">SECRET<", "> <", "Classification: empty"),
    "a capital O": ("originatorConf", "OriginatorConf", "the root is OriginatorConfidentialityLabel"),
    "an old value element": ("GenericValue", "CategoryValue", "CategoryValue is not used"),
    "an integer value": ("GenericValue", "IntegerValue", "IntegerValue is not used"),
    "a URI on the level": ("<slab:Classification>SECRET", '<slab:Classification URI="urn:oid:1.2">SECRET', "the attribute URI does not belong"),
    "a misspelt tag name": ("TagName=", "tagName=", "write it as TagName"),
    "a URL for a URI": ('URI="urn', 'URL="urn', "the attribute URL does not belong"),
    "a misspelt review": ("ReviewDateTime=", "reviewDateTime=", "write it as ReviewDateTime"),
    "no tag name": ('TagName="Releasable To"', "", "the attribute TagName is missing"),
    "an empty tag name": ('TagName="Releasable To"', 'TagName=""', "a category has no tag"),
    "a misspelt creation": ("CreationDateTime", "CreationDataTime", "CreationDateTime is missing before CreationDataTime"),
    "a misspelt case": ("slab:Classification", "slab:classification", "write it as Classification"),
    "no such day": ("2026-11-22T12:00:00Z", "2026-02-30T12:00:00Z", "not an instant of the calendar"),
    "a day for an instant": ("2026-11-22T12:00:00Z", "2026-11-22", "is not an instant; write it as"),
    "a day before all days": ("2026-11-22T12:00:00Z", "0001-01-01T00:00:00+01:00", "not an instant of the calendar"),
    "an unknown kind of originator": ("rfc822Name", "e-mail", "of the type 'e-mail'"),
    "text between elements": ("<slab:ConfidentialityInformation>", "<slab:ConfidentialityInformation>so", "text 'so' where only elements belong"),
    "elements in a text": (">SECRET<", "><slab:b/><", "b where only text belongs"),
    "a wrong namespace": ("confidentialitymetadatalabel:1:0", "confidentialitymetadatalabel:2:0", "a label is in urn:nato"),
    "something after the end": ("</slab:SuccessionHandling>", "</slab:SuccessionHandling><slab:More/>", "More does not belong there"),
    "an element of no namespace": ("</slab:SuccessionHandling>", "</slab:SuccessionHandling><More/>", "More does not belong there"),
    "not closed": ("</slab:originatorConfidentialityLabel>", "", "not well-formed XML"),
    "an id with a blank": ("ReviewDateTime=", 'Id="a b" ReviewDateTime=', "is not an XML id"),
    "a prefix that is not declared": ("Type=", "x:Type=", "Namespace prefix x for Type on Category is not defined"),
    "a name with two colons": (">SECRET<", "><slab:b:c/><", "not well-formed XML"),
    "an unknown entity": (">SECRET<", ">&secret;<", "not well-formed XML"),
}


def refused(data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_labels(data, "file.xml")
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith("file.xml") or "file.xml" not in said
    return said


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_common_mistake_is_named(mistake: str) -> None:
    wrong, instead, says = MISTAKES[mistake]
    assert wrong in GOOD
    assert says in refused(GOOD.replace(wrong, instead).encode())


def test_a_privacy_mark_after_the_categories_is_out_of_place() -> None:
    moved = GOOD.replace(MARK, "").replace("</slab:Category>", f"</slab:Category>{MARK}")
    assert "PrivacyMark does not belong there" in refused(moved.encode())


def test_the_right_label_is_read() -> None:
    (label,) = read_labels(GOOD.encode()).labels
    assert label.classification == "SECRET"


DOCUMENT_TYPES = {
    "an external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "an external document type": '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
    "a billion laughs": '<!DOCTYPE a [<!ENTITY b "ha">' + "".join(f'<!ENTITY b{n} "{"&b;" * 10}">' for n in range(9)) + "]><a>&b8;</a>",
}


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused_before_it_is_looked_at(kind: str, encoding: str) -> None:
    assert "it has a document type or entities" in refused(DOCUMENT_TYPES[kind].encode(encoding))


ENORMOUS: dict[str, Callable[[], bytes]] = {
    "a million elements inside one another": lambda: b"<a>" * 333_000,
    "very many elements": lambda: b"<a>" + b"<b/>" * 240_000 + b"</a>",
    "a file of 200 MB": lambda: b"<a>" + b" " * 200_000_000,
    "a TOML file of 20 MB": lambda: b"a = 1\n" * 3_400_000,
    "a JSON file of 20 MB": lambda: b"{" + b" " * 20_000_000,
}


@pytest.mark.parametrize("kind", ENORMOUS)
def test_what_is_enormous_is_refused_in_bounded_memory(kind: str) -> None:
    data = ENORMOUS[kind]()
    tracemalloc.start()
    try:
        said = refused(data)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
    assert "more than" in said


def test_a_million_nested_elements_of_a_policy_are_refused_by_depth_not_by_size() -> None:
    with pytest.raises(BadInput, match="inside one another more than 64 deep"):
        read_spif(b"<a>" * 1_000_000)


def test_too_many_elements_of_a_policy_are_refused() -> None:
    with pytest.raises(BadInput, match="more than 200000 elements"):
        read_spif(b"<a>" + b"<b/>" * 200_001 + b"</a>")


ENCODINGS = {
    "Latin letters": ("<a>é</a>".encode("latin-1"), "not in the encoding UTF-8"),
    "a declared encoding that is not read": (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "declares the encoding UTF-7"),
    "half a character of UTF-16": (b"\xff\xfe<", "not in the encoding UTF-8"),
    "nothing": (b"\xff\xfe", "empty; give a label"),
    "a null character": (b"<a>\x00</a>", "not well-formed XML"),
    "TOML in Latin letters": ('a = "é"'.encode("latin-1"), "not in the encoding UTF-8"),
}


@pytest.mark.parametrize("kind", ENCODINGS)
def test_what_is_not_text_is_refused(kind: str) -> None:
    data, says = ENCODINGS[kind]
    assert says in refused(data)


def test_utf_16_with_its_mark_is_read() -> None:
    assert read_labels(('<?xml version="1.0" encoding="UTF-16"?>' + GOOD).encode("utf-16")).labels


LABEL = '{"policy": {"name": "EXAMPLE"}, "classification": "SECRET", "created": "2026-11-22T12:00:00Z"%s}'
PLAIN = {
    '{"labels": []}': "it has no label",
    '{"labels": {}}': "write a list",
    '{"label": 1}': "the key 'label' is not known",
    "{": "not JSON",
    '{"labels": ' + "[" * 100_000 + "]}": "not JSON",
    '{"labels": [3]}': "labels[0] is 3; write a table",
    '{"labels": [{"created": "2026-11-22T12:00:00Z"}]}': "labels[0]: the key policy is missing",
    '{"labels": [' + LABEL % "" + '], "labels": []}': "a key stands twice",
    '{"labels": [' + LABEL % ', "role": "chief"' + "]}": "the label's role is 'chief'",
    '{"labels": [' + LABEL % ', "id": 3' + "]}": "id is 3; write a text",
    '{"labels": [' + LABEL % ', "categories": [{"tag": "a", "type": "permissive"}]' + "]}": "type is 'permissive'; write one of",
    '{"labels": [' + LABEL % ', "categories": [{"tag": "a", "type": "PERMISSIVE", "values": "XAA"}]' + "]}": "values is 'XAA'; write a list",
    '{"labels": [' + LABEL % ', "originator": {"id": "a", "type": "name"}' + "]}": "of the type 'name'",
    '{"labels": [' + LABEL % ', "attributes": {"Id": "x"}' + "]}": "is no name for an attribute",
    '{"labels": [' + LABEL % ', "attributes": {"{%%}a": "1"}' + "]}": "'%%' is not a valid URI",
    '{"labels": [' + LABEL % ', "attributes": []' + "]}": "write a table from",
    '{"labels": [' + LABEL % ', "attributes": {"a": "\\u0001"}' + "]}": "holds a control character",
    '{"labels": [' + LABEL % ', "attributes": {"\\ud800": "1"}' + "]}": "is no name for an attribute",
    '{"labels": [' + LABEL % ', "foreign": ["<a>"]' + "]}": "not well-formed XML",
    '{"labels": [' + LABEL % ', "foreign": ["<a/>"]' + "]}": "not in a namespace of its own",
    '{"labels": [' + LABEL % ', "foreign": ["<a/><b/>"]' + "]}": "not well-formed XML",
    '{"labels": [' + LABEL % ', "privacy_mark": "\\ud800"' + "]}": "holds a control character",
    '{"labels": [' + (LABEL % "").replace("SECRET", " SECRET") + "]}": "write it without blanks",
    '{"labels": [' + (LABEL % "").replace("EXAMPLE", "") + "]}": "and not empty",
    '{"labels": [' + (LABEL % "").replace('"2026-11-22T12:00:00Z"', "7") + "]}": "created is 7; write a text",
    "labels = [": "not TOML",
    "a = " + "[" * 100_000: "not TOML",
}


@pytest.mark.parametrize("text", PLAIN, ids=lambda text: PLAIN[text])
def test_wrong_plain_data_are_named(text: str) -> None:
    assert PLAIN[text] in refused(text.encode())


def test_an_instant_of_toml_is_read() -> None:
    text = "[[labels]]\npolicy = {name = 'EXAMPLE'}\nclassification = 'SECRET'\ncreated = 2026-11-22T12:00:00Z\n"
    (label,) = read_labels(text.encode()).labels
    assert label.created.written == "2026-11-22T12:00:00+00:00"


def test_a_successor_has_nothing_of_its_own_but_what_it_says() -> None:
    inner = json.loads(LABEL % ', "review": "2027-01-01T00:00:00Z"')
    outer = json.loads(LABEL % "") | {"succession": {"at": "2027-01-01T00:00:00Z", "label": inner}}
    assert "a successor label has no review" in refused(json.dumps({"labels": [outer]}).encode())


def test_a_chain_of_successors_has_an_end() -> None:
    label = json.loads(LABEL % "")
    for _ in range(20):
        label = json.loads(LABEL % "") | {"succession": {"at": "2027-01-01T00:00:00Z", "label": label}}
    assert "more than 16 labels succeed one another" in refused(json.dumps({"labels": [label]}).encode())


SPIF = (DATA / "example-spif.xml").read_text(encoding="utf-8")
POLICIES = {
    "another root": ("spif:SPIF", "spif:Spif", "a SPIF is SPIF in"),
    "a version to come": ('schemaVersion="2.1"', 'schemaVersion="3.0"', "schemaVersion '3.0' is not read"),
    "no issuer": ('originatorDN="CN=Policy Office,O=Example"', "", "the attribute originatorDN is missing"),
    "a level twice": ('name="SECRET" lacv="4"', 'name="Top  secret" lacv="4"', "the level 'top secret' twice"),
    "a number twice": ('lacv="4" hierarchy', 'lacv="3" hierarchy', "the lacv of a level '3' twice"),
    "a height twice": ('hierarchy="40"', 'hierarchy="30"', "the hierarchy of a level '30' twice"),
    "a height in other digits": ('hierarchy="40"', 'hierarchy="٤"', "write a whole number"),
    "a height that is no number": ('hierarchy="40"', 'hierarchy="high"', "write a whole number"),
    "a colour twice": ('name="SECRET" lacv', 'name="SECRET" color="Green" lacv', "the colour of a level 'green' twice"),
    "a tag set twice": ('name="Codewords" id', 'name="Notes" id', "the tag set 'notes' twice"),
    "an identifier twice": ('id="2.25.1.3"', 'id="2.25.1.4"', "identifier of a tag set '2.25.1.4' twice"),
    "a level that is not there": (">OPEN</spif:excludedClass>", ">SHUT</spif:excludedClass>", "a level 'SHUT' that it does not have"),
    "a tag set that is not there": ('tagSetRef="Releasable To" tagType="permissive" all', 'tagSetRef="X" tagType="permissive" all', "a tag set 'X'"),
    "a policy that is not listed": ('<spif:equivalentPolicy name="MIRROR"', '<spif:equivalentPolicy name="OTHER"', "maps to 'MIRROR'"),
    "no kind of enumeration": ('tagType="enumerated" enumType="restrictive">', 'tagType="enumerated">', "an enumerated tag has an enumType"),
    "an unknown kind of tag": ('tagType="tagType7"', 'tagType="informative"', "tagType is 'informative'; write one of"),
    "an unknown action": ('action="discard"', 'action="drop"', "write discard or leave it out"),
    "neither one nor all": ('tagType="permissive" all="true"', 'tagType="permissive"', "write either lacv (one value) or all"),
    "a truth that is none": ('obsolete="true"/>', 'obsolete="yes"/>', "write true or false"),
    "levels after the tag sets": ("spif:securityClassifications", "spif:classifications", "securityClassifications is missing before"),
    "a marking for all tag sets": (
        "</spif:securityCategoryTagSets>",
        "<spif:markingData/></spif:securityCategoryTagSets>",
        "markingData does not belong",
    ),
    "a document type": ("<spif:SPIF ", "<!DOCTYPE a><spif:SPIF ", "it has a document type"),
}


@pytest.mark.parametrize("mistake", POLICIES)
def test_a_policy_that_contradicts_itself_is_refused(mistake: str) -> None:
    wrong, instead, says = POLICIES[mistake]
    assert wrong in SPIF
    with pytest.raises(BadInput) as caught:
        read_spif(SPIF.replace(wrong, instead).encode(), "policy.xml")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_policy_without_levels_is_refused() -> None:
    start, end = SPIF.index("<spif:securityClassification name"), SPIF.index("</spif:securityClassifications>")
    with pytest.raises(BadInput, match="securityClassification is missing; add it"):
        read_spif((SPIF[:start] + SPIF[end:]).encode())


def test_without_lxml_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(ComityError, match=r"install Comity with its labels: pip install 'comity\[labels\]'"):
        read_labels(GOOD.encode())


def test_the_limit_for_labels_is_far_above_any_label() -> None:
    assert len(GOOD) * 100 < LABEL_LIMITS.octets


def test_a_namespace_that_is_not_absolute_is_no_mistake_and_hides_none() -> None:
    relative = GOOD.replace("</slab:SuccessionHandling>", '</slab:SuccessionHandling><o:more xmlns:o="relative"/>')
    (label,) = read_labels(relative.encode()).labels
    assert label.foreign == ('<more xmlns="relative"/>',)
    many = "".join(f'<o:more xmlns:o="relative{n}"/>' for n in range(500))
    undeclared = relative.replace("<o:more", many + "<x:more/><o:more")
    assert "Namespace prefix x on more is not defined" in refused(undeclared.encode())
