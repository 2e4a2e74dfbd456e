"""Commands that make reports: the scorecard of a strategy, and what a party did in a quarter or a year; as page, PDF, notebook or data.

comity report year USA 2024 -o usa-2024.pdf
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from comity import reports
from comity.book import Book
from comity.cli.asking import Asked, Options, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.planning import read_strategy
from comity.reports import Figure, Report, Section, Wanted
from comity.standing import Standing
from comity.terms import BadInput

group = typer.Typer(name="report", no_args_is_help=True, help="Reports: the scorecard of a strategy; a party's quarter or year.")
ENDINGS = (".html", ".pdf", ".ipynb", ".zip")
Output = Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it here: .html, .pdf, .ipynb, or .zip with all its data.")]
Partners = Annotated[list[str] | None, typer.Option("--partner", metavar="PARTY", help="Ask towards this party too, with trust; may be repeated.")]
Folder = Annotated[Path | None, typer.Option("--from", metavar="DIR", help="With stability towards each partner, of tables' files here or below.")]


@question(without=("strict",))
def scorecard(asked: Asked, file: Annotated[Path, typer.Argument(metavar="FILE", help="The strategy.")], output: Output = None) -> None:
    """The scorecard of a strategy: each indicator's baseline, now and target, and whether it is met, on course, or not known."""
    _is_written(output)
    strategy = read_strategy(file).strategy
    _tell(asked, reports.scorecard(asked.standing(), strategy, str(file), _book(asked)), output)


@question(without=("strict",))
def quarter(
    asked: Asked,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Of whom.")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The quarter, as 2026-Q1.")],
    partner: Partners = None,
    folder: Folder = None,
    output: Output = None,
) -> None:
    """A party's quarter: what it signed and ratified, its duties, exercises, exchange, decisions, disputes, burden; beside the quarter before."""
    _periodic(asked, Wanted("quarter", party, period, tuple(partner or ()), _book(asked)), folder, output)


@question(without=("strict",))
def year(
    asked: Asked,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Of whom.")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The year, as 2026.")],
    partner: Partners = None,
    folder: Folder = None,
    output: Output = None,
) -> None:
    """A party's year: what it signed and ratified, its duties, exercises, exchange, decisions, disputes, burden; beside the year before."""
    _periodic(asked, Wanted("year", party, period, tuple(partner or ()), _book(asked)), folder, output)


def _book(asked: Asked) -> str | None:
    """The book or the ledger as a report names it: an address without its password."""
    options: Options = asked.context.obj
    kept = options.opened.kept
    return options.book if isinstance(kept, Book) else kept.ledger.shown_url


def _periodic(asked: Asked, wanted: Wanted, folder: Path | None, output: Path | None) -> None:
    _is_written(output)
    standing = asked.standing()
    first, last = reports.period_of(wanted.kind, wanted.written)
    more = () if folder is None or first > standing.on else _stability(standing.on_day(min(last, standing.on)), wanted, folder)
    _tell(asked, reports.periodic_report(standing, wanted, more), output)


def _stability(standing: Standing, wanted: Wanted, folder: Path) -> Sequence[Section]:
    if not wanted.partners:
        raise BadInput("--from: stability is told towards partners; name them with --partner PARTY")
    try:
        from comity.cli.shelves import shelf_of
        from comity.stability import stability
    except ImportError:
        raise BadInput("stability is measured with more than the core: install it with: pip install 'comity[research]'") from None
    with shelf_of(folder) as shelf:
        found = [stability(standing, [wanted.party, partner], shelf) for partner in wanted.partners]
    return [reports.stability_section(standing, found, wanted.book)]


def _is_written(output: Path | None) -> None:
    if output is not None and output.suffix not in ENDINGS:
        raise BadInput(f"{output.name!r}: a report is written as {', '.join(ENDINGS)}")


def _tell(asked: Asked, report: Report, output: Path | None) -> None:
    if output is None:
        print_json(reports.report_to_plain(report)) if asked.as_json else _show(report)
        return
    content = {
        ".html": lambda: reports.to_page(report).encode(),
        ".pdf": lambda: reports.to_portable(report),
        ".ipynb": lambda: reports.to_notebook(report).encode(),
        ".zip": lambda: reports.to_bundle(report),
    }[output.suffix]()
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise BadInput(f"{str(output)!r} cannot be written ({problem.strerror or 'no such folder'}); choose another place, or make room") from None
    console().print(f"written: {output}", soft_wrap=True, markup=False)


def _show(report: Report) -> None:
    out = console()
    compared = "baseline" if report.kind == "scorecard" else "before"
    _show_marking(report)
    out.print(f"[bold]{escape(report.title)}[/]  {report.since} to {report.until}; as it stood on {report.on}", soft_wrap=True)
    for section in report.sections:
        out.print(f"[bold]{escape(section.title)}[/]" + (f": {escape(section.says)}" if section.says else ""), soft_wrap=True)
        if section.figures:
            beside = [compared] if any(one.before is not None for one in section.figures) else []
            show_table(("", "figure", "unit", *beside, "why not known"), [_row(one, beside) for one in section.figures])
        for listing in section.listings:
            out.print(escape(listing.caption), soft_wrap=True)
            show_table(listing.heads, listing.rows)
        show_notes(section.notes)
    show_notes(report.notes)
    out.print("every figure with its command and acts: -o FILE.html, .pdf, .ipynb or .zip; --json", style="dim")
    _show_marking(report)


def _row(one: Figure, beside: Sequence[str]) -> tuple[str, ...]:
    before = (reports.number(one.before, one.unit) for _ in beside)
    return one.says, reports.number(one.value, one.unit), one.unit, *before, one.why


def _show_marking(report: Report) -> None:
    """What stands above and below a report that is not public."""
    if report.label.marking:
        console().print(f"[bold]{escape(report.label.marking)}[/]", soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    for command in (scorecard, quarter, year):
        group.command(command.__name__)(command)
    app.add_typer(group)
