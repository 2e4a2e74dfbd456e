"""Files that are brought to a page to be looked at: chosen, pasted, or an example that ships with the pages. Nothing of them is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.recording.documents import title_in
from comity.web.shipped_examples import example_bytes
from comity.web.telling import told

LARGEST = 250_000
"""So many bytes of one file are looked at; the examples have some 12,000."""
DEEPEST = 60
"""So many brackets may be open at once in a file."""
LONGEST = 30
"""So many digits may a number have."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file: its bytes, its text as it is shown again, and its name."""

    content: bytes
    name: str

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


def brought(request: HttpRequest, field: str, name: str) -> Brought | None:
    """What was sent under ``field``: the file that was chosen, else what was pasted; None: neither. BadInput: too much of it.

    Fields of the form: ``FIELD-file``, ``FIELD-text``, ``FIELD-name``. ``name``: what it is called where that is not said.
    """
    file = request.FILES.get(f"{field}-file")
    if isinstance(file, UploadedFile):
        if file.size is None or file.size > LARGEST:
            raise BadInput(told(_("the file is larger than %(most)s bytes; bring one file of this kind"), most=f"{LARGEST:,}"))
        return checked(file.read(), title_in(file.name or name) or name)
    text = request.POST.get(f"{field}-text", "").replace("\r\n", "\n")
    if not text.strip():
        return None
    return checked(text.encode("utf-8", "replace"), title_in(request.POST.get(f"{field}-name", "")) or name)


def checked(content: bytes, name: str) -> Brought:
    """The bytes as a file that was brought; BadInput where they are too many, or nested too deeply."""
    if len(content) > LARGEST:
        raise BadInput(told(_("the text is larger than %(most)s bytes; bring one file of this kind"), most=f"{LARGEST:,}"))
    depth = deepest = 0
    for sign in content:
        depth = depth + 1 if sign in b"[{" else max(0, depth - 1) if sign in b"]}" else depth
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise BadInput(told(_("%(name)s: more than %(most)s brackets are open at once; close them"), name=name, most=str(DEEPEST)))
    if re.search(rb"[0-9]{%d}" % (LONGEST + 1), content.translate(None, b"_")):
        raise BadInput(told(_("%(name)s: a number of more than %(most)s digits; write it shorter"), name=name, most=str(LONGEST)))
    return Brought(content, name)


def example(name: str) -> Brought:
    """A file that ships with the pages."""
    return Brought(example_bytes(name), name)
