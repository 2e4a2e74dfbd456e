"""A forecast of trust as a strip with its interval; and, stretch by stretch, what was forecast beside what came of it."""

from __future__ import annotations

from math import sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.trust import Bin, Forecast
from comity.web.charts.chart import Chart, Key
from comity.web.charts.readings import figure
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import told

WIDE, HIGH, SIDE = 460, 76, 24
SQUARE, LEFT, TOP, FOOT = 380, 56, 16, 44
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def forecast_chart(found: Forecast, title: str) -> Chart:
    """The strip; its words have the id ``forecast``."""
    least, most = found.between or (None, None)
    row = {"forecast": found.value, "least": least, "most": most, "base_rate": found.base_rate, "pooled_towards": found.towards}
    return Chart(
        "forecast",
        told(
            _("The probability with its interval at %(level)s; the interval is of the probability, not of what will happen."), level=level_of(found)
        ),
        _("Probability"),
        _("From the duties on record that fell due and were kept or missed, as how-trust-is-forecast.md tells."),
        _strip(found, title),
        lambda: [row],
        {
            "forecast": "how likely the next duty is to be kept on time; blank: there are too few",
            "least": "the least of the interval",
            "most": "the most of the interval",
            "base_rate": "of all such duties of anybody, the share that was kept on time",
            "pooled_towards": "what is expected of the party before one looks at the two",
        },
        (
            Key(SafeString('<rect class="span" x="0" y="3" width="24" height="8"/>'), told(_("the interval at %(level)s"), level=level_of(found))),
            Key(SafeString('<circle class="dot" cx="12" cy="7" r="5"/>'), _("the forecast")),
            Key(SafeString('<path class="base" d="M12 0V14"/>'), _("the base rate of all")),
            Key(SafeString('<path class="towards" d="M12 0V14"/>'), _("what is expected of the party before one looks at the two")),
        ),
    )


def level_of(found: Forecast) -> str:
    """The level of the interval as it is written: 90%, 97.5%; never rounded up to all."""
    return f"{found.rules.level * 100:.12g}%"


def _at(share: float) -> float:
    return round(SIDE + share * (WIDE - 2 * SIDE), 1)


def _strip(found: Forecast, title: str) -> Drawing:
    if found.value is None or found.between is None:
        return NOTHING
    low, high = found.between
    inner = format_html(
        '{}<rect class="span" x="{}" y="24" width="{}" height="20"><title>{}</title></rect><path class="base" d="M{} 16V52"><title>{}</title></path>'
        '<path class="towards" d="M{} 16V52"><title>{}</title></path><circle class="dot" cx="{}" cy="34" r="7"><title>{}</title></circle>',
        format_html_join(
            "",
            '<line class="grid" x1="{0}" x2="{0}" y1="14" y2="54"/><text class="year" x="{0}" y="70">{1}</text>',
            ((_at(share), figure(share, "share")) for share in SHARES),
        ),
        _at(low), round(_at(high) - _at(low), 1), told(_("%(least)s to %(most)s"), least=figure(low, "share"), most=figure(high, "share")),
        _at(found.base_rate), told(_("base rate of all: %(share)s"), share=figure(found.base_rate, "share")),
        _at(found.towards), told(_("expected before: %(share)s"), share=figure(found.towards, "share")),
        _at(found.value), figure(found.value, "share"),
    )  # fmt: skip
    return framed("timeline trust-of", title, "forecast", (WIDE, HIGH), inner)


def calibration_chart(found: Forecast, title: str) -> Chart:
    """What was forecast and what came of it; its table has the id ``calibration``."""
    bins = () if found.score is None else found.score.bins
    return Chart(
        "calibration",
        _("Each circle is a stretch of forecasts, the larger the more; on the broken line as many were kept as was forecast."),
        _("Share kept on time"),
        _("Every duty on record is forecast from those that fell due before it, wherever enough were observed by then."),
        _square(found, bins, title),
        lambda: [{"from": one.low, "to": one.high, "forecasts": one.number, "forecast": one.forecast, "kept": one.kept} for one in bins],
        {
            "from": "forecasts from this",
            "to": "up to this",
            "forecasts": "how many",
            "forecast": "their mean",
            "kept": "the share of these duties that was kept on time",
        },
        (
            Key(SafeString('<circle class="dot" cx="12" cy="7" r="6"/>'), _("forecasts of a stretch")),
            Key(SafeString('<path class="even" d="M0 13L24 1"/>'), _("as many kept as was forecast")),
            Key(SafeString('<path class="base" d="M0 7H24"/>'), _("the base rate of all")),
        ),
    )


def _x(share: float) -> float:
    return round(LEFT + share * SQUARE, 1)


def _y(share: float) -> float:
    return round(TOP + (1 - share) * SQUARE, 1)


def _square(found: Forecast, bins: tuple[Bin, ...], title: str) -> Drawing:
    if not bins:
        return NOTHING
    most = max(one.number for one in bins) or 1
    lines = ((_x(share), _y(0), _y(1), _y(share), _x(0), _x(1), figure(share, "share"), _y(0) + 18, _y(share) + 4, LEFT - 8) for share in SHARES)
    inner = format_html(
        '{}<path class="even" d="M{} {}L{} {}"/><path class="base" d="M{} {}H{}"><title>{}</title></path>{}'
        '<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        format_html_join(
            "",
            '<line class="grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/><line class="grid" x1="{4}" x2="{5}" y1="{3}" y2="{3}"/>'
            '<text x="{0}" y="{7}" text-anchor="middle">{6}</text><text x="{9}" y="{8}" text-anchor="end">{6}</text>',
            lines,
        ),
        _x(0), _y(0), _x(1), _y(1), _x(0), _y(found.base_rate), _x(1),
        told(_("base rate of all: %(share)s"), share=figure(found.base_rate, "share")),
        format_html_join("", "{}", ((_circle(one, most),) for one in bins if one.number)),
        _x(0.5), _y(0) + 38, _("forecast; upwards: the share kept"),
    )  # fmt: skip
    return framed("calibration-of", title, "calibration", (LEFT + SQUARE + 20, TOP + SQUARE + FOOT), inner)


def _circle(one: Bin, most: int) -> SafeString:
    assert one.forecast is not None
    assert one.kept is not None
    radius = round(5 + 15 * sqrt(one.number / most), 1)
    says = told(
        _("forecast %(forecast)s, kept %(kept)s, of %(number)s"),
        forecast=figure(one.forecast, "share"), kept=figure(one.kept, "share"), number=one.number,
    )  # fmt: skip
    return format_html('<circle class="dot" cx="{}" cy="{}" r="{}"><title>{}</title></circle>', _x(one.forecast), _y(one.kept), radius, says)
