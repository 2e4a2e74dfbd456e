"""Documents that mean harm, or are broken: each page says in one line what is wrong, none breaks it or takes long or much, nothing in them runs."""

from __future__ import annotations

import base64
import io
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from comity.web.attached import extracting
from comity.web.attached.reading import PDF, SAYS, read_apart
from tests.web.papers import PLAIN, WORD, packed, pdf_of, word_of
from tests.web.recording.conftest import Desk, says, text

OPEN = "application/vnd.oasis.opendocument.text"
SCRIPT = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def locked(password: str, owner: str = "owner") -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf_of(["behind the door"]))))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stream(content: bytes, told: str = "", deflate: bool = True) -> bytes:
    held = zlib.compress(content) if deflate else content.hex().encode()
    return f"<< {told} /Filter /{'Flate' if deflate else 'ASCIIHex'}Decode /Length {len(held)} >>\nstream\n".encode() + held + b"\nendstream"


def hidden(told: str = "/Type /ObjStm /N 1 /First 4", deflate: bool = True) -> bytes:
    """A PDF with an action in a packed object that its catalog opens."""
    return pdf_of(["innocent"], "/Names 9 0 R", [stream(b"9 0 << /S /JavaScript /JS (1) >>", told, deflate)])


def held(dictionary: str, content: bytes, before: str = "") -> bytes:
    """A PDF with a stream whose dictionary says so, and an object of it that acts."""
    return pdf_of(["innocent"], "", [f"{before}<< {dictionary} /Type /ObjStm /N 1 /First 4 >>\nstream\n".encode() + content + b"\nendstream"])


ACTS = b"9 0 << /S /JavaScript /JS (1) >>"
PACKED = zlib.compress(ACTS)
HIDDEN: dict[str, tuple[bytes, str]] = {
    "packed twice": (held("/Filter [/FlateDecode /FlateDecode]", zlib.compress(PACKED)), "JavaScript"),
    "packed nine times": (held(f"/Filter [{'/FlateDecode ' * 9}]", PACKED), "unknown"),
    "packed and written in letters": (held("/Filter [/ASCIIHexDecode /FlateDecode]", PACKED.hex().encode() + b">"), "JavaScript"),
    "packed and written in 85": (held("/Filter [/A85 /Fl]", base64.a85encode(PACKED) + b"~>"), "JavaScript"),
    "written in letters without an end": (held("/Filter /AHx", ACTS.hex().encode()), "unknown"),
    "its filter escaped": (held("/F#69lter [/Flate#44ecode /#46l]", zlib.compress(PACKED)), "JavaScript"),
    "its filter after much else": (held(f"/X ({'x(' * 3000 + ')' * 3000}\\)) /Filter [/Fl /Fl]", zlib.compress(PACKED)), "JavaScript"),
    "its filter in a comment and in truth": (held("% /Filter /DCTDecode\n/Filter [/Fl /Fl]", zlib.compress(PACKED)), "JavaScript"),
    "its filter told elsewhere": (held("/Filter 7 0 R", PACKED), "unknown"),
    "its filter told twice": (held("/Filter /DCTDecode /Filter /Fl", PACKED), "unknown"),
    "its filter told shortly": (held("/F /Fl", PACKED), "unknown"),
    "foretold row by row": (held("/Filter /Fl /DecodeParms << /Predictor 12 >>", PACKED), "unknown"),
    "packed in a way that is not unpacked": (held("/Filter /LZWDecode", b"x"), "unknown"),
    "a picture that holds objects": (held("/Subtype /Image /Filter /DCTDecode", b"x"), "unknown"),
    "its sum wrong": (held("/Filter /Fl", PACKED[:-1] + bytes([PACKED[-1] ^ 1])), "unknown"),
    "its end cut off": (held("/Filter /Fl", PACKED[:-6]), "unknown"),
    "its bytes after words": (held("/Filter /Fl", PACKED).replace(b">>\nstream\n", b">>stream words\n"), "unknown"),
    "its dictionary damaged": (held("/Filter [/Fl", PACKED), "unknown"),
    "its object begun in a comment": (held("/Filter /Fl", PACKED, "% obj\n"), "JavaScript"),
    "what it does when it is opened": (pdf_of(["x"], "/OpenAction 9 0 R"), "OpenAction"),
    "where it is opened": (pdf_of(["x"], "/OpenAction [4 0 R /Fit]"), ""),
    "where it is opened, after a comment": (pdf_of(["x"], "/OpenAction %[\n9 0 R"), "OpenAction"),
    "what a page does": (pdf_of(["x"], "/A#41 << /O 9 0 R >>"), "AA"),
    "a file within": (pdf_of(["x"], "/X << /EF << /F 9 0 R >> >>"), "EF"),
    "a form of XFA": (pdf_of(["x"], "/AcroForm << /XFA 9 0 R >>"), "XFA"),
    "pictures, places and drawings": (
        pdf_of(["x"], "", [stream(b"-", "/Subtype /Image"), stream(b"012", "/Type /XRef /DecodeParms << /Predictor 12 >>"), stream(b"BT ET")]), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_acts_is_found_however_it_is_packed_and_what_cannot_be_looked_at_is_unknown(name: str) -> None:
    content, active = HIDDEN[name]
    assert extracting.active_in(content) == active


def test_many_packed_streams_are_looked_at_in_little_time() -> None:
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, stream(b"q Q " * 50)) for n in range(20_000)) + b"\0" * 20_000_000
    began = time.monotonic()
    assert extracting.active_in(body) == ""
    assert time.monotonic() - began < 15


def looping() -> bytes:
    """Its tree of pages holds itself."""
    return pdf_of(["x"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


def bomb() -> bytes:
    """A page whose drawing unpacks to 400 MB."""
    content = zlib.compress(b"\0" * 400_000_000)
    body = pdf_of(["x"])
    return body.replace(b"/Contents 5 0 R", b"/Contents 9 0 R") + b"9 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content


CORPUS: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "a truncated PDF": (lambda: pdf_of(["whole", "half"])[:300], PDF, "damaged", "unknown"),
    "the first bytes of a PDF alone": (lambda: b"%PDF-1.7\n", PDF, "damaged", "unknown"),
    "noise that begins as a PDF": (lambda: b"%PDF-" + bytes(range(256)) * 40, PDF, "damaged", "unknown"),
    "a PDF locked with a password": (lambda: locked("secret"), PDF, "locked", "unknown"),
    "a PDF that may be read and not changed": (lambda: locked(""), PDF, "", "unknown"),
    "a PDF with JavaScript": (lambda: pdf_of(["words"], SCRIPT), PDF, "", "JavaScript"),
    "its name escaped": (lambda: pdf_of(["words"], SCRIPT.replace("JavaScript", "J#61vaScript")), PDF, "", "JavaScript"),
    "in a packed object": (hidden, PDF, "", "JavaScript"),
    "in an object packed in a way that is not looked into": (lambda: hidden(deflate=False), PDF, "", "unknown"),
    "a PDF that launches a program": (lambda: pdf_of(["words"], "/OpenAction << /S /Launch /F (cmd) >>"), PDF, "", "Launch"),
    "a PDF with a file inside": (lambda: pdf_of(["words"], "/Names << /EmbeddedFiles << >> >>"), PDF, "", "EmbeddedFiles"),
    "pages that hold themselves": (looping, PDF, "damaged", "unknown"),
    "scanned pages": (lambda: pdf_of(["", ""]), PDF, "no text", ""),
    "a Word text that unpacks to more than is read": (
        lambda: packed(word__document_xml=b" " * (extracting.LARGEST_UNPACKED + 1)), WORD, "unpacks too large", "",
    ),
    "a Word text that declares entities": (lambda: word_of("&b;", before=LAUGHS), WORD, "declares entities", ""),
    "a Word text without its text": (lambda: packed(other="x"), WORD, "damaged", ""),
    "an archive cut off": (lambda: word_of("x" * 9_000)[:200], WORD, "damaged", ""),
    "an open text with entities": (lambda: packed(mimetype="x", content_xml=f"{LAUGHS}<x>&b;</x>"), OPEN, "declares entities", ""),
    "a plain text too long": (lambda: b"word " * 1_000_000, PLAIN, "too long", ""),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "image/png", "picture", ""),
    "an older Word text": (lambda: b"\xd0\xcf\x11\xe0", "application/msword", "older Word", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_what_means_harm_is_a_line_and_no_error(name: str) -> None:
    make, media_type, why, active = CORPUS[name]
    found = read_apart(make(), media_type)
    assert (found.why, found.active) == (why, active)
    assert found.says == SAYS[why]


def test_what_unpacks_to_far_more_ends_within_its_bounds() -> None:
    began = time.monotonic()
    found = read_apart(bomb(), PDF)
    assert time.monotonic() - began < 60
    assert found.active == "unknown"
    assert not any(page.strip("\0") for page in found.pages)


def test_ten_thousand_pages_are_read_as_far_as_is_told() -> None:
    found = read_apart(pdf_of([f"leaf {n}" for n in range(10_000)]), PDF, patience=60)
    assert found.count == 10_000
    assert found.why in ("more pages", "slow")
    assert 100 < len(found.pages) <= extracting.MOST_PAGES
    assert found.pages[99] == "leaf 99"


def test_what_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    found = read_apart(pdf_of([f"leaf {n}" for n in range(20_000)]), PDF, patience=1.5)
    assert time.monotonic() - began < 6
    assert found.why == "slow"


def test_every_reason_has_its_words() -> None:
    source = Path(extracting.__file__).read_text(encoding="utf-8")
    said = {part.split('"')[1] for sign in ("Stopped(", "say(says=") for part in source.split(sign)[1:] if part.startswith('"')}
    said.add(read_apart(b"PK and no more", WORD).why)  # which is told by how the program ends
    assert said <= SAYS.keys()
    assert {"damaged", "locked", "too much", "no text"} <= said


def test_no_reading_sees_this_machine() -> None:
    """A Word text that names a file outside is not followed there."""
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert read_apart(word_of("&a;", before=outside), WORD).pages == ()
    sixteen = f'<?xml version="1.0" encoding="UTF-16"?>{outside}<w:p xmlns:w="x">&a;</w:p>'.encode("utf-16")
    found = read_apart(packed(word__document_xml=sixteen), WORD)
    assert (found.pages, found.why) == ((), "declares entities")


def test_what_acts_on_its_own_is_not_shown_and_its_text_is(desk: Desk) -> None:
    from comity.web.recording.documents import media_type_of

    content = pdf_of(["harmless words"], SCRIPT)
    assert media_type_of(content, "note.txt") == PDF
    form = desk.form("/record/act?agreement=league&actor=ALF&kind=denounce", made="2025-01-01", source="UN", do="record")
    done = desk.post("/record/act", {**form, "document": io.BytesIO(content)})
    (path,) = (part.split('"')[0] for part in text(desk.get(done["Location"])).split('href="')[1:] if part.startswith("/documents/"))
    page = text(desk.get(path))
    assert "<iframe" not in page
    assert "could act on its own (JavaScript)" in page
    assert "harmless words" in page
    shown = desk.get(f"{path}/content?show=1")
    assert shown["Content-Disposition"].startswith("attachment")
    assert "sandbox" in shown["Content-Security-Policy"]


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03", b"\x00\x01\x02", b"PK\x03\x04nothing", b"\x7fELF"])
def test_a_file_of_a_kind_that_is_not_kept_is_refused_whatever_its_name(desk: Desk, content: bytes) -> None:
    form = desk.form("/record/act?agreement=league&actor=ALF&kind=denounce", made="2025-01-01", source="UN")
    sent = io.BytesIO(content)
    sent.name = "ratification.pdf"
    answer = desk.post("/record/act", {**form, "document": sent})
    assert answer.status_code == 400
    assert "this file is no document that is kept" in says(answer)
