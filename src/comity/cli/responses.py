"""The command that asks who is obliged when a state is attacked: as a list, as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich.markup import escape

from comity.cli.asking import Asked, question
from comity.cli.rendering import COLOURS, console, show_notes, show_reasons
from comity.questions import OBLIGED
from comity.responses import BothSides, Invocation, Response, Row
from comity.standing import Standing
from comity.terms import Verdict

By = Annotated[
    str | None,
    typer.Option("--by", metavar="CODES", help="Who attacks: codes of states, or non-state, or cyber; commas between. Left out: not told."),
]
Place = Annotated[
    str | None, typer.Option("--place", metavar="WORDS", help="Where: a state or territory by its code, own, or a region; commas between.")
]
MOST, FEW = 12, 6
"""So many parties are named in a line; so few where the line is about peace alone."""
_DUTIES = {
    ("attacked", "defence"): "to help {to}",
    ("attacked", "consultation"): "to consult with {to}",
    ("attacked", "offence"): "to fight beside {to} in other cases than an attack on it",
    ("attacked", "neutrality"): "to stay neutral towards {to}",
    ("attacked", "non-aggression"): "not to use force against {to}",
    ("attacker", "offence"): "to fight beside {to}, which attacks",
    ("attacker", "neutrality"): "to stay neutral towards {to}, which attacks",
    ("attacker", "non-aggression"): "not to use force against {to}, which attacks",
}
_CONFLICTS = {
    "breach": "{party}: attacks one to whom peace or help is owed",
    "common-ally": "{party}: attacks, while bound by the agreement under which others owe help",
    "torn": "{party}: to help the one attacked, and owing the attacker help or peace too",
}


@question()
def obliged(
    asked: Asked,
    attacked: Annotated[str, typer.Option("--attacked", metavar="CODE", help="The state that is attacked.")],
    by: By = None,
    place: Place = None,
    provoked: Annotated[str | None, typer.Option("--provoked", metavar="YES/NO", help="Did the one attacked provoke it? Left out: not told.")] = None,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="By this agreement alone.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Also why each agreement is in force between the two.")] = False,
) -> None:
    """Who is obliged when a state is attacked: to help, to consult, to stay out of it; under which clause and conditions, and who has answered."""
    asked.tell(
        OBLIGED, lambda found, standing: _show(found, standing, why=why),
        attacked=attacked, by=by, place=place, provoked=provoked, agreement=agreement,
    )  # fmt: skip


def _show(found: Response, standing: Standing, *, why: bool) -> None:
    out, attack = console(), found.attack
    by = ", ".join([*attack.by, *([attack.nature] if attack.nature != "armed" else [])]) or "somebody"
    out.print(f"[bold]{escape(attack.attacked)}[/] attacked by {escape(by)} on {found.on}{_where(found)}")
    owing = found.owing("defence")
    for verdict in (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN):
        who = [party for party, said in owing.items() if said is verdict]
        if who:
            out.print(f"  [bold {COLOURS[verdict]}]{verdict.upper()}[/]  obliged to help: {', '.join(who)}")
    if not owing:
        out.print("  nobody on record is obliged to help")
    told = _together(found.rows)
    for rows in told:
        if not _is_plain(rows[0]):
            _show_clause(rows, why=why)
    for rows in told:
        if _is_plain(rows[0]):
            _show_in_a_line(rows, attack.by, why=why)
    _show_conflicts(found.conflicts)
    for invocation in found.invocations:
        _show_invocation(invocation)
    show_notes(found.notes)


def _where(found: Response) -> str:
    attack = found.attack
    where = f", in {', '.join(attack.places)}" if attack.places else ""
    provoked = {None: "", True: ", provoked", False: ", unprovoked"}[attack.provoked]
    return escape(f"{where}{provoked}")


def _together(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of one clause that come to the same for the same reasons."""
    found: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        line = row.line
        found[(line.side, line.agreement, line.place, line.creditor, row.owed.verdict, row.owed.tests)].append(row)
    return list(found.values())


def _is_plain(row: Row) -> bool:
    """Is it a promise of peace that no condition hangs on? Many of these hold between all states."""
    return row.line.clause.type == "non-aggression" and not row.owed.tests


def _show_in_a_line(rows: Sequence[Row], attackers: Sequence[str], *, why: bool) -> None:
    line, verdict = rows[0].line, rows[0].owed.verdict
    parties = sorted((row.line.debtor for row in rows), key=lambda party: (party not in attackers, party))
    duty = _DUTIES[line.side, line.clause.type].format(to=line.creditor)
    who = _named(parties, FEW)
    console().print(f"[{COLOURS[verdict]}]{verdict}[/]  {who}: {escape(duty)} [dim](by {escape(line.agreement)} {escape(line.clause.article)})[/]")
    for row in rows if why else ():
        show_reasons(f"in force between {row.line.debtor} and {row.line.creditor}", row.between.because)


def _show_clause(rows: Sequence[Row], *, why: bool) -> None:
    out, first = console(), rows[0]
    line, clause, verdict = first.line, first.line.clause, first.owed.verdict
    duty = _DUTIES[line.side, clause.type].format(to=line.creditor)
    memory = " [dim](from memory)[/]" if clause.read == "memory" else ""
    political = " [dim](political)[/]" if first.agreement.form == "political" else ""
    out.print(f"[{COLOURS[verdict]}]{verdict}[/]  {_named([row.line.debtor for row in rows])}: {escape(duty)}")
    out.print(f"     [dim]by[/] {escape(line.agreement)} {escape(clause.article)}{_since(rows)}{memory}{political}")
    out.print(f"     {escape(clause.says)}", style="dim")
    for test in first.owed.tests:
        mark = {Verdict.YES: "[green]✓[/]", Verdict.NO: "[red]✗[/]"}.get(test.verdict, "[magenta]?[/]")
        depends = f" — depends on {escape(test.decided_by)}" if test.decided_by and test.what not in ("besides", "case") else ""
        out.print(f"     {mark} {escape(test.says)}{depends}")
    for row in rows:
        for one in row.answered:
            out.print(f"     [cyan]{escape(one.by)}[/] {escape(one.kind)} {one.on}{_details(one.details)}")
        if why:
            show_reasons(f"in force between {row.line.debtor} and {row.line.creditor}", row.between.because)


def _since(rows: Sequence[Row]) -> str:
    days = {row.since for row in rows}
    day = days.pop() if len(days) == 1 else None
    return f" [dim]since[/] {day}" if day is not None else ""


def _named(parties: Sequence[str], most: int = MOST) -> str:
    more = f" and {len(parties) - most} more" if len(parties) > most else ""
    return escape(f"{', '.join(parties[:most])}{more}")


def _show_conflicts(found: Iterable[BothSides]) -> None:
    """Those on both sides, together where it is by the same agreements."""
    alike: dict[tuple[str, Verdict, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in found:
        alike[one.kind, one.verdict, one.agreements].append(one.party)
    for (kind, verdict, agreements), parties in alike.items():
        sure = "" if verdict is Verdict.YES else f" ({verdict})"
        says = _CONFLICTS[kind].format(party=_named(parties))
        console().print(f"[yellow]both sides[/]  {says}{sure}: {escape(', '.join(agreements))}")


def _show_invocation(one: Invocation) -> None:
    article = f" {one.article}" if one.article else ""
    sure = "" if one.certain else " [yellow](uncertain)[/]"
    console().print(f"[cyan]invoked[/]  {escape(f'{one.agreement}{article} by {one.by}, {one.on}')}{sure}{_details(one.details)}")
    for answer in one.answers:
        console().print(f"     [cyan]{escape(answer.by)}[/] {escape(answer.kind)} {answer.on}{_details(answer.details)}")


def _details(details: Iterable[tuple[str, str]]) -> str:
    told = "; ".join(f"{name} {value}" for name, value in details)
    return f" [dim]{escape(told)}[/]" if told else ""


def add_to(app: typer.Typer) -> None:
    app.command("obliged")(obliged)
