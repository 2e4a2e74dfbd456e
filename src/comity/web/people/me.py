"""One's own account: what it is granted and what that allows, where one has signed in, and how."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.terms import NotOnRecord
from comity.web.asking import asked_today, json_page, page, read_day, wants_json
from comity.web.guarding import written_to
from comity.web.people.accounts import note
from comity.web.people.admitting import person_of
from comity.web.people.models import Change
from comity.web.people.tokens import LONGEST, make_token, take_back
from comity.web.readers import RIGHTS, Right, Role, reader_of


def index(request: HttpRequest) -> HttpResponse:
    """What one's account is."""
    person, reader = person_of(request), reader_of(request)
    assert person is not None
    if wants_json(request):
        return json_page({"name": person.name, **person.grant.plain(), "may": [right.value for right in Right if reader.may(right)]})
    roles = [(role.value, [right.value for right in Right if right in RIGHTS[role]]) for role in Role if role in reader.roles]
    context = {
        "asked": asked_today(request),
        "person": person,
        "roles": roles,
        "agreements": None if reader.agreements is None else sorted(reader.agreements),
        "changes": Change.objects.filter(whose=person.name),
        "sessions": sorted(UserSession.objects.purge_and_list(person.user), key=lambda one: one.created_at, reverse=True),
        "this_session": request.session.session_key,
        "factors": Authenticator.objects.filter(user=person.user).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        "tokens": [one for one in person.tokens.all() if one.ended is None],
        "latest": (timezone.now() + LONGEST).date().isoformat(),
        "may_record": reader.may(Right.RECORD),
        "has_password": person.user.has_usable_password(),
    }
    return page(request, "people/me.html", context)


@written_to
def tokens(request: HttpRequest) -> HttpResponse:
    """Make a token, which is shown this once, or take one back."""
    person = person_of(request)
    assert person is not None
    if request.method != "POST":
        return HttpResponseRedirect(reverse("me"))
    number = request.POST.get("token", "")
    if number:
        gone = take_back(person, int(number) if number.isdecimal() and len(number) < 10 else 0)
        note(person.name, person.name, f"token {gone.name} taken back", request)
        return HttpResponseRedirect(reverse("me"))
    raise_if_reauthentication_required(request, app="mfa")
    ends = read_day(_("until"), request.POST.get("ends", ""))
    text = make_token(person, request.POST.get("name", ""), ends, request.POST.getlist("scope"))
    note(person.name, person.name, f"token {' '.join(request.POST.get('name', '').split())} made", request)
    shown = page(request, "people/token.html", {"asked": asked_today(request), "token": text, "ends": ends})
    shown.headers["Cache-Control"] = "no-store"
    return shown


@written_to
def sessions(request: HttpRequest) -> HttpResponse:
    """End one of one's sessions, or all but this."""
    if request.method == "POST":
        mine, which = UserSession.objects.filter(user=request.user.pk), request.POST.get("session", "")
        chosen = mine.exclude(session_key=request.session.session_key) if which == "others" else mine.filter(pk=which if which.isdecimal() else 0)
        ended = list(chosen)
        if not ended and which != "others":
            raise NotOnRecord("no session of yours is called so; look at the list again")
        for session in ended:
            session.end()
    return HttpResponseRedirect(reverse("me"))
