"""The accounts, for those who administer them: everybody, one account with its history, and what is granted to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comity.standing import needs
from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import Asked, asked_today, json_page, page, wants_json
from comity.web.forms import choices
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.people import accounts
from comity.web.people.granting import Grant, Office, Step, within_ones_agreements, within_ones_party
from comity.web.people.inviting import invite
from comity.web.people.models import Change, Expected, Person
from comity.web.people.wording import grant_of, told
from comity.web.readers import RIGHTS, Right, Role, reader_of
from comity.web.tables import as_file

MOST_EVENTS = 1000


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """Everybody whom one administers; and a form for a new account."""
    reader_of(request).ask_for(Right.ADMINISTER)
    this, problem = asked_today(request), None
    if request.method == "POST":
        try:
            return _add(request, this)
        except ComityError as found:
            problem = found
    people = within_reach(request)
    if wants_json(request):
        return json_page({"people": [{"name": one.name, **one.grant.plain()} for one in people]})
    context = {"people": people, **_fields(this, request.POST), "name": request.POST.get("name", "")}
    return _page(request, "people/people.html", this, context, problem)


def _add(request: HttpRequest, this: Asked) -> HttpResponse:
    name, by = request.POST.get("name", "").strip(), reader_of(request).name
    accounts.add(name, written(request, this), None, by, this.record.ladders)
    return _invited(request, this, name, by)


def _invited(request: HttpRequest, this: Asked, name: str, by: str) -> HttpResponse:
    """The link by which somebody sets their password, shown this once."""
    link = request.build_absolute_uri(reverse("invited", args=(invite(name, by),)))
    shown = page(request, "people/password.html", {"asked": this, "name": name, "link": link})
    shown.headers["Cache-Control"] = "no-store"
    return shown


def events(request: HttpRequest) -> HttpResponse:
    """What happened to the accounts that one administers, the latest first."""
    reader_of(request).ask_for(Right.ADMINISTER)
    this, names = asked_today(request), [one.name for one in within_reach(request)]
    found = Change.objects.filter(whose__in=names)[:MOST_EVENTS]
    rows = [{"at": one.at.isoformat(timespec="seconds"), "whose": one.whose, "by": one.by, "what": one.what, "from": one.address} for one in found]
    if file := as_file(request, this, "events", lambda: rows):
        return file
    return page(request, "people/events.html", {"asked": this, "events": rows, "most": MOST_EVENTS})


@written_to
def person(request: HttpRequest, name: str) -> HttpResponse:
    """One account."""
    reader_of(request).ask_for(Right.ADMINISTER)
    this, problem = asked_today(request), None
    found = next((one for one in within_reach(request) if one.name == name), None)
    if found is None:
        raise NotOnRecord(f"no account {name!r}; look at the list of accounts")
    if request.method == "POST":
        try:
            return _done(request, this, found)
        except ComityError as stopped:
            problem = stopped
    context = {
        **_fields(this, request.POST if problem else _written_so(found.grant)),
        "person": found,
        "rests_on": rests_on(this, found.grant),
        "changes": Change.objects.filter(whose=name),
        "linked": [(one.provider, one.uid, one.last_login) for one in SocialAccount.objects.filter(user=found.user)],
        "expected": [(one.provider, one.email) for one in Expected.objects.filter(person=found)],
        "providers": [(one.provider_id, one.name) for one in get_adapter().list_apps(request)],
    }
    return _page(request, "people/person.html", this, context, problem)


def _done(request: HttpRequest, this: Asked, found: Person) -> HttpResponse:
    by, name, do = reader_of(request).name, found.name, request.POST.get("do", "")
    said = request.POST.get("provider", ""), request.POST.get("said", "").strip()
    if do == "change":
        accounts.change(name, replace(written(request, this), in_use=found.grant.in_use), by, this.record.ladders)
    elif do == "dismiss":
        accounts.dismiss(name, by)
    elif do == "take back":
        accounts.change(name, replace(found.grant, in_use=True), by, this.record.ladders)
    elif do == "link to set a password":
        return _invited(request, this, name, by)
    elif do == "link" and all(said):
        accounts.link(name, *said, by)
    elif do == "unlink":
        accounts.unlink(name, *said, by)
    else:
        raise BadInput("nothing was asked for; fill in the form, and send it again")
    return HttpResponseRedirect(reverse("person", args=(name,)))


def within_reach(request: HttpRequest) -> list[Person]:
    """The accounts that one may change by one's party and agreements; the others are not there."""
    everybody: Office = accounts.office()
    mine = reader_of(request).name

    def reached(one: Person) -> bool:
        step = Step(mine, one.name, one.grant)
        return all(rule(everybody, step, ()) is None for rule in (within_ones_party, within_ones_agreements))

    return [one for one in Person.objects.select_related("user").order_by("user__username") if reached(one)]


def rests_on(this: Asked, grant: Grant) -> list[str]:
    """The agreements on which the standing under theirs depends, and which they don't see."""
    own = [a for a in grant.agreements or () if a in this.record.ids]
    return sorted({n for a in own for n in needs(this.record.agreement(a)) if n in this.record.ids} - set(own))


def written(request: HttpRequest, this: Asked) -> Grant:
    """The grant that the form says."""
    given = request.POST
    return grant_of(this.record, given.getlist("role"), given.get("party", "").strip(), given.get("agreements", ""), given.get("cleared", ""))


def _written_so(grant: Grant) -> dict[str, Any]:
    agreements = ", ".join(sorted(grant.agreements or ()))
    return {"role": [r.value for r in grant.roles], "party": grant.party or "", "agreements": agreements, "cleared": told(grant.cleared)}


def _fields(this: Asked, given: Any) -> dict[str, Any]:
    chosen = given.getlist("role") if hasattr(given, "getlist") else given["role"]
    roles = [(role.value, role.value in chosen, ", ".join(right.value for right in Right if right in RIGHTS[role])) for role in Role]
    return {**choices(this), "roles": roles, "given": {name: given.get(name, "") for name in ("party", "agreements", "cleared")}}


def _page(request: HttpRequest, template: str, this: Asked, context: dict[str, Any], problem: ComityError | None) -> HttpResponse:
    status = 200 if problem is None else next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return page(request, template, {"asked": this, **context, "problem": problem and for_a_page(problem)}, status)
