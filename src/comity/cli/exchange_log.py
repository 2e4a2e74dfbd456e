"""Commands about what is on record of a node's reads: the access log, and a page put together again and held beside its release acts.

comity --ledger sqlite:///node.db exchange page 17
"""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.asking import Json
from comity.cli.exchange import all_collections, group, node_of
from comity.cli.rendering import console, print_json, show_table
from comity.exchange import Desk, Logged, PageAgain

Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="The number of the read: comity exchange log.")]


def log(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option("--partner", metavar="CODE", help="Of this partner alone.")] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="The latest so many.")] = 50,
    as_json: Json = False,
) -> None:
    """The access log: every read, through whichever door, and the release acts that stand in the ledger for it."""
    with node_of(context) as node:
        found = Desk(node).log(None if partner is None else node.gate.standing().record.party(partner), most)
        called = {one.id: one.alias or one.id for one in all_collections(node)}
    if as_json:
        print_json({"reads": [_plain(one) for one in found]})
    elif not found:
        print("no read is on record")
    else:
        show_table(
            ("read", "at", "client", "partner", "door", "of", "objects", "outcome", "acts"),
            [
                (
                    o.number, f"{o.at[:19]}Z", o.client, o.partner, o.door, called.get(str(o.asked.get("collection")), ""), o.count, o.outcome,
                    ", ".join(act.removeprefix("sha256:")[:12] for act in o.acts),
                )
                for o in found
            ],
        )  # fmt: skip


def page(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """What was on the page of a read, object by object, put together again and held beside the log and the release acts; 1 if they differ."""
    with node_of(context) as node:
        found = Desk(node).page(number)
    same = found.holds and all(act.holds for act in found.acts)
    if as_json:
        print_json(_page_plain(found))
    else:
        _tell(found)
    if not same:
        raise typer.Exit(1)


def _tell(found: PageAgain) -> None:
    read = found.read
    print(f"read {read.number}: {read.client} of {read.partner}, {read.at[:19]}Z, through {read.door}: {read.outcome} {read.count}")
    if found.left:
        show_table(
            ("", "object", "version", "SHA-256", "under", "now"),
            [
                (n, one.id, one.version_written, one.digest.hex()[:16], found.acts[one.act].act[7:19] if found.acts else "", _now(one.here))
                for n, one in enumerate(found.left, 1)
            ],
        )
    for act in found.acts:
        says, several = "as it says" if act.holds else "NOT as it says", "" if act.count == 1 else "s"
        basis = ", ".join(act.basis) or "no agreement: unclassified"
        console().print(f"release {act.act[7:19]}: {act.count} object{several}, on {basis}: {says}")
    if not found.holds:
        print("the log does NOT have the count and root of these objects")
    elif found.left:
        print("the log has the count and root of just these objects" if read.root else "the log has the count of these objects; no bytes left")
    else:
        print("nothing was on it")


def _now(here: bool) -> str:
    return "there" if here else "relabelled or taken out since"


def _plain(one: Logged) -> dict[str, object]:
    return {**{name: getattr(one, name) for name in one.__slots__}, "acts": list(one.acts)}


def _page_plain(found: PageAgain) -> dict[str, object]:
    return {
        "read": _plain(found.read),
        "objects": [
            {
                "stamp": one.stamp, "id": one.id, "version": one.version_written, "sha256": one.digest.hex(),
                "act": found.acts[one.act].act if found.acts else None, "here": one.here,
            }
            for one in found.left
        ],
        "acts": [{"act": a.act, "basis": list(a.basis), "count": a.count, "root": a.root, "holds": a.holds} for a in found.acts],
        "holds": found.holds,
    }  # fmt: skip


def add_to(app: typer.Typer) -> None:
    for command in (log, page):
        group.command(command.__name__)(command)
