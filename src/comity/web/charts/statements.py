"""The statement of requirements as a drawing: lines against rotations, each cell with the mark of its state and how much of it is filled."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.missions import LineState
from comity.web.charts.chart import Chart
from comity.web.drawing import Drawing, framed
from comity.web.requirements import COLUMNS, Cell, Matrix, state_to_plain
from comity.web.telling import english

LABEL, CELL, HIGH, TOP, LETTERS, WORDS, ROWS, MOST = 290, 150, 30, 34, 40, 17, 60, 12
"""``ROWS`` and ``MOST``: so many lines and rotations are drawn."""


def statement_chart(matrix: Matrix, rotations: Sequence[str], states: Sequence[LineState], title: str) -> Chart:
    """The matrix, as a chart."""
    return Chart(
        "statement-of-requirements",
        _("Each line of the statement of requirements in each rotation: its state, and how many of how many fill it."),
        _("Units that fill the line, of those required"),
        _("From the acts on record: what was required, pledged, limited, accepted and deployed by the day."),
        _drawn(matrix, rotations, title),
        lambda: [state_to_plain(one) for one in states],
        COLUMNS,
    )


def _drawn(matrix: Matrix, rotations: Sequence[str], title: str) -> Drawing:
    rows, names = matrix[:ROWS], rotations[:MOST]
    if not rows or not names:
        return Drawing("")
    size = (LABEL + CELL * len(names) + 8, TOP + HIGH * len(rows) + 8)
    heads = ((LABEL + CELL * n + CELL / 2, 20, name) for n, name in enumerate(names))
    inner = format_html(
        "{}{}",
        format_html_join("", '<text class="head" x="{}" y="{}" text-anchor="middle">{}</text>', heads),
        format_html_join("", "{}", ((_row(line.id, line.capability, cells[:MOST], TOP + HIGH * n),) for n, (line, cells) in enumerate(rows))),
    )
    return framed("statement", title, "statement", size, inner)


def _row(line: str, capability: str, cells: Sequence[Cell], y: int) -> SafeString:
    words = f"{line}: {capability}"
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text>{}',
        LABEL - 10,
        y + 19,
        english(turned=False),
        words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…",
        words,
        format_html_join("", "{}", ((_cell(cell, LABEL + CELL * n, y),) for n, cell in enumerate(cells))),
    )


def _cell(cell: Cell, x: int, y: int) -> SafeString:
    if not cell.needed:
        return format_html('<text class="none" x="{}" y="{}" text-anchor="middle">–</text>', x + CELL / 2, y + 19)
    says = cell.says if len(cell.says) <= WORDS else f"{cell.says[: WORDS - 1]}…"
    return format_html(
        '<rect class="cell q-{}" x="{}" y="{}" width="{}" height="{}" rx="3"/><text class="what" x="{}" y="{}">{}</text>'
        '<text class="how" x="{}" y="{}" text-anchor="end">{}</text>',
        cell.look,
        x + 2,
        y + 2,
        CELL - 4,
        HIGH - 4,
        x + 10,
        y + 19,
        says,
        x + CELL - 8,
        y + 19,
        f"{cell.filled}/{cell.of.least.required}",
    )
