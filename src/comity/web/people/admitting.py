"""Who gets in: everybody who has signed in, as the reader whom their account makes them, with the record cut down to what they may see."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from comity.web.api.problems import problem_response as refused
from comity.web.api.sending import SCOPES
from comity.web.asking import HELD, WHOLE, json_page
from comity.web.guarding import error_page
from comity.web.people.approvals import Approving
from comity.web.people.models import Person
from comity.web.people.tokens import token_with
from comity.web.readers import NOBODY, READER
from comity.web.recording.approvals import APPROVALS

ALIKE = frozenset({"static", "language", "feed"})
"""Pages that are the same for everybody; a feed, for everybody who has its token."""
ENTRANCE = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "invited",
    }
)
"""Pages by which one signs in."""
CHOOSING = frozenset({"account_change_password", "account_logout", "account_reauthenticate"})
"""Pages for somebody who has to choose a password of their own first."""
Answer = Callable[[HttpRequest], HttpResponse]


PROGRAMS = ("/api/v1", "/access/", "/.well-known/authzen-configuration")
"""Where programs ask, which may say who they are by a token."""
_BEARER = 'Bearer realm="comity"'


class Admit:
    """The innermost middleware. Nobody's reader is ever left to be guessed: without an account it is one who sees nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PROGRAMS) and "Authorization" in request.headers:
            return self._by_token(request)
        page = _named(request)
        request.META[SCOPES] = None
        person = None if page in ALIKE else person_of(request)
        _see_as(request, person)
        if person is None and page not in ALIKE | ENTRANCE:
            return _sign_in_first(request)
        if person is not None and person.must_choose and page not in ALIKE | CHOOSING:
            return HttpResponseRedirect(reverse("account_change_password"))
        response = self.get_response(request)
        if person is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _by_token(self, request: HttpRequest) -> HttpResponse:
        """A program, which acts for whoever made its token; never together with what a browser sends by itself."""
        scheme, _, text = request.headers["Authorization"].partition(" ")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return refused(request, 400, "a token and a session were sent; send the token alone, without cookies")
        token = token_with(text.strip()) if scheme.casefold() == "bearer" else None
        if token is None:
            wrong = f'{_BEARER}, error="invalid_token"'
            return refused(request, 401, "this token is not known here, is over or was taken back; make one under Me", {"WWW-Authenticate": wrong})
        request.META[SCOPES] = tuple(token.scopes)
        _see_as(request, token.person)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Whoever signed in a while ago shows once more who they are, and then asks for the page again."""
        if not isinstance(problem, ReauthenticationRequired):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return error_page(request, 403, "sign out and in again, to show once more who you are")
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")


class OverTls:
    """Where the pages are asked for over TLS, what is kept in the browser is sent over TLS alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


def person_of(request: HttpRequest) -> Person | None:
    """Whose session it is."""
    user = request.user
    return Person.objects.select_related("user").filter(user_id=user.pk).first() if user.is_authenticated and user.is_active else None


def _named(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def _see_as(request: HttpRequest, person: Person | None) -> None:
    held, reader = request.META[HELD], NOBODY if person is None else person.reader
    request.META[READER] = reader
    request.META[WHOLE], request.META[HELD] = held, held.for_reader(reader)
    if person is not None:
        request.META[APPROVALS] = Approving(person, request.META[HELD])


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and then this one; one line for a program, and for a piece of a page."""
    if request.path_info.startswith(PROGRAMS):
        return refused(request, 401, "say who you are: send a token, as Authorization: Bearer", {"WWW-Authenticate": _BEARER})
    if request.GET.get("format") == "json" or "application/json" in request.headers.get("Accept", "") or "HX-Request" in request.headers:
        return json_page({"error": "sign in first"}, 401)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("today")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
