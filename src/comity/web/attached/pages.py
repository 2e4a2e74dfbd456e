"""One document: what it is, which acts name it, its text page by page; and its bytes, so that nothing in them runs here.

A PDF in which nothing could act on its own is shown in the browser's own viewer; every other document is to be saved, never shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from comity.terms import NotOnRecord
from comity.web.asking import Asked, asked, json_page, page, wants_json
from comity.web.attached.marking import Piece, marked
from comity.web.attached.named import Named, document_of, load_of
from comity.web.attached.reading import PDF, Text
from comity.web.attached.shelf import Term, terms_of
from comity.web.linking import href
from comity.web.paging import page_in

EACH = 10
"""So many pages of text are shown at once."""
SHOWN = {PDF: b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""What a browser shows, and how it begins."""
ENDINGS = {
    PDF: "pdf", "image/png": "png", "image/jpeg": "jpg", "image/tiff": "tif", "application/msword": "doc", "text/csv": "csv", "text/plain": "txt",
    "application/xml": "xml", "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"
IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""Policies of the bytes: to be saved; and shown in a frame of ours, where a viewer may set its own styles and nothing else."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the text, with what was looked for marked."""

    number: int
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a document: its bytes, if they are kept, and its text, if it was read within the page's patience."""

    size: int | None
    holds: bool
    text: Text | None
    begins: bool

    def can_be_shown(self, media_type: str) -> bool:
        """May a browser show it in a frame?"""
        return self.begins and (media_type != PDF or (self.text is not None and not self.text.active))


def look_at(this: Asked, one: Named) -> Looked:
    """Have it read, and see whether its bytes are those that acts name."""
    content = this.held.document(one.sha256)
    if content is None:
        return Looked(None, False, None, False)
    this.held.shelf.have_read({one.paper: load_of(this, one)}, this.held.patience)
    holds = f"sha256:{hashlib.sha256(content).hexdigest()}" == one.sha256
    begins = one.media_type in SHOWN and content.startswith(SHOWN[one.media_type])
    return Looked(len(content), holds, this.held.shelf.text(one.paper), begins and holds)


def document(request: HttpRequest, digest: str) -> HttpResponse:
    """What it is, what names it, and its text."""
    this = asked(request)
    one = document_of(this, digest)
    looked, words = look_at(this, one), request.GET.get("q", "").strip()
    if wants_json(request):
        return json_page(to_plain(one, looked))
    pages = looked.text.pages if looked.text is not None else ()
    first = _first(request, len(pages))
    context = {
        "asked": this,
        "document": one,
        "looked": looked,
        "q": words,
        "is_pdf": one.media_type == PDF,
        "shown": looked.can_be_shown(one.media_type),
        "sheets": [_sheet(number, text, terms_of(words)) for number, text in enumerate(pages, 1) if first <= number < first + EACH],
        "before": _address(this, one, first - EACH, words) if first > 1 else "",
        "after": _address(this, one, first + EACH, words) if first + EACH <= len(pages) else "",
        "last": min(first + EACH - 1, len(pages)),
        "first": first,
    }
    return page(request, "document.html", context)


def _first(request: HttpRequest, count: int) -> int:
    """The first of the pages that are shown with the one that is asked for."""
    return (page_in(request, max(count, 1)) - 1) // EACH * EACH + 1


def _address(this: Asked, one: Named, number: int, words: str) -> str:
    return href(this.carried, "document", one.digest, page=number, q=words)


def _sheet(number: int, text: str, terms: Sequence[Term]) -> Sheet:
    return Sheet(number, marked(re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", text.strip()), terms))


def to_plain(one: Named, looked: Looked) -> dict[str, Any]:
    """The document as plain data."""
    text = looked.text
    return {
        "sha256": one.sha256, "title": one.title, "media_type": one.media_type, "language": one.language, "size": looked.size, "holds": looked.holds,
        "acts": [act.ref for act in one.acts], "read": text is not None, "says": text.says if text else "", "active": text.active if text else "",
        "count": text.count if text else None, "pages": list(text.pages) if text else [],
    }  # fmt: skip


def content(request: HttpRequest, digest: str) -> HttpResponse:
    """The bytes: to be saved, or (``show=1``) in a frame of the document's page, if nothing in them could run."""
    this = asked(request)
    one = document_of(this, digest)
    found = this.held.document(one.sha256)
    if found is None:
        raise NotOnRecord("the bytes of this document are not kept here; see the source of the act that names it")
    shown = bool(request.GET.get("show")) and look_at(this, one).can_be_shown(one.media_type)
    response = HttpResponse(found, content_type=one.media_type if one.media_type in ENDINGS else "application/octet-stream")
    response.headers["Content-Disposition"] = disposition(one, "inline" if shown else "attachment")
    response.headers["Content-Security-Policy"] = IN_A_FRAME if shown else NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    if shown:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def disposition(one: Named, how: str) -> str:
    """How a browser is to take the bytes, and under which name (RFC 6266)."""
    ending = ENDINGS.get(one.media_type, "bin")
    name = one.title.removesuffix(f".{ending}")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or one.digest[:12]
    return f"{how}; filename=\"{plain[:80]}.{ending}\"; filename*=UTF-8''{quote(f'{name[:80]}.{ending}', safe='')}"
