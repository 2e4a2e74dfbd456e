"""Keeping: a book in a ledger. A book taken in, acts added, what ought not to be there destroyed, a large record read part by part,
and standing kept up to date with it.

This room owns: what of a book is new to a ledger, how acts come into it by themselves, the record that a ledger holds.
It does not own: how a book is read (book), how items are appended and hashed (ledger), or what acts bring about (standing).
Source: docs/explanation/how-the-ledger-is-kept.md, sections 3 and 9 to 11.
"""

from comity.keeping.adding import add_entries, add_rows, misread
from comity.keeping.attaching import FOLDER, Document, attach, attachment, document, documents_kept
from comity.keeping.destroying import destroy
from comity.keeping.following import Followed
from comity.keeping.parts import PartedRecord
from comity.keeping.previewing import Moved, Previewed, add_previewed, preview_rows
from comity.keeping.signing import sign_rows
from comity.keeping.taking_in import items_of, take_in

__all__ = [
    "FOLDER",
    "Document",
    "Followed",
    "Moved",
    "PartedRecord",
    "Previewed",
    "add_entries",
    "add_previewed",
    "add_rows",
    "attach",
    "attachment",
    "destroy",
    "document",
    "documents_kept",
    "items_of",
    "misread",
    "preview_rows",
    "sign_rows",
    "take_in",
]
