"""A paper as a tagged PDF (PDF/UA-1): with title and language, from the package's own style alone; nothing is fetched, whatever the paper says.

Source: ISO 14289-1.
"""

from __future__ import annotations

from importlib.resources import files

from django.template.loader import render_to_string

from comity.reports import pdf_of, printable
from comity.web.documents.papers import Paper


def to_pdf(paper: Paper) -> bytes:
    """The bytes of the PDF."""
    return from_html(printable(render_to_string("paper.html", {"paper": paper, "linked": False})), paper)


def from_html(html: str, paper: Paper) -> bytes:
    """The PDF of a page, in the style of papers."""
    style = files("comity.web.documents").joinpath("paper.css").read_text(encoding="utf-8")
    return pdf_of(html, style, [(one.name, one.says, one.content) for one in paper.attached])
