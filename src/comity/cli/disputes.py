"""Commands about disputes: draft the acts that open one, see what is open to two states, see where all of them stand, and incidents with them.

comity dispute next GBR USA genocide --on 1999-05-01
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from comity import disputes as settling
from comity.acts import Act, Entry, kinds
from comity.book import row_of, write_rows
from comity.cli.asking import Asked, question
from comity.cli.rendering import COLOURS, console, print_json, show_notes, show_table
from comity.disputes import Dispute, DisputeState, DisputeWords, Incident, MeansState, OpenWay, Said, StepStanding
from comity.duties import DutyStatus, duty_to_plain
from comity.questions import show as released
from comity.standing import Standing, finding_to_plain
from comity.terms import BadInput, Finding, NotOnRecord, Verdict, parse_moment

group = typer.Typer(name="dispute", no_args_is_help=True, help="How disputes are settled: opened, followed step by step; incidents and protests.")
_RUNNING = (MeansState.ASKED, MeansState.UNDER_WAY)


@question(without=("strict",))
def open_(
    asked: Asked,
    by: Annotated[str, typer.Argument(metavar="A", help="Who raises it, or asks for the next step.")],
    against: Annotated[str, typer.Argument(metavar="B", help="With whom the dispute is.")],
    agreement: Annotated[str, typer.Argument(metavar="AGREEMENT", help="Under which agreement.")],
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT", help="What it is about, in your own words.")] = "",
    clause: Annotated[str | None, typer.Option("--clause", metavar="ID", help="Which of its settlement clauses, where it has several.")] = None,
    means: Annotated[str | None, typer.Option("--means", metavar="MEANS", help="Ask for this means of settlement, for instance arbitration.")] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="TEXT", help="Which organ or court, where the clause knows several.")] = None,
    within: Annotated[str | None, typer.Option("--dispute", metavar="REF", help="Go on in this dispute, which is on record.")] = None,
    made: Annotated[str | None, typer.Option("--made", metavar="DAY", help="When it is done (default: the day asked about).")] = None,
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it is told, such as the note's number.")] = "draft, not sent",
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the rows here.")] = None,
) -> None:
    """Draft the acts that raise a dispute, or ask for a means of settlement in one, as rows of acts. Nothing is put on record."""
    if not subject and within is None:
        raise BadInput("say what the dispute is about, with --subject TEXT")
    standing = asked.standing()
    dispute = None if within is None else _named(settling.disputes_of(standing), within)
    words = DisputeWords(subject, parse_moment(made or standing.on.isoformat()), source, clause, means, body)
    draft = settling.draft_dispute(standing, by, against, agreement, words, dispute)
    refs = {act.hash: act.ref for act in draft.acts} | ({} if dispute is None else {dispute.raised.hash: dispute.ref})
    rows = [row_of(Entry(act, standing.on), refs.get(act.replies_to or ""), recorded=False) for act in draft.acts]
    notes = [*draft.notes, *_open_already(standing, by, against, agreement, dispute)]
    if output is not None:
        _write(output, write_rows(rows))
    if asked.as_json:
        plain = [settling.told_act_to_plain(act) | {"replies_to": refs.get(act.replies_to or "")} for act in draft.acts]
        step = None if draft.step is None else settling.step_to_plain(draft.step)
        print_json({"agreement": agreement, "acts": plain, "step": step, "notes": notes})
        return
    for note in notes:
        typer.echo(f"note: {note}", err=True)
    if output is None:
        print(write_rows(rows), end="")
    else:
        console().print(f"written: {output} ({len(rows)} act{'' if len(rows) == 1 else 's'}); put on record: add it to a book", soft_wrap=True)


def _open_already(standing: Standing, by: str, against: str, agreement: str, within: Dispute | None) -> list[str]:
    if within is not None:
        return []
    there = [one for one in settling.disputes_of(standing) if one.agreement == agreement and one.between(by, against)]
    return [f"a dispute of the two is on record: {one.ref}; to go on in it: --dispute" for one in there if DisputeState.OPEN in one.states]


@question()
def next_(
    asked: Asked,
    a: Annotated[str, typer.Argument(metavar="A", help="One side.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other.")],
    agreement: Annotated[str | None, typer.Argument(metavar="[AGREEMENT]", help="Only under this agreement (default: all in force).")] = None,
) -> None:
    """What is open to each of two states now: which means of settlement, under which article, since when, by when; what is closed, and why."""
    standing = asked.standing()
    ways = settling.ways_between(standing, a, b, agreement)
    meanwhile = {way.dispute.agreement: _meanwhile(standing, way.dispute) for way in ways if not way.supposed}
    if asked.as_json:
        duties = [duty_to_plain(row) for rows in meanwhile.values() for row in rows]
        print_json({"a": a, "b": b, "on": standing.on.isoformat(), "ways": [settling.way_to_plain(way) for way in ways], "meanwhile": duties})
        return
    if not ways:
        console().print(f"no agreement in force between {a} and {b} on {standing.on} has a clause on record that settles disputes")
    for way in ways:
        _show_way(way, standing)
        if rows := meanwhile.get(way.dispute.agreement):
            _show_meanwhile(rows)
    show_notes(_memory(step for way in ways for step in way.dispute.steps))


@question()
def status(
    asked: Asked,
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="One dispute or incident, by the act that began it (default: all).")] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only where this party is a side, or speaks or is spoken to.")] = None,
) -> None:
    """Where disputes stand, and incidents and protests: the acts in a row, each step, whose answer is due, what runs meanwhile."""
    standing = asked.standing()
    if party is not None:
        standing.record.party(party)
    found, incidents = settling.disputes_of(standing), settling.incidents_of(standing)
    if ref is not None:
        found, incidents = [one for one in found if one.ref == ref], [one for one in incidents if one.ref == ref]
        if not found and not incidents:
            raise NotOnRecord(f"no dispute or incident {ref!r} is on record on {standing.on}; list them with: comity dispute status")
    if party is not None:
        found, incidents = [one for one in found if party in one.sides], [one for one in incidents if party in _who(one)]
    findings = [] if ref is not None else [*settling.dispute_strays(standing), *settling.incident_strays(standing)]
    meanwhile = [row for one in found for row in _meanwhile(standing, one)] if ref is not None else []
    if asked.as_json:
        print_json(
            {
                "on": standing.on.isoformat(),
                "disputes": [settling.dispute_to_plain(one) for one in found],
                "incidents": [settling.incident_to_plain(one) for one in incidents],
                "meanwhile": [duty_to_plain(row) for row in meanwhile],
                "strays": [finding_to_plain(one) for one in findings],
            }
        )
    elif ref is not None:
        for dispute in found:
            _show_dispute(dispute)
            _show_steps(dispute.steps)
        for incident in incidents:
            _show_incident(incident)
        if meanwhile:
            _show_meanwhile(meanwhile)
        show_notes(_memory(step for one in found for step in one.steps))
    else:
        _show_all(found, incidents, findings, standing)


def _named(found: Iterable[Dispute], ref: str) -> Dispute:
    one = next((one for one in found if one.ref == ref), None)
    if one is None:
        raise NotOnRecord(f"--dispute {ref!r}: no such dispute is on record; list them with: comity dispute status")
    return one


def _who(incident: Incident) -> set[str]:
    return {incident.by} | {party for one in incident.said for party in (one.to, one.act.attributed_to)}


def _meanwhile(standing: Standing, dispute: Dispute) -> list[DutyStatus]:
    rows = settling.duties_meanwhile(standing, dispute.sides, dispute.agreement, (act.ref for act in dispute.acts))
    return [released(row, standing.viewer) for row in rows]


# -- for people


def _show_way(way: OpenWay, standing: Standing) -> None:
    dispute = way.dispute
    name = escape(standing.record.agreement(dispute.agreement, standing.known).short)
    head = "were a dispute raised now" if way.supposed else f"{escape(dispute.ref)}, {_state(dispute)} since {dispute.since}"
    console().print(f"[bold]{name}[/] ({escape(dispute.agreement)}): {head}", soft_wrap=True)
    if way.supposed and dispute.steps and (doubt := _not_in_force(dispute.steps)):
        console().print(f"  {escape(doubt)}; why: comity between {' '.join(dispute.sides)} --agreement {dispute.agreement}", soft_wrap=True)
    else:
        _show_steps(dispute.steps)


def _not_in_force(steps: Sequence[StepStanding]) -> str | None:
    """Why no step is there for sure, where it is for the same reason for all of them."""
    common = [{reason.says for reason in one.because[1:] if not reason.holds} for one in steps]
    shared = set.intersection(*common)
    return next(iter(sorted(shared)), None) if len(steps) > 1 or shared else None


def _show_steps(steps: Sequence[StepStanding]) -> None:
    rows = [(_means(one), one.place.step.article, _standing(one), " or ".join(one.who), _when(one), _why(one)) for one in steps]
    if rows:
        show_table(("means", "article", "open", "to whom", "when", "why"), rows)
    else:
        console().print("  the agreement has no clause on record that settles disputes; the means are those that both choose")


def _means(one: StepStanding) -> str:
    step = one.place.step
    return f"{step.means}{f' ({step.body})' if step.body else ''}{', binding' if step.binding else ''}"


def _standing(one: StepStanding) -> str:
    if one.states != (MeansState.NOT_BEGUN,):
        said = " or ".join(map(str, one.states)) + ("" if one.verdict is Verdict.YES else f" ({one.verdict})")
        return said if one.open is Verdict.NO else f"{said}; open: {one.open}"
    return str(one.open)


def _when(one: StepStanding) -> str:
    found = []
    if one.state is not MeansState.NOT_BEGUN and one.since is not None:
        found.append(f"since {one.since}" + (f", by {one.by}" if one.by and one.state is MeansState.ASKED else ""))
    elif one.opens is not None:
        found.append(f"{'since' if one.ripe is Verdict.YES else 'from'} {one.opens}")
    if one.due is not None:
        found.append(f"answer by {one.due}" + {Verdict.YES: ": LATE", Verdict.NO: ""}.get(one.late, f"; late: {one.late}"))
    if one.ends is not None:
        found.append(f"has time until {one.ends}")
    if one.waiting and one.state in _RUNNING:
        found.append(f"no member appointed for {', '.join(one.waiting)}")
    return "; ".join(found)


def _why(one: StepStanding) -> str:
    if one.state in _RUNNING:
        return "; ".join([one.place.step.says.rstrip("."), *(reason.says for reason in one.because[1:] if not reason.holds)])
    if one.open is Verdict.YES:
        return one.place.step.says
    return "; ".join(dict.fromkeys(reason.says for reason in one.because if not reason.holds))


def _show_dispute(one: Dispute) -> None:
    out = console()
    out.print(f"[bold]{escape(one.ref)}[/]  {escape(' and '.join(one.sides))}, under {escape(one.agreement)}: {_state(one)}", soft_wrap=True)
    if one.subject:
        out.print(f"  {escape(one.subject)}", style="dim", soft_wrap=True)
    if one.about is not None:
        out.print(f"  after {escape(one.about)}", style="dim", soft_wrap=True)
    _show_acts(one.acts, one.findings)
    if one.agreed and DisputeState.SETTLED not in one.states:
        out.print(f"  {', '.join(one.agreed)} agreed on a settlement; the others have not on record", soft_wrap=True)


def _state(one: Dispute) -> str:
    said = " or ".join([*map(str, one.states), *(["not raised yet"] if one.absent else [])])
    return said if one.verdict is Verdict.YES else f"[{COLOURS[one.verdict]}]{one.verdict}[/]: {said}"


def _show_acts(acts: Sequence[Act], findings: Sequence[Finding] = ()) -> None:
    odd = {one.where: one.says for one in findings}
    rows = [(act.done, act.attributed_to, _told(act), act.ref, f"odd: {odd[act.ref]}" if act.ref in odd else "") for act in acts]
    show_table(("when", "who", "did", "act", ""), rows)


def _told(act: Act) -> str:
    told = "; ".join(value for name, value in act.details.items() if name in ("subject", "means", "answer", "for", "says", "terms"))
    past = kinds()[act.kind].past.removesuffix(" under")
    towards = f" towards {', '.join(act.counterparty)}" if act.counterparty else ""
    return f"{past}{towards}{f': {told}' if told else ''}"


def _show_incident(one: Incident) -> None:
    about = escape(f": {one.subject}" if one.subject else "")
    console().print(f"[bold]{escape(one.ref)}[/]  {escape(one.by)}, since {one.since}{about}", soft_wrap=True)
    _show_acts(one.acts)
    show_table(("said", "to", "acknowledged", "answered"), [(each.act.ref, each.to, each.acknowledged, each.answered) for each in one.said])


def _show_meanwhile(rows: Sequence[DutyStatus]) -> None:
    told = [("" if row.due is None else row.due, row.state, row.owed_by or "together", row.what, row.article) for row in rows]
    show_table(("due", "state", "who", "what runs meanwhile", "article"), told)
    console().print()


def _show_all(found: Sequence[Dispute], incidents: Sequence[Incident], findings: Sequence[Finding], standing: Standing) -> None:
    if not found and not incidents:
        console().print(f"no dispute, incident or protest that was asked for is on record on {standing.on}")
    if found:
        rows = [(one.since, one.ref, " and ".join(one.sides), one.agreement, _plainly(one), _next_due(one)) for one in found]
        show_table(("since", "dispute", "sides", "under", "state", "runs"), rows)
    if incidents:
        told = [(one.since, one.ref, one.by, one.subject, "; ".join(map(_back, one.said))) for one in incidents]
        show_table(("since", "incident", "by", "about", "answered"), told)
    odd = [(one.where, one.says) for one in (*(each for dispute in found for each in dispute.findings), *findings)]
    if odd:
        show_table(("act", "what is odd about it"), odd)


def _plainly(one: Dispute) -> str:
    said = " or ".join([*map(str, one.states), *(["not raised yet"] if one.absent else [])])
    return said if one.verdict is Verdict.YES else f"{one.verdict}: {said}"


def _next_due(one: Dispute) -> str:
    running = [f"{step.place.step.means}: {_standing(replace(step, open=Verdict.NO))}, {_when(step)}" for step in one.steps if step.state in _RUNNING]
    return "; ".join(running) if DisputeState.OPEN in one.states else ""


def _back(one: Said) -> str:
    return f"{one.to}: {one.answered}" + (", acknowledged" if one.answered is Verdict.NO and one.acknowledged is Verdict.YES else "")


def _memory(steps: Iterable[StepStanding]) -> list[str]:
    found = dict.fromkeys(one.place.step.article for one in steps if one.place.clause.read == "memory")
    return [f"read from memory, not yet verified: article {', '.join(found)}"] if found else []


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as wrong:
        raise BadInput(f"{str(path)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def add_to(app: typer.Typer) -> None:
    for name, command in (("open", open_), ("next", next_), ("status", status)):
        group.command(name)(command)
    app.add_typer(group)
