"""Estimators side by side, drawn: each one's number with its three intervals, one below the other; each scale by itself, and where zero lies.

Source: docs/explanation/how-effects-are-read.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.charts.chart import Chart, Key
from comity.web.charts.numbered_axes import ticks
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.effect_rows import estimate_rows, figure
from comity.web.telling import told
from comity.web.wording import word

if TYPE_CHECKING:
    from comity.effects import Effect, ErrorBar, EstimatorRow

WIDTH, LABEL, EDGE, ROW, STEP, HEAD, FOOT = 1000, 236, 24, 48, 13, 26, 24
COLUMNS = {
    "estimator": "which estimator",
    "scale": "the scale of its number: sizes on different scales are not to be compared",
    "value": "its number; blank: it refuses",
    "errors": "naive: rows are apart; pair: rows of a pair go together; dyadic: all rows that share a state go together",
    "error": "the standard error; blank: there is none",
    "low": "the lower end of the 95% interval",
    "high": "the upper end",
    "clusters": "how many groups of rows that go together",
    "why_not": "why there is no number, or no error",
    "rows": "how many rows it rests on",
    "pairs": "how many pairs",
    "estimand": "what its number is",
    "assumes": "what must hold for it to be an effect",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a value lies, from left to right."""

    low: float
    high: float

    def at(self, value: float) -> float:
        return round(LABEL + (value - self.low) / (self.high - self.low) * (WIDTH - LABEL - EDGE), 1)


def estimates_chart(found: Effect) -> Chart:
    """The estimators, as a chart; its table has the id ``estimates``."""
    return Chart(
        "estimates",
        _("Each estimator with three intervals: which rows are taken to go together makes them wider or narrower. The line is zero."),
        _("Estimate, by the scale that stands above"),
        _("From tables in the store, as how-effects-are-read.md tells; an association, not proof that the one brings the other about."),
        _drawn(found),
        lambda: estimate_rows(found.findings),
        COLUMNS,
        tuple(Key(_bar(errors, 12, 7, 1, 23), word(errors, "errors of an estimate")) for errors in ("naive", "pair", "dyadic")),
    )


def _drawn(found: Effect) -> Drawing:
    rows = [row for row in found.findings.rows if row.value is not None]
    if not rows:
        return NOTHING
    parts, y = list[SafeString](), 0
    for scale in dict.fromkeys(row.scale for row in rows):
        of_scale = [row for row in rows if row.scale == scale]
        parts.append(_panel(scale, of_scale, y))
        y += HEAD + ROW * len(of_scale) + FOOT
    layout = found.findings.layout
    title = told(_("%(treatment)s and %(outcome)s, by estimator"), treatment=layout.treatment, outcome=layout.outcome)
    return framed("timeline effects-of", title, "estimates", (WIDTH, y), SafeString("".join(parts)))


def _ends(rows: Sequence[EstimatorRow]) -> Iterator[float]:
    yield 0.0
    for row in rows:
        for value in (row.value, *(end for bar in row.bars for end in (bar.low, bar.high))):
            if value is not None:
                yield value


def _panel(scale: str, rows: Sequence[EstimatorRow], y: int) -> SafeString:
    ends = sorted(_ends(rows))
    room = (ends[-1] - ends[0]) * 0.04 or 1.0
    axis, foot = Axis(ends[0] - room, ends[-1] + room), y + HEAD + ROW * len(rows)
    marks = ((axis.at(value), y + HEAD - 4, foot, foot + 15, figure(value)) for value in ticks(axis.low, axis.high))
    return format_html(
        '<text class="head" x="{0}" y="{1}">{2}</text>{3}<line class="e-zero" x1="{4}" x2="{4}" y1="{5}" y2="{6}"/>{7}',
        LABEL, y + 16, word(scale, "scale of an estimate"),
        format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/><text class="year" x="{0}" y="{3}">{4}</text>', marks),
        axis.at(0.0), y + HEAD - 4, foot,
        format_html_join("", "{}", ((_row(row, y + HEAD + ROW * n, axis),) for n, row in enumerate(rows))),
    )  # fmt: skip


def _row(row: EstimatorRow, y: int, axis: Axis) -> SafeString:
    bars = format_html_join("", "{}", ((_told(row, bar, y + 10 + STEP * n, axis),) for n, bar in enumerate(row.bars)))
    name = word(row.estimator, "estimator")
    return format_html('<text class="row" x="{}" y="{}" text-anchor="end">{}</text>{}', LABEL - 10, y + 10 + STEP + 4, name, bars)


def _told(row: EstimatorRow, bar: ErrorBar, y: int, axis: Axis) -> SafeString:
    assert row.value is not None
    parts = {"estimator": word(row.estimator, "estimator"), "errors": word(bar.errors, "errors of an estimate"), "value": figure(row.value)}
    if bar.low is None or bar.high is None:
        says = told(_("%(estimator)s: %(value)s; %(errors)s: no interval"), **parts)
        return format_html("<g><title>{}</title>{}</g>", says, _dot(bar.errors, axis.at(row.value), y))
    says = told(_("%(estimator)s: %(value)s; %(errors)s: %(low)s to %(high)s"), **parts, low=figure(bar.low), high=figure(bar.high))
    return format_html("<g><title>{}</title>{}</g>", says, _bar(bar.errors, axis.at(row.value), y, axis.at(bar.low), axis.at(bar.high)))


def _bar(errors: str, x: float, y: float, low: float, high: float) -> SafeString:
    line = format_html('<line class="e-bar e-{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>', errors, low, high, y)
    return format_html("{}{}", line, _dot(errors, x, y))


def _dot(errors: str, x: float, y: float) -> SafeString:
    """A circle, a square, a diamond: told apart without colours."""
    if errors == "naive":
        return format_html('<circle class="e-dot e-{}" cx="{}" cy="{}" r="4"/>', errors, x, y)
    if errors == "pair":
        return format_html('<rect class="e-dot e-{}" x="{}" y="{}" width="7" height="7"/>', errors, round(x - 3.5, 1), y - 3.5)
    return format_html('<path class="e-dot e-{}" d="M{} {}l5 5l-5 5l-5 -5z"/>', errors, x, y - 5)
