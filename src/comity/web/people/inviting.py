"""A link by which somebody sets their own password: given out by an administrator, good for a day and for once; nobody sets another's password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.terms import BadInput, NotOnRecord
from comity.web.guarding import for_a_page, written_to
from comity.web.people import accounts
from comity.web.people.granting import Step, allow
from comity.web.people.models import Invitation
from comity.web.people.waiting import forget_all

GOOD_FOR = timedelta(hours=24)


def invite(name: str, by: str | None) -> str:
    """What stands in the link, which is told this once; the link before is good no more."""
    person, secret = accounts.person_of(name), secrets.token_urlsafe(32)
    allow(accounts.office(), Step(by, name, person.grant), ())
    if not person.grant.in_use:
        raise BadInput(f"the account of {name} was dismissed; take it back first")
    made = {"digest": _digest(secret), "ends": timezone.now() + GOOD_FOR}
    Invitation.objects.update_or_create(person=person, defaults=made)
    accounts.note(name, by or accounts.AT_THE_COMMAND_LINE, "link for a password given out")
    return secret


def _found(secret: str, locked: bool = False) -> Invitation:
    """The link as it was given out; ``locked``: nobody else uses it meanwhile, nor gives out another."""
    every = Invitation.objects.select_for_update() if locked else Invitation.objects
    found = every.select_related("person__user").filter(digest=_digest(secret), ends__gt=timezone.now()).first()
    if found is None or not found.person.user.is_active:
        raise NotOnRecord(_("this link was used, is over, or never was; ask an administrator for another"))
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


@written_to
def index(request: HttpRequest, secret: str) -> HttpResponse:
    """The form for a password; once it is set, on to the sign-in page."""
    problem = ""
    if request.method == "POST":
        try:
            _set(request, secret)
            return _alone(HttpResponseRedirect(reverse("account_login")))
        except BadInput as stopped:
            problem = for_a_page(stopped)
    invited = _found(secret)
    return _alone(render(request, "people/invited.html", {"name": invited.person.name, "problem": problem}, status=400 if problem else 200))


def _alone(response: HttpResponse) -> HttpResponse:
    """What stands in the address is told to nobody, and kept nowhere."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _set(request: HttpRequest, secret: str) -> None:
    first, second = request.POST.get("password1", ""), request.POST.get("password2", "")
    if first != second:
        raise BadInput(_("the two passwords differ; write them again"))
    with transaction.atomic():
        invited = _found(secret, locked=True)
        name = invited.person.name
        accounts.choose_password(invited.person, first)
        invited.delete()
        accounts.note(name, name, "password set by a link", request)
    forget_all(name)
