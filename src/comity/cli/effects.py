"""The command that asks what a treatment does to an outcome: every estimator with three errors, checks, grid, and what may be said.

comity effect atop:atop_defense gml-mids:gmlmidonset --relevant --since 1816 --until 2010
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from comity.cli.asking import Asked, question
from comity.cli.pictures import check_ending, write_picture
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.sources import Store, where
from comity.terms import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from comity.effects import Effect, EffectGrid, ErrorBar, EstimatorRow, SpecificationResult, TableMade, Wishes

_ENDS = 12


@question(without=("on",))
def effect(
    asked: Asked,
    treatment: Annotated[str, typer.Argument(metavar="TREATMENT", help="A column of pairs (FAMILY:COLUMN), of the file, or a word of the record.")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="What may come of it: a column likewise.")],
    controls: Annotated[list[str] | None, typer.Option("--control", metavar="COLUMNS", help="What else is held fixed; may be repeated.")] = None,
    since: Annotated[int | None, typer.Option("--since", metavar="YEAR", help="From this year (default: all that both columns cover).")] = None,
    until: Annotated[int | None, typer.Option("--until", metavar="YEAR", help="To this year, which is in it.")] = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only pairs that are contiguous, or of which one is a major power.")] = False,
    lag: Annotated[int, typer.Option("--lag", metavar="N", help="Periods from treatment to outcome; 0: the same period.")] = 1,
    under_way: Annotated[
        str | None, typer.Option("--under-way", metavar="COLUMN", help="Says whether the outcome was under way (default: the onset's own, if any).")
    ] = None,
    keep_ongoing: Annotated[bool, typer.Option("--keep-ongoing", help="Keep rows in which the outcome was under way and did not begin.")] = False,
    no_peace: Annotated[bool, typer.Option("--no-peace", help="Leave out time since the last event, its square and cube.")] = False,
    grid: Annotated[str, typer.Option("--grid", metavar="none|short|full", help="How many specifications are estimated.")] = "short",
    panel: Annotated[Path | None, typer.Option("--panel", metavar="FILE", help="Take columns from this table: .parquet, .csv or .arrow.")] = None,
    pair: Annotated[
        str, typer.Option("--pair", metavar="A,B", help="Of the file: the two columns with the codes of a pair's states.")
    ] = "ccode1,ccode2",
    period: Annotated[str, typer.Option("--period", metavar="COLUMN", help="Of the file: the column of years, or of other whole periods.")] = "year",
    agreements: Annotated[list[str] | None, typer.Option("--agreement", metavar="ID", help="For words of the record: only these.")] = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Draw it: .svg or .png.")] = None,
) -> None:
    """What does a treatment of pairs do to an outcome? Every usual estimator with three errors each, and no more than may be said."""
    rooms = _rooms()
    if grid not in rooms.BREADTHS:
        raise BadInput(f"--grid {grid!r}; choose one of {', '.join(rooms.BREADTHS)}")
    check_ending(output)
    wishes = rooms.Wishes(treatment, outcome, tuple(controls or ()), under_way, since, until, relevant)
    if panel is not None:
        _no_agreements(agreements)
        made = _of_file(rooms, panel, pair, period, wishes)
    else:
        made = _of_sources(rooms, asked, agreements, wishes)
    layout = rooms.layout_of(made, lag, False if no_peace else None, "kept" if keep_ongoing else "left out", relevant)
    with _progress() as step:
        found = rooms.effect(made.table, layout, grid, progress=step)
    if output is not None:
        write_picture(output, rooms.effect_picture(found))
    if asked.as_json:
        print_json(rooms.effect_to_plain(found))
    else:
        _show(found)


def _rooms() -> ModuleType:
    """The room, on a machine that has what tables need."""
    try:
        import comity.effects
    except ImportError:
        raise BadInput("effects are estimated with more than the core: install it with: pip install 'comity[research]'") from None
    return comity.effects


def _of_sources(rooms: ModuleType, asked: Asked, agreements: list[str] | None, wishes: Wishes) -> TableMade:
    from comity import panels

    words = [wishes.treatment, wishes.outcome, *wishes.controls, *([wishes.under_way] if wishes.under_way else [])]
    families = panels.FAMILIES
    if any(rooms.is_of_record(word, families) for word in words):
        families = (*families, panels.of_standing(asked.standing(), agreements))
    else:
        _no_agreements(agreements)
    made: TableMade = rooms.of_sources(wishes, Store(where()), families)
    return made


def _no_agreements(agreements: list[str] | None) -> None:
    if agreements:
        raise BadInput("--agreement: no word of the record is asked for that it could be about; name one, such as defence, or leave --agreement out")


def _of_file(rooms: ModuleType, path: Path, pair: str, period: str, wishes: Wishes) -> TableMade:
    made: TableMade = rooms.of_frame(_read(path), [name.strip() for name in pair.split(",") if name.strip()], period, wishes)
    return made


def _read(path: Path) -> pl.DataFrame:
    import polars as pl

    readers: dict[str, Callable[[Path], pl.DataFrame]] = {".parquet": pl.read_parquet, ".csv": _csv, ".gz": _csv, ".arrow": pl.read_ipc}
    if path.suffix not in readers:
        raise BadInput(f"--panel {str(path)!r}: a table is read as .parquet, .csv, .csv.gz or .arrow")
    if not path.is_file():
        raise BadInput(f"--panel {str(path)!r} is no file; make one with: comity panel ... -o FILE")
    try:
        return readers[path.suffix](path)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as problem:
        says = str(problem).splitlines()[0]
        raise BadInput(f"--panel {str(path)!r} cannot be read as {path.suffix} ({says}); write it anew, one row for each pair and period") from None


def _csv(path: Path) -> pl.DataFrame:
    import polars as pl

    return pl.read_csv(path, infer_schema_length=None, null_values=["", "NA", "NaN", "nan", "."])


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """A bar on the terminal's error output."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("estimating")

        def step(what: str, of: int) -> None:
            bar.update(task, total=of, description=what, advance=1)

        yield step


def _show(found: Effect) -> None:
    said, out = found.findings, console()
    layout, counts = said.layout, said.counts
    whose = ", relevant pairs" if layout.relevant else ""
    out.print(f"[bold]{escape(layout.treatment)}[/] and [bold]{escape(layout.outcome)}[/], {layout.since} to {layout.until}{whose}")
    out.print(f"  timing: {escape(found.timing)}", soft_wrap=True)
    held = [*layout.controls, *(["time since the last event, squared, cubed"] if layout.peace else [])]
    out.print(f"  held fixed: {escape(', '.join(held) or 'nothing')}", soft_wrap=True)
    out.print(
        f"  rows: {counts.rows:,} whole of {counts.asked:,}; {counts.treated:,} treated; {counts.events:,} with the outcome; {counts.states:,} states"
    )
    pairs = f"{counts.pairs:,}: {counts.switching:,} switch, {counts.always:,} always treated, {counts.never:,} never; "
    pairs += f"the outcome changes in {counts.changing:,}"
    out.print(f"  pairs: {pairs}", soft_wrap=True)
    for one in counts.left_out:
        out.print(f"  left out: {one.rows:,} rows, {escape(one.why)}", soft_wrap=True)
    show_table(("column", "known", "not known in", "what it is", "source"), _columns(found))
    out.print()
    show_table(("estimator", "estimate", "naive", "by pair", "dyadic", "rows", "pairs"), [_row(row) for row in said.rows])
    out.print("  [dim]in brackets the 95% interval, above it the standard error[/]")
    for row in said.rows:
        out.print(f"  [dim]{escape(row.estimator)}: {escape(row.estimand)}; an effect if {escape(row.assumes)}[/]")
        show_notes((*row.left_out, *row.notes))
    for check in said.checks:
        verdict = "not made" if check.fails is None else "fails" if check.fails else "does not fail"
        by = "" if check.errors is None else f" ({check.errors} errors)"
        out.print(f"  {check.name}: {verdict}; {escape(check.says or check.why)}{by}")
    _show_grid(said.grid)
    out.print("[bold]What may be said[/]")
    for number, sentence in enumerate(found.reading, 1):
        out.print(f"  {number}. {escape(sentence.says)}")
    show_notes(found.notes)


def _columns(found: Effect) -> list[tuple[str, str, str, str, str]]:
    unknown = {one.column: f"{one.rows:,}" for one in found.findings.counts.unknown}
    return [
        (c.name, f"{c.covers[0]} to {c.covers[1]}" if c.covers else "", unknown.get(c.name, "0"), c.means, c.source) for c in found.findings.columns
    ]


def _row(row: EstimatorRow) -> Sequence[str]:
    if row.value is None:
        return row.estimator, f"none: {row.refusal}", "", "", "", "", ""
    return row.estimator, f"{row.value:.7f}\n{row.scale}", *(_bar(bar) for bar in row.bars), f"{row.rows:,}", f"{row.pairs:,}"


def _bar(bar: ErrorBar) -> str:
    if bar.error is None:
        return f"none: {bar.why}"
    return f"{bar.error:.5f}\n({bar.low:.4g} to {bar.high:.4g})"


def _show_grid(grid: EffectGrid) -> None:
    """Its cells in order, each scale by itself; where there are many, both ends."""
    for what, over in grid.varied:
        if len(over) > 1:
            console().print(f"  [dim]varied: {what}: {escape('; '.join(over))}[/]", soft_wrap=True)
    for scale in dict.fromkeys(cell.scale for cell in grid.estimated):
        cells = sorted((cell for cell in grid.estimated if cell.scale == scale), key=_value)
        shown = cells if len(cells) <= 2 * _ENDS else [*cells[:_ENDS], *cells[-_ENDS:]]
        more = "" if len(shown) == len(cells) else f", of which the {_ENDS} lowest and the {_ENDS} highest are shown (--json has all)"
        show_table(
            ("estimate", "dyadic 95% interval", "estimator", "lag", "controls", "under way", "pairs", "periods", "rows"),
            [_cell(cell) for cell in shown],
            f"{len(cells):,} specifications, {scale}{more}",
        )
    refused = [cell for cell in grid.cells if cell.value is None]
    if refused:
        console().print(f"  [dim]{len(refused):,} specifications have no number: {escape('; '.join(dict.fromkeys(cell.why for cell in refused)))}[/]")


def _value(cell: SpecificationResult) -> float:
    return cell.value or 0.0


def _cell(cell: SpecificationResult) -> Sequence[str]:
    asked = cell.specification
    layout = asked.layout
    interval = f"{cell.low:.4g} to {cell.high:.4g}" if cell.low is not None and cell.high is not None else f"none: {cell.why}"
    whose = "relevant" if layout.relevant else "all"
    return (
        f"{cell.value:.4g}", interval, asked.estimator, str(layout.lag), asked.controls, layout.ongoing, whose, f"{layout.since}-{layout.until}",
        f"{cell.rows:,}",
    )  # fmt: skip


def add_to(app: typer.Typer) -> None:
    app.command("effect")(effect)
