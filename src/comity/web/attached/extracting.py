"""A program of its own, run apart: the text of a document, page by page, as lines of JSON; what it is given may mean harm.

``python -I extracting.py MEDIA_TYPE < document``. It allows itself little time and memory, opens no file and imports nothing of Comity. A line holds
one of: ``active`` (what in a PDF could act on its own, or that it cannot be told), ``count`` (of pages), ``text`` (of the next page), ``says`` (why
there is no more). A damaged document fails to be read in many ways: whichever it is, the program ends in error by it.
"""

from __future__ import annotations

import io
import json
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

SECONDS, MEMORY = 20, 1_500_000_000
MOST_PAGES, LONGEST_PAGE, LONGEST = 2_000, 100_000, 4_000_000
PART = 4_000
"""So many characters are a part of what has no pages."""
LARGEST_UNPACKED, PIECE = 64_000_000, 65_536
ACTIVE = (
    "JavaScript", "Launch", "SubmitForm", "ImportData", "RichMedia", "Rendition", "Movie", "Sound", "XFA", "EmbeddedFile", "EmbeddedFiles", "GoToE",
    "3D",
)  # fmt: skip
"""Names in a PDF by which it acts, or carries what acts."""
_ACTIVE = re.compile(rb"/(" + "|".join(ACTIVE).encode() + rb")(?![A-Za-z0-9_])")
_STREAM = re.compile(rb"stream\r?\n?")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FILTER = re.compile(rb"/(\w+Decode|Fl|LZW|AHx|A85|RL|Crypt)\b")
_PACKED = "application/vnd."
Pages = Iterator[str]


class Packed(NamedTuple):
    """Of a kind of packed text: the elements that begin a line, those in which words stand, and those that stand for a gap."""

    lines: frozenset[str]
    words: frozenset[str]
    gaps: frozenset[str]


def _named(space: str, *names: str) -> frozenset[str]:
    return frozenset(f"{space} {name}" for name in names)


_W, _T = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
WORD = Packed(_named(_W, "p"), _named(_W, "t"), _named(_W, "tab", "br"))
OPEN = Packed(_named(_T, "p", "h"), _named(_T, "p", "h"), _named(_T, "s", "tab", "line-break"))


class Stopped(Exception):
    """Why no more is read."""


def say(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def confine() -> None:
    """Little time, little memory, no file written, no core left."""
    try:
        import resource
    except ImportError:
        raise Stopped("no bounds") from None

    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


# -- PDF --------------------------------------------------------------------------------------------------------------


def active_in(content: bytes) -> str:
    """What in a PDF could act on its own, by its name; ``unknown`` where that cannot be told; blank where there is nothing.

    Every stream that can be unpacked is looked through, whether anything refers to it or not.
    """
    plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)
    if found := _ACTIVE.search(plain):
        return found[1].decode()
    if b"/Encrypt" in plain:
        return "unknown"
    left = LARGEST_UNPACKED
    for stream in _STREAM.finditer(content):
        packed = _told_of(content, stream.start())
        if b"/ObjStm" in packed and (set(_FILTER.findall(packed)) - {b"FlateDecode"} or b"/DecodeParms" in packed or b"/Filter" not in packed):
            return "unknown"
        unpacked = _unpacked(content[stream.end() :], left)
        left -= len(unpacked)
        if left <= 0:
            return "unknown"
        if found := _ACTIVE.search(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), unpacked)):
            return found[1].decode()
    return ""


def _told_of(content: bytes, start: int) -> bytes:
    """The dictionary before a stream, its names unescaped."""
    begins = content.rfind(b" obj", 0, start)
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content[max(begins, start - 4_000) : start])


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def pages_of_pdf(content: bytes) -> Pages:
    say(active=active_in(content))
    try:
        from pypdf import PdfReader
    except ImportError:
        raise Stopped("needs pypdf") from None
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Stopped("locked")
    count = len(reader.pages)
    say(count=count)
    for number in range(min(count, MOST_PAGES)):
        yield reader.pages[number].extract_text()
    if count > MOST_PAGES:
        raise Stopped("more pages")


# -- packed texts -----------------------------------------------------------------------------------------------------


def _text_of(content: bytes, part: str, kind: Packed) -> str:
    """The text of a part of an archive, read as it comes; Stopped if it unpacks too large, or declares what entities can be declared in."""
    found, inside = list[str](), 0

    def begins(tag: str, _: object) -> None:
        nonlocal inside
        found.extend("\n" if tag in kind.lines else " " if tag in kind.gaps else "")
        inside += tag in kind.words

    def ends(tag: str) -> None:
        nonlocal inside
        inside -= tag in kind.words

    def says(text: str) -> None:
        if inside:
            found.append(text)

    def declares(*_: object) -> None:
        raise Stopped("declares entities")

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = begins, ends, says
    reader.StartDoctypeDeclHandler = declares
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as packed:
        left = LARGEST_UNPACKED
        while piece := packed.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Stopped("unpacks too large")
            reader.Parse(piece)
    reader.Parse(b"", True)
    return "".join(found)


def pages_of_word(content: bytes) -> Pages:
    return in_parts(_text_of(content, "word/document.xml", WORD))


def pages_of_open(content: bytes) -> Pages:
    return in_parts(_text_of(content, "content.xml", OPEN))


def pages_of_plain(content: bytes) -> Pages:
    return in_parts(content.decode("utf-8", "replace"))


def in_parts(text: str) -> Pages:
    """What has no pages, in parts that end where a line does."""
    if len(text) > LONGEST:
        say(says="too long")
    part = ""
    for line in text[:LONGEST].strip().splitlines(keepends=True):
        for piece in (line[start : start + PART] for start in range(0, len(line), PART)):
            if part and len(part) + len(piece) > PART:
                yield part
                part = ""
            part += piece
    if part:
        yield part


READ: Mapping[str, Callable[[bytes], Pages]] = {
    "application/pdf": pages_of_pdf,
    f"{_PACKED}openxmlformats-officedocument.wordprocessingml.document": pages_of_word,
    f"{_PACKED}oasis.opendocument.text": pages_of_open,
    "application/xml": pages_of_plain,
    "text/csv": pages_of_plain,
    "text/plain": pages_of_plain,
}


def tell(content: bytes, media_type: str) -> None:
    """Say each page as it is read, and at the end why there is no more, if there is a reason."""
    length, some = 0, False
    for text in READ[media_type](content):
        length += len(text)
        some = some or bool(text.strip())
        say(text=text[:LONGEST_PAGE].encode("utf-8", "replace").decode())
        if length > LONGEST:
            raise Stopped("too long")
    if not some:
        raise Stopped("no text")


def main() -> None:
    warnings.simplefilter("ignore")
    try:
        confine()
        tell(sys.stdin.buffer.read(), sys.argv[1])
    except Stopped as stopped:
        say(says=str(stopped))
    except MemoryError:
        say(says="too much")


if __name__ == "__main__":
    main()
