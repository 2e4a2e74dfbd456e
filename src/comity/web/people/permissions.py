"""May somebody do this? The page that says which rule decides: for those who administer accounts about everybody, for others about themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, json_page, page, wants_json
from comity.web.forms import choices, filled_in, with_form
from comity.web.people.admitting import person_of
from comity.web.people.deciding import Case, Decision, decide
from comity.web.people.models import Person
from comity.web.people.pages import within_reach
from comity.web.readers import Right, reader_of


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Who can be asked about, and which rights there are."""
    people = [one.name for one in about_whom(request)]
    given = filled_in(request, "person", "right", "agreement", "act")
    return {**choices(this), "people": people, "rights": [right.value for right in Right], "given": given}


def about_whom(request: HttpRequest) -> list[Person]:
    """Oneself, and everybody whom one administers."""
    own = person_of(request)
    assert own is not None
    reached = within_reach(request) if reader_of(request).may(Right.ADMINISTER) else []
    return [own, *(one for one in reached if one.pk != own.pk)]


@with_form("people/permissions.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = fields(request, this)
    found = _decided(request, this, form["given"]) if form["given"]["right"] else None
    if wants_json(request):
        if found is None:
            raise BadInput("nothing was asked; write right=, and person= for somebody else")
        return json_page(_plain(found[0], found[1]))
    return page(request, "people/permissions.html", {"asked": this, **form, "case": found and found[0], "decision": found and found[1]})


def _decided(request: HttpRequest, this: Asked, given: dict[str, str]) -> tuple[Case, Decision]:
    people = about_whom(request)
    person = next((one for one in people if one.name == given["person"]), None) if given["person"] else people[0]
    if person is None:
        raise NotOnRecord(f"no account {given['person']!r}; look at the list of accounts")
    right = next((one for one in Right if one.value == given["right"]), None)
    if right is None:
        raise BadInput(f"right={given['right']!r}; choose among {', '.join(one.value for one in Right)}")
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    acts = this.visible(this.held.entries(given["act"])) if given["act"] else []
    if given["act"] and not acts:
        raise NotOnRecord(f"no act {given['act']!r} is on record; look it up under Acts")
    case = Case(person.name, person.grant, right, given["agreement"] or None, acts[-1].act if acts else None, this.record.ladders)
    return case, decide(case)


def _plain(case: Case, decision: Decision) -> dict[str, Any]:
    by = decision.decided_by
    rules = [{"rule": one.rule, "allows": one.allows, "says": one.says} for one in decision.rulings]
    return {"person": case.name, "right": case.right.value, "allowed": decision.allowed, "decided_by": by and by.rule, "rules": rules}
