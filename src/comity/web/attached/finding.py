"""Words within documents: on which pages of those that a reader may see they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from comity.web.asking import Asked
from comity.web.attached.marking import snippet
from comity.web.attached.named import Named, documents_of, load_of
from comity.web.attached.reading import PDF
from comity.web.attached.shelf import Hit, is_enough, terms_of


class Place(NamedTuple):
    """A page on which the words stand, or a part of a document that has no pages; ``says``: the words around them, read where they are shown."""

    document: Named
    number: int
    says: Callable[[], str]

    @property
    def paged(self) -> bool:
        """Is it a page?"""
        return self.document.media_type == PDF


def places_of(this: Asked, words: str) -> list[Place]:
    """The pages on which all of the words stand, document by document."""
    documents, terms = {one.paper: one for one in documents_of(this).values()}, terms_of(words)
    if not documents or not is_enough(terms):
        return []
    shelf = this.held.shelf

    def around(hit: Hit) -> str:
        return snippet(shelf.page(hit.row), terms)

    return [Place(documents[hit.paper], hit.number, partial(around, hit)) for hit in shelf.find(terms, documents)]


def unread_of(this: Asked, patience: float | None = None) -> Sequence[Named]:
    """The documents whose words are not found yet, since they are still being read; all that may be seen are read, once they are looked for.
    ``patience``: so many seconds are waited for them; None: as long as a page waits.
    """
    kept = {one.paper: one for one in documents_of(this).values() if one.kept}
    loads = {paper: load_of(this, one) for paper, one in kept.items()}
    return [kept[one] for one in this.held.shelf.have_read(loads, this.held.patience if patience is None else patience)] if kept else []


def failed_of(this: Asked) -> Sequence[Named]:
    """The documents that could not be fetched or read just now."""
    failed = this.held.shelf.failed
    return [one for one in documents_of(this).values() if one.paper in failed] if failed else []
