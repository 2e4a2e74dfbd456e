"""Checks of sections 5.5 and 4.3: deliveries and what became of them."""

from __future__ import annotations

import re
import uuid

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import has_content_type, is_error
from comity.selftest.taxii_suite.judging import Check, Untested, ensure
from comity.selftest.taxii_suite.listing_collections import is_identifier
from comity.selftest.taxii_suite.scene import Scene
from comity.selftest.taxii_suite.specimens import Json

COUNTS = ("total_count", "success_count", "failure_count", "pending_count")
MOST_SENT = 64 * 1024 * 1024


def a_delivery_is_accepted(scene: Scene) -> None:
    scene.written()
    reply, _ = scene.add(specimens.indicator())
    has_content_type(reply.expect(202))


def status_has_what_is_required(scene: Scene) -> str:
    scene.written()
    status = scene.added
    ensure(is_identifier(status.get("id")), f"id is {status.get('id')!r}, no UUID of version 4")
    ensure(status.get("status") in ("complete", "pending"), f"status is {status.get('status')!r}")
    for name in COUNTS:
        ensure(isinstance(status.get(name), int) and status[name] >= 0, f"{name} is {status.get(name)!r}")
    return str(status["status"])


def counts_add_up(scene: Scene) -> str:
    scene.written()
    total, *parts = (scene.added.get(name) for name in COUNTS)
    ensure(total == sum(part or 0 for part in parts), f"total_count {total} is not the sum of {parts}")
    return f"{total}"


def timestamp_is_one(scene: Scene) -> str:
    scene.written()
    said = scene.added.get("request_timestamp")
    if said is None:
        raise Untested("the status has no request_timestamp")
    ensure(isinstance(said, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", said), f"request_timestamp is {said!r}")
    return str(said)


def details_have_id_and_version(scene: Scene) -> None:
    scene.written()
    for name in ("successes", "failures", "pendings"):
        details = scene.added.get(name)
        ensure(details is None or (isinstance(details, list) and details), f"{name} is empty or no list; an empty one is left out")
        for one in details or ():
            ensure(isinstance(one, dict) and isinstance(one.get("id"), str), f"{name} has {one!r}, without an id")
            ensure(isinstance(one.get("version"), str), f"{name} has {one!r}, without a version")


def status_can_be_asked_for(scene: Scene) -> None:
    scene.written()
    told = scene.line.get(f"{scene.api_root}status/{scene.added.get('id')}/").expect(200).json()
    ensure(told.get("id") == scene.added.get("id"), f"it has the id {told.get('id')}")
    ensure(told.get("total_count") == scene.added.get("total_count"), "total_count is another")


def status_is_complete_at_last(scene: Scene) -> None:
    scene.written()
    ensure(scene.settle(scene.added).get("status") == "complete", "after half a minute the delivery is still pending")


def no_such_status(scene: Scene) -> None:
    scene.line.get(f"{scene.api_root}status/{uuid.uuid4()}/").expect(404)


def no_status_at_all(scene: Scene) -> None:
    scene.line.get(f"{scene.api_root}status/not-a-uuid/").expect(404)


def a_duplicate_is_no_error(scene: Scene) -> str:
    scene.written()
    reply, status = scene.add(scene.many[0])
    reply.expect(202)
    ensure(status.get("failure_count") == 0, f"failure_count is {status.get('failure_count')}")
    return f"success_count {status.get('success_count')}"


def a_duplicate_is_there_once(scene: Scene) -> None:
    scene.written()
    scene.add(scene.many[1])
    found = scene.got({"match[id]": scene.many[1]["id"], "match[version]": "all"})
    ensure(len(found) == 1, f"after sending it twice it is there {len(found)} times")


def other_content_of_a_version(scene: Scene) -> str:
    """STIX 3.6: every representation of a version has the same properties; to say *success* and drop what was sent tells a sender what is not so."""
    scene.written()
    before = specimens.indicator(name="as it was first")
    after = {**before, "name": "as it came later"}
    scene.add(before)
    reply, status = scene.add(after)
    if reply.status >= 400 or status.get("failure_count"):
        return f"refused ({reply.status})"
    served = [one.get("name") for one in scene.got({"match[id]": before["id"]})]
    ensure(served == [after["name"]], f"success was said, and what is served is {served}")
    return "replaced"


def malformed_json(scene: Scene) -> str:
    scene.written()
    return is_error(scene.line.post(scene.objects, b'{"objects": [').expect(400, 422))


def a_body_that_is_no_object(scene: Scene) -> str:
    scene.written()
    return str(scene.line.post(scene.objects, b'["objects"]').expect(400, 422).status)


def objects_that_are_no_list(scene: Scene) -> str:
    scene.written()
    return str(scene.line.post(scene.objects, b'{"objects": 7}').expect(400, 422).status)


def an_object_without_id(scene: Scene) -> str:
    scene.written()
    one = specimens.indicator()
    del one["id"]
    return refused(scene, one)


def an_object_without_what_its_type_requires(scene: Scene) -> str:
    scene.written()
    one = specimens.indicator()
    del one["pattern"]
    return refused(scene, one)


def refused(scene: Scene, one: Json) -> str:
    """Is the object refused, alone or with the whole envelope?"""
    reply, status = scene.add(one)
    if reply.status >= 400:
        reply.expect(400, 422)
        return f"{reply.status}"
    ensure(status.get("failure_count") == 1, f"failure_count is {status.get('failure_count')}: what is not STIX was taken")
    return "as a failure"


def one_bad_among_good(scene: Scene) -> str:
    scene.written()
    good, bad = specimens.indicator(), specimens.indicator()
    del bad["pattern"]
    reply, status = scene.add(good, bad)
    reply.expect(202, 422)
    counts = status.get("success_count"), status.get("failure_count")
    ensure(reply.status == 422 or counts == (1, 1), f"success_count and failure_count are {counts}")
    return f"{reply.status}"


def good_beside_bad_is_taken(scene: Scene) -> None:
    scene.written()
    good, bad = specimens.indicator(), specimens.indicator()
    del bad["id"]
    scene.add(good, bad)
    ensure(scene.got({"match[id]": good["id"]}), "one object that cannot be taken keeps the others out")


def a_body_that_is_too_large(scene: Scene) -> str:
    scene.written()
    most = int(scene.line.get(scene.api_root).expect(200).json()["max_content_length"])
    if most >= MOST_SENT:
        raise Untested(f"max_content_length is {most}, more than this suite sends")
    body = b'{"objects": []}'
    return f"{scene.line.post(scene.objects, body + b' ' * (most + 1 - len(body))).expect(413).status}"


def a_body_just_not_too_large(scene: Scene) -> str:
    scene.written()
    most = int(scene.line.get(scene.api_root).expect(200).json()["max_content_length"])
    if most >= MOST_SENT:
        raise Untested(f"max_content_length is {most}, more than this suite sends")
    one = b'{"objects": [' + specimens.json_of(specimens.indicator(scene.many[0]["id"], name=scene.many[0]["name"])) + b"]}"
    reply = scene.line.post(scene.objects, one + b" " * (most - 1 - len(one)))
    ensure(reply.status != 413, f"{most - 1} bytes are 413, where max_content_length is {most}")
    return f"{most - 1} bytes: {reply.status}"


def what_was_sent_comes_back(scene: Scene) -> None:
    scene.written()
    sent = [*scene.many, scene.malware, scene.statement, scene.address]
    found = {one["id"]: one for one in scene.got({"match[id]": ",".join(one["id"] for one in sent)})}
    for one in sent:
        ensure(found.get(one["id"]) == one, f"{one['id']} came back as {str(found.get(one['id']))[:80]}")


def an_extension_comes_back(scene: Scene) -> None:
    scene.written()
    reply, status = scene.add(scene.extended)
    if reply.status == 422 or status.get("failure_count"):
        raise Untested("the server does not take objects of extensions, which it may refuse")
    found = scene.got({"match[id]": scene.extended["id"]})
    ensure(found == [scene.extended], f"it came back as {str(found)[:80]}")


def a_marking_comes_back(scene: Scene) -> None:
    scene.written()
    marked = specimens.indicator(object_marking_refs=[specimens.TLP_AMBER])
    scene.add(marked)
    found = scene.got({"match[id]": marked["id"]})
    ensure(found == [marked], f"it came back as {str(found)[:80]}")


def microseconds_are_kept(scene: Scene) -> None:
    scene.written()
    found = scene.of_versioned("last")
    ensure([specimens.instant(one) for one in found] == [specimens.instant(scene.versions[-1]["modified"])], f"last is {found}")


CHECKS = (
    Check(50, "5.5", "must", "a delivery is 202, with the Content-Type", a_delivery_is_accepted),
    Check(51, "4.3.1", "must", "its status has id, status and the four counts", status_has_what_is_required),
    Check(52, "4.3.1", "sound", "the counts add up", counts_add_up),
    Check(53, "2, 4.3.1", "must", "request_timestamp has microseconds and Z", timestamp_is_one),
    Check(54, "4.3.1", "must", "what is listed of the objects has id and version", details_have_id_and_version),
    Check(55, "4.3", "should", "the status can be asked for afterwards", status_can_be_asked_for),
    Check(56, "4.3.1", "sound", "it is complete at last", status_is_complete_at_last),
    Check(57, "4.3", "must", "a status that is not there is 404", no_such_status),
    Check(58, "4.3", "must", "a status id that is no UUID is 404", no_status_at_all),
    Check(59, "5.5", "must", "an exact duplicate is no error", a_duplicate_is_no_error),
    Check(60, "5.3.1", "sound", "an exact duplicate is there once", a_duplicate_is_there_once),
    Check(61, "4.3.1; STIX 2.1, 3.6", "sound", "other content of the same version is not called a success and dropped", other_content_of_a_version),
    Check(62, "3.6.1, 5.5", "must", "malformed JSON is 400 or 422, as an error message", malformed_json),
    Check(63, "5.5", "must", "a body that is no object is 400 or 422", a_body_that_is_no_object),
    Check(64, "5.5", "must", "objects that are no list are 400 or 422", objects_that_are_no_list),
    Check(65, "3.7, 5.5", "must", "an object without id is refused", an_object_without_id),
    Check(66, "3.7, 5.5", "sound", "an object without what its type requires is refused", an_object_without_what_its_type_requires),
    Check(67, "4.3.1, 5.5", "sound", "one bad object among good is a failure of its own, or all is 422", one_bad_among_good),
    Check(68, "4.3.1", "sound", "one bad object does not keep the others out", good_beside_bad_is_taken),
    Check(69, "5.5", "must", "a body above max_content_length is 413", a_body_that_is_too_large),
    Check(70, "4.2.1", "must", "a body below max_content_length is not 413", a_body_just_not_too_large),
    Check(71, "3.7", "must", "objects come back as they were sent", what_was_sent_comes_back),
    Check(72, "3.7; STIX 2.1, 7.3", "sound", "an object of an extension comes back as it was sent", an_extension_comes_back),
    Check(73, "3.7; STIX 2.1, 7.2", "sound", "an object with a marking comes back as it was sent", a_marking_comes_back),
    Check(74, "3.4.1; STIX 2.1, 3.2", "must", "modified keeps its microseconds", microseconds_are_kept),
)
