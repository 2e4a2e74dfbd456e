"""Commands about procedure at home: where an agreement stands before a state may consent, the clock of sitting days, the procedures of states.

comity domestic clock GBR 2024-07-26 --sittings examples/sittings-gbr-2024.csv
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from comity import domestic as home
from comity.cli.asking import Asked, Json, question, read_day
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.domestic import ClockEnd, HomeProcedure, HomeStatus, SittingDays
from comity.terms import BadInput, Verdict

State = Annotated[str, typer.Argument(metavar="STATE", help="The state, by its code: GBR.")]
Sittings = Annotated[
    Path | None,
    typer.Option("--sittings", metavar="FILE", help="Sitting days (.csv, .xlsx): house, from, through, sits, source; without it none is known."),
]
Procedure = Annotated[str | None, typer.Option("--procedure", metavar="ID", help="This procedure (default: the one acts name, else the usual one).")]
_VERDICTS = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.CONTESTED: "contested", Verdict.UNKNOWN: "not known"}


@question(without=("strict",))
def status(
    asked: Asked,
    agreement: Annotated[str, typer.Argument(metavar="AGREEMENT", help="The agreement, by its id.")],
    state: State,
    procedure: Procedure = None,
    sittings: Sittings = None,
) -> None:
    """Where does the agreement stand at home, may the state consent by its own law, what is next, whose is it, what may delay it?"""
    standing = asked.standing()
    standing.record.party(state)
    standing.record.agreement(agreement, standing.known)
    found = home.home_status(standing, agreement, state, _sittings(sittings, state), procedure)
    if asked.as_json:
        print_json(home.home_to_plain(found))
        return
    _say(found)


def _say(found: HomeStatus) -> None:
    out, law = console(), found.procedure
    memory = {"text": "", "secondary": ", by a secondary source", "memory": ", from memory"}[law.read]
    out.print(f"{found.agreement} in {found.state}: {law.title} ({law.law}{memory})", soft_wrap=True, markup=False)
    states = " or ".join(str(one) for one in found.states)
    out.print(states if found.verdict is Verdict.YES else f"{_VERDICTS[found.verdict]}: {states}", soft_wrap=True, markup=False)
    if found.ends is not None:
        out.print(f"scrutiny: {found.counted} of {found.days} days have passed; last day {_end(found.ends)}", soft_wrap=True, markup=False)
    out.print(f"may the state consent, by its own law: {_VERDICTS[found.may_consent]}", soft_wrap=True, markup=False)
    rows = [(s.state, s.what, ", ".join(s.whose), "; ".join(s.may_delay)) for s in home.next_steps(found)]
    show_table(("where it is", "next", "whose", "what may delay it"), rows)
    if found.report is not None:
        states = " or ".join(str(one) for one in found.report.states)
        due = "" if found.report.due is None else f", due {found.report.due}"
        out.print(f"report to the legislature: {states}{due}", soft_wrap=True, markup=False)
    if found.acts or found.consents:
        refs = ", ".join(act.ref for act in (*found.acts, *found.consents))
        out.print(f"acts: {refs}", soft_wrap=True, markup=False)
    if found.findings:
        show_table(("act", "what is odd about it"), [(one.where, one.says) for one in found.findings])
    show_notes(_notes(found))


def _notes(found: HomeStatus) -> list[str]:
    notes = []
    if not found.named:
        notes.append(f"no act says which procedure it goes through: told is the usual one of {found.state} (--procedure for another)")
    if found.may_consent is Verdict.UNKNOWN and found.verdict is Verdict.YES:
        notes.append("the record is not declared complete for the acts of the legislature on which that rests")
    return notes


def clock(
    state: State,
    laid: Annotated[str, typer.Argument(metavar="LAID-DAY", help="The day on which it is laid, or the legislature notified.")],
    procedure: Procedure = None,
    sittings: Sittings = None,
    as_json: Json = False,
) -> None:
    """When does the time end in which the legislature may object? Exactly within known sitting days; beyond them the earliest that it can be."""
    day = read_day("LAID-DAY", laid)
    law = home.procedure_in_force(state, procedure, day)
    known = _sittings(sittings, state)
    end = home.clock_end(law, known, day)
    if end is None or law.scrutiny is None:
        raise BadInput(f"the procedure {law.id!r} of {state} has no time in which the legislature may object; give another with --procedure")
    if as_json:
        print_json(
            {
                "state": state,
                "procedure": law.id,
                "laid": day.isoformat(),
                "days": law.scrutiny.days,
                "counted": law.scrutiny.counted,
                "end": home.clock_to_plain(end),
                "sources": list(known.sources),
            }
        )
        return
    out = console()
    out.print(f"laid {day}; {law.scrutiny.days} {law.scrutiny.counted} days; last day {_end(end)}", soft_wrap=True, markup=False)
    out.print(f"{law.scrutiny.says} ({law.law}, {law.scrutiny.article})", soft_wrap=True, markup=False)
    show_notes(f"sitting days: {source}" for source in known.sources)


def procedures(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Only of this state.")] = None,
    as_json: Json = False,
) -> None:
    """Which procedures at home are known, for what each is, by which law, and how it was read."""
    found = home.home_procedures() if state is None else home.procedures_of(state)
    if as_json:
        print_json({"procedures": [home.procedure_to_plain(one) for one in found]})
        return
    rows = [(p.state, f"{p.id}{' (usual)' if p.usual else ''}", p.from_, _needs(p), p.law, p.read, p.for_) for p in found]
    show_table(("state", "procedure", "from", "needs", "law", "read", "for"), rows)


def _needs(law: HomeProcedure) -> str:
    needs = [] if law.scrutiny is None else [f"{law.scrutiny.days} {law.scrutiny.counted} days"]
    if law.approvals:
        houses = " and ".join(law.houses[one.house] for one in law.approvals)
        needs.append(f"approval by {houses}{' if asked for' if law.scrutiny is not None else ''}")
    if law.report is not None:
        needs.append("a report afterwards")
    return "; ".join(needs) or "nothing"


def _end(end: ClockEnd) -> str:
    if end.exact is not None:
        return str(end.exact)
    latest = "the sitting days that are known do not reach so far" if end.latest is None else f"{end.latest} at the latest"
    return f"not known: {end.earliest} at the earliest, {latest}"


def _sittings(file: Path | None, state: str) -> SittingDays:
    if file is None:
        return home.NOTHING_KNOWN
    houses: Sequence[str] = tuple(home.procedures_of(state)[0].houses)
    return home.read_sittings(file.read_bytes(), file.name, houses)


group = typer.Typer(name="domestic", no_args_is_help=True, help="Procedure at home between signature and consent: where it stands, clocks, laws.")


def add_to(app: typer.Typer) -> None:
    for command in (status, clock, procedures):
        group.command(command.__name__)(command)
    app.add_typer(group)
