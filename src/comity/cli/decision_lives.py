"""Commands about the life of a decision: proposals and answers as drafts of acts, where each stands, who may still do what until when.

comity decision status nato-2003-turkey --at 2003-02-10T08:00+01:00
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from rich.markup import escape

from comity import decisions, votes
from comity.acts import Act, Entry, Source
from comity.agreements.decision_rules import Vote
from comity.book import row_of, write_rows
from comity.cli.asking import Asked, question
from comity.cli.decisions import RuleName, group
from comity.cli.missions_filled import write
from comity.cli.rendering import COLOURS, console, print_json, show_notes, show_table
from comity.decisions import CountingOnRecord, Decision, DecisionState
from comity.standing import Standing
from comity.terms import BadInput, Moment, NotOnRecord, Verdict, parse_moment

Ref = Annotated[str, typer.Argument(metavar="REF", help="The reference of the proposal; list them with: comity decision status")]
By = Annotated[str, typer.Option("--by", metavar="PARTY", help="Whose it is.")]
Made = Annotated[str | None, typer.Option("--made", metavar="MOMENT", help="When it was done: an instant with its zone, or a day (default: now).")]
Named = Annotated[str | None, typer.Option("--ref", metavar="REF", help="The reference of the new act (default: one that is free).")]
Told = Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it is told.")]
Output = Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the rows here.")]
Deadline = str | None
_LOOKS = {
    DecisionState.ADOPTED: "green",
    DecisionState.NOT_ADOPTED: "red",
    DecisionState.NO_QUORUM: "red",
    DecisionState.BROKEN: "red",
    DecisionState.SILENCE: "yellow",
    DecisionState.VOTING: "yellow",
}


def _option(name: str, says: str, metavar: str = "MOMENT") -> typer.models.OptionInfo:
    return cast(typer.models.OptionInfo, typer.Option(f"--{name}", metavar=metavar, help=says))


@question(without=("on", "strict", "as_json"))
def open_(
    asked: Asked,
    rule: RuleName,
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT", help="What is proposed.")],
    by: Annotated[str | None, typer.Option("--by", metavar="PARTY", help="Who proposes it (default: the body itself).")] = None,
    silence_until: Annotated[Deadline, _option("silence-until", "It is adopted unless somebody breaks silence before then.")] = None,
    silence: Annotated[bool, typer.Option("--silence", help="It is under silence for the term of the rule.")] = False,
    vote_by: Annotated[Deadline, _option("vote-by", "When the vote on it closes.")] = None,
    lapses: Annotated[Deadline, _option("lapses", "When it lapses if nothing was decided.")] = None,
    text: Annotated[str | None, _option("text", "The document that is put to them, by its symbol.", "SYMBOL")] = None,
    text_hash: Annotated[str | None, _option("hash", "Its hash: sha256: and 64 digits.", "HASH")] = None,
    party_to_dispute: Annotated[str | None, _option("party-to-dispute", "Who is party to the dispute it is about; commas between.", "CODES")] = None,
    concerned: Annotated[str | None, _option("concerned", "Whom it concerns, where the rule leaves them out; commas between.", "CODES")] = None,
    participating: Annotated[str | None, _option("participating", "Who takes part, where only these vote; commas between.", "CODES")] = None,
    made: Made = None,
    ref: Named = None,
    source: Told = "",
    output: Output = None,
) -> None:
    """A proposal under a rule, as a row of acts to be put on record: under silence until an hour, voted on by one, or neither."""
    moment = _made(made)
    standing = asked.standing(on=moment.first)
    named = votes.rule_named(standing, rule)
    if silence_until is not None and silence:
        raise BadInput("--silence-until and --silence: give one of the two")
    if vote_by is not None and (silence or silence_until is not None):
        raise BadInput("--vote-by with a silence: a text is put under silence or to the vote; give one of the two")
    if silence and (named.rule.silence is None or named.rule.silence.term is None):
        raise BadInput(f"--silence: {named.name} sets no term for a silence; say until when with --silence-until")
    details = {
        "subject": subject,
        "text": text or "",
        "hash": text_hash or "",
        "silence_until": _deadline("--silence-until", silence_until, moment),
        "silence": "yes" if silence else "",
        "vote_by": _deadline("--vote-by", vote_by, moment),
        "lapses": _deadline("--lapses", lapses, moment),
        "party_to_dispute": _parties(standing, party_to_dispute),
        "concerned": _parties(standing, concerned),
        "participating": _parties(standing, participating),
    }
    wanted = decisions.free_ref(standing, ref or f"{named.agreement.id}-{named.rule.id}-{moment.first}")
    act = decisions.draft_proposal(named, _proposer(standing, by, named.rule.body), moment, details, wanted, _source(source))
    _put(standing, act, None, [act], output)


@question(without=("on", "strict", "as_json"))
def vote(
    asked: Asked,
    ref: Ref,
    how: Annotated[str, typer.Argument(metavar="VOTE", help="yes, no, abstain, constructive or absent.")],
    by: By,
    explain: Annotated[str, typer.Option("--explain", metavar="TEXT", help="An explanation of it, in your own words.")] = "",
    made: Made = None,
    source: Told = "",
    output: Output = None,
) -> None:
    """A vote on a proposal, with an explanation if there is one, as rows of acts to be put on record."""
    if how not in get_args(Vote):
        raise BadInput(f"{how!r} is no vote; write one of {', '.join(get_args(Vote))}")
    moment, told = _made(made), _source(source)
    standing = asked.standing(on=moment.first)
    proposal = _proposal(standing, ref)
    standing.record.party(by)
    act = decisions.draft_vote(proposal, by, cast(Vote, how), moment, decisions.free_ref(standing, f"{ref}-{by}-vote"), told)
    acts = [act]
    if explain:
        named = decisions.free_ref(standing, f"{ref}-{by}-explanation")
        acts.append(decisions.draft_statement(proposal, by, "explanation", explain, moment, named, told))
    _put(standing, act, proposal, acts, output)


@question(without=("on", "strict", "as_json"))
def break_(
    asked: Asked,
    ref: Ref,
    by: By,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help="The ground, in your own words.")] = "",
    made: Made = None,
    source: Told = "",
    output: Output = None,
) -> None:
    """An objection that breaks the silence on a proposal, as a row of acts to be put on record."""
    moment = _made(made)
    standing = asked.standing(on=moment.first)
    proposal = _proposal(standing, ref)
    standing.record.party(by)
    act = decisions.draft_break(proposal, by, says, moment, decisions.free_ref(standing, f"{ref}-{by}-breaks"), _source(source))
    _put(standing, act, proposal, [act], output)


@question(without=("strict",))
def status(
    asked: Asked,
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="Only this proposal (default: all of them).")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="INSTANT", help="At this instant, with its zone (default: now, or the end of --on).")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only where this party may still answer, or is asked to.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write what ends when here, as iCalendar.")] = None,
) -> None:
    """Where proposals stand at an instant: under silence, broken, voted on, adopted; who may still do what until when, and what is odd."""
    instant = _instant(at, asked.on)
    standing = asked.standing(on=None if instant is None else instant.date())
    every = decisions.decisions_of(standing, CountingOnRecord(standing), instant)
    if ref is not None and not any(one.proposal.ref == ref for one in every):
        when = f"on {standing.on}" if instant is None else f"at {instant.isoformat()}"
        raise NotOnRecord(f"no proposal {ref!r} is on record {when}{_near(ref, [one.proposal for one in every])}")
    if party is not None:
        standing.record.party(party)
    found = [one for one in every if ref in (None, one.proposal.ref) and (party is None or decisions.waiting(one, party))]
    if ics is not None:
        write(ics, decisions.decisions_calendar(found, datetime.now(UTC), party).decode("utf-8"))
    strays = decisions.decision_strays(standing) if ref is None else ()
    if asked.as_json:
        plain = [decisions.decision_to_plain(one) for one in found]
        print_json({"decisions": plain, "strays": [{"code": one.code, "where": one.where, "says": one.says} for one in strays]})
        return
    for one in found:
        _show(one, party)
    if not found:
        console().print("no proposal on record that was asked for")
    if strays:
        show_table(("act", "what is odd about it"), [(one.where, one.says) for one in strays])
    if ics is not None:
        console().print(f"written: {ics}", soft_wrap=True, markup=False)


def _show(decision: Decision, party: str | None) -> None:
    out, proposal = console(), decision.proposal
    if decision.verdict is Verdict.YES:
        look = _LOOKS.get(decision.stands[0].state, "bold")
        out.print(f"[bold {look}]{escape(decisions.decision_states(decision).upper())}[/]  [bold]{escape(proposal.ref)}[/]", soft_wrap=True)
    else:
        look = COLOURS[decision.verdict]
        says = escape(decisions.decision_states(decision))
        out.print(f"[bold {look}]{decision.verdict.upper()}[/]  {says}  [bold]{escape(proposal.ref)}[/]", soft_wrap=True)
    proposer = proposal.attributed_to
    for line in (
        decision.subject,
        f"{decision.rule_name}; proposed by {proposer}, {proposal.done}",
        *(decisions.stand_in_words(one, decision) for one in decision.stands),
    ):
        out.print(f"  {escape(line)}", soft_wrap=True)
    if decision.chair is not None:
        says = f"the chair's record ({decision.chair.ref}) says {decision.chair.details['outcome'].replace('-', ' ')}"
        out.print(f"  {escape(says)}{', which settles it' if decision.settled else ''}", soft_wrap=True)
    if decision.votes:
        votes = ", ".join(f"{who} {vote}" for who, vote, _ in decision.votes)
        count = "" if decision.tally is None else f"; as it stands it comes to: {decision.tally.outcome.value.replace('-', ' ')}"
        out.print(f"  votes: {votes}{count}", soft_wrap=True)
    for what, until, who in decisions.waiting(decision, party):
        end = "" if until is None else f" until {decisions.instant_in_words(until, decision.zone)}"
        out.print(f"  {what}{end}: {', '.join(who)}", soft_wrap=True)
    for one in decision.statements:
        says = f"{one.attributed_to}, {one.details.get('as', 'statement').replace('-', ' ')}: {one.details.get('says', one.ref)}"
        out.print(f"  {escape(says)}", soft_wrap=True)
    show_notes(f"{one.where} {one.says}" for one in decision.findings)


def _put(standing: Standing, act: Act, proposal: Act | None, acts: Sequence[Act], output: Path | None) -> None:
    """The rows, where they were asked for; and what the act would come to, beside them."""
    root = proposal or act
    after = standing.what_if([Entry(one, standing.known) for one in acts])
    at = act.made.instant if act.made is not None else None
    found = next((d for d in decisions.decisions_of(after, CountingOnRecord(after), at) if d.proposal.hash == root.hash), None)
    text = write_rows([row_of(Entry(one, standing.known), None if proposal is None else proposal.ref, recorded=False) for one in acts])
    if output is None:
        print(text, end="")
    else:
        write(output, text)
        console().print(
            f"written: {output} ({len(acts)} act{'s' if len(acts) > 1 else ''}); record it to have it count", soft_wrap=True, markup=False
        )
    if found is None:
        typer.echo("note: at that time the proposal is not on record yet", err=True)
        return
    typer.echo(f"note: then it is {decisions.decision_states(found)}", err=True)
    for one in found.findings:
        if one.where in {each.ref for each in acts}:
            typer.echo(f"note: {one.where} {one.says}", err=True)


def _proposal(standing: Standing, ref: str) -> Act:
    """The proposal of that reference, as long as it is on record, whenever it was made."""
    found = decisions.proposals_on_record(standing)
    if not any(one.ref == ref for one in found):
        raise NotOnRecord(f"no proposal {ref!r} is on record{_near(ref, found)}")
    return next(one for one in found if one.ref == ref)


def _near(ref: str, proposals: Sequence[Act]) -> str:
    near = get_close_matches(ref, [one.ref for one in proposals], n=3)
    return f"; did you mean {' or '.join(near)}?" if near else "; list them with: comity decision status"


def _made(text: str | None) -> Moment:
    if text is None:
        return parse_moment(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return _moment("--made", text)


def _moment(option: str, text: str) -> Moment:
    try:
        return parse_moment(text)
    except BadInput as problem:
        raise BadInput(f"{option}: {problem}") from None


def _deadline(option: str, text: str | None, made: Moment) -> str:
    if text is None:
        return ""
    moment = _moment(option, text)
    if not moment.certain:
        raise BadInput(f"{option} {text!r}: name one instant or one day, such as 2027-03-01T12:00+01:00[Europe/Brussels] or 2027-03-01")
    over = moment.instant <= made.instant if moment.instant is not None and made.instant is not None else moment.last < made.first
    if over:
        raise BadInput(f"{option} {text}: that is not after it is made ({made}); give a later one, or say with --made when it was made")
    return text


def _instant(at: str | None, on: str | None) -> datetime | None:
    if at is None:
        return datetime.now(UTC).replace(microsecond=0) if on is None else None
    if on is not None:
        raise BadInput("--at and --on: give one of the two")
    moment = _moment("--at", at)
    if moment.instant is None:
        raise BadInput(f"--at {at!r} has no hour; write an instant with its zone, such as {moment.first}T12:00Z, or give the day with --on")
    return moment.instant


def _proposer(standing: Standing, by: str | None, body: str) -> str:
    if by is not None:
        return standing.record.party(by)
    if body not in standing.record.register.parties:
        raise BadInput(f"--by: {body} is not a party on record; say who proposes it")
    return body


def _parties(standing: Standing, text: str | None) -> str:
    return ",".join(standing.record.party(code.strip()) for code in (text or "").split(",") if code.strip())


def _source(text: str) -> Source:
    return Source(text or "drafted, not yet verified", "memory")


def add_to(app: typer.Typer) -> None:
    for name, command in (("open", open_), ("vote", vote), ("break", break_), ("status", status)):
        group.command(name)(command)
