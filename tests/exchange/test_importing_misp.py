"""Events of MISP: what is for detection becomes an indicator with the event's markings; what is left out is told; what is wrong stops all of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stix2  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_instance  # type: ignore[import-untyped]

from comity.exchange.envelopes import ReadingLimits
from comity.exchange.markings import tlp_marking, to_nobody
from comity.exchange.taking_in.imported import Imported
from comity.exchange.taking_in.importing import import_objects
from comity.exchange.taking_in.patterns import KINDS

NOBODY = to_nobody()["id"]
VALUES = {
    "ip-src": "198.51.100.7", "ip-dst": "2001:db8::7", "domain": "bad.example.org", "hostname": "www.bad.example.org",
    "url": "https://bad.example.org/a", "md5": "0" * 32, "sha1": "1" * 40, "sha256": "2" * 64, "filename|sha256": f"a.exe|{'3' * 64}",
    "email-src": "a@bad.example.org",
}  # fmt: skip


def attribute(kind: str = "ip-src", number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "uuid": f"5e2e2d2b-17d4-4cbf-938f-{number:012}", "type": kind, "category": "Network activity", "value": VALUES.get(kind, "x"),
        "to_ids": True, "timestamp": "1709290800", "distribution": "5", "comment": "", "deleted": False,
    } | more  # fmt: skip


def event(*attributes: dict[str, Any], tags: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "uuid": "7e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "info": "A campaign", "date": "2024-03-01", "timestamp": "1709300000",
        "publish_timestamp": "1709300001", "published": True, "distribution": "3", "Orgc": {"name": "Example CERT", "uuid": "1"},
        "Tag": [{"name": tag, "colour": "#000"} for tag in tags], "Attribute": list(attributes),
    } | more  # fmt: skip


def taken(*events: dict[str, Any], **more: Any) -> Imported:
    document = {"Event": events[0]} if len(events) == 1 else {"response": [{"Event": one} for one in events]}
    return import_objects(json.dumps(document).encode(), by="Somebody", **more)


def markings(*attributes: dict[str, Any], **more: Any) -> list[Any]:
    """The marking of each indicator, and the report's."""
    found = [one.data for one in taken(event(*attributes, **more)).objects]
    return [one.get("object_marking_refs") for one in found if one["type"] in ("indicator", "report")]


def test_every_kind_of_value_becomes_an_indicator_in_a_report() -> None:
    found = taken(event(*(attribute(kind, n) for n, kind in enumerate(VALUES)), tags=("tlp:green", "campaign:x")))
    assert (found.wrong, found.left_out) == ((), ())
    assert set(VALUES) <= set(KINDS)
    maker, *indicators, report = (one.data for one in found.objects)
    assert maker["name"] == "Example CERT"
    assert len(indicators) == len(VALUES)
    assert indicators[0] == {
        "type": "indicator", "spec_version": "2.1", "id": indicators[0]["id"], "created_by_ref": maker["id"],
        "created": "2024-03-01T00:00:00.000Z", "modified": "2024-03-01T11:00:00.000Z", "name": "ip-src: 198.51.100.7",
        "pattern": "[ipv4-addr:value = '198.51.100.7']", "pattern_type": "stix", "valid_from": "2024-03-01T11:00:00.000Z",
        "labels": ['misp:type="ip-src"', 'misp:category="Network activity"'], "object_marking_refs": [tlp_marking("green")],
    }  # fmt: skip
    assert (report["name"], report["labels"], report["published"]) == ("A campaign", ["campaign:x"], "2024-03-01T13:33:21.000Z")
    assert report["object_refs"] == sorted(one["id"] for one in indicators)


def test_what_it_makes_is_valid_stix_and_the_same_each_time() -> None:
    one = taken(event(*(attribute(kind, n) for n, kind in enumerate(VALUES)), distribution=0))
    for made in one.objects:
        found = validate_instance(made.data, ValidationOptions(version="2.1"))
        assert (found.is_valid, found.errors) == (True, [])
        assert json.loads(made.body) == made.data
        stix2.parse(made.body.decode(), allow_custom=False)
    assert one == taken(event(*(attribute(kind, n) for n, kind in enumerate(VALUES)), distribution=0))
    assert {o.id for o in one.objects if o.type == "marking-definition"} == {NOBODY}, "the marking comes along"


def test_the_strictest_tlp_of_event_and_attribute_counts() -> None:
    assert markings(attribute()) == [None, None]
    assert markings(attribute(), tags=("TLP:AMBER+STRICT", "tlp:clear")) == [[tlp_marking("amber+strict")]] * 2
    assert markings(attribute(Tag=[{"name": "tlp:red"}]), tags=("tlp:green",)) == [[tlp_marking("red")], [tlp_marking("green")]]
    assert markings(attribute(Tag=[{"name": "tlp:white"}]), tags=("tlp:green",)) == [[tlp_marking("green")]] * 2
    assert markings(attribute(), tags=("tlp:white",)) == [[tlp_marking("white")]] * 2


def test_a_tlp_tag_that_is_none_closes_and_is_told() -> None:
    found = taken(event(attribute(), tags=("tlp:ex:chr",)))
    assert [one.data.get("object_marking_refs") for one in found.objects[1:]] == [None, [NOBODY], [NOBODY]]
    assert "event 1: the tag 'tlp:ex:chr' is no level of TLP; what bears it goes to nobody" in map(str, found.left_out)


@pytest.mark.parametrize("level", ["0", 0, "4", 4])
def test_the_own_organisation_or_a_sharing_group_alone_is_nobody(level: object) -> None:
    assert markings(attribute(), distribution=level, tags=("tlp:clear",)) == [[NOBODY], [NOBODY]]
    assert markings(attribute(distribution=level), attribute("md5", 2), tags=("tlp:clear",)) == [
        [NOBODY], [tlp_marking("clear")], [tlp_marking("clear")],
    ]  # fmt: skip
    within = {"name": "file", "distribution": level, "Attribute": [attribute()]}
    assert markings(Object=[within], tags=("tlp:clear",)) == [[NOBODY], [tlp_marking("clear")]]


@pytest.mark.parametrize("level", ["1", "2", 3, None, ""])
def test_other_levels_keep_what_tlp_says(level: object) -> None:
    assert markings(attribute(distribution=level), distribution=level, tags=("tlp:amber",)) == [[tlp_marking("amber")]] * 2


def test_what_has_no_place_is_left_out_and_told() -> None:
    found = taken(
        event(
            attribute(), attribute("btc", 2), attribute("md5", 3, to_ids=False), attribute("md5", 4, deleted="1"),
            Object=[{"deleted": True, "Attribute": [attribute()]}, {"Attribute": [attribute("comment", 5), attribute("sha1", 6)]}],
        )
    )  # fmt: skip
    assert [str(problem) for problem in found.left_out] == [
        "event 1, attribute 2: values of the type 'btc' are not read",
        "event 1, attribute 3: it is not for detection (to_ids)",
        "event 1, attribute 4: it was deleted",
        "event 1, object 1: it was deleted",
        "event 1, object 2, attribute 1: values of the type 'comment' are not read",
    ]
    assert [one.type for one in found.objects] == ["identity", "indicator", "indicator", "report"]


def test_an_event_of_which_nothing_is_left_makes_nothing() -> None:
    found = taken(event())
    assert (found.objects, found.wrong) == ((), ())
    assert [str(problem) for problem in found.left_out] == ["event 1: nothing in it becomes an indicator"]


def test_several_events_and_when_something_was_seen() -> None:
    other = event(
        attribute("md5", 9, first_seen="2024-02-01T00:00:00.5+01:00", comment="Seen"), uuid="8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", Orgc=None
    )
    found = taken(event(attribute()), other)
    assert [one.type for one in found.objects] == ["identity", "indicator", "report"] * 2
    assert found.objects[3].data["name"] == "Somebody"
    last = found.objects[4].data
    assert (last["valid_from"], last["description"]) == ("2024-01-31T23:00:00.500Z", "Seen")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"Attribute": [attribute(value="198.51.100.256")]}, "event 1, attribute 1: '198.51.100.256' is no address"),
        ({"Attribute": [attribute(distribution="9")]}, "its distribution is '9'; MISP has the levels 0 to 5"),
        ({"Attribute": [attribute(timestamp="soon")]}, "its timestamp is 'soon'; MISP writes the seconds since 1970"),
        ({"Attribute": [attribute(timestamp="9" * 12)]}, "MISP writes the seconds"),
        ({"Attribute": [attribute(Tag=[{"name": 3}])]}, "its tags are not a list"),
        ({"Attribute": [attribute(first_seen="soon")]}, "first_seen: 'soon' is not an instant"),
        ({"Attribute": [attribute(value=["a"])]}, "its value is ['a']; write a text"),
        ({"Attribute": [attribute(), attribute("md5")]}, "the file: indicator--"),
        ({"Attribute": {}, "Object": 3}, "event 1: its Object is no list of objects"),
        ({"Object": [{"distribution": 7}]}, "event 1, object 1: its distribution is '7'"),
        ({"uuid": None}, "event 1: it has no uuid"),
        ({"uuid": 3}, "event 1: its uuid is 3; write a text"),
        ({"timestamp": None}, "event 1: its timestamp is 'None'"),
        ({"date": "1.3.2024"}, "event 1: date: '1.3.2024T00:00:00Z' is no timestamp"),
        ({"publish_timestamp": []}, "event 1: its publish_timestamp is '[]'"),
        ({"distribution": True}, "event 1: its distribution is 'True'"),
        ({"Tag": {}}, "event 1: its tags are not a list"),
    ],
)
def test_what_is_wrong_stops_all_of_it(more: dict[str, Any], says: str) -> None:
    found = taken(event(attribute(number=7), uuid="0"), event() | more)
    assert found.objects == ()
    assert any(says.replace("event 1", "event 2") in str(problem) for problem in found.wrong), found.wrong


@pytest.mark.parametrize("document", [{"response": []}, {"response": [{"Event": {}}, 3]}, {"Event": 3}, {"response": 3}])
def test_a_file_without_an_event_says_so(document: object) -> None:
    (problem,) = import_objects(json.dumps(document).encode(), by="A").wrong
    assert "it has no event of MISP" in problem.says


def test_too_much_is_refused() -> None:
    (problem,) = taken(event(attribute(), attribute("md5", 2)), limits=ReadingLimits(objects=3)).wrong
    assert "more than 3 objects" in problem.says


TEXT = st.text(max_size=3)
WRONG: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**13), TEXT, st.lists(TEXT, max_size=2), st.just({"name": {}})
)  # fmt: skip
OUTER = st.dictionaries(st.sampled_from([*event(), "Object"]), WRONG, max_size=3)
INNER = st.dictionaries(st.sampled_from([*attribute(), "Tag", "first_seen"]), WRONG, max_size=3)


@given(OUTER, INNER)
@settings(max_examples=200, deadline=None)
def test_any_event_is_taken_in_whole_or_not_at_all(outer: dict[str, Any], inner: dict[str, Any]) -> None:
    found = taken(event(attribute() | inner, attribute("md5", 2)) | outer)
    assert not (found.objects and found.wrong)
    assert found.objects or found.wrong or found.left_out
    assert all("\n" not in str(problem) for problem in (*found.wrong, *found.left_out))
