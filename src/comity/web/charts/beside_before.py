"""Figures beside those of the period before: a pair of bars in a row of a table; and what a party concluded, as a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.reports import Figure, Report, number
from comity.web.charts.bar_grids import BarRow, Cell, bar_grid
from comity.web.charts.chart import Chart
from comity.web.drawing import NOTHING
from comity.web.telling import told
from comity.web.wording import word

WIDE, HIGH, THIN = 96, 9, 5
"""Of the bars in a row: the longest, the upper one, the lower one."""
COUNTED = "acts"
COLUMNS = {
    "what": "which acts are counted",
    "now": "how many were done in the period, on record and beyond doubt",
    "before": "how many in the period before",
    "perhaps": "how many more may have been done in the period",
}


def pair_of_bars(value: float | None, before: float | None, unit: str) -> SafeString:
    """Now above, before below, on one scale; a question mark where it is not known. The figures stand beside it in words."""
    known = [one for one in (value, before) if one is not None]
    if not known or min(known) < 0:
        return SafeString("")
    longest = 1.0 if unit == "share" else max([*known, 1e-9])

    def bar(one: float | None, look: str, y: int, high: int) -> SafeString:
        if one is None:
            return format_html('<text class="unsaid" x="4" y="{}">?</text>', y + high)
        return format_html('<rect class="{}" x="1" y="{}" width="{}" height="{}"/>', look, y, round(one / longest * WIDE, 1), high)

    return format_html(
        '<svg class="beside-before" viewBox="0 0 {0} 22" width="{0}" height="22" aria-hidden="true" focusable="false">'
        '<path class="edge" d="M0.5 0V22"/>{1}{2}</svg>',
        WIDE + 2, bar(value, "this", 2, HIGH), bar(before, "before", 14, THIN),
    )  # fmt: skip


def concluded_chart(report: Report, title: str, periods: tuple[str, str]) -> Chart:
    """How many acts of each group in the period and in the one before; its table has the id ``concluded``."""
    figures = [one for one in report.sections[0].figures if one.unit == COUNTED]
    rows = [BarRow(str(told(word(one.id, "report-figure"))), f"#f-{one.id}", (_cell(one, one.value), _cell(one, one.before))) for one in figures]
    there = any(one.value or one.before or one.most for one in figures)
    marking = f" {report.label.marking}" if report.label.marking else ""
    return Chart(
        "concluded",
        _("Acts on record, in the period and in the one before.") + marking,
        word("acts", "report-unit"),
        _("Counted from the acts on record by the day asked about, as how-reports-are-made.md tells."),
        bar_grid(rows, periods, title, "concluded", 1.0) if there else NOTHING,
        _rows(figures),
        COLUMNS,
    )


def _cell(one: Figure, value: float | None) -> Cell | None:
    if value is None:
        return None
    least, most = (one.least, one.most) if value is one.value else (None, None)
    return Cell(value, number(value, one.unit), f"{word(one.id, 'report-figure')}: {number(value, one.unit)}", least, most)


def _rows(figures: Sequence[Figure]) -> Callable[[], list[dict[str, object]]]:
    return lambda: [{"what": one.says, "now": one.value, "before": one.before, "perhaps": one.unknown} for one in figures]
