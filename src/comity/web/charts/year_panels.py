"""Stability and what tied the members, year by year: one small picture below the other on the same years; grey where nothing is known.

Full colour is what is sure, pale what there can be at the most. Source: docs/explanation/how-stability-is-measured.md, section 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.web.charts.chart import Chart, Key
from comity.web.drawing import Drawing, framed
from comity.web.stability_rows import COUNTED, counts_of
from comity.web.tables import Plain
from comity.web.telling import told

if TYPE_CHECKING:
    from comity.stability import Count, Stability

WIDTH, LABEL, HIGH, GAP, TOP, EDGE, TICKS = 1000, 236, 40, 14, 24, 8, 10
_STEPS = (1, 2, 5, 10, 20, 50)
PANELS: tuple[tuple[str, str, str | Promise], ...] = (
    ("cow_going_on", "dispute", gettext_lazy("Disputes going on (COW)")),
    ("gml_going_on", "dispute", gettext_lazy("Disputes going on (GML)")),
    ("gml_days", "dispute", gettext_lazy("Pair-days in dispute (GML)")),
    ("conflicts_within", "conflict", gettext_lazy("Armed conflicts within (UCDP)")),
    ("conflicts_between", "conflict", gettext_lazy("Armed conflicts between (UCDP)")),
    ("agreements", "tie", gettext_lazy("Agreements on record")),
    ("exercises_on_record", "tie", gettext_lazy("Exercises on record")),
    ("defence_pacts", "tie", gettext_lazy("Pairs with a defence pact (ATOP)")),
    ("defence_agreements", "tie", gettext_lazy("Pairs with an agreement (DCAD)")),
    ("exercises_reported", "tie", gettext_lazy("Exercises reported (MME)")),
)
"""What is drawn: what is counted, of which sort it is, its words. What is known of no year is left out."""
ALWAYS = frozenset({"cow_going_on", "gml_going_on", "conflicts_within", "agreements"})
"""These are drawn even so: a grey band is an answer."""
COLUMNS = {
    "panel": "what is counted; the columns of the table of years have the same names",
    "year": "the year",
    "low": "how many at the least; blank: not known, never nought",
    "high": "how many at the most; blank: not known",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One small picture: what is counted in each year, None where it is not known."""

    name: str
    look: str
    says: str
    counts: tuple[tuple[int, Count | None], ...]


def panels_of(found: Stability) -> list[Panel]:
    """The pictures, in their order."""
    years = [(year, dict(zip(COUNTED, cells, strict=True))) for year, _pairs, cells in counts_of(found)]
    every = [Panel(name, look, told(says), tuple((year, cells[name]) for year, cells in years)) for name, look, says in PANELS]
    return [one for one in every if one.name in ALWAYS or any(count is not None for _year, count in one.counts)]


def stability_chart(found: Stability) -> Chart:
    """The pictures, as a chart."""
    panels = panels_of(found)
    return Chart(
        "stability",
        _("Above disputes and conflicts, below what tied the members. That the one brought about the other is not said here."),
        _("Number in each year, at the least and at the most"),
        _("Counted from the tables that the labels name, and from what is on record; what no table covers is grey, and never nought."),
        _drawn(found, panels),
        lambda: [row for panel in panels for row in _rows(panel)],
        COLUMNS,
        (
            Key(_mark("dispute", "conflict"), _("disputes, armed conflicts")),
            Key(_mark("tie"), _("what tied the members")),
            Key(_mark("dispute y-most", "tie y-most"), _("pale: at the most")),
            Key(SafeString('<rect class="y-unknown" width="24" height="14"/>'), _("not known")),
        ),
    )


def _mark(*looks: str) -> SafeString:
    wide = 24 // len(looks) - (len(looks) > 1)
    return format_html_join("", '<rect class="y-{}" x="{}" width="{}" height="14"/>', ((look, 12 * n + n, wide) for n, look in enumerate(looks)))


def _rows(panel: Panel) -> Iterator[Plain]:
    for year, count in panel.counts:
        yield {"panel": panel.name, "year": year, "low": None if count is None else count.low, "high": None if count is None else count.high}


@dataclass(frozen=True, slots=True)
class _Scale:
    since: int
    until: int

    @property
    def wide(self) -> float:
        return (WIDTH - LABEL - EDGE) / (self.until - self.since + 1)

    def at(self, year: int) -> float:
        return round(LABEL + (year - self.since) * self.wide, 2)


def _drawn(found: Stability, panels: Sequence[Panel]) -> Drawing:
    scale = _Scale(found.since, found.until)
    height = TOP + (HIGH + GAP) * len(panels) + 2
    inner = format_html(
        "{}{}",
        _axis(scale, height),
        format_html_join("", "{}", ((_panel(panel, TOP + (HIGH + GAP) * n, scale),) for n, panel in enumerate(panels))),
    )
    title = told(_("%(region)s, %(since)s to %(until)s"), region=found.region.title, since=found.since, until=found.until)
    return framed("timeline years-of", title, "years", (WIDTH, height), inner)


def _axis(scale: _Scale, height: int) -> SafeString:
    number = scale.until - scale.since + 1
    step = next((one for one in _STEPS if number / one <= TICKS), _STEPS[-1])
    marks = [(round(scale.at(year) + scale.wide / 2, 2), height, year) for year in range(scale.since, scale.until + 1) if year % step == 0]
    return format_html_join("", '<line class="grid" x1="{0}" x2="{0}" y1="18" y2="{1}"/><text class="year" x="{0}" y="13">{2}</text>', marks)


def _panel(panel: Panel, y: int, scale: _Scale) -> SafeString:
    most = max((count.high for _year, count in panel.counts if count is not None), default=0)
    bars = ((_bar(panel, year, count, y, scale, max(most, 1)),) for year, count in panel.counts if count is not None and count.high)
    return format_html(
        '<text class="row" x="{0}" y="{1}" text-anchor="end">{2}</text>{3}{4}{5}<line class="y-base" x1="{6}" x2="{7}" y1="{8}" y2="{8}"/>',
        LABEL - 10,
        y + HIGH - 18,
        panel.says,
        format_html(
            '<text class="y-top" x="{}" y="{}" text-anchor="end">{}</text>', LABEL - 10, y + HIGH - 3, told(_("most: %(number)s"), number=f"{most:,}")
        )
        if most
        else "",
        format_html_join("", "{}", ((_band(first, last, panel, y, scale),) for first, last in unknown_years(panel.counts))),
        format_html_join("", "{}", bars),
        LABEL,
        WIDTH - EDGE,
        y + HIGH,
    )


def _bar(panel: Panel, year: int, count: Count, y: int, scale: _Scale, most: int) -> SafeString:
    x, wide = scale.at(year), round(max(scale.wide - 1, scale.wide * 0.7), 2)
    sure, perhaps = (round(number / most * HIGH, 1) for number in (count.low, count.high))
    pale = ""
    if perhaps > sure:
        pale = format_html(
            '<rect class="y-{} y-most" x="{}" y="{}" width="{}" height="{}"/>', panel.look, x, y + HIGH - perhaps, wide, round(perhaps - sure, 1)
        )
    full = format_html('<rect class="y-{}" x="{}" y="{}" width="{}" height="{}"/>', panel.look, x, y + HIGH - sure, wide, sure) if sure else ""
    number = f"{count.low:,}" if count.low == count.high else f"{count.low:,}–{count.high:,}"
    return format_html(
        "<g><title>{}</title>{}{}</g>", told("%(panel)s, %(year)s: %(number)s", panel=panel.says, year=year, number=number), pale, full
    )


def _band(first: int, last: int, panel: Panel, y: int, scale: _Scale) -> SafeString:
    says = told(_("%(panel)s, %(since)s to %(until)s: not known"), panel=panel.says, since=first, until=last)
    wide = round(scale.at(last + 1) - scale.at(first), 2)
    return format_html('<rect class="y-unknown" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>', scale.at(first), y, wide, HIGH, says)


def unknown_years(counts: Sequence[tuple[int, Count | None]]) -> list[tuple[int, int]]:
    """Years after one another of which nothing is known, first and last."""
    found = list[tuple[int, int]]()
    for year, count in counts:
        if count is None:
            found = [*found[:-1], (found[-1][0], year)] if found and found[-1][1] == year - 1 else [*found, (year, year)]
    return found
