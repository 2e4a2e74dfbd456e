"""Commands about a ledger: made, filled from a book and written back, added to, looked over, backed up, proved.

comity --ledger sqlite:///record.db ledger init --origin ledger.example.org
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from comity import about
from comity.cli.asking import Json, Options, address
from comity.cli.key_files import write_key_file
from comity.cli.rendering import print_json, show_table
from comity.ledger import (
    FORMAT,
    Ledger,
    SignatureType,
    Signer,
    Tampering,
    back_up,
    check,
    compare,
    create,
    examine,
    inclusion_file,
    latest_checkpoint,
    make_checkpoint,
    new_signer,
    open_ledger,
    read_key,
    read_verifier_key,
    told,
    verifier_key,
    write_key,
)
from comity.ledger import restore as restore_from
from comity.ledger import upgrade as upgrade_ledger
from comity.ledger import verify as verify_note
from comity.terms import BadInput, NotOnRecord

group = typer.Typer(name="ledger", no_args_is_help=True, help="The record as a database: made, filled, looked over, signed, backed up, witnessed.")
Key = Annotated[Path, typer.Option("--key", metavar="FILE", help="The ledger's private key, as `ledger key` wrote it.")]


def init(
    context: typer.Context,
    origin: Annotated[str, typer.Option("--origin", metavar="NAME", help="The ledger's name, for good, such as ledger.example.org/record.")],
) -> None:
    """Make an empty ledger at the address that --ledger gives."""
    ledger = create(_address(context), origin, about.clock)
    print(f"made the ledger {origin} at {ledger.shown_url}")


def export(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")]) -> None:
    """Write the book that the ledger holds into a new folder, byte for byte."""
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise BadInput(f"{str(folder)!r} is there and not empty; give a new folder")
    with opened(context) as ledger:
        files = ledger.files()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(files)} files written to {folder}")


def upgrade(context: typer.Context) -> None:
    """Bring an older ledger's tables to the version that this program writes: all of it, or nothing."""
    url = _address(context)
    before, ledger = upgrade_ledger(url, about.clock)
    if before == FORMAT:
        print(f"the ledger at {ledger.shown_url} is of version {FORMAT} already")
    else:
        print(f"the ledger at {ledger.shown_url} was of version {before} and is of version {FORMAT} now; look it over with: ledger verify")
    ledger.close()


def verify(
    context: typer.Context,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="A checkpoint that was kept elsewhere, to compare with; repeat it for more."),
    ] = None,
    log_key: Annotated[
        str | None, typer.Option("--log-key", metavar="KEY", help="The ledger's public key: the checkpoints must be signed with it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Hash everything again and name what was touched. Exit 1 if anything was."""
    notes = {file: _note(file, log_key) for file in against or ()}
    if log_key is not None and not notes:
        raise BadInput("--log-key is for the checkpoints that --against gives: give one, as `ledger checkpoint` printed it")
    with opened(context) as ledger, shown("Looking over") as progress:
        size = ledger.count()
        found = check(ledger, lambda done: progress(done, size))
        touched = [*found.touched, *(one for file, note in notes.items() if (one := _compared(ledger, file, note)) is not None)]
    if as_json:
        print_json({"size": found.size, "root": found.root.hex(), "touched": [{"where": t.where, "says": t.says} for t in touched]})
    else:
        for one in touched:
            print(f"{one.where}: {one.says}")
        print(f"{found.size} items, root {found.root.hex()}: {len(touched) or 'nothing'} touched")
    raise typer.Exit(1 if touched else 0)


def _note(file: Path, log_key: str | None) -> str:
    """The note in a file; BadInput if it is not signed with the key, where one is given."""
    note = read_text(file, "a checkpoint; make one with: ledger checkpoint --key FILE")
    known = [] if log_key is None else [read_verifier_key(log_key)]
    with _about(file):
        signed = verify_note(note, known)
    if known and not signed:
        raise BadInput(f"{str(file)!r} is not signed with the key that --log-key gives: it proves nothing about this ledger")
    return note


def _compared(ledger: Ledger, file: Path, note: str) -> Tampering | None:
    with _about(file):
        return compare(ledger, note)


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """What is wrong with a file is told with its name."""
    try:
        yield
    except BadInput as problem:
        raise BadInput(f"{str(file)!r}: {problem}") from None


def stats(context: typer.Context, as_json: Json = False) -> None:
    """What the ledger is called, how far it goes, its root, its latest checkpoint."""
    with opened(context) as ledger:
        head = ledger.head()
        try:
            signed: int | None = latest_checkpoint(ledger)[0]
        except NotOnRecord:
            signed = None
        found = {"origin": ledger.origin, "address": ledger.shown_url, "items": head.size, "root": head.root().hex(), "checkpoint": signed}
    print_json(found) if as_json else show_table(("", ""), [(name, "none" if value is None else value) for name, value in found.items()])


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Look at what keeps the ledger safe: syncs, versions, pages, disk, clock; and say what to do. Exit 1 if something is not as it ought to be."""
    with opened(context) as ledger:
        found = examine(ledger, about.clock())
    if as_json:
        print_json({"examined": [{"what": e.what, "good": e.good, "says": e.says} for e in found]})
    else:
        show_table(("", "", ""), [("ok" if e.good else "BAD", e.what, e.says) for e in found])
    raise typer.Exit(0 if all(e.good for e in found) else 1)


def key(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for the private key; it is yours alone to read.")],
    witness: Annotated[bool, typer.Option("--witness", help="The key with which it cosigns the checkpoints of others, as their witness.")] = False,
) -> None:
    """Make the key with which this ledger signs its checkpoints, and print the public one, to give to others."""
    signs = SignatureType.COSIGNATURE if witness else SignatureType.ED25519
    with opened(context) as ledger:
        signer = new_signer(ledger.origin)
    write_key_file(file, write_key(signer, signs).encode())
    print(verifier_key(signer.name, signer.verifier().public_key, signs))


def checkpoint(context: typer.Context, key: Key) -> None:
    """Sign how far the log goes, and print the note: give it to others, and nobody can rewrite what it covers unseen."""
    with opened(context) as ledger:
        print(make_checkpoint(ledger, signer_of(ledger, key, SignatureType.ED25519)), end="")


def prove(context: typer.Context, act: Annotated[str, typer.Argument(metavar="HASH", help="The act, by its hash.")]) -> None:
    """Print the proof that an act is in the log, up to the latest checkpoint: a file that can be checked without the ledger."""
    with opened(context) as ledger:
        print(inclusion_file(ledger, act), end="")


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Copy the ledger, in one state, into a new file, while others go on writing."""
    with opened(context) as ledger, shown("Backing up") as progress:
        count = back_up(ledger, file, progress)
    print(f"{count} items backed up to {file}")


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]) -> None:
    """Make a new ledger at the address that --ledger gives, from a backup; every item is looked over first."""
    with shown("Looking over and restoring") as progress:
        restored = restore_from(file, _address(context), about.clock, progress)
    print(f"{restored.head().size} items restored to {restored.shown_url}")
    restored.close()


# -- shared


def _address(context: typer.Context) -> str:
    options: Options = context.obj
    if options.ledger is None:
        raise BadInput("which ledger? say it before the command: comity --ledger sqlite:///FILE ledger ...")
    return address(options.ledger)


@contextmanager
def opened(context: typer.Context) -> Iterator[Ledger]:
    """The ledger that --ledger gives; its errors in one line."""
    url = _address(context)
    ledger = open_ledger(url, about.clock)
    try:
        with told(url):
            yield ledger
    finally:
        ledger.close()


@contextmanager
def shown(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal's error output while work goes on."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def signer_of(ledger: Ledger, file: Path, signs: SignatureType) -> Signer:
    """The ledger's own key in a file; another's is refused."""
    signer = read_key(read_text(file, "a key; make one with: ledger key FILE"), signs)
    if signer.name != ledger.origin:
        raise BadInput(f"{str(file)!r} is the key of {signer.name}, the ledger is {ledger.origin}; give its own key")
    return signer


def read_text(file: Path, as_what: str) -> str:
    """The text of a file; where it can't be read, ``as_what`` ends the line that says so, with what to do."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "it is not text"
        raise BadInput(f"{str(file)!r} ({why}) cannot be read as {as_what}") from None


def add_to(app: typer.Typer) -> None:
    for command in (init, export, verify, stats, doctor, key, checkpoint, prove, backup, restore, upgrade):
        group.command(command.__name__)(command)
    app.add_typer(group)
