"""A table of indicators: all its rows as STIX, the same bytes each time; or one line for each thing that is wrong, and nothing taken in."""

from __future__ import annotations

import json

import pytest
import stix2  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2patterns.validator import run_validator  # type: ignore[import-untyped]
from stix2validator import ValidationOptions, validate_instance  # type: ignore[import-untyped]

from comity.exchange.envelopes import ReadingLimits
from comity.exchange.markings import tlp_marking, to_nobody
from comity.exchange.taking_in.importing import import_objects

NOBODY = to_nobody()["id"]
TABLE = f"""type,value,valid_from,valid_until,name,description,confidence,labels,tlp,marking
ip,198.51.100.7,2024-03-01,2024-04-01T12:00:00+02:00,A beacon,"Seen, twice",80,beacon; c2,amber,
sha256,{"a1" * 32},2024-03-01T10:00:00.123456Z,,,,,,,{NOBODY}
url,https://bad.example.org/,2024-03-02,,'=SUM(1),'@home,0,,TLP:CLEAR,
"""
HEAD = "type,value,valid_from"


def wrong(table: str | bytes, **more: int) -> list[str]:
    body = table.encode() if isinstance(table, str) else table
    found = import_objects(body, by="Example CERT", of="csv", limits=ReadingLimits(**more))
    assert found.objects == ()
    return [str(problem) for problem in found.wrong]


def test_each_row_is_an_indicator() -> None:
    found = import_objects(TABLE.encode(), by="Example CERT")
    assert (found.wrong, found.left_out) == ((), ())
    maker, first, second, third = (one.data for one in found.objects)
    assert (maker["type"], maker["name"]) == ("identity", "Example CERT")
    assert first == {
        "type": "indicator", "spec_version": "2.1", "id": first["id"], "created_by_ref": maker["id"],
        "created": "2024-03-01T00:00:00.000Z", "modified": "2024-03-01T00:00:00.000Z", "name": "A beacon", "description": "Seen, twice",
        "pattern": "[ipv4-addr:value = '198.51.100.7']", "pattern_type": "stix", "valid_from": "2024-03-01T00:00:00.000Z",
        "valid_until": "2024-04-01T10:00:00.000Z", "confidence": 80, "labels": ["beacon", "c2"], "object_marking_refs": [tlp_marking("amber")],
    }  # fmt: skip
    assert second["valid_from"] == "2024-03-01T10:00:00.123456Z"
    assert second["object_marking_refs"] == [NOBODY]
    assert (third["name"], third["description"], third["confidence"]) == ("=SUM(1)", "@home", 0)


def test_what_it_makes_is_valid_stix() -> None:
    for one in import_objects(TABLE.encode(), by="Example CERT").objects:
        assert json.loads(one.body) == one.data
        found = validate_instance(one.data, ValidationOptions(version="2.1"))
        assert (found.is_valid, found.errors) == (True, [])
        stix2.parse(one.body.decode(), allow_custom=False)
        assert run_validator(one.data.get("pattern", "[a:b = 1]")) == []


def test_twice_the_same_is_the_same() -> None:
    assert import_objects(TABLE.encode(), by="A") == import_objects(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode(), by="A")
    one, other = (import_objects(TABLE.encode(), by=by).objects for by in "AB")
    assert not {o.id for o in one} & {o.id for o in other}, "of two makers, two indicators"


def test_a_later_version_of_a_row_is_the_same_indicator() -> None:
    old = import_objects(f"{HEAD},created,modified\nip,198.51.100.7,2024-03-01,,".encode(), by="A").objects[1]
    new = import_objects(f"{HEAD},created,modified\nip,198.51.100.7,2024-03-01,2024-03-01,2024-05-01".encode(), by="A").objects[1]
    assert old.id == new.id
    assert old.data["created"] == new.data["created"]
    assert old.version < new.version


def test_each_thing_that_is_wrong_has_a_line() -> None:
    table = f"""{HEAD},valid_until,confidence,labels,tlp,marking,created,modified,name
ip,198.51.100.256,2024-03-01,,,,,,,,
btc,1,01/03/2024,,101,,purple,red,,,
ip,198.51.100.7,2024-03-01,2024-03-01,,,,,,,
ip,198.51.100.7,2024-03-01T12:00:00,,,,,,,,"two
lines"
ip,198.51.100.8,2024-03-01,,,,,,2024-04-01,2024-03-01,
ip,198.51.100.9,2024-03-01,,,,,,,,=cmd
ip,198.51.100.10,2024-03-01,,,,,,,
ip,,,,,,,,,,
ip,198.51.100.11,2024-03-01,,,,,,,,
ip-dst,198.51.100.11,2024-03-01,,,,,,,,
"""
    said = wrong(table)
    expected = [
        ("line 2, value: '198.51.100.256' is no address", ""),
        ("line 3, type: values of the type 'btc' are not read", ""),
        ("line 3, valid_from: '01/03/2024' is no instant with its zone; write it as 2026-11-22T12:00:00Z, or as a day", ""),
        ("line 3, tlp: 'purple' is no level of TLP", ""),
        ("line 3, marking: 'red' is no id of a marking definition", ""),
        ("line 3, confidence: '101' is no confidence", "from 0 to 100"),
        ("line 4, valid_until: it is not later than valid_from", ""),
        ("line 6, valid_from: '2024-03-01T12:00:00' is no instant with its zone", ""),
        ("line 7, modified: it is before created", ""),
        ("line 8, name: '=cmd' begins as a formula does; write a ' before it", ""),
        ("line 9: it has 10 cells, and the head 11", "into quotes"),
        ("line 10, value: '' is empty", ""),
        ("line 10, valid_from: '' is no instant", ""),
        ("line 12: the same type and value as in line 11", ""),
    ]
    assert len(said) == len(expected), said
    for line, (start, part) in zip(said, expected, strict=True):
        assert line.startswith(start)
        assert part in line
        assert "\n" not in line


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "line 1: the column type is missing"),
        ("type;value;valid_from\nip;198.51.100.7;2024-03-01", "line 1: its columns are parted by semicolons; part them by commas"),
        ("type\tvalue\tvalid_from", "parted by tabs"),
        ("type|value|valid_from", "parted by bars"),
        ("type,value", "line 1: the column valid_from is missing; add it"),
        (f"{HEAD},severity", "line 1: the column 'severity' is not known; there are type, value"),
        (f"{HEAD},Type", "line 1: a column stands there twice"),
        (f'{HEAD}\nip,"198.51.100.7,2024-03-01', "line 2 is not CSV"),
        (f'{HEAD}\nip,"198.51.100.7"x,2024-03-01', "line 2 is not CSV"),
        (f"{HEAD}\nip,{'a' * 200_000},2024-03-01", "line 2 is not CSV: field larger than field limit"),
        (f"{HEAD}\nip,\xe9".encode("latin-1"), "it is not UTF-8 (byte 26); save it as CSV UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(table: str | bytes, says: str) -> None:
    (said,) = wrong(table)
    assert says in said


def test_too_much_is_refused() -> None:
    assert "more than 2 rows" in wrong(TABLE, objects=2)[-1]
    assert "at most 10 are read at once" in wrong(TABLE, octets=10)[-1]


ODD = ["ip", "url", "198.51.100.7", "2024-03-01", "=1", "'=1", "", " ", '"', "a,b", "\n", "\x00", "TLP:RED", "100", "\ud7ff", ";"]
CELLS = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), max_size=5)


@given(st.lists(st.lists(CELLS, max_size=5).map(",".join), max_size=5).map("\n".join), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_table_is_taken_in_whole_or_not_at_all(rows: str, headed: bool) -> None:
    found = import_objects((f"{HEAD},name,tlp\n" * headed + rows).encode(), by="A", of="csv")
    assert bool(found.objects) != bool(found.wrong)
    assert all("\n" not in str(problem) for problem in found.wrong)
