"""The command that puts what registers say of an agreement side by side: conflicts.

comity conflicts --from DIR --register uk-treaties
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from comity import sources
from comity.cli.asking import Asked, question
from comity.cli.rendering import print_json, show_notes, show_table
from comity.sources import Claim, Conflict
from comity.standing import Standing
from comity.terms import BadInput

COMPARED = ("uk-treaties", "un-treaties", "dcad")
MOST_ROWS = 40


@question(without=("strict",))
def conflicts(
    asked: Asked,
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Compare the registers in this folder (default: the registers' claims on record).")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", metavar="ID", help="Only this register: uk-treaties, un-treaties (with the UK's) or dcad.")
    ] = None,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only this agreement.")] = None,
) -> None:
    """Where registers differ from one another, or from what the acts yield, and what is likely behind it. Nothing is settled here."""
    if register is not None and register not in COMPARED:
        raise BadInput(f"--register {register!r}; choose one of {', '.join(COMPARED)}")
    if register is not None and folder is None:
        raise BadInput("--register needs --from DIR, the folder that holds the register")
    standing = asked.standing()
    notes = list[str]()
    if folder is None:
        chosen = [standing.record.agreement(agreement, standing.known).id] if agreement is not None else standing.known_agreements()
        found = sources.conflicts_on_record(standing, standing.progress(chosen))
    else:
        found = []
        for one in COMPARED if register is None else (register,):
            more, note = _of_register(one, folder, standing)
            found += more
            notes.append(note)
        found = [conflict for conflict in found if agreement in (None, conflict.agreement)]
    if asked.as_json:
        print_json({"conflicts": [_plain(one) for one in found], "by_cause": sources.by_cause(found), "compared": notes})
        return
    _show(found, notes)


def _of_register(register: str, folder: Path, standing: Standing) -> tuple[list[Conflict], str]:
    """What is in conflict within a register, or between two, and how much was compared."""
    tables = sources.read_tables(register, folder)
    if register == "un-treaties":
        records = sources.read_tables("uk-treaties", folder)["records"]
        same, there = sources.same_agreements(), set(standing.record.ids)
        held = {un: id_ for un, id_ in same.items() if id_ in there}
        numbers = {un: (standing.record.agreement(id_).registration or "").rpartition(" ")[2] for un, id_ in held.items()}
        matches = sources.matched(tables["index"], records, numbers)
        claims, titles = sources.claims_of_both(matches, tables["index"], records)
        for match in matches:
            if match.un in held:
                derived = sources.derived_claims(standing, held[match.un])
                claims += [Claim(f"un-{match.un}", c.about, c.day, c.source, c.party) for c in derived if c.about in ("in_force", "ended")]
        return sources.conflicts_between(claims, titles), f"un-treaties and uk-treaties: {len(matches)} treaties are in both"
    claims, titles = sources.claims_of_uk_treaties(tables["records"]) if register == "uk-treaties" else sources.claims_of_dcad(tables["agreements"])
    dated = sum(c.about == "in_force" and ("signed" in c.also or "adopted" in c.also) for c in claims)
    return sources.before_signature(claims, titles), f"{register}: {dated} agreements have a day of signature or adoption and one of entry into force"


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
    return {"about": sources.ABOUT[claim.about], "party": claim.party, "day": claim.day.isoformat(), "source": claim.source}


def _show(found: list[Conflict], notes: list[str]) -> None:
    if not found:
        print("nothing differs in what was compared")
        show_notes(notes)
        return
    rows = [(c.agreement, _said(c.one), _said(c.other), f"{c.days:+d}", c.likely) for c in found[:MOST_ROWS]]
    show_table(("agreement", "one says", "the other says", "days", "likely"), rows)
    if len(found) > MOST_ROWS:
        show_notes([f"and {len(found) - MOST_ROWS} more (all with --json)"])
    meant = {cause.name: cause.says for cause in sources.CAUSES}
    counted = [(name, number, meant.get(name, "the two days do not look like any of these")) for name, number in sources.by_cause(found).items()]
    show_table(("likely cause", "how many", "what it means"), counted)
    show_notes(notes)


def _said(claim: Claim) -> str:
    who = f" of {claim.party}" if claim.party else ""
    return f"{sources.ABOUT[claim.about]}{who} {claim.day} ({claim.source})"


def add_to(app: typer.Typer) -> None:
    app.command("conflicts")(conflicts)
