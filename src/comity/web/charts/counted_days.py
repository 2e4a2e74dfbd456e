"""The days of a scrutiny as months: a line for each, a cell for each day, with its number where it counts. Time runs from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.terms import Verdict
from comity.web.charts.chart import Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.home_clocks import CountedDay, HomeClock
from comity.web.telling import told

LABEL, CELL, TOP = 70, 29, 26
WIDTH = LABEL + 31 * CELL + 8


def counted_days(clock: HomeClock, title: str, on: date, table: str) -> Drawing:
    """The days as one drawing; ``table``: the id of the table that says the same."""
    if len(clock.days) < 2:
        return NOTHING
    months = [(month, list(days)) for month, days in groupby(clock.days, key=lambda one: (one.on.year, one.on.month))]
    heads = ((LABEL + CELL * n + CELL / 2, n + 1) for n in range(31))
    above = format_html_join("", '<text class="year" x="{}" y="16">{}</text>', heads)
    lines = ((_line(month, days, clock, on, TOP + (CELL + 4) * n),) for n, (month, days) in enumerate(months))
    size = (WIDTH, TOP + (CELL + 4) * len(months) + 4)
    return framed("timeline counted", title, table, size, format_html("{}{}", above, format_html_join("", "{}", lines)))


def _line(month: tuple[int, int], days: Sequence[CountedDay], clock: HomeClock, on: date, y: int) -> SafeString:
    name = format_html('<text class="row" x="{}" y="{}" text-anchor="end">{}-{}</text>', LABEL - 10, y + 19, month[0], f"{month[1]:02d}")
    return format_html("{}{}", name, format_html_join("", "{}", ((_cell(one, clock, on, y),) for one in days)))


def look_of(one: CountedDay, clock: HomeClock) -> str:
    """The look of a day: that of laying, the last, one that counts, one that does not, one of which it is not known."""
    if one.on == clock.laid:
        return "laid"
    if one.last:
        return "last"
    return {Verdict.YES: "counts", Verdict.NO: "not"}.get(one.counts, "unknown")


def _cell(one: CountedDay, clock: HomeClock, on: date, y: int) -> SafeString:
    x = LABEL + CELL * (one.on.day - 1)
    look = look_of(one, clock)
    today = format_html('<rect class="d-today" x="{}" y="{}" width="{}" height="{}"/>', x + 2, y + 2, CELL - 4, CELL - 4) if one.on == on else ""
    sign = {"laid": "◆", "unknown": "?"}.get(look, str(one.number) if one.number else "")
    return format_html(
        '<g><title>{}</title><rect class="d-{}" x="{}" y="{}" width="{}" height="{}"/>{}'
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text></g>',
        told("%(day)s: %(says)s", day=one.on, says=_says(look, one)),
        look,
        x + 0.5,
        y + 0.5,
        CELL - 1,
        CELL - 1,
        today,
        f"on-{look}",
        x + CELL / 2,
        y + 19,
        sign,
    )


def _says(look: str, one: CountedDay) -> str:
    words = {
        "laid": _("laid; this day does not count"),
        "last": _("the last day"),
        "not": _("does not count"),
        "unknown": _("not known whether it counts"),
    }
    return told(words[look]) if look in words else told(_("day %(number)s"), number=one.number)


def keys_of(clock: HomeClock, on: date) -> tuple[Key, ...]:
    """The looks that are drawn, each with what it means."""
    looks = {look_of(one, clock) for one in clock.days}
    meant = {
        "laid": _("laid; this day does not count"),
        "counts": _("counts, with its number"),
        "not": _("does not count"),
        "unknown": _("not known whether it counts"),
        "last": _("the last day"),
    }
    found = [Key(format_html('<rect class="d-{}" x="4" y="0" width="15" height="14"/>', look), says) for look, says in meant.items() if look in looks]
    if any(one.on == on for one in clock.days):
        found.append(Key(SafeString('<rect class="d-today" x="5" y="1" width="13" height="12"/>'), _("the day asked about")))
    return tuple(found)
