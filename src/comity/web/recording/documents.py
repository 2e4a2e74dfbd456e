"""A document that comes with an act: what it is, told by how it begins; not by its name alone, and not by what the browser says."""

from __future__ import annotations

import io
import re
import zipfile

from django.http import HttpRequest

from comity.keeping import Document, document
from comity.terms import BadInput
from comity.web.recording.ground import Ground

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN = "application/vnd.oasis.opendocument.text"
_BEGINS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def media_type_of(content: bytes, name: str) -> str:
    """What a file holds; BadInput if it is none of what is kept."""
    for begins, found in _BEGINS:
        if content.startswith(begins):
            return found
    if content.startswith(b"PK\x03\x04") and (packed := _packed(content)):
        return packed
    if content.lstrip()[:5].lower() == b"<?xml" and content.startswith(b"<"):
        return "application/xml"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if not text.strip() or _CONTROL.search(text):
        raise BadInput(
            "this file is no document that is kept; bring a PDF, a picture (PNG, JPEG, TIFF), a text (Word, OpenDocument, plain), XML or CSV"
        )
    return "text/csv" if name.casefold().endswith(".csv") else "text/plain"


def _packed(content: bytes) -> str:
    """Which text an archive holds, if it holds one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OverflowError, ValueError, OSError):
        return ""
    if "word/document.xml" in names:
        return _WORD
    return _OPEN if {"mimetype", "content.xml"} <= names else ""


def document_in(request: HttpRequest) -> tuple[Document | None, str]:
    """The document that was sent with a form, and what the act's column ``attachments`` says of it."""
    sent = request.FILES.get("document")
    if sent is None:
        return None, ""
    name = title_in(request.POST.get("document_title", "").strip() or sent.name or "")
    language = language_in(request.POST.get("document_language", ""))
    content = sent.read()
    found = document(content, media_type_of(content, sent.name or ""), f"the document {name!r}")
    return found, f"{found.sha256} {found.media_type} {language} {name}".strip()


def title_in(text: str) -> str:
    """A title as the act's column can hold it."""
    return " ".join(re.sub(r"[;\x00-\x1f]", " ", text).split())[:200]


def language_in(text: str) -> str:
    """The code of a language; ``und`` if none is given. BadInput if it is no code."""
    language = text.strip() or "und"
    if not _LANGUAGE.fullmatch(language):
        raise BadInput(f"the document's language {language[:20]!r}: write a code such as en, fr-CA, or leave it blank")
    return language


def brought_with(request: HttpRequest, ground: Ground, token: str) -> tuple[Document | None, str]:
    """The document that was sent with the form, else the one that was sent with it before."""
    waiting, reader = ground.held.waiting, ground.reader.name
    if request.POST.get("do") == "leave-out":
        waiting.drop(reader, token)
        return None, ""
    document, attachments = document_in(request)
    if document is None:
        return waiting.get(reader, token)
    waiting.hold(reader, token, document, attachments)
    return document, attachments
