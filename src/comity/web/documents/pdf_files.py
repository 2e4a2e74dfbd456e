"""A paper as a tagged PDF (PDF/UA-1): with title and language, from the package's own style alone; nothing is fetched, whatever the paper says.

Source: ISO 14289-1.
"""

from __future__ import annotations

from importlib.resources import files

from django.template.loader import render_to_string

from comity.web.documents.papers import Paper, printable


def to_pdf(paper: Paper) -> bytes:
    """The bytes of the PDF."""
    return from_html(printable(render_to_string("paper.html", {"paper": paper, "linked": False})), paper)


def from_html(html: str, paper: Paper) -> bytes:
    """The PDF of a page, in the style of papers."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.urls import URLFetcher

    refusing = URLFetcher(allowed_protocols=frozenset())
    style = files("comity.web.documents").joinpath("paper.css").read_text(encoding="utf-8")
    attached = [Attachment(string=one.content, name=one.name, description=one.says, url_fetcher=refusing) for one in paper.attached]
    document = HTML(string=html, url_fetcher=refusing)
    found: bytes = document.write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=refusing)], attachments=attached or None, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return found
