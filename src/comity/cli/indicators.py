"""Commands about indicators: which there are, and what one says of a party, once or as a series.

comity --book examples/trust-book indicator run notices-given ARD BLM --since 2012-01-01 --until 2025-12-31 --by year
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, get_args

import typer
from rich.markup import escape

from comity.cli.asking import Asked, Json, question, read_day
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.indicators import INDICATORS, By, Reading, indicator, indicator_to_plain, read_indicator, reading_to_plain, series, usual_since
from comity.indicators import Asked as Wanted
from comity.terms import BadInput


def list_indicators(as_json: Json = False) -> None:
    """Which indicators there are: what each asks and counts, in which unit, which way is better."""
    if as_json:
        print_json({"indicators": [indicator_to_plain(one) for one in INDICATORS]})
        return
    show_table(
        ("indicator", "question", "unit", "counts", "better"), [(one.id, one.question, one.unit, one.counts, one.better) for one in INDICATORS]
    )
    console().print("each is told in docs/explanation/how-indicators-are-read.md", soft_wrap=True, markup=False)


@question()
def run(
    asked: Asked,
    name: Annotated[str, typer.Argument(metavar="ID", help="The indicator; list them with: comity indicator list.")],
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Of whom.")],
    partner: Annotated[str | None, typer.Argument(metavar="[PARTNER]", help="Towards whom (default: all others).")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this day (default: five years before the last).")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Until this day, itself included (default: the day of --on).")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="STRETCH", help="As a series: year or quarter.")] = None,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Of this agreement alone.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Of one kind of thing alone, such as notify.")] = None,
    key: Annotated[
        list[str] | None, typer.Option("--key", metavar="PARTY=N", help="A part in the key of burdens, as ARD=3; may be repeated.")
    ] = None,
    acts: Annotated[bool, typer.Option("--acts", help="Name every act behind it.")] = False,
) -> None:
    """What does an indicator say of a party: the number, what is not known, the acts behind it; or why there is no number?"""
    found, stretch = indicator(name), _stretch(by)
    standing = asked.standing()
    last = standing.on if until is None else read_day("--until", until)
    first = usual_since(last) if since is None else read_day("--since", since)
    wanted = Wanted(party, first, last, partner, agreement, kind, _key(key or []))
    told = (read_indicator(standing, name, wanted),) if stretch is None else series(standing, name, wanted, stretch)
    if asked.as_json:
        plain = {"indicator": indicator_to_plain(found), "party": party, "partner": partner, "agreement": agreement, "kind": kind}
        print_json({**plain, "by": by, "on": standing.on.isoformat(), "readings": [reading_to_plain(one) for one in told]})
        return
    towards = "" if partner is None else f" towards {partner}"
    console().print(
        f"[bold]{name}[/] of {party}{towards} on {standing.on}: {escape(found.question)} [dim]({found.better} is better)[/]", soft_wrap=True
    )
    if stretch is None:
        _show(told[0])
    else:
        rows = [(one.asked.since, one.asked.until, _number(one), one.of, one.unknown or "", _between(one), one.why) for one in told]
        show_table(("from", "until", found.unit, "of", "not known", "between", "why there is no number"), rows)
    if any(one.simulated for one in told):
        console().print("[yellow]simulated[/]: this rests on acts of a simulation")
    if acts:
        _name_acts(told)


def _stretch(by: str | None) -> By | None:
    for known in get_args(By):
        if by == known:
            found: By = known
            return found
    if by is not None:
        raise BadInput(f"--by {by!r}; write year or quarter")
    return None


def _key(given: Sequence[str]) -> tuple[tuple[str, int], ...]:
    found = list[tuple[str, int]]()
    for one in given:
        party, _, number = one.partition("=")
        if not party or not re.fullmatch(r"[0-9]{1,9}", number):
            raise BadInput(f"--key {one[:40]!r}; write a party and a whole number, as ARD=3")
        found.append((party, int(number)))
    return tuple(found)


def _number(one: Reading) -> str:
    if one.value is None:
        return "not known"
    return f"{one.value:.0f}" if one.unit in ("days", "refusals") else f"{one.value:.2f}"


def _between(one: Reading) -> str:
    if one.between is None or one.between[0] == one.between[1]:
        return ""
    return " to ".join(f"{number:.0f}" if one.unit in ("days", "refusals") else f"{number:.2f}" for number in one.between)


def _show(one: Reading) -> None:
    out = console()
    told = f", not known of {one.unknown} more" if one.unknown else ""
    between = _between(one)
    what = f"{_number(one)}: {one.why}" if one.value is None else f"{_number(one)} {one.unit}"
    out.print(f"  from {one.asked.since} until {one.asked.until}: [bold]{escape(what)}[/]; of {one.of}{told}", soft_wrap=True)
    if between:
        out.print(f"  between {between}, whatever is not known")
    out.print(f"  complete until {one.reach}" if one.reach is not None else "  [dim]no day is declared to which the record is complete for it[/]")
    if one.parts:
        show_table(("part", "number", "of"), [(part.name, f"{part.number:.0f}", part.of) for part in one.parts])
    if one.rests_on:
        out.print(f"  [dim]rests on {len(one.rests_on)} acts (--acts names them)[/]")
    show_notes(one.notes)


def _name_acts(told: Sequence[Reading]) -> None:
    for one in told:
        for ref in one.rests_on:
            console().print(f"  {one.asked.since} to {one.asked.until}: {ref}", soft_wrap=True, markup=False)


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(name="indicator", no_args_is_help=True, help="Indicators: numbers out of the record itself, with the acts behind them.")
    group.command("list")(list_indicators)
    group.command("run")(run)
    app.add_typer(group)
