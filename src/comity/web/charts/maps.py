"""The map of ties: an arc from seat of government to seat of government; no borders, and no claim about any."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from comity.web.asking import Asked
from comity.web.charts.ties import Ties, ranked, weight
from comity.web.drawing import Drawing, framed
from comity.web.linking import href
from comity.web.seats import HEIGHT, WIDTH, Point, seat_of
from comity.web.statics import version

LINES = 800
"""So many ties are drawn; files have all."""


@dataclass(frozen=True, slots=True)
class Map:
    """What the map shows, and whom it cannot show; ``left``: how many ties are not drawn."""

    drawing: Drawing
    nowhere: list[str]
    left: int


def mapped(this: Asked, found: Ties, party: str, title: str) -> Map:
    """The ties on the map: of one party, or of all, the strongest first."""
    shown = ranked(found.around(party))
    seats = {code: seat_of(code, this.on) for pair, _ in shown for code in pair}
    drawn = [(a, b, len(by), at, to) for (a, b), by in shown if (at := seats[a]) and (to := seats[b])]
    most = max((number for *_, number, _, _ in drawn), default=1)
    lines = ((weight(number, most), _arc(at, to), f"{this.name(a)}, {this.name(b)}: {number}") for a, b, number, at, to in reversed(drawn[:LINES]))
    tied = Counter(code for pair, _ in shown for code in pair)
    dots = (
        (at.x, at.y, f"{2.2 + min(number, 60) ** 0.5 * 0.45:.1f}", _chosen(code == party), f"{this.name(code)}: {number}")
        for code, number in sorted(tied.items())
        if (at := seats[code])
    )
    inner = format_html(
        '<use class="land" href="{}#land"/><g class="ties">{}</g><g class="seats">{}</g>',
        href({}, "static", "land.svg", v=version("land.svg")),
        format_html_join("", '<path class="w{}" d="{}"><title>{}</title></path>', lines),
        format_html_join("", '<circle cx="{}" cy="{}" r="{}"{}><title>{}</title></circle>', dots),
    )
    nowhere = sorted(code for code, at in seats.items() if at is None)
    return Map(framed("map", title, "ties", (WIDTH, HEIGHT), inner), nowhere, max(len(drawn) - LINES, 0))


def _chosen(so: bool) -> object:
    return format_html(' class="{}"', "chosen") if so else ""


def _arc(a: Point, b: Point) -> str:
    """A line from one point to another, bent towards the pole."""
    bend = min(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 * 0.18, 60)
    return f"M{a.x} {a.y}Q{(a.x + b.x) / 2:.1f} {(a.y + b.y) / 2 - bend:.1f} {b.x} {b.y}"
