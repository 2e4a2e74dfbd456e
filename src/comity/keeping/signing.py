"""Acts signed before they are added: a file of acts with its party's signature on each that bears none.

Source: docs/explanation/how-acts-are-signed.md.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import sign
from comity.book import Book, pieces_of, read_files, write_rows
from comity.keeping.adding import refuse_problems, rows_of
from comity.terms import BadInput


def sign_rows(book: Book, file: Path, text: str, key: Ed25519PrivateKey, party: str | None = None) -> tuple[str, int]:
    """The same acts as CSV, with this key's signature on each that bears none, and how many those were.

    ``text`` is what ``file`` holds, which may be one of the book's own or not in it yet. An act is signed as the book reads it: what it
    replies to is looked up there. BadInput names the file and the row, and the first act that is not ``party``'s, if one is given.
    """
    rows = rows_of(text, str(file))
    others = [row for row in rows if party not in (None, row["actor"], row["on_behalf_of"])]
    if others:
        raise BadInput(f"{file}: the act {others[0]['ref']!r} is {others[0]['actor']}'s, not {party}'s; take it out, or leave --party out")
    name, content = _name_in(book, file), write_rows(rows, every=True).encode()
    lines = [piece.line for piece in pieces_of(content)][1:]
    read = read_files({**book.files, name: content}, book.where)
    refuse_problems(read, name, dict(zip(lines, rows, strict=True)), str(file))
    bare = [(row, read.rows[name, line]) for row, line in zip(rows, lines, strict=True) if not row["signature"]]
    for row, entry in bare:
        row["signature"] = sign(entry.act, key)
    return write_rows(rows), len(bare)


def _name_in(book: Book, file: Path) -> str:
    """What the book calls this file; if it is none of its own, a name that no other has."""
    name = os.path.relpath(file, book.where).replace(os.sep, "/")
    return name if name in book.files else "acts/to-be-signed.csv"
