"""Commands about missions and pools on record: a mission's file as acts to be put there; the accounts of a pool.

comity mission acts mission.toml --made 2026-11-02 -o acts.csv
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity import missions
from comity.acts import Entry, Source
from comity.book import row_of, write_rows
from comity.cli.asking import Asked, question, read_day
from comity.cli.missions import group, room
from comity.cli.missions_filled import write
from comity.cli.programme_files import text_of
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.missions import Account, TooMuch
from comity.terms import BadInput


def acts(
    mission: Annotated[Path, typer.Argument(metavar="FILE", help="The mission's file.")],
    made: Annotated[str | None, typer.Option("--made", metavar="DAY", help="On which day all of it was done (default: today).")] = None,
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it is told.")] = "",
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the rows here.")] = None,
) -> None:
    """What a mission's file says, as rows of acts to be put on record: what each party pledged, what the organ required and accepted."""
    given = room().read_mission(text_of(mission), mission.name)
    if not given.organ:
        raise BadInput(f'{mission.name} does not say who has the forces generated; add organ = "EU" at its top')
    day = read_day("--made", made)
    told = Source(source or f"{mission.name}, planned", "memory")
    found = missions.acts_of_mission(given.mission, given.organ, day, told, given.agreement)
    refs = {act.hash: act.ref for act in found}
    text = write_rows([row_of(Entry(act, day), refs.get(act.replies_to or ""), recorded=False) for act in found])
    if given.mission.mandate and not missions.has_mandate_acts(given.mission, given.agreement):
        typer.echo("note: the mandate is not among them; it is the organ's act under an agreement (agreement = ...), for a territory", err=True)
    if output is None:
        print(text, end="")
        return
    write(output, text)
    console().print(f"written: {output}, {len(found)} acts; shares, ceilings, cover and burdens are no acts and stay in the file", soft_wrap=True)


@question(without=("strict",))
def pool(
    asked: Asked,
    name: Annotated[str, typer.Argument(metavar="POOL", help="The pool's name on record.")],
    member: Annotated[str | None, typer.Option("--member", metavar="PARTY", help="Only this member, with all that it owes.")] = None,
) -> None:
    """The accounts of a pool on a day: what each member gave and took, its balance, what it owes and what of that is overdue."""
    standing = asked.standing()
    found = missions.pool_on_record(standing, name)
    whole = found.pool
    accounts = [one for one in missions.statement(whole, standing.on) if member in (None, one.member)]
    if member is not None and not accounts:
        raise BadInput(f"--member {member!r}: it neither gave to the pool nor took from it by {standing.on}, and has no limit")
    over = missions.too_much(whole, standing.on)
    if asked.as_json:
        print_json(
            {
                "pool": name,
                "item": whole.item,
                "on": standing.on.isoformat(),
                "accounts": [_account(one) for one in accounts],
                "too_much": [_over(one) for one in over],
                "notes": list(found.findings),
            }
        )
        return
    show_notes(found.findings)
    show_table(
        ("member", "given", "taken", f"balance in {whole.item}" if whole.item else "balance", "may owe", "owes", "overdue"),
        [_row(one, name, whole.limit(one.member)) for one in accounts],
    )
    for account in accounts if member is not None else ():
        show_table(("taken on", "owed", "due", "act"), [(str(one.taken), one.amount, str(one.due), one.ref) for one in account.owed])
    for one in over:
        who = "the pool gives what it has not got" if one.member == name else f"{one.member} owes more than it may"
        console().print(f"[yellow]finding[/] {one.ref}: {who}, by {one.over}, from {one.day}", soft_wrap=True)


def _row(one: Account, pool: str, limit: int | None) -> tuple[object, ...]:
    balance = f"{one.balance:,}" + (f" ({one.least:,} to {one.most:,})" if one.least != one.most else "")
    if one.member == pool:
        return one.member, one.given, one.taken, balance, "", "", ""
    return one.member, one.given, one.taken, balance, "no limit" if limit is None else limit, sum(each.amount for each in one.owed), one.overdue


def _account(one: Account) -> dict[str, object]:
    return {
        "member": one.member,
        "given": one.given,
        "taken": one.taken,
        "balance": one.balance,
        "least": one.least,
        "most": one.most,
        "overdue": one.overdue,
        "owed": [{"taken": str(each.taken), "due": str(each.due), "amount": each.amount, "act": each.ref} for each in one.owed],
    }


def _over(one: TooMuch) -> dict[str, object]:
    return {"act": one.ref, "member": one.member, "day": str(one.day), "over": one.over}


def add_to(app: typer.Typer) -> None:
    for command in (acts, pool):
        group.command(command.__name__)(command)
