"""The network of ties: parties that are tied lie near each other; the same ties always give the same drawing.

Source: Fruchterman and Reingold 1991, Graph drawing by force-directed placement; begun on a circle in the order of the alphabet.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from comity.web.asking import Asked
from comity.web.charts.ties import Tie, Ties, ranked, strongest, weight
from comity.web.drawing import Drawing, framed
from comity.web.linking import href
from comity.web.telling import english

WIDTH, HEIGHT, EDGE = 1000, 720, 46
MOST, PARTNERS, ROUNDS = 150, 30, 160
"""So many ties are drawn, of one party with so many of its partners; and so many rounds lay them out."""
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Net:
    """``shown``: the ties that are drawn; ``left``: how many are not."""

    drawing: Drawing
    shown: list[Tie]
    left: int


def net(this: Asked, found: Ties, party: str, title: str) -> Net:
    """The strongest ties; of one party, those with its strongest partners, and those among them."""
    ties = found.around("")
    if party:
        inside = {party, *found.partners_of(party)[:PARTNERS]} if found.partners_of(party) else set()
        ties = [(pair, by) for pair, by in ties if inside.issuperset(pair)]
    own = [(pair, by) for pair, by in ties if party and party in pair]
    others = strongest([(pair, by) for pair, by in ties if not party or party not in pair], MOST - len(own))
    shown = ranked([*own, *others])
    places = this.ask(("net", party, tuple((pair, len(by)) for pair, by in shown)), lambda _: laid_out(shown))
    return Net(_drawn(this, shown, places, party, title), shown, len(ties) - len(shown))


def laid_out(shown: Sequence[Tie]) -> dict[str, Place]:
    """A place for each party: ties pull together, all push apart."""
    codes = sorted({code for pair, _ in shown for code in pair})
    number = {code: n for n, code in enumerate(codes)}
    edges = [(number[a], number[b]) for (a, b), _ in shown]
    at = [(math.cos(2 * math.pi * n / max(len(codes), 1)), math.sin(2 * math.pi * n / max(len(codes), 1))) for n in range(len(codes))]
    ideal = 1.6 / math.sqrt(max(len(codes), 1))
    degree = Counter(n for edge in edges for n in edge)
    for turn in range(ROUNDS):
        at = _moved(at, edges, degree, ideal, 0.12 * (1 - turn / ROUNDS) + 0.002)
    return dict(zip(codes, _fitted(at), strict=True))


def _moved(at: list[Place], edges: list[tuple[int, int]], degree: Counter[int], ideal: float, longest: float) -> list[Place]:
    """One round: everybody a step of at most ``longest`` along the forces on them."""
    across, down = [-0.55 * x for x, _ in at], [-0.75 * y for _, y in at]
    for a, (ax, ay) in enumerate(at):
        for b in range(a):
            dx, dy = ax - at[b][0], ay - at[b][1]
            push = ideal * ideal / max(dx * dx + dy * dy, 1e-4)
            across[a], down[a] = across[a] + dx * push, down[a] + dy * push
            across[b], down[b] = across[b] - dx * push, down[b] - dy * push
    for a, b in edges:
        dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
        pull = math.hypot(dx, dy) / ideal / math.sqrt(degree[a] * degree[b])
        across[a], down[a] = across[a] - dx * pull, down[a] - dy * pull
        across[b], down[b] = across[b] + dx * pull, down[b] + dy * pull
    moved = []
    for n, (x, y) in enumerate(at):
        length = max(math.hypot(across[n], down[n]), 1e-9)
        step = min(length, longest) / length
        moved.append((x + across[n] * step, y + down[n] * step))
    return moved


def _fitted(at: list[Place]) -> list[Place]:
    """The same places, over all of the drawing."""
    if len(at) < 2:
        return [(WIDTH / 2, HEIGHT / 2) for _ in at]
    left, top = min(x for x, _ in at), min(y for _, y in at)
    wide, high = max(max(x for x, _ in at) - left, 1e-6), max(max(y for _, y in at) - top, 1e-6)
    room, tall = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    return [(round(EDGE + (x - left) / wide * room, 1), round(EDGE + (y - top) / high * tall, 1)) for x, y in at]


def _drawn(this: Asked, shown: Sequence[Tie], places: dict[str, Place], party: str, title: str) -> Drawing:
    most = max((len(by) for _, by in shown), default=1)
    tied = Counter(code for pair, _ in shown for code in pair)
    lines = ((weight(len(by), most), *places[a], *places[b], f"{this.name(a)}, {this.name(b)}: {len(by)}") for (a, b), by in reversed(shown))
    inner = format_html(
        '<g class="ties">{}</g><g class="seats">{}</g>',
        format_html_join("", '<line class="w{}" x1="{}" y1="{}" x2="{}" y2="{}"><title>{}</title></line>', lines),
        format_html_join("", "{}", ((_dot(this, code, places[code], tied[code], code == party),) for code in places)),
    )
    return framed("network", title, "ties", (WIDTH, HEIGHT), inner)


def _dot(this: Asked, code: str, place: Place, number: int, chosen: bool) -> object:
    radius = round(4 + min(number, 60) ** 0.5, 1)
    return format_html(
        '<a href="{}"><circle cx="{}" cy="{}" r="{}"{}><title>{}: {}</title></circle><text x="{}" y="{}"{}>{}<title>{}</title></text></a>',
        href(this.carried, "party", code),
        *place,
        radius,
        format_html(' class="{}"', "chosen") if chosen else "",
        this.name(code),
        number,
        round(place[0] + radius + 3, 1),
        round(place[1] + 4.5, 1),
        english(turned=False),
        code,
        this.name(code),
    )
