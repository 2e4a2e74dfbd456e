"""Every TAXII endpoint: a request, a node, a caller in; a response out.

In this order, so that nothing is told of what is hidden: 1 who is calling (401). 2 what the path names, and whether the root is the caller's (404).
3 the method (405). 4 the media types (406, 415). 5 the length of a body (411, 413). 6 the parameters (400), which need no look at what is there.
7 the node (404, 403, 422, or the answer).
Source: TAXII 2.1, 3 to 5; docs/explanation/how-exchange-works.md, sections 4, 5 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from comity.exchange.asking import Asked, Busy, Caller, Page
from comity.exchange.taxii import resources
from comity.exchange.taxii.asking_a_node import NodeDoor
from comity.exchange.taxii.errors import (
    Refused,
    busy,
    forbidden,
    malformed,
    not_acceptable,
    not_allowed,
    not_found,
    unknown_caller,
    unprocessable,
    unsupported,
)
from comity.exchange.taxii.filtering import asked, withdrawn
from comity.exchange.taxii.instants import as_timestamp
from comity.exchange.taxii.negotiating import TAXII, is_taxii, takes
from comity.exchange.taxii.pieces import listed
from comity.exchange.taxii.requests import ALLOWS, Path, Request, Response, body_of, named, parameters
from comity.terms import BadInput, NotOnRecord

ALWAYS = {"Content-Type": TAXII, "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request on its way: who asks, for what, of whom."""

    request: Request
    path: Path
    node: NodeDoor
    caller: Caller


def answer(request: Request, node: NodeDoor, caller: Caller | None) -> Response:
    """The response to a request. ``caller`` None: nobody that the node knows. Never raises but for what breaks inside the node."""
    try:
        return _answered(request, node, caller)
    except Refused as refused:
        return refusal(refused, head=request.method == "HEAD")
    except NotOnRecord:
        return refusal(not_found(), head=request.method == "HEAD")
    except Busy:
        return refusal(busy(), head=request.method == "HEAD")


def refusal(refused: Refused, *, head: bool = False) -> Response:
    """A refusal as a response; ``head``: without its body."""
    return _whole(refused.status, refused.body(), refused.headers, head=head)


def _answered(request: Request, node: NodeDoor, caller: Caller | None) -> Response:
    if caller is None:
        raise unknown_caller()
    path = named(request.path)
    caller = _at_root(path, node, caller)
    allows = ALLOWS[path.kind]
    if request.method not in allows:
        raise not_allowed(allows)
    if request.method == "OPTIONS":
        return _whole(200, b"", {"Allow": ", ".join(allows)})
    if not takes(request.headers.get("accept"), stix=path.kind == "manifest"):
        raise not_acceptable()
    visit = Visit(request, path, node, caller)
    if request.method == "POST":
        return _add(visit)
    if request.method == "DELETE":
        return _delete(visit)
    if path.kind in ("objects", "object", "manifest", "versions"):
        return _page(visit)
    return _whole(200, resources.written(PLAIN[path.kind](visit)), head=request.method == "HEAD")


def _at_root(path: Path, node: NodeDoor, caller: Caller) -> Caller:
    """As whom the caller looks at the root of the path; 404 at a root that is not its own, unless the keeper's people look at a partner's."""
    if not path.root or path.root == caller.party.lower():
        return caller
    if not caller.keeper or path.root != path.root.lower():
        raise not_found()
    return node.at_root(caller, path.root.upper())


def _discovery(visit: Visit) -> resources.Plain:
    return resources.discovery(visit.node.title(), visit.node.keeper, f"/{visit.caller.party.lower()}/")


def _root(visit: Visit) -> resources.Plain:
    return resources.api_root(visit.node.title(), visit.node.keeper, visit.caller.party, visit.node.most_bytes)


def _collections(visit: Visit) -> resources.Plain:
    return resources.collections(visit.node.collections(visit.caller))


def _collection(visit: Visit) -> resources.Plain:
    return resources.collection(visit.node.collection(visit.caller, visit.path.collection))


def _status(visit: Visit) -> resources.Plain:
    return resources.status(visit.node.delivery(visit.caller, visit.path.id))


PLAIN: Mapping[str, Callable[[Visit], resources.Plain]] = {
    "discovery": _discovery,
    "root": _root,
    "collections": _collections,
    "collection": _collection,
    "status": _status,
}


def _add(visit: Visit) -> Response:
    """5.5: what is delivered, and at once what became of it."""
    headers = visit.request.headers
    if not is_taxii(headers.get("content-type", "")) or headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise unsupported()
    body = body_of(visit.request, visit.node.most_bytes)
    shown = visit.node.collection(visit.caller, visit.path.collection)
    if not shown.writes:
        raise not_found()
    try:
        delivery = visit.node.add(visit.caller, shown.id, body)
    except BadInput as problem:
        raise unprocessable(str(problem)) from None
    return _whole(202, resources.written(resources.status(delivery)))


def _delete(visit: Visit) -> Response:
    """5.7: 404 without both rights, 403 with one of them, and with both what was asked is taken out."""
    which = withdrawn(parameters(visit.request.query), visit.path.id)
    shown = visit.node.collection(visit.caller, visit.path.collection)
    if not (shown.reads or shown.writes):
        raise not_found()
    if not (shown.reads and shown.writes):
        raise forbidden()
    visit.node.withdraw(visit.caller, shown.id, visit.path.id, which)
    return _whole(200, b"")


def _page(visit: Visit) -> Response:
    """5.3, 5.4, 5.6 and 5.8: a page of objects, or of what is told of them. HEAD asks for no bodies, for none leave."""
    kind, head = visit.path.kind, visit.request.method == "HEAD"
    bodies = kind in ("objects", "object") and not head
    wanted = asked(kind, parameters(visit.request.query), visit.path.id, visit.node.most_objects, bodies=bodies)
    try:
        page = visit.node.read(visit.caller, visit.path.collection, wanted)
    except BadInput as problem:
        raise malformed(str(problem)) from None
    if not page.objects and visit.path.id and not visit.node.holds(visit.caller, visit.path.collection, visit.path.id):
        raise not_found()
    headers = ALWAYS | _dates(page, wanted)
    if head:
        return Response(200, headers)
    size, body = _listed(visit, page)
    return Response(200, headers | {"Content-Length": str(size)}, body)


def _listed(visit: Visit, page: Page) -> tuple[int, Iterable[bytes]]:
    if not page.objects:
        empty = resources.without_list(page)
        return len(empty), (empty,)
    match visit.path.kind:
        case "manifest":
            items = list(map(resources.record, page.objects))
        case "versions":
            items = list(map(resources.version, page.objects))
        case _:
            items = [told.body for told in page.objects]
    name = "versions" if visit.path.kind == "versions" else "objects"
    return listed(resources.opening(page, name), items, b"]}", page.holds)


def _dates(page: Page, wanted: Asked) -> dict[str, str]:
    """3.2: when the first and the last of a page were added. Of an empty one: where the caller stood, so that going on from there loses nothing."""
    stood = wanted.after or 0
    first, last = (page.objects[0].stamp, page.objects[-1].stamp) if page.objects else (stood, stood)
    return {"X-TAXII-Date-Added-First": as_timestamp(first), "X-TAXII-Date-Added-Last": as_timestamp(last)}


def _whole(status: int, body: bytes, headers: Mapping[str, str] | None = None, *, head: bool = False) -> Response:
    return Response(status, ALWAYS | {"Content-Length": str(len(body))} | dict(headers or {}), () if head else (body,))
