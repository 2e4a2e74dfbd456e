"""Standing over time as charts: everybody's under one agreement, how many it binds, and one party's under all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from comity.web.asking import Asked
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import PERIODS, Drawing, Row, bar_to_plain, keys_of, steps, timeline
from comity.web.linking import href
from comity.web.status_tables import Table
from comity.web.telling import told

MANY = 45
"""With more rows than this, how many are bound is drawn too."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """``number``: blank where the rows are few enough to be counted. ``charts``: both, to be taken elsewhere."""

    timeline: Drawing
    number: Drawing
    charts: Mapping[str, Callable[[], Chart]]


def standing_over_time(this: Asked, found: Table) -> OverTime:
    """Everybody's standing under one agreement, and for large agreements the number bound."""
    key = ("drawing", found.agreement.id, this.today, tuple(this.carried.items()))
    rows, drawn, number = this.ask_in_words(key, lambda _: _drawn(this, found))
    charts = {"standing": partial(periods, found.agreement.id, drawn, rows), "bound": partial(_numbers, found, number)}
    return OverTime(drawn, number if len(rows) > MANY else Drawing(""), charts)


def _drawn(this: Asked, found: Table) -> tuple[list[Row], Drawing, Drawing]:
    name = found.agreement.short
    rows = []
    for code, bars in found.rows:
        if code == "in force":
            rows.append(Row(told(_("the agreement")), href(this.carried, "ask", question="in-force", agreement=found.agreement.id), bars))
        else:
            link = href(this.carried, "party", code) if code in this.record.register.parties else href(this.carried, "parties")
            rows.append(Row(this.name(code), link, bars))
    drawn = timeline(rows, told(_("Timeline of %(name)s"), name=name), this.on, this.today, "changes")
    return rows, drawn, steps(found.counts, told(_("Number bound by %(name)s over time"), name=name), this.on, this.today, "numbers")


def periods(of: str, drawn: Drawing, rows: Sequence[Row]) -> Chart:
    """A timeline as a chart."""
    return Chart(
        f"standing-{of}",
        _("Periods of standing; the broken line is the day asked about."),
        _("Days; the end is the first day after the period"),
        _("Derived from the dated acts on record by the law of treaties; every change says on its page which act made it."),
        drawn,
        lambda: [bar_to_plain(row, bar) for row in rows for bar in row.bars],
        PERIODS,
        tuple(Key(*one) for one in keys_of(rows)),
    )


def _numbers(found: Table, drawn: Drawing) -> Chart:
    return Chart(
        f"bound-{found.agreement.id}",
        _("How many are settled to be bound, from each day of change on; the broken line is the day asked about."),
        _("Number of parties"),
        _("Counted are those whose standing is party or provisional; contested and unknown are not."),
        drawn,
        lambda: [{"from": day.isoformat(), "bound": number} for day, number in found.counts],
        {"from": "from which day on", "bound": "how many are bound"},
    )
