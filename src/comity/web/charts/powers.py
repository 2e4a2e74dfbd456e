"""Power as bars: what part of all power each vote has, members whose votes can do the same in one row; before and after, where two are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.power import MemberPower, Power, PowerChange, PowerCompared
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.telling import english, told

WIDTH, LABEL, ROW, TOP, EDGE, LETTERS, ROWS, FIGURE = 1000, 220, 26, 28, 10, 30, 60, 60
"""``ROWS``: so many rows are drawn."""
NAMED = 4
"""So many codes stand beside a bar."""
COLUMNS = {
    "members": "whose votes can do the same",
    "number": "how many they are",
    "banzhaf": "absolute Banzhaf index: in what part of the ways in which all others can vote this vote decides",
    "share": "the part of all swings that are this vote's: normalised Banzhaf index",
    "shapley": "Shapley-Shubik index: the part of all orders in which this vote is the one that decides",
    "prevents": "of what would pass, the part that this vote's no defeats (Coleman); blank: nothing passes",
    "initiates": "of what would fail, the part that this vote's yes saves (Coleman); blank: nothing fails",
}
COMPARED = {
    "members": "whose power changes alike",
    "number": "how many they are",
    "banzhaf_before": "absolute Banzhaf index before; blank: no vote before",
    "banzhaf_after": "after; blank: no vote after",
    "share_before": "normalised Banzhaf index before",
    "share_after": "after",
    "shapley_before": "Shapley-Shubik index before",
    "shapley_after": "after",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """Members whose votes can do the same, with what they can do, before and after where two are compared."""

    codes: tuple[str, ...]
    before: MemberPower | None
    after: MemberPower | None = None


def alike_in(found: Power) -> list[Alike]:
    """Members whose votes can do the same together, the mightiest first."""
    groups: dict[tuple[object, ...], list[MemberPower]] = {}
    for one in sorted(found.members, key=lambda one: (-one.swings, -one.shapley)):
        groups.setdefault((one.swings, one.shapley), []).append(one)
    return [Alike(tuple(one.code for one in members), members[0]) for members in groups.values()]


def alike_in_both(found: PowerCompared) -> list[Alike]:
    """The same of a comparison."""
    groups: dict[tuple[object, ...], list[PowerChange]] = {}
    for one in sorted(found.members, key=_mightiest_first):
        groups.setdefault((_numbers(one.before), _numbers(one.after)), []).append(one)
    return [Alike(tuple(one.code for one in changes), changes[0].before, changes[0].after) for changes in groups.values()]


def _mightiest_first(one: PowerChange) -> tuple[Fraction, Fraction]:
    found = one.before or one.after
    return (Fraction(0), Fraction(0)) if found is None else (-found.banzhaf, -found.shapley)


def _numbers(one: MemberPower | None) -> tuple[Fraction, Fraction, Fraction] | None:
    return None if one is None else (one.banzhaf, one.share, one.shapley)


def alike_to_plain(one: Alike) -> dict[str, object]:
    """A row of the table of power."""
    power = one.before
    return {
        "members": list(one.codes),
        "number": len(one.codes),
        **{name: None if power is None else _plain(getattr(power, name)) for name in ("banzhaf", "share", "shapley", "prevents", "initiates")},
    }


def compared_row(one: Alike) -> dict[str, object]:
    """A row of the table of a comparison."""
    sides = (("before", one.before), ("after", one.after))
    found = {
        f"{name}_{side}": None if power is None else _plain(getattr(power, name)) for name in ("banzhaf", "share", "shapley") for side, power in sides
    }
    return {"members": list(one.codes), "number": len(one.codes), **found}


def _plain(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def power_bars(found: Sequence[Alike], title: str) -> Chart:
    """How power is shared, as a chart."""
    return Chart(
        "power",
        _("The part of all power that each vote has: bars by Banzhaf, strokes by Shapley and Shubik. Each row is of one of the members named."),
        _("Parts of the whole"),
        _("Exactly, from the rule and who votes; it supposes that every way to vote is as likely as any other."),
        _drawn(found, title, "power", compared=False),
        lambda: [alike_to_plain(one) for one in found],
        COLUMNS,
        (_key("before", _("Banzhaf")), Key(SafeString('<path class="agreed" d="M12 0V14"/>'), _("Shapley-Shubik"))),
    )


def compared_bars(found: Sequence[Alike], title: str) -> Chart:
    """Power before and after, as a chart."""
    return Chart(
        "power-compared",
        _("The part of all power that each vote has before (above) and after (below). Each row is of one of the members named."),
        _("Parts of the whole"),
        _("Exactly, from the two rules and who votes under each; it supposes that every way to vote is as likely as any other."),
        _drawn(found, title, "compared", compared=True),
        lambda: [compared_row(one) for one in found],
        COMPARED,
        (_key("before", _("before")), _key("after", _("after"))),
    )


def _key(look: str, says: str) -> Key:
    return Key(format_html('<rect class="might {}" y="2" width="22" height="10"/>', look), says)


def _drawn(found: Sequence[Alike], title: str, table: str, *, compared: bool) -> Drawing:
    rows = found[:ROWS]
    shares = [power.share for one in rows for power in (one.before, one.after) if power is not None]
    shares += [one.before.shapley for one in rows if one.before is not None and not compared]
    if not rows or not any(shares):
        return NOTHING
    most = max(shares)
    height = TOP + ROW * len(rows) + 6
    inner = format_html(
        "{}{}",
        _scale(most, height),
        format_html_join("", "{}", ((_row(one, TOP + ROW * number, most, compared),) for number, one in enumerate(rows))),
    )
    return framed("powers", title, table, (WIDTH, height), inner)


def _scale(most: Fraction, height: int) -> SafeString:
    steps = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
    step = next((one for one in steps if float(most) / one <= 8), 0.5)
    marks = [step * number for number in range(int(float(most) / step) + 1)]
    found = [(_at(Fraction(mark), most), height, f"{mark:.1%}" if step < 0.01 else f"{mark:.0%}") for mark in marks]
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="20" y2="{1}"/><text class="month" x="{0}" y="14">{2}</text>', found)


def _at(part: Fraction, most: Fraction) -> float:
    return round(LABEL + float(part / most) * (WIDTH - LABEL - EDGE - FIGURE), 1)


def _row(one: Alike, y: int, most: Fraction, compared: bool) -> SafeString:
    label = label_of(one.codes)
    shown = label if len(label) <= LETTERS else f"{label[: LETTERS - 1]}…"
    sides = [("before", one.before, y + 3, 9), ("after", one.after, y + 13, 9)] if compared else [("before", one.before, y + 5, 14)]
    bars = [_bar(look, power.share, top, high, most) for look, power, top, high in sides if power is not None]
    if not compared and one.before is not None:
        x = _at(one.before.shapley, most)
        bars.append(
            format_html('<path class="agreed" d="M{0} {1}V{2}"><title>{3:}</title></path>', x, y + 2, y + 22, f"{float(one.before.shapley):.2%}")
        )
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text>{}',
        LABEL - 10, y + 16, english(turned=False), shown, ", ".join(one.codes), format_html_join("", "{}", ((bar,) for bar in bars)),
    )  # fmt: skip


def _bar(look: str, share: Fraction, y: int, high: int, most: Fraction) -> SafeString:
    x = _at(share, most)
    return format_html(
        '<rect class="might {}" x="{}" y="{}" width="{}" height="{}"/><text class="figure" x="{}" y="{}">{}</text>',
        look, LABEL, y, round(x - LABEL, 1), high, x + 8, y + high - 1, f"{float(share):.2%}",
    )  # fmt: skip


def label_of(codes: Sequence[str]) -> str:
    """Codes beside a bar: the first few, and how many more."""
    if len(codes) <= NAMED:
        return ", ".join(codes)
    more = len(codes) - NAMED + 1
    others = ngettext("%(number)s other", "%(number)s others", more)
    return told(_("%(codes)s, %(others)s"), codes=", ".join(codes[: NAMED - 1]), others=others % {"number": more})
