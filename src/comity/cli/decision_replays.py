"""Commands about votes that were really taken: counted anew under the rules on record.

comity decision replay --from FOLDER --session 25 --differences
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from comity import registers, votes
from comity.cli.asking import Asked, question
from comity.cli.decisions import group
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.registers import RollCallsRead
from comity.sources import Store, where
from comity.terms import BadInput
from comity.votes import Outcome, ReplayCounts, ReplayedVote, ReplayReport, RollCall

ORDINARY, IMPORTANT = "un-charter/general-assembly", "un-charter/general-assembly-important"
SOURCE = "unga"
MOST_ROWS = 40
"""So many roll calls are shown; all are with --json."""
_SAID = {Outcome.ADOPTED: "adopted", Outcome.NOT_ADOPTED: "not adopted", Outcome.NO_QUORUM: "no quorum", None: "not known"}


@question(without=("on", "strict"))
def replay(
    asked: Asked,
    rules: Annotated[
        list[str] | None, typer.Argument(metavar="[RULE]...", help=f"The rules to count by (default: {ORDINARY} and {IMPORTANT}).")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Where its files are (default: where they were fetched to).")] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only the votes of this year.")] = None,
    session: Annotated[int | None, typer.Option("--session", metavar="NUMBER", help="Only the votes of this session of the Assembly.")] = None,
    differences: Annotated[
        bool, typer.Option("--differences", help="Show the votes whose outcome hangs on the rule, is not known, or is not what is told of it.")
    ] = False,
) -> None:
    """The recorded votes of the General Assembly, each counted under the rules and by the members of its day.

    They are those of the source unga; fetch it with: comity sources fetch unga
    """
    standing = asked.standing()
    read = registers.read_roll_calls(folder if folder is not None else Store(where()).fetched(SOURCE), standing.record.register)
    calls = [call for call in read.calls if session in (None, call.session) and year in (None, call.first.year)]
    if not calls:
        raise _nothing(read, year, session)
    chosen = tuple(dict.fromkeys(rules or (ORDINARY, IMPORTANT)))
    replayed = list(votes.replay(standing, chosen, calls))
    report = votes.replay_report(replayed)
    shown = [vote for vote in replayed if vote.differs or vote.outcome is None or vote.contradicts] if differences else replayed
    if asked.as_json:
        lost = [
            {"name": one.name, "code": one.code, "votes": one.votes, "first": f"{one.first}", "last": f"{one.last}", "why": one.why}
            for one in read.not_named
        ]
        print_json({"source": SOURCE, "rules": list(chosen), "not_named": lost, **votes.replay_to_plain(report, shown)})
        return
    _show(report, calls, chosen)
    if differences:
        _show_votes(shown, chosen)
    _show_members(report)
    show_notes(_notes(report, read))


def _show(report: ReplayReport, calls: list[RollCall], rules: tuple[str, ...]) -> None:
    """How many came to what."""
    whole = report.whole
    console().print(
        f"{whole.calls:,} recorded votes from {min(c.first for c in calls)} to {max(c.last for c in calls)} "
        f"under {escape(', '.join(rules))}: [green]{whole.adopted:,} adopted[/], [red]{whole.not_adopted:,} not adopted[/], "
        f"[magenta]{whole.unknown:,} not known[/]",
        soft_wrap=True,
    )
    columns = ("decade", "votes", "adopted", "not adopted", "not known", "rules differ", "by question", "as told", "ties", "too few")
    show_table(columns, [_row(one) for one in (*report.decades, *((whole,) if len(report.decades) > 1 else ()))])


def _row(one: ReplayCounts) -> tuple[str, ...]:
    numbers = (one.calls, one.adopted, one.not_adopted, one.unknown, one.differing, one.by_question, one.as_told, one.ties, one.too_few)
    return ("all" if one.of is None else f"{one.of}s", *(f"{number:,}" if number else "" for number in numbers))


def _show_votes(shown: list[ReplayedVote], rules: tuple[str, ...]) -> None:
    """Roll calls, a line each."""
    if not shown:
        console().print("no vote whose outcome hangs on the rule, is not known, or is not what is told of it")
        return
    short = [rule.partition("/")[2] for rule in rules]
    show_table(("vote", "day", "symbol", "yes-no-abstaining", *short, "outcome", "about"), [_line(vote, rules) for vote in shown[:MOST_ROWS]])
    for vote in shown[:MOST_ROWS]:
        if vote.call.why:
            console().print(f"  [dim]{vote.call.number}: {escape(vote.call.why)}[/]")
    if len(shown) > MOST_ROWS:
        show_notes([f"and {len(shown) - MOST_ROWS:,} more (all with --json); narrow them with --year or --session"])


def _line(vote: ReplayedVote, rules: tuple[str, ...]) -> tuple[str, ...]:
    call = vote.call
    cast = [sum(one == said for one in call.ballots.values()) for said in ("yes", "no", "abstain")]
    under = [" or ".join(_SAID[outcome] for outcome in vote.outcomes(rule)) or "not counted" for rule in rules]
    return (str(call.number), call.day, call.symbol, "-".join(map(str, cast)), *under, _SAID[vote.outcome], call.about[:40])


def _show_members(report: ReplayReport) -> None:
    """Who voted without a seat; who sat without a vote."""
    if report.unseated:
        unseated = [(one.code, one.votes, one.first.call.day, one.last.call.day) for one in report.unseated]
        show_table(("without a seat", "votes", "from", "to"), unseated)
    if report.silent:
        silent = [(one.code, votes.spans_of(one.sessions), one.calls) for one in report.silent]
        show_table(("no vote of this member", "in sessions", "votes taken in them"), silent)


def _notes(report: ReplayReport, read: RollCallsRead) -> list[str]:
    told = [
        f"{one.name} ({one.votes} {'vote' if one.votes == 1 else 'votes'}, {one.first} to {one.last}) is nobody on record: {one.why}"
        for one in read.not_named
    ]
    if report.perhaps:
        told.append(
            f"{report.perhaps:,} votes are of members whose seat began or ended in the month of the vote, or is in doubt; they were counted both ways"
        )
    if report.contradictions:
        told.append(f"told to be adopted, and not adopted by the count: {', '.join(str(vote.call.number) for vote in report.contradictions)}")
    return [*told, "the file tells votes, no totals, and of who did not vote not whether it was there: fewer votes than a quorum settle nothing"]


def _nothing(read: RollCallsRead, year: int | None, session: int | None) -> BadInput:
    if not read.calls:
        return BadInput("the file has no votes; give the one that the record of unga names")
    asked = " and ".join([f"--year {year}"] * (year is not None) + [f"--session {session}"] * (session is not None))
    sessions, first, last = [call.session for call in read.calls], min(call.first for call in read.calls), max(call.last for call in read.calls)
    return BadInput(f"no vote with {asked}; the file has sessions {min(sessions)} to {max(sessions)}, from {first:%Y-%m} to {last:%Y-%m}")


def add_to(app: typer.Typer) -> None:
    group.command("replay")(replay)
