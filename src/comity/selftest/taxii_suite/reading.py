"""Checks of sections 5.3, 5.4, 5.6 and 5.8 without filters: resources, order, headers, emptiness."""

from __future__ import annotations

import re

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import has_content_type
from comity.selftest.taxii_suite.judging import Check, Untested, ensure
from comity.selftest.taxii_suite.scene import VERSIONS, Scene
from comity.selftest.taxii_suite.specimens import Json, instant
from comity.selftest.taxii_suite.talking import Reply

EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
FIRST, LAST = "x-taxii-date-added-first", "x-taxii-date-added-last"


def objects_come_in_an_envelope(scene: Scene) -> None:
    reply = scene.line.get(scene.objects, {"match[id]": scene.ids()}).expect(200)
    has_content_type(reply)
    told = reply.json()
    ensure(set(told) <= {"more", "next", "objects"}, f"the envelope has {sorted(told)}")
    ensure(isinstance(told.get("more", False), bool), f"more is {told.get('more')!r}")
    ensure(len(told.get("objects", ())) == len(scene.many), f"{len(told.get('objects', ()))} of {len(scene.many)} objects came")


def records_have_what_is_required(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.ids()})
    ensure(len(records) == len(scene.many), f"{len(records)} of {len(scene.many)} records came")
    for one in records:
        ensure(all(isinstance(one.get(name), str) for name in ("id", "date_added", "version")), f"a record is {one}")


def dates_are_exact(scene: Scene) -> str:
    for one in scene.records({"match[id]": scene.ids()}):
        ensure(EXACT.fullmatch(str(one.get("date_added"))), f"date_added is {one.get('date_added')!r}")
    return "six digits and Z"


def versions_are_those_of_the_objects(scene: Scene) -> None:
    for one in scene.records({"match[id]": scene.ids()}):
        ensure(instant(one.get("version")) == instant(scene.many[0]["modified"]), f"version is {one.get('version')!r}")


def a_marking_is_versioned_by_created(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.statement["id"]})
    ensure([instant(one.get("version")) for one in records] == [instant(scene.statement["created"])], f"the records are {records}")


def media_types_are_the_collections(scene: Scene) -> None:
    types = scene.line.get(scene.written()).expect(200).json().get("media_types", ["application/stix+json"])
    for one in scene.records({"match[id]": scene.ids()}):
        ensure(one.get("media_type", types[0]) in types, f"media_type is {one.get('media_type')!r}, and the collection lists {types}")


def objects_are_in_order(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.ids()})
    dates = [str(one.get("date_added")) for one in records]
    ensure(dates == sorted(dates), "date_added is not ascending in the manifest")
    added = {one.get("id"): str(one.get("date_added")) for one in records}
    dates = [added[one["id"]] for one in scene.got({"match[id]": scene.ids()})]
    ensure(dates == sorted(dates), "date added is not ascending among the objects")


def dates_are_never_the_same(scene: Scene) -> None:
    dates = [one.get("date_added") for one in scene.records({"match[id]": scene.ids()})]
    ensure(len(set(dates)) == len(dates), f"{len(dates)} objects share {len(set(dates))} dates: going on by added_after loses some at a page's edge")


def objects_have_the_headers(scene: Scene) -> str:
    return has_dates(scene.line.get(scene.objects, {"match[id]": scene.ids()}).expect(200))


def manifest_has_the_headers(scene: Scene) -> str:
    return has_dates(scene.line.get(scene.manifest, {"match[id]": scene.ids()}).expect(200))


def object_has_the_headers(scene: Scene) -> str:
    return has_dates(scene.line.get(f"{scene.objects}{scene.many[0]['id']}/").expect(200))


def versions_have_the_headers(scene: Scene) -> str:
    return has_dates(scene.line.get(f"{scene.objects}{scene.versioned}/versions/").expect(200))


def has_dates(reply: Reply) -> str:
    """Does the reply have both headers, as timestamps, in order?"""
    first, last = reply.headers.get(FIRST), reply.headers.get(LAST)
    for name, said in (("First", first), ("Last", last)):
        ensure(EXACT.fullmatch(said or ""), f"X-TAXII-Date-Added-{name} is {said!r}")
    ensure(str(first) <= str(last), f"First is {first}, Last {last}")
    return f"{first} to {last}"


def headers_are_the_dates_of_first_and_last(scene: Scene) -> None:
    reply = scene.line.get(scene.objects, {"match[id]": scene.ids()}).expect(200)
    dates = [instant(one.get("date_added")) for one in scene.records({"match[id]": scene.ids()})]
    said = instant(reply.headers.get(FIRST)), instant(reply.headers.get(LAST))
    ensure(dates and said == (dates[0], dates[-1]), f"the headers say {said[0]} and {said[1]}, the manifest {dates[0]} and {dates[-1]}")


def an_object_comes_by_its_id(scene: Scene) -> None:
    found = scene.got(None, f"{scene.objects}{scene.many[2]['id']}/")
    ensure(found == [scene.many[2]], f"it came as {str(found)[:80]}")


def an_object_that_is_not_there(scene: Scene) -> None:
    scene.line.get(f"{scene.objects}{specimens.fresh('indicator')}/").expect(404)


def versions_of_what_is_not_there(scene: Scene) -> None:
    scene.line.get(f"{scene.objects}{specimens.fresh('indicator')}/versions/").expect(404)


def versions_are_listed(scene: Scene) -> str:
    told = scene.line.get(f"{scene.objects}{scene.versioned}/versions/").expect(200).json()
    found = told.get("versions", [])
    ensure({instant(one) for one in found} == {instant(one) for one in VERSIONS}, f"versions is {found}")
    ensure(len(found) == len(VERSIONS), f"versions is {found}")
    return ", ".join(found)


def a_query_without_result(scene: Scene) -> None:
    told = scene.line.get(scene.objects, {"match[id]": specimens.fresh("indicator")}).expect(200).json()
    ensure("objects" not in told, f"the envelope is {told}; an empty list is left out")


def a_manifest_without_records(scene: Scene) -> None:
    told = scene.line.get(scene.manifest, {"match[id]": specimens.fresh("indicator")}).expect(200).json()
    ensure("objects" not in told, f"the manifest is {told}; an empty list is left out")


def an_object_of_which_nothing_fits(scene: Scene) -> None:
    told = scene.line.get(f"{scene.objects}{scene.versioned}/", {"match[version]": "1999-01-01T00:00:00.000Z"}).expect(200).json()
    ensure("objects" not in told, f"the envelope is {str(told)[:80]}")


def headers_without_result(scene: Scene) -> str:
    reply = scene.line.get(scene.objects, {"match[id]": specimens.fresh("indicator")}).expect(200)
    for name in (FIRST, LAST):
        said = reply.headers.get(name)
        ensure(said is None or instant(said), f"{name} is {said!r}, which is no timestamp")
    return f"{reply.headers.get(FIRST)}"


def an_unversioned_object_has_one_version(scene: Scene) -> str:
    records = scene.records({"match[id]": scene.address["id"]})
    listed = scene.line.get(f"{scene.objects}{scene.address['id']}/versions/").expect(200).json().get("versions", [])
    ensure(len(records) == 1, f"there are {len(records)} records")
    version = records[0].get("version")
    ensure([version] == listed, f"the manifest says {version}, versions {listed}")
    found = scene.got({"match[id]": scene.address["id"], "match[version]": version})
    ensure(len(found) == 1, f"asked for by that version, {len(found)} came")
    return str(version)


def an_unversioned_object_is_not_of_1970(scene: Scene) -> str:
    version = str(scene.records({"match[id]": scene.address["id"]})[0].get("version"))
    ensure(not version.startswith("1970"), f"its version is {version}, which every object without a date shares")
    return version


def head_is_as_get(scene: Scene) -> str:
    reply = scene.line.ask("HEAD", scene.objects, {"match[id]": scene.ids()}, headers={"Accept": "application/taxii+json;version=2.1"})
    if reply.status in (405, 501):
        raise Untested(f"HEAD is {reply.status}")
    reply.expect(200)
    ensure(reply.body == b"", "HEAD came with a body")
    return has_dates(reply)


def names(pages: list[Json]) -> list[str]:
    """The ids on pages, in order."""
    return [one["id"] for page in pages for one in page.get("objects", ())]


CHECKS = (
    Check(75, "3.7, 5.4", "must", "objects come in an envelope", objects_come_in_an_envelope),
    Check(76, "5.3.1", "must", "records of the manifest have id, date_added and version", records_have_what_is_required),
    Check(77, "2", "must", "date_added has six digits and Z", dates_are_exact),
    Check(78, "5.3.1", "must", "a record's version is modified", versions_are_those_of_the_objects),
    Check(79, "5.3.1", "must", "without modified it is created", a_marking_is_versioned_by_created),
    Check(80, "5.3.1", "must", "a record's media_type is one of the collection's", media_types_are_the_collections),
    Check(81, "3.3", "must", "objects and manifest ascend by date added", objects_are_in_order),
    Check(82, "3.5", "sound", "no two objects have the same date added", dates_are_never_the_same),
    Check(83, "3.2, 5.4", "must", "objects have X-TAXII-Date-Added-First and -Last", objects_have_the_headers),
    Check(84, "3.2, 5.3", "must", "the manifest has them", manifest_has_the_headers),
    Check(85, "3.2, 5.6", "must", "an object has them", object_has_the_headers),
    Check(86, "3.2, 5.8", "must", "versions have them", versions_have_the_headers),
    Check(87, "3.2", "must", "they are the dates of the first and last object", headers_are_the_dates_of_first_and_last),
    Check(88, "5.6", "must", "an object comes by its id", an_object_comes_by_its_id),
    Check(89, "5.6", "must", "an object that is not there is 404", an_object_that_is_not_there),
    Check(90, "5.8", "must", "versions of an object that is not there are 404", versions_of_what_is_not_there),
    Check(91, "5.8", "must", "versions are listed, each once", versions_are_listed),
    Check(92, "2, 3.7, 5.4", "must", "no result is an empty envelope", a_query_without_result),
    Check(93, "5.3.1", "must", "a manifest without records leaves the list out", a_manifest_without_records),
    Check(94, "5.6", "must", "of an object that is there, but not in that version, the envelope is empty", an_object_of_which_nothing_fits),
    Check(95, "3.2", "sound", "without a result no date header is other than a timestamp", headers_without_result),
    Check(96, "3.4.1, 5.3.1", "should", "an object without dates has one version, the same everywhere", an_unversioned_object_has_one_version),
    Check(97, "3.4.1, 5.3.1", "sound", "that version is not the beginning of 1970", an_unversioned_object_is_not_of_1970),
    Check(98, "RFC 9110, 9.3.2", "sound", "HEAD gives the headers alone", head_is_as_get),
)
