"""Documents for tests: PDFs and packed texts made by hand, and acts that name them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from comity.acts import Act, Attachment, Entry
from comity.web.holding import Held

PDF, PLAIN = "application/pdf", "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pdf_of(pages: Sequence[str], catalog: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """A PDF with a line or more of Latin text on each page; ``catalog``: what else its catalog says; ``objects``: more of them, from number 4 on."""
    first = 4 + len(objects)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    body = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    for number, text in enumerate(pages):
        lines = b" T* ".join(b"(" + line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj" for line in text.split("\n"))
        drawn = b"BT /F1 12 Tf 14 TL 72 720 Td " + lines + b" ET"
        holds = f"/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * number + 1} 0 R"
        body.append(f"<< /Type /Page /Parent 2 0 R {holds} >>".encode())
        body.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _numbered(body)


def _numbered(body: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), list[int]()
    for number, one in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (len(body) + 1, table, len(body) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def packed(**parts: str | bytes) -> bytes:
    """An archive; ``__`` in a name stands for ``/``, ``_xml`` at its end for ``.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def word_of(*paragraphs: str, before: str = "") -> bytes:
    """A text of Word with these paragraphs; ``before``: what stands before its first element."""
    told = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return packed(word__document_xml=f'{before}<w:document xmlns:w="{W}"><w:body>{told}</w:body></w:document>')


def naming(act: Act, content: bytes, media_type: str, title: str, language: str = "en") -> Act:
    """The act, which names a document."""
    return replace(act, attachments=(*act.attachments, Attachment(f"sha256:{digest(content)}", media_type, language, title)))


def with_papers(held: Held, change: Mapping[str, Callable[[Act], Act]], papers: Sequence[bytes]) -> Held:
    """The record with some acts, by their references, changed; and these documents kept in its book."""
    book = held.opened.book

    def changed(entry: Entry) -> Entry:
        return replace(entry, act=change[entry.act.ref](entry.act)) if entry.act.ref in change else entry

    entries = tuple(map(changed, book.record.entries))
    files = {**book.files, **{f"attachments/{digest(content)}": content for content in papers}}
    return Held(type(held.opened)(replace(book, record=replace(book.record, entries=entries), files=files)), today=held.today, patience=20.0)


NOTE = pdf_of(["Instrument of accession\nof Finland", "Deposited on 4 April 2023"])


def with_a_note(held: Held) -> Held:
    """The sample, in which Finland's accession names a PDF."""
    return with_papers(held, {"nato-treaty-FIN-accede": lambda act: naming(act, NOTE, PDF, "Instrument of accession of Finland")}, [NOTE])
