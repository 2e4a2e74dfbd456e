"""Checks of sections 4.1 and 4.2, and of who is let in (5, 8.2.2)."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.judging import Check, Untested, ensure
from comity.selftest.taxii_suite.scene import Scene
from comity.selftest.taxii_suite.talking import TAXII, Login, Reply

NOBODY = Login()
VALID_ROOT = re.compile(r"https://[^?#]+/|/|/[^/.?#][^?#]*")


def discovery_is_there(scene: Scene) -> None:
    scene.line.get(scene.discovery).expect(200)


def discovery_has_the_content_type(scene: Scene) -> str:
    return has_content_type(scene.line.get(scene.discovery).expect(200))


def has_content_type(reply: Reply) -> str:
    """Is the reply's Content-Type TAXII's, with the version?"""
    said = reply.headers.get("content-type", "")
    ensure(re.sub(r"\s", "", said).lower() == TAXII, f"{reply.asked}: Content-Type is {said!r}")
    return said


def discovery_has_a_title(scene: Scene) -> str:
    title = scene.line.get(scene.discovery).expect(200).json().get("title")
    ensure(isinstance(title, str) and title, f"title is {title!r}")
    return str(title)


def roots_are_well_formed(scene: Scene) -> str:
    roots = scene.line.get(scene.discovery).expect(200).json().get("api_roots")
    if roots is None:
        raise Untested("discovery names no roots")
    ensure(isinstance(roots, list) and roots, "api_roots is no list with something in it")
    wrong = [root for root in roots if not isinstance(root, str) or not VALID_ROOT.fullmatch(root)]
    ensure(not wrong, f"neither https:// nor one leading slash: {', '.join(map(str, wrong))}")
    return ", ".join(map(str, roots))


def default_is_one_of_the_roots(scene: Scene) -> str:
    told = scene.line.get(scene.discovery).expect(200).json()
    if "default" not in told:
        raise Untested("discovery names no default")
    ensure(told["default"] in told.get("api_roots", ()), f"default is {told['default']}")
    return str(told["default"])


def roots_lead_to_this_server(scene: Scene) -> str:
    told = scene.line.get(scene.discovery).expect(200).json()
    wholes = [urljoin(scene.line.origin + scene.discovery, root) for root in told.get("api_roots", ())]
    own = [whole for whole in wholes if urlsplit(whole).netloc == urlsplit(scene.line.origin).netloc]
    ensure(own, f"none of {', '.join(wholes)} is at {scene.line.origin}")
    return str(own[0])


def root_is_there(scene: Scene) -> str:
    return has_content_type(scene.line.get(scene.api_root).expect(200))


def root_has_what_is_required(scene: Scene) -> str:
    told = scene.line.get(scene.api_root).expect(200).json()
    ensure(isinstance(told.get("title"), str) and told["title"], f"title is {told.get('title')!r}")
    versions = told.get("versions")
    ensure(isinstance(versions, list) and TAXII in versions, f"versions is {versions!r}, without {TAXII}")
    most = told.get("max_content_length")
    ensure(isinstance(most, int) and not isinstance(most, bool) and most > 0, f"max_content_length is {most!r}")
    return f"max_content_length {most}"


def a_root_that_is_not_there(scene: Scene) -> None:
    scene.line.get("/no-such-root-as-this/").expect(404, 403, 401)


def nobody_gets_collections(scene: Scene) -> str:
    needs_login(scene)
    return f"{scene.line.get(f'{scene.api_root}collections/', login=NOBODY).expect(401, 404).status}"


def nobody_gets_objects(scene: Scene) -> str:
    needs_login(scene)
    replies = [scene.line.get(path, login=NOBODY).expect(401, 404) for path in (scene.collection, scene.objects, scene.manifest)]
    return ", ".join(str(reply.status) for reply in replies)


def a_wrong_password_gets_nothing(scene: Scene) -> str:
    needs_login(scene)
    wrong = Login("nobody-of-this-name", "and-no-such-password")
    return f"{scene.line.get(scene.objects, login=wrong).expect(401, 404).status}"


def nobody_posts(scene: Scene) -> str:
    needs_login(scene)
    one = specimens.indicator()
    path, body = scene.objects, b'{"objects": [' + specimens.json_of(one) + b"]}"
    scene.ours.append(one["id"])
    return f"{scene.line.ask('POST', path, headers={'Accept': TAXII, 'Content-Type': TAXII}, body=body, login=NOBODY).expect(401, 404).status}"


def who_must_show_something_is_told_what(scene: Scene) -> str:
    needs_login(scene)
    reply = scene.line.get(f"{scene.api_root}collections/", login=NOBODY)
    if reply.status != 401:
        raise Untested(f"nobody gets {reply.status}")
    said = reply.headers.get("www-authenticate", "")
    ensure(said, "401 without WWW-Authenticate")
    return said


def basic_is_offered(scene: Scene) -> str:
    said = who_must_show_something_is_told_what(scene)
    ensure("basic" in said.lower(), f"WWW-Authenticate is {said!r}")
    return said


def a_refusal_at_the_door_is_an_error(scene: Scene) -> str:
    needs_login(scene)
    return is_error(scene.line.get(f"{scene.api_root}collections/", login=NOBODY).expect(401, 404))


def is_error(reply: Reply) -> str:
    """Is the reply TAXII's error message, with its Content-Type?"""
    told = reply.json()
    ensure(isinstance(told.get("title"), str) and told["title"], f"{reply.asked}: {reply.status} without a title: {sorted(told)}")
    has_content_type(reply)
    status = told.get("http_status", str(reply.status))
    ensure(status == str(reply.status), f"{reply.asked}: http_status is {status!r}, and the status {reply.status}")
    return str(told["title"])


def needs_login(scene: Scene) -> None:
    """Untested where nothing is shown."""
    if not scene.line.login.header():
        raise Untested("no login was given")


CHECKS = (
    Check(1, "4.1, 8.2.1", "must", "discovery is at /taxii2/", discovery_is_there),
    Check(2, "3.1", "must", "discovery's Content-Type is TAXII's, with the version", discovery_has_the_content_type),
    Check(3, "4.1.1", "must", "discovery has a title", discovery_has_a_title),
    Check(4, "4.1.1", "must", "API roots are https URLs, or relative with one leading slash", roots_are_well_formed),
    Check(5, "4.1.1", "must", "the default root is one of the roots", default_is_one_of_the_roots),
    Check(6, "4.1.1", "sound", "a root that discovery names is at the address where the server was found", roots_lead_to_this_server),
    Check(7, "4.2", "must", "the API root answers, with the Content-Type", root_is_there),
    Check(8, "4.2.1", "must", "the API root has title, versions and a positive max_content_length", root_has_what_is_required),
    Check(9, "4.2", "must", "a root that is not there is not found", a_root_that_is_not_there),
    Check(10, "5.1", "must", "without a login the list of collections is 401 or 404", nobody_gets_collections),
    Check(11, "5.2, 5.3, 5.4", "must", "without a login a collection, its objects and manifest are 401 or 404", nobody_gets_objects),
    Check(12, "5.4", "must", "with a wrong password objects are 401 or 404", a_wrong_password_gets_nothing),
    Check(13, "5.5", "must", "without a login a delivery is 401 or 404", nobody_posts),
    Check(14, "8.2.2; RFC 9110, 11.6.1", "must", "401 comes with WWW-Authenticate", who_must_show_something_is_told_what),
    Check(15, "8.2.2", "should", "HTTP Basic is offered", basic_is_offered),
    Check(16, "3.6.1, 5.1", "must", "a refusal for want of a login is TAXII's error message", a_refusal_at_the_door_is_an_error),
)
