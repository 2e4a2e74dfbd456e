"""Checks of section 3.4: added_after, limit, match."""

from __future__ import annotations

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import is_error
from comity.selftest.taxii_suite.judging import Check, Failed, ensure
from comity.selftest.taxii_suite.scene import VERSIONS, Scene
from comity.selftest.taxii_suite.specimens import TYPES, instant, later


def by_id(scene: Scene) -> None:
    for wanted in (scene.many[:1], scene.many[1:3]):
        ids = [one["id"] for one in wanted]
        found = [one["id"] for one in scene.got({"match[id]": ",".join(ids)})]
        ensure(sorted(found) == sorted(ids), f"asked for {len(ids)}, {len(found)} came")


def by_type(scene: Scene) -> None:
    both = f"{scene.many[0]['id']},{scene.malware['id']}"
    for types, count in (("malware", 1), ("indicator", 1), ("malware,indicator", 2), ("tool", 0)):
        found = scene.got({"match[id]": both, "match[type]": types})
        ensure(len(found) == count and all(one["type"] in types for one in found), f"of {types}, {len(found)} came where {count} are there")


def every_type_of_stix(scene: Scene) -> None:
    for type_ in TYPES:
        scene.line.get(scene.objects, {"match[id]": scene.many[0]["id"], "match[type]": type_}).expect(200)


def fields_are_joined_by_and(scene: Scene) -> None:
    found = scene.got({"match[id]": scene.many[0]["id"], "match[type]": "malware"})
    ensure(not found, f"{len(found)} came that fit one field and not the other")


def the_last_version_unless_said(scene: Scene) -> None:
    found = [str(one.get("modified")) for one in scene.got({"match[id]": scene.versioned})]
    ensure(same(found, VERSIONS[-1:]), f"what came is {found}")


def last(scene: Scene) -> None:
    versions(scene, "last", VERSIONS[-1:])


def first(scene: Scene) -> None:
    versions(scene, "first", VERSIONS[:1])


def all_versions(scene: Scene) -> None:
    versions(scene, "all", VERSIONS)


def first_and_last(scene: Scene) -> None:
    versions(scene, "first,last", (VERSIONS[0], VERSIONS[-1]))


def one_version(scene: Scene) -> None:
    versions(scene, VERSIONS[1], VERSIONS[1:2])


def two_versions(scene: Scene) -> None:
    versions(scene, f"{VERSIONS[1]},first", VERSIONS[:2])


def versions_without_fraction(scene: Scene) -> None:
    versions(scene, VERSIONS[1].replace(".000Z", "Z"), VERSIONS[1:2])


def versions_with_more_digits(scene: Scene) -> None:
    versions(scene, VERSIONS[1].replace(".000Z", ".000000Z"), VERSIONS[1:2])


def versions(scene: Scene, filter_: str, wanted: tuple[str, ...]) -> None:
    """Does the filter give exactly these versions?"""
    found = scene.of_versioned(filter_)
    ensure(same(found, wanted), f"match[version]={filter_} gave {found}")


def same(found: list[str], wanted: tuple[str, ...]) -> bool:
    """The same instants, in whatever order."""
    return sorted(str(instant(one)) for one in found) == sorted(str(instant(one)) for one in wanted)


def an_object_by_version(scene: Scene) -> None:
    found = [str(one.get("modified")) for one in scene.got({"match[version]": "all"}, f"{scene.objects}{scene.versioned}/")]
    ensure(same(found, VERSIONS), f"what came is {found}")


def the_manifest_by_version(scene: Scene) -> None:
    found = [str(one.get("version")) for one in scene.records({"match[id]": scene.versioned, "match[version]": "all"})]
    ensure(same(found, VERSIONS), f"what came is {found}")


def the_manifest_by_type(scene: Scene) -> None:
    found = scene.records({"match[id]": f"{scene.many[0]['id']},{scene.malware['id']}", "match[type]": "malware"})
    ensure([one.get("id") for one in found] == [scene.malware["id"]], f"{len(found)} records came")


def by_spec_version(scene: Scene) -> None:
    ensure(len(scene.got({"match[id]": scene.ids(), "match[spec_version]": "2.1"})) == len(scene.many), "not all of version 2.1 came")
    found = scene.got({"match[id]": scene.ids(), "match[spec_version]": "2.0"})
    ensure(all(one.get("spec_version", "2.0") == "2.0" for one in found), "asked for 2.0, objects of another version came")


def all_beside_another(scene: Scene) -> None:
    malformed(scene, "match[version]=all,last")


def a_version_that_is_none(scene: Scene) -> None:
    malformed(scene, "match[version]=yesterday")


def a_version_twice(scene: Scene) -> None:
    malformed(scene, "match[version]=last,last")


def after(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.ids()})
    middle = records[len(records) // 2]
    found = [one["id"] for one in scene.got({"match[id]": scene.ids(), "added_after": middle["date_added"]})]
    wanted = [one["id"] for one in records if str(one["date_added"]) > str(middle["date_added"])]
    ensure(middle["id"] not in found, "what was added at that instant came: a client asking for what is new would go on for ever")
    ensure(found == wanted, f"{len(found)} came, where {len(wanted)} were added later")


def after_just_before(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.ids()})
    just_before = later(str(records[0]["date_added"]), microseconds=-1)
    found = scene.got({"match[id]": scene.ids(), "added_after": just_before})
    ensure(len(found) == len(scene.many), f"a microsecond before the first was added, {len(found)} of {len(scene.many)} came")


def after_the_last(scene: Scene) -> None:
    records = scene.records({"match[id]": scene.ids()})
    found = scene.got({"match[id]": scene.ids(), "added_after": records[-1]["date_added"]})
    ensure(not found, f"{len(found)} came after the last")


def after_has_nothing_to_do_with_modified(scene: Scene) -> None:
    found = scene.got({"match[id]": scene.ids(), "added_after": later(scene.many[0]["modified"], days=1)})
    ensure(len(found) == len(scene.many), f"{len(found)} of {len(scene.many)} came: the time in the object was compared")


def after_nonsense(scene: Scene) -> None:
    malformed(scene, "added_after=yesterday")


def after_a_day_that_is_none(scene: Scene) -> None:
    malformed(scene, "added_after=2026-02-31T00:00:00.000000Z")


def after_twice(scene: Scene) -> None:
    malformed(scene, "added_after=2026-01-01T00:00:00Z&added_after=2026-01-02T00:00:00Z")


def a_field_twice(scene: Scene) -> None:
    malformed(scene, "match[type]=indicator&match[type]=malware")


def limit_one(scene: Scene) -> None:
    told = scene.line.get(scene.objects, {"match[id]": scene.ids(), "limit": 1}).expect(200).json()
    ensure(len(told.get("objects", ())) == 1, f"{len(told.get('objects', ()))} objects came")
    ensure(told.get("more") is True, f"more is {told.get('more')!r}")


def limit_of_all(scene: Scene) -> None:
    told = scene.line.get(scene.objects, {"match[id]": scene.ids(), "limit": len(scene.many)}).expect(200).json()
    ensure(len(told.get("objects", ())) <= len(scene.many), "more came than asked for")
    ensure(told.get("more", False) is (len(told.get("objects", ())) < len(scene.many)), f"more is {told.get('more')!r}")


def limit_zero(scene: Scene) -> None:
    malformed(scene, "limit=0")


def limit_negative(scene: Scene) -> None:
    malformed(scene, "limit=-1")


def limit_nonsense(scene: Scene) -> None:
    malformed(scene, "limit=abc")


def malformed_in_the_manifest(scene: Scene) -> None:
    for query in ("limit=0", "added_after=yesterday", "match[version]=yesterday"):
        scene.line.get(scene.manifest, query).expect(400)


def malformed(scene: Scene, query: str) -> None:
    """Is it 400?"""
    scene.line.get(scene.objects, query).expect(400)


def malformed_is_an_error(scene: Scene) -> str:
    return is_error(scene.line.get(scene.objects, "limit=abc").expect(400))


def what_is_not_known(scene: Scene) -> str:
    reply = scene.line.get(scene.objects, {"match[id]": scene.ids(), "match[colour]": "red"}).expect(200, 400)
    return f"{reply.status}"


def escapes_are_read(scene: Scene) -> None:
    reply = scene.line.get(scene.objects, f"match%5Bid%5D={scene.many[0]['id']}%2C{scene.many[1]['id']}").expect(200)
    ensure(len(reply.json().get("objects", ())) == 2, "percent-encoded brackets and commas are not read")


def an_id_with_a_quote(scene: Scene) -> None:
    reply = scene.line.get(scene.objects, "match[id]=indicator--%27%20OR%201%3D1%20--").expect(200, 400)
    if reply.status == 200 and reply.json().get("objects"):
        raise Failed("an id with a quote in it gave objects")
    scene.line.get(f"{scene.objects}{specimens.fresh('indicator')}%27/").expect(404, 400)


CHECKS = (
    Check(99, "3.4", "must", "match[id], one and several", by_id),
    Check(100, "3.4", "must", "match[type], one and several", by_type),
    Check(101, "3.4.1", "must", "no type of STIX 2.1 is an error", every_type_of_stix),
    Check(102, "3.4", "must", "an object has to fit every field", fields_are_joined_by_and),
    Check(103, "3.4.1", "must", "without match[version] the last version comes", the_last_version_unless_said),
    Check(104, "3.4.1", "must", "match[version]=last", last),
    Check(105, "3.4.1", "must", "match[version]=first", first),
    Check(106, "3.4.1", "must", "match[version]=all", all_versions),
    Check(107, "3.4.1", "must", "match[version]=first,last", first_and_last),
    Check(108, "3.4.1", "must", "match[version] of a timestamp", one_version),
    Check(109, "3.4.1", "must", "match[version] of a timestamp and a word", two_versions),
    Check(110, "3.4.1; STIX 2.1, 2.16", "sound", "match[version] compares instants: without a fraction", versions_without_fraction),
    Check(111, "3.4.1; STIX 2.1, 2.16", "sound", "match[version] compares instants: with more digits", versions_with_more_digits),
    Check(112, "5.6", "must", "an object by its id takes match[version]", an_object_by_version),
    Check(113, "5.3", "must", "the manifest takes match[version]", the_manifest_by_version),
    Check(114, "5.3", "must", "the manifest is filtered by the objects' type", the_manifest_by_type),
    Check(115, "3.4.1", "must", "match[spec_version] gives no other version", by_spec_version),
    Check(116, "3.4, 3.4.1", "must", "match[version]=all beside another is 400", all_beside_another),
    Check(117, "3.4, 3.4.1", "must", "match[version] that is no version is 400", a_version_that_is_none),
    Check(118, "3.4, 3.4.1", "must", "match[version] with the same twice is 400", a_version_twice),
    Check(119, "3.4", "must", "added_after gives what was added later, and not at that instant", after),
    Check(120, "3.4", "must", "added_after is exact to the microsecond", after_just_before),
    Check(121, "3.4", "must", "added_after the last gives nothing", after_the_last),
    Check(122, "3.4", "must", "added_after has nothing to do with times inside objects", after_has_nothing_to_do_with_modified),
    Check(123, "3.4", "must", "added_after that is no timestamp is 400", after_nonsense),
    Check(124, "3.4", "must", "added_after of a day that is none is 400", after_a_day_that_is_none),
    Check(125, "3.4", "must", "added_after twice is 400", after_twice),
    Check(126, "3.4", "must", "a field of match twice is 400", a_field_twice),
    Check(127, "3.4", "must", "limit=1 gives one, and more", limit_one),
    Check(128, "3.4", "must", "limit of as many as there are says no more", limit_of_all),
    Check(129, "3.4", "must", "limit=0 is 400", limit_zero),
    Check(130, "3.4", "must", "limit=-1 is 400", limit_negative),
    Check(131, "3.4", "must", "limit=abc is 400", limit_nonsense),
    Check(132, "3.4, 5.3", "must", "the manifest refuses malformed parameters alike", malformed_in_the_manifest),
    Check(133, "3.6.1", "must", "a malformed parameter is answered with an error message", malformed_is_an_error),
    Check(134, "3.4", "must", "a field of match that is not known is ignored or 400", what_is_not_known),
    Check(135, "3.4; RFC 3986, 2.1", "must", "percent-encoded parameters are read", escapes_are_read),
    Check(136, "3.4", "sound", "a quote in an id is only a character", an_id_with_a_quote),
)
