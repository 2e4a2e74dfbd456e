"""A report as a tagged PDF (PDF/UA-1), from its page; the same bytes for the same report; nothing is fetched.

Source: docs/explanation/how-reports-are-made.md, section 6; ISO 14289-1.
"""

from __future__ import annotations

import hashlib

from comity.reports.contents import Report
from comity.reports.pages import to_page
from comity.terms import BadInput


def to_portable(report: Report) -> bytes:
    """The bytes of the PDF; BadInput where what sets it is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError:
        raise BadInput("a PDF needs more than the core: install it with: pip install 'comity[documents]'") from None
    page = to_page(report)
    known = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=frozenset()))
    found: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=known)
    return found
