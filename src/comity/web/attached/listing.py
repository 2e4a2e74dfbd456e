"""The documents that acts name, as a list: what each is, which acts name it, and whether its words are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.web.asking import Asked, asked, page
from comity.web.attached.finding import failed_of, unread_of
from comity.web.attached.named import Named, documents_of
from comity.web.attached.reading import Text
from comity.web.nearness import folded, rank
from comity.web.paging import part_of
from comity.web.tables import as_file


@dataclass(frozen=True, slots=True)
class Line:
    """A document, and what was read of it so far."""

    document: Named
    text: Text | None

    @property
    def agreements(self) -> Sequence[str]:
        """Under which agreements it was named."""
        return tuple(dict.fromkeys(act.agreement for act in self.document.acts if act.agreement))


def index(request: HttpRequest) -> HttpResponse:
    """Those whose title, act or agreement has the words of ``q``."""
    this, words = asked(request), request.GET.get("q", "").strip()
    unread = unread_of(this)
    found = lines_of(this, words)
    if file := as_file(request, this, "documents", lambda: [to_plain(line) for line in found]):
        return file
    told = {"unread": len(unread), "failed": failed_of(this), "some": bool(documents_of(this))}
    context = {"asked": this, "q": words, "part": part_of(request, found), **told}
    return page(request, "documents.html", context)


def lines_of(this: Asked, words: str = "") -> list[Line]:
    """A line for each document, in the order in which they came on record."""
    wanted = [folded(word) for word in words.split()]
    found = (Line(one, this.held.shelf.text(one.paper) if one.kept else None) for one in documents_of(this).values())
    return [line for line in found if rank(wanted, _names_of(line)) is not None]


def _names_of(line: Line) -> tuple[str, ...]:
    one = line.document
    return tuple(map(folded, (*one.titles, one.sha256, *line.agreements, *(act.ref for act in one.acts), *(act.actor for act in one.acts))))


def to_plain(line: Line) -> dict[str, Any]:
    """The line as plain data."""
    one, text = line.document, line.text
    return {
        "sha256": one.sha256, "title": one.title, "media_type": one.media_type, "language": one.language, "kept": one.kept,
        "pages": text.count if text else None, "acts": [act.ref for act in one.acts], "agreements": list(line.agreements),
    }  # fmt: skip
