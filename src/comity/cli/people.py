"""Commands about the people who use the pages: their accounts, as the keeper of the machine makes and ends them.

comity people add NAME --role administrator --people sqlite:///people.db
"""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from comity.cli.asking import Json, opened
from comity.cli.rendering import print_json, show_table
from comity.terms import BadInput
from comity.web.people import grant_of, keeper_of

people = typer.Typer(name="people", no_args_is_help=True, help="Accounts for the pages: who signs in, and what they may do.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="By which they sign in.")]
Url = Annotated[
    str | None,
    typer.Option("--people", metavar="URL", envvar="COMITY_PEOPLE", help="Where accounts are kept: sqlite:///FILE or postgresql://USER@HOST/NAME."),
]


def add(
    context: typer.Context,
    name: Name,
    role: Annotated[list[str], typer.Option("--role", metavar="ROLE", help="What they are, such as desk-officer; several by writing it again.")],
    party: Annotated[str, typer.Option("--party", metavar="CODE", help="For whom they act, or `public` (default: the record's keeper).")] = "",
    agreements: Annotated[str, typer.Option("--agreements", metavar="IDS", help="To which agreements they are confined, with commas.")] = "",
    cleared: Annotated[str, typer.Option("--cleared", metavar="LEVELS", help="Up to which levels: POLICY:LEVEL, with commas.")] = "",
    without_password: Annotated[bool, typer.Option("--without-password", help="They sign in with an identity that is linked later.")] = False,
    url: Url = None,
) -> None:
    """Make an account; its password is asked for, or read from the standard input."""
    grant = grant_of(opened(context).record, role, party, agreements, cleared)
    keeper_of(where_kept(url)).add(name, grant, None if without_password else _password(name))
    print(f"{name} has an account: {', '.join(sorted(one.value for one in grant.roles))}")


def list_people(url: Url = None, as_json: Json = False) -> None:
    """Everybody with an account, and what is granted to them."""
    found = keeper_of(where_kept(url)).listed()
    if as_json:
        print_json({"people": found})
        return
    rows = [
        (
            one["name"], ", ".join(one["roles"]), one["party"] or "", ", ".join(one["agreements"] or ()), ", ".join(one["cleared"]),
            "" if one["in_use"] else "dismissed",
        )
        for one in found
    ]  # fmt: skip
    show_table(("name", "roles", "acts for", "confined to", "cleared for", ""), rows)


def password(name: Name, url: Url = None) -> None:
    """Set somebody's password; it is asked for, or read from the standard input. Their sessions end."""
    keeper_of(where_kept(url)).password(name, _password(name))
    print(f"{name} has another password")


def dismiss(name: Name, url: Url = None) -> None:
    """End an account: nobody signs in with it any more, and its sessions end at once."""
    keeper_of(where_kept(url)).dismiss(name)
    print(f"{name} is let in no longer")


def where_kept(url: str | None) -> str:
    """Where accounts are kept; BadInput if nobody said so."""
    if not url:
        raise BadInput("where are accounts kept? say --people sqlite:///people.db, or set COMITY_PEOPLE")
    return url


def _password(name: str) -> str:
    """Asked for twice at a terminal; else the first line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Again: ") != first:
        raise BadInput("the two passwords differ; begin again")
    return first


for command, named in ((add, "add"), (list_people, "list"), (password, "password"), (dismiss, "dismiss")):
    people.command(named)(command)


def add_to(app: typer.Typer) -> None:
    app.add_typer(people)
