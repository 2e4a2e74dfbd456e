"""Timelines drawn on the server as SVG: bars of modes over time. Colour and pattern come from the style sheet's classes.

Pure functions: rows of periods in, markup out. Every bar carries its text as a title, and the page beside it says the
same in a table, so that nothing is told by the drawing only.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.standing import CoveredChange
from comity.terms import Verdict
from comity.web.telling import Words, english, told
from comity.web.wording import word

WIDTH, LABEL, ROW, TOP, LETTERS = 1000, 222, 20, 24, 29
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
BOUND = ("party", "provisional")


class Drawing(SafeString):
    """The markup for a page; beside it ``inner``, what is drawn without its frame, so that it can be taken elsewhere. ``kind``: its class."""

    kind: str
    caption: str
    width: int
    height: int
    inner: SafeString


NOTHING = Drawing("")


@dataclass(frozen=True, slots=True)
class Bar:
    """A period [start, end) of one standing (end None: no end on record); ``presumed``: the record is not complete for it."""

    start: date
    end: date | None
    look: str
    says: str
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    link: str
    bars: tuple[Bar, ...]


def look_of(verdict: Verdict, mode: str) -> str:
    """The class of a bar or chip: the verdict where it is not settled, else the mode."""
    if verdict in (Verdict.CONTESTED, Verdict.UNKNOWN):
        return str(verdict)
    return mode.replace(" ", "-") or "none"


def bars_of(changes: Sequence[CoveredChange]) -> tuple[Bar, ...]:
    """The periods between one party's (or the agreement's) changes, cut where the record ends; those of no standing are left out."""
    bars = [bar for covered in changes for bar in _bars(covered)]
    return tuple(bar for bar in bars if bar.look not in ("none", "former"))


def _bars(covered: CoveredChange) -> Iterator[Bar]:
    change, cut, end = covered.change, covered.incomplete_from, covered.end
    look = look_of(change.verdict, change.mode)
    says = lasting(_standing(look, change.mode), change.on, end)
    if cut is None or cut > change.on:
        yield Bar(
            change.on,
            cut or end,
            look,
            says if cut is None else told(_("%(period)s; the record is complete to %(reach)s"), period=says, reach=covered.reach),
        )
    if cut is not None:
        later = look_of(covered.beyond or change.verdict, change.mode)
        yield Bar(cut, end, later, _beyond(says, later, cut, covered.reach), True)


def lasting(standing: str, start: date, end: date | None) -> Words:
    """A standing and its period, in words."""
    if end is None:
        return told(_("%(standing)s, %(start)s to no end on record"), standing=standing, start=start)
    return told(_("%(standing)s, %(start)s to %(end)s"), standing=standing, start=start, end=end)


def presumed(period: str, cut: date, reach: date | None) -> Words:
    """The same, presumed to go on after the day to which the record is complete."""
    return told(_("%(period)s; presumed from %(cut)s, since the record is complete to %(reach)s only"), period=period, cut=cut, reach=reach)


def _beyond(period: str, look: str, cut: date, reach: date | None) -> Words:
    if reach is None and look == "unknown":
        return told(_("%(period)s; unknown: not covered by the record"), period=period)
    if reach is None:
        return told(_("%(period)s; presumed: not covered by the record"), period=period)
    if look == "unknown":
        return told(_("%(period)s; unknown from %(cut)s, since the record is complete to %(reach)s only"), period=period, cut=cut, reach=reach)
    return presumed(period, cut, reach)


def _standing(look: str, mode: str) -> str:
    return word(look if look in ("contested", "unknown") else mode, "mode")


def timeline(rows: Sequence[Row], title: str, on: date, today: date, table: str) -> Drawing:
    """The rows as one drawing, with a line at the day asked about; ``table``: the id of the table that says the same."""
    starts = [b.start for r in rows for b in r.bars]
    if not starts:
        return NOTHING
    ends = [b.end for r in rows for b in r.bars if b.end is not None and b.end not in {p.start for p in r.bars if p.presumed}]
    first = date(min(starts).year, 1, 1)
    last = max([on, today, *ends]) + timedelta(days=180)
    scale = _Scale(first, last)
    height = TOP + ROW * len(rows) + 6
    parts = [_axis(scale, height), format_html_join("", "{}", ((_row(r, i, scale),) for i, r in enumerate(rows)))]
    if first <= on <= last:
        x = scale.at(on)
        parts.append(format_html('<line class="now" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', x, TOP - 6, height))
    return _framed(title, table, height, SafeString("".join(parts)))


def _framed(title: str, table: str, height: int, inner: SafeString) -> Drawing:
    return framed("timeline", title, table, (WIDTH, height), inner)


def framed(kind: str, title: str, table: str, size: tuple[int, int], inner: SafeString) -> Drawing:
    """A drawing that scrolls in its own container where the page is narrow; time runs from left to right in every language."""
    width, height = size
    found = Drawing(
        format_html(
            '<div class="scroll" tabindex="0" role="region" dir="ltr" aria-label="{0}">'
            '<svg class="{1}" direction="ltr" viewBox="0 0 {2} {3}" role="group" aria-label="{0}" aria-details="{4}">{5}</svg></div>',
            title,
            kind,
            width,
            height,
            table,
            inner,
        )
    )
    found.kind, found.caption, found.width, found.height, found.inner = kind, title, width, height, inner
    return found


_FILLED = ("contested", "provisional", "suspended")
_THIN = {"signatory": 2, "contracting": 6}
"""How high the bars of those are who are not bound, so that they are told apart without colours."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LABEL + share * (WIDTH - LABEL - 8), 1)


def _axis(scale: _Scale, height: int) -> SafeString:
    years = scale.last.year - scale.first.year + 1
    step = next((s for s in _STEPS if years / s <= 9), _STEPS[-1])
    marks = [y for y in range(scale.first.year, scale.last.year + 1) if y % step == 0]
    found = [(scale.at(date(y, 1, 1)), height, y) for y in marks if scale.first <= date(y, 1, 1)]
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="18" y2="{1}"/><text class="year" x="{0}" y="13">{2}</text>', found)


def _row(row: Row, index: int, scale: _Scale) -> SafeString:
    y = TOP + index * ROW
    label = row.label if len(row.label) <= LETTERS else row.label[: LETTERS - 1] + "…"
    bars = format_html_join("", "{}", ((_bar(b, y, scale),) for b in row.bars))
    return format_html(
        '<a href="{}"><text class="row"{} x="{}" y="{}" text-anchor="end">{}<title>{}</title></text></a>{}',
        row.link,
        SafeString("") if isinstance(row.label, Words) else english(turned=False),
        LABEL - 8,
        y + 14,
        label,
        row.label,
        bars,
    )


def _bar(bar: Bar, y: int, scale: _Scale) -> SafeString:
    start, end = (scale.at(min(day or scale.last, scale.last)) for day in (bar.start, bar.end))
    height = _THIN.get(bar.look, 14)
    fill = format_html(' fill="url(#p-{})"', bar.look) if bar.look in _FILLED else SafeString("")
    return format_html(
        '<rect class="bar b-{}{}" x="{}" y="{}" width="{}" height="{}"{}><title>{}</title></rect>',
        bar.look,
        " presumed" if bar.presumed else "",
        start,
        y + 10 - height // 2,
        max(0 if bar.presumed else 1.5, round(end - start, 1)),
        height,
        fill,
        bar.says,
    )


def steps(counts: Sequence[tuple[date, int]], title: str, on: date, today: date, table: str) -> Drawing:
    """How many are bound over time, as steps; ``table``: the id of the table that says the same."""
    if not counts:
        return NOTHING
    scale = _Scale(date(counts[0][0].year, 1, 1), max(on, today, counts[-1][0]) + timedelta(days=180))
    height, most = 150, max(n for _, n in counts) or 1

    def level(number: int) -> float:
        return round(height - 8 - number / most * (height - TOP - 14), 1)

    path = [f"M{scale.at(counts[0][0])} {level(0)}"]
    path += [f"H{scale.at(day)}V{level(number)}" for day, number in counts]
    path.append(f"H{scale.at(max(on, today, counts[-1][0]))}V{level(0)}Z")
    now = scale.at(on) if on >= scale.first else None
    return _framed(
        title,
        table,
        height,
        format_html(
            '{}<path class="area" d="{}"/><text class="row" x="{}" y="{}" text-anchor="end">{}</text>'
            '<text class="row" x="{}" y="{}" text-anchor="end">0</text>{}',
            _axis(scale, height - 8),
            " ".join(path),
            LABEL - 8,
            level(most) + 5,
            told(_("most: %(number)s"), number=most),
            LABEL - 8,
            level(0) + 2,
            format_html('<line class="now" x1="{0}" x2="{0}" y1="14" y2="{1}"/>', now, height - 8) if now is not None else "",
        ),
    )


def bar_to_plain(row: Row, bar: Bar) -> dict[str, object]:
    """A period as plain data."""
    return {
        "row": str(row.label),
        "from": bar.start.isoformat(),
        "until": bar.end and bar.end.isoformat(),
        "standing": bar.look,
        "presumed": bar.presumed,
        "says": str(bar.says),
    }


PERIODS = {
    "row": "what the period is of: a party by its name, or the agreement",
    "from": "the first day",
    "until": "the first day after it; blank: no end on record",
    "standing": "party, provisional, suspended, contracting, signatory, in-force, contested or unknown",
    "presumed": "yes: the record is not complete for it, and the standing is presumed to go on",
    "says": "the same in words",
}
"""What the columns of periods are."""


def keys_of(rows: Sequence[Row]) -> list[tuple[SafeString, str]]:
    """The marks of the bars that are drawn, as in the key of the page, each with its word."""
    found = [(mark, _meant(look)) for look, mark in marks_of({bar.look for row in rows for bar in row.bars})]
    if any(bar.presumed for row in rows for bar in row.bars):
        found.append((_mark("party", presumed=True), _("paler: the record is not complete, standing is presumed")))
    return found


def marks_of(looks: Container[str]) -> list[tuple[str, SafeString]]:
    """The mark of each of these looks, in the order of the key."""
    return [(look, _mark(look)) for look in _LOOKS if look in looks]


_LOOKS = ("in-force", "party", "provisional", "contested", "suspended", "contracting", "signatory", "unknown")


def _meant(look: str) -> str:
    if look in ("in-force", "party"):
        return _("in force, of the agreement") if look == "in-force" else _("party, in force")
    return _("consented, not yet in force") if look == "contracting" else word(look, "mode")


def _mark(look: str, presumed: bool = False) -> SafeString:
    height = _THIN.get(look, 14)
    fill = SafeString(f' fill="url(#p-{look})"') if look in _FILLED else SafeString("")
    more = " presumed" if presumed else ""
    return format_html('<rect class="bar b-{}{}" y="{}" width="24" height="{}"{}/>', look, more, 7 - height // 2, height, fill)
