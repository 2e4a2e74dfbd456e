"""Checks of sections 5.1 and 5.2, and of the rights to a collection (5.3 to 5.8)."""

from __future__ import annotations

import uuid

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import has_content_type
from comity.selftest.taxii_suite.judging import Check, Untested, ensure
from comity.selftest.taxii_suite.scene import Scene


def collections_are_listed(scene: Scene) -> str:
    reply = scene.line.get(f"{scene.api_root}collections/").expect(200)
    has_content_type(reply)
    shown = reply.json().get("collections")
    ensure(shown is None or (isinstance(shown, list) and shown), "collections is empty or no list; an empty one is left out")
    return f"{len(shown or ())} collections"


def each_has_what_is_required(scene: Scene) -> None:
    for one in listed(scene):
        for name, kind in (("id", str), ("title", str), ("can_read", bool), ("can_write", bool)):
            ensure(isinstance(one.get(name), kind), f"{one.get('id')}: {name} is {one.get(name)!r}")


def ids_are_identifiers(scene: Scene) -> None:
    for one in listed(scene):
        ensure(is_identifier(one.get("id")), f"{one.get('id')} is no UUID of version 4")


def is_identifier(text: object) -> bool:
    """Is it a UUID of version 4, as section 2 wants identifiers?"""
    try:
        found = uuid.UUID(str(text))
    except ValueError:
        return False
    return found.version == 4 and str(found) == str(text).lower()


def media_types_name_stix(scene: Scene) -> None:
    for one in listed(scene):
        types = one.get("media_types", ["application/stix+json"])
        ensure(
            isinstance(types, list) and types and all(isinstance(t, str) and "/" in t for t in types), f"{one.get('id')}: media_types is {types!r}"
        )


def aliases_are_unique(scene: Scene) -> str:
    aliases = [one["alias"] for one in listed(scene) if "alias" in one]
    ensure(len(set(aliases)) == len(aliases), f"an alias stands there twice: {aliases}")
    return f"{len(aliases)} aliases"


def order_is_the_same(scene: Scene) -> None:
    first, second = ([one.get("id") for one in listed(scene)] for _ in range(2))
    ensure(first == second, "two requests gave two orders")


def one_is_as_listed(scene: Scene) -> None:
    for one in listed(scene)[:5]:
        ensure(scene.line.get(f"{scene.api_root}collections/{one['id']}/").expect(200).json() == one, f"{one['id']} is told otherwise than listed")


def an_alias_leads_there(scene: Scene) -> str:
    for one in listed(scene):
        if one.get("alias"):
            found = scene.line.get(f"{scene.api_root}collections/{one['alias']}/").expect(200).json()
            ensure(found.get("id") == one["id"], f"{one['alias']} leads to {found.get('id')}")
            return str(one["alias"])
    raise Untested("no collection has an alias")


def what_is_not_there(scene: Scene) -> None:
    base = f"{scene.api_root}collections/{uuid.uuid4()}/"
    for path in ("", "objects/", "manifest/", f"objects/{specimens.fresh('indicator')}/", f"objects/{specimens.fresh('indicator')}/versions/"):
        scene.line.get(base + path).expect(404, 403)


def a_delivery_to_nowhere(scene: Scene) -> None:
    scene.line.post(f"{scene.api_root}collections/{uuid.uuid4()}/objects/", {"objects": [specimens.indicator()]}).expect(404, 403)


def who_may_not_write(scene: Scene) -> str:
    path = scene.with_rights(reads=True, writes=False)
    return f"{scene.line.post(f'{path}objects/', {'objects': [specimens.indicator()]}).expect(403, 404).status}"


def who_may_not_read(scene: Scene) -> None:
    path, id_ = scene.with_rights(reads=False, writes=True), specimens.fresh("indicator")
    for part in ("objects/", "manifest/", f"objects/{id_}/", f"objects/{id_}/versions/"):
        scene.line.get(path + part).expect(403, 404)


def delete_where_one_only_reads(scene: Scene) -> None:
    scene.line.delete(f"{scene.with_rights(reads=True, writes=False)}objects/{specimens.fresh('indicator')}/").expect(403)


def delete_where_one_only_writes(scene: Scene) -> None:
    scene.line.delete(f"{scene.with_rights(reads=False, writes=True)}objects/{specimens.fresh('indicator')}/").expect(403)


def delete_where_one_may_nothing(scene: Scene) -> None:
    scene.line.delete(f"{scene.with_rights(reads=False, writes=False)}objects/{specimens.fresh('indicator')}/").expect(404)


def listed(scene: Scene) -> list[specimens.Json]:
    """The collections as listed now; Untested if there are none."""
    shown = scene.line.get(f"{scene.api_root}collections/").expect(200).json().get("collections") or []
    if not shown:
        raise Untested("no collection is listed")
    return list(shown)


CHECKS = (
    Check(35, "5.1", "must", "collections are listed", collections_are_listed),
    Check(36, "5.2.1", "must", "each has id, title, can_read and can_write", each_has_what_is_required),
    Check(37, "2, 5.2.1", "must", "their ids are UUIDs of version 4", ids_are_identifiers),
    Check(38, "5.2.1", "must", "media_types is a list of media types", media_types_name_stix),
    Check(39, "5.2.1", "must", "no alias stands there twice", aliases_are_unique),
    Check(40, "3.3", "must", "they come in the same order each time", order_is_the_same),
    Check(41, "5.2", "sound", "one by its id is as in the list", one_is_as_listed),
    Check(42, "5.2.1", "must", "an alias leads to its collection", an_alias_leads_there),
    Check(43, "5.2 to 5.8", "must", "nothing of a collection that is not there is found", what_is_not_there),
    Check(44, "5.5", "must", "a delivery to a collection that is not there is 404 or 403", a_delivery_to_nowhere),
    Check(45, "5.5", "must", "a delivery to a collection that one may not write to is 403 or 404", who_may_not_write),
    Check(46, "5.3 to 5.8", "must", "what one may not read is 403 or 404", who_may_not_read),
    Check(47, "5.7", "must", "deleting where one may only read is 403", delete_where_one_only_reads),
    Check(48, "5.7", "must", "deleting where one may only write is 403", delete_where_one_only_writes),
    Check(49, "5.7", "must", "deleting where one may do neither is 404", delete_where_one_may_nothing),
)
