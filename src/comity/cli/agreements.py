"""Commands that ask about one agreement: in-force, bound, between, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from comity.cli.asking import Asked, question
from comity.cli.rendering import show, show_notes, show_table
from comity.questions import BETWEEN, BOUND, IN_FORCE, TIMELINE
from comity.standing import CoveredChange, Standing
from comity.terms import Answer, Verdict

Id = Annotated[str, typer.Argument(metavar="ID", help="The agreement's id, for instance nato-treaty.")]
PartyCode = Annotated[str, typer.Argument(metavar="PARTY", help="The party's code, for instance FIN.")]


@question()
def in_force(asked: Asked, agreement: Id) -> None:
    """Is an agreement in force?"""
    asked.tell(IN_FORCE, _show, agreement=agreement)


@question()
def bound(
    asked: Asked,
    party: PartyCode,
    agreement: Id,
    territory: Annotated[str | None, typer.Option("--for", metavar="TERRITORY", help="Ask for one territory of the party.")] = None,
) -> None:
    """Does an agreement bind a party, and in which mode?"""
    asked.tell(BOUND, _show, party=party, agreement=agreement, territory=territory)


@question()
def between(
    asked: Asked,
    a: PartyCode,
    b: PartyCode,
    agreement: Annotated[
        str | None, typer.Option("--agreement", metavar="ID", help="Ask about this agreement (default: list all that bind the two).")
    ] = None,
) -> None:
    """What is in force between two parties, in which text, with which exceptions?"""
    asked.tell(BETWEEN, lambda found, standing: _show_between(found, f"{a} and {b} on {standing.on}"), a=a, b=b, agreement=agreement)


def _show(answer: Answer, standing: Standing) -> None:
    show(answer)


def _show_between(found: Answer | list[Answer], title: str) -> None:
    if isinstance(found, Answer):
        show(found)
        return
    rows = [(x.question.rpartition(" ")[2], x.verdict, x.since, ", ".join(x.text), len(x.exceptions) or "") for x in found]
    show_table(("agreement", "in force", "since", "text", "exceptions"), rows, title)


@question()
def timeline(asked: Asked, agreement: Id, party: Annotated[str | None, typer.Argument(metavar="[PARTY]", help="Only this party.")] = None) -> None:
    """Every change of standing, with the act that made it, and from which day on the record is not complete for it."""
    asked.tell(TIMELINE, _show_changes, agreement=agreement, party=party)


def _show_changes(found: Sequence[CoveredChange], standing: Standing) -> None:
    rows = [
        (
            c.change.on,
            c.change.party or "the agreement",
            c.change.mode or c.change.verdict,
            c.beyond if c.uncovered else c.change.verdict,
            c.incomplete_from,
            c.change.because[0].says if c.change.because else "",
        )
        for c in found
    ]
    show_table(("on", "who", "standing", "bound", "incomplete from", "because"), rows)
    show_notes(completeness_of([c for c in found if c.end is None]))


def completeness_of(last: Sequence[CoveredChange]) -> list[str]:
    """To which day the record is complete for each standing that has no end on record, and what holds later."""
    found: dict[str, list[str]] = {}
    for c in last:
        if c.incomplete_from is not None:
            then = "unknown" if c.beyond is Verdict.UNKNOWN else "presumed"
            reach = f"the record is complete to {c.reach}; later standing is {then}" if c.reach else f"not covered by the record; standing is {then}"
            found.setdefault(reach, []).append(c.change.party or "the agreement")
    return [f"{who[0] if len(who) == 1 else f'{len(who)} of the above'}: {says}" for says, who in found.items()]


def add_to(app: typer.Typer) -> None:
    app.command("in-force")(in_force)
    app.command("bound")(bound)
    app.command("between")(between)
    app.command("timeline")(timeline)
