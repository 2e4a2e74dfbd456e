"""Commands that ask about one agreement: in-force, bound, between, timeline."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.asking import Json, Known, On, Strict, Viewer, ask
from comity.cli.rendering import print_json, show, show_table
from comity.standing import answer_to_plain, change_to_plain

Id = Annotated[str, typer.Argument(metavar="ID", help="The agreement's id, for instance nato-treaty.")]
PartyCode = Annotated[str, typer.Argument(metavar="PARTY", help="The party's code, for instance FIN.")]


def in_force(
    context: typer.Context, agreement: Id, on: On = "", known: Known = "", viewer: Viewer = "", strict: Strict = False, as_json: Json = False
) -> None:
    """Is an agreement in force?"""
    answer = ask(context, on, known, viewer, strict).in_force(agreement)
    print_json(answer_to_plain(answer)) if as_json else show(answer)


def bound(
    context: typer.Context,
    party: PartyCode,
    agreement: Id,
    territory: Annotated[str, typer.Option("--for", metavar="TERRITORY", help="Ask for one territory of the party.")] = "",
    on: On = "",
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Does an agreement bind a party, and in which mode?"""
    answer = ask(context, on, known, viewer, strict).bound(party, agreement, territory=territory or None)
    print_json(answer_to_plain(answer)) if as_json else show(answer)


def between(
    context: typer.Context,
    a: PartyCode,
    b: PartyCode,
    agreement: Annotated[str, typer.Option("--agreement", metavar="ID", help="Ask about this agreement (default: list all that bind the two).")] = "",
    on: On = "",
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """What is in force between two parties, in which text, with which exceptions?"""
    standing = ask(context, on, known, viewer, strict)
    if agreement:
        answer = standing.between(a, b, agreement)
        print_json(answer_to_plain(answer)) if as_json else show(answer)
        return
    answers = standing.agreements_between(a, b)
    if as_json:
        print_json({"agreements": [{"agreement": x.question.rpartition(" ")[2], **answer_to_plain(x)} for x in answers]})
        return
    rows = [(x.question.rpartition(" ")[2], x.verdict, x.since, ", ".join(x.text), len(x.exceptions) or "") for x in answers]
    show_table(("agreement", "in force", "since", "text", "exceptions"), rows, f"{a} and {b} on {standing.on}")


def timeline(
    context: typer.Context,
    agreement: Id,
    party: Annotated[str, typer.Argument(metavar="[PARTY]", help="Only this party.")] = "",
    on: On = "",
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Every change of standing, with the act that made it."""
    changes = ask(context, on, known, viewer, strict).timeline(agreement, party or None)
    if as_json:
        print_json({"changes": [change_to_plain(c) for c in changes]})
        return
    rows = [(c.on, c.party or "the agreement", c.mode or c.verdict, c.verdict, c.because[0].says if c.because else "") for c in changes]
    show_table(("on", "who", "standing", "bound", "because"), rows)


def add_to(app: typer.Typer) -> None:
    app.command("in-force")(in_force)
    app.command("bound")(bound)
    app.command("between")(between)
    app.command("timeline")(timeline)
