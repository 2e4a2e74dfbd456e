"""The command that asks how quiet a pair or a region was, beside what tied its members: a table by year, a picture, or JSON.

comity stability ASEAN --compare 1967-1988,1989-2010
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from comity.cli.asking import Asked, question
from comity.cli.pictures import check_ending, write_picture
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.cli.shelves import shelf_of
from comity.terms import BadInput

if TYPE_CHECKING:
    from comity.events import Dyads
    from comity.stability import Count, Rate, RateChange, Recurrence, Stability, StabilityRules

_HEADS = (
    "year", "pairs", "disputes (COW)", "force", "disputes (GML)", "force", "fatal", "days", "conflicts", "agreements", "exercises", "pacts", "DCAs",
)  # fmt: skip


@question()
def stability(
    asked: Asked,
    whom: Annotated[
        list[str] | None,
        typer.Argument(metavar="REGION", help="Two states; or a region, an organisation, an agreement, or states with commas between."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Take the tables' files from here or below (default: the store of comity sources).")
    ] = None,
    since: Annotated[int | None, typer.Option("--since", metavar="YEAR", help="From this year (default: 1946, or the first two members).")] = None,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="To this year, which is in it (default: that of --on).")] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="YEARS,YEARS", help="Compare the rates of two windows, as 1949-1989,1990-2010.")
    ] = None,
    level: Annotated[float, typer.Option("--level", metavar="X", help="Level of the intervals, below 1.")] = 0.95,
    events: Annotated[
        str | None, typer.Option("--events", metavar="SOURCE=FILE", help="Event data: icews, gdelt or polecat, and the file as published.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every year, and not only those in which something is known to have happened.")] = False,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Draw it over the years: .svg or .png.")] = None,
) -> None:
    """How quiet a pair or a region was in each year, by tables that say what they cover, beside what tied its members."""
    room = _room()
    if not whom:
        raise BadInput(f"of whom? name two states, an organisation, an agreement, or a region: {', '.join(one.id for one in room.named_regions())}")
    check_ending(output)
    with shelf_of(folder) as shelf, _events(events) as dyads:
        found = room.stability(asked.standing(), whom, shelf, since=since, until=until, rules=_rules(room, level, compare), events=dyads)
    if output is not None:
        write_picture(output, room.stability_picture(found))
    if asked.as_json:
        print_json(room.stability_to_plain(found))
    elif output is not None:
        console().print(f"drawn: {output}", soft_wrap=True)
        show_notes(found.notes)
    else:
        _show(found, every=every)


def _room() -> ModuleType:
    """The room, on a machine that has what tables need."""
    try:
        import comity.stability
    except ImportError:
        raise BadInput("stability is measured with more than the core: install it with: pip install 'comity[research]'") from None
    return comity.stability


def _rules(room: ModuleType, level: float, compare: str | None) -> StabilityRules:
    if compare is None:
        rules: StabilityRules = room.StabilityRules(level)
        return rules
    windows = re.fullmatch(r"(\d{4})-(\d{4}),(\d{4})-(\d{4})", compare.replace(" ", ""))
    if windows is None:
        raise BadInput(f"--compare {compare!r}; write two windows of years, as 1949-1989,1990-2010")
    a, b, c, d = (int(year) for year in windows.groups())
    with_windows: StabilityRules = room.StabilityRules(level, (a, b), (c, d))
    return with_windows


@contextmanager
def _events(given: str | None) -> Iterator[Dyads | None]:
    """Events by year, out of a file as it was published."""
    if given is None:
        yield None
        return
    source, _, name = given.partition("=")
    if not name or not Path(name).is_file():
        raise BadInput(f"--events {given!r}; write the data set and its file, as icews=events.tab")
    from comity.events import read_events

    with TemporaryDirectory() as place:
        yield read_events(Path(name), source, Path(place) / "events.parquet").dyads("year")


def _show(found: Stability, *, every: bool) -> None:
    out = console()
    out.print(f"[bold]{escape(found.region.title)}[/], {found.since} to {found.until}. {escape(found.region.says)}")
    out.print("counts: what is sure; with what there can be at the most; -: not known", style="dim")
    rows = [row for row in _rows(found) if every or any(cell not in ("-", "0", "") for cell in row[2:9])]
    show_table(_HEADS, rows)
    if not every:
        out.print(f"[dim]{len(rows)} of {found.until - found.since + 1} years: those with a dispute or an armed conflict (--all shows every year)[/]")
    for rate in found.rates:
        out.print(f"disputes begun ({rate.source}): {escape(_rate(rate))}", soft_wrap=True)
    for change in found.changes:
        if change.why:
            out.print(f"change ({change.source}): not known: {escape(change.why)}", soft_wrap=True)
            continue
        told = f"{change.ratio:.2f}" if change.ratio is not None else _no_ratio(change)
        between = f"{change.lower or 0:.2f} to {'no upper end' if change.upper is None else f'{change.upper:.2f}'}"
        windows = f"{change.after.since}-{change.after.until} over {change.before.since}-{change.before.until}"
        out.print(f"change ({change.source}): rate of {windows}: {told} ({found.rules.level:.0%} interval {between})", soft_wrap=True)
    alike = len({one.lasted for one in found.recurrence}) == 1
    for one in found.recurrence[:1] if alike else found.recurrence:
        reads = "" if alike else f", partial dates read so that it is {one.reads}"
        out.print(f"quiet after a dispute{reads}: {_lasted(one)}", soft_wrap=True)
    for event in (one for one in found.events if one.cooperation is not None and one.conflict is not None):
        told = f"cooperation {_count(event.cooperation)}, conflict {_count(event.conflict)}, on {event.covered:.1%} of its days"
        out.print(f"events reported in {event.year}: {told}", soft_wrap=True)
    ends = [f"{source} {since}-{until}" for source, (since, until) in found.reaches]
    out.print(f"[dim]covered: {', '.join(ends) or 'nothing'}[/]", soft_wrap=True)
    show_notes(found.notes)


def _no_ratio(change: RateChange) -> str:
    before = change.before.begun
    return "none began before" if before is not None and not before.high else "hangs on what is not sure"


def _lasted(one: Recurrence) -> str:
    told = list[str]()
    for s in (s for s in one.lasted if s.share is not None):
        between = "" if s.lower is None or s.upper is None else f" ({s.lower:.0%} to {s.upper:.0%})"
        told.append(f"{s.share:.0%} after {s.years}{between}")
    spells = f"{one.spells} spells, {one.ended} ended by another, {one.censored} not watched to an end"
    return f"{spells}; years after which some are still quiet: {'; '.join(told)}" if told else spells


def _rows(found: Stability) -> Iterator[list[str]]:
    by_source = dict(found.disputes)
    for n, year in enumerate(range(found.since, found.until + 1)):
        cow, gml, conflict, ties = by_source["cow-mids"][n], by_source["gml-mids"][n], found.conflicts[n], found.cooperation[n]
        exposure = cow.exposure or gml.exposure
        exercises = ties.of("exercises on record") or ties.of("exercises reported")
        counts = (
            cow.ongoing, cow.force, gml.ongoing, gml.force, gml.fatal, gml.days, conflict.within,
            ties.of("agreements"), exercises, ties.of("alliances"), ties.of("defence agreements"),
        )  # fmt: skip
        yield [f"{year}", "-" if exposure is None else f"{exposure.high:.0f}", *(_count(count) for count in counts)]


def _count(count: Count | None) -> str:
    return "-" if count is None else f"{count.low}" if count.low == count.high else f"{count.low} to {count.high}"


def _rate(rate: Rate) -> str:
    if rate.begun is None or rate.exposure is None or rate.low is None:
        return f"not known: {rate.why}"
    per = f"{rate.low:.2f}" if rate.low == rate.high else f"{rate.low:.2f} to {'any' if rate.high is None else f'{rate.high:.2f}'}"
    upper = "no upper end" if rate.upper is None else f"{rate.upper:.2f}"
    years = f"{rate.exposure.low:,.0f}" if rate.exposure.low == rate.exposure.high else f"{rate.exposure.low:,.0f} to {rate.exposure.high:,.0f}"
    return f"{_count(rate.begun)} in {years} pair-years, {rate.since}-{rate.until}: {per} for each 100 (interval {rate.lower:.2f} to {upper})"


def add_to(app: typer.Typer) -> None:
    app.command("stability")(stability)
