"""The logic model of a strategy as a picture: one SVG that stands alone, that fetches nothing, readable on light and on dark.

Source: how-strategies-are-checked.md, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from comity.strategies.layers import COLUMNS, GAP, LINE, MARGIN, PADDING, WIDTH, Box, Layers, layers_of, wrapped
from comity.strategies.progress import MeasureProgress, TargetState
from comity.strategies.strategy import Strategy

MARKS = {TargetState.MET: "✓", TargetState.NOT_MET: "✗", TargetState.ON_COURSE: "▲", TargetState.BEHIND: "▼", TargetState.UNKNOWN: "?"}
_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
_RAISED = -72
"""Without a title the picture begins so much higher."""
_WIDE = 2 * MARGIN + len(COLUMNS) * WIDTH + (len(COLUMNS) - 1) * GAP
_STYLE = """
svg{font:13px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;color-scheme:light dark}
.sheet{fill:#fbfbf9}.ink,text{fill:#1d2733}.head{font-size:20px;font-weight:650}.sub{fill:#56616e}
.column{font-weight:650;fill:#56616e}.band{fill:#eef1f4;stroke:none}.of{fill:#3c4a59;font-weight:600}
.box{fill:#fff;stroke:#8894a2;stroke-width:1}.interest .box{stroke:#2f5d8a;stroke-width:2}.objective .box{stroke:#2f5d8a}
.tie{fill:none;stroke:#8a96a4;stroke-width:1.3}
.met{fill:#1b6e3c}.not-met{fill:#a32020}.on-course{fill:#1f5f99}.behind{fill:#8a5200}.unknown{fill:#6b3fa0}
@media (prefers-color-scheme:dark){.sheet{fill:#14181d}.ink,text{fill:#e6eaee}.sub,.column{fill:#a3adb8}.band{fill:#1d232b}.of{fill:#c3ccd6}
.box{fill:#252d37;stroke:#6f7c8b}.interest .box,.objective .box{stroke:#7fb2e6}.tie{stroke:#66727f}
.met{fill:#6fd394}.not-met{fill:#ff8f86}.on-course{fill:#7fc0ff}.behind{fill:#f3b562}.unknown{fill:#c9a6ff}}
@media print{.sheet{fill:#fff}}
"""


def strategy_svg(strategy: Strategy, progress: Sequence[MeasureProgress] = ()) -> str:
    """The picture; ``progress``: how far each indicator is, told in the boxes that it measures."""
    layers = layers_of(strategy, progress)
    period = f"{strategy.id}, version {strategy.version}, {strategy.from_} to {strategy.until}"
    title = wrapped(strategy.title, 100)[:2]
    written = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{layers.height:.0f}" viewBox="0 0 {_WIDE} {layers.height:.0f}" '
        'role="img" lang="en" aria-labelledby="strategy-title strategy-says">',
        f'<title id="strategy-title">Logic model: {escape(strategy.title)}</title>',
        f'<desc id="strategy-says">{escape(_says(strategy, period))}</desc>',
        f'<style>{_STYLE}</style><rect class="sheet" width="100%" height="100%"/>',
        *(f'<text class="head" x="{MARGIN}" y="{34 + 22 * n}">{escape(line)}</text>' for n, line in enumerate(title)),
        f'<text class="sub" x="{MARGIN}" y="{36 + 22 * len(title)}">{escape(period)}</text>',
        *_drawn(layers),
        "</svg>\n",
    ]
    return _FOREIGN.sub("\ufffd", "\n".join(written))


@dataclass(frozen=True, slots=True)
class StrategyPicture:
    """The picture without title and style, for a page that has both: what is drawn in an SVG of this width and height, in pixels.

    Its classes: column, band, of, box, tie, the kinds of parts, and each progress with - for spaces. Everything in it is escaped.
    """

    width: int
    height: int
    inner: str


def strategy_picture(strategy: Strategy, progress: Sequence[MeasureProgress] = ()) -> StrategyPicture:
    """The same picture, to be put into a page."""
    layers = layers_of(strategy, progress)
    moved = f'<g transform="translate(0 {_RAISED})">{"".join(_drawn(layers))}</g>'
    return StrategyPicture(_WIDE, round(layers.height) + _RAISED, _FOREIGN.sub("\ufffd", moved))


def _drawn(layers: Layers) -> Iterator[str]:
    yield from _heads()
    yield from _bands(layers)
    yield from (_tie(left, right) for left, right in layers.ties)
    yield from (part for box in layers.boxes for part in _box(box))


def _says(strategy: Strategy, period: str) -> str:
    counts = (
        (strategy.interest, "interests"), (strategy.objective, "objectives"), (strategy.outcome, "outcomes"),
        (list(strategy.outputs()), "outputs"), (list(strategy.activities()), "activities"), (list(strategy.inputs()), "inputs"),
    )  # fmt: skip
    told = ", ".join(f"{len(some)} {name}" for some, name in counts)
    return f"{period}. From left to right: {told}, of {len(strategy.initiative)} initiatives. A line says that the right one serves the left one."


def _heads() -> Iterator[str]:
    for number, name in enumerate(COLUMNS):
        yield f'<text class="column" x="{MARGIN + number * (WIDTH + GAP)}" y="98">{name}</text>'


def _bands(layers: Layers) -> Iterator[str]:
    x = MARGIN + 3 * (WIDTH + GAP) - PADDING
    wide = 3 * WIDTH + 2 * GAP + 2 * PADDING
    for band in layers.bands:
        yield f'<rect class="band" x="{x}" y="{band.y:.1f}" width="{wide}" height="{band.height:.1f}" rx="8"/>'
        for number, line in enumerate(band.lines):
            yield f'<text class="of" x="{x + PADDING}" y="{band.y + 20 + LINE * number:.1f}">{escape(line)}</text>'


def _tie(left: Box, right: Box) -> str:
    start, end, half = left.x + WIDTH, right.x, (right.x - left.x - WIDTH) / 2
    high, low = f"{left.middle:.1f}", f"{right.middle:.1f}"
    return f'<path class="tie" d="M{start} {high}C{start + half:.1f} {high} {end - half:.1f} {low} {end} {low}"/>'


def _box(box: Box) -> Iterator[str]:
    yield f'<g class="{box.kind}"><title>{escape(f"{box.kind} {box.id}: {box.says}")}</title>'
    yield f'<rect class="box" x="{box.x}" y="{box.y:.1f}" width="{WIDTH}" height="{box.height}" rx="5"/>'
    base = box.y + PADDING + LINE - 4
    for number, line in enumerate(box.lines):
        yield f'<text x="{box.x + PADDING}" y="{base + LINE * number:.1f}">{escape(line)}</text>'
    base += LINE * len(box.lines)
    for progress, lines in box.marks:
        for number, line in enumerate(lines):
            shown, inset = (f"{MARKS[progress]} {escape(line)}", 0) if number == 0 else (escape(line), 15)
            yield f'<text class="{str(progress).replace(" ", "-")}" x="{box.x + PADDING + inset}" y="{base:.1f}">{shown}</text>'
            base += LINE
    yield "</g>"
