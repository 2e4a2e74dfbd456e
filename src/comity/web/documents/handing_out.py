"""A paper handed out: as tagged PDF or DOCX where the URL asks for it, else nothing, and the page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from comity.terms import BadInput
from comity.web.documents.papers import Paper
from comity.web.documents.pdf_files import to_pdf
from comity.web.documents.word_files import to_docx

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITERS: Mapping[str, tuple[Callable[[Paper], bytes], str]] = {"pdf": (to_pdf, "application/pdf"), "docx": (to_docx, _WORD)}
MEDIA = tuple(_WRITERS)
"""In which a paper is to be had, beside the page."""


def as_download(request: HttpRequest, paper: Paper, name: str) -> HttpResponse | None:
    """The paper in the format that the URL asks for; None where it asks for the page."""
    wanted = request.GET.get("format", "html")
    if wanted == "html":
        return None
    if wanted not in _WRITERS:
        raise BadInput(f"format={wanted!r}; write format=pdf or docx, or leave it out")
    return download(paper, name, wanted)


def download(paper: Paper, name: str, wanted: str) -> HttpResponse:
    """The paper as a file with this name."""
    writer, media = _WRITERS[wanted]
    try:
        content = writer(paper)
    except ModuleNotFoundError as problem:
        raise BadInput(f"a document as {wanted.upper()} needs {problem.name}; install it with: pip install 'comity[documents]'") from None
    return attachment(content, media, f"{name}.{wanted}")


def attachment(content: bytes, media: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^A-Za-z0-9.-]+", "-", name)}"'
    return response
