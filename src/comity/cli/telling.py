"""Commands that tell people what is new in what they follow: mails to everybody, messages to webhooks; to be run by a timer.

comity digests --people sqlite:///people.db --smtp mail.example.org:587 --from comity@example.org
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.asking import Json, opened
from comity.cli.people import Url, where_kept
from comity.cli.rendering import print_json, show_table
from comity.terms import BadInput
from comity.web.watching import Relay, teller_of

IN_ENVIRONMENT = "COMITY_SMTP_PASSWORD"


def digests(
    context: typer.Context,
    smtp: Annotated[str, typer.Option("--smtp", metavar="HOST:PORT", help="Where mail is handed over.")],
    sender: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="As whom.")],
    url: Url = None,
    security: Annotated[
        str, typer.Option("--security", metavar="WAY", help="starttls, tls (from the first byte), or none (a relay on this machine).")
    ] = "starttls",
    user: Annotated[str, typer.Option("--user", metavar="NAME", help="Name at the relay, if it wants one.")] = "",
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help=f"A file with the password (default: the variable {IN_ENVIRONMENT}).")
    ] = None,
    authority: Annotated[str, typer.Option("--authority", metavar="FILE", help="Who vouches for the relay, as PEM (default: the system's).")] = "",
    pages: Annotated[
        str, typer.Option("--pages", metavar="URL", help="Where the pages are, for links (default: http://127.0.0.1:8000).")
    ] = "http://127.0.0.1:8000",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; send and mark nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Mail everybody what is new in what they follow, and what falls due; once a day each, however often it is run."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender):
        raise BadInput(f"--from {sender!r}; write an address, such as comity@example.org")
    if not re.fullmatch(r"https?://[^\s?#]+", pages):
        raise BadInput(f"--pages {pages!r}; write where the pages are, such as https://comity.example.org")
    teller, relay = teller_of(where_kept(url)), _relay(smtp, security, user, password_file, authority)
    found = teller.digests(opened(context), datetime.now(UTC), sender, pages, None if dry_run else relay)
    if as_json:
        print_json({"told": [{"name": one.name, "how": one.how, "new": one.fresh, "due": one.due, "says": one.says} for one in found]})
    else:
        show_table(("name", "mail", "new", "due", ""), [(one.name, one.how, str(one.fresh), str(one.due), one.says) for one in found])
    if any(one.how == "failed" for one in found):
        raise typer.Exit(1)


def webhooks(
    context: typer.Context,
    url: Url = None,
    allow: Annotated[
        str,
        typer.Option(
            "--webhook-allow", metavar="HOSTS", envvar="COMITY_WEBHOOK_ALLOW",
            help="Hosts that may be asked wherever they are, over http too, with commas: HOST or HOST:PORT.",
        ),
    ] = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Post what is new in saved filters to the webhooks that ask for it; what failed before is tried again when its time has come."""
    hosts = frozenset(host.strip() for host in allow.split(",") if host.strip())
    found = teller_of(where_kept(url)).webhooks(opened(context), datetime.now(UTC), hosts)
    if as_json:
        print_json({"tried": [{"webhook": one.webhook, "message": one.message, "state": one.state, "says": one.says} for one in found]})
        return
    show_table(("webhook", "message", "state", ""), [(str(one.webhook), one.message, one.state, one.says) for one in found])


def _relay(smtp: str, security: str, user: str, password_file: Path | None, authority: str) -> Relay:
    match = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\s]+):([0-9]{1,5})", smtp)
    if not match or not 0 < int(match[2]) < 65536:
        raise BadInput(f"--smtp {smtp!r}; write HOST:PORT, such as mail.example.org:587")
    password = os.environ.get(IN_ENVIRONMENT, "") if password_file is None else password_file.read_text(encoding="utf-8").strip()
    return Relay(match[1].strip("[]"), int(match[2]), security, user, password, authority)


def add_to(app: typer.Typer) -> None:
    for command in (digests, webhooks):
        app.command(command.__name__)(command)
