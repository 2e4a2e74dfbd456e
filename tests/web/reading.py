"""What a person reads on a page: its text and the attributes that are read out, each with whether it is said to be in another language."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

READ_OUT = ("title", "aria-label", "placeholder", "alt")
NOT_WORDS = ("code", "time", "kbd", "pre", "script", "style")
"""Elements in which there are no words of a language."""
MARKS = {"code", "ref", "hash", "letter"}
"""Classes of identifiers: codes of parties, ids of agreements, references of acts, the letters of a status table."""
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Piece(NamedTuple):
    """A text, or an attribute (``where``: its name), of an element; ``other``: in another language than the page's, or in none."""

    text: str
    where: str
    other: bool


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.pieces = language, list[Piece]()
        self._open = list[tuple[str, bool]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        other = self._told(tag, dict(attrs))
        self._attributes(attrs, other and "lang" in dict(attrs))
        if tag not in EMPTY:
            self._open.append((tag, other))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(attrs, self._told(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        where = "title" if self._open and self._open[-1][0] == "title" else ""
        if data.strip():
            self.pieces.append(Piece(" ".join(data.split()), where, self._now()))

    def _now(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _told(self, tag: str, given: dict[str, str | None]) -> bool:
        """Is an element that begins here in another language, or in none?"""
        if given.get("lang"):
            return given["lang"] != self.language
        marked = MARKS & set((given.get("class") or "").split())
        return self._now() or tag in NOT_WORDS or bool(marked) or given.get("translate") == "no"

    def _attributes(self, attrs: list[tuple[str, str | None]], other: bool) -> None:
        self.pieces += [Piece(value, name, other or self._now()) for name, value in attrs if name in READ_OUT and value]


def pieces(page: str, language: str) -> Iterator[Piece]:
    """Everything that is read on a page, in order."""
    reader = _Reader(language)
    reader.feed(page)
    reader.close()
    yield from reader.pieces
