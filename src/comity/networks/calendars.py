"""A picture of how often something was, by year and by kind: rows of kinds, columns of years, darker with more; numbers in the cells.

Readable on white and on black alike; a year that nothing covers has no cell.
Source: docs/explanation/how-interoperability-is-told.md, section 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from comity.networks.pictures import COLOURS, NEUTRAL, styled


def years_picture(counts: Mapping[tuple[int, str], int], kinds: Sequence[str], title: str = "", below: str = "") -> alt.LayerChart:
    """How often each of the ``kinds`` was in each year: ``counts`` by year and kind; a year and kind that is not among them is left out."""
    rows = [(year, kind, number) for (year, kind), number in sorted(counts.items()) if kind in kinds]
    frame = pl.DataFrame(rows, schema={"year": pl.Int32, "kind": pl.String, "number": pl.Int32}, orient="row")
    years = sorted({year for year, _ in counts})
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-60), scale=alt.Scale(domain=years))
    y = alt.Y("kind:N", title=None, sort=list(kinds))
    most = max(counts.values(), default=1)
    shade = alt.Color("number:Q", legend=None, scale=alt.Scale(domain=[0, most], range=["#80808022", COLOURS[0]]))
    cells = alt.Chart(frame).mark_rect().encode(x=x, y=y, color=shade, tooltip=["year", "kind", "number"])
    dark = alt.condition(f"datum.number > {most / 2}", alt.value("white"), alt.value(NEUTRAL))
    words = alt.Chart(frame.filter(pl.col("number") > 0)).mark_text(fontSize=9, fontWeight=600).encode(x=x, y=y, text="number:Q", color=dark)
    head = alt.TitleParams(title or below, subtitle=below if title else [])
    picture: alt.LayerChart = styled(alt.layer(cells, words).properties(width=21 * len(years), height=24 * len(kinds), title=head))
    return picture
