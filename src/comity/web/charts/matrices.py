"""The matrix of ties: the parties with most of them (or one, and those tied to it most) against one another."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from comity.web.asking import Asked
from comity.web.charts.ties import Ties, shade
from comity.web.drawing import Drawing, framed
from comity.web.linking import href

ROWS, CELL, EDGE = 32, 26, 92
"""So many parties; and in the drawing, how large a cell is, and what is beside the cells."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many agreements tie two; ``shade``: 0 (none) to 4."""

    number: int
    shade: int
    link: str


Matrix = tuple[list[str], list[tuple[str, list[Cell | None]]]]


def matrix(this: Asked, found: Ties, party: str) -> Matrix:
    """The parties, and a row for each; None: the same party."""
    ranked = [code for code, _ in sorted(found.partners.items(), key=lambda one: (-one[1], one[0]))]
    if party:
        partners = found.partners_of(party)
        ranked = [party, *partners] if partners else []
    codes = sorted(ranked[:ROWS])
    strongest = max((len(by) for by in found.pairs.values()), default=1)

    def cell(a: str, b: str) -> Cell | None:
        if a == b:
            return None
        number = len(found.pairs.get((min(a, b), max(a, b)), ()))
        return Cell(number, shade(number, strongest), href(this.carried, "party", f"{a}/{b}"))

    return codes, [(a, [cell(a, b) for b in codes]) for a in codes]


def grid(found: Matrix, title: str) -> Drawing:
    """The same as a drawing."""
    codes, rows = found
    size = EDGE + CELL * len(codes) + 8
    above = ((EDGE + CELL * n + CELL / 2 + 4, EDGE - 8, code) for n, code in enumerate(codes))
    inner = format_html(
        "{}{}",
        format_html_join("", '<text transform="translate({} {}) rotate(-90)">{}</text>', above),
        format_html_join("", "{}", ((_row(code, cells, EDGE + CELL * n),) for n, (code, cells) in enumerate(rows))),
    )
    return framed("grid-of", title, "matrix", (size, size), inner)


def _row(code: str, cells: list[Cell | None], y: int) -> object:
    def drawn(cell: Cell | None, x: int) -> tuple[object, ...]:
        return x, y, f"s{cell.shade}" if cell else "same", CELL, x + CELL / 2, y + CELL / 2 + 4, (cell.number or "") if cell else ""

    return format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text>{}',
        EDGE - 8,
        y + CELL / 2 + 4,
        code,
        format_html_join(
            "",
            '<rect x="{0}" y="{1}" class="{2}" width="{3}" height="{3}"/><text x="{4}" y="{5}" text-anchor="middle">{6}</text>',
            (drawn(cell, EDGE + CELL * n) for n, cell in enumerate(cells)),
        ),
    )
