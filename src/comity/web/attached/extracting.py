"""A program of its own, run apart: the text of a document, page by page, as lines of JSON; what it is given may mean harm.

``python -I extracting.py MEDIA_TYPE < document``. It allows itself little time and memory, opens no file and imports nothing of Comity. A line holds
one of: ``active`` (what in a PDF could act on its own, or that it cannot be told), ``count`` (of pages), ``text`` (of the next page), ``says`` (why
there is no more). A damaged document fails to be read in many ways: whichever it is, the program ends in error by it.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat

SECONDS, MEMORY = 20, 1_500_000_000
MOST_PAGES, LONGEST_PAGE, LONGEST = 2_000, 100_000, 4_000_000
PART = 4_000
"""So many characters are a part of what has no pages."""
LARGEST_UNPACKED, PIECE, MOST_FILTERS = 64_000_000, 65_536, 8
_GAP = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*+)*+"
_REFERS = rb"(?:<<|[0-9]++[\x00\t\n\x0c\r %])"
ACTIVE: Mapping[str, re.Pattern[bytes]] = {
    name: re.compile(rb"/" + (written or name.encode() + rb"(?![A-Za-z0-9_])"))
    for name, written in {
        "JavaScript": b"", "JS": rb"JS" + _GAP + rb"[(<0-9]", "Launch": b"", "SubmitForm": b"", "ImportData": b"", "RichMedia": b"", "Rendition": b"",
        "Movie": b"", "Sound": b"", "XFA": b"", "EmbeddedFile": b"", "EmbeddedFiles": b"", "EF": rb"EF" + _GAP + _REFERS, "GoToE": b"",
        "3D": rb"(?:Sub)?[Tt]ype" + _GAP + rb"/3D(?![A-Za-z0-9_])", "AA": rb"AA" + _GAP + _REFERS,
        "OpenAction": rb"OpenAction(?![A-Za-z0-9_])(?![\x00\t\n\x0c\r ]*\[)",
    }.items()
}  # fmt: skip
"""By what a PDF acts, or carries what acts, and how it is written; short names with what follows them, since they stand in any packed bytes. To
open at a place, which is in brackets, is no action."""
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"(?<![A-Za-z])obj" + _GAP + rb"(?=<<)")
_STREAM = re.compile(_GAP + rb"stream")
_BEGINS = re.compile(rb"\r?\n")
_TOKEN = re.compile(_GAP + rb"(<<|>>|[\[\]]|\(|<[0-9A-Fa-f\x00\t\n\x0c\r ]*+>|/?[^\x00\t\n\x0c\r ()<>\[\]{}/%]++)")
_REFERENCE = re.compile(_GAP + rb"[0-9]++" + _GAP + rb"R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_IN_STRING = re.compile(rb"[()]|\\.", re.DOTALL)
_WHITE = b"\x00\t\n\x0c\r "
_OPENED = {b"/FlateDecode": "flate", b"/Fl": "flate", b"/ASCIIHexDecode": "hex", b"/AHx": "hex", b"/ASCII85Decode": "85", b"/A85": "85"}
_PACKED = "application/vnd."
Pages = Iterator[str]
Told = dict[bytes, Sequence[bytes]]
"""The values of a dictionary in a PDF, as tokens, by their names."""


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


class Unseen(Exception):
    """Something in a PDF cannot be looked at."""


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
    """By what a PDF could act on its own; ``unknown`` where not everything in it can be looked at; blank where there is nothing.

    What acts is an object, and objects stand in the bytes themselves or in streams: every stream is unpacked, whether anything refers to it or not,
    but for pictures and tables of places, which no reader takes objects from.
    """
    found, left, whole = _acting(content), LARGEST_UNPACKED, b"/Encrypt" not in _plain(content)
    try:
        for told, start in _streams(content):
            unpacked = _unpacked(content, start, told, left)
            left -= len(unpacked)
            found |= _acting(unpacked)
    except Unseen:
        whole = False
    return next((name for name in ACTIVE if name in found), "" if whole else "unknown")


def _plain(content: bytes) -> bytes:
    """With the letters of names that are escaped as they are meant."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)


def _acting(content: bytes) -> set[str]:
    plain = _plain(content)
    return {name for name, written in ACTIVE.items() if written.search(plain)}


def _streams(content: bytes) -> Iterator[tuple[Told, int]]:
    """Of each object that is a stream what its dictionary says, and where its bytes begin; wherever in the document objects stand."""
    for begins in _OBJECT.finditer(content):
        told, end = _told(content, begins.end())
        if (stream := _STREAM.match(content, end)) is not None:
            if (start := _BEGINS.match(content, stream.end())) is None:
                raise Unseen
            yield told, start.end()


def _told(content: bytes, at: int) -> tuple[Told, int]:
    """What a dictionary says by its names, and where it ends; Unseen if programs may read it in different ways."""
    told, (_, at) = dict[bytes, Sequence[bytes]](), _token(content, at)
    while True:
        name, at = _token(content, at)
        if name == b">>":
            return told, at
        name = _plain(name)
        if not name.startswith(b"/") or name in told:
            raise Unseen
        told[name], at = _value(content, at)


def _value(content: bytes, at: int) -> tuple[Sequence[bytes], int]:
    """The tokens of a value, those of an array without its brackets."""
    token, at = _token(content, at)
    if token in (b">>", b"]"):
        raise Unseen
    if token not in (b"<<", b"["):
        refers = _REFERENCE.match(content, at) if token.isdigit() else None
        return ((token, b"R"), refers.end()) if refers else ((token,), at)
    tokens, depth = list[bytes](), 1
    while depth:
        token, at = _token(content, at)
        depth += (token in (b"<<", b"[")) - (token in (b">>", b"]"))
        tokens.append(token)
    return tokens[:-1], at


def _token(content: bytes, at: int) -> tuple[bytes, int]:
    found = _TOKEN.match(content, at)
    if found is None:
        raise Unseen
    at, depth = found.end(), int(found[1] == b"(")
    while depth:
        inner = _IN_STRING.search(content, at)
        if inner is None:
            raise Unseen
        at, depth = inner.end(), depth + (inner[0] == b"(") - (inner[0] == b")")
    return found[1], at


def _unpacked(content: bytes, start: int, told: Told, most: int) -> bytes:
    """What a stream unpacks to, unpacked as often as it was packed; Unseen if that cannot be told."""
    if b"/F" in told or b"/DP" in told:
        raise Unseen
    kinds = {_plain(token) for name in (b"/Type", b"/Subtype") for token in told.get(name, ())}
    filters = [_plain(token) for token in told.get(b"/Filter", ())]
    if (b"/First" not in told and kinds & {b"/Image", b"/XRef"}) or not filters:
        return b""
    if b"/DecodeParms" in told or len(filters) > MOST_FILTERS or not set(filters) <= _OPENED.keys():
        raise Unseen
    packed = memoryview(content)[start:]
    for packing in filters:
        packed = memoryview(_once(packed, _OPENED[packing], most))
    return bytes(packed)


def _once(packed: memoryview, packing: str, most: int) -> bytes:
    """Unpacked once; Unseen if its end does not come, or only after too much."""
    try:
        if packing == "flate":
            return _inflated(packed, most)
        held = _until(packed, b">" if packing == "hex" else b"~>")
        return bytes.fromhex(held.decode("ascii")) if packing == "hex" else base64.a85decode(held, ignorechars=_WHITE)
    except (zlib.error, ValueError):
        raise Unseen from None


def _until(packed: memoryview, end: bytes) -> bytes:
    """What stands before its end."""
    size = PIECE
    while True:
        held, ends, _ = bytes(packed[:size]).partition(end)
        if ends:
            return held
        if size >= len(packed):
            raise Unseen
        size *= 4


def _inflated(packed: memoryview, most: int) -> bytes:
    reader, found, at = zlib.decompressobj(), bytearray(), 0
    while not reader.eof:
        piece = reader.unconsumed_tail or packed[at : at + PIECE]
        at += 0 if reader.unconsumed_tail else PIECE
        if not len(piece) or len(found) >= most:
            raise Unseen
        found += reader.decompress(piece, most - len(found))
    return bytes(found)


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
