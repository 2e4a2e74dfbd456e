"""Commands about panels: which columns there are; a table of states or pairs by year with them, its codebook and bibliography; a network.

comity panel dyad-year --since 1946 --until 2018 --add atop --add "nmc:cinc lag=1" -o panel.parquet
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from comity.cli.asking import Asked, Json, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.sources import Store, where
from comity.terms import BadInput, parse_day

_FEW = 8


@question(without=("on", "as_json"))
def panel(
    asked: Asked,
    shape: Annotated[str, typer.Argument(metavar="SHAPE", help="state-year, dyad-year, dyad-month or dyad-day.")],
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="From this year or day.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="To this year or day, which is in it.")],
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="COLUMNS", help="FAMILY, or 'FAMILY:COLUMN,COLUMN at=any-day lag=1 carry'.")
    ] = None,
    systems: Annotated[str, typer.Option("--systems", metavar="cow|gw", help="Who is a state, by Correlates of War or Gleditsch and Ward.")] = "cow",
    directed: Annotated[bool, typer.Option("--directed", help="Each pair both ways.")] = False,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only pairs that are contiguous, or of which one is a major power.")] = False,
    agreements: Annotated[list[str] | None, typer.Option("--agreement", metavar="ID", help="For the family standing: only these.")] = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it here, with codebook and bibliography.")] = None,
) -> None:
    """States or pairs by year, month or day, with columns of sources and of standing."""
    rooms = _rooms()
    asks, store = [rooms.parse_add(one) for one in add or ()], Store(where())
    families = [*rooms.FAMILIES, rooms.of_standing(asked.standing(), agreements)] if any(one.family == "standing" for one in asks) else rooms.FAMILIES
    found = rooms.panel(
        shape,
        since=_time("--since", since),
        until=_time("--until", until),
        systems=systems,
        directed=directed,
        add=asks,
        families=families,
        shelf=store,
    )
    if relevant:
        found = found.politically_relevant()
    show_notes(found.cuts)
    if output is not None:
        written = rooms.write(found, output)
        console().print(f"{len(found):,} rows written: {', '.join(str(path) for path in written)}", soft_wrap=True)
        return
    head = found.frame.head(_FEW)
    show_table(head.columns, [["" if cell is None else cell for cell in row] for row in head.rows()])
    console().print(f"{len(found):,} rows, of which the first {len(head)} are shown; write all of it with -o FILE", soft_wrap=True)


def network(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of this year.")],
    column: Annotated[
        str, typer.Argument(metavar="COLUMNS", help="A family and one column of pairs, such as atop:atop_defense: who is tied, and how strongly.")
    ],
    output: Annotated[Path, typer.Option("-o", metavar="FILE", help="The picture: .svg or .png.")],
    measured: Annotated[Path | None, typer.Option("--measures", metavar="FILE", help="The measures of each state, as .csv.")] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Above the picture (default: what the column is, and the year).")] = "",
) -> None:
    """Who is tied to whom in a year, drawn and measured: communities, centrality, closure, brokerage."""
    if output.suffix not in (".svg", ".png"):
        raise BadInput(f"{output.name!r}: a picture is written as .svg or .png")
    rooms, store, asked = _rooms(), Store(where()), column
    found = rooms.panel("dyad-year", since=year, until=year, add=[asked], shelf=store)
    if len(found.columns) != 1:
        raise BadInput(f"{column!r} is {len(found.columns)} columns of a panel; name one of pairs: {', '.join(made.name for made in found.columns)}")
    made = found.columns[0]
    from comity import networks

    pairs = found.frame.rename({"ccode1": "party1", "ccode2": "party2"})
    names = dict(store.table("cow-system", "spells").select("ccode", "cw_abb").collect().rows())
    picture = networks.network_picture(networks.graph(pairs, year, made.name), title or f"{made.column.means}, {year}", names=names)
    measures = networks.measures(pairs, made.name)
    try:
        output.write_bytes(networks.to_png(picture, "white") if output.suffix == ".png" else networks.to_svg(picture).encode())
        if measured is not None:
            measures.states.write_csv(measured)
    except OSError as problem:
        raise BadInput(f"{str(output)!r} cannot be written ({problem.strerror or 'no such folder'}); choose another place, or make room") from None
    of_year = measures.years.row(0, named=True)
    show_table(("of the year", ""), [(name, "" if value is None else value) for name, value in of_year.items()])


def columns(as_json: Json = False) -> None:
    """The columns that a panel can have, by family, and of which source they come."""
    if as_json:
        print_json({"families": [_plain(f.name, f.source, f.of, [(c.name, c.means, c.unit) for c in f.columns]) for f in _rooms().FAMILIES]})
        return
    show_table(("family", "source", "of", "columns"), [(f.name, f.source, f.of, ", ".join(c.name for c in f.columns)) for f in _rooms().FAMILIES])
    console().print("and the family standing: agreements in force between the two, out of the record itself", soft_wrap=True)


def _rooms() -> ModuleType:
    """The room, on a machine that has what tables need."""
    try:
        import comity.panels
    except ImportError:
        raise BadInput("panels need more than the core: install it with: pip install 'comity[research]'") from None
    return comity.panels


def _plain(name: str, source: str, of: str, columns: list[tuple[str, str, str]]) -> dict[str, object]:
    return {"name": name, "source": source, "of": of, "columns": [{"name": n, "means": m, "unit": u} for n, m, u in columns]}


def _time(option: str, text: str) -> int | date:
    """A year or a day."""
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    try:
        return parse_day(text)
    except BadInput:
        raise BadInput(f"{option} {text!r}; write a year, as 1946, or a day, as 1946-01-01") from None


def add_to(app: typer.Typer) -> None:
    for command in (panel, network, columns):
        app.command(command.__name__)(command)
