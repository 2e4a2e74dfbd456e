"""Words within documents: on which pages of those that a reader may see they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comity.web.asking import Asked
from comity.web.attached.marking import snippet
from comity.web.attached.named import Named, documents_of, load_of
from comity.web.attached.reading import PDF
from comity.web.attached.shelf import is_enough, terms_of


class Place(NamedTuple):
    """A page on which the words stand, and those around them."""

    document: Named
    number: int
    says: str

    @property
    def page(self) -> int | None:
        """Its number, where it is a page; a part of what has no pages is none."""
        return self.number if self.document.media_type == PDF else None


def places_of(this: Asked, words: str, most: int) -> list[Place]:
    """The pages on which all of the words stand, document by document."""
    documents, terms = documents_of(this), terms_of(words)
    if not documents or not is_enough(terms):
        return []
    hits = this.held.shelf.find(terms, documents, most)
    return [Place(documents[hit.sha256], hit.number, snippet(hit.text, terms)) for hit in hits]


def unread_of(this: Asked, patience: float | None = None) -> Sequence[Named]:
    """The documents whose words are not found yet, since they are still being read; all that may be seen are read, once they are looked for.
    ``patience``: so many seconds are waited for them; None: as long as a page waits.
    """
    documents = documents_of(this)
    kept = {one.sha256: load_of(this, one) for one in documents.values() if one.kept}
    return [documents[one] for one in this.held.shelf.have_read(kept, this.held.patience if patience is None else patience)] if kept else []
