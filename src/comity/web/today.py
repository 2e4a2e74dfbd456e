"""Today: what a desk looks at first: what is owed, what is ahead, what is contested, what came on record lately; of one party or of all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.acts import Entry
from comity.duties import DutyStatus, duty_to_plain
from comity.standing import Coming
from comity.standing.plain import coming_to_plain
from comity.terms import Verdict
from comity.web.asking import Asked, json_page, page, party_code, wants_json
from comity.web.duties import GROUPS, Row, Span, owed, row_of
from comity.web.forms import choices, with_form
from comity.web.scoping import Scope, agreements_in, statuses_of
from comity.web.upcoming import coming_up

AHEAD = timedelta(days=90)
BACK = timedelta(days=365)
LATELY = 8
MOST = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """What a desk looks at first. ``contested``: agreements in which something is contested on the day; ``lately``: the newest first."""

    duties: list[DutyStatus]
    ahead: list[Coming]
    contested: list[str]
    lately: list[Entry]
    pending: list[str]


def desk(this: Asked, party: str) -> Desk:
    """The desk of a party, or of everybody."""
    statuses, _ = statuses_of(this)
    at_once = replace(this, held=replace(this.held, patience=0.0))  # the page has waited: one wait, whatever it looks at
    duties, pending = owed(at_once, Scope(party=party), Span(AHEAD, BACK, everything=False)) if party else ([], [])
    mine, missing = agreements_in(at_once, Scope(party=party))
    contested = [a for a in mine if any(v is Verdict.CONTESTED and (not party or code == party) for code, v, _ in statuses.get(a, ()))]
    return Desk(duties, coming_up(this, mine, party, AHEAD), contested, lately(this, party), sorted({*pending, *missing}))


def _urgency(duty: DutyStatus) -> int:
    """What is overdue or contested before what is to be done, and that before what may have been; each in order of time."""
    return next(number for number, (_, states) in enumerate(GROUPS) if duty.state in states)


def lately(this: Asked, party: str) -> list[Entry]:
    """The acts that came on record last, of a party or of all."""
    latest = this.ask("latest", lambda _: sorted(this.visible(this.record.entries), key=lambda e: (e.recorded, e.act.ref), reverse=True))
    return list(islice((e for e in latest if not party or party in (e.act.actor, *e.act.counterparty)), LATELY))


def desk_to_plain(found: Desk) -> dict[str, Any]:
    """The desk as plain data."""
    return {
        "duties": [duty_to_plain(one) for one in found.duties],
        "upcoming": [coming_to_plain(one) for one in found.ahead],
        "contested": found.contested,
        "lately": [one.act.ref for one in found.lately],
        "pending": found.pending,
    }


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose desk it is."""
    return {**choices(this), "given": {"party": request.GET.get("party", "").strip()}}


@with_form("today.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    party = party_code(this.record, form["given"]["party"]) if form["given"]["party"] else ""
    found = desk(this, party)
    if wants_json(request):
        return json_page(desk_to_plain(found))
    rows: list[Row] = [row_of(this, duty) for duty in sorted(found.duties, key=_urgency)]
    context = {
        **form,
        "party": party,
        "party_name": this.name(party) if party else "",
        "desk": found,
        "rows": rows[:MOST],
        "more": len(rows) - MOST,
        "ahead": found.ahead[:MOST],
        "more_ahead": len(found.ahead) - MOST,
        "days": AHEAD.days,
        "pending": found.pending,
    }
    return page(request, "today.html", context)
