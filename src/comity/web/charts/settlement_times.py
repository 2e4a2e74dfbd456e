"""The steps of a settlement over time: a lane each, with what was done, what is open, what could follow, and the days by which something is due.

Time runs from left to right in every language. What is not on record is drawn as an outline; what is late has a mark of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comity.web.charts.chart import Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import Words, english

WIDTH, LABEL, ROW, TOP, LETTERS = 1000, 290, 30, 30, 40
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6, 12, 24, 60, 120)
_ROOM = 62
"""So far apart, at least, are the days that are named."""
SPANS: dict[str, tuple[int, str | Promise]] = {
    "asked": (8, _("asked for, not begun")),
    "way": (14, _("under way")),
    "open": (14, _("open: may be begun")),
    "later": (8, _("not before, if those before it are asked for at once and nobody answers")),
}
"""How high each bar is, and what it means."""
MARKS: dict[str, tuple[str, str | Promise]] = {
    "done": ("M{x} {t}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z", _("ended, or decided")),
    "due": ("M{x} {t}v13M{x} {t}h9l-3 3.2l3 3.2h-9", _("to be answered by")),
    "late": ("M{x} {t}v13M{x} {t}h9l-3 3.2l3 3.2h-9Z", _("to be answered by: late")),
    "limit": ("M{x} {t}v13M{l} {t}h12M{l} {b}h12", _("has time until")),
}
"""How each mark is drawn, and what it means."""


@dataclass(frozen=True, slots=True)
class Span:
    """A bar from a day to another, both included (None: no end); ``says``: in words, for whoever points at it."""

    look: str
    start: date
    end: date | None
    says: Words


@dataclass(frozen=True, slots=True)
class Mark:
    """A day of its own; ``supposed``: it is not on record, but would follow."""

    look: str
    on: date
    says: Words
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One step by its article, its means and its body (blank: none). ``link``: its clause."""

    article: str
    means: Words
    body: str
    link: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date, noon: bool = False) -> float:
        """Where a day begins, or its noon is."""
        share = ((day - self.first).days + noon / 2) / max(1, (self.last - self.first).days)
        return round(LABEL + share * (WIDTH - LABEL - 14), 1)


def settlement_times(lanes: Sequence[Lane], title: str, on: date, table: str) -> Drawing:
    """The lanes as one drawing; a broken line at the day asked about; ``table``: the id of the table that says the same."""
    days = [day for lane in lanes for span in lane.spans for day in (span.start, span.end) if day is not None]
    days += [mark.on for lane in lanes for mark in lane.marks]
    if not days:
        return NOTHING
    first, last = min(*days, on), max(*days, on)
    scale = _Scale(first - timedelta(days=1), last + max(timedelta(days=2), (last - first) / 12))
    height = TOP + ROW * len(lanes) + 8
    parts = [_axis(scale, height), *(_lane(lane, TOP + ROW * number, scale) for number, lane in enumerate(lanes))]
    parts.append(format_html('<line class="now" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', scale.at(on, noon=True), TOP - 8, height))
    return framed("timeline", title, table, (WIDTH, height), SafeString("".join(parts)))


def _axis(scale: _Scale, height: int) -> SafeString:
    found = ((scale.at(day), height, says) for day, says in _ticks(scale))
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="20" y2="{1}"/><text class="year" x="{0}" y="14">{2}</text>', found)


def _ticks(scale: _Scale) -> list[tuple[date, str]]:
    """The days that are named: days or weeks in a short time, else months or years."""
    length, most = (scale.last - scale.first).days, (WIDTH - LABEL) // _ROOM
    for step in _DAYS:
        if length <= step * most:
            start = scale.first + timedelta(days=1) if step < 7 else scale.first + timedelta(days=7 - scale.first.weekday())
            return [(day, f"{day:%m-%d}") for n in range(0, length, step) if (day := start + timedelta(days=n)) <= scale.last]
    months = length // 30 + 1
    every = next((step for step in _MONTHS if months <= step * most), _MONTHS[-1])
    begun = scale.first.year * 12 + scale.first.month
    firsts = [date(n // 12, n % 12 + 1, 1) for n in range(begun, begun + months + 1) if n % every == 0 and n // 12 < 9999]
    return [(day, f"{day:%Y-%m}" if every < 12 else f"{day:%Y}") for day in firsts if day <= scale.last]


def _lane(lane: Lane, y: int, scale: _Scale) -> SafeString:
    return format_html(
        '<a href="{}"><text class="row" x="{}" y="{}" text-anchor="end"><tspan{}>{}</tspan> {}{}<title>{}</title></text></a>{}{}',
        lane.link,
        LABEL - 10,
        y + 19,
        english(turned=False),
        lane.article,
        lane.means,
        _body(lane),
        lane.means,
        format_html_join("", "{}", ((_span(span, y + 15, scale),) for span in lane.spans)),
        format_html_join("", "{}", ((_mark(mark, y + 15, scale),) for mark in lane.marks)),
    )


def _body(lane: Lane) -> SafeString:
    """The body, as much of it as there is room for."""
    if not lane.body:
        return SafeString("")
    room = max(8, LETTERS - len(lane.article) - len(lane.means))
    name = lane.body if len(lane.body) <= room else f"{lane.body[: room - 1]}…"
    return format_html(": <tspan{}>{}</tspan>", english(turned=False), name)


def _span(span: Span, y: int, scale: _Scale) -> SafeString:
    high = SPANS[span.look][0]
    left, right = scale.at(span.start), scale.at(scale.last if span.end is None else min(span.end + timedelta(days=1), scale.last))
    bar = '<rect class="u-{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"><title>{}</title></rect>'
    return format_html(bar, span.look, left, y - high // 2, max(3.0, round(right - left, 1)), high, span.says)


def _mark(mark: Mark, y: int, scale: _Scale) -> SafeString:
    look = f"{mark.look} supposed" if mark.supposed else mark.look
    return format_html('<path class="u-{}" d="{}"><title>{}</title></path>', look, _path(mark.look, scale.at(mark.on, noon=True), y), mark.says)


def _path(look: str, x: float, y: float) -> str:
    return MARKS[look][0].format(x=x, l=round(x - 6, 1), t=round(y - 6.5, 1), b=round(y + 6.5, 1))


def keys_of(lanes: Sequence[Lane]) -> tuple[Key, ...]:
    """The bars and marks that are drawn, each with what it means."""
    looks = {span.look for lane in lanes for span in lane.spans}
    marked = {f"{mark.look} supposed" if mark.supposed else mark.look for lane in lanes for mark in lane.marks}
    bars = [
        Key(format_html('<rect class="u-{}" x="0" y="{}" width="24" height="{}" rx="1.5"/>', look, 7 - high // 2, high), str(says))
        for look, (high, says) in SPANS.items()
        if look in looks
    ]
    marks = [
        Key(format_html('<path class="u-{}" d="{}"/>', shown, _path(look, 10, 7)), str(says))
        for look, (_d, says) in MARKS.items()
        for shown in [look if look in marked else f"{look} supposed"]
        if shown in marked
    ]
    return (*bars, *marks)
