"""Commands between nodes: serving one's own, pulling from partners, pushing to them.

comity --ledger sqlite:///node.db exchange pull EST --url https://node.est.example
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.asking import Json
from comity.cli.exchange import group, node_of
from comity.cli.rendering import print_json, show_table
from comity.cli.sending import Line, Shown
from comity.exchange import Node
from comity.exchange.between import Links, Partner
from comity.terms import BadInput

Who = Annotated[str, typer.Argument(metavar="PARTNER", help="Whose server it is: the code of a party.")]
Url = Annotated[str, typer.Option("--url", metavar="URL", help="Its scheme, name and port, such as https://node.est.example.")]
User = Annotated[str, typer.Option("--user", metavar="NAME", help="Our name there; the password is in COMITY_PASSWORD, or a token in COMITY_TOKEN.")]
Certificate = Annotated[str, typer.Option("--certificate", metavar="FILE", help="The certificate that we show (PEM).")]
Key = Annotated[str, typer.Option("--key", metavar="FILE", help="Its private key (PEM).")]
Authority = Annotated[str, typer.Option("--ca", metavar="FILE", help="By which the partner's certificate is vouched for.")]


def pull(
    context: typer.Context, partner: Who, url: Url, user: User = "", certificate: Certificate = "", key: Key = "", authority: Authority = "",
    root: Annotated[str, typer.Option("--root", metavar="PATH", help="An API root, where not all that it tells of are meant.")] = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Take in what is new at a partner's server; what was taken before is not asked for again."""
    line = Line(url, _shown(user, certificate, key, authority))
    with node_of(context) as node:
        found = Links(node, time.sleep).pull(Partner(_code(node, partner), url, roots=(root,) if root else ()), line.send)
    rows = [(one.title or one.path, one.pages, one.given, one.taken, one.refused, one.says or one.first_refusal) for one in found.collections]
    if as_json:
        names = ("collection", "pages", "given", "taken", "refused", "says")
        print_json({"partner": found.party, "says": found.says, "collections": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        show_table(("collection", "pages", "given", "taken", "refused", ""), rows)
        print(found.says or ("everything that is new is here" if found.whole else "not everything came: run it again"))
    raise typer.Exit(0 if found.whole else 1)


def push(
    context: typer.Context, partner: Who, url: Url,
    ours: Annotated[str, typer.Option("--from", metavar="COLLECTION", help="Our collection, by alias or id.")],
    root: Annotated[str, typer.Option("--root", metavar="PATH", help="Their API root, such as /deu/.")],
    theirs: Annotated[str, typer.Option("--into", metavar="ID", help="Their collection, by its id.")],
    user: User = "", certificate: Certificate = "", key: Key = "", authority: Authority = "", as_json: Json = False,
) -> None:  # fmt: skip
    """Deliver what a partner may have to its server: for a node that nobody can reach. The gate lets out the same as if the partner asked."""
    line = Line(url, _shown(user, certificate, key, authority))
    with node_of(context) as node:
        found = Links(node, time.sleep).push(Partner(_code(node, partner), url), line.send, root, theirs, ours)
    if as_json:
        print_json({"partner": found.party, "delivered": found.delivered, "refused": found.refused, "says": found.says or found.first_refusal})
    else:
        print(f"{found.delivered} delivered, {found.refused} refused{f': {found.first_refusal}' if found.first_refusal else ''}")
        if found.says:
            print(found.says)
    raise typer.Exit(1 if found.says else 0)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", help="On this machine alone; a front proxy speaks TLS to the world.")] = 8100,
    secret: Annotated[
        Path | None,
        typer.Option("--proxy-secret", metavar="FILE", help="The secret by which the front proxy is known."),
    ] = None,
) -> None:
    """Serve the node's TAXII door, until interrupted."""
    from comity.web.exchange import FrontProxy, NodeDoor, serve_node

    proxy = None if secret is None else FrontProxy(_text(secret))
    with node_of(context) as node:
        serve_node(NodeDoor.of(node, proxy), port)


def _shown(user: str, certificate: str, key: str, authority: str) -> Shown:
    environ = os.environ
    return Shown(environ.get("COMITY_TOKEN", ""), user, environ.get("COMITY_PASSWORD", ""), certificate, key, authority)


def _code(node: Node, party: str) -> str:
    return node.gate.standing().record.party(party)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(f"{str(file)!r} cannot be read ({problem}); give the file with the front proxy's secret") from None


def add_to(app: typer.Typer) -> None:
    for command in (serve, pull, push):
        group.command(command.__name__)(command)
