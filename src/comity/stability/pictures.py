"""Stability and cooperation over the years, one picture below the other on the same years; a grey band where nothing is known.

Full colour is what is sure, pale what there can be at the most. Source: docs/explanation/how-stability-is-measured.md, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import altair as alt
import polars as pl

from comity.networks import COLOURS, NEUTRAL, styled
from comity.stability.material import Source, Tie
from comity.stability.measures import Count, Stability

Row = tuple[int, Count | None]
_SOURCES: dict[Source, str] = {"cow-mids": "Correlates of War", "gml-mids": "Gibler, Miller and Little"}
_TIES: dict[Tie, str] = {
    "agreements": "agreements in force, on record",
    "exercises on record": "exercises begun, on record",
    "alliances": "pairs with a defence pact (ATOP)",
    "defence agreements": "pairs with a defence agreement (DCAD)",
    "exercises reported": "exercises begun, reported (MME)",
}
_HEIGHT, _WIDTH = 58, 640
_RED, _BLUE, _ORANGE = COLOURS[1], COLOURS[0], COLOURS[4]


def stability_picture(found: Stability, *, width: int = _WIDTH) -> alt.VConcatChart:
    """Disputes, pair-days in dispute and armed conflicts; below them what tied the members; what has nothing in any year is left out."""
    panels = list[tuple[str, str, Sequence[Row]]]()
    for source, years in found.disputes:
        panels.append((f"disputes ({_SOURCES[source]})", _RED, [(one.year, one.ongoing) for one in years]))
        panels.append((f"pair-days in dispute ({_SOURCES[source]})", _RED, [(one.year, one.days) for one in years]))
    panels.append(("armed conflicts in members (UCDP)", _ORANGE, [(one.year, one.within) for one in found.conflicts]))
    panels += [(title, _BLUE, [(year.year, year.of(tie)) for year in found.cooperation]) for tie, title in _TIES.items()]
    drawn = [panel for panel in panels if any(count is not None for _, count in panel[2])]
    charts = [_panel(*panel, found.since, found.until, width, last=panel is drawn[-1]) for panel in drawn]
    head = alt.TitleParams(
        f"{found.region.title}, {found.since} to {found.until}",
        subtitle=[
            "Full colour: sure. Pale: at the most. Grey: nothing is known. Red and orange: disputes and conflicts; blue: what tied the members.",
            "That the one brought about the other is not said here.",
        ],
    )
    picture: alt.VConcatChart = styled(alt.vconcat(*charts, spacing=8).resolve_scale(x="shared").properties(title=head))
    return picture


def _panel(title: str, colour: str, rows: Sequence[Row], since: int, until: int, width: int, *, last: bool) -> alt.LayerChart:
    counted = [(year, count.low, count.high) for year, count in rows if count is not None]
    frame = pl.DataFrame(counted, schema={"year": pl.Int32, "low": pl.Int32, "high": pl.Int32}, orient="row")
    frame = frame.with_columns(start=pl.col("year") - 0.42, end=pl.col("year") + 0.42)
    bands = pl.DataFrame(list(_unknown(rows)), schema={"start": pl.Float64, "end": pl.Float64}, orient="row")
    scale = alt.Scale(domain=[since - 0.5, until + 0.5], nice=False)
    axis = alt.Axis(format="d", labels=last, ticks=last, domain=last, grid=False, tickMinStep=1)
    x = alt.X("start:Q", title=None, scale=scale, axis=axis)
    most = max((high for *_, high in counted), default=0)
    y = alt.Scale(domain=[0, max(1, most)], nice=False)
    high = alt.Y("high:Q", title=None, scale=y, axis=alt.Axis(tickCount=2, format="d", tickMinStep=1))
    tooltip = ["year", "low", "high"]
    unknown = alt.Chart(bands).mark_rect(color=NEUTRAL, opacity=0.25).encode(x=x, x2="end:Q")
    zero = alt.datum(0)
    pale = alt.Chart(frame).mark_rect(color=colour, opacity=0.35).encode(x=x, x2="end:Q", y=high, y2=zero, tooltip=tooltip)
    full = alt.Chart(frame).mark_rect(color=colour).encode(x=x, x2="end:Q", y=alt.Y("low:Q", title=None, scale=y), y2=zero, tooltip=tooltip)
    head = alt.TitleParams(title, fontSize=11, color=NEUTRAL, anchor="start", offset=2, frame="group")
    picture = alt.layer(unknown, pale, full).properties(width=width, height=_HEIGHT, title=head)
    assert isinstance(picture, alt.LayerChart)
    return picture


def _unknown(rows: Iterable[Row]) -> Iterable[tuple[float, float]]:
    """Years after one another of which nothing is known, as one band."""
    since: int | None = None
    year = 0
    for year, count in rows:
        if count is None and since is None:
            since = year
        elif count is not None and since is not None:
            yield since - 0.5, year - 0.5
            since = None
    if since is not None:
        yield since - 0.5, year + 0.5
