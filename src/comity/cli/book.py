"""Commands about the record itself: check, agreements, parties, acts, ladders, kinds, serve."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity.acts import kinds as all_kinds
from comity.cli.asking import Json, opened, today
from comity.cli.ledger import signer_of
from comity.cli.rendering import console, print_json, show_table
from comity.ledger import SignatureType
from comity.standing import Signers, entry_to_plain
from comity.standing.plain import ladder_to_plain
from comity.terms import BadInput, Classification


def check(context: typer.Context, as_json: Json = False) -> None:
    """Read the whole book and list every problem, with file and line. Exit 1 if there is any."""
    found = opened(context)
    problems = found.book.problems
    if as_json:
        print_json(
            {
                "problems": [{"file": p.file, "line": p.line, "says": p.says} for p in problems],
                "agreements": len(found.record.agreements),
                "acts": len(found.record.entries),
                "parties": len(found.record.register.parties),
            }
        )
    else:
        for problem in problems:
            print(problem)
        record = found.record
        console().print(
            f"{len(record.agreements)} agreements, {len(record.entries)} acts, {len(record.register.parties)} parties: {len(problems)} problems"
        )
    raise typer.Exit(1 if problems else 0)


def agreements(context: typer.Context, as_json: Json = False) -> None:
    """The agreements on record."""
    record = opened(context).record
    rows = [(a.id, a.short, a.form, a.concluded, len(record.entries_of(a.id))) for a in (record.agreement(i) for i in record.ids)]
    if as_json:
        print_json(
            {
                "agreements": [
                    {"id": i, "short": s, "form": f, "concluded": c.isoformat(), "acts": n, "title": record.agreement(i).title}
                    for i, s, f, c, n in rows
                ]
            }
        )
        return
    show_table(("id", "name", "form", "concluded", "acts"), rows)


def parties(context: typer.Context, as_json: Json = False) -> None:
    """The states, organisations, organs and forces on record."""
    found = opened(context).record.register.parties.values()
    if as_json:
        print_json({"parties": [{"code": p.code, "kind": p.kind, "name": p.names[-1].name, "exists": p.exists_on(today())} for p in found]})
        return
    show_table(("code", "kind", "name", ""), [(p.code, p.kind, p.names[-1].name, "" if p.exists_on(today()) else "ended") for p in found])


def acts(
    context: typer.Context,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only acts under this agreement.")] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only acts of this party.")] = None,
    as_json: Json = False,
) -> None:
    """The acts on record."""
    record = opened(context).record
    if agreement is not None:
        record.agreement(agreement)
    if party is not None:
        record.party(party)
    found = [e for e in record.entries if agreement in (None, e.act.agreement) and party in (None, e.act.actor)]
    if as_json:
        signers = Signers(record, date.max, None)
        print_json({"acts": [entry_to_plain(e, signers.signed(e)) for e in found]})
        return
    rows = [(e.act.done, e.act.actor, e.act.kind, e.act.agreement, e.act.ref, e.act.source.citation) for e in found]
    show_table(("made", "actor", "kind", "agreement", "ref", "source"), rows)


def ladders(
    context: typer.Context,
    policy: Annotated[str | None, typer.Argument(metavar="POLICY", help="Only the ladder of this policy.")] = None,
    as_json: Json = False,
) -> None:
    """The classification ladders on record, each from its lowest level to its highest."""
    record = opened(context).record
    found = sorted(record.ladders, key=lambda ladder: ladder.policy) if policy is None else [record.ladder(policy)]
    if as_json:
        print_json({"ladders": [ladder_to_plain(ladder) for ladder in found]})
        return
    rows = [
        (ladder.policy, ladder.owner, level.rank, level.name, ", ".join(level.also), _days_of_use(level))
        for ladder in found
        for level in sorted(ladder.levels, key=lambda level: level.rank)
    ]
    show_table(("policy", "owner", "rank", "level", "also", "in use"), rows)


def _days_of_use(level: Classification) -> str:
    since, until = (day.isoformat() if day is not None else "" for day in (level.from_, level.until))
    return " ".join(part for part in (since and f"from {since}", until and f"until {until}") if part)


def kinds(as_json: Json = False) -> None:
    """The kinds of act, with what each needs and may carry."""
    if as_json:
        print_json(
            {
                "kinds": [
                    {"name": k.name, "group": k.group, "gloss": k.gloss, "source": k.source, "needs": list(k.needs), "details": sorted(k.details)}
                    for k in all_kinds().values()
                ]
            }
        )
        return
    show_table(
        ("kind", "group", "what it is", "needs", "details"),
        [(k.name, k.group, k.gloss, ", ".join(k.needs), ", ".join(k.details)) for k in all_kinds().values()],
    )


def serve(
    context: typer.Context,
    port: Annotated[str, typer.Option("--port", metavar="PORT", help="Port on 127.0.0.1.")] = "8000",
    people: Annotated[
        str | None,
        typer.Option(
            "--people", metavar="URL", envvar="COMITY_PEOPLE", help="With accounts, kept there: sqlite:///FILE or postgresql://USER@HOST/NAME."
        ),
    ] = None,
    oidc: Annotated[
        str | None,
        typer.Option("--oidc", metavar="FILE", envvar="COMITY_OIDC", help="A file that names the OpenID providers by which people sign in."),
    ] = None,
    people_key: Annotated[
        str | None,
        typer.Option(
            "--people-key", metavar="FILE", envvar="COMITY_PEOPLE_KEY", help="The key that seals second factors (default: beside --people)."
        ),
    ] = None,
    drafts: Annotated[
        Path | None, typer.Option("--drafts", metavar="FILE", help="Keep what people have begun to record in this file (default: in memory).")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The ledger's private key: the pages certify copies with it.")] = None,
) -> None:
    """Serve the book's pages at http://127.0.0.1:PORT (this machine only)."""
    from comity.web.people import choose, keeper_of
    from comity.web.serving import serve as run

    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise BadInput(f"--port {port!r}; choose one between 1 and 65535")
    if people:
        choose(people, oidc, people_key)
        keeper_of(people).check()
    elif oidc:
        raise BadInput("--oidc: people sign in where there are accounts; say where they are kept with --people")
    signer = None if key is None else lambda ledger: signer_of(ledger, key, SignatureType.ED25519)
    run(opened(context), int(port), drafts, signer)


def add_to(app: typer.Typer) -> None:
    for command in (check, agreements, parties, acts, ladders, kinds, serve):
        app.command(command.__name__)(command)
