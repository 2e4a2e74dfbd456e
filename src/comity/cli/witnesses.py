"""Commands by which ledgers witness one another, with files that are handed from one keeper to the other.

The log's keeper:  comity --ledger URL ledger growth --from 260 > log.add-checkpoint
The witness:       comity --ledger URL ledger cosign log.add-checkpoint --key witness.key > log.cosignature
The log's keeper:  comity --ledger URL ledger add-cosignature log.cosignature --witness KEY
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import ledger
from comity.cli.asking import Json
from comity.cli.ledger import opened, read_text, signer_of
from comity.cli.rendering import print_json, show_table
from comity.ledger import (
    Refused,
    Seen,
    SignatureType,
    add_cosignature,
    cosign_submission,
    growth_file,
    read_checkpoint,
    read_note,
    read_submission,
    read_verifier_key,
    verifier_key,
    watch,
    watched,
)
from comity.terms import BadInput


def growth(
    context: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="SIZE|NOTE", help="What was seen last: so many items, or the file of a checkpoint.")] = "0",
) -> None:
    """Print the proof that the log only grew since then, with its latest checkpoint: a file for a witness (add-checkpoint), or for anybody."""
    with opened(context) as log:
        if re.fullmatch("[0-9]{1,19}", since):
            print(growth_file(log, int(since)), end="")
            return
        said = read_checkpoint(read_note(read_text(Path(since), "a checkpoint; give its file, or a number of items")).text)
        if said.origin != log.origin:
            raise BadInput(f"{since!r} is a checkpoint of {said.origin}, the ledger is {log.origin}; give one of its own")
        print(growth_file(log, said.size, said.root), end="")


def watch_log(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The log's public key, as `ledger key` printed it for its keeper.")],
) -> None:
    """Watch another log from now on, as its witness: what its key signs is held against what was seen of it before."""
    with opened(context) as witness:
        new = watch(witness, key)
    print(f"{read_verifier_key(key).name} is watched{'' if new else ' already'}")


def list_watched(context: typer.Context, as_json: Json = False) -> None:
    """The logs that are watched, and the last checkpoint of each that was cosigned."""
    with opened(context) as witness:
        found = watched(witness)
    if as_json:
        print_json({"logs": [{"origin": one.origin, "sound": one.seen is not None, **_plain(one.seen)} for one in found]})
    else:
        show_table(("log", "items", "root", "seen"), [(one.origin, *_cells(one.seen)) for one in found])


def _plain(seen: Seen | None) -> dict[str, object]:
    if seen is None:
        return dict.fromkeys(("key", "items", "root", "seen", "note"))
    key = verifier_key(seen.log.name, seen.log.public_key)
    return {"key": key, "items": seen.size, "root": seen.root.hex(), "seen": seen.at, "note": seen.note}


def _cells(seen: Seen | None) -> tuple[object, ...]:
    """Items, root as notes write it, and instant."""
    if seen is None:
        return "damaged", "restore a backup", ""
    return (0, "", "never") if seen.note is None else (seen.size, seen.note.split("\n")[2], seen.at)


def cosign(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the log's keeper handed in, as `ledger growth` wrote it.")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="The witness's private key, as `ledger key --witness` wrote it.")],
) -> None:
    """Cosign a checkpoint of a watched log, if that only grew since it was seen last, and print the cosignature. A fork is kept in FILE.fork."""
    with opened(context) as witness:
        signer = signer_of(witness, key, SignatureType.COSIGNATURE)
        submitted = read_submission(read_text(file, "what a log's keeper hands in; that is made with: ledger growth"))
        try:
            print(cosign_submission(witness, signer, submitted), end="")
        except Refused as refused:
            if not refused.evidence:
                raise
            raise BadInput(f"{refused} ({_kept(file.with_name(f'{file.name}.fork'), refused.evidence)})") from None


def _kept(file: Path, evidence: str) -> str:
    """Where the evidence is now; what is there already is never written over."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(evidence)
    except FileExistsError:
        if not file.is_file() or file.read_bytes() != evidence.encode():
            return f"{file} is there already and holds something else: move it away, and cosign again to get the proof of this"
    except OSError as problem:
        return f"{file} cannot be written ({problem.strerror}): put that right, and cosign again to get the proof of this"
    return f"the proof is in {file}"


def keep_cosignature(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The witness's line, as `ledger cosign` printed it.")],
    witness: Annotated[str, typer.Option("--witness", metavar="KEY", help="The witness's public key, as `ledger key --witness` printed it.")],
) -> None:
    """Verify a witness's cosignature and keep it with the checkpoint that it is about: proofs up to that checkpoint carry it from now on."""
    with opened(context) as log:
        by = read_verifier_key(witness, SignatureType.COSIGNATURE)
        size, at = add_cosignature(log, read_text(file, "a cosignature; a witness makes one with: ledger cosign"), by)
    print(f"{by.name} saw the checkpoint of {size} items at {at:%Y-%m-%dT%H:%M:%SZ}; kept with it")


COMMANDS: dict[str, Callable[..., None]] = {
    "growth": growth,
    "watch": watch_log,
    "cosign": cosign,
    "watched": list_watched,
    "add-cosignature": keep_cosignature,
}


def add_to(app: typer.Typer) -> None:
    """Into the group of the ledger's commands, which is in ``app``."""
    for name, command in COMMANDS.items():
        ledger.group.command(name)(command)
