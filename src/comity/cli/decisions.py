"""Commands about decisions: the rules on record, and what votes come to under one of them.

comity decision simulate un-charter/security-council --on 2022-02-25 --no RUS --abstain CHN,IND,ARE --rest yes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast, get_args

import typer
from rich.markup import escape

from comity import votes
from comity.agreements.decision_rules import Vote, Without
from comity.cli.asking import Asked, question
from comity.cli.rendering import COLOURS, console, print_json, show_notes
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict
from comity.votes import DoubtReading, NamedRule, Outcome, Result, Roll

group = typer.Typer(name="decision", no_args_is_help=True, help="How states decide together: rules, electorates, votes.")
"""Commands of decisions, in files of their own, are added to this group."""
RuleName = Annotated[str, typer.Argument(metavar="RULE", help="The rule as AGREEMENT/RULE; list them with: comity decision rules")]
Facts = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="REASON=CODES", help=f"Who does not count, or has no vote, and why ({', '.join(get_args(Without))}); repeatable."),
]
MOST_NAMED = 15
"""So many members are named where somebody is none."""
_SAID = {Outcome.ADOPTED: "adopted", Outcome.NOT_ADOPTED: "not adopted", Outcome.NO_QUORUM: "no quorum"}
_LOOKS = {Outcome.ADOPTED: "green", Outcome.NOT_ADOPTED: "red", Outcome.NO_QUORUM: "red"}


def _option(name: str, how: str) -> typer.models.OptionInfo:
    return cast(typer.models.OptionInfo, typer.Option(f"--{name}", metavar="CODES", help=f"Who {how}; codes with commas between."))


@question(without=("strict",))
def rules(
    asked: Asked,
    of: Annotated[str | None, typer.Argument(metavar="OF", help="Only the rules of this body or agreement.")] = None,
) -> None:
    """The rules by which bodies decide on a day, each with its name, article and what it takes."""
    found = votes.rules_on_record(asked.standing(), of)
    if asked.as_json:
        print_json({"rules": [votes.rule_to_plain(one) for one in found]})
    elif found:
        for one in found:
            _show_rule(one)
    else:
        console().print("no rule of decision is on record on that day; a rule is a clause of kind decision of an agreement")


def _show_rule(one: NamedRule) -> None:
    """A rule in four lines."""
    out, rule = console(), one.rule
    days = "".join(f" [dim]{word} {day}[/]" for word, day in (("since", rule.start), ("until", rule.end)) if day is not None)
    out.print(f"[bold]{escape(one.name)}[/] [dim]({escape(rule.body)})[/]{days}", soft_wrap=True)
    out.print(f"  {escape(rule.matters)} [dim]\\[{escape(rule.article)}][/]")
    out.print(f"  {escape(votes.rule_in_words(rule))}")
    if rule.silence is not None or rule.read == "memory":
        told = ["may be decided by silence"] * (rule.silence is not None) + ["set down from memory"] * (rule.read == "memory")
        out.print(f"  [dim]{'; '.join(told)}[/]")


@question(without=("strict",))
def simulate(
    asked: Asked,
    rule: RuleName,
    yes: Annotated[str | None, _option("yes", "votes for it")] = None,
    no: Annotated[str | None, _option("no", "votes against it")] = None,
    abstain: Annotated[str | None, _option("abstain", "abstains")] = None,
    constructive: Annotated[str | None, _option("constructive", "abstains and declares so formally (constructive abstention)")] = None,
    absent: Annotated[str | None, _option("absent", "is not there")] = None,
    rest: Annotated[
        str | None, typer.Option("--rest", metavar="VOTE", help="How everybody else votes: yes, no, abstain, constructive, absent (default).")
    ] = None,
    fact: Facts = None,
) -> None:
    """What votes would come to under a rule, its electorate being as it is on record on the day."""
    standing = asked.standing()
    roll = votes.roll(standing, votes.rule_named(standing, rule), told=facts_of(standing, fact or []))
    said = {"yes": yes, "no": no, "abstain": abstain, "constructive": constructive, "absent": absent}
    if rest is None and all(codes is None for codes in said.values()):
        raise BadInput("say how somebody votes: --yes, --no, --abstain, --constructive, --absent with codes, or --rest yes")
    result = votes.result_of(roll, ballots_of(standing, roll, {cast(Vote, vote): _codes(codes) for vote, codes in said.items()}, rest))
    if asked.as_json:
        print_json(votes.result_to_plain(result))
    else:
        show_result(result)


def facts_of(standing: Standing, given: Sequence[str]) -> dict[Without, tuple[str, ...]]:
    """Reasons as given on the command line, with the parties for whom they hold."""
    found = dict[Without, tuple[str, ...]]()
    for one in given:
        reason, _, codes = one.partition("=")
        if reason not in get_args(Without):
            raise BadInput(f"--fact {one!r}: {reason!r} is none of {', '.join(get_args(Without))}; write for instance concerned=HUN")
        parties = tuple(standing.record.party(code) for code in _codes(codes))
        if not parties:
            raise BadInput(f"--fact {one!r} names nobody; write for instance {reason}=HUN,POL")
        found[cast(Without, reason)] = (*found.get(cast(Without, reason), ()), *parties)
    return found


def ballots_of(standing: Standing, roll: Roll, said: dict[Vote, tuple[str, ...]], rest: str | None) -> dict[str, Vote]:
    """Votes as given on the command line; one of somebody without a seat, or given twice, is refused."""
    others = rest or "absent"
    if others not in get_args(Vote):
        raise BadInput(f"--rest {rest!r}: choose one of {', '.join(get_args(Vote))}")
    found: dict[str, Vote] = {seat.code: cast(Vote, others) for seat in roll.seats}
    given = dict[str, Vote]()
    for vote, codes in said.items():
        for code in codes:
            if code not in found:
                raise _no_seat(standing, roll, code)
            if given.setdefault(code, vote) != vote:
                raise BadInput(f"{code} is said to vote both {given[code]} and {vote}; say one of the two")
    return found | given


def show_result(result: Result) -> None:
    """Print what votes come to, for people."""
    out, roll = console(), result.roll
    for reading in result.readings:
        outcome = reading.tally.outcome
        sure = "" if result.verdict is Verdict.YES else f"[bold {COLOURS[result.verdict]}]{result.verdict.upper()}[/]  perhaps "
        out.print(f"{sure}[bold {_LOOKS[outcome]}]{_SAID[outcome].upper()}[/]  {escape(roll.of.name)} on {roll.on}")
        _show_reading(reading, result)
    if not result.readings:
        out.print(f"[bold {COLOURS[Verdict.UNKNOWN]}]UNKNOWN[/]  {escape(roll.of.name)} on {roll.on}: it cannot be counted")
    show_notes(votes.notes_on(result))
    out.print(f"  [dim]{escape(roll.rule.says)} \\[{escape(roll.rule.article)}][/]")


def _show_reading(reading: DoubtReading, result: Result) -> None:
    out, tally = console(), reading.tally
    if result.doubts:
        out.print(f"  if these count: {', '.join(reading.counted) or 'nobody of those in doubt'}")
    out.print(f"  votes: {', '.join(f'{vote} {number}' for vote, number in tally.votes.items() if number) or 'none'}")
    for number, way in enumerate(tally.ways):
        for share in way:
            _mark(share.reached, f"{'or ' if number else ''}{votes.counted_in_words(share)}")
    for bar in tally.bars:
        _mark(False, f"{votes.bar_in_words(bar.bar)}: {', '.join(bar.by)}")
    if tally.quorum is not None:
        _mark(tally.quorum.reached, f"quorum: {votes.counted_in_words(tally.quorum)}")


def _mark(holds: bool, says: str) -> None:
    console().print(f"  {'[green]✓[/]' if holds else '[red]✗[/]'} {escape(says)}")


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in (text or "").split(",") if code.strip())


def _no_seat(standing: Standing, roll: Roll, code: str) -> BadInput | NotOnRecord:
    """Why the vote of one without a seat is refused."""
    for left, reason in roll.left_out:
        if left == code:
            return BadInput(f"{code} does not count on this proposal ({reason}); leave its vote out")
    try:
        standing.record.party(code)
    except NotOnRecord as problem:
        return problem
    named, unnamed = ([s.code for s in roll.seats if s.named is is_named] for is_named in (True, False))
    if unnamed:
        who = f"; the record does not name who holds {len(unnamed)} of its seats: write '{unnamed[0]}' for one of these, or --rest"
    else:
        who = f"; who has: {', '.join(named)}" if len(named) <= MOST_NAMED else "; --json tells who has"
    return BadInput(f"{code} has no seat under {roll.of.name} on {roll.on}{who}")


def add_to(app: typer.Typer) -> None:
    for command in (rules, simulate):
        group.command(command.__name__)(command)
    app.add_typer(group)
