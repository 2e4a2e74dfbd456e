"""Checks of section 3.1 and 1.6.8: media types, methods, paths."""

from __future__ import annotations

import uuid

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import has_content_type, is_error
from comity.selftest.taxii_suite.judging import Check, ensure
from comity.selftest.taxii_suite.scene import Scene
from comity.selftest.taxii_suite.talking import TAXII


def accept_with_version(scene: Scene) -> None:
    scene.line.get(scene.api_root, accept=TAXII).expect(200)


def accept_without_version(scene: Scene) -> str:
    return has_content_type(scene.line.get(scene.api_root, accept="application/taxii+json").expect(200))


def accept_spaced(scene: Scene) -> None:
    scene.line.get(scene.api_root, accept="application/taxii+json; version=2.1").expect(200)


def accept_quoted(scene: Scene) -> None:
    scene.line.get(scene.api_root, accept='application/taxii+json;version="2.1"').expect(200)


def accept_in_capitals(scene: Scene) -> None:
    scene.line.get(scene.api_root, accept="Application/TAXII+JSON;Version=2.1").expect(200)


def accept_among_others(scene: Scene) -> None:
    scene.line.get(scene.api_root, accept="text/html, application/taxii+json;version=2.1;q=0.9, */*;q=0.1").expect(200)


def accept_beside_stix(scene: Scene) -> None:
    both = "application/taxii+json;version=2.1,application/stix+json;version=2.1"
    scene.line.get(scene.manifest, accept=both).expect(200)


def accept_anything(scene: Scene) -> str:
    reply = scene.line.get(scene.api_root, accept="*/*").expect(200, 406)
    return f"{reply.status}"


def accept_something_else(scene: Scene) -> str:
    reply = scene.line.get(scene.api_root, accept="text/html").expect(200, 406)
    return is_error(reply) if reply.status == 406 else has_content_type(reply)


def accept_another_version(scene: Scene) -> str:
    return f"{scene.line.get(scene.api_root, accept='application/taxii+json;version=9.9').expect(200, 406).status}"


def content_type_without_version(scene: Scene) -> None:
    post(scene, "application/taxii+json")


def content_type_spaced(scene: Scene) -> None:
    post(scene, "application/taxii+json; version=2.1")


def post(scene: Scene, content_type: str) -> None:
    """Deliver something with this Content-Type."""
    one = specimens.indicator()
    scene.written()
    scene.ours.append(one["id"])
    scene.line.post(scene.objects, {"objects": [one]}, content_type=content_type).expect(202)


def content_type_undefined(scene: Scene) -> str:
    one = specimens.indicator()
    scene.written()
    scene.ours.append(one["id"])
    reply = scene.line.post(scene.objects, {"objects": [one]}, content_type="text/plain").expect(415, 202)
    return f"{reply.status}"


def another_method(scene: Scene) -> str:
    reply = scene.line.ask("PUT", scene.objects, headers={"Accept": TAXII, "Content-Type": TAXII}, body=b"{}").expect(405, 501, 403, 404)
    if reply.status == 405:
        ensure(reply.headers.get("allow"), "405 without Allow")
    return f"{reply.status}, Allow: {reply.headers.get('allow', '')}"


def another_method_is_an_error(scene: Scene) -> str:
    return is_error(scene.line.ask("PUT", scene.objects, headers={"Accept": TAXII, "Content-Type": TAXII}, body=b"{}"))


def a_path_of_nothing_is_an_error(scene: Scene) -> str:
    return is_error(scene.line.get(f"{scene.api_root}no-such-thing/").expect(404))


def no_redirect(scene: Scene) -> str:
    reply = scene.line.get(scene.api_root.rstrip("/") + "/collections")
    ensure(not 300 <= reply.status < 400, f"{reply.status} to {reply.headers.get('location')}: clients drop their credentials, or their body")
    return f"{reply.status}"


def not_found_is_an_error(scene: Scene) -> str:
    return is_error(scene.line.get(f"{scene.api_root}collections/{uuid.uuid4()}/").expect(404, 403))


CHECKS = (
    Check(17, "3.1", "must", "Accept with the version is taken", accept_with_version),
    Check(18, "1.6.8.2, 3.1", "must", "Accept without a version is taken, and answered with one", accept_without_version),
    Check(19, "3.1; RFC 9110, 5.6.6", "must", "Accept with a space before the version is taken", accept_spaced),
    Check(20, "3.1; RFC 9110, 5.6.6", "must", "Accept with the version in quotes is taken", accept_quoted),
    Check(21, "3.1; RFC 9110, 8.3.1", "must", "Accept in other letter case is taken", accept_in_capitals),
    Check(22, "3.1; RFC 9110, 12.5.1", "must", "Accept with a list and qualities that includes TAXII is taken", accept_among_others),
    Check(23, "5.3", "must", "the manifest takes TAXII and STIX together in Accept", accept_beside_stix),
    Check(24, "3.1", "must", "Accept */* is answered or 406", accept_anything),
    Check(25, "3.1, 3.6.1", "must", "Accept of something else is answered as TAXII, or 406 as an error message", accept_something_else),
    Check(26, "3.1", "must", "Accept of another version is answered or 406", accept_another_version),
    Check(27, "1.6.8.2, 3.1", "must", "a delivery whose Content-Type has no version is taken", content_type_without_version),
    Check(28, "3.1; RFC 9110, 5.6.6", "must", "a delivery whose Content-Type has a space before the version is taken", content_type_spaced),
    Check(29, "3.1, 5.5", "must", "a delivery of another Content-Type is 415 or taken", content_type_undefined),
    Check(30, "RFC 9110, 15.5.6", "must", "a method that an endpoint does not know is refused, 405 with Allow", another_method),
    Check(31, "3.6.1", "sound", "that refusal is TAXII's error message", another_method_is_an_error),
    Check(32, "3.6.1", "sound", "a path that names nothing is 404 as an error message", a_path_of_nothing_is_an_error),
    Check(33, "3.1", "sound", "a path without its last slash is not redirected", no_redirect),
    Check(34, "3.6.1, 5.2", "must", "a collection that is not there is an error message with title", not_found_is_an_error),
)
