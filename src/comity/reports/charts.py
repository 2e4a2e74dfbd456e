"""Charts of a report, in Altair, as SVG; none where tables and pictures are not installed.

Source: docs/explanation/how-reports-are-made.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping


def before_and_after(counts: Mapping[str, tuple[int, int]], now: str, then: str) -> str | None:
    """How many of each, in this period and in the one before: bars, two for each. None where it cannot be drawn on this machine."""
    try:
        import altair as alt
        import polars as pl

        from comity.networks import COLOURS, NEUTRAL, styled, to_svg
    except ImportError:
        return None
    rows = [(says, period, count) for says, pair in counts.items() for period, count in zip((now, then), pair, strict=True)]
    frame = pl.DataFrame(rows, schema={"what": pl.String, "period": pl.String, "number": pl.Int32}, orient="row")
    order = [then, now]
    y = alt.Y("what:N", title=None, sort=list(counts), axis=alt.Axis(labelLimit=320))
    x = alt.X("number:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1, tickCount=5))
    scale, legend = alt.Scale(domain=order, range=[NEUTRAL, COLOURS[0]]), alt.Legend(orient="top")
    colour = alt.Color("period:N", title=None, sort=order, scale=scale, legend=legend)
    bars = alt.Chart(frame).mark_bar(size=9).encode(x=x, y=y, yOffset=alt.YOffset("period:N", sort=order), color=colour)
    return to_svg(styled(bars.properties(width=360, height=34 * len(counts))))
