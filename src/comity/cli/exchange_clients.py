"""Commands about the clients of a node: programs that act for a partner, and what the keeper vouches for of a partner.

comity --ledger sqlite:///node.db exchange client add est-feed --party EST --certificate est-feed.pem --may read
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity import about
from comity.book import COLUMNS, write_rows
from comity.cli.asking import Json, read_day
from comity.cli.exchange import group, node_of
from comity.cli.exchange_objects import codes
from comity.cli.rendering import print_json, show_table
from comity.exchange import Node
from comity.exchange.calling import (
    KeptPasswords,
    Shows,
    admit_row,
    admitted,
    dismiss_row,
    new_password,
    new_token,
    password_record,
    read_certificate,
    token_fingerprint,
)
from comity.keeping import add_rows
from comity.terms import BadInput, NotOnRecord

clients = typer.Typer(name="client", no_args_is_help=True, help="Programs that act for a partner: admitted and dismissed by acts of the keeper.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the client is called here.")]
Party = Annotated[str, typer.Option("--party", metavar="CODE", help="For whom it acts.")]
May = Annotated[str, typer.Option("--may", metavar="WORDS", help="read, write or read,write.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="The first day on which it is no longer let in.")]


def add(
    context: typer.Context, name: Name, party: Party,
    certificate: Annotated[Path, typer.Option("--certificate", metavar="FILE", help="Its certificate (PEM).")],
    may: May = "read", until: Until = None,
) -> None:  # fmt: skip
    """Admit a client that shows a certificate."""
    try:
        found = read_certificate(certificate.read_bytes())
    except OSError as problem:
        raise BadInput(f"{str(certificate)!r} cannot be read ({problem.strerror}); give the certificate as PEM") from None
    with node_of(context) as node:
        _append(node, _row(node, name, party, "certificate", found.fingerprint, may, until))
    print(f"{name} acts for {party} from now on; it shows the certificate with the SHA-256 {found.fingerprint}")


def token(context: typer.Context, name: Name, party: Party, may: May = "read", until: Until = None) -> None:
    """Admit a client that shows a token, which is printed here once and kept nowhere."""
    made = new_token()
    with node_of(context) as node:
        _append(node, _row(node, name, party, "token", token_fingerprint(made), may, until))
    print(made)


def password(context: typer.Context, name: Name, party: Party, may: May = "read", until: Until = None) -> None:
    """Admit a client that shows its name and a password, which is made and printed here once; only what cannot be turned back is kept."""
    made = new_password()
    with node_of(context) as node:
        row = _row(node, name, party, "password", "", may, until)
        KeptPasswords(node.ledger).put(name, password_record(made))
        _append(node, row)
    print(made)


def dismiss(context: typer.Context, name: Name, party: Party) -> None:
    """Let a client in no longer, from now on."""
    with node_of(context) as node:
        code, record = _code(node, party), node.gate.standing().record
        acts = [entry.act for entry in record.entries_of_kinds(("admit-client",)) if entry.act.actor == node.keeper]
        named = [act for act in acts if act.details.get("client") == name]
        if not named:
            raise NotOnRecord(f"no client {name!r} was ever admitted; list those that are with: comity exchange client list")
        if all(code not in act.counterparty for act in named):
            raise BadInput(f"{name} acts for {', '.join(named[-1].counterparty)}, not for {code}; give --party as it was admitted")
        _append(node, dismiss_row(node.keeper, code, name, about.clock()))
    print(f"{name} is let in no longer")


def list_clients(context: typer.Context, as_json: Json = False) -> None:
    """Who is let in, and which acts are passed over."""
    with node_of(context) as node:
        found = admitted(node.gate.standing(), node.keeper, node.ledger.numbers_of)
    rows = [(c.name, c.party, c.shows, [n for n, may in (("read", c.reads), ("write", c.writes)) if may], c.until) for c in found.clients]
    if as_json:
        told = [{"client": n, "party": p, "shows": s, "may": m, "until": None if u is None else u.isoformat()} for n, p, s, m, u in rows]
        print_json({"clients": told, "passed_over": [{"act": act, "says": says} for act, says in found.passed_over]})
        return
    show_table(("client", "acts for", "shows", "may", "until"), [(*row[:3], ", ".join(row[3]), row[4]) for row in rows])
    for act, says in found.passed_over:
        print(f"passed over: {act}: {says}")


def vouch(
    context: typer.Context,
    party: Annotated[str, typer.Argument(metavar="CODE", help="For which partner.")],
    cleared: Annotated[
        str, typer.Option("--cleared", metavar="LEVELS", help="Up to which levels its people are cleared: POLICY:LEVEL, with commas between them.")
    ] = "",
    purposes: Annotated[str, typer.Option("--purposes", metavar="WORDS", help="The purposes that what it gets serves.")] = "",
    briefed: Annotated[str, typer.Option("--briefed", metavar="CATEGORIES", help="Into which categories its people are briefed.")] = "",
    nothing: Annotated[bool, typer.Option("--nothing", help="Nothing is vouched for any more.")] = False,
) -> None:
    """Say what a partner has in place; it replaces what was said before."""
    said = [("purposes", purposes, codes(purposes)), ("briefed", briefed, codes(briefed))]
    for name, text, _ in said:
        if ";" in text or "=" in text:
            raise BadInput(f"--{name} {text!r}: write words with commas between them, without ; and =")
    if nothing == bool(cleared or purposes or briefed):
        raise BadInput("what is vouched for? say --cleared, --purposes or --briefed, all of them that hold; or --nothing alone")
    with node_of(context) as node:
        code, now = _code(node, party), about.clock()
        told = [("cleared", ",".join(_cleared(node, one) for one in codes(cleared))), *((name, ",".join(words)) for name, _, words in said)]
        details = "; ".join(f"{name}={value}" for name, value in told if value)
        kind = "admit-partner" if details else "dismiss-partner"
        row = {
            "ref": f"{kind}-{code}-{now:%Y%m%dT%H%M%S%f}", "kind": kind, "actor": node.keeper, "counterparty": code, "made": now.date().isoformat(),
            "details": details, "source": "the node's own record", "basis": "official",
        }  # fmt: skip
        _append(node, {**dict.fromkeys(COLUMNS, ""), **row})
    print(f"vouched for of {code} from now on: {details or 'nothing'}")


def _cleared(node: Node, text: str) -> str:
    """A policy and a level of it, as its ladder calls it."""
    policy, colon, level = text.partition(":")
    if not colon:
        raise BadInput(f"--cleared {text!r}: write POLICY:LEVEL, such as {node.keeper}:SECRET")
    return f"{policy}:{node.gate.standing().record.ladder(policy).level(level).name}"


def _row(node: Node, name: str, party: str, shows: Shows, fingerprint: str, may: str, until: str | None) -> dict[str, str]:
    """The act that admits a client, if it would let somebody in."""
    now, words = about.clock(), codes(may)
    last: date | None = None if until is None else read_day("--until", until)
    if last is not None and last <= now.date():
        raise BadInput(f"--until {until}: that day has come; give a later one, or leave it out")
    if not words:
        raise BadInput(f"--may {may!r}: say what it may: read, write or read,write")
    others = admitted(node.gate.standing(), node.keeper, node.ledger.numbers_of).clients
    same = next((one for one in others if fingerprint and one.fingerprint == fingerprint and one.name != name), None)
    if same is not None:
        raise BadInput(f"{same.name} shows this {shows} already, for {same.party}; dismiss it first, or give another {shows}")
    return admit_row(node.keeper, _code(node, party), name, shows, now, fingerprint=fingerprint, may=words, until=last)


def _append(node: Node, row: dict[str, str]) -> None:
    add_rows(node.ledger, write_rows([row]), "the act", about.clock().date())


def _code(node: Node, party: str) -> str:
    return node.gate.standing().record.party(party)


for command, named in ((add, "add"), (token, "token"), (password, "password"), (dismiss, "dismiss"), (list_clients, "list")):
    clients.command(named)(command)


def add_to(app: typer.Typer) -> None:
    group.add_typer(clients)
    group.command("vouch")(vouch)
