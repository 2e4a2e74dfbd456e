"""Reports: scorecards and periodic reports out of strategies, indicators, trust, stability and effects: one content, as page, PDF, notebook and data.

This room owns: what a report contains and how it is laid out. It does not own: any figure in it.
Text: docs/explanation/how-reports-are-made.md.
"""

from comity.reports.acts_behind import ActsWithin, acts_within
from comity.reports.bundles import report_to_plain, to_bundle
from comity.reports.contents import ActBehind, Drawing, Figure, Listing, Report, Section, number
from comity.reports.notebooks import to_notebook
from comity.reports.pages import printable, to_page
from comity.reports.periodic import Wanted, periodic_report
from comity.reports.periods import period_of
from comity.reports.portable import pdf_of, to_portable
from comity.reports.scorecards import scorecard
from comity.reports.stabilities import stability_section

__all__ = [
    "ActBehind",
    "Drawing",
    "Figure",
    "ActsWithin",
    "Listing",
    "Report",
    "Section",
    "Wanted",
    "acts_within",
    "number",
    "pdf_of",
    "period_of",
    "periodic_report",
    "printable",
    "report_to_plain",
    "scorecard",
    "stability_section",
    "to_bundle",
    "to_notebook",
    "to_page",
    "to_portable",
]
