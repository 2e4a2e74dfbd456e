"""Days of exercises as bars and marks: forces and conduct as bars, conferences, documents and notices as marks of their own shapes.

What is not sure yet is drawn as an outline over every day that it can be. Time runs from left to right in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.terms import Moment
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.tables import Plain
from comity.web.telling import Words, english
from comity.web.wording import word

WIDTH, LABEL, ROW, TOP, LETTERS = 1000, 290, 24, 26, 42
BARS = {"forces": 8, "conduct": 14, "planned": 14}
"""Sorts of days that are drawn as bars even where they are one day, and how high."""
_SHAPES = {
    "conference": "M{l} {y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z",
    "document": "M{l} {t}h11v11h-11Z",
    "notice": "M{x} {t}l7 12h-14Z",
    "public": "M{x} {t}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z",
}
_ORDER = ("forces", "conduct", "planned", *_SHAPES)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_WIDEST = 34
"""So far apart, at least, are the lines of months that are named."""
COLUMNS = {
    "row": "the exercise, or the day of it",
    "sort": "forces, conduct, planned, conference, document, notice or public",
    "what": "what is on these days",
    "from": "the first day, as it was written",
    "until": "the last day",
    "who": "whose it is, by code; blank: not said",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Something on a day, or on a row of days both included. ``says``: in words, for whoever points at it."""

    sort: str
    start: Moment
    end: Moment
    says: str


@dataclass(frozen=True, slots=True)
class Track:
    """One row of the drawing."""

    label: str
    link: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LABEL + share * (WIDTH - LABEL - 10), 1)


def gantt(tracks: Sequence[Track], title: str, on: date, table: str) -> Drawing:
    """The rows as one drawing; a broken line at the day asked about, where it lies among them; ``table``: the id of the table that says the same."""
    spans = [span for track in tracks for span in track.spans]
    if not spans:
        return NOTHING
    first, last = min(span.start.first for span in spans), max(span.end.last for span in spans)
    near = max(timedelta(days=120), 2 * (last - first))
    if first - near <= on <= last + near:
        first, last = min(first, on), max(last, on)
    scale = _Scale(first.replace(day=1), last + timedelta(days=20))
    height = TOP + ROW * len(tracks) + 6
    parts = [_axis(scale, height), *(_track(track, TOP + ROW * number, scale) for number, track in enumerate(tracks))]
    if scale.first <= on <= scale.last:
        parts.append(format_html('<line class="now" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', scale.at(on), TOP - 6, height))
    return framed("timeline", title, table, (WIDTH, height), SafeString("".join(parts)))


def _axis(scale: _Scale, height: int) -> SafeString:
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    room = (WIDTH - LABEL) / months
    step = next((step for step in _MONTHS if step * room >= 2 * _WIDEST), _MONTHS[-1])
    found = []
    for number in range(months):
        year, month = divmod(scale.first.year * 12 + scale.first.month - 1 + number, 12)
        if (year * 12 + month) % step == 0:
            at = scale.at(date(year, month + 1, 1))
            found.append((at, height, f"{year}-{month + 1:02d}" if step < 12 else f"{year}"))
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="20" y2="{1}"/><text class="year" x="{0}" y="14">{2}</text>', found)


def _track(track: Track, y: int, scale: _Scale) -> SafeString:
    label = track.label if len(track.label) <= LETTERS else track.label[: LETTERS - 1] + "…"
    told = SafeString("") if isinstance(track.label, Words) else english(turned=False)
    drawn = sorted(track.spans, key=lambda span: _ORDER.index(span.sort))
    return format_html(
        '<a href="{}"><text class="row"{} x="{}" y="{}" text-anchor="end">{}<title>{}</title></text></a>{}',
        track.link,
        told,
        LABEL - 10,
        y + 16,
        label,
        track.label,
        format_html_join("", "{}", ((_span(span, y + 12, scale),) for span in drawn)),
    )


def _span(span: Span, y: int, scale: _Scale) -> SafeString:
    says = format_html("<title{}>{}</title>", english(turned=False), span.says)
    if not (span.start.certain and span.end.certain):
        return _outlined(span, y, scale, says)
    if span.sort in BARS or span.start.first != span.end.first:
        return _bar(span.sort, span.start.first, span.end.last, (y, BARS.get(span.sort, 10)), scale, says)
    return _mark(span.sort, scale.at(span.start.first), y, says)


def _outlined(span: Span, y: int, scale: _Scale, says: SafeString) -> SafeString:
    """An outline over every day that it can be; of a bar, filled where it surely is."""
    high = BARS.get(span.sort, 10)
    drawn = _bar(f"{span.sort} unsure", span.start.first, span.end.last, (y, high), scale, says)
    if span.sort in BARS and span.start.last <= span.end.first:
        return format_html("{}{}", drawn, _bar(span.sort, span.start.last, span.end.first, (y, high), scale, says))
    return drawn


def _bar(look: str, start: date, end: date, at: tuple[int, int], scale: _Scale, says: SafeString) -> SafeString:
    y, high = at
    left, right = scale.at(start), scale.at(max(end, start) + timedelta(days=1))
    bar = '<rect class="g-{}" x="{}" y="{}" width="{}" height="{}" rx="1.5">{}</rect>'
    return format_html(bar, look, left, y - high // 2, max(2.5, round(right - left, 1)), high, says)


def _mark(sort: str, x: float, y: int, says: SafeString) -> SafeString:
    drawn = _SHAPES[sort].format(x=x, y=y, l=round(x - 6, 1), t=y - 6)
    return format_html('<path class="g-{}" d="{}">{}</path>', sort, drawn, says)


def keys_of(tracks: Sequence[Track]) -> tuple[Key, ...]:
    """The marks that are drawn, each with its word."""
    return tuple(_keys(tracks))


def _keys(tracks: Sequence[Track]) -> Iterator[Key]:
    spans = [span for track in tracks for span in track.spans]
    for sort in _ORDER:
        if any(span.sort == sort for span in spans):
            high = BARS.get(sort, 0)
            bar = format_html('<rect class="g-{}" y="{}" width="24" height="{}" rx="1.5"/>', sort, 7 - high // 2, high)
            yield Key(bar if high else _mark(sort, 12, 7, SafeString("")), word(sort, "exercise-day"))
    if not all(span.start.certain and span.end.certain for span in spans):
        yield Key(SafeString('<rect class="g-forces unsure" y="2" width="24" height="10" rx="1.5"/>'), _("outlined: which day is not known yet"))


def chart_of(name: str, subtitle: str, tracks: Sequence[Track], drawing: Drawing, rows: Sequence[Plain]) -> Chart:
    """The drawing as a chart that can be taken elsewhere."""
    return Chart(
        name,
        subtitle,
        _("Days; both the first and the last are included"),
        _("Days that a design or a plan on record gives, and days by which agreements in force ask for notices of it."),
        drawing,
        lambda: rows,
        COLUMNS,
        keys_of(tracks),
    )
