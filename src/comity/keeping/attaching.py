"""Documents that acts name by their hashes: kept in the ledger as whole files, ``attachments/`` and 64 hex digits.

Media type and language stand in the act that names the document; here is what may be kept at all, and how large.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from comity.book import check_document
from comity.ledger import Item, Ledger
from comity.terms import BadInput, NotOnRecord

FOLDER = "attachments/"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be kept, its hash, and the item that keeps it."""

    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"

    @property
    def item(self) -> Item:
        return Item(FOLDER + self.sha256.removeprefix("sha256:"), self.content, whole=True)


def document(content: bytes, media_type: str, what: str) -> Document:
    """The document, if it may be kept; BadInput if it is too large, or of a kind that is not kept."""
    try:
        check_document(media_type, content)
    except BadInput as problem:
        raise BadInput(f"{what}: {problem}") from None
    return Document(content, media_type)


def attach(ledger: Ledger, content: bytes, media_type: str, what: str) -> str:
    """Keep a document: its hash, by which an act names it. BadInput if it is too large, or of a kind that is not kept; once is enough."""
    found = document(content, media_type, what)
    name = found.item.file
    if name not in ledger.latest(name):
        ledger.append([found.item])
        if name not in ledger.latest(name):
            raise BadInput(f"{what}: {found.sha256} was destroyed in this ledger, and does not come back")
    return found.sha256


def documents_kept(ledger: Ledger) -> frozenset[str]:
    """The hashes of all documents that are kept in it."""
    return frozenset(f"sha256:{name.removeprefix(FOLDER)}" for name in ledger.latest(FOLDER))


def attachment(ledger: Ledger, sha256: str) -> bytes:
    """The document with this hash; NotOnRecord if it is not kept here."""
    name = FOLDER + sha256.removeprefix("sha256:")
    found = ledger.read(ledger.latest(name))
    if name not in found:
        raise NotOnRecord(f"no document {sha256} is in the ledger at {ledger.shown_url}; see the source of the act that names it")
    return found[name]
