"""The time of a decision, drawn: who did what when, row by row, with the deadlines that were set; each kind of act by its own shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.acts import Act
from comity.decisions import Decision, end_of_day, instant_in_words
from comity.terms import Moment, parse_moment
from comity.web.asking import Asked
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import english, told
from comity.web.wording import word

WIDTH, LABEL, ROW, TOP, EDGE, LETTERS, ROWS, TICKS = 1000, 150, 26, 44, 24, 20, 60, 9
"""``ROWS``: so many of those who did something are drawn; ``TICKS``: at most so many marks of time."""
_HOUR, _DAY = 3600, 86400
_STEPS = (600, 1800, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY, 91 * _DAY, 365 * _DAY, 3650 * _DAY)
RECEIVED = ("break-silence", "restore-silence", "vote", "amend-proposal")
"""Answers count when they were received; all else when it was made. Source: how-a-decision-is-followed.md, 2.1."""
DEADLINES = ("silence_until", "until", "vote_by", "lapses")
SHAPES: Mapping[str, str] = {
    "for": "M-7 5H7L0 -7Z", "against": "M-7 -5H7L0 7Z", "neither": "M0 -7L7 0L0 7L-7 0Z",
    "breaks": "M-6 -6L6 6M6 -6L-6 6", "amends": "M-6 -6H6V6H-6Z",
    "leads": "M-4 -8H4V8H-4Z", "says": "M-6 -5H6V3H0L-3 7V3H-6Z", "ends": "M-7 0L-2 6L7 -6",
}  # fmt: skip
WORDS: Mapping[str, str | Promise] = {
    "leads": gettext_lazy("proposes, or leads it on"),
    "amends": gettext_lazy("another text"),
    "for": gettext_lazy("votes yes"),
    "against": gettext_lazy("votes no"),
    "neither": gettext_lazy("abstains, is absent, or takes back"),
    "breaks": gettext_lazy("breaks silence"),
    "says": gettext_lazy("makes a statement"),
    "ends": gettext_lazy("closes it, or says what came of it"),
}
COLUMNS = {
    "act": "the reference of the act",
    "kind": "its kind",
    "party": "who did it",
    "says": "how it voted, or what it said",
    "from": "the first instant that it can be of (UTC)",
    "until": "the instant before which it was done (UTC); the same where the hour is known",
    "odd": "what is odd about it",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of a decision: who did it, in which span of time it counts, and what is odd about it."""

    act: Act
    first: datetime
    last: datetime
    odd: tuple[str, ...]

    @property
    def who(self) -> str:
        return self.act.attributed_to

    @property
    def look(self) -> str:
        return look_of(self.act)

    @property
    def says(self) -> str:
        """How it voted, or what it said."""
        details = self.act.details
        return details.get("says") or details.get("vote") or details.get("outcome") or details.get("text") or ""

    @property
    def exact(self) -> bool:
        """Is its hour on record?"""
        return self.first == self.last


def look_of(act: Act) -> str:
    """The shape of an act."""
    if act.kind == "vote":
        return {"yes": "for", "no": "against"}.get(act.details.get("vote", ""), "neither")
    known = {
        "break-silence": "breaks", "restore-silence": "neither", "amend-proposal": "amends", "state-position": "says",
        "close-vote": "ends", "decide": "ends", "withdraw-proposal": "ends",
    }  # fmt: skip
    return known.get(act.kind, "leads")


def deeds_of(one: Decision) -> list[Deed]:
    """Its acts in their order."""
    odd: dict[str, list[str]] = {}
    for finding in one.findings:
        odd.setdefault(finding.where, []).append(finding.says)
    found = []
    for act in one.acts:
        moment = counts_at(act)
        if moment is not None:
            first, last = _span(moment, one.zone)
            found.append(Deed(act, first, last, tuple(odd.get(act.ref, ()))))
    return found


def counts_at(act: Act) -> Moment | None:
    """The moment at which it counts."""
    return act.lodged if act.kind in RECEIVED else act.done


def _span(moment: Moment, zone: str | None) -> tuple[datetime, datetime]:
    if moment.instant is not None:
        return moment.instant, moment.instant
    return end_of_day(moment.first - timedelta(days=1), zone), end_of_day(moment.last, zone)


def deed_to_plain(one: Deed) -> dict[str, object]:
    """An act as plain data."""
    return {
        "act": one.act.ref,
        "kind": one.act.kind,
        "party": one.who,
        "says": one.says or None,
        "from": one.first.astimezone(UTC).isoformat(),
        "until": one.last.astimezone(UTC).isoformat(),
        "odd": list(one.odd),
    }


def deadlines_of(one: Decision) -> list[tuple[datetime, datetime, str]]:
    """Every deadline that was set: from the act that set it, until when, and what it is of."""
    found = dict[tuple[datetime, datetime], str]()
    for deed in deeds_of(one):
        for name in DEADLINES:
            if text := deed.act.details.get(name):
                moment = parse_moment(text)
                end = moment.instant or end_of_day(moment.last, one.zone)
                found.setdefault((deed.first, end), deed.act.ref)
    for stand in one.stands:
        start = counts_at(stand.by)
        for due in (stand.until, stand.at):
            if due is not None and start is not None and all(due != there for _start, there in found):
                found[_span(start, one.zone)[0], due] = stand.by.ref
    return sorted((start, end, ref) for (start, end), ref in found.items())


def decision_times(this: Asked, one: Decision) -> Chart:
    """The drawing, as a chart."""
    deeds = deeds_of(one)
    looks = [look for look in WORDS if any(deed.look == look for deed in deeds)]
    return Chart(
        "decision-time",
        told(_("Who did what when; the time is that of %(zone)s. An act without an hour was done within its bar."), zone=one.zone or "UTC"),
        _("Instants"),
        _("From the acts on record that belong to the proposal by the instant asked about."),
        _drawn(this, one, deeds),
        lambda: [deed_to_plain(deed) for deed in deeds],
        COLUMNS,
        (
            *(Key(_mark(look), str(WORDS[look])) for look in looks),
            Key(SafeString('<rect class="clock-bar" y="3" width="24" height="8"/>'), _("until a deadline")),
        ),
    )  # fmt: skip


def _mark(look: str) -> SafeString:
    return format_html('<path class="deed t-{}" transform="translate(12 7) scale(.85)" d="{}"/>', look, SHAPES[look])


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime

    def at(self, instant: datetime) -> float:
        found = min(max(instant, self.first), self.last)
        share = (found - self.first) / max(self.last - self.first, timedelta(seconds=1))
        return round(LABEL + share * (WIDTH - LABEL - EDGE), 1)


def _drawn(this: Asked, one: Decision, deeds: Sequence[Deed]) -> Drawing:
    if not deeds:
        return NOTHING
    deadlines = deadlines_of(one)
    running = any(not stand.state.final for stand in one.stands)
    ends = [deed.last for deed in deeds] + [end for _start, end, _ref in deadlines]
    first = min(deed.first for deed in deeds)
    last = max(*ends, first + timedelta(hours=1))
    if running and one.at - first < 3 * (last - first):
        last = max(last, one.at)
    pad = (last - first) / 40
    scale = _Scale(first - pad, last + pad)
    rows: dict[str, list[Deed]] = {}
    for deed in deeds:
        rows.setdefault(deed.who, []).append(deed)
    shown = list(rows.items())[:ROWS]
    height = TOP + ROW * (len(shown) + 1) + 8
    inner = format_html(
        "{}{}{}{}{}",
        _ticks(scale, one.zone, height),
        format_html_join("", "{}", ((_deadline(start, end, scale, one.zone, height),) for start, end, _ref in deadlines)),
        _label(_("deadlines"), TOP, words=True),
        format_html_join("", "{}", ((_row(this, who, mine, TOP + ROW * n, scale, one),) for n, (who, mine) in enumerate(shown, 1))),
        _now(one.at, scale, height),
    )
    return framed("decided", told(_("Time of %(subject)s"), subject=one.subject or one.proposal.ref), "acts", (WIDTH, height), inner)


def _now(at: datetime, scale: _Scale, height: int) -> SafeString:
    if not scale.first <= at <= scale.last:
        return SafeString("")
    return format_html('<line class="now" x1="{0}" x2="{0}" y1="20" y2="{1}"/>', scale.at(at), height)


def _ticks(scale: _Scale, zone: str | None, height: int) -> SafeString:
    """Marks of the local time, as many as have room."""
    clock = UTC if zone is None else ZoneInfo(zone)
    seconds = (scale.last - scale.first).total_seconds()
    step = next((one for one in _STEPS if seconds / one <= TICKS), _STEPS[-1])
    start = scale.first.astimezone(clock).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    number = int((seconds + _DAY) // step) + 2
    marks = [(start + timedelta(seconds=step * n)).replace(tzinfo=clock) for n in range(min(number, 400))]
    form = "%m-%d %H:%M" if step < _DAY else "%Y-%m-%d"
    found = [(scale.at(mark), height, mark.strftime(form)) for mark in marks if scale.first <= mark <= scale.last - (scale.last - scale.first) / 18]
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="32" y2="{1}"/><text class="month" x="{0}" y="28">{2}</text>', found)


def _deadline(start: datetime, end: datetime, scale: _Scale, zone: str | None, height: int) -> SafeString:
    x, y = scale.at(start), scale.at(end)
    return format_html(
        '<rect class="clock-bar" x="{0}" y="{1}" width="{2}" height="10"><title>{3}</title></rect>'
        '<line class="due" x1="{4}" x2="{4}" y1="32" y2="{5}"/>',
        x,
        TOP + 3,
        round(y - x, 1),
        told(_("until %(instant)s"), instant=instant_in_words(end, zone)),
        y,
        height,
    )


def _label(text: str, y: int, words: bool = False) -> SafeString:
    shown = text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
    lang = SafeString("") if words else english(turned=False)
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text>', LABEL - 14, y + 13, lang, shown, text
    )  # fmt: skip


def _row(this: Asked, who: str, deeds: Sequence[Deed], y: int, scale: _Scale, one: Decision) -> SafeString:
    marks = format_html_join("", "{}", ((_deed(deed, y, scale, one.zone),) for deed in deeds))
    return format_html("{}{}", _label(this.name(who), y), marks)


def _deed(deed: Deed, y: int, scale: _Scale, zone: str | None) -> SafeString:
    start, end = scale.at(deed.first), scale.at(deed.last)
    says = f"{deed.who}: {word(deed.act.kind, 'act')} ({_told_when(deed, zone)})"
    mark = format_html(
        '<path class="deed t-{}{}" transform="translate({} {})" d="{}"><title>{}</title></path>',
        deed.look, " odd" if deed.odd else "", start, y + 9, SHAPES[deed.look], says,
    )  # fmt: skip
    if deed.exact:
        return mark
    return format_html('<rect class="within-day" x="{}" y="{}" width="{}" height="8"/>{}', start, y + 5, round(end - start, 1), mark)


def _told_when(deed: Deed, zone: str | None) -> str:
    moment = counts_at(deed.act)
    return instant_in_words(deed.first, zone) if deed.exact or moment is None else str(moment)
