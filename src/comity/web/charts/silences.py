"""Who has not met with whom for how long: a bar for each two, as long as the days since; an outline where they may have met since.

Two that never met on record have an outline over the whole width. Time runs from left to right in every language.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.dialogue import Silence
from comity.terms import Verdict
from comity.web.charts.chart import Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import Words, told

WIDTH, LABEL, ROW, TOP, RIGHT = 1000, 170, 24, 28, 110
DRAWN = 40
"""So many pairs are drawn; the table and the files have all."""
_STEPS = (1, 7, 14, 30, 90, 182, 365, 730, 1825, 3650, 7300)
COLUMNS = {
    "parties": "the two, by their codes",
    "last": "the day on which they last met on record, as it was written; blank: never",
    "act": "the act that says so",
    "days_at_least": "how many days ago at least",
    "days_at_most": "how many days ago at most",
    "sure": "yes: they have not met since; unknown: they may have",
}


def silences_drawn(found: Sequence[Silence], title: str, table: str) -> Drawing:
    """The longest silences as one drawing; ``table``: the id of the table that says the same."""
    shown = found[:DRAWN]
    if not shown:
        return NOTHING
    most = max((one.at_most or 0 for one in shown), default=0) or 30
    scale = (WIDTH - LABEL - RIGHT) / most
    height = TOP + ROW * len(shown) + 6
    lines = ((_row(one, TOP + ROW * number, scale, most),) for number, one in enumerate(shown))
    return framed("timeline", title, table, (WIDTH, height), format_html("{}{}", _axis(scale, most, height), format_html_join("", "{}", lines)))


def _axis(scale: float, most: int, height: int) -> SafeString:
    step = next((step for step in _STEPS if most / step <= 8), _STEPS[-1])
    found = ((round(LABEL + days * scale, 1), height, _span(days, step)) for days in range(0, most + 1, step))
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="20" y2="{1}"/><text class="year" x="{0}" y="14">{2}</text>', found)


def _span(days: int, step: int) -> str:
    if step >= 365:
        return ngettext("%(number)s year", "%(number)s years", days // 365) % {"number": days // 365}
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def _row(one: Silence, y: int, scale: float, most: int) -> SafeString:
    least = most if one.at_least is None else one.at_least
    look = "never" if one.last is None else "sure" if one.sure is Verdict.YES else "perhaps"
    width = max(2.0, round(least * scale, 1))
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end">{}</text><rect class="i-{}" x="{}" y="{}" width="{}" height="12"><title>{}</title></rect>'
        '{}<text x="{}" y="{}">{}</text>',
        LABEL - 10,
        y + 15,
        " – ".join(one.parties),
        look,
        LABEL,
        y + 5,
        width,
        says(one),
        _more(one, y, scale),
        round(LABEL + (one.at_most or least) * scale + 8, 1),
        y + 15,
        _("never on record") if one.last is None else f"{one.at_least}" + ("" if one.at_least == one.at_most else f"–{one.at_most}"),
    )


def _more(one: Silence, y: int, scale: float) -> SafeString:
    """From at least to at most, where the day is not known exactly."""
    if one.at_least is None or one.at_most is None or one.at_least == one.at_most:
        return SafeString("")
    left, width = round(LABEL + one.at_least * scale, 1), round((one.at_most - one.at_least) * scale, 1)
    return format_html('<rect class="i-perhaps" x="{}" y="{}" width="{}" height="12"/>', left, y + 5, width)


def says(one: Silence) -> Words:
    """What the bar says, in words."""
    pair = " – ".join(one.parties)
    if one.last is None:
        return told(_("%(pair)s: never on record"), pair=pair)
    if one.sure is Verdict.YES:
        return told(_("%(pair)s: not since %(day)s"), pair=pair, day=one.last.written)
    return told(_("%(pair)s: last on record on %(day)s; they may have met since"), pair=pair, day=one.last.written)


def keys_of(found: Sequence[Silence]) -> tuple[Key, ...]:
    """The bars that are drawn, each with what it means."""
    shown = found[:DRAWN]
    meant = (
        ("sure", _("have not met since, for sure"), any(one.last is not None and one.sure is Verdict.YES for one in shown)),
        (
            "perhaps",
            _("last met on record so long ago; they may have met since"),
            any(one.last is not None and one.sure is not Verdict.YES for one in shown),
        ),
        ("never", _("never met on record"), any(one.last is None for one in shown)),
    )
    return tuple(Key(format_html('<rect class="i-{}" x="0" y="1" width="24" height="12"/>', look), says) for look, says, there in meant if there)
