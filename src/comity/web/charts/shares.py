"""Burdens as bars: what part each party bears, in all and rotation by rotation, with a stroke where its agreed share is."""

from __future__ import annotations

from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.asking import Asked
from comity.web.burdens import BY, COLUMNS, OF, Borne, Shared, borne_to_plain
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import Drawing, framed
from comity.web.linking import href
from comity.web.telling import english, told

WIDTH, LABEL, ROW, TOP, EDGE, LETTERS, ROWS, COLUMNS_MOST, FIGURE = 1000, 190, 26, 30, 10, 26, 40, 7, 38
"""``ROWS`` and ``COLUMNS_MOST``: so many parties and rotations are drawn; ``FIGURE``: the room of a figure beside its bar."""


def share_bars(this: Asked, found: Shared, title: str) -> Chart:
    """The bars, as a chart."""
    keys: tuple[Key, ...] = (Key(SafeString('<rect class="borne" y="2" width="20" height="10"/>'), _("what it bears, of what all bear")),)
    if any(one.share is not None for one in found.borne):
        keys = (*keys, Key(SafeString('<path class="agreed" d="M12 0V14"/>'), _("its agreed share")))
    about = told(_("Of %(of)s, by %(by)s."), of=told(OF[found.measure.of]), by=told(BY[found.measure.by]))
    return Chart(
        "mission-burden",
        told(_("Who bears what part, in all and rotation by rotation. %(about)s"), about=about),
        told(BY[found.measure.by]),
        _("From pledges, acceptances and deployments on record that are sure; a cost counts in the rotation that begins it."),
        _drawn(this, found, title),
        lambda: [borne_to_plain(one, found.rotations) for one in found.borne],
        {**COLUMNS, **{f"part in {name}": "of what is borne by all in that rotation, from 0 to 1" for name in found.rotations}},
        keys,
    )


def _drawn(this: Asked, found: Shared, title: str) -> Drawing:
    rotations = found.rotations[:COLUMNS_MOST]
    rows = found.borne[:ROWS]
    figures = [part for one in rows for part in (one.part, one.share, *one.parts[:COLUMNS_MOST]) if part is not None]
    if not rows or not figures:
        return Drawing("")
    most, wide = max(*figures, Fraction(1, 10)), (WIDTH - LABEL - EDGE) / (len(rotations) + 1)
    height = TOP + ROW * len(rows) + 8
    heads = [(round(LABEL + wide * n, 1), 18, name) for n, name in enumerate((_("in all"), *rotations))]
    inner = format_html(
        "{}{}",
        format_html_join("", '<text class="head" x="{}" y="{}">{}</text>', heads),
        format_html_join("", "{}", ((_row(this, one, TOP + ROW * n, wide, most, len(rotations)),) for n, one in enumerate(rows))),
    )
    return framed("shares", title, "burden", (WIDTH, height), inner)


def _row(this: Asked, one: Borne, y: int, wide: float, most: Fraction, rotations: int) -> SafeString:
    name = this.name(one.party)
    cells = ((_cell(part, one.share, LABEL + wide * n, y, wide, most, name),) for n, part in enumerate((one.part, *one.parts[:rotations])))
    return format_html(
        '<a href="{}"><text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text></a>{}',
        href(this.carried, "party", one.party),
        LABEL - 10,
        y + 16,
        english(turned=False),
        name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…",
        name,
        format_html_join("", "{}", cells),
    )


def _cell(part: Fraction | None, share: Fraction | None, x: float, y: int, wide: float, most: Fraction, name: str) -> SafeString:
    room = wide - FIGURE - 6
    if part is None:
        return format_html('<text class="figure" x="{}" y="{}">–</text>', round(x, 1), y + 16)
    long = round(float(part / most) * room, 1)
    agreed = SafeString("")
    if share is not None:
        at = round(x + float(share / most) * room, 1)
        agreed = format_html('<path class="agreed" d="M{0} {1}V{2}"><title>{3}: {4}</title></path>', at, y + 2, y + 22, name, f"{float(share):.1%}")
    return format_html(
        '<rect class="borne" x="{}" y="{}" width="{}" height="12"><title>{}: {}</title></rect>{}<text class="figure" x="{}" y="{}">{}</text>',
        round(x, 1),
        y + 6,
        long,
        name,
        f"{float(part):.1%}",
        agreed,
        round(x + max(long, float(share / most) * room if share is not None else 0) + 5, 1),
        y + 16,
        f"{float(part):.0%}",
    )
