"""The chord drawing of ties: parties around a circle, a ribbon for each tie, as broad at either end as it has agreements.

Only the strongest ties, or those of one party, so that it can be read.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from comity.web.asking import Asked
from comity.web.charts.ties import Pair, Tie, Ties, shade, strongest
from comity.web.drawing import Drawing, framed
from comity.web.linking import href
from comity.web.telling import english

WIDTH, HEIGHT, RADIUS, BAND = 1000, 780, 255, 12
MOST, LETTERS = 45, 25
GAP = 0.012
"""Between two parties, as a share of the circle."""


@dataclass(frozen=True, slots=True)
class Chords:
    """``shown``: the ties that are drawn; ``left``: how many are not."""

    drawing: Drawing
    shown: list[Tie]
    left: int


def chords(this: Asked, found: Ties, party: str, title: str) -> Chords:
    """The strongest ties, of one party or of all."""
    ties = found.around(party)
    shown = strongest(ties, MOST)
    return Chords(_drawn(this, shown, party, title), shown, len(ties) - len(shown))


def _drawn(this: Asked, shown: list[Tie], party: str, title: str) -> Drawing:
    strength = Counter[str]()
    for pair, by in shown:
        strength.update(dict.fromkeys(pair, len(by)))
    parts = _parts(strength)
    ribbons, most = _ribbons(shown, parts), max((len(by) for _, by in shown), default=1)
    inner = format_html(
        "<g>{}</g><g>{}</g>",
        format_html_join(
            "",
            '<path class="tie s{}" d="{}"><title>{}</title></path>',
            ((shade(len(by), most), ribbons[pair], f"{this.name(pair[0])}, {this.name(pair[1])}: {len(by)}") for pair, by in reversed(shown)),
        ),
        format_html_join("", "{}", ((_labelled(this, code, parts[code], strength[code], code == party),) for code in parts)),
    )
    return framed("chord", title, "ties", (WIDTH, HEIGHT), inner)


def _parts(strength: Counter[str]) -> dict[str, tuple[float, float]]:
    """From where to where each party's part of the circle goes, in turns from the top, in the order of the alphabet."""
    total, room = max(strength.total(), 1), 1 - GAP * len(strength)
    found, at = dict[str, tuple[float, float]](), 0.0
    for code in sorted(strength):
        end = at + room * strength[code] / total
        found[code], at = (at, end), end + GAP
    return found


def _ribbons(shown: list[Tie], parts: dict[str, tuple[float, float]]) -> dict[Pair, str]:
    """The path of each tie; in every part of the circle the ties lie in the order in which their other ends come, so that few cross."""
    ends = dict[tuple[str, Pair], tuple[float, float]]()
    for code, (start, end) in parts.items():
        mine = [(pair, len(by)) for pair, by in shown if code in pair]
        middle = (start + end) / 2
        mine.sort(key=lambda tie: -((_middle(parts[_other(tie[0], code)]) - middle) % 1))
        each, at = (end - start) / max(sum(number for _, number in mine), 1), start
        for pair, number in mine:
            ends[code, pair] = (at, at + each * number)
            at += each * number
    return {pair: _ribbon(ends[pair[0], pair], ends[pair[1], pair]) for pair, _ in shown}


def _other(pair: Pair, code: str) -> str:
    return pair[1] if pair[0] == code else pair[0]


def _middle(part: tuple[float, float]) -> float:
    return (part[0] + part[1]) / 2


def _ribbon(one: tuple[float, float], other: tuple[float, float]) -> str:
    centre, inner = f"{WIDTH / 2:g} {HEIGHT / 2:g}", RADIUS - 2
    return f"M{_point(one[0], inner)}{_arc(one, inner)}Q{centre} {_point(other[0], inner)}{_arc(other, inner)}Q{centre} {_point(one[0], inner)}Z"


def _arc(part: tuple[float, float], radius: float) -> str:
    return f"A{radius:g} {radius:g} 0 {int(part[1] - part[0] > 0.5)} 1 {_point(part[1], radius)}"


def _point(turn: float, radius: float) -> str:
    angle = 2 * math.pi * turn - math.pi / 2
    return f"{WIDTH / 2 + radius * math.cos(angle):.1f} {HEIGHT / 2 + radius * math.sin(angle):.1f}"


def _labelled(this: Asked, code: str, part: tuple[float, float], number: int, chosen: bool) -> object:
    """A party's part of the circle, with its name along the ray."""
    start, end = part
    outer, turn = RADIUS + BAND, _middle(part)
    back = f"L{_point(end, RADIUS)}A{RADIUS} {RADIUS} 0 {int(end - start > 0.5)} 0 {_point(start, RADIUS)}Z"
    left, angle = turn > 0.5, 360 * turn - 90
    name = this.name(code)
    shown = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
    return format_html(
        '<a href="{}"><path class="part{}" d="M{}{}{}"/><text transform="translate({}) rotate({})" y="4" text-anchor="{}"{}>{}'
        "<title>{}: {}</title></text></a>",
        href(this.carried, "party", code),
        " chosen" if chosen else "",
        _point(start, outer),
        _arc(part, outer),
        back,
        _point(turn, outer + 8),
        round(angle + 180 if left else angle, 1),
        "end" if left else "start",
        english(turned=False),
        shown,
        name,
        number,
    )
