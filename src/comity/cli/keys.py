"""Commands about parties' keys: made, listed, and acts signed with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity import about
from comity.acts import Act, Entry, Source, read_private_key, sign, thumbprint_of, to_base64url, write_private_key
from comity.book import row_of, write_rows
from comity.cli.asking import Asked, opened, question
from comity.cli.key_files import read_key_file, write_key_file
from comity.cli.rendering import console, print_json, show_table
from comity.keeping import sign_rows
from comity.standing import key_to_plain
from comity.terms import BadInput, parse_moment

MAKER = "comity keys make FILE --party PARTY"
New = Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for the private key; it is yours alone to read.")]


def make(
    context: typer.Context,
    file: New,
    party: Annotated[str, typer.Option("--party", metavar="PARTY", help="Whose key it is.")],
    old: Annotated[Path | None, typer.Option("--old", metavar="OLD", help="The private key whose place it takes, which signs that act.")] = None,
) -> None:
    """Make a key with which a party signs its acts, and print the act that introduces it, signed with the key itself: a row to append.

    With --old the act puts the new key in the place of the old one, whose word it needs.
    """
    opened(context).record.party(party)
    before = None if old is None else read_private_key(read_key_file(old, MAKER))
    key = new_key()
    write_key_file(file, write_private_key(key))
    act = _introduction(party, key, before)
    row = row_of(Entry(act, about.clock().date(), signature=sign(act, before or key)), None, recorded=False)
    print(write_rows([row]), end="")


def _introduction(party: str, key: Ed25519PrivateKey, before: Ed25519PrivateKey | None) -> Act:
    """The act that introduces the key, made today; in the place of an earlier one, if there is one."""
    public = key.public_key().public_bytes_raw()
    old = {} if before is None else {"old": thumbprint_of(before.public_key().public_bytes_raw())}
    return Act(
        kind="rotate-key" if old else "introduce-key",
        actor=party,
        ref=f"key-{party}-{thumbprint_of(public)[:8]}",
        made=parse_moment(about.clock().date().isoformat()),
        details={**old, "key": to_base64url(public)},
        source=Source("the party's own key file"),
    )


def new_key() -> Ed25519PrivateKey:
    """A fresh key."""
    return Ed25519PrivateKey.generate()


@question(without=("on", "strict"))
def list_keys(
    asked: Asked,
    party: Annotated[str | None, typer.Argument(metavar="PARTY", help="Only the keys of this party.")] = None,
) -> None:
    """The keys of parties: since when and until when each signs, and by which acts; and how many acts bear no signature though one might."""
    record, signers = opened(asked.context).record, asked.standing().signers
    if party is not None:
        record.party(party)
    found = [key for key in signers.keys if party in (None, key.party)]
    bare = signers.unsigned(e for e in record.entries if party in (None, e.act.actor))
    if asked.as_json:
        print_json({"keys": [key_to_plain(key) for key in found], "unsigned": bare})
        return
    ends = ("" if key.until is None else f"{key.reason} ({key.ended_by})" for key in found)
    rows = [(k.party, k.thumbprint, k.since, k.introduced_by, k.until or "", end) for k, end in zip(found, ends, strict=True)]
    show_table(("party", "key", "since", "introduced by", "until", "ended by"), rows)
    console().print(f"{bare} acts recorded while their party had a key bear no signature")


def sign_acts(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="ACTS", help="Acts as CSV: a file of the book, or acts that are to be appended.")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="The party's private key, as `keys make` wrote it.")],
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Refuse a file with acts that are not this party's.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there instead of printing; may be the same file.")] = None,
) -> None:
    """Sign acts with a party's key: each that bears no signature gets one in the column `signature`.

    What an act replies to is looked up in the book or ledger, so sign against the one that is to hold the act.
    """
    signer = read_private_key(read_key_file(key, MAKER))
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"{file}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None
    signed, count = sign_rows(opened(context).book, file, text, signer, party)
    if out is None:
        print(signed, end="")
        return
    out.write_bytes(signed.encode())
    print(f"{count} acts signed, written to {out}")


def add_to(app: typer.Typer) -> None:
    app.command("sign")(sign_acts)
    keys = typer.Typer(name="keys", no_args_is_help=True, help="The keys with which parties sign their acts.")
    keys.command("make")(make)
    keys.command("list")(list_keys)
    app.add_typer(keys)
