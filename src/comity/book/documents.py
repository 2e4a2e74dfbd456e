"""Documents that acts name: which media types are kept, how large, and does a file's name say what it holds?

In a book they stand in the folder ``attachments``, each named by the 64 hex digits of its SHA-256; media type, language and title stand in
the act that names it.
"""

from __future__ import annotations

import hashlib
import re

from comity.terms import BadInput

LARGEST_ATTACHMENT = 16 * 1024 * 1024
MEDIA_TYPES = {
    "application/msword": b"\xd0\xcf\x11\xe0",
    "application/pdf": b"%PDF-",
    "application/vnd.oasis.opendocument.text": b"PK\x03\x04",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04",
    "application/xml": b"<",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/tiff": b"",
    "text/csv": b"",
    "text/plain": b"",
}
"""The media types of documents that are kept, and how a file of each begins."""
_NAME = re.compile(r"attachments/[0-9a-f]{64}")


def check_media_type(media_type: str) -> None:
    """BadInput unless documents of this type are kept."""
    if media_type not in MEDIA_TYPES:
        raise BadInput(f"media type {media_type!r} is none of a document that is kept; choose one of {', '.join(MEDIA_TYPES)}")


def check_document(media_type: str, content: bytes) -> None:
    """BadInput if the document is of a type that is not kept, does not begin as its type does, or is too large."""
    check_media_type(media_type)
    if not content.startswith(MEDIA_TYPES[media_type]):
        raise BadInput(f"it does not begin as {media_type} does; give its true media type")
    if len(content) > LARGEST_ATTACHMENT:
        raise BadInput(f"it has {len(content):,} bytes, and at most {LARGEST_ATTACHMENT:,} are kept; split it, or keep it elsewhere and cite it")


def unsound_document(name: str, content: bytes) -> str | None:
    """What is wrong with a file of the folder ``attachments``, if anything is."""
    if not _NAME.fullmatch(name):
        return "a document is named by the 64 hex digits of its SHA-256, and nothing else"
    found = hashlib.sha256(content).hexdigest()
    return None if name.endswith(found) else f"its bytes have the SHA-256 {found}: not the document that acts name; restore it, or take it out"
