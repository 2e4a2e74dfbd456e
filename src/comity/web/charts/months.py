"""A month as a drawing: seven days a week, on each what falls on it; what is owed with a dashed edge, what changes with a whole one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.charts.chart import Chart, Key
from comity.web.drawing import Drawing, framed
from comity.web.tables import Plain
from comity.web.telling import told

WIDE, HIGH, TOP, LETTERS = 150, 96, 24, 22
COLUMNS = {
    "on": "the day",
    "what": "what falls on it",
    "agreement": "under which agreement, by its id; blank: it is a day of an exercise, or under none",
    "party": "of whom, by code; blank: all, or the agreement itself",
    "state": "of what is owed, how far it is done; blank: a change of standing",
    "exercise": "of which exercise it is a day; blank: of none",
    "act": "with which act the procedure began that awaits it; blank: none does",
}


class Line(Protocol):
    """Something that falls on a day; ``state``: of what is owed."""

    @property
    def what(self) -> str: ...
    @property
    def agreement(self) -> str: ...
    @property
    def state(self) -> str: ...


class Day(Protocol):
    """A day of the picture; ``more``: how many lines have no room."""

    @property
    def on(self) -> date: ...
    @property
    def inside(self) -> bool: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def more(self) -> int: ...


def month(weeks: Sequence[Sequence[Day]], weekdays: Sequence[str], first: date, rows: Sequence[Plain], whose: str) -> Chart:
    """The month as a chart, with the lines of its days."""
    size = (7 * WIDE + 2, TOP + HIGH * len(weeks) + 2)
    names = ((WIDE * n + 8, 15, name) for n, name in enumerate(weekdays))
    days = ((_day(day, WIDE * n + 1, TOP + HIGH * week),) for week, all_of_it in enumerate(weeks) for n, day in enumerate(all_of_it))
    inner = format_html("{}{}", format_html_join("", '<text class="head" x="{}" y="{}">{}</text>', names), format_html_join("", "{}", days))
    title = told(_("Calendar of %(month)s"), month=f"{first:%Y-%m}")
    drawing: Drawing = framed("month-of", title, "month", size, inner)
    keys = (Key(_edge("changes", 4, 0), _("standing changes")), Key(_edge("owed", 4, 0), _("something is owed")))
    return Chart(
        f"calendar-{first:%Y-%m}",
        whose,
        _("Days"),
        _("Duties and changes of standing that follow from the acts on record and the clauses."),
        drawing,
        lambda: rows,
        COLUMNS,
        keys,
    )


def _day(day: Day, x: int, y: int) -> SafeString:
    lines = format_html_join("", "{}", ((_line(one, x, y + 30 + 16 * n),) for n, one in enumerate(day.lines)))
    more = format_html('<text x="{}" y="{}">+{}</text>', x + WIDE - 28, y + 15, day.more) if day.more else ""
    box = format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', "day" if day.inside else "outside", x, y, WIDE, HIGH)
    return format_html('{}<text class="head" x="{}" y="{}">{}</text>{}{}', box, x + 7, y + 15, day.on.day, more, lines)


def _line(one: Line, x: int, y: int) -> SafeString:
    says = f"{one.agreement}: {one.what}" if one.agreement else one.what
    shown = says if len(says) <= LETTERS else f"{says[: LETTERS - 1]}…"
    edge = _edge("owed" if one.state else "changes", x + 7, y - 11)
    return format_html('{}<text x="{}" y="{}">{}<title>{}</title></text>', edge, x + 13, y, shown, says)


def _edge(look: str, x: int, y: int) -> SafeString:
    return format_html('<line class="{0}" x1="{1}" x2="{1}" y1="{2}" y2="{3}"/>', look, x, y, y + 14)
