"""The command of early warning: forecasts are made once, then asked for by pair or from the top, each with the record of past forecasts.

comity warn --train
comity warn IND PAK
comity warn --top 20
comity warn --record -o calibration.svg
comity warn IND PAK --by month
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from comity.cli.asking import Json, opened, today
from comity.cli.pictures import check_ending, write_picture
from comity.cli.rendering import console, print_json, show_table
from comity.cli.shelves import store_of
from comity.sources import where
from comity.terms import BadInput

if TYPE_CHECKING:
    from comity.early_warning import Forecast, LossDifference, WarningRecord, Warnings


def warn(
    context: typer.Context,
    a: Annotated[str | None, typer.Argument(metavar="PARTY", help="One state by its code.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="PARTY", help="The other.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="STEP", help="Forecasts by year, or by month.")] = "year",
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="YEAR", help="Forecast of this year, or month: 1990-08 (default: the one after the data's end)."),
    ] = None,
    top: Annotated[int | None, typer.Option("--top", metavar="N", help="The N highest forecasts of the year, or month.")] = None,
    record: Annotated[bool, typer.Option("--record", help="How good past forecasts were, beside what ours has to beat.")] = False,
    training: Annotated[bool, typer.Option("--train", help="Make the forecasts: minutes; an interrupted run goes on where it ended.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="With --train: take the tables' files from here or below (default: the store).")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="With --record: draw the calibration here: .svg or .png.")] = None,
    as_json: Json = False,
) -> None:
    """How likely a militarised dispute between two states is in a year, or a month, made with the past alone; never without its record."""
    room = _room()
    asked = [a is not None, top is not None, record, training]
    if sum(asked) != 1 or (a is not None and b is None):
        raise BadInput("name two states, or give one of --top N, --record and --train")
    if folder is not None and not training:
        raise BadInput("--from goes with --train; forecasts that were made are read from the store")
    if output is not None and not record:
        raise BadInput("-o goes with --record: it draws the calibration")
    check_ending(output)
    if on is not None and (training or record):
        of = "the record is of all that was scored" if record else "every year is forecast"
        raise BadInput(f"--on does not go with {'--record' if record else '--train'}: {of}")
    rules = room.WarningRules.by_step(by)
    kept = room.KeptForecasts.beside(where(), rules.step)
    if training:
        with store_of(folder, room.SOURCES) as store:
            found = room.train(store, kept, rules, made=today(), shown=_shown)
        _tell_record(room, found, as_json)
    elif record:
        past = kept.record()
        if output is not None:
            write_picture(output, room.calibration_picture(past))
        _tell_record(room, past, as_json)
    else:
        held = opened(context).record
        if a is not None and b is not None:
            one, other = held.party(a), held.party(b)
            found = room.warning_of(kept, held.register, one, other, on)
        else:
            found = room.highest(kept, held.register, top, on)
        if as_json:
            print_json(room.warnings_to_plain(found))
        elif top is None:
            _show_one(found.forecasts[0], found.record)
        else:
            _show_highest(found)


def _room() -> ModuleType:
    """The room, on a machine that has what forecasts need."""
    try:
        import comity.early_warning
    except ImportError:
        raise BadInput("forecasts need more than the core: install it with: pip install 'comity[research]'") from None
    return comity.early_warning


def _shown(years: Iterable[int]) -> Iterable[int]:
    """The years, with a bar on the terminal's error output."""
    return track(list(years), "Forecasting", console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


def _tell_record(room: ModuleType, found: WarningRecord, as_json: bool) -> None:
    if as_json:
        print_json({"forecasts": [], "record": room.record_to_plain(found)})
        return
    out = console()
    out.print(
        f"[bold]{found.forecasts:,} forecasts of {found.since} to {found.until}[/], {found.began} disputes began; "
        f"the latest forecast is of {found.step.told(found.last)}",
        soft_wrap=True,
    )
    rows = [
        (
            one.name, _loss(found, one.brier), _loss(found, one.log), f"{one.average_precision:.3f}",
            "" if one.calibration is None else f"{one.calibration.slope:.2f}", "" if one.calibration is None else f"{one.calibration.intercept:z.2f}",
        )
        for one in found.scores
    ]  # fmt: skip
    show_table(("", "Brier", "log", "average precision", "slope", "intercept"), rows)
    out.print("[bold]how much lower our loss is[/] (95 per cent interval, blocks drawn again)")
    leads = [(one.peer, one.score, _interval(found, one.by_year), _interval(found, one.by_pair)) for one in found.leads]
    show_table(("than that of", "score", "blocks of years", "blocks of pairs"), leads)
    out.print("[bold]calibration[/] (tenths of the forecasts)")
    d = 4 if found.step.in_year == 1 else 5
    tenths = [
        (f"{t.mean:.{d}f}", f"{t.low:.{d}f} to {t.high:.{d}f}", f"{t.came / t.forecasts:.{d}f}", f"{t.came} of {t.forecasts:,}") for t in found.tenths
    ]
    show_table(("forecast", "members", "came", ""), tenths)
    for aim in found.aims:
        out.print(f"  [{'green' if aim.met else 'red'}]{'met' if aim.met else 'MISSED'}[/] {escape(aim.says)}", soft_wrap=True)
    (pairs, began), step = found.outside, found.step.name
    out.print(f"  [dim]not forecast: pairs that are not politically relevant; of {pairs:,} such pairs and {step}s a dispute began in {began}[/]")
    if found.undated:
        out.print(f"  [dim]not scored: {found.undated} forecasts, since a dispute may have begun in their month or in another[/]")


def _loss(record: WarningRecord, loss: float) -> str:
    """With a digit more by month, since losses are smaller."""
    return f"{loss:.5f}" if record.step.in_year == 1 else f"{loss:.6f}"


def _interval(record: WarningRecord, of: LossDifference) -> str:
    return f"{_loss(record, of.mean)} ({_loss(record, of.low)} to {_loss(record, of.high)})"


def _show_highest(found: Warnings) -> None:
    first = found.forecasts[0]
    console().print(f"[bold]the highest of {first.of:,} forecasts of {_when(first)}[/]")
    rows = [
        (one.rank, one.a, one.b, _told(one, one.probability), f"{_told(one, one.low)} to {_told(one, one.high)}", _came(one), _most(one))
        for one in found.forecasts
    ]
    show_table(("rank", "", "", "", "members", "came", "most of it by"), rows)
    _line(found.record, first)


def _show_one(one: Forecast, record: WarningRecord) -> None:
    out = console()
    came = {None: "", True: "; one began", False: "; none began"}[one.came]
    out.print(f"[bold]{escape(one.a)} and {escape(one.b)}, {_when(one)}: {_told(one, one.probability)}[/] that a militarised dispute begins{came}")
    out.print(f"  members {_told(one, one.low)} to {_told(one, one.high)}; rank {one.rank:,} of {one.of:,}; the middle pair {one.middle:.4f}")
    grounds = sorted(one.grounds, key=lambda ground: -abs(ground.log_odds))
    rows = [(g.group, f"{g.log_odds:+.2f}", f"{_told(one, g.without)} instead of {_told(one, one.probability)}") for g in grounds]
    show_table(("what it rests on", "log odds", "if the pair were in this as the middle pair"), rows)
    out.print("  [dim]note: this tells how the model came to its number, and is no statement about causes[/]")
    out.print(f"  [dim]others: {', '.join(f'{escape(name)} {_told(one, value)}' for name, value in one.peers.items())}[/]", soft_wrap=True)
    _line(record, one)


def _when(one: Forecast) -> str:
    return f"{one.year}" if one.month is None else f"{one.year}-{one.month:02}"


def _told(one: Forecast, probability: float) -> str:
    """By month with a digit more, since forecasts are lower."""
    return f"{probability:.3f}" if one.month is None else f"{probability:.4f}"


def _line(record: WarningRecord, one: Forecast) -> None:
    """The record in one line, and to which day the forecast knows anything."""
    told = "; ".join(f"{name} {_loss(record, record.score(name).brier)}" for name in ("ours", "base rate", "last value", "logit"))
    slope = record.score("ours").calibration
    missed = [aim.says for aim in record.aims if not aim.met]
    out = console()
    out.print(
        f"  [dim]record: {record.forecasts:,} forecasts of {record.since} to {record.until}, {record.began} disputes; mean squared error: {told}; "
        f"slope of calibration {'none' if slope is None else format(slope.slope, '.2f')}[/]",
        soft_wrap=True,
    )
    for says in missed:
        out.print(f"  [red]MISSED[/] {escape(says)}", soft_wrap=True)
    before = record.step.told(record.step.period_of(one.year, one.month) - 1)
    out.print(f"  [dim]the forecast of {_when(one)} knows nothing after the end of {before}; the data of disputes end with {record.latest - 1}[/]")


def _came(one: Forecast) -> str:
    return {None: "not known", True: "yes", False: "no"}[one.came]


def _most(one: Forecast) -> str:
    return max(one.grounds, key=lambda ground: ground.log_odds).group


def add_to(app: typer.Typer) -> None:
    app.command("warn")(warn)
