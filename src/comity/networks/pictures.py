"""Pictures of networks: one year drawn, and measures over the years; as Vega-Lite, and as SVG without a browser or a network.

The same network always gives the same drawing. Colours can be told apart by those who see fewer of them (Okabe and Ito 2008), each
community has a shape besides, and text and lines are readable on white and on black alike; the ground is left clear.

Source: docs/explanation/how-panels-are-made.md, section 9; Fruchterman and Reingold 1991, Graph drawing by force-directed placement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import polars as pl
import vl_convert
from numpy.typing import NDArray

from comity.networks.measuring import YEAR_MEASURES, Matrix, Network, PartyCode, communities, weights_of
from comity.terms import BadInput

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
NEUTRAL = "#767676"
"""As far from white as from black, far enough to be read on both."""
_FONT = "sans-serif"
_LETTER, _LINE = 7.8, 12.0
"""Of a label, in pixels: the width of a letter, the height."""
_ROUNDS = 600
Groups = NDArray[np.int64]


def network_picture(
    network: Network, title: str = "", *, names: Mapping[PartyCode, str] | None = None, width: int = 760, height: int = 620
) -> alt.LayerChart:
    """The network drawn: parties that are tied lie near each other, larger with more ties, coloured by community.

    ``names``: what a party is called beside its mark, else its code; the best tied come first, and a label that has no room is left out.
    Parties without ties aren't drawn; how many they are is said below the title.
    """
    parties, weights = list(network.nodes()), weights_of(network)
    group, degree = communities(weights), (weights > 0).sum(axis=1)
    drawn = np.flatnonzero(degree > 0)
    place = laid_out(weights, group) * np.array([width, height])
    told = [str(names.get(parties[n], parties[n]) if names else parties[n]) for n in range(len(parties))]
    kinds = _kinds(group)
    sizes = 24 + 170 * degree / max(1, int(degree.max(initial=1)))
    points = pl.DataFrame(
        {
            "x": place[drawn, 0],
            "y": place[drawn, 1],
            "party": [told[n] for n in drawn],
            "ties": degree[drawn],
            "size": sizes[drawn],
            "community": [kinds[min(int(group[n]), len(COLOURS) + 1)] for n in drawn],
        },
        schema_overrides={"party": pl.String, "community": pl.String},
    )
    ends = dict.fromkeys(("x", "y", "x2", "y2"), pl.Float64)
    lines = pl.DataFrame([(*place[a], *place[b]) for a, b in network.edge_list()], schema=ends, orient="row")
    labels = _labels(place, told, sizes, [int(n) for n in drawn], lines.to_numpy(), (width, height))
    x, y = (alt.X("x:Q", scale=alt.Scale(domain=[0, width]), axis=None), alt.Y("y:Q", scale=alt.Scale(domain=[height, 0]), axis=None))
    order = list(kinds.values())[: min(int(group.max(initial=0)), len(COLOURS) + 1)]
    head, legend = "Community (states)", alt.Legend() if order else None
    paints = alt.Scale(domain=order, range=[*COLOURS, NEUTRAL][: len(order)])
    colour = alt.Color("community:N", sort=order, scale=paints, title=head, legend=legend)
    marks = alt.Scale(domain=order, range=[*SHAPES, "triangle-left"][: len(order)])
    shape = alt.Shape("community:N", sort=order, scale=marks, title=head, legend=legend)
    faint = float(np.clip(8 / np.sqrt(max(1, network.num_edges())), 0.14, 0.8))
    alone = len(parties) - len(drawn)
    below = f"{len(drawn)} states, {network.num_edges():,} ties" + (f"; {alone} without a tie are not drawn" if alone else "")
    words = alt.Chart(labels).mark_text(aria=False, color=NEUTRAL, fontSize=10.5, fontWeight=600, align="left", baseline="middle")
    dots = alt.Chart(points).mark_point(filled=True, opacity=0.95, stroke=NEUTRAL, strokeWidth=0.4)
    picture: alt.LayerChart = styled(
        alt.layer(
            alt.Chart(lines).mark_rule(aria=False, color=NEUTRAL, strokeWidth=0.6, opacity=faint).encode(x=x, y=y, x2="x2", y2="y2"),
            dots.encode(x=x, y=y, color=colour, shape=shape, size=alt.Size("size:Q", scale=None), tooltip=["party", "ties"]),
            words.encode(x=x, y=y, text="label:N"),
        ).properties(width=width, height=height, title=alt.TitleParams(title or below, subtitle=below if title else []))
    )
    return picture


def measures_picture(
    years: pl.DataFrame, shown: Sequence[str] = ("ties", "density", "transitivity", "modularity"), title: str = ""
) -> alt.VConcatChart:
    """Yearly measures (``NetworkMeasures.years``), one below the other over the same years; where a measure is null the line is broken.

    A year that stands alone between such years is a dot.
    """
    strange = sorted(set(shown) - set(YEAR_MEASURES))
    if strange:
        raise BadInput(f"no yearly measure is called {', '.join(strange)}; there are {', '.join(YEAR_MEASURES)}")
    spaced = years.select("year", *shown).cast(dict.fromkeys(shown, pl.Float64))
    first, last = (int(year) for year in spaced.select(first=pl.col("year").min(), last=pl.col("year").max()).row(0))
    every = pl.DataFrame({"year": range(first, last + 1)}, schema={"year": pl.Int32}).join(spaced, on="year", how="left", maintain_order="left")
    panels = []
    for number, name in enumerate(shown):
        axis = alt.Axis(format="d", labels=name == shown[-1], ticks=name == shown[-1], title=None)
        x = alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=axis)
        y = alt.Y(f"{name}:Q", axis=alt.Axis(title=name, tickCount=4, titleAnchor="middle"), scale=alt.Scale(zero=True))
        known, colour = pl.col(name).is_not_null(), COLOURS[number % 3]
        alone = every.filter(known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)).select("year", name)
        line = alt.Chart(every.select("year", name)).mark_line(color=colour, strokeWidth=1.8, invalid="break-paths-show-domains")
        dots = alt.Chart(alone).mark_point(color=colour, filled=True, size=14)
        panels.append(alt.layer(line.encode(x=x, y=y), dots.encode(x=x, y=y)).properties(width=640, height=96))
    picture: alt.VConcatChart = styled(alt.vconcat(*panels, spacing=14, title=title))
    return picture


def to_svg(picture: alt.TopLevelMixin) -> str:
    """The picture as SVG."""
    return str(vl_convert.vegalite_to_svg(picture.to_dict(), allowed_base_urls=[]))


def to_png(picture: alt.TopLevelMixin, background: str | None = None) -> bytes:
    """The picture as PNG, twice as large; ``background``: a colour to see it on."""
    plain = picture.to_dict()
    if background is not None:
        plain["config"]["background"] = background
    return bytes(vl_convert.vegalite_to_png(plain, scale=2, allowed_base_urls=[]))


def laid_out(weights: Matrix, group: Groups) -> Matrix:
    """A place between 0 and 1 for every node: ties pull together, all push apart; it begins with the communities around a circle."""
    tied = np.flatnonzero(weights.sum(axis=1) > 0)
    place = np.full((len(weights), 2), 0.5)
    if len(tied) < 2:
        return place
    pull = (weights[np.ix_(tied, tied)] > 0).astype(np.float64)
    at = _begun(group[tied])
    ideal = 1.1 / np.sqrt(len(tied))
    degree = pull.sum(axis=1)
    for turn in range(_ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-4)
        push = ideal**2 / distance**2
        drag = pull * distance / ideal / np.sqrt(np.minimum.outer(degree, degree))
        force = ((push - drag)[:, :, None] * apart).sum(axis=1) - 0.9 * (at - 0.5)
        length = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + force / length * np.minimum(length, 0.06 * (1 - turn / _ROUNDS) + 0.0005)
    low, high = at.min(axis=0), at.max(axis=0)
    place[tied] = 0.05 + 0.9 * (at - low) / np.maximum(high - low, 1e-9)
    return place


def _begun(group: Groups) -> Matrix:
    """Communities around a circle, the members of each around a smaller one."""
    at = np.zeros((len(group), 2))
    for number in np.unique(group):
        members = np.flatnonzero(group == number)
        around = 2 * np.pi * number / (group.max() + 1)
        inner = 2 * np.pi * np.arange(len(members)) / len(members)
        at[members] = 0.5 + 0.33 * np.array([np.cos(around), np.sin(around)]) + 0.1 * np.stack([np.cos(inner), np.sin(inner)], axis=1)
    return at


def _kinds(group: Groups) -> dict[int, str]:
    """What each community is called in the legend, with its size; those past the colours are one kind."""
    last = len(COLOURS)
    found = {number: f"{number} ({int((group == number).sum())})" for number in range(1, last + 1)}
    return found | {last + 1: f"others ({int((group > last).sum())})"}


def _labels(place: Matrix, told: list[str], sizes: Matrix, drawn: list[int], edges: Matrix, room: tuple[int, int]) -> pl.DataFrame:
    """Labels where there is room, the largest nodes first: on that side of the mark which fewest lines cross."""
    radius = np.sqrt(sizes) / 2 + 2
    taken = [(*(place[n] - radius[n] + 2), *(place[n] + radius[n] - 2)) for n in drawn]
    along = edges[:, None, :2] + (edges[:, 2:] - edges[:, :2])[:, None, :] * np.linspace(0, 1, 60)[None, :, None]
    rows = []
    for n in sorted(drawn, key=lambda n: (-sizes[n], told[n])):
        wide, (x, y), away = _LETTER * len(told[n]), place[n], radius[n]
        free: list[tuple[int, int, tuple[float, float, float, float]]] = []
        aslant = max(0.8 * away, away - 1.5)
        for left, middle in (
            (x + away, y), (x - away - wide, y), (x - wide / 2, y - away - 5), (x - wide / 2, y + away + 5),
            *((x + side * aslant - (wide if side < 0 else 0), y + up * (aslant + 4)) for side in (1, -1) for up in (-1, 1)),
        ):  # fmt: skip
            box = (left, middle - _LINE / 2, left + wide, middle + _LINE / 2)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]
            if inside and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                across, down = along[:, :, 0], along[:, :, 1]
                crossed = (across > box[0]) & (across < box[2]) & (down > box[1]) & (down < box[3])
                free.append((int(np.count_nonzero(crossed.any(axis=1))), len(free), box))
        if free:
            *_, best = min(free)
            taken.append(best)
            rows.append((float(best[0]), float(best[1] + _LINE / 2), told[n]))
    return pl.DataFrame(rows, schema={"x": pl.Float64, "y": pl.Float64, "label": pl.String}, orient="row")


def styled(picture: Any) -> Any:
    """Neutral text and lines, no ground, no frame."""
    told = {"labelColor": NEUTRAL, "titleColor": NEUTRAL, "labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 11, "titleFontSize": 11}
    lines = {"domainColor": NEUTRAL, "tickColor": NEUTRAL, "gridColor": NEUTRAL, "gridOpacity": 0.2}
    head = {"color": NEUTRAL, "subtitleColor": NEUTRAL, "font": _FONT, "subtitleFont": _FONT}
    sizes = {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11}
    drawn = picture.configure(background="transparent", font=_FONT).configure_view(stroke=None).configure_title(**head, **sizes)
    return drawn.configure_axis(**told, **lines).configure_legend(**told, symbolSize=90)
