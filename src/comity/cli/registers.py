"""Commands about registers of agreements: a book of what one says; what registers say of an agreement side by side.

comity registers book dcad --from DIR OUT
comity conflicts --from DIR --register uk-treaties
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Any

import typer

from comity import registers
from comity.agreements import number_of
from comity.book import write_files
from comity.cli.asking import Asked, opened, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.registers import COMPARED, Claim, Conflict
from comity.sources import Store, where
from comity.standing import Standing
from comity.terms import BadInput

MOST_ROWS = 40


@question(without=("strict",))
def conflicts(
    asked: Asked,
    folder: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Compare the registers in this folder.")] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="ID", help="Only this register: uk-treaties, un-treaties (with the UK's) or dcad.")
    ] = None,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only this agreement.")] = None,
) -> None:
    """Where registers differ from one another, or from what the acts yield, and what is likely behind it. Nothing is settled here.

    Without --from or --register: the registers' claims that are on record. With --register alone: that one, as it was fetched.
    """
    if register is not None and register not in COMPARED:
        raise BadInput(f"--register {register!r}; choose one of {', '.join(COMPARED)}")
    standing = asked.standing()
    notes = list[str]()
    if folder is None and register is None:
        chosen = [standing.record.agreement(agreement, standing.known).id] if agreement is not None else standing.known_agreements()
        found = registers.conflicts_on_record(standing, standing.progress(chosen))
    else:
        found = []
        for one in COMPARED if register is None else (register,):
            more, note = _of_register(one, folder, standing)
            found += more
            notes.append(note)
        found = [conflict for conflict in found if agreement in (None, conflict.agreement)]
    if asked.as_json:
        print_json({"conflicts": [_plain(one) for one in found], "by_cause": registers.by_cause(found), "compared": notes})
        return
    _show(found, notes)


def _of_register(register: str, folder: Path | None, standing: Standing) -> tuple[list[Conflict], str]:
    """What is in conflict within a register, or between two, and how much was compared."""
    tables = _tables(register, folder)
    if register == "un-treaties":
        records = _tables("uk-treaties", folder)["treaties"]
        same, there = registers.same_agreements(), set(standing.record.ids)
        held = {un: id_ for un, id_ in same.items() if id_ in there}
        numbers = {un: number_of(standing.record.agreement(id_).registration) for un, id_ in held.items()}
        matches = registers.matched(tables["index"], records, numbers)
        claims, titles = registers.claims_of_both(matches, tables["index"], records)
        for match in matches:
            if match.un in held:
                derived = registers.derived_claims(standing, held[match.un])
                claims += [Claim(f"un-{match.un}", c.about, c.day, c.source, c.party) for c in derived if c.about in ("in_force", "ended")]
        return registers.conflicts_between(claims, titles), f"un-treaties and uk-treaties: {len(matches)} treaties are in both"
    claims, titles = (
        registers.claims_of_uk_treaties(tables["treaties"]) if register == "uk-treaties" else registers.claims_of_dcad(tables["agreements"])
    )
    dated = sum(c.about == "in_force" and ("signed" in c.also or "adopted" in c.also) for c in claims)
    return registers.before_signature(
        claims, titles
    ), f"{register}: {dated} agreements have a day of signature or adoption and one of entry into force"


def _tables(register: str, folder: Path | None) -> dict[str, Any]:
    """A register's rows, out of a folder, or as they were fetched."""
    return registers.read_tables(register, folder if folder is not None else Store(where()).fetched(register))


def _plain(conflict: Conflict) -> dict[str, Any]:
    return {
        "agreement": conflict.agreement,
        "title": conflict.title,
        "one": _side(conflict.one),
        "other": _side(conflict.other),
        "days": conflict.days,
        "causes": list(conflict.causes),
    }


def _side(claim: Claim) -> dict[str, Any]:
    return {"about": registers.ABOUT[claim.about], "party": claim.party, "day": claim.day.isoformat(), "source": claim.source}


def _show(found: list[Conflict], notes: list[str]) -> None:
    if not found:
        print("nothing differs in what was compared")
        show_notes(notes)
        return
    rows = [(c.agreement, _said(c.one), _said(c.other), f"{c.days:+d}", c.likely) for c in found[:MOST_ROWS]]
    show_table(("agreement", "one says", "the other says", "days", "likely"), rows)
    if len(found) > MOST_ROWS:
        show_notes([f"and {len(found) - MOST_ROWS} more (all with --json)"])
    meant = {cause.name: cause.says for cause in registers.CAUSES}
    counted = [(name, number, meant.get(name, "the two days do not look like any of these")) for name, number in registers.by_cause(found).items()]
    show_table(("likely cause", "how many", "what it means"), counted)
    show_notes(notes)


def _said(claim: Claim) -> str:
    who = f" of {claim.party}" if claim.party else ""
    return f"{registers.ABOUT[claim.about]}{who} {claim.day} ({claim.source})"


def book(
    context: typer.Context,
    register: Annotated[str, typer.Argument(metavar="ID", help=f"{', '.join(registers.REGISTERS)}.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of the book, which is made.")],
    folder: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Where its files are (default: where they were fetched to).")] = None,
    beside: Annotated[
        bool,
        typer.Option("--beside", help="With the record's own agreements, so that acts under one of them stand there: to be taken into its ledger."),
    ] = False,
) -> None:
    """Write what a register says as a book, to be asked or taken into a ledger; and beside it the rows that were not taken, and why."""
    if out.exists():
        raise BadInput(f"{str(out)!r} is there already; give another name, or remove it")
    tables = _tables(register, folder)
    kept = opened(context).book
    shared = ("parties.toml", "book.toml") if context.obj.ledger is not None else ("parties.toml",)  # a ledger has one of each, taken in whole
    base = {name: text for name, text in kept.files.items() if name in shared or (beside and not name.startswith(("acts/", "attachments/")))}
    taken = registers.take_rows(register, tables, kept.record.register, kept.record.ids if beside else ())
    (out / "agreements").mkdir(parents=True)  # a book has it, if nothing is in it
    write_files(registers.files_of(taken, base), out)
    listed = out.with_name(f"{out.name}-not-taken.csv")
    with listed.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "part", "reason", "says"), *((n.row, n.part, n.reason, n.says) for n in taken.listed)])
    console().print(
        f"{taken.taken:,} of {taken.rows:,} rows taken: {len(taken.acts):,} acts and {len(taken.agreements):,} agreements in {out}; "
        f"what was not, with the reason: {listed}",
        soft_wrap=True,
    )


group = typer.Typer(name="registers", no_args_is_help=True, help="Registers and data sets of agreements, as books of acts.")
group.command("book")(book)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group)
    app.command("conflicts")(conflicts)
