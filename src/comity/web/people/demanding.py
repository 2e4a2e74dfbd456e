"""What has to be approved, for everybody to read, and for administrators to change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comity.acts import kinds
from comity.terms import BadInput, ComityError
from comity.web.asking import Asked, asked_today, json_page, page, wants_json
from comity.web.forms import choices
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.people.admitting import person_of
from comity.web.people.demands import DEMANDS, change, written
from comity.web.people.models import Demand
from comity.web.people.wording import words
from comity.web.readers import RIGHTS, Reader, Right, Role, reader_of

_LISTS = ("kinds", "agreements", "levels")


def seen(reader: Reader) -> list[Demand]:
    """The demands that one may see: of the keeper and of one's own side; of one's own agreements, if one is confined to some."""
    mine, sides = reader.agreements, {"", reader.party or ""}
    return [one for one in Demand.objects.filter(party__in=sides) if mine is None or not one.agreements or {*one.agreements} & mine]


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """Every demand; and a form for a new one."""
    this, problem, reader = asked_today(request), None, reader_of(request)
    if request.method == "POST":
        reader.ask_for(Right.ADMINISTER)
        try:
            return _changed(request, this)
        except ComityError as stopped:
            problem = stopped
    found = [_plain(one, reader) for one in seen(reader)]
    if wants_json(request):
        return json_page({"demands": found})
    given = {name: request.POST.get(name, "") for name in (*_LISTS, "needed", "role", "about")}
    context = {
        **choices(this), "asked": this, "demands": found, "problem": problem and for_a_page(problem), "given": given,
        "may_change": reader.may(Right.ADMINISTER), "by_proposal": any(one["about"] == DEMANDS and one["own"] for one in found),
        "whose": [(r.value, r.value in request.POST.getlist("whose")) for r in Role if Right.RECORD in RIGHTS[r]],
        "roles": [r.value for r in Role if {Right.APPROVE, Right.ADMINISTER} & RIGHTS[r]], "kinds": sorted(kinds()),
    }  # fmt: skip
    status = 200 if problem is None else next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return page(request, "people/demands.html", context, status)


def _changed(request: HttpRequest, this: Asked) -> HttpResponse:
    person, remove = person_of(request), request.POST.get("remove", "")
    assert person is not None
    if reader_of(request).agreements is not None:
        raise BadInput("you are confined to some agreements; what has to be approved is said by an administrator who is not")
    if remove:
        made = change(None, int(remove) if remove.isdecimal() and len(remove) < 10 else 0, person)
    else:
        lists = {name: words(request.POST.get(name, "")) for name in _LISTS}
        given: dict[str, Any] = {**request.POST.dict(), **lists, "whose": request.POST.getlist("whose")}
        made = change(written(this.record, given, person.grant.party), None, person)
    return HttpResponseRedirect(reverse("demands") if made is None else reverse("proposal", args=(made.pk,)))


def _plain(one: Demand, reader: Reader) -> dict[str, Any]:
    shown = [agreement for agreement in one.agreements if reader.agreements is None or agreement in reader.agreements]
    return {
        "number": one.pk, "about": one.about, "whose": one.whose, "kinds": one.kinds, "agreements": shown, "levels": one.levels,
        "needed": one.needed, "role": one.role, "own": one.party == (reader.party or ""),
    }  # fmt: skip
