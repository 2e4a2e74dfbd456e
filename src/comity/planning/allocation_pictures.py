"""A budget drawn: what more or less money would yield, and where it goes year by year; as SVG without a browser or a network.

Colours can be told apart by those who see fewer of them (Okabe and Ito 2008); text and lines can be read on white and on black, the ground is clear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.allocations import AllocationPlan, Attained, BudgetProblem, ranks_of, spent_by_year

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
NEUTRAL = "#767676"
ALL = "all, weighed"
_WIDTH, _HEIGHT = 620, 260


def allocation_svg(
    problem: BudgetProblem,
    plan: AllocationPlan,
    first: int,
    title: str = "",
    frontier: Sequence[tuple[int, Sequence[Attained]]] = (),
) -> str:
    """The picture as SVG. ``frontier``: at which percentage of the money each outcome is attained how far, in the order of the money; a percentage
    at which there is no plan is left out. ``first``: the first year by the calendar.
    """
    import altair
    import vl_convert

    parts = [_frontier(altair, problem, frontier)] if frontier else []
    parts.append(_years(altair, problem, plan, first))
    picture = altair.vconcat(*parts, spacing=28, title=title).resolve_scale(color="independent")
    told = {"labelColor": NEUTRAL, "titleColor": NEUTRAL, "labelFontSize": 11, "titleFontSize": 11, "labelLimit": 260}
    lines = {"domainColor": NEUTRAL, "tickColor": NEUTRAL, "gridColor": NEUTRAL, "gridOpacity": 0.2}
    drawn = picture.configure(background="transparent", font="sans-serif").configure_view(stroke=None)
    drawn = drawn.configure_title(color=NEUTRAL, anchor="start", fontSize=15).configure_axis(**told, **lines).configure_legend(**told)
    return str(vl_convert.vegalite_to_svg(drawn.to_dict(), allowed_base_urls=[]))


def _frontier(alt: Any, problem: BudgetProblem, frontier: Sequence[tuple[int, Sequence[Attained]]]) -> Any:
    """A line for each outcome: how much of its target is attained, by how much of the money there is; and one for all of the first rank, weighed."""
    first = ranks_of(problem.outcomes)[0]
    weights = {one.id: one.weight for one in problem.outcomes if one.rank == first}
    rows = [{"money": percent, "attained": one.points / 100, "outcome": one.outcome} for percent, some in frontier for one in some]
    for percent, some in frontier:
        together = sum(weights.get(one.outcome, 0) * one.points for one in some)
        rows.append({"money": percent, "attained": together / max(1, sum(weights.values())) / 100, "outcome": ALL})
    names = [ALL, *(one.outcome for one in frontier[0][1])]
    x = alt.X("money:Q", title="money, % of the budget", scale=alt.Scale(nice=False))
    y = alt.Y("attained:Q", title="attained, % of the target", scale=alt.Scale(domain=[0, 100]))
    paints = _paints(alt, names[1:])
    paints.domain, paints.range = names, [NEUTRAL, *paints.range]
    colour = alt.Color("outcome:N", sort=names, title=None, scale=paints)
    chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True)
    wide = alt.condition(alt.datum.outcome == ALL, alt.value(3.2), alt.value(1.4))
    return chart.encode(x=x, y=y, color=colour, strokeWidth=wide).properties(width=_WIDTH, height=_HEIGHT, title="What the money would yield")


def _years(alt: Any, problem: BudgetProblem, plan: AllocationPlan, first: int) -> Any:
    """A row for each initiative that is funded, a cell for each year with what it costs, coloured by its kind."""
    costs: Mapping[str, tuple[int, ...]] = spent_by_year(problem, plan)
    kinds = {one.id: one.kind for one in problem.initiatives}
    levels = {one.initiative: f"{one.initiative}, {one.level}" for one in plan.chosen}
    order = [levels[name] for name in sorted(costs, key=lambda name: (kinds[name], -sum(costs[name]), name))]
    rows = [
        {"initiative": levels[name], "year": str(first + year), "cost": cost, "kind": kinds[name], "told": f"{cost:,}"}
        for name, some in costs.items()
        for year, cost in enumerate(some)
        if cost
    ]
    names = list(dict.fromkeys(kinds[one.id] for one in problem.initiatives))
    years = [str(first + year) for year in range(problem.years)]
    x = alt.X("year:O", scale=alt.Scale(domain=years), axis=alt.Axis(title=None, labelAngle=0, orient="top"))
    y = alt.Y("initiative:N", sort=order, title=None)
    chart = alt.Chart(alt.Data(values=rows))
    most = max((row["cost"] for row in rows if isinstance(row["cost"], int)), default=1)
    size = alt.Size("cost:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, 420]))
    marks = chart.mark_square(opacity=0.85).encode(x=x, y=y, size=size, color=alt.Color("kind:N", sort=names, title=None, scale=_paints(alt, names)))
    words = chart.mark_text(dx=16, align="left", color=NEUTRAL, fontSize=10).encode(x=x, y=y, text="told:N")
    money = f" ({problem.money})" if problem.money else ""
    return alt.layer(marks, words).properties(width=_WIDTH, height={"step": 24}, title=f"Where it goes, year by year{money}")


def _paints(alt: Any, names: Sequence[str]) -> Any:
    return alt.Scale(domain=list(names), range=[(*COLOURS, NEUTRAL)[min(n, len(COLOURS))] for n in range(len(names))])
