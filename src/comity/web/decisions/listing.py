"""Proposals on record: where each stands, by which rule, until when, and whose answer is awaited; what ends soonest comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.decisions import DecisionState, decisions_calendar, waiting
from comity.terms import BadInput
from comity.web.asking import Asked, page, party_code
from comity.web.decisions.asking import Line, every_decision, in_order, line_of, line_to_plain, strays_of
from comity.web.decisions.instants import When, when_asked
from comity.web.forms import filled_in, with_form
from comity.web.paging import part_of
from comity.web.recording.ground import can_record
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.wording import word

FIELDS = ("state", "body", "party", "at")
OPEN = "open"
"""Whatever is not over."""


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """In which state, of which body, whose answer is awaited."""
    every = every_decision(When(this, None, False))
    awaited = sorted({one.who for decision in every for one in decision.reminders})
    return {
        "given": filled_in(request, *FIELDS),
        "states": [(OPEN, _("not over")), *((str(state), word(state, "decision")) for state in DecisionState)],
        "bodies": sorted({one.rule.body for one in every if one.rule is not None}),
        "awaited": [(code, this.name(code)) for code in awaited],
        "can_propose": can_record(request),
    }


def chosen(when: When, given: Mapping[str, str]) -> list[Line]:
    """Those that are asked for, in order; BadInput or NotOnRecord say what is wrong with the question."""
    known = (OPEN, *DecisionState)
    if given["state"] and given["state"] not in known:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"state={given['state'][:40]!r}", known=", ".join(known)))
    party = party_code(when.this.record, given["party"]) if given["party"] else ""
    body = given["body"].casefold()
    found = [line_of(when, one) for one in every_decision(when)]
    return in_order(
        [
            one
            for one in found
            if (not body or one.body.casefold() == body)
            and (not party or party in one.who)
            and (not given["state"] or given["state"] in one.states or (given["state"] == OPEN and one.open))
        ]
    )


@with_form("decisions/list.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    when = when_asked(request, this)
    form = {"asked": when.this, **fields(request, when.this)}
    given = form["given"]
    found = chosen(when, given)
    if request.GET.get("format") == "ics":
        return _calendar(when, found, given["party"])
    if file := as_file(request, when.this, "decisions", lambda: [line_to_plain(one) for one in found]):
        return file
    context = {
        **form,
        "when": when,
        "shown": True,
        "number": len(found),
        "every": len(every_decision(when)),
        "running": sum(one.ends is not None for one in found),
        "open": sum(one.open for one in found),
        "part": part_of(request, found),
        "strays": strays_of(when.this),
    }
    return page(request, "decisions/list.html", context)


def _calendar(when: When, found: list[Line], party: str) -> HttpResponse:
    code = party_code(when.this.record, party) if party else None
    made = decisions_calendar([one.decision for one in found if waiting(one.decision, code)], datetime.now(UTC), code)
    return calendar_file(made, "decisions")


def calendar_file(made: bytes, name: str) -> HttpResponse:
    """A calendar to be saved or subscribed to."""
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^A-Za-z0-9-]+", "-", name)}.ics"'
    return response
