"""A paper: what a document says, block by block, before it is a page, a PDF or a file of a word processor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

Look = Literal["", "letterhead", "form", "subject", "lead", "quote", "place", "signature", "note", "hashes", "whole"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line.

    ``blank``: to be filled in by hand, the words being the hint; ``link``: the page that shows more; ``lang``: of words that are not in the
    language of the paper.
    """

    words: str
    link: str = ""
    blank: bool = False
    strong: bool = False
    lang: str = ""

    @property
    def shown(self) -> str:
        """The words as they are printed."""
        return f"[ … {self.words} ]" if self.blank else self.words


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    kind: ClassVar[str] = "heading"
    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    line: Line
    look: Look = ""


@dataclass(frozen=True, slots=True)
class Listed:
    kind: ClassVar[str] = "list"
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of each row is the row's head. ``titled``: a heading says already what its caption says."""

    kind: ClassVar[str] = "grid"
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    look: Look = ""
    titled: bool = False


Block = Heading | Paragraph | Listed | Grid


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels inside the PDF."""

    name: str
    says: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """``marking``: of what it rests on, above and below each page (blank: public). ``annex``: small print; ``foot``: what stands below each page;
    ``look``: how it is set (blank: as a letter)."""

    title: str
    blocks: tuple[Block, ...]
    foot: str
    annex: tuple[Block, ...] = ()
    lang: str = "en"
    direction: str = "ltr"
    marking: str = ""
    look: str = ""
    attached: tuple[Attached, ...] = ()


def words(*parts: str | Piece) -> Line:
    """A line of plain words and pieces."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts if part != "")


def text_of(line: Line) -> str:
    """The line as it is read aloud."""
    return "".join(piece.shown for piece in line)


def joined(lines: Iterable[Line], between: str = ", ") -> Line:
    """Lines as one, with words between them."""
    found: list[Piece] = []
    for line in lines:
        found += [Piece(between), *line] if found else line
    return tuple(found)
