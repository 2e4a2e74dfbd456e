"""What a browser may do with a page, and errors as pages: bad input 400, not on record 404, one clear line each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import cast

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import HELD, json_page, page
from comity.web.folds import Busy
from comity.web.holding import Held
from comity.web.linking import href
from comity.web.readers import NotAllowed
from comity.web.rules import RULES
from comity.web.telling import Words, told

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = ("GET", "HEAD")
TITLES = {
    400: gettext_lazy("That cannot be read"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not on record"),
    429: gettext_lazy("Too often"),
    500: gettext_lazy("Something broke"),
    502: gettext_lazy("No answer"),
    503: gettext_lazy("Still at work"),
}
LARGEST_FORM = 20_000_000
STATUS: dict[type[ComityError], int] = {BadInput: 400, NotOnRecord: 404, NotAllowed: 403, ComityError: 400}
_LISTED = re.compile(r"; list them with: comity ([a-z]+)")
_TYPED = re.compile(r": ask with --known (\S+) or later")


class Guard:
    """The outermost middleware: this machine's names only, reading unless a page says otherwise, headers on everything, errors as pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return _line(400, "Comity answers on this machine only: use http://127.0.0.1 or http://localhost")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> HttpResponse | None:
        """Only a page that says so is written to; what has ``methods`` None sees to that itself."""
        allowed: tuple[str, ...] | None = getattr(view, "methods", READING)
        if allowed is None or request.method in allowed:
            return too_large(request)
        refused = _line(405, f"this page is not to be asked so: use {' or '.join(allowed)}")
        refused.headers["Allow"] = ", ".join(allowed)
        return refused

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ComityError):
            status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
            return error_page(request, status, for_a_page(problem))
        if isinstance(problem, Busy):
            says = _("the record is still being derived, which takes some seconds after the start: show this page again")
            busy = error_page(request, 503, told(says))
            busy.headers["Retry-After"] = "5"
            return busy
        if isinstance(problem, OverflowError):
            message = _("that day is too near the end of the calendar; choose one between %(first)s and %(last)s")
            return error_page(request, 400, told(message, first=date(2, 1, 1), last=date(9990, 12, 31)))
        return None


def too_large(request: HttpRequest) -> HttpResponse | None:
    """A form that is larger than any of ours is refused before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method in READING or (str(length).isdecimal() and int(str(length)[:18]) <= LARGEST_FORM):
        return None
    return _line(413, f"what was sent is larger than {LARGEST_FORM:,} bytes; send less at once")


def written_to(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that forms are sent to."""
    vars(view)["methods"] = (*READING, "POST")
    return view


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that no page of ours sent: another site's, or one that is too old."""
    says = _("this form was not sent from a page that is open here, or the page is too old: open it again and send it anew")
    return error_page(request, 403, told(says))


def for_a_page(problem: ComityError) -> str:
    """What is wrong, with what the pages offer in place of what only the command line does."""
    if problem.args and isinstance(problem.args[0], Words):
        return problem.args[0]
    says = _TYPED.sub(r"; ask as known on \1 or later", str(problem))
    return _LISTED.sub(lambda m: "" if "did you mean" in says else f"; look it up under {m[1].capitalize()}", says)


def _line(status: int, says: str) -> HttpResponse:
    return HttpResponse(f"{says}\n", status=status, content_type="text/plain; charset=utf-8")


def error_page(request: HttpRequest, status: int, says: str) -> HttpResponse:
    if request.GET.get("format") == "json":
        return json_page({"error": says}, status)
    return page(request, "error.html", {"title": TITLES[status], "says": says, "status": status, "near": near(request, says)}, status)


def near(request: HttpRequest, says: str) -> list[tuple[str, str]]:
    """What the message offers as near, as links."""
    holding: Held = request.META[HELD]
    record = holding.opened.book.record
    found = []
    for word in re.findall(r"[^\s,()]+", _offered(says)):
        for name, known in (("agreement", record.ids), ("party", record.register.parties), ("rule", RULES), ("act", holding.refs)):
            if word in known:
                found.append((word, href({}, name, word)))
                break
    return found


def _offered(says: str) -> str:
    """What the message says is near, at its end, or that of the message that stands in it; never what was typed."""
    if isinstance(says, Words):
        return str(says.parts.get("near") or _offered(cast(str, says.parts.get("problem", ""))))
    found = re.search(r"did you mean ([^?]+)\?$", says)
    return found[1] if found else ""


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent is no form, or one with more in it than any of ours."""
    return error_page(request, 400, "what was sent cannot be read as a form of these pages; open the page again and send it anew")


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return error_page(request, 404, told(_("there is no page %(path)s"), path=request.path))


def page_broken(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500, told(_("this page could not be made; the error was written to the terminal in which Comity runs")))
