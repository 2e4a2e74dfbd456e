"""Commands about registers and data sets: which there are, how they are fetched, read and cited.

comity sources import cow-nmc --from DIR
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from comity import about
from comity.cli.asking import Json
from comity.cli.ledger import shown
from comity.cli.rendering import console, print_json, show_table
from comity.sources import Coverage, Form, Imported, Source, Store, Table, all_sources, as_bibtex, as_text, fetch, find_form, source, where
from comity.terms import BadInput

group = typer.Typer(name="sources", no_args_is_help=True, help="Registers and data sets: listed, fetched, checked, kept as tables, cited.")
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="The sources, by their ids.")]
From = Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Take the files from here or below instead.")]
AnyVersion = Annotated[
    bool, typer.Option("--any-version", help="Also take a file with another checksum than the record names, if it reads as the record says.")
]


def list_(as_json: Json = False) -> None:
    """The sources that are known, what they cover, and which of their tables are in the store."""
    store = Store(where())
    rows = [(one, store.held_of(one.id)) for one in all_sources().values()]
    if as_json:
        print_json({"store": str(store.folder), "sources": [_brief(one, held) for one, held in rows]})
        return
    show_table(
        ("id", "version", "covers", "tables", "in the store"),
        [(s.id, s.version, _years(s.coverage[0]), len(s.tables), len(held) or "") for s, held in rows],
    )
    console().print(f"the store is {store.folder}", soft_wrap=True)


def show(source_id: Annotated[str, typer.Argument(metavar="ID", help="The source, by its id.")], as_json: Json = False) -> None:
    """One source: publisher, version, licence, coverage, its tables with their columns, and what of it is in the store."""
    one, held = source(source_id), Store(where()).held_of(source_id)
    if as_json:
        print_json(_whole(one, held))
        return
    show_table(
        ("", ""),
        [
            ("title", one.title),
            ("version", one.version),
            ("publisher", f"{one.publisher}: {one.address}"),
            ("licence", one.licence),
            ("codebook", one.codebook or "none"),
            *(("covers", f"{_years(c)}, {c.parties}{_of(c)}") for c in one.coverage),
            *(("cite", as_text(c)) for c in one.citations),
            *((("note", one.note),) if one.note else ()),
        ],
    )
    for table in one.tables:
        print(f"\n{table.name}: {table.row}; key {', '.join(table.key)}; not listed means {table.absent}; {_state(held.get(table.name))}")
        show_table(("column", "type", "unit", "what it means"), [(c.name, c.type, c.unit, c.means) for c in table.columns])


def fetch_(ids: Ids, folder: From = None, any_version: AnyVersion = False) -> None:
    """Get the files of sources from where they are published, or from a folder, and keep them for `sources import`."""
    store = Store(where())
    for one in [source(i) for i in ids]:
        got = [_get(store, one, table, folder, any_version) for table in one.tables]
        if not any(got):
            raise BadInput(f"no file of {one.id} is in {str(folder)!r}; give the folder in which {_files(one)} is")
        for table, path in zip(one.tables, got, strict=True):
            print(f"{one.id} {table.name}: {path.name if path else 'not there'}")
    print(f"read them with: comity sources import {' '.join(ids)}")


def _get(store: Store, one: Source, table: Table, folder: Path | None, any_version: bool) -> Path | None:
    if folder is not None:
        found = find_form(table, folder)
        if found is None:
            return None
        target = store.fetched(one.id) / found[1].file
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f"{target.name}.part")
        shutil.copyfile(found[0], new)
        return new.replace(target)
    form = next((f for f in table.forms if f.address), None)
    if form is None:
        raise BadInput(
            f"{one.id} {table.name} is published at no address of its own ({table.forms[0].note or f'see {one.address}'}); "
            f"give the folder in which {table.forms[0].file} is: --from DIR"
        )
    with shown(f"Fetching {form.file}") as progress:
        return _fetched(store, one, form, any_version, progress)


def _fetched(store: Store, one: Source, form: Form, any_version: bool, progress: Any) -> Path:
    target = store.fetched(one.id) / form.file
    if any_version:
        return fetch(form.address, target, progress=progress)
    return fetch(form.address, target, progress=progress, sha256=form.sha256, size=form.size)


def import_(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="The sources (default: all of which there are files).")] = None,
    folder: From = None,
    any_version: AnyVersion = False,
) -> None:
    """Read what was fetched, or the files in a folder, check it against the record, and put it into the store: each source whole or not at all."""
    store = Store(where())
    asked = [source(i) for i in ids] if ids else list(all_sources().values())
    places = {one.id: folder or store.fetched(one.id) for one in asked}
    there = [one for one in asked if ids or len(store.missing(one.id, places[one.id])) < len(one.tables)]
    refused = []
    for one in track(there, "Importing", console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()):
        try:
            done = store.import_(one.id, places[one.id], when=about.clock(), any_version=any_version)
        except BadInput as problem:
            if len(asked) == 1:
                raise
            refused.append(one.id)
            print(f"{one.id}: REFUSED: {problem}")
            continue
        for table in done:
            print(f"{one.id} {table.table}: {table.rows} rows{_nulled(table)}")
        for missed in store.missing(one.id, places[one.id]):
            print(f"{one.id} {missed.name}: not there ({', '.join(f.file for f in missed.forms)})")
    absent = [one.id for one in asked if one not in there]
    if absent:
        print(f"not there: {', '.join(absent)}")
    if refused:
        raise BadInput(f"nothing of {', '.join(refused)} was put in; the lines above say why and what to do")


def _nulled(table: Imported) -> str:
    coded = {c: n for counts in table.nulls.values() for c, n in counts.items() if c != "nothing"}
    known = "" if table.known else "; another version than the record names"
    total = {code: sum(counts.get(code, 0) for counts in table.nulls.values()) for code in coded}
    return (f"; null where it says {', '.join(f'{c} ({n} times)' for c, n in total.items())}" if total else "") + known


def cite(ids: Ids, bibtex: Annotated[bool, typer.Option("--bibtex", help="As entries of BibTeX.")] = False) -> None:
    """How the sources want to be cited."""
    for one in [source(i) for i in ids]:
        if bibtex:
            print(as_bibtex(one))
            continue
        for citation in one.citations:
            print(as_text(citation))


# -- as text and as plain data


def _years(covers: Coverage) -> str:
    return f"{covers.since.year}-{covers.through.year}"


def _of(covers: Coverage) -> str:
    named = ", ".join(covers.columns or covers.tables)
    return (f" ({named})" if named else "") + (f"; {covers.note}" if covers.note else "")


def _state(held: Imported | None) -> str:
    if held is None:
        return "not in the store"
    return f"in the store: {held.rows} rows of {held.file}{'' if held.known else ', another version than the record names'}"


def _files(one: Source) -> str:
    return one.tables[0].forms[0].file


def _brief(one: Source, held: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "version": one.version,
        "publisher": one.publisher,
        "licence": one.licence,
        "yields": one.yields,
        "since": min(c.since for c in one.coverage).isoformat(),
        "through": max(c.through for c in one.coverage).isoformat(),
        "tables": [t.name for t in one.tables],
        "held": sorted(held),
    }


def _whole(one: Source, held: Any) -> dict[str, Any]:
    brief = _brief(one, held)
    del brief["tables"], brief["held"]
    return {
        **brief,
        "address": one.address,
        "codebook": one.codebook or None,
        "note": one.note or None,
        "citations": [as_text(c) for c in one.citations],
        "coverage": [
            {
                "since": c.since.isoformat(),
                "through": c.through.isoformat(),
                "parties": c.parties,
                "tables": list(c.tables),
                "columns": list(c.columns),
                "note": c.note or None,
            }
            for c in one.coverage
        ],
        "tables": [_table(t, held.get(t.name)) for t in one.tables],
    }


def _table(table: Table, held: Imported | None) -> dict[str, Any]:
    return {
        "name": table.name,
        "row": table.row,
        "key": list(table.key),
        "absent": table.absent,
        "rows": table.rows,
        "columns": [
            {"name": c.name, "type": c.type, "unit": c.unit or None, "means": c.means, "codes": dict(c.codes), "kept_as": list(c.kept_as)}
            for c in table.columns
        ],
        "forms": [{"file": f.file, "format": f.format, "sha256": f.sha256, "size": f.size, "address": f.address or None} for f in table.forms],
        "held": None
        if held is None
        else {
            "file": held.file,
            "checksum": held.checksum,
            "known": held.known,
            "version": held.version,
            "rows": held.rows,
            "nulls": {column: dict(counts) for column, counts in held.nulls.items()},
            "when": held.when,
        },
    }


def add_to(app: typer.Typer) -> None:
    for command in (list_, show, fetch_, import_, cite):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group)
