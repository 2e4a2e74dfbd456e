"""An effect drawn: each estimator's number with its three intervals, and below it the specification curve; each scale by itself.

Source: docs/explanation/how-effects-are-read.md, sections 4 and 5; Simonsohn, Simmons and Nelson 2020. Colours: Okabe and Ito 2008.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from comity.effects.answers import Effect, Scale, SpecificationResult
from comity.effects.wording import told

COLOURS = {"naive": "#E69F00", "pair": "#0072B2", "dyadic": "#D55E00"}
SHAPES = {"naive": "circle", "pair": "square", "dyadic": "diamond"}
OF_ESTIMATORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9")
NEUTRAL = "#767676"
"""As far from white as from black, far enough to be read on both."""
_WIDE = 640


def effect_picture(found: Effect) -> alt.VConcatChart:
    """For each scale: the estimators with three intervals each; then, where a grid was estimated, its cells in order with what each one is."""
    said = found.findings
    parts = list[Any]()
    for scale in dict.fromkeys(row.scale for row in said.rows if row.value is not None):
        parts.append(_estimates(found, scale))
        cells = sorted((cell for cell in said.grid.estimated if cell.scale == scale), key=_value)
        if cells:
            parts += [_curve(cells, scale), *_choices(cells)]
    refused = [f"{row.estimator}: {row.refusal}" for row in said.rows if row.value is None]
    span = f"{said.layout.since} to {said.layout.until}, {said.counts.rows:,} rows, {said.counts.pairs:,} pairs"
    head = alt.TitleParams(f"{said.layout.treatment} and {said.layout.outcome}", subtitle=[span, *(line[:140] for line in refused)], anchor="start")
    if not parts:
        parts = [alt.Chart(pl.DataFrame({"says": ["no estimator gives a number"]})).mark_text(color=NEUTRAL).encode(text="says:N")]
    picture: alt.VConcatChart = _styled(alt.vconcat(*parts, spacing=18, title=head).resolve_scale(color="independent", shape="independent"))
    return picture


def _value(cell: SpecificationResult) -> float:
    return cell.value or 0.0


def _estimates(found: Effect, scale: Scale) -> Any:
    rows = [
        (row.estimator, bar.errors, row.value, bar.low, bar.high, f"{told(row.value)} ({told(bar.low)} to {told(bar.high)})")
        for row in found.findings.rows
        if row.scale == scale and row.value is not None
        for bar in row.bars
        if bar.low is not None and bar.high is not None
    ]
    names = ("estimator", "error", "estimate", "low", "high", "says")
    data = pl.DataFrame(rows, schema=dict(zip(names, (pl.String, pl.String, *[pl.Float64] * 3, pl.String), strict=True)), orient="row")
    order = [row.estimator for row in found.findings.rows if row.scale == scale]
    y = alt.Y("estimator:N", sort=order, title=None, axis=alt.Axis(labelLimit=200))
    apart = alt.YOffset("error:N", sort=list(COLOURS), scale=alt.Scale(paddingOuter=0.3))
    colour = alt.Color("error:N", sort=list(COLOURS), scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), title="95% interval")
    shape = alt.Shape("error:N", sort=list(COLOURS), scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), title="95% interval")
    whole = alt.Chart(data)
    x = alt.X("estimate:Q", title=f"estimate, {scale}")
    marks = whole.mark_point(filled=True, size=46, opacity=1)
    return alt.layer(
        _zero("x"),
        whole.mark_rule(strokeWidth=1.6).encode(x=alt.X("low:Q", title=f"estimate, {scale}"), x2="high:Q", y=y, yOffset=apart, color=colour),
        marks.encode(x=x, y=y, yOffset=apart, color=colour, shape=shape, tooltip=["estimator", "error", "says"]),
    ).properties(width=_WIDE, height=34 * len(order) + 14)


def _zero(way: str) -> Any:
    line = alt.Chart(pl.DataFrame({"zero": [0.0]})).mark_rule(color=NEUTRAL, strokeDash=[4, 3], aria=False)
    return line.encode(x="zero:Q") if way == "x" else line.encode(y="zero:Q")


def _curve(cells: list[SpecificationResult], scale: Scale) -> Any:
    rows = [(place, cell.specification.estimator, cell.value, cell.low, cell.high) for place, cell in enumerate(cells, 1)]
    names = ("place", "estimator", "estimate", "low", "high")
    data = pl.DataFrame(rows, schema=dict(zip(names, (pl.Int64, pl.String, *[pl.Float64] * 3), strict=True)), orient="row")
    order = list(dict.fromkeys(cell.specification.estimator for cell in cells))
    x = alt.X("place:Q", scale=alt.Scale(domain=[0, len(cells) + 1], nice=False), axis=None)
    colour = alt.Color("estimator:N", sort=order, scale=alt.Scale(domain=order, range=list(OF_ESTIMATORS[: len(order)])), title="estimator")
    shown = alt.Chart(data)
    return alt.layer(
        _zero("y"),
        shown.mark_rule(strokeWidth=1.4, opacity=0.75).encode(x=x, y=alt.Y("low:Q", title=scale), y2="high:Q", color=colour),
        shown.mark_point(filled=True, size=20, opacity=1).encode(x=x, y=alt.Y("estimate:Q", title=scale), color=colour),
    ).properties(width=_WIDE, height=170, title=alt.TitleParams(f"{len(cells)} specifications, dyadic-robust intervals", fontSize=12, anchor="start"))


def _choices(cells: list[SpecificationResult]) -> list[Any]:
    """A mark for what each cell is, of what differs; nothing where nothing does."""
    told_of = [_told(cell) for cell in cells]
    varied = [what for what in told_of[0] if len({one[what] for one in told_of}) > 1]
    if not varied:
        return []
    rows = [(place, f"{what}: {one[what]}") for place, one in enumerate(told_of, 1) for what in varied]
    data = pl.DataFrame(rows, schema={"place": pl.Int64, "choice": pl.String}, orient="row")
    order = [f"{what}: {value}" for what in varied for value in sorted({one[what] for one in told_of})]
    x = alt.X("place:Q", scale=alt.Scale(domain=[0, len(cells) + 1], nice=False), axis=None)
    marks = alt.Chart(data).mark_tick(color=NEUTRAL, thickness=2, height=8, aria=False)
    y = alt.Y("choice:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, labelOverlap=False))
    return [marks.encode(x=x, y=y).properties(width=_WIDE, height=13 * len(order))]


def _told(cell: SpecificationResult) -> dict[str, str]:
    layout = cell.specification.layout
    return {
        "estimator": cell.specification.estimator,
        "lag": str(layout.lag),
        "controls": cell.specification.controls,
        "under way": layout.ongoing,
        "pairs": "relevant" if layout.relevant else "all",
        "periods": f"{layout.since}-{layout.until}",
    }


def _styled(picture: Any) -> Any:
    """Neutral text and lines, no ground, no frame: it can be read on white and on black."""
    words = {"labelColor": NEUTRAL, "titleColor": NEUTRAL}
    lines = {"domainColor": NEUTRAL, "tickColor": NEUTRAL, "gridColor": NEUTRAL, "gridOpacity": 0.2}
    drawn = picture.configure(background="transparent", font="sans-serif").configure_view(stroke=None)
    drawn = drawn.configure_title(color=NEUTRAL, subtitleColor=NEUTRAL, anchor="start", fontSize=15, subtitleFontSize=11)
    return drawn.configure_axis(**words, **lines).configure_legend(**words, symbolSize=80)
