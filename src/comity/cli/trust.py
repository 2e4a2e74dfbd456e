"""The command that asks how likely a party is to keep its next duty towards another on time, and how good such forecasts were.

comity --book examples/trust-book trust ARD BLM --on 2026-01-01
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from comity.cli.asking import Asked, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.trust import KINDS, Compared, Forecast, Score, TrustRules, forecast_to_plain
from comity.trust import trust as forecast

VERDICTS = {
    "better": "they are better than the base rate",
    "worse": "they are worse than the base rate: go by that instead",
    "not told": "whether they are better than the base rate cannot be told from these",
}
SHOWN = 12
"""So many of the latest duties are shown; --all shows all."""


@question()
def trust(
    asked: Asked,
    a: Annotated[str, typer.Argument(metavar="A", help="Who owes: a party by its code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="To whom.")],
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"Duties of one kind alone: {', '.join(KINDS)}.")] = None,
    half_life: Annotated[float, typer.Option("--half-life", metavar="YEARS", help="After so many years a duty counts half.")] = 5.0,
    pooling: Annotated[float, typer.Option("--pooling", metavar="N", help="As how many duties the wider circle counts.")] = 4.0,
    level: Annotated[float, typer.Option("--level", metavar="SHARE", help="Of the interval: 0.9, 0.95.")] = 0.9,
    everything: Annotated[bool, typer.Option("--all", help="Name every duty that it rests on, not only the latest.")] = False,
) -> None:
    """How likely is it that the next duty of A towards B is kept on time, from what was kept before; and how good were such forecasts?"""
    found = forecast(asked.standing(), a, b, kind, TrustRules(half_life=half_life * 365.25, pooling=pooling, level=level))
    if asked.as_json:
        print_json(forecast_to_plain(found))
        return
    _show(found, a, b)
    _show_duties(found, len(found.rests_on) if everything else SHOWN)
    if found.score is not None:
        _show_score(found.score, found.rules.level)
    show_notes(found.notes)


def _show(found: Forecast, a: str, b: str) -> None:
    out, what = console(), "duty" if found.kind is None else f"duty to {found.kind}"
    if found.value is None or found.between is None:
        out.print(f"[bold]{a} towards {b}[/] on {found.on}: no forecast for the next {what}: {escape(found.why)}", soft_wrap=True)
    else:
        low, high = found.between
        out.print(
            f"[bold]{a} towards {b}[/] on {found.on}: the next {what} is kept on time with probability [bold]{found.value:.2f}[/] "
            f"({found.rules.level * 100:.12g}% interval {low:.2f} to {high:.2f})", soft_wrap=True,
        )  # fmt: skip
    kind = "duties" if found.kind is None else f"duties to {found.kind}"
    out.print(f"  {len(found.rests_on)} observed; base rate of all {kind} on record {found.base_rate:.2f}", soft_wrap=True)
    if found.simulated:
        out.print("[yellow]simulated[/]: this rests on acts of a simulation")


def _show_duties(found: Forecast, most: int) -> None:
    some = found.rests_on[-most:] if most else ()
    if some:
        rows = [(row.duty.due, row.duty.came_out, f"{row.weight:.2f}", row.duty.kind, row.duty.key) for row in some]
        show_table(("due", "came out", "weight", "kind", "duty"), rows)
    if len(some) < len(found.rests_on):
        console().print(f"[dim]and {len(found.rests_on) - len(some)} earlier (--all shows all)[/]")


def _show_score(score: Score, level: float) -> None:
    out = console()
    out.print(f"  such forecasts, each made from what fell due before: {score.number} of {score.parties} parties", soft_wrap=True)
    rows = [("Brier", *_compared(score.brier)), ("log", *_compared(score.log))]
    show_table(("score (lower is better)", "forecasts", "base rate of the time", "difference", f"{level * 100:.12g}% interval"), rows)
    bins = [
        (f"{one.low:.1f} to {one.high:.1f}", one.number, f"{one.forecast:.2f}", f"{one.kept:.2f}") for one in score.bins if one.forecast is not None
    ]
    show_table(("forecast", "how many", "mean forecast", "share kept"), bins)
    out.print(f"  {VERDICTS[score.brier.says]}", soft_wrap=True, markup=False)


def _compared(one: Compared) -> tuple[str, str, str, str]:
    between = "one party alone: none" if one.between is None else f"{one.between[0]:+.3f} to {one.between[1]:+.3f}"
    return f"{one.forecasts:.3f}", f"{one.base:.3f}", f"{one.difference:+.3f}", between


def add_to(app: typer.Typer) -> None:
    app.command("trust")(trust)
