"""One dispute: its steps over time, whose move it is, what was done, what runs meanwhile; or one incident: what was said, and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import Act
from comity.disputes import Dispute, DisputeState, Incident, Said, duties_meanwhile, incident_to_plain, step_to_plain, told_act_to_plain
from comity.duties import DutyStatus, duty_to_plain
from comity.questions import show
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict
from comity.web.asking import Asked, asked, page
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.settlement_times import Lane, keys_of, settlement_times
from comity.web.disputes import TODAY, concerned, days_of, every_dispute
from comity.web.duties import row_of
from comity.web.feeds import as_feed
from comity.web.linking import href
from comity.web.readers import Reader, reader_of
from comity.web.recording.ground import can_record
from comity.web.settlement_steps import COLUMNS, Row, awaited, lane_to_plain, lanes_of, may_follow, named, rows_of
from comity.web.several_lists import List, as_one_of
from comity.web.telling import Words, told
from comity.web.wording import word


def dispute_called(this: Asked, ref: str) -> Dispute | None:
    """The dispute that an act of this reference raised."""
    return next((one for one in every_dispute(this).disputes if one.ref == ref), None)


def incident_called(this: Asked, ref: str) -> Incident | None:
    """The incident that an act of this reference began."""
    return next((one for one in every_dispute(this).incidents if one.ref == ref), None)


def not_there(ref: str) -> NotOnRecord:
    return NotOnRecord(told(_("no dispute or incident %(ref)s is on record; choose one of the list under Disputes"), ref=repr(ref)))


def meanwhile(this: Asked, parties: Iterable[str], agreement: str, refs: Iterable[str]) -> list[DutyStatus]:
    """What these owe under the agreement meanwhile, and what these acts brought about; kept."""
    key = ("meanwhile", tuple(parties), agreement, tuple(refs))

    def found(standing: Standing) -> list[DutyStatus]:
        return [show(row, standing.viewer) for row in duties_meanwhile(standing, key[1], agreement, key[3])]

    return this.ask(key, found)


def meanwhile_of(this: Asked, found: Dispute) -> list[DutyStatus]:
    """What the sides of a dispute owe meanwhile, and what its acts brought about."""
    return meanwhile(this, found.sides, found.agreement, [act.ref for act in found.acts])


def brought_about(this: Asked, found: Incident) -> list[DutyStatus]:
    """What the acts of an incident brought about."""
    refs, agreement = {act.ref for act in found.acts}, found.began.agreement
    duties = meanwhile(this, sorted(concerned(found)), agreement, sorted(refs)) if agreement else []
    return [one for one in duties if one.brought_about_by in refs]


def dispute(request: HttpRequest, ref: str) -> HttpResponse:
    this = asked(request)
    found = dispute_called(this, ref)
    if found is None:
        return _incident(request, this, ref)
    rows = rows_of(this, found)
    lanes, moves = lanes_of(this, found, rows), awaited(found, rows, this.on)
    duties = meanwhile_of(this, found)
    drawn = partial(chart, found.subject or found.ref, rows, lanes, this)
    if request.GET.get("format") == "ics":
        return as_feed(days_of(found, moves), found.subject or found.ref, f"dispute-{found.ref}")
    lists = [
        List("steps", _("Steps of the settlement"), lambda: [step_row(row) for row in rows]),
        List("acts", _("What was done"), lambda: [told_act_to_plain(act) for act in found.acts]),
        List("meanwhile", _("What runs meanwhile"), lambda: [duty_to_plain(one) for one in duties]),
    ]
    if file := as_chart(request, this, {"steps": drawn}) or as_one_of(request, this, lists):
        return file
    made = drawn()
    odd = {one.where: one for one in found.findings}
    context = {
        "asked": this,
        "dispute": found,
        "sure": found.verdict is Verdict.YES,
        "open": DisputeState.OPEN in found.states,
        "rows": rows,
        "drawing": made.drawing,
        "keys": made.keys,
        "moves": moves,
        "may": may_follow(found, rows),
        "told": [(act, said_of(act), odd.get(act.ref)) for act in found.acts],
        "duties": [row_of(this, one) for one in duties],
        "against": [row for row in rows if row.against],
        "agreement": this.record.agreement(found.agreement, this.known),
        "lists": lists,
        "records": _onward(request, found, rows),
        "memory": sorted({row.step.place.step.article for row in rows if row.step.place.clause.read == "memory"}),
    }
    return page(request, "dispute.html", context)


def chart(about: str, rows: Sequence[Row], lanes: Sequence[Lane], this: Asked, table: str = "steps") -> Chart:
    """The steps over time, to be taken elsewhere."""
    title = told(_("Steps of the settlement over time, on %(day)s: %(about)s"), day=this.on, about=about)
    return Chart(
        "settlement",
        _("Each line is a step of the clause. What is an outline is not on record: it could follow. The broken line is the day asked about."),
        _("Days; both the first and the last are included"),
        _("From the clause that settles disputes, and the acts on record that belong to this one."),
        settlement_times(lanes, title, this.on, table),
        lambda: [plainly for row, lane in zip(rows, lanes, strict=True) for plainly in lane_to_plain(row, lane)],
        COLUMNS,
        keys_of(lanes),
    )


def step_row(row: Row) -> dict[str, Any]:
    """A step as plain data, in one row."""
    plainly = step_to_plain(row.step)
    why = [one.says for one in row.why_not]
    return {
        **{name: value for name, value in plainly.items() if name != "because"},
        "why": why,
        "not_before": row.not_before and row.not_before.isoformat(),
    }


def said_of(act: Act) -> list[tuple[str, str]]:
    """What an act says in its details."""
    return [(name, value) for name, value in act.details.items() if name in ("subject", "means", "answer", "for", "says", "terms")]


def _onward(request: HttpRequest, found: Dispute, rows: Sequence[Row]) -> list[tuple[Words, str]]:
    """The forms of what a reader may record next in it, for who may record."""
    if not can_record(request) or DisputeState.OPEN not in found.states:
        return []
    reader = reader_of(request)
    sides = [side for side in found.sides if reader.party in (None, side)]
    return [link for side in sides for link in _forms(reader, found, rows, side)]


def _forms(reader: Reader, found: Dispute, rows: Sequence[Row], side: str) -> Iterable[tuple[Words, str]]:
    others = ";".join(one for one in found.sides if one != side)
    last = {"agreement": found.agreement, "actor": side, "counterparty": others, **TODAY}
    who = f"{side}: " if reader.party is None else ""

    def form(kind: str, says: Words, **given: str) -> tuple[Words, str]:
        return told("%(who)s%(says)s", who=who, says=says), href({}, "record-act", kind=kind, **{**last, "replies_to": found.ref, **given})

    for row in rows:
        one, step = row.step, row.step.place.step
        if one.open is Verdict.YES and step.begun_by != "organ":
            says = told(_("ask for %(means)s"), means=named(one))
            details = {"d.means": step.means, "d.body": step.body or ""}
            kind, more = ("request", {"d.subject": step.asked_as}) if step.asked_as else ("request-settlement", details)
            yield form(kind, says, article=step.article, **more)
        elif row.runs and one.by != side:
            asked_by = next((act.ref for act in reversed(found.acts) if act.attributed_to == one.by), found.ref)
            yield form("reply", told(_("answer the request for %(means)s"), means=named(one)), replies_to=asked_by, article=step.article)
    yield form("fail-settlement", told(_("say that a means led to nothing")))
    yield form("settle-dispute", told(_("say that it is settled")))
    if side == found.sides[0]:
        yield form("withdraw-dispute", told(_("withdraw it")))


def _incident(request: HttpRequest, this: Asked, ref: str) -> HttpResponse:
    found = incident_called(this, ref)
    if found is None:
        raise not_there(ref)
    duties = brought_about(this, found)
    lists = [
        List("said", _("What was said, and whether it was answered"), lambda: incident_to_plain(found)["said"]),
        List("acts", _("What was done"), lambda: [told_act_to_plain(act) for act in found.acts]),
    ]
    if file := as_one_of(request, this, lists):
        return file
    context = {
        "asked": this,
        "incident": found,
        "told": [(act, said_of(act), None) for act in found.acts],
        "said": found.said,
        "duties": [row_of(this, one) for one in duties],
        "disputes": [one for one in every_dispute(this).disputes if one.about in {act.ref for act in found.acts}],
        "lists": lists,
        "records": _replies(request, found),
    }
    return page(request, "incident.html", context)


def _replies(request: HttpRequest, found: Incident) -> list[tuple[Words, str]]:
    """The forms of an acknowledgement and an answer, for whom it was addressed to."""
    if not can_record(request):
        return []
    reader = reader_of(request)
    open_ = [one for one in found.said if one.answered is Verdict.NO and reader.party in (None, one.to)]
    return [link for one in open_ for link in _back(one)]


def _back(one: Said) -> Iterable[tuple[Words, str]]:
    kinds = (*(("acknowledge",) if one.acknowledged is Verdict.NO else ()), "answer-incident")
    for kind in kinds:
        given = {"kind": kind, "actor": one.to, "replies_to": one.act.ref, "agreement": one.act.agreement or "", **TODAY}
        yield told("%(who)s: %(act)s", who=one.to, act=told(word(kind, "act"))), href({}, "record-act", **given)
