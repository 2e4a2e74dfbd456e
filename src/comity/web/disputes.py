"""Disputes: where each stands under the clause that settles it, whose move it is, by when; incidents and protests, and whether they were answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.disputes import (
    Dispute,
    DisputeState,
    Incident,
    dispute_strays,
    dispute_to_plain,
    disputes_of,
    incident_strays,
    incident_to_plain,
    incidents_of,
)
from comity.standing import Standing
from comity.terms import BadInput, Finding, Verdict, any_of
from comity.web.asking import Asked, page, party_code
from comity.web.feeds import Day, as_feed
from comity.web.forms import choices, filled_in, named, to_choose_from, with_form
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.readers import reader_of
from comity.web.recording.ground import can_record
from comity.web.settlement_steps import Move, awaited, rows_of, settling_in
from comity.web.several_lists import List, as_one_of
from comity.web.telling import plain, told
from comity.web.wording import word

FIELDS = ("party", "agreement", "state", "late")
SHOWN = 100
"""So many incidents stand on the page; the files have all."""
TODAY = {"on": "", "known": "", "as_": "", "strict": ""}


@dataclass(frozen=True, slots=True)
class Found:
    """What the record has of disputes and incidents on the day."""

    disputes: Sequence[Dispute]
    incidents: Sequence[Incident]
    strays: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Line:
    """A dispute in the list, with the moves that are awaited."""

    dispute: Dispute
    moves: Sequence[Move]

    @property
    def sure(self) -> bool:
        return self.dispute.verdict is Verdict.YES

    @property
    def open(self) -> bool:
        return DisputeState.OPEN in self.dispute.states

    @property
    def late(self) -> Verdict:
        """Is an answer late that is awaited?"""
        return any_of(move.late for move in self.moves) if self.moves else Verdict.NO


def every_dispute(this: Asked) -> Found:
    """All of them; kept."""
    return this.ask("disputes", _every)


def _every(standing: Standing) -> Found:
    strays = (*dispute_strays(standing), *incident_strays(standing))
    return Found(disputes_of(standing), incidents_of(standing), strays)


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom, under which agreement, in which state."""
    every = every_dispute(this)
    parties = sorted({*(side for one in every.disputes for side in one.sides), *(who for one in every.incidents for who in concerned(one))})
    return {
        "given": filled_in(request, *FIELDS),
        "sides": sorted(((code, this.name(code)) for code in parties), key=lambda one: one[1].casefold()),
        "under": named(this, sorted({one.agreement for one in every.disputes})),
        "states": [(str(state), word(state, "dispute")) for state in DisputeState],
        "parties": choices(this)["parties"],
        "agreements": to_choose_from(this, settling_in(this)),
    }


def concerned(incident: Incident) -> set[str]:
    """Who spoke, and who was spoken to."""
    return {incident.by} | {party for one in incident.said for party in (one.to, one.act.attributed_to)}


def chosen(this: Asked, given: Mapping[str, str]) -> tuple[list[Line], list[Incident]]:
    """Those that are asked for, the longest late first; BadInput or NotOnRecord say what is wrong with the question."""
    every = every_dispute(this)
    if given["state"] and given["state"] not in [*DisputeState]:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"state={given['state'][:40]!r}", known=", ".join(DisputeState)))
    if given["late"] not in ("", "1"):
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"late={given['late'][:40]!r}", known="1"))
    party = party_code(this.record, given["party"]) if given["party"] else ""
    agreement = this.record.agreement(given["agreement"], this.known).id if given["agreement"] else ""
    lines = [Line(one, awaited(one, rows_of(this, one), this.on)) for one in every.disputes]
    found = [
        line
        for line in lines
        if (not party or party in line.dispute.sides)
        and (not agreement or agreement == line.dispute.agreement)
        and (not given["state"] or given["state"] in line.dispute.states)
        and (not given["late"] or line.late is not Verdict.NO)
    ]
    incidents = [
        one
        for one in every.incidents
        if (not party or party in concerned(one)) and (not agreement or agreement == one.began.agreement) and not given["state"] and not given["late"]
    ]
    return sorted(found, key=_urgent), sorted(incidents, key=lambda one: (one.since, one.ref), reverse=True)


def _urgent(line: Line) -> tuple[bool, date, int, str]:
    due = min((move.until for move in line.moves if move.until is not None), default=date.max)
    return (not line.open, due, -line.dispute.since.toordinal(), line.dispute.ref)


@with_form("disputes.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    lines, incidents = chosen(this, form["given"])
    lists = [
        List("disputes", _("Disputes"), lambda: [line_to_row(line) for line in lines]),
        List("incidents", _("Incidents and protests"), lambda: [_incident_row(one) for one in incidents]),
    ]
    if request.GET.get("format") == "ics":
        return as_feed([day for line in lines for day in days_of(line.dispute, line.moves)], _("Disputes"), "disputes")
    if file := as_one_of(request, this, lists):
        return file
    every = every_dispute(this)
    context = {
        **form,
        "any": bool(every.disputes or every.incidents),
        "part": part_of(request, lines),
        "number": len(lines),
        "open": sum(line.open for line in lines),
        "late": sum(line.late is Verdict.YES for line in lines),
        "incidents": incidents[:SHOWN],
        "incidents_left": max(0, len(incidents) - SHOWN),
        "findings": [*(finding for line in lines for finding in line.dispute.findings), *every.strays],
        "lists": lists,
        "asks": {"a": "", "b": "", "agreement": ""},
        "records": _records(request),
    }
    return page(request, "disputes.html", context)


def _records(request: HttpRequest) -> list[tuple[str, str]]:
    """The forms that begin something of one's own, for who may record."""
    reader = reader_of(request)
    if not can_record(request) or reader.party is None:
        return []
    kinds = ("raise-dispute", "report-incident", "protest", "contact-hotline")
    return [(kind, href({}, "record-act", kind=kind, actor=reader.party)) for kind in kinds]


def line_to_row(line: Line) -> dict[str, Any]:
    """A dispute as plain data, in one row."""
    plainly = dispute_to_plain(line.dispute)
    head = {name: plainly[name] for name in ("ref", "act", "agreement", "sides", "subject", "since", "verdict", "states", "about", "agreed")}
    first = line.moves[0] if line.moves else None
    return {
        **head,
        "awaited": None if first is None else first.does,
        "means": None if first is None else first.row.means,
        "of": [] if first is None else [*first.who, *([first.body] if first.body else [])],
        "due": None if first is None or first.until is None else first.until.isoformat(),
        "late": str(line.late),
    }


def _incident_row(one: Incident) -> dict[str, Any]:
    plainly = incident_to_plain(one)
    said = [f"{each['to']}: {each['kind']}, acknowledged {each['acknowledged']}, answered {each['answered']}" for each in plainly["said"]]
    head = {name: plainly[name] for name in ("ref", "act", "by", "since", "subject")}
    return {**head, "to": [each["to"] for each in plainly["said"]], "answered": str(answered(one)), "said": said}


def answered(incident: Incident) -> str:
    """Was all that was said answered, as far as it was addressed to somebody?"""
    found = [one.answered for one in incident.said]
    return (
        "no" if Verdict.NO in found else "contested" if Verdict.CONTESTED in found else "unknown" if Verdict.UNKNOWN in found or not found else "yes"
    )


def days_of(dispute: Dispute, moves: Sequence[Move]) -> list[Day]:
    """The days by which something is awaited."""
    found = []
    for number, move in enumerate(moves):
        if move.until is not None:
            who = ", ".join((*move.who, *([move.body] if move.body else [])))
            key = f"dispute-{dispute.raised.hash.removeprefix('sha256:')[:24]}-{move.row.step.place.number}-{number}"
            found.append(Day(key, move.until, f"{who}: {plain(move.what)}", f"{dispute.subject} ({dispute.ref})", dispute.raised.label))
    return found
