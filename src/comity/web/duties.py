"""Must: what one party owes, or all under one agreement: by when, to whom, and which act discharged it; as a page, JSON, a calendar feed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.agreements.requirements import Duty
from comity.duties import (
    DutyStatus,
    RegistrationDuty,
    State,
    asks_for_registrations,
    calendar_feed,
    duty_to_plain,
    must,
    registration_duties,
)
from comity.questions import show
from comity.standing import Standing
from comity.terms import BadInput
from comity.web.asking import Asked, page, yes
from comity.web.folds import Busy
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.scoping import Scope, agreements_in, read_scope
from comity.web.tables import as_file
from comity.web.telling import told

AHEAD, BACK = "90", "365"
GROUPS = (
    (gettext_lazy("Overdue"), (State.OVERDUE, State.EXCEEDED)),
    (gettext_lazy("Contested"), (State.CONTESTED,)),
    (gettext_lazy("To be done"), (State.OPEN,)),
    (gettext_lazy("Not known whether done"), (State.NOT_KNOWN,)),
    (gettext_lazy("Done with"), (State.DONE, State.LATE, State.KEPT, State.ACCEPTED, State.LAPSED)),
)
SHAPES = {
    State.OVERDUE: "v-no",
    State.EXCEEDED: "v-no",
    State.CONTESTED: "v-contested",
    State.OPEN: "f-none",
    State.NOT_KNOWN: "v-unknown",
    State.LAPSED: "m-no",
    State.LATE: "f-old",
}
"""The shape of each state, beside its word; of what was done, in whatever way: the mark of a yes."""


@dataclass(frozen=True, slots=True)
class Span:
    """How many days ahead, how many back, and whether also what is done with."""

    ahead: timedelta
    back: timedelta
    everything: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One duty as a line of the table: its state's shape and look, the page of the clause that it comes from, the treaty it is about, if it is."""

    duty: DutyStatus
    shape: str
    look: str
    link: str
    missing: str
    treaty: bool


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose duties, under which agreement, how far ahead and back."""
    return {**choices(this), "given": filled_in(request, "agreement", "party", "within", "past", "all"), "ahead": AHEAD, "back": BACK}


def read_span(given: dict[str, str]) -> Span:
    """The days that the fields give."""
    return Span(_days("within", given["within"] or AHEAD), _days("past", given["past"] or BACK), yes(given["all"], "all"))


def _days(name: str, text: str) -> timedelta:
    match = re.fullmatch(r"([0-9]{1,5})d?", text)
    if not match:
        message = _("%(given)s is not a number of days up to 99999; write for instance %(usual)s")
        raise BadInput(told(message, given=f"{name}={text!r}", usual=AHEAD))
    return timedelta(days=int(match[1]))


def owed(this: Asked, scope: Scope, span: Span) -> tuple[list[DutyStatus], list[str]]:
    """The duties, and the agreements that are still being derived and have to be left out for now."""
    agreements, pending = _looked_at(this, scope)

    def question(standing: Standing) -> list[DutyStatus]:
        narrowed = Narrowed(standing, agreements)
        found = must(narrowed, scope.party or None, within=span.ahead, past=span.back, agreement=scope.agreement or None, everything=span.everything)
        return [show(row, standing.viewer) for row in found]

    return this.ask(("must", tuple(agreements), scope, span), question), pending


def _looked_at(this: Asked, scope: Scope) -> tuple[list[str], list[str]]:
    """One agreement alone; all that are derived where it asks for a look at every treaty, or where none is named.

    Of a party: those under which it stands somehow, and those with duties, which may be owed by others than stand under them.
    """
    if scope.agreement and not asks_for_every_treaty(this, scope.agreement):
        return [scope.agreement], []
    if not scope.party:
        return agreements_in(this, Scope())
    of_party, pending = agreements_in(this, Scope(party=scope.party))
    return sorted({*of_party, *with_duties(this)} - this.fold.broken.keys() - {*pending}), pending


def with_duties(this: Asked) -> list[str]:
    """The agreements by which something is owed."""

    def found() -> list[str]:
        return [a for a in this.fold.wanted if any(isinstance(clause, Duty) for clause in this.record.agreement(a, this.known).clauses)]

    return this.ask("with duties", lambda _: found())


def asks_for_every_treaty(this: Asked, agreement: str) -> bool:
    """Has the agreement a duty that makes one look at every treaty?"""
    return bool(asks_for_registrations(this.record.agreement(agreement, this.known)))


def registering_duties(this: Asked) -> Sequence[RegistrationDuty]:
    """The duties on record to register treaties, of agreements that can be derived."""
    asking = this.ask("asks for registrations", lambda _: [a for a in this.fold.wanted if asks_for_every_treaty(this, a)])
    return this.ask("registering", lambda standing: registration_duties(standing, [a for a in asking if not this.fold.problem(a)]))


@with_form("must.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    span, scope = read_span(form["given"]), read_scope(request, this)
    if scope is None:
        return page(request, "must.html", form)
    found, pending = owed(this, scope, span)
    if request.GET.get("format") == "ics":
        if pending:
            raise Busy
        return _feed(this, scope, found)
    if file := as_file(request, this, "duties", lambda: [duty_to_plain(row) for row in found], pending):
        return file
    rows = [row_of(this, duty) for duty in found]
    groups = [(title, [row for row in rows if row.duty.state in states]) for title, states in GROUPS]
    context = {
        **form,
        "scope": scope,
        "span": span,
        "groups": [(title, rows) for title, rows in groups if rows],
        "number": len(rows),
        "pending": pending,
        "notes": list(dict.fromkeys(note for row in found for note in row.notes)),
    }
    return page(request, "must.html", context)


def _feed(this: Asked, scope: Scope, found: list[DutyStatus]) -> HttpResponse:
    """The calendar feed, to be saved or subscribed to."""
    response = HttpResponse(calendar_feed(found, datetime.now(UTC), _title(this, scope)), content_type="text/calendar; charset=utf-8")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(part for part in ("duties", scope.party, scope.agreement) if part))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _title(this: Asked, scope: Scope) -> str:
    """What the calendar is called."""
    party = this.name(scope.party) if scope.party else ""
    if party and scope.agreement:
        return told(_("Duties: %(party)s under %(agreement)s"), party=party, agreement=scope.agreement)
    about = party or scope.agreement
    return told(_("Duties: %(about)s"), about=about) if about else told(_("Duties: all parties"))


def row_of(this: Asked, duty: DutyStatus) -> Row:
    """A duty as a line."""
    clauses = enumerate(this.record.agreement(duty.agreement, this.known).clauses, 1)
    number = next((n for n, clause in clauses if isinstance(clause, Duty) and clause.id == duty.duty), None)
    link = href(this.carried, "clause", duty.agreement, number) if number is not None else ""
    missing = next((reason.says for reason in duty.because if not reason.holds), "")
    treaty = bool(duty.subject) and this.record.holds(duty.subject or "")
    return Row(duty, SHAPES.get(duty.state, "v-yes"), str(duty.state).replace(" ", "-"), link, missing, treaty)
