"""A page as a tagged PDF (PDF/UA-1): the same bytes for the same page; nothing is fetched, whatever the page says.

Source: docs/explanation/how-reports-are-made.md, section 6; ISO 14289-1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from comity.reports.contents import Report
from comity.reports.pages import to_page
from comity.terms import BadInput


def to_portable(report: Report) -> bytes:
    """The bytes of a report's PDF; BadInput where what sets it is not installed."""
    return pdf_of(to_page(report))


def pdf_of(page: str, style: str = "", attached: Iterable[tuple[str, str, bytes]] = ()) -> bytes:
    """The PDF of an HTML page. ``style``: CSS beside its own; ``attached``: files that travel inside it, each its name, what it is, its content.

    Errors: BadInput where what sets it is not installed.
    """
    try:
        from weasyprint import CSS, HTML, Attachment
        from weasyprint.urls import URLFetcher
    except ImportError:
        raise BadInput("a PDF needs more than the core: install it with: pip install 'comity[documents]'") from None
    refusing = URLFetcher(allowed_protocols=frozenset())
    known = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    inside = [Attachment(string=content, name=name, description=says, url_fetcher=refusing) for name, says, content in attached]
    sheets = [CSS(string=style, url_fetcher=refusing)] if style else None
    document = HTML(string=page, url_fetcher=refusing)
    found: bytes = document.write_pdf(stylesheets=sheets, attachments=inside or None, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=known)
    return found
