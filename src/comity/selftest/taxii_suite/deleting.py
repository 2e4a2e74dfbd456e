"""Checks of section 5.7."""

from __future__ import annotations

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.discovering import has_content_type
from comity.selftest.taxii_suite.judging import Check, ensure
from comity.selftest.taxii_suite.scene import VERSIONS, Scene
from comity.selftest.taxii_suite.specimens import instant


def deleted(scene: Scene) -> None:
    one = gone(scene)
    scene.line.get(f"{scene.objects}{one}/").expect(404)


def gone_from_versions(scene: Scene) -> None:
    scene.line.get(f"{scene.objects}{gone(scene)}/versions/").expect(404)


def gone_from_objects_and_manifest(scene: Scene) -> None:
    one = gone(scene)
    ensure(not scene.got({"match[id]": one}), "it is among the objects")
    ensure(not scene.records({"match[id]": one}), "it is in the manifest")


def has_the_content_type(scene: Scene) -> str:
    one = specimens.indicator()
    scene.add(one)
    return has_content_type(scene.line.delete(f"{scene.objects}{one['id']}/").expect(200))


def what_is_not_there(scene: Scene) -> None:
    scene.written()
    scene.line.delete(f"{scene.objects}{specimens.fresh('indicator')}/").expect(404)


def twice(scene: Scene) -> None:
    scene.line.delete(f"{scene.objects}{gone(scene)}/").expect(404)


def one_version(scene: Scene) -> None:
    id_ = three(scene)
    scene.line.delete(f"{scene.objects}{id_}/", {"match[version]": VERSIONS[1]}).expect(200)
    left(scene, id_, VERSIONS[0], VERSIONS[2])


def the_first(scene: Scene) -> None:
    id_ = three(scene)
    scene.line.delete(f"{scene.objects}{id_}/", {"match[version]": "first"}).expect(200)
    left(scene, id_, *VERSIONS[1:])


def all_of_them(scene: Scene) -> None:
    id_ = three(scene)
    scene.line.delete(f"{scene.objects}{id_}/", {"match[version]": "all"}).expect(200)
    scene.line.get(f"{scene.objects}{id_}/", {"match[version]": "all"}).expect(404)


def the_last_unless_said(scene: Scene) -> None:
    id_ = three(scene)
    scene.line.delete(f"{scene.objects}{id_}/").expect(200)
    left(scene, id_, *VERSIONS[:2])


def a_malformed_version(scene: Scene) -> None:
    id_ = three(scene)
    scene.line.delete(f"{scene.objects}{id_}/", {"match[version]": "yesterday"}).expect(400)
    left(scene, id_, *VERSIONS)


def gone(scene: Scene) -> str:
    """The id of an object that was added and deleted."""
    scene.written()
    one = specimens.indicator()
    scene.add(one)
    scene.line.delete(f"{scene.objects}{one['id']}/").expect(200)
    return str(one["id"])


def three(scene: Scene) -> str:
    """The id of a new object with three versions."""
    scene.written()
    id_ = specimens.fresh("indicator")
    for at in VERSIONS:
        scene.add(specimens.indicator(id_, at))
    left(scene, id_, *VERSIONS)
    return id_


def left(scene: Scene, id_: str, *wanted: str) -> None:
    """Are exactly these versions left?"""
    found = [str(one.get("version")) for one in scene.records({"match[id]": id_, "match[version]": "all"})]
    ensure({instant(one) for one in found} == {instant(one) for one in wanted}, f"there are {found}, where {list(wanted)} should be")


CHECKS = (
    Check(151, "5.7", "must", "an object that was deleted is 404", deleted),
    Check(152, "5.7", "must", "its versions are 404", gone_from_versions),
    Check(153, "5.7", "must", "it is neither among the objects nor in the manifest", gone_from_objects_and_manifest),
    Check(154, "5.7", "must", "the answer has the Content-Type", has_the_content_type),
    Check(155, "5.7", "must", "deleting an object that is not there is 404", what_is_not_there),
    Check(156, "5.7", "must", "deleting it a second time is 404", twice),
    Check(157, "5.7, 3.4.1", "must", "of one version the others stay", one_version),
    Check(158, "5.7, 3.4.1", "must", "match[version]=first takes the first", the_first),
    Check(159, "5.7, 3.4.1", "must", "match[version]=all takes all", all_of_them),
    Check(160, "5.7, 3.4.1", "sound", "without match[version] the last goes, which is the default of the filter", the_last_unless_said),
    Check(161, "5.7, 3.4", "must", "a malformed filter is 400, and nothing goes", a_malformed_version),
)
