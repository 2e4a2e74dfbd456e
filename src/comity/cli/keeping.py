"""Commands about what is kept in a ledger: a book taken in, acts and documents added, what was spilled destroyed.

comity --ledger sqlite:///record.db ledger import books/cases
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Annotated

import typer

from comity import about, keeping
from comity.book import read_book
from comity.cli.asking import Json
from comity.cli.ledger import group, opened, shown
from comity.cli.rendering import print_json
from comity.terms import BadInput


def take(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="BOOK", help="Folder of the book.")]) -> None:
    """Take a book in: its files and acts, those that are not there yet. Interrupted, it goes on where it stopped."""
    with opened(context) as ledger, shown("Taking in") as progress:
        count = keeping.take_in(read_book(folder), ledger, progress)
        size = ledger.head().size
    print(f"{count} items taken in; the ledger has {size}")


def append(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Acts as CSV, with the columns of a book's acts.")],
    as_json: Json = False,
) -> None:
    """Append the acts of a file: all, or none. Told once they are on disk."""
    text = file.read_bytes()
    try:
        written = text.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"{file}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None
    with opened(context) as ledger:
        hashes, new = keeping.add_rows(ledger, written, str(file), about.clock().date())
    if as_json:
        print_json({"acts": hashes, "new": new})
        return
    there = f"; {len(hashes) - new} there already" if new < len(hashes) else ""
    print(f"{new} of {len(hashes)} appended{there}", *hashes, sep="\n")


def attach(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents.")],
    media_type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Their media type (default: by the ending of the name).")] = None,
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Their language, such as en (default: und, not known).")] = "und",
) -> None:
    """Keep documents, and print for each what an act's column `attachments` says of it."""
    with opened(context) as ledger:
        for file in files:
            kind = media_type or mimetypes.guess_type(file.name)[0] or "unknown"
            print(f"{keeping.attach(ledger, file.read_bytes(), kind, str(file))} {kind} {language} {file.name}")


def attachment(
    context: typer.Context,
    sha256: Annotated[str, typer.Argument(metavar="HASH", help="The document, by its hash.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
) -> None:
    """Write a document that is kept into a new file."""
    with opened(context) as ledger:
        content = keeping.attachment(ledger, sha256)
    try:
        with file.open("xb") as out:
            out.write(content)
    except FileExistsError:
        raise BadInput(f"{str(file)!r} is there already; give a new file") from None
    print(f"{len(content)} bytes written to {file}")


def destroy(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="HASH", help="The act, or the whole file, by its hash.")],
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="Who destroys it.")],
    authority: Annotated[str, typer.Option("--authority", metavar="TEXT", help="What allows it, cited.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why: without saying what it was.")],
) -> None:
    """Destroy the bytes of what ought not to have been recorded. Its leaf stays in the log, and an act: who, when, on what authority."""
    with opened(context) as ledger:
        done = keeping.destroy(ledger, record, by=by, authority=authority, why=why, today=about.clock().date())
    print(f"{record} is destroyed here, by the act {done}")
    print("not reached: backups, other nodes' copies, and blocks that the disk has given up; see to those too")


def add_to(app: typer.Typer) -> None:
    for command in (take, append, attach, attachment, destroy):
        group.command("import" if command is take else command.__name__)(command)
