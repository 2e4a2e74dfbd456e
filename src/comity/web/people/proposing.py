"""What was proposed: the list of it, and one proposal with what it would change and who said what, to approve or to refuse."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comity.book import COLUMNS
from comity.terms import BadInput, ComityError
from comity.web.asking import asked_today, json_page, page, wants_json, whole
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.people.admitting import person_of
from comity.web.people.approving import State, Word, against
from comity.web.people.models import Proposal
from comity.web.people.proposals import DECIDED, base_of, carry_out, proposed, vote
from comity.web.people.recording import CORRECT, RECORD, looked_at
from comity.web.people.showing import MOST, line, proposal_of, visible, voted
from comity.web.readers import reader_of
from comity.web.recording.effects import effect_of

SHOWN = 50


def index(request: HttpRequest) -> HttpResponse:
    found = visible(request)
    if wants_json(request):
        return json_page({"proposals": [line(p) for p in found]})
    return page(request, "people/proposals.html", {"asked": asked_today(request), "proposals": found})


@written_to
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal."""
    found, person, problem = proposal_of(request, number), person_of(request), None
    assert person is not None
    if request.method == "POST":
        do, reason = request.POST.get("do", ""), request.POST.get("reason", "")
        try:
            if do == "carry out":
                carry_out(number, person, whole(request))
            elif do in ("approve", "refuse"):
                vote(number, person, do == "approve", reason, whole(request), request.POST.get("seen"))
            else:
                raise BadInput("say whether you approve or refuse it")
            return HttpResponseRedirect(reverse("proposal", args=(number,)))
        except ComityError as stopped:
            problem, found = stopped, proposal_of(request, number)
    now, looked = base_of(found, whole(request), person.reader), proposed(found, whole(request))
    context = {
        "asked": asked_today(request), "proposal": found, "votes": voted(found, looked), "seen": now,
        "stopped_by": DECIDED if found.state != State.OPEN else against(looked, Word(person.name, person.grant.roles, True, "asked for")),
        "left": looked.left, "lapsed": looked.lapsed,
        "problem": problem and for_a_page(problem), "again": found.state == State.APPROVED and found.role in person.roles,
        **shown(request, found),
    }  # fmt: skip
    status = 200 if problem is None else next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return page(request, "people/proposal.html", context, status)


def shown(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    """What it would put on record and change; or its plain content."""
    if found.kind not in (RECORD, CORRECT):
        return {"payload": sorted(found.payload.items())}
    try:
        stated = looked_at(whole(request), found, reader_of(request))
    except ComityError as gone:
        return {"gone": for_a_page(gone)}
    entries = [one.entry for one in stated if one.entry is not None]
    rows = [(one, [(name, one.row[name]) for name in COLUMNS if one.row[name] and name != "recorded"]) for one in stated[:SHOWN]]
    effect = effect_of(asked_today(request), entries) if entries and len(entries) <= MOST and found.state == State.OPEN else None
    return {"rows": rows, "more_rows": max(0, len(stated) - SHOWN), "effect": effect, "documents": len(found.payload["documents"])}
