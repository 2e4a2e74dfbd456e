"""Documents that acts name by their hashes: kept in the ledger as whole files, ``attachments/`` and 64 hex digits.

Media type and language stand in the act that names the document; here is what may be kept at all, and how large.
"""

from __future__ import annotations

import hashlib

from comity.book import check_document
from comity.ledger import Item, Ledger
from comity.terms import BadInput, NotOnRecord

FOLDER = "attachments/"


def attach(ledger: Ledger, content: bytes, media_type: str, what: str) -> str:
    """Keep a document: its hash, by which an act names it. BadInput if it is too large, or of a kind that is not kept; once is enough."""
    try:
        check_document(media_type, content)
    except BadInput as problem:
        raise BadInput(f"{what}: {problem}") from None
    found = hashlib.sha256(content).hexdigest()
    if FOLDER + found not in ledger.latest(FOLDER + found):
        ledger.append([Item(FOLDER + found, content, whole=True)])
        if FOLDER + found not in ledger.latest(FOLDER + found):
            raise BadInput(f"{what}: sha256:{found} was destroyed in this ledger, and does not come back")
    return f"sha256:{found}"


def attachment(ledger: Ledger, sha256: str) -> bytes:
    """The document with this hash; NotOnRecord if it is not kept here."""
    name = FOLDER + sha256.removeprefix("sha256:")
    found = ledger.read(ledger.latest(name))
    if name not in found:
        raise NotOnRecord(f"no document {sha256} is in the ledger at {ledger.shown_url}; see the source of the act that names it")
    return found[name]
