"""The edge of the API: methods, lengths and types of what is sent, ETags of what is given, and every error in its one shape.

Source: RFC 9110, 8.8.3, 9.3, 13.1.2, 15.4.5; docs/reference/api.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import parse_etags

from comity.web.api.cursors import NEXT
from comity.web.api.problems import Refused, answer_problem

MOST_BYTES = 2 * 1024 * 1024
JSON = "application/json"
_SENT = ("POST", "PUT", "PATCH")
_LONGEST_ID = 200
_BYTES = {"/api/v1/attachments": 16 * 1024 * 1024}
"""Where something else than JSON is sent, and how much of it at most."""

View = Callable[..., HttpResponse]


def edged(view: View) -> View:
    """The view, as it is asked from outside. It says itself by which methods, so the pages' guard leaves that to it."""
    allowed = _allowed(view)

    @wraps(view)
    def answer(request: HttpRequest, *places: Any, **named: Any) -> HttpResponse:
        days_given = all(request.GET.get(name, "").strip() for name in ("on", "known"))
        with translation.override("en"):
            try:
                response = _answered(view, allowed, request, *places, **named)
            except Exception as problem:  # the edge of the program: nothing is told but what a problem says
                response = answer_problem(request, problem)
        return with_its_name(request, _tagged(request, response, days_given))

    vars(answer).update(methods=None, csrf_exempt=True)
    return answer


def with_its_name(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With the name that the client gave its request (AuthZEN Authorization API 1.0, "Request Identification")."""
    sent = request.headers.get("X-Request-ID", "")
    if sent.isprintable() and 0 < len(sent) <= _LONGEST_ID:
        response.headers["X-Request-ID"] = sent
    return response


def _allowed(view: View) -> tuple[str, ...]:
    """The methods that the view answers, as it says itself when it is asked by none."""
    asked_by_none = HttpRequest()
    asked_by_none.method = ""
    own = {method.strip() for method in view(asked_by_none).headers["Allow"].split(",")}
    return tuple(sorted({*own, "OPTIONS", *(["HEAD"] if "GET" in own else [])}))


def _answered(view: View, allowed: tuple[str, ...], request: HttpRequest, *places: Any, **named: Any) -> HttpResponse:
    methods = {"Allow": ", ".join(allowed)}
    if request.method not in allowed:
        raise Refused(405, f"this is not to be asked by {(request.method or '')[:20]}; use {' or '.join(allowed)}", methods)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=methods)
    if request.method in _SENT:
        _read(request)
    if request.method != "HEAD":
        return view(request, *places, **named)
    request.method = "GET"
    response = view(request, *places, **named)
    request.method = "HEAD"
    return response


def _read(request: HttpRequest) -> None:
    """Refuse a body that is too long, or of another type."""
    length, most = request.headers.get("Content-Length") or "0", _BYTES.get(request.path, MOST_BYTES)
    if not (length.isascii() and length.isdigit()) or int(length[:18]) > most:
        raise Refused(413, f"the body has {length[:18]} bytes; at most {most} are read")
    if request.content_type != JSON and request.path not in _BYTES:
        status = 400 if request.path.startswith("/access/") else 415  # AuthZEN 1.0, Transport, HTTPS JSON Binding: what isn't JSON is a bad request
        raise Refused(status, f"the body is {(request.content_type or 'of no type')[:60]!r}; send JSON, with Content-Type: {JSON}")


def etag_of(content: bytes) -> str:
    """The strong ETag of a body."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _tagged(request: HttpRequest, response: HttpResponse, days_given: bool) -> HttpResponse:
    """With a link to the next part, if there is one, and its ETag, weak where what is given changes with the day.

    304 where the client has it; without a body where HEAD asks.
    """
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        if following := request.META.get(NEXT):
            response.headers["Link"] = f'<{following}>; rel="next"'
        strong = response.headers.get("ETag") or etag_of(response.content)
        response.headers["ETag"] = strong if days_given or "ETag" in response.headers else f"W/{strong}"
        held = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
        if strong in held or "*" in held:
            kept = {name: response.headers[name] for name in ("ETag", "Link") if name in response.headers}
            return HttpResponse(status=304, headers=kept)
    if request.method == "HEAD":
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
