"""Commands about standing meetings: the bodies that meet, their meetings, what was agreed to be done, who has not met with whom.

comity --book examples/dialogue-book dialogue meetings --on 2026-03-01
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from comity import dialogue as talks
from comity.cli.asking import Asked, question
from comity.cli.interoperability import read_span
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.dialogue import AgreedAction, Meeting, MeetingBody, Silence
from comity.duties import DutyStatus
from comity.standing import Standing
from comity.terms import BadInput, Finding, NotOnRecord, Verdict

Agreement = Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only under this agreement.")]
Body = Annotated[str | None, typer.Option("--body", metavar="NAME", help="Only of this body, such as ministers; capital letters make no difference.")]


@question(without=("strict",))
def bodies(
    asked: Asked,
    agreement: Agreement = None,
    within: Annotated[str, typer.Option("--within", metavar="SPAN", help="How far ahead duties to meet are told: 5y, 18m, 90d.")] = "5y",
) -> None:
    """Which bodies meet, how often they have, when they last met and meet next, and by when an agreement requires them to."""
    standing = _standing(asked, agreement)
    found = talks.bodies_of(standing, timedelta(days=read_span("--within", within)), agreement)
    if asked.as_json:
        print_json({"bodies": [talks.body_to_plain(one) for one in found]})
        return
    rows = [(b.name, b.agreement, len(b.meetings) or "", b.last_met or "", b.next_called or "", b.next_due or "", _waiting(b)) for b in found]
    heads = ("body", "under", "meetings", "last met", "next called", "next due", "past due")
    _table(heads, rows, "no body is on record that meets or has to")


@question(without=("strict",))
def meetings(
    asked: Asked,
    agreement: Agreement = None,
    body: Body = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only where it was invited or took part.")] = None,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="Write those held or called to this file too (iCalendar).")] = None,
) -> None:
    """Every meeting: called, held, cancelled or neither, who took part, its agenda, papers and minutes."""
    standing = _standing(asked, agreement, party)
    every = [one for one in talks.meetings_of(standing) if agreement in (None, one.agreement)]
    _check_body(body, [one.body for one in every])
    found = [one for one in every if _is(body, one.body) and (party is None or party in _around(one))]
    if ics is not None:
        _write(ics, talks.meetings_feed(found, datetime.now(UTC), "Meetings"))
    if asked.as_json:
        print_json({"meetings": [talks.meeting_to_plain(one) for one in found], "strays": talks.strays_to_plain(talks.dialogue_strays(standing))})
        return
    rows = [(m.begun_by.ref, m.body, m.subject, _days(m), _state(m), " ".join(m.took_part) or "not on record", _papers(m)) for m in found]
    _table(("began by", "body", "meeting", "day", "state", "took part", "agenda and papers"), rows, "no meeting is on record that was asked for")
    _odd([*(f for one in found for f in one.findings), *talks.dialogue_strays(standing)])


@question(without=("strict",))
def actions(
    asked: Asked,
    agreement: Agreement = None,
    body: Body = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only what this party owes.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
) -> None:
    """What meetings agreed is to be done: who owes it to whom by when, whether it is open, late or done, and by which act."""
    standing = _standing(asked, agreement, party)
    every = [one for one in talks.actions_of(standing) if agreement in (None, one.agreement)]
    _check_body(body, [one.body for one in every])
    mine = [one for one in every if _is(body, one.body) and (party is None or party in one.owed_by)]
    found = [one for one in mine if everything or one.state not in (talks.ActionState.DONE, talks.ActionState.LATE)]
    if asked.as_json:
        print_json({"actions": [talks.action_to_plain(one) for one in found]})
        return
    rows = [(a.due or "", _how(a), " ".join(a.owed_by), a.what, " ".join(a.owed_to), a.agreed_by.ref, _acts(a)) for a in found]
    _table(("due", "state", "who", "what", "to", "agreed by", "done by"), rows, _none_waits(len(mine)))
    _odd(finding for one in found for finding in one.findings)


@question(without=("strict",))
def silent(
    asked: Asked,
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY...]", help="These parties, each two of them (default: all who took part in a meeting).")
    ] = None,
    agreement: Agreement = None,
    than: Annotated[str | None, typer.Option("--longer-than", metavar="SPAN", help="Only those who last met longer ago: 1y, 6m, 90d.")] = None,
) -> None:
    """Who has not met with whom for how long, on record; and whether that is sure."""
    standing = _standing(asked, agreement, *(parties or ()))
    if parties is not None and len(set(parties)) < 2:
        raise BadInput(f"{parties[0]!r} alone: give two parties or more, or none for all who took part in a meeting")
    listed = parties or talks.met_on_record(standing, agreement)
    least = 0.0 if than is None else read_span("--longer-than", than)
    found = [one for one in talks.silences_of(standing, listed, agreement) if one.at_most is None or one.at_most > least or than is None]
    if asked.as_json:
        print_json({"pairs": [talks.silence_to_plain(one) for one in found]})
        return
    rows = [(" ".join(s.parties), s.last or "never", "" if s.act is None else s.act.ref, _ago(s), _sure(s)) for s in found]
    _table(("two", "last met", "by", "days ago", "since"), rows, "nobody is on record as having taken part in a meeting, or nobody is silent so long")
    if any(one.sure is not Verdict.YES for one in found):
        show_notes(["where they may have met since, the record is not declared complete for meetings, or does not say who took part in a later one"])


def _standing(asked: Asked, agreement: str | None, *parties: str | None) -> Standing:
    standing = asked.standing()
    for party in parties:
        if party is not None:
            standing.record.party(party)
    if agreement is not None:
        standing.record.agreement(agreement, standing.known)
    return standing


def _check_body(body: str | None, known: Sequence[str]) -> None:
    if body is not None and not any(_is(body, one) for one in known):
        there = ", ".join(sorted(set(known))) or "none"
        raise NotOnRecord(f"no meeting of a body {body!r} is on record that was asked for; there are: {there}")


def _is(wanted: str | None, name: str) -> bool:
    return wanted is None or wanted.casefold() == name.casefold()


def _around(meeting: Meeting) -> tuple[str, ...]:
    return (*meeting.took_part, *meeting.invited, meeting.begun_by.attributed_to)


def _waiting(body: MeetingBody) -> str:
    return ", ".join(_past(row) for row in body.due if row.state != "open")


def _past(row: DutyStatus) -> str:
    return f"{row.state} ({row.due or row.brought_about_by})"


def _days(meeting: Meeting) -> str:
    return str(meeting.day) if meeting.ends is None else f"{meeting.day} to {meeting.ends}"


def _state(meeting: Meeting) -> str:
    states = [str(one) for one in meeting.states] + (["none yet"] if meeting.absent else [])
    return str(meeting.state) if meeting.state is not None else f"{meeting.verdict}: {' or '.join(states)}"


def _papers(meeting: Meeting) -> str:
    items = "; ".join(meeting.agenda)
    counts = [(len(meeting.papers), "paper"), (len(meeting.minutes), "set of minutes")]
    told = ", ".join(f"{number} {name}" for number, name in counts if number)
    return " · ".join(part for part in (items, told) if part)


def _how(action: AgreedAction) -> str:
    states = [str(one) for one in action.states] + (["not agreed yet"] if action.absent else [])
    return str(action.state) if action.state is not None else f"{action.verdict}: {' or '.join(states)}"


def _acts(action: AgreedAction) -> str:
    return ", ".join(act.ref for act in action.discharged_by)


def _none_waits(done: int) -> str:
    return f"nothing waits; {done} done (--all)" if done else "no action is on record that was asked for"


def _ago(silence: Silence) -> str:
    if silence.at_least is None:
        return ""
    return str(silence.at_least) if silence.at_least == silence.at_most else f"{silence.at_least} to {silence.at_most}"


def _sure(silence: Silence) -> str:
    return "have not met" if silence.sure is Verdict.YES else "may have met"


def _write(file: str, feed: bytes) -> None:
    try:
        Path(file).write_bytes(feed)
    except (OSError, ValueError) as problem:
        raise BadInput(f"--ics {file!r} cannot be written ({getattr(problem, 'strerror', None) or problem}); give another file") from None


def _table(heads: tuple[str, ...], rows: Sequence[Sequence[object]], none: str) -> None:
    if rows:
        show_table(heads, rows)
    else:
        console().print(none)


def _odd(findings: Iterable[Finding]) -> None:
    rows = [(one.where, one.says) for one in findings]
    if rows:
        show_table(("act", "what is odd about it"), rows)


group = typer.Typer(name="dialogue", no_args_is_help=True, help="Standing meetings: bodies, meetings, agreed actions, and who has not met with whom.")


def add_to(app: typer.Typer) -> None:
    for command in (bodies, meetings, actions, silent):
        group.command(command.__name__)(command)
    app.add_typer(group)
