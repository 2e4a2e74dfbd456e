"""Checks of section 3.5: nothing is lost, nothing comes twice, and every client gets to the end."""

from __future__ import annotations

from comity.selftest.taxii_suite import specimens
from comity.selftest.taxii_suite.judging import Check, Untested, ensure
from comity.selftest.taxii_suite.reading import names
from comity.selftest.taxii_suite.scene import VERSIONS, Scene
from comity.selftest.taxii_suite.talking import Json


def objects_by_pages(scene: Scene) -> str:
    return by_pages(scene, scene.objects)


def manifest_by_pages(scene: Scene) -> str:
    return by_pages(scene, scene.manifest)


def by_pages(scene: Scene, path: str) -> str:
    """Walk in pages of five: is it the same as at once, each once, in the same order?"""
    whole = [one["id"] for one in scene.got({"match[id]": scene.ids()}, path)]
    pages = [page for _, page in scene.pages(path, {"match[id]": scene.ids(), "limit": 5})]
    found = names(pages)
    ensure(len(set(found)) == len(found), f"{len(found) - len(set(found))} came twice")
    ensure(found == whole, f"in pages {len(found)} came, at once {len(whole)}")
    return f"{len(pages)} pages"


def objects_by_dates(scene: Scene) -> str:
    """Walk by added_after alone, as a client does that knows of no ``next``."""
    wanted, found, query = scene.ids(), [], {"match[id]": scene.ids(), "limit": "5"}
    for _ in range(20):
        reply = scene.line.get(scene.objects, query).expect(200)
        page = reply.json()
        found += names([page])
        if not page.get("more"):
            break
        query["added_after"] = reply.headers.get("x-taxii-date-added-last", "")
    ensure(sorted(found) == sorted(wanted.split(",")), f"{len(set(found))} of {len(scene.many)} came, {len(found) - len(set(found))} of them twice")
    return f"{len(found)} objects"


def more_comes_with_next(scene: Scene) -> None:
    first_page(scene, scene.objects)


def manifest_more_comes_with_next(scene: Scene) -> None:
    first_page(scene, scene.manifest)


def first_page(scene: Scene, path: str, **other: object) -> tuple[Json, dict[str, object]]:
    """The first page of three, and the query that goes on from it; Failed if it has no ``next``."""
    query: dict[str, object] = {"match[id]": scene.ids(), "limit": 3, **other}
    page = scene.line.get(path, query).expect(200).json()
    ensure(page.get("more") is True, f"more is {page.get('more')!r}")
    ensure(isinstance(page.get("next"), str) and page["next"], "more, but no next: clients that go on by next alone never come to an end")
    return page, {**query, "next": page["next"]}


def next_again(scene: Scene) -> None:
    _, going = first_page(scene, scene.objects)
    one, two = (scene.line.get(scene.objects, going).expect(200).json().get("objects") for _ in range(2))
    ensure(one == two, "the same request gave two different pages: a client that tries again loses data")


def next_with_another_filter(scene: Scene) -> str:
    _, going = first_page(scene, scene.objects)
    reply = scene.line.get(scene.objects, {**going, "match[id]": scene.malware["id"]}).expect(200, 400)
    found = names([reply.json()]) if reply.status == 200 else []
    ensure(set(found) <= {scene.malware["id"]}, "next gave objects that the filter excludes")
    return f"{reply.status}"


def next_with_another_filter_is_refused(scene: Scene) -> None:
    _, going = first_page(scene, scene.objects)
    scene.line.get(scene.objects, {**going, "match[type]": "malware"}).expect(400)


def next_with_another_limit(scene: Scene) -> str:
    page, going = first_page(scene, scene.objects)
    rest = scene.line.get(scene.objects, {**going, "limit": 100}).expect(200).json()
    found = names([page, rest])
    ensure(len(set(found)) == len(found), "some came twice")
    ensure(rest.get("more") or len(found) == len(scene.many), f"{len(found)} of {len(scene.many)} came")
    return "taxii2-client changes it so"


def next_that_is_none(scene: Scene) -> None:
    scene.line.get(scene.objects, {"match[id]": scene.ids(), "next": "nonsense-of-ours"}).expect(400)


def next_that_was_altered(scene: Scene) -> str:
    page, going = first_page(scene, scene.objects)
    text = str(page["next"])
    altered = text[:-2] + ("0" if text[-2:-1] != "0" else "1") + text[-1:]
    reply = scene.line.get(scene.objects, {**going, "next": altered})
    ensure(reply.status < 500, f"{reply.status}")
    ensure(reply.status == 400, f"an altered next is {reply.status}: the server trusts what a client sends")
    return f"{reply.status}"


def added_meanwhile(scene: Scene) -> None:
    """What is added between two pages comes on a later one, and nothing else moves."""
    extra = specimens.indicator(name="added meanwhile")
    ids = f"{scene.ids()},{extra['id']}"
    page = scene.line.get(scene.objects, {"match[id]": ids, "limit": 3}).expect(200).json()
    scene.add(extra)
    if not page.get("next"):
        raise Untested("there is no next to go on by")
    rest = [later for _, later in scene.pages(scene.objects, {"match[id]": ids, "limit": 3, "next": page["next"]})]
    found = names([page, *rest])
    ensure(sorted(found) == sorted([*scene.ids().split(","), extra["id"]]), f"{len(found)} came where {len(scene.many) + 1} are there")


def versions_by_pages(scene: Scene) -> str:
    path = f"{scene.objects}{scene.versioned}/versions/"
    pages = [page for _, page in scene.pages(path, {"limit": 1})]
    found = [one for page in pages for one in page.get("versions", ())]
    ensure(len(found) == len(set(found)) == len(VERSIONS), f"{found} came")
    return f"{len(pages)} pages"


def object_by_pages(scene: Scene) -> str:
    path = f"{scene.objects}{scene.versioned}/"
    pages = [page for _, page in scene.pages(path, {"match[version]": "all", "limit": 1})]
    found = [one.get("modified") for page in pages for one in page.get("objects", ())]
    ensure(len(found) == len(set(found)) == len(VERSIONS), f"{found} came")
    return f"{len(pages)} pages"


CHECKS = (
    Check(137, "3.5", "must", "objects in pages are those at once, each once", objects_by_pages),
    Check(138, "3.5, 5.3", "must", "the manifest in pages is that at once, each record once", manifest_by_pages),
    Check(139, "3.5", "sound", "objects in pages by added_after alone are complete", objects_by_dates),
    Check(140, "3.5", "sound", "an envelope with more has next", more_comes_with_next),
    Check(141, "3.5, 5.3", "sound", "a manifest with more has next (oasis-tcs/cti-taxii2, issue 110)", manifest_more_comes_with_next),
    Check(142, "3.5", "sound", "the same next gives the same page again", next_again),
    Check(143, "3.4, Appendix B", "must", "next with another filter gives nothing that the filter excludes", next_with_another_filter),
    Check(144, "3.5, Appendix B", "sound", "next with another filter is 400", next_with_another_filter_is_refused),
    Check(145, "3.5", "sound", "next with another limit goes on all the same", next_with_another_limit),
    Check(146, "3.4, Appendix B", "sound", "next that the server never gave is 400", next_that_is_none),
    Check(147, "Appendix B", "sound", "next that was altered is 400", next_that_was_altered),
    Check(148, "3.5", "sound", "what is added between two pages moves nothing", added_meanwhile),
    Check(149, "3.5, 5.8", "must", "versions in pages are complete", versions_by_pages),
    Check(150, "3.5, 5.6", "must", "an object's versions in pages are complete", object_by_pages),
)
