"""What a plan for a budget comes to, drawn: how far each outcome is attained by the end of each year, and what each initiative costs in it."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.allocation_rows import Looked, Plain, outcome_rows, spent_rows
from comity.web.charts.bar_grids import BarRow, Cell, bar_grid
from comity.web.charts.chart import Chart, Key
from comity.web.telling import told

_BAR = SafeString('<rect class="borne" y="2" width="20" height="10"/>')
_SPAN = SafeString('<path class="span" d="M2 3V11M2 7H20M20 3V11"/>')


def attained_chart(looked: Looked) -> Chart:
    """How far each outcome is attained by the end of each year, by what is expected, with the low and the high figures."""
    rows, years = outcome_rows(looked), [f"{year}" for year in looked.years]
    drawn = [BarRow(row["outcome"], "#outcomes-h", tuple(_attained(row, year) for year in years)) for row in rows]
    columns = {
        "outcome": "the outcome", "unit": "its unit", "target": "its target", "rank": "its rank", "weight": "its weight in that rank",
        **dict.fromkeys(years, "how far it is attained by the end of that year, in per cent of the target, by the expected figures"),
        **{f"{year} low": "by the low figures" for year in years}, **{f"{year} high": "by the high figures" for year in years},
    }  # fmt: skip
    return Chart(
        "attained",
        _("How far each outcome is attained by the end of each year; what goes beyond a target counts nothing more."),
        _("Per cent of the target"),
        _("From effects as the file states them, by the plan’s initiatives, levels and first years; what is not known counts nothing."),
        bar_grid(drawn, years, told(_("How far outcomes are attained")), "outcomes", 100.0),
        lambda: rows,
        columns,
        (Key(_BAR, _("by the expected figures")), Key(_SPAN, _("from the low to the high figures"))),
    )


def _attained(row: Plain, year: str) -> Cell:
    value, low, high = row[year], row[f"{year} low"], row[f"{year} high"]
    return Cell(value, f"{value:.1f} %", f"{row['outcome']}, {year}: {value:.1f} % ({low:.1f} – {high:.1f} %)", low, high)


def spent_chart(looked: Looked) -> Chart:
    """What each initiative that is funded costs in each year."""
    rows, years = spent_rows(looked), [f"{year}" for year in looked.years]
    drawn = [
        BarRow(
            f"{row['initiative']}, {row['level']}",
            "#spent-h",
            tuple(Cell(row[year], f"{row[year]:,}", f"{row['initiative']}, {year}: {row[year]:,}") if row[year] else None for year in years),
        )
        for row in rows
    ]
    columns = {
        "initiative": "the initiative", "level": "the level at which it is funded", "start": "its first year",
        **dict.fromkeys(years, "what it costs in that year"), "together": "what it costs in all years",
    }  # fmt: skip
    return Chart(
        "spent",
        _("What each initiative that is funded costs, year by year."),
        looked.problem.money or _("Money, in the unit of the file"),
        _("From costs as the file states them, by the plan’s levels and first years."),
        bar_grid(drawn, years, told(_("Where the money goes")), "spent"),
        lambda: rows,
        columns,
        (Key(_BAR, _("what it costs in the year")),),
    )
