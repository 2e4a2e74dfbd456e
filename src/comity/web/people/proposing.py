"""What was proposed: the list of it, and one proposal with who said what, to approve or to refuse."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comity.terms import ComityError
from comity.web.asking import asked_today, json_page, page, wants_json, whole
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.people.admitting import person_of
from comity.web.people.approving import State, Word, against
from comity.web.people.models import Proposal
from comity.web.people.proposals import carry_out, one, proposed, seen_by, vote
from comity.web.readers import reader_of

MOST = 200


def index(request: HttpRequest) -> HttpResponse:
    """The newest proposals that one may see, those to be decided first."""
    reader = reader_of(request)
    kept = [p for p in Proposal.objects.select_related("by__user")[: MOST * 5] if seen_by(reader, p)]
    found = sorted(kept, key=lambda p: p.state not in (State.OPEN, State.APPROVED))[:MOST]
    if wants_json(request):
        listed = [{"number": p.pk, "kind": p.kind, "title": p.title, "by": p.by.name, "state": p.state} for p in found]
        return json_page({"proposals": listed})
    return page(request, "people/proposals.html", {"asked": asked_today(request), "proposals": found})


@written_to
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal."""
    found, person, problem = one(number, reader_of(request)), person_of(request), None
    assert person is not None
    if request.method == "POST":
        do, reason = request.POST.get("do", ""), request.POST.get("reason", "")
        try:
            if do == "carry out":
                carry_out(number, person, whole(request))
            else:
                vote(number, person, do == "approve", reason, whole(request))
            return HttpResponseRedirect(reverse("proposal", args=(number,)))
        except ComityError as stopped:
            problem = stopped
    votes = list(found.votes.select_related("by__user"))
    stopped_by = against(proposed(found), Word(person.name, person.grant.roles, True, "asked for the page"))
    context = {
        "asked": asked_today(request), "proposal": found, "votes": votes, "stopped_by": stopped_by, "payload": sorted(found.payload.items()),
        "left": max(0, found.needed - sum(v.approves for v in votes)), "problem": problem and for_a_page(problem),
        "again": found.state == State.APPROVED and found.role in person.roles,
    }  # fmt: skip
    status = 200 if problem is None else next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return page(request, "people/proposal.html", context, status)
