"""Rows and columns of bars: how much of something is there in all and in each year, with the least and the most that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import english

WIDTH, LABEL, ROW, TOP, EDGE, LETTERS, ROWS, COLUMNS, FIGURE = 1000, 250, 26, 30, 10, 36, 40, 8, 58
"""``ROWS`` and ``COLUMNS``: so many are drawn; ``FIGURE``: the room of a figure beside its bar."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar: its length, its figure in words, the least and the most that it may be (None: not told), and all of it in words."""

    value: float
    figure: str
    says: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row of bars; None: there is none."""

    label: str
    link: str
    cells: tuple[Cell | None, ...]


def bar_grid(rows: Sequence[BarRow], heads: Sequence[str], title: str, table: str, whole: float = 0.0) -> Drawing:
    """The rows as one drawing, each column by the same scale; ``whole``: how long the longest bar is at the least; ``table``: says the same."""
    drawn = [BarRow(one.label, one.link, one.cells[:COLUMNS]) for one in rows[:ROWS]]
    ends = [end for row in drawn for cell in row.cells if cell is not None for end in (cell.value, cell.most or 0.0)]
    if not drawn or not ends:
        return NOTHING
    most, wide = max(*ends, whole, 1e-9), (WIDTH - LABEL - EDGE) / max(1, len(heads[:COLUMNS]))
    places = [(round(LABEL + wide * n, 1), 18, head) for n, head in enumerate(heads[:COLUMNS])]
    inner = format_html(
        "{}{}",
        format_html_join("", '<text class="head" x="{}" y="{}">{}</text>', places),
        format_html_join("", "{}", ((_row(one, TOP + ROW * n, wide, most),) for n, one in enumerate(drawn))),
    )
    return framed("shares", title, table, (WIDTH, TOP + ROW * len(drawn) + 8), inner)


def _row(row: BarRow, y: int, wide: float, most: float) -> SafeString:
    label = row.label if len(row.label) <= LETTERS else f"{row.label[: LETTERS - 1]}…"
    cells = ((_cell(cell, LABEL + wide * n, y, wide, most),) for n, cell in enumerate(row.cells) if cell is not None)
    return format_html(
        '<a href="{}"><text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text></a>{}',
        row.link, LABEL - 10, y + 16, english(turned=False), label, row.label, format_html_join("", "{}", cells),
    )  # fmt: skip


def _cell(cell: Cell, x: float, y: int, wide: float, most: float) -> SafeString:
    room = wide - FIGURE - 6
    long = round(max(0.0, cell.value) / most * room, 1)
    span, end = SafeString(""), long
    if cell.least is not None and cell.most is not None and cell.least < cell.most:
        low, high = (round(x + max(0.0, part) / most * room, 1) for part in (cell.least, cell.most))
        span = format_html('<path class="span" d="M{0} {2}V{3}M{0} {4}H{1}M{1} {2}V{3}"/>', low, high, y + 8, y + 16, y + 12)
        end = max(long, round(high - x, 1))
    return format_html(
        '<g><title>{}</title><rect class="borne" x="{}" y="{}" width="{}" height="14"/>{}<text class="figure" x="{}" y="{}">{}</text></g>',
        cell.says, round(x, 1), y + 5, long, span, round(x + end + 5, 1), y + 16, cell.figure,
    )  # fmt: skip
