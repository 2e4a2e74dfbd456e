"""The time of a mission as bars: its rotations and mandate, and of each pledge when it is offered, accepted and there; thicker, the surer it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.missions import Acceptance, DaySpan, Mission
from comity.terms import Step, Verdict, add
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import Drawing, framed
from comity.web.requirements import short_of
from comity.web.telling import english, told

WIDTH, LABEL, ROW, TOP, EDGE, LETTERS, ROWS, MARKS = 1000, 222, 20, 40, 8, 29, 60, 13
"""``ROWS``: so many pledges are drawn; ``MARKS``: at most so many months are marked."""
WHAT: Mapping[str, str | Promise] = {
    "mandate": gettext_lazy("mandate"),
    "rotation": gettext_lazy("rotation"),
    "offered": gettext_lazy("offered"),
    "accepted": gettext_lazy("accepted"),
    "deployed": gettext_lazy("there"),
}
_HIGH = {"offered": 3, "accepted": 8, "deployed": 14, "mandate": 6}
COLUMNS = {
    "what": "mandate, rotation, offered, accepted or deployed",
    "name": "of a pledge or a mandate its act; of a rotation its name",
    "party": "whose pledge it is",
    "line": "the line that it serves, where that is said",
    "number": "how many units",
    "from": "the first day; blank: open",
    "until": "the first day after it; blank: open",
    "sure": "yes, contested or unknown",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of a mission: what they are of, and how sure that is."""

    what: str
    name: str
    party: str
    line: str
    number: int | None
    days: DaySpan
    sure: Verdict

    @property
    def says(self) -> str | Promise:
        return WHAT[self.what]


def spans_of(mission: Mission) -> list[Span]:
    """Every span: the mandate and the rotations first, then pledge by pledge."""
    yes = Verdict.YES
    found = [Span("mandate", one.act, "", "", None, one.days, one.sure) for one in mission.mandate or ()]
    found += [Span("rotation", one.name, "", "", None, one.days, yes) for one in mission.rotations]
    told = set[str]()
    for pledge in mission.pledges:
        if pledge.refused:
            continue
        start, end = pledge.days
        until = min((day for day in (end, pledge.withdrawn) if day is not None), default=None)
        found.append(Span("offered", pledge.id, pledge.party, pledge.line or "", pledge.number, DaySpan(start, until), pledge.sure))
        for what, some in (("accepted", mission.accepted), ("deployed", mission.deployed)):
            found += [_taken(what, one, pledge.party) for one in some if one.pledge == pledge.id and pledge.id not in told]
        told.add(pledge.id)
    return found


def _taken(what: str, one: Acceptance, party: str) -> Span:
    return Span(what, one.pledge, party, one.line, one.number, one.days, one.sure)


def span_to_plain(one: Span) -> dict[str, object]:
    """A span as plain data."""
    return {
        "what": one.what,
        "name": one.name,
        "party": one.party,
        "line": one.line,
        "number": one.number,
        "from": one.days.start and one.days.start.isoformat(),
        "until": one.days.end and one.days.end.isoformat(),
        "sure": str(one.sure),
    }


def gantt(mission: Mission, on: date, title: str) -> Chart:
    """The bars, as a chart."""
    spans = spans_of(mission)
    drawing = _drawn(mission, spans, on, title)
    keys = tuple(Key(_mark(what), str(WHAT[what])) for what in ("mandate", "offered", "accepted", "deployed") if any(s.what == what for s in spans))
    return Chart(
        "mission-time",
        _("When each pledge is offered, accepted and there; the columns are rotations, the broken line is the day asked about."),
        _("Days; the end is the first day after the span"),
        _("From the acts on record about the mission; what is in doubt has a broken edge."),
        drawing,
        lambda: [span_to_plain(one) for one in spans],
        COLUMNS,
        keys,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date | None, open_at: date) -> float:
        found = min(max(day or open_at, self.first), self.last)
        share = (found - self.first).days / max(1, (self.last - self.first).days)
        return round(LABEL + share * (WIDTH - LABEL - EDGE), 1)


def _drawn(mission: Mission, spans: Sequence[Span], on: date, title: str) -> Drawing:
    days = [day for one in mission.rotations for day in one.days if day is not None]
    days = days or [day for one in spans for day in one.days if day is not None]
    if not days:
        return Drawing("")
    scale = _Scale(min(days), max(*days, min(days) + timedelta(days=1)))
    rows: dict[str, list[Span]] = {}
    for one in spans:
        if one.what != "rotation":
            rows.setdefault("" if one.what == "mandate" else one.name, []).append(one)
    shown = list(rows.items())[: ROWS + 1]
    height = TOP + ROW * len(shown) + 6
    inner = format_html(
        "{}{}{}{}",
        format_html_join("", "{}", ((_rotation(one.name, one.days, number, scale, height),) for number, one in enumerate(mission.rotations))),
        _months(scale, height),
        format_html_join("", "{}", ((_row(mission, name, mine, TOP + ROW * n, scale),) for n, (name, mine) in enumerate(shown))),
        _now(on, scale, height),
    )
    return framed("gantt", title, "spans", (WIDTH, height), inner)


def _now(on: date, scale: _Scale, height: int) -> SafeString:
    if not scale.first <= on <= scale.last:
        return SafeString("")
    return format_html('<line class="now" x1="{0}" x2="{0}" y1="18" y2="{1}"/>', scale.at(on, on), height)


def _rotation(name: str, days: DaySpan, number: int, scale: _Scale, height: int) -> SafeString:
    start, end = scale.at(days.start, scale.first), scale.at(days.end, scale.last)
    return format_html(
        '<rect class="{}" x="{}" y="18" width="{}" height="{}"/><text class="head" x="{}" y="13" text-anchor="middle">{}</text>',
        "odd" if number % 2 else "even",
        start,
        round(end - start, 1),
        height - 18,
        round((start + end) / 2, 1),
        name,
    )


def _months(scale: _Scale, height: int) -> SafeString:
    """The first days of months, as many as have room."""
    number = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if number / step <= MARKS)
    first = scale.first.replace(day=1)
    marks = [add(first, (Step(months=step * n),)) for n in range(number // step + 1)]
    found = [(scale.at(day, day), height, f"{day:%Y-%m}") for day in marks if scale.first <= day < scale.last]
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="32" y2="{1}"/><text class="month" x="{0}" y="29">{2}</text>', found)


def _row(mission: Mission, name: str, spans: Sequence[Span], y: int, scale: _Scale) -> SafeString:
    words = short_of(mission, name) if name else told(WHAT["mandate"])
    shown = words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"
    bars = format_html_join("", "{}", ((_bar(one, y, scale),) for one in spans))
    lang = english(turned=False) if name else SafeString("")
    title = f"{spans[0].party}: {name}" if name else str(words)
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text>{}', LABEL - 8, y + 14, lang, shown, title, bars
    )


def _bar(one: Span, y: int, scale: _Scale) -> SafeString:
    start, end, high = scale.at(one.days.start, scale.first), scale.at(one.days.end, scale.last), _HIGH[one.what]
    number = f" {one.number} ×" if one.number is not None else ""
    doubt = "" if one.sure is Verdict.YES else f" ({one.sure})"
    says = f"{one.name}{number} {WHAT[one.what]}, {one.days.start or '…'} – {one.days.end or '…'}{doubt}"
    return format_html(
        '<rect class="stay t-{}{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        one.what,
        "" if one.sure is Verdict.YES else " doubt",
        start,
        y + 10 - high // 2,
        max(1.5, round(end - start, 1)),
        high,
        says.strip(),
    )


def _mark(what: str) -> SafeString:
    return format_html('<rect class="stay t-{}" y="{}" width="24" height="{}"/>', what, 7 - _HIGH[what] // 2, _HIGH[what])
