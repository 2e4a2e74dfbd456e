"""What a browser may do with a page, and errors as pages: bad input 400, not on record 404, one clear line each."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse

from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import HELD, json_page, page
from comity.web.holding import Busy, Held
from comity.web.linking import href
from comity.web.readers import NotAllowed
from comity.web.rules import RULES

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = ("GET", "HEAD")
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
        """Only a page that says so is written to."""
        allowed: tuple[str, ...] = getattr(view, "methods", READING)
        if request.method in allowed:
            return too_large(request)
        refused = _line(405, f"this page is not to be asked so: use {' or '.join(allowed)}")
        refused.headers["Allow"] = ", ".join(allowed)
        return refused

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ComityError):
            status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
            return error_page(request, status, for_a_page(problem))
        if isinstance(problem, Busy):
            busy = error_page(request, 503, "the record is still being derived, which takes some seconds after the start: show this page again")
            busy.headers["Retry-After"] = "5"
            return busy
        if isinstance(problem, OverflowError):
            return error_page(request, 400, "that day is too near the end of the calendar; choose one between 0002-01-01 and 9990-12-31")
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
    return error_page(request, 403, "this form was not sent from a page that is open here, or the page is too old: open it again and send it anew")


def for_a_page(problem: ComityError) -> str:
    """What is wrong, with what the pages offer in place of what only the command line does."""
    says = _TYPED.sub(r"; ask as known on \1 or later", str(problem))
    return _LISTED.sub(lambda m: "" if "did you mean" in says else f"; look it up under {m[1].capitalize()}", says)


def _line(status: int, says: str) -> HttpResponse:
    return HttpResponse(f"{says}\n", status=status, content_type="text/plain; charset=utf-8")


def error_page(request: HttpRequest, status: int, says: str) -> HttpResponse:
    if request.GET.get("format") == "json":
        return json_page({"error": says}, status)
    titles = {400: "That cannot be read", 403: "Not allowed", 404: "Not on record", 500: "Something broke", 503: "Still at work"}
    return page(request, "error.html", {"title": titles[status], "says": says, "status": status, "near": near(request, says)}, status)


def near(request: HttpRequest, says: str) -> list[tuple[str, str]]:
    """What the message offers as near, as links."""
    offered = re.search(r"did you mean (.+)\?", says)
    holding: Held = request.META[HELD]
    record = holding.opened.book.record
    found = []
    for word in re.findall(r"[^\s,()]+", offered[1]) if offered else ():
        for name, known in (("agreement", record.ids), ("party", record.register.parties), ("rule", RULES), ("act", holding.refs)):
            if word in known:
                found.append((word, href({}, name, word)))
                break
    return found


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent is no form, or one with more in it than any of ours."""
    return error_page(request, 400, "what was sent cannot be read as a form of these pages; open the page again and send it anew")


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return error_page(request, 404, f"there is no page {request.path}")


def page_broken(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500, "this page could not be made; the error was written to the terminal in which Comity runs")
