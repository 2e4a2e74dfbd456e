"""Obligations as a picture: who owes, by which clause, to whom; a line from left to right for each, drawn by whether it is owed.

Promises of peace that hold without a condition, most of them between all states, are drawn for those who attack alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.charts.chart import Key
from comity.web.drawing import Drawing, framed
from comity.web.linking import href
from comity.web.obligations import Bond
from comity.web.telling import english, told
from comity.web.wording import word

WIDTH, ROW, BOX, GAP, EDGE = 1000, 19, 40, 12, 20
LEFT, FROM, TO, RIGHT = 222, 350, 660, 800
PARTIES, CLAUSES, LETTERS, WORDS = 60, 24, 28, 44
"""So many parties and clauses are drawn; and so many letters of a name, and of a clause, stand beside them."""
SHORT: Mapping[str, str | Promise] = {
    "defence": _("to help"),
    "offence": _("to fight beside it"),
    "consultation": _("to consult"),
    "neutrality": _("to stay neutral"),
    "non-aggression": _("no force"),
}
VERDICTS = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.NO)


@dataclass(frozen=True, slots=True)
class Bonds:
    """``shown``: what is drawn, each with those of its parties that are; ``left``: how many parties and clauses are not."""

    drawing: Drawing
    shown: list[tuple[Bond, tuple[str, ...]]]
    left: int


def bonds_drawn(this: Asked, bonds: Sequence[Bond], attackers: Sequence[str], title: str) -> Bonds:
    """The picture, and what it shows."""
    wanted = [(bond, tuple(code for code in bond.who if not bond.plain or code in attackers)) for bond in bonds]
    some = [(bond, who) for bond, who in wanted if who]
    clauses = some[:CLAUSES]
    ranked = sorted({code for _, who in clauses for code in who}, key=lambda code: _rank(code, clauses, attackers))
    parties = ranked[:PARTIES]
    shown = [(bond, tuple(code for code in who if code in parties)) for bond, who in clauses]
    left = len({code for _, who in some for code in who} - {*parties}) + len(some) - len(clauses)
    return Bonds(_drawn(this, shown, parties, title) if shown else Drawing(""), shown, left)


def _rank(code: str, shown: Sequence[tuple[Bond, tuple[str, ...]]], attackers: Sequence[str]) -> tuple[object, ...]:
    """Who attacks first; then in the order of the clauses under which it owes something, so that few lines cross."""
    mine = [number for number, (_, who) in enumerate(shown) if code in who]
    return code not in attackers, mine[0], code


def _drawn(this: Asked, shown: Sequence[tuple[Bond, tuple[str, ...]]], parties: Sequence[str], title: str) -> Drawing:
    creditors = list(dict.fromkeys(bond.to for bond, _ in shown))
    height = 2 * EDGE + max(ROW * len(parties), (BOX + GAP) * len(shown) - GAP, 2 * BOX * len(creditors))
    lefts = dict(zip(parties, _places(len(parties), height, ROW), strict=True))
    mids = _places(len(shown), height, _step(len(shown), height))
    rights = dict(zip(creditors, _places(len(creditors), height, _step(len(creditors), height)), strict=True))
    lines = [(bond, code, lefts[code], y) for (bond, who), y in zip(shown, mids, strict=True) for code in who]
    inner = format_html(
        "<g>{}</g><g>{}</g><g>{}</g><g>{}</g><g>{}</g>",
        format_html_join("", "{}", ((_line(this, *one),) for one in reversed(lines))),
        format_html_join("", "{}", ((_onward(bond, y, rights[bond.to]),) for (bond, _), y in zip(shown, mids, strict=True))),
        format_html_join("", "{}", ((_party(this, code, LEFT, y, "end"),) for code, y in lefts.items())),
        format_html_join("", "{}", ((_clause(this, bond, y),) for (bond, _), y in zip(shown, mids, strict=True))),
        format_html_join("", "{}", ((_party(this, code, RIGHT, y, "start"),) for code, y in rights.items())),
    )
    return framed("bonds", title, "bonds", (WIDTH, height), inner)


def _step(number: int, height: int) -> float:
    """How far apart so many stand, over much of the drawing."""
    return max(BOX + GAP, min((height - 2 * EDGE) / number, 3 * (BOX + GAP)))


def _places(number: int, height: int, step: float) -> list[float]:
    """So many heights in the middle of the drawing, one a step below the other."""
    first = height / 2 - step * (number - 1) / 2
    return [round(first + step * n, 1) for n in range(number)]


def _curve(x: int, y: float, to: int, end: float) -> str:
    bend = (to - x) / 2
    return f"M{x} {y}C{x + bend:g} {y} {to - bend:g} {end} {to} {end}"


def _line(this: Asked, bond: Bond, code: str, y: float, mid: float) -> SafeString:
    says = told("%(who)s: %(owes)s (%(verdict)s)", who=this.name(code), owes=bond.owes, verdict=word(str(bond.verdict), "verdict"))
    return format_html('<path class="bond is-{}" d="{}"><title>{}</title></path>', str(bond.verdict), _curve(LEFT + 8, y, FROM, mid), says)


def _onward(bond: Bond, y: float, end: float) -> SafeString:
    return format_html('<path class="bond on is-{}" d="{}"/>', str(bond.verdict), _curve(TO, y, RIGHT - 8, end))


def _party(this: Asked, code: str, x: int, y: float, anchor: str) -> SafeString:
    name = this.name(code)
    return format_html(
        '<a href="{}"><text class="who{}" x="{}" y="{}" text-anchor="{}"{}>{}<title>{}</title></text></a>',
        href(this.carried, "party", code),
        " to" if anchor == "start" else "",
        x,
        y + 4.5,
        anchor,
        english(turned=False),
        name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…",
        name,
    )


def _clause(this: Asked, bond: Bond, y: float) -> SafeString:
    short = bond.agreement.short
    what = told("%(what)s, %(article)s", what=told(SHORT[bond.type]), article=bond.clause.article)
    return format_html(
        '<a href="{}"><rect class="clause is-{}" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<text class="name" x="{}" y="{}"{}>{}<title>{}</title></text><text class="what" x="{}" y="{}">{}</text></a>',
        bond.link,
        str(bond.verdict),
        FROM,
        round(y - BOX / 2, 1),
        TO - FROM,
        BOX,
        FROM + 10,
        y - 3,
        english(turned=False),
        short if len(short) <= WORDS else f"{short[: WORDS - 1]}…",
        f"{short}: {bond.clause.says}",
        FROM + 10,
        y + 13,
        what,
    )


def keys_of(shown: Sequence[tuple[Bond, tuple[str, ...]]]) -> tuple[Key, ...]:
    """How the lines of what is drawn are drawn, each with its word."""
    there = {bond.verdict for bond, _ in shown}
    mark = '<path class="bond is-{}" d="M0 7H24"/>'
    return tuple(Key(format_html(mark, str(verdict)), str(_MEANT[verdict])) for verdict in VERDICTS if verdict in there)


_MEANT: Mapping[Verdict, str | Promise] = {
    Verdict.YES: _("owed"),
    Verdict.CONTESTED: _("contested whether it is owed"),
    Verdict.UNKNOWN: _("depends on what is not known"),
    Verdict.NO: _("not owed, as a condition is not met"),
}
