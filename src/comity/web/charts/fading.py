"""The gap map: how much of what nations trained together is left, as a grid of cells, each with a shade and with a sign that says the same.

A circle is what is left, by quarters; a stroke is none on record; a question mark is not known; a split lozenge is contested. A broken edge: longer
ago than the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comity.interoperability import Training
from comity.web.charts.chart import Key
from comity.web.drawing import Drawing, framed
from comity.web.telling import Words

SHADES = ((0.75, "r4"), (0.5, "r3"), (0.25, "r2"), (0.0, "r1"))
"""From which recency on, at the least, which look."""
SIGNS: Mapping[str, SafeString] = {
    look: SafeString(markup)
    for look, markup in {
        "r4": '<circle class="full" cx="10" cy="10" r="8"/>',
        "r3": '<circle class="line thin" cx="10" cy="10" r="7.4"/><path class="full" d="M10 10V2A8 8 0 1 1 2 10Z"/>',
        "r2": '<circle class="line thin" cx="10" cy="10" r="7.4"/><path class="full" d="M10 2A8 8 0 0 1 10 18Z"/>',
        "r1": '<circle class="line thin" cx="10" cy="10" r="7.4"/><path class="full" d="M10 10V2A8 8 0 0 1 18 10Z"/>',
        "none": '<path class="line thin" d="M5 10H15"/>',
        "contested": '<path class="full" d="M10 1.5V18.5L1.5 10Z"/><path class="line thin" d="M10 2.5 17.5 10 10 17.5 2.5 10Z"/>',
        "unknown": '<path class="line" d="M6.6 7a3.4 3.4 0 1 1 5 3c-1.2.7-1.6 1.2-1.6 2.4"/><circle class="full" cx="10" cy="16" r="1.5"/>',
    }.items()
}
"""In a box of 20 by 20."""
MEANT: Mapping[str, str | Promise] = {
    "r4": _("three quarters and more are left"),
    "r3": _("half and more"),
    "r2": _("a quarter and more"),
    "r1": _("less than a quarter"),
    "none": _("none on record"),
    "unknown": _("not known"),
    "contested": _("contested"),
}
EDGE, CELL, WIDE, LOW, TALL = 62, 30, 46, 52, 112
"""What is beside the cells (of pairs: twice), how large a cell is, how wide where its column has a name, and what is above: codes, or
names."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``look``: of ``SIGNS``. ``open``: may it have been trained since? ``stale``: is it a gap? ``says``: all of it in words.

    ``link``: where the cell leads, ``pair``: to all that the two trained.
    """

    training: Training
    look: str
    open: bool
    stale: bool
    says: Words
    link: str
    pair: str

    @property
    def month(self) -> str:
        """The month of the last, at the earliest."""
        last = self.training.last[0]
        return "" if last is None else f"{last:%Y-%m}"


Grid = Sequence[tuple[str, Sequence[Cell]]]
"""Rows by their names; of a triangle each longer by one than that above it."""


def look_of(training: Training) -> str:
    """The look of what was trained: by what is left at the least; else that there is none, or that it isn't known or settled."""
    if training.state == "contested":
        return "contested"
    if training.last[0] is None:
        return "none" if training.state == "none" else "unknown"
    return next(look for least, look in SHADES if training.recency[0] >= least)


def grid(rows: Grid, columns: Sequence[tuple[str, str]], title: str, table: str) -> Drawing:
    """The cells as a drawing. ``columns``: the name of each, and what stands above it. ``table``: the id of the table that says the same."""
    edge, wide = (EDGE, CELL) if all(len(name) < 6 for name, _cells in rows) else (2 * EDGE, WIDE)
    top = LOW if all(len(says) < 6 for _name, says in columns) else TALL
    above = ((edge + wide * n + wide / 2 + 4, top - 8, says) for n, (_name, says) in enumerate(columns))
    lines = ((_row(name, cells, edge, wide, top + CELL * n),) for n, (name, cells) in enumerate(rows))
    inner = format_html(
        "{}{}",
        format_html_join("", '<text transform="translate({} {}) rotate(-50)">{}</text>', above),
        format_html_join("", "{}", lines),
    )
    size = (max(edge + wide * len(columns) + top, 520), top + CELL * len(rows) + 8)
    return framed("fading", title, table, size, inner)


def _row(name: str, cells: Sequence[Cell], edge: int, wide: int, y: int) -> SafeString:
    drawn = ((_cell(cell, edge + wide * n, y, wide),) for n, cell in enumerate(cells))
    return format_html('<text x="{}" y="{}" text-anchor="end">{}</text>{}', edge - 8, y + CELL / 2 + 4, name, format_html_join("", "{}", drawn))


def _cell(cell: Cell, x: int, y: int, wide: int) -> SafeString:
    return format_html(
        '<a href="{0}"><g><title>{1}</title><rect class="{2}" x="{3}" y="{4}" width="{5}" height="{6}"/>{7}'
        '<g class="sign" transform="translate({8} {9}) scale(0.8)">{10}</g>{11}</g></a>',
        cell.link,
        cell.says,
        cell.look,
        x,
        y,
        wide,
        CELL,
        _stale(x, y, wide) if cell.stale else "",
        x + wide / 2 - 8,
        y + CELL / 2 - 8,
        SIGNS[cell.look],
        format_html('<text class="open" x="{}" y="{}">?</text>', x + wide - 8, y + 11) if cell.open else "",
    )


def _stale(x: int, y: int, wide: int) -> SafeString:
    return format_html('<rect class="stale" x="{}" y="{}" width="{}" height="{}"/>', x + 2.5, y + 2.5, wide - 5, CELL - 5)


def keys() -> tuple[Key, ...]:
    """What the signs mean."""
    found = [Key(_mark(look), str(says)) for look, says in MEANT.items()]
    found.append(Key(SafeString('<rect class="stale" x="3" y="1" width="18" height="12"/>'), str(_("longer ago than the target"))))
    return (*found, Key(SafeString('<text class="open" x="8" y="12">?</text>'), str(_("not known whether since"))))


def _mark(look: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="2" y="0" width="20" height="14"/><g class="sign" transform="translate(6 1) scale(0.6)">{}</g>', look, SIGNS[look]
    )
