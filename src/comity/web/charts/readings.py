"""A series of readings, drawn: a dot for each stretch of which the number is known, a gap where it is not, a stroke from the least to the most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.indicators import By, Reading
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import told
from comity.web.wording import word

WIDTH, HEIGHT, LABEL, TOP, FOOT, EDGE, MOST_LABELS = 1000, 240, 64, 18, 30, 14, 12
Level = Callable[[float], float]
COLUMNS = {
    "since": "the first day of the stretch",
    "until": "its last day",
    "value": "the number; blank: not known",
    "why": "why there is no number",
    "of": "how many things it is about",
    "unknown": "how many more there are of which it is not known",
    "least": "the least that the number can be, whatever is not known; blank: that cannot be said",
    "most": "the most",
    "simulated": "whether an act that it rests on is of a simulation",
}


def figure(value: float, unit: str) -> SafeString:
    """A number as it is written: shares in hundredths, days and refusals whole, else with two places."""
    if unit == "share":
        return SafeString(f"{value:.0%}")
    return SafeString(f"{value:.0f}" if unit in ("days", "refusals") else f"{value:.2f}")


def readings_chart(found: Sequence[Reading], title: str, by: By) -> Chart:
    """The series as a chart; its table has the id ``series``."""
    unit = found[0].unit if found else "share"
    return Chart(
        "series",
        _("A dot for each stretch of the calendar; where it is not known there is a gap, and no nought."),
        word(unit, "unit"),
        _("Counted from the acts on record by the day asked about, as how-indicators-are-read.md tells."),
        _drawn(found, title, unit, by),
        lambda: [_row(one) for one in found],
        COLUMNS,
        keys_of(found),
    )


def _row(one: Reading) -> dict[str, object]:
    least, most = one.between or (None, None)
    return {
        "since": one.asked.since.isoformat(), "until": one.asked.until.isoformat(), "value": one.value, "why": one.why or None, "of": one.of,
        "unknown": one.unknown, "least": least, "most": most, "simulated": one.simulated,
    }  # fmt: skip


def _drawn(found: Sequence[Reading], title: str, unit: str, by: By) -> Drawing:
    if not found:
        return NOTHING
    highest = _highest(found, unit)
    wide = (WIDTH - LABEL - EDGE) / len(found)
    middles = [round(LABEL + wide * (number + 0.5), 1) for number in range(len(found))]

    def level(value: float) -> float:
        return round(HEIGHT - FOOT - min(value, highest) / highest * (HEIGHT - FOOT - TOP), 1)

    both = [
        (one, level(first.value), other, level(second.value))
        for (one, first), (other, second) in pairwise(zip(middles, found, strict=True))
        if first.value is not None and second.value is not None
    ]
    inner = format_html(
        "{}{}{}{}{}",
        format_html_join("", "{}", ((_level(share * highest, level, unit),) for share in (0, 0.5, 1))),
        _stretches(found, middles, by),
        format_html_join("", "{}", ((_gap(one, middle, wide),) for one, middle in zip(found, middles, strict=True) if one.value is None)),
        format_html_join("", '<path class="line" d="M{} {}L{} {}"/>', both),
        format_html_join("", "{}", ((_dot(one, middle, level),) for one, middle in zip(found, middles, strict=True))),
    )
    return framed("timeline readings-of", title, "series", (WIDTH, HEIGHT), inner)


def _highest(found: Sequence[Reading], unit: str) -> float:
    known = [one for one in found if one.value is not None]
    every = [number for one in known for number in (one.value, *(one.between or ())) if number is not None]
    return 1.0 if unit in ("share", "ratio") else max([1.0, *every])


def _level(value: float, level: Level, unit: str) -> SafeString:
    y = level(value)
    says = figure(value, unit)
    return format_html(
        '<line class="grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><text x="{3}" y="{4}" text-anchor="end">{5}</text>',
        LABEL, WIDTH - EDGE, y, LABEL - 8, y + 4, says,
    )  # fmt: skip


def _stretches(found: Sequence[Reading], middles: Sequence[float], by: By) -> SafeString:
    """The names of the stretches, as many as have room."""
    step = -(-len(found) // MOST_LABELS)
    named = [(middles[n], HEIGHT - 10, _name(one, by)) for n, one in enumerate(found) if n % step == 0]
    return format_html_join("", '<text class="year" x="{}" y="{}">{}</text>', named)


def _name(one: Reading, by: By) -> str:
    since = one.asked.since
    return f"{since.year}" if by == "year" else f"{since.year}/{(since.month + 2) // 3}"


def _gap(one: Reading, middle: float, wide: float) -> SafeString:
    sign = format_html('<text class="unsaid" x="{}" y="{}" text-anchor="middle">?</text>', middle, (TOP + HEIGHT - FOOT) / 2) if wide >= 14 else ""
    return format_html(
        '<g><title>{}</title><rect class="b-unknown" x="{}" y="{}" width="{}" height="{}"/>{}</g>',
        told(_("%(since)s to %(until)s: not known"), since=one.asked.since, until=one.asked.until),
        round(middle - wide / 2 + 1, 1), TOP, round(max(wide - 2, 1), 1), HEIGHT - FOOT - TOP, sign,
    )  # fmt: skip


def _dot(one: Reading, x: float, level: Level) -> SafeString:
    if one.value is None:
        return SafeString("")
    stroke = SafeString("")
    if one.between is not None and one.between[0] != one.between[1]:
        stroke = format_html(
            '<path class="range" d="M{0} {1}V{2}M{3} {1}H{4}M{3} {2}H{4}"/>', x, level(one.between[0]), level(one.between[1]), x - 5, x + 5
        )  # fmt: skip
    says = told(
        _("%(since)s to %(until)s: %(value)s, of %(of)s"),
        since=one.asked.since, until=one.asked.until, value=figure(one.value, one.unit), of=one.of,
    )  # fmt: skip
    look = "dot played" if one.simulated else "dot"
    return format_html('{}<circle class="{}" cx="{}" cy="{}" r="5"><title>{}</title></circle>', stroke, look, x, level(one.value), says)


def keys_of(found: Sequence[Reading]) -> tuple[Key, ...]:
    """The marks that are drawn, each with what it means."""
    known = [one for one in found if one.value is not None]
    meant = (
        (SafeString('<circle class="dot" cx="12" cy="7" r="5"/>'), _("the number"), any(not one.simulated for one in known)),
        (SafeString('<circle class="dot played" cx="12" cy="7" r="5"/>'), _("the number, simulated"), any(one.simulated for one in known)),
        (
            SafeString('<path class="range" d="M12 1V13M7 1H17M7 13H17"/>'),
            _("the least and the most that it can be, whatever is not known"),
            any(one.between is not None and one.between[0] != one.between[1] for one in known),
        ),
        (SafeString('<rect class="b-unknown" x="2" y="1" width="20" height="12"/>'), _("not known"), len(known) < len(found)),
    )
    return tuple(Key(mark, says) for mark, says, there in meant if there)
