"""Documents that acts name: as a list, and one with its text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.web.api import shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.attached.listing import lines_of
from comity.web.attached.listing import to_plain as line_to_plain
from comity.web.attached.named import document_of
from comity.web.attached.pages import look_at, to_plain

router = Router(by_alias=True)
Plain = dict[str, Any]


class DocumentsAsked(Listed):
    """Which documents."""

    q: str = text("Words, all of which stand in its title, its hash, an act that names it, or the agreement.", "accession")


@router.get("/documents", response=shapes.Documents, tags=["Record"], summary="List documents")
def list_documents(request: HttpRequest, query: Query[DocumentsAsked]) -> Plain:
    """The documents that acts name which you may see."""
    this = begin(request, query)
    part = part_of(request, this, lines_of(this, query.q.strip()), lambda line: (line.document.sha256,), query.limit)
    return {"documents": [line_to_plain(line) for line in part.items], "next": part.next, "total": part.total}


@router.get("/documents/{digest}", response=shapes.DocumentRead, tags=["Record"], summary="One document")
def one_document(request: HttpRequest, digest: str, query: Query[Axes]) -> Plain:
    """A document, by the hex digits of its hash, with its text page by page, and whether its bytes are those that the acts name."""
    this = begin(request, query)
    one = document_of(this, digest)
    return to_plain(one, look_at(this, one))
