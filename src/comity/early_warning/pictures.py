"""The picture of calibration: tenths of the forecasts, what was forecast against what came.

Source: docs/explanation/how-warnings-are-made.md, section 5; Wilson 1927.
"""

from __future__ import annotations

import math

import altair as alt
import polars as pl

from comity.early_warning.records import WarningRecord

_BLUE, _NEUTRAL, _FONT, _Z = "#0072B2", "#767676", "sans-serif", 1.959964
_SIZE = 380


def calibration_picture(record: WarningRecord) -> alt.LayerChart:
    """Each tenth a point: along, the mean forecast with the mean spread of the members; up, the share that came, with its 95 per cent interval.

    Both axes are logarithmic. On the line, what was forecast is what came. A tenth in which nothing came has its interval alone.
    """
    rows = [(t.mean, t.low, t.high, t.came / t.forecasts or None, *wilson(t.came, t.forecasts)) for t in record.tenths]
    table = pl.DataFrame(rows, schema=dict.fromkeys(("forecast", "low", "high", "share", "least", "most"), pl.Float64), orient="row")
    least = 10 ** math.floor(math.log10(min(min(t.low, t.mean) for t in record.tenths)))
    table = table.with_columns(pl.col("least").clip(least, 1))
    scale = alt.Scale(type="log", domain=[least, 1], clamp=True)
    x = alt.X("forecast:Q", scale=scale, axis=alt.Axis(title="forecast", format="~p", tickCount=4))
    y = alt.Y("share:Q", scale=scale, axis=alt.Axis(title="came true", format="~p", tickCount=4))
    line = alt.Chart(pl.DataFrame({"forecast": [least, 1.0], "share": [least, 1.0]})).mark_line(color=_NEUTRAL, strokeDash=[4, 4]).encode(x=x, y=y)
    up = alt.Chart(table).mark_rule(color=_BLUE).encode(x=x, y=alt.Y("least:Q", scale=scale), y2="most:Q")
    along = alt.Chart(table.drop_nulls()).mark_rule(color=_BLUE, opacity=0.5).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y)
    dots = alt.Chart(table.drop_nulls()).mark_point(color=_BLUE, filled=True, size=50).encode(x=x, y=y, tooltip=["forecast", "share"])
    found = record.scores[0].calibration
    slope = "" if found is None else f"; slope {found.slope:.2f}, intercept {found.intercept:z.2f}"
    below = f"{record.forecasts:,} forecasts of {record.since} to {record.until}, in tenths{slope}"
    title = alt.TitleParams("What was forecast, and what came", subtitle=below, anchor="start", color=_NEUTRAL, subtitleColor=_NEUTRAL)
    told = {"labelColor": _NEUTRAL, "titleColor": _NEUTRAL, "domainColor": _NEUTRAL, "tickColor": _NEUTRAL, "gridColor": _NEUTRAL}
    picture: alt.LayerChart = (
        alt.layer(line, up, along, dots)
        .properties(width=_SIZE, height=_SIZE, title=title)
        .configure(background="transparent", font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(**told, gridOpacity=0.2)
    )
    return picture


def wilson(came: int, of: int) -> tuple[float, float]:
    """The 95 per cent interval of a share."""
    share, spread = came / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
