"""``comity demo exchange``: three nations' nodes on this machine, an agreement between two of them, and what becomes of a warning.

The Netherlands warns; Sweden, with whom it has an agreement on security, and Japan, with whom it has none, pull. Then the agreement is denounced: an
invented act, in ledgers of the demonstration that are thrown away.
"""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import typer

from comity.about import bundled_book
from comity.acts import read_act
from comity.book import COLUMNS, read_book, write_rows
from comity.cli.exchange_would import tell
from comity.cli.rendering import console, show_table
from comity.cli.sending import Line, Shown
from comity.exchange import Caller, Collection, Desk, LabelKey, Node, dry_run_of, make_node
from comity.exchange.between import Links, Partner
from comity.exchange.calling import admit_row, new_token, token_fingerprint
from comity.keeping import add_rows, take_in
from comity.ledger import create
from comity.web.exchange import NodeDoor, served_beside

SENDER, PARTNERS, AGREEMENT = "NLD", ("SWE", "JPN"), "nl-sweden-security"
SECRET = LabelKey(originator=SENDER, policy=SENDER, level="Stg. GEHEIM", limited=False)
FOR_ALL = LabelKey(originator=SENDER, limited=False)
_NOTICE = timedelta(days=190)
"""Longer than the six months of the agreement's article 11."""


class _Clock:
    """Today, and later on some months further."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    @property
    def today(self) -> date:
        return self().date()


def exchange() -> None:
    """Three nations' nodes: who gets what and why; the agreement is denounced, and what it allowed is refused."""
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="comity-demo-") as folder, ExitStack() as stack:
        out = console()
        out.print(f"[dim]three ledgers are made from the book that ships with Comity, in {folder}[/]")
        nodes = {party: _node(party, Path(folder), clock) for party in (SENDER, *PARTNERS)}
        for node in nodes.values():
            stack.callback(node.ledger.close)
        sender = nodes[SENDER]
        home = sender.put_collection(Collection(0, str(uuid.uuid4()), "Warnings", alias="warnings", readers=frozenset(PARTNERS))).id
        tokens = {party: _admitted(sender, party, clock) for party in PARTNERS}
        _vouched(sender, "SWE", clock)
        url = stack.enter_context(served_beside(NodeDoor.of(sender)))
        out.print(f"[dim]{sender.title()} is at {url}/taxii2/[/]\n")

        _step(1, f"{SENDER} publishes a warning for all, and one that is {SECRET.level}")
        for number, label in ((1, FOR_ALL), (2, SECRET)):
            _published(sender, home, number, label)
        _pulled(nodes, url, tokens)

        _step(2, f"{AGREEMENT} is denounced (an invented act); its article 11 lets it end six months later, so the clock goes on to then")
        row = {"ref": "demo-denounce", "kind": "denounce", "actor": "SWE", "agreement": AGREEMENT, "received": clock.today.isoformat()}
        _append(sender, row | {"source": "invented for the demonstration", "basis": "official"}, clock)
        clock.ahead = _NOTICE
        out.print(f"[dim]it is {clock.today} for the three nodes[/]\n")

        _step(3, f"{SENDER} publishes another that is {SECRET.level}")
        _published(sender, home, 3, SECRET)
        _pulled(nodes, url, tokens)

        _step(4, "what the sender's ledger has of it: each page that left, and each refusal, with its ground")
        read = Desk(sender).log(most=100)
        show_table(("read", "by", "objects", "release acts"), [(o.number, o.client, o.count, len(o.acts)) for o in reversed(read)])
        kinds = {kind: sum(1 for entry in _acts(sender) if entry == kind) for kind in ("publish", "release", "refuse")}
        out.print(", ".join(f"{count} acts of the kind {kind}" for kind, count in kinds.items()))


def _node(party: str, folder: Path, clock: _Clock) -> Node:
    ledger = create(f"sqlite:///{folder}/{party.lower()}.db", f"node.{party.lower()}.example", clock)
    take_in(read_book(bundled_book()), ledger)
    make_node(ledger, party, clock())
    return Node(ledger, clock)


def _admitted(sender: Node, party: str, clock: _Clock) -> str:
    token = new_token()
    _append(sender, admit_row(sender.keeper, party, f"node-{party.lower()}", "token", clock(), fingerprint=token_fingerprint(token)), clock)
    return token


def _vouched(sender: Node, party: str, clock: _Clock) -> None:
    details = f"cleared={SECRET.policy}:{SECRET.level}"
    row = {"ref": f"demo-vouch-{party}", "kind": "admit-partner", "actor": sender.keeper, "counterparty": party, "details": details}
    _append(sender, row | {"made": clock.today.isoformat(), "source": "invented for the demonstration", "basis": "official"}, clock)


def _append(node: Node, row: dict[str, str], clock: _Clock) -> None:
    add_rows(node.ledger, write_rows([{**dict.fromkeys(COLUMNS, ""), **row}]), "the demonstration's act", clock.today)


def _published(sender: Node, home: str, number: int, label: LabelKey) -> None:
    at = "2026-01-01T00:00:00.000Z"
    indicator = {
        "type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": at, "modified": at, "valid_from": at,
        "name": f"Warning {number}", "pattern": f"[ipv4-addr:value = '198.51.100.{number}']", "pattern_type": "stix",
    }  # fmt: skip
    body = json.dumps({"objects": [indicator]}).encode()
    sender.add(Caller("desk", sender.keeper, writes=True, keeper=True), home, body, by_publisher=label)
    tell(sender, dry_run_of(sender, home, body, label), why=False)


def _pulled(nodes: dict[str, Node], url: str, tokens: dict[str, str]) -> None:
    for party in PARTNERS:
        line = Line(url, Shown(token=tokens[party]))
        found = Links(nodes[party], time.sleep).pull(Partner(SENDER, url), line.send)
        line.close()
        taken = sum(one.taken for one in found.collections)
        says = found.says or next((one.says or one.first_refusal for one in found.collections if one.says or one.first_refusal), "")
        print(f"{party} pulls: {taken or 'nothing'} new{f' ({says})' if says else ''}")
    print()


def _step(number: int, says: str) -> None:
    console().print(f"[bold]{number}. {says}[/]")


def _acts(node: Node) -> Iterator[str]:
    yield from (read_act(held.act).kind for held in node.ledger.items() if held.act is not None and held.leaf.file == "acts/exchange.csv")


group = typer.Typer(name="demo", no_args_is_help=True, help="Comity at work on this machine, on ledgers that are thrown away.")
group.command("exchange")(exchange)


@group.callback()
def _demonstrations() -> None:
    """Keeps the name of each demonstration even where there is only one."""


def add_to(app: typer.Typer) -> None:
    app.add_typer(group)
