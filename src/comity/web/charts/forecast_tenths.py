"""Calibration: tenths of the forecasts, what was forecast against what came, both axes logarithmic; on the line, what was forecast is what came.

Source: docs/explanation/how-warnings-are-made.md, section 5; Wilson 1927.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.charts.chart import Chart, Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.tables import Plain
from comity.web.telling import told

if TYPE_CHECKING:
    from comity.early_warning import Tenth, WarningRecord

WIDTH, HEIGHT, LEFT, TOP, EDGE, BELOW = 640, 460, 92, 14, 20, 52
COLUMNS = {
    "tenth": "which tenth of the forecasts, by height, from 1",
    "forecasts": "how many are in it",
    "mean": "their mean",
    "low": "the mean of their lowest members",
    "high": "the mean of their highest members",
    "came": "in how many a dispute began",
    "share": "the share of these",
    "share_low": "the lower end of its 95 per cent interval (Wilson)",
    "share_high": "the upper end",
}


def calibration_chart(record: WarningRecord) -> Chart:
    """The tenths, as a chart."""
    months = record.step.in_year > 1
    return Chart(
        "calibration",
        told(
            _("%(number)s forecasts of %(since)s to %(until)s in tenths, each against the share in which a dispute began."),
            number=f"{record.forecasts:,}", since=record.since, until=record.until,
        ),
        _("Share of pairs and months, on logarithmic axes") if months else _("Share of pairs and years, on logarithmic axes"),
        _("Each month was forecast from what was known at the end of the month before; a tenth in which nothing came has its interval alone.")
        if months
        else _("Each year was forecast from the years before it alone; a tenth in which nothing came has its interval alone."),
        _drawn(record),
        lambda: [_row(n, one) for n, one in enumerate(record.tenths, 1)],
        COLUMNS,
        (
            Key(SafeString('<circle class="c-dot" cx="12" cy="7" r="5"/>'), _("a tenth: forecast, and what came")),
            Key(SafeString('<line class="c-up" x1="12" x2="12" y1="0" y2="14"/>'), _("interval of 95 per cent of what came")),
            Key(SafeString('<line class="c-along" x1="0" x2="24" y1="7" y2="7"/>'), _("lowest to highest members")),
            Key(SafeString('<line class="c-line" x1="0" x2="24" y1="13" y2="1"/>'), _("what was forecast is what came")),
        ),
    )  # fmt: skip


def _row(number: int, one: Tenth) -> Plain:
    low, high = _interval(one)
    return {
        "tenth": number, "forecasts": one.forecasts, "mean": one.mean, "low": one.low, "high": one.high, "came": one.came,
        "share": one.came / one.forecasts, "share_low": low, "share_high": high,
    }  # fmt: skip


def _interval(one: Tenth) -> tuple[float, float]:
    from comity.early_warning import wilson

    return wilson(one.came, one.forecasts)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From 10 to the power of ``least`` to 1, on both axes."""

    least: int

    def _share(self, value: float) -> float:
        return 1 - math.log10(min(max(value, 10.0**self.least), 1.0)) / self.least

    def x(self, value: float) -> float:
        return round(LEFT + self._share(value) * (WIDTH - LEFT - EDGE), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BELOW - self._share(value) * (HEIGHT - BELOW - TOP), 1)


def _drawn(record: WarningRecord) -> Drawing:
    if not record.tenths:
        return NOTHING
    scale = _Scale(min(-1, math.floor(math.log10(max(1e-9, min(min(t.low, t.mean) for t in record.tenths))))))
    least = 10.0**scale.least
    inner = format_html(
        '{}<line class="c-line" x1="{}" y1="{}" x2="{}" y2="{}"/>{}<text class="row" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="row" x="{}" y="{}" text-anchor="middle" transform="rotate(-90 {} {})">{}</text>',
        _axes(scale),
        scale.x(least),
        scale.y(least),
        scale.x(1),
        scale.y(1),
        format_html_join("", "{}", ((_tenth(one, scale),) for one in record.tenths)),
        (LEFT + WIDTH - EDGE) / 2,
        HEIGHT - 12,
        _("forecast"),
        18,
        (TOP + HEIGHT - BELOW) / 2,
        18,
        (TOP + HEIGHT - BELOW) / 2,
        _("came true"),
    )
    return framed("timeline calibration", _("What was forecast, and what came"), "tenths", (WIDTH, HEIGHT), inner)


def _axes(scale: _Scale) -> SafeString:
    marks = [10.0**power for power in range(scale.least, 1)]
    lines = (
        (scale.x(mark), scale.y(mark), LEFT, WIDTH - EDGE, TOP, HEIGHT - BELOW, HEIGHT - BELOW + 17, LEFT - 8, scale.y(mark) + 4, f"{mark:.10g}")
        for mark in marks
    )
    return format_html_join(
        "",
        '<line class="grid" x1="{0}" x2="{0}" y1="{4}" y2="{5}"/><line class="grid" x1="{2}" x2="{3}" y1="{1}" y2="{1}"/>'
        '<text class="year" x="{0}" y="{6}">{9}</text><text x="{7}" y="{8}" text-anchor="end">{9}</text>',
        lines,
    )


def _tenth(one: Tenth, scale: _Scale) -> SafeString:
    share, (low, high) = one.came / one.forecasts, _interval(one)
    x = scale.x(one.mean)
    says = told(_("forecast %(mean)s, came true %(share)s"), mean=f"{one.mean:.4f}", share=f"{share:.4f}")
    up = format_html('<line class="c-up" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', x, scale.y(low), scale.y(high))
    if not one.came:
        return format_html("<g><title>{}</title>{}</g>", says, up)
    return format_html(
        '<g><title>{}</title>{}<line class="c-along" x1="{}" x2="{}" y1="{y}" y2="{y}"/><circle class="c-dot" cx="{}" cy="{y}" r="5"/></g>',
        says,
        up,
        scale.x(one.low),
        scale.x(one.high),
        x,
        y=scale.y(share),
    )
