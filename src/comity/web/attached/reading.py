"""The text of a document, read in a process of its own; whatever happens there, here is a text, or a word that says why there is none."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.web.attached import extracting

PDF = "application/pdf"
PATIENCE = 30.0
AT_ONCE = 2
_TURN = threading.BoundedSemaphore(AT_ONCE)
_PROGRAM = Path(extracting.__file__)

SAYS: Mapping[str, str | Promise] = {
    "": "",
    "picture": _("This is a picture: no text is read from it."),
    "older Word": _("This is a text of an older Word, which is not read here; save it as .docx or PDF to have its words found."),
    "no text": _(
        "No text is in it: these may be scanned pages. Its words are not found by searching; have it read by a program that recognises text."
    ),
    "locked": _("It is locked with a password, so its text cannot be read; bring it without one."),
    "damaged": _("It is damaged, and cannot be read any further; get it anew from where it came from."),
    "slow": _("It takes too long to be read, and was read no further."),
    "too much": _("It takes too much memory to be read, and was read no further."),
    "too long": _("Its text is longer than is kept, and was read no further."),
    "more pages": _("It has more pages than are read, and was read no further."),
    "unpacks too large": _("It unpacks to more than is read; no text of a document is so large."),
    "declares entities": _("It declares entities, which no program for texts writes; save it anew."),
    "no bounds": _("No text is read on this machine, since a process cannot be bounded on it; serve the pages on Linux or macOS."),
    "failed": _("It could not be fetched or read just now, and is tried again in a minute; whoever keeps this server finds the reason in its log."),
    "needs pypdf": _("The text of a PDF is read with pypdf, which is not installed here: pip install 'comity[documents]'"),
}
"""Why there is no text, or no more of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of each page, or of each part of what has no pages. ``count``: how many pages it says that it has; None:
    that is not known, or it has no pages; ``why``: why there is no more, a
    key of ``SAYS``; ``active``: what in it could act on its own, ``unknown`` where that cannot be told; ``in_order``: a PDF may give what is
    written from right to left the wrong way round, every other kind gives it as it is read.
    """

    pages: tuple[str, ...] = ()
    count: int | None = None
    why: str = ""
    active: str = ""

    in_order: bool = True

    @property
    def says(self) -> str:
        """Why there is no text, or no more of it, in words."""
        return str(SAYS[self.why])


def read_apart(content: bytes, media_type: str, patience: float = PATIENCE) -> Text:
    """The text of a document of this type; never an error of the document's making."""
    if media_type.startswith("image/"):
        return Text(why="picture")
    if media_type not in extracting.READ:
        return Text(why="older Word")
    with _TURN:
        said, why = _run(content, media_type, patience)
    lines = [json.loads(line) for line in said.split(b"\n")[:-1]]
    pages = tuple(line["text"] for line in lines if "text" in line)
    told = {name: value for line in lines for name, value in line.items() if name != "text"}
    why = told.get("says", why)
    active = told.get("active", "unknown") if media_type == PDF else ""
    if why == "damaged" and media_type == PDF:
        active = active or "unknown"
    return Text(pages, told.get("count"), why, active, media_type != PDF)


def _run(content: bytes, media_type: str, patience: float) -> tuple[bytes, str]:
    """What the program said, and why it said no more: it was stopped, or ended in error."""
    program = [sys.executable, "-I", str(_PROGRAM), media_type]
    try:
        done = subprocess.run(program, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, timeout=patience, env={})  # noqa: S603 (this Python, and a program of ours)
    except subprocess.TimeoutExpired as stopped:
        return bytes(stopped.stdout or b""), "slow"
    return done.stdout, "slow" if done.returncode < 0 else "damaged" if done.returncode else ""
