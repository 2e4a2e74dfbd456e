"""Errors, all of one shape: RFC 9457, with one clear line that says what is wrong and names the field.

Source: RFC 9457, 3; RFC 9110, 15.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, Throttled, ValidationError

from comity.terms import ComityError
from comity.web.folds import Busy
from comity.web.guarding import STATUS

MEDIA_TYPE = "application/problem+json"
SOON = "5"
"""Seconds after which to ask again for what is still being derived."""


class Kind(NamedTuple):
    """One kind of problem: the last part of its type, its title, and what to do about it."""

    name: str
    title: str
    advice: str


KINDS: Mapping[int, Kind] = {
    400: Kind("bad-input", "That cannot be read", "mend what the line names, and ask again"),
    401: Kind("not-known", "Not known who asks", "say who you are, as WWW-Authenticate says"),
    403: Kind("not-allowed", "Not allowed", "ask somebody whose role allows it"),
    404: Kind("not-on-record", "Not on record", "look for what the line offers as near; what you may not see is not on record for you"),
    405: Kind("not-asked-so", "Not to be asked so", "use one of the methods in Allow"),
    409: Kind("under-way", "The same is under way", "wait for the request that has the same Idempotency-Key, then send it again"),
    412: Kind("changed-meanwhile", "Changed meanwhile", "read it again, and decide anew"),
    413: Kind("too-long", "Too long", "send it in parts"),
    415: Kind("not-json", "Not JSON", "send JSON, with Content-Type: application/json"),
    422: Kind("key-used", "Key used for something else", "send another Idempotency-Key"),
    429: Kind("too-fast", "Too fast", "wait as long as Retry-After says"),
    500: Kind("broken", "Something broke", "tell the record's keeper; the error was written to the log"),
    503: Kind("still-at-work", "Still at work", "ask again after Retry-After"),
}
_AXES = {"as of: ": "on: ", "as known on: ": "known: ", "seen by: ": "as: ", "before, as known on: ": "knew: "}
_LISTED = re.compile(r"(?:; | \()list them with: comity ([a-z]+)\)?")
_ROOMS = {"agreements": "/api/v1/agreements", "parties": "/api/v1/parties", "acts": "/api/v1/acts"}


@dataclass
class Refused(Exception):
    """What is asked for is refused with this status, and why. ``more``: what else the problem tells (``errors``, ``current``, ``sent``)."""

    status: int
    says: str
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def faulty(faults: Mapping[str, str]) -> Refused:
    """A body in which something is wrong: each fault by the JSON pointer of its field (RFC 6901; ``/`` before each part)."""
    errors = [{"pointer": f"#{pointer}", "detail": says} for pointer, says in faults.items()]
    first = next(iter(faults.items()))
    more = f" (and {len(faults) - 1} more, under errors)" if len(faults) > 1 else ""
    return Refused(400, f"{first[0].strip('/').replace('/', '.') or 'the body'}: {first[1]}{more}", {}, {"errors": errors})


def said(problem: Exception) -> str:
    """What is wrong, in the words of the API instead of those of the command line or of the pages."""
    says = str(problem)
    for of_the_pages, ours in _AXES.items():
        if says.startswith(of_the_pages):
            says = ours + says.removeprefix(of_the_pages)
    near = "did you mean" in says
    says = _LISTED.sub(lambda m: f"; list them at {_ROOMS[m[1]]}" if m[1] in _ROOMS and not near else "", says)
    says = re.sub(r"; look it up under ([A-Z][a-z]+)", lambda m: f"; list them at /api/v1/{m[1].lower()}", says)
    says = re.sub(r"ask with --known (\S+)", r"ask with known=\1", says)
    return re.sub(r"(?<![\w-])--([a-z]+)", r"\1", says)


def problem_response(
    request: HttpRequest, status: int, says: str, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The problem as a response."""
    content = json.dumps({**problem_to_plain(request.path, status, says), **(more or {})}, ensure_ascii=False)
    return HttpResponse(content.encode(errors="replace"), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def problem_to_plain(path: str, status: int, says: str) -> dict[str, Any]:
    """RFC 9457, 3.1: what kind of problem, in which request."""
    kind = KINDS[status]
    return {"type": f"/api#{kind.name}", "title": kind.title, "status": status, "detail": says, "instance": path}


def refusal_of(request: HttpRequest, problem: Exception) -> Refused:
    """What a request that ran into this problem is told; what nobody thought of is written to the log, and told to nobody."""
    match problem:
        case Refused():
            return problem
        case ComityError():
            return Refused(next(status for kind, status in STATUS.items() if isinstance(problem, kind)), said(problem))
        case ValidationError():
            return Refused(400, _invalid(problem), {}, _pointed(problem))
        case Throttled():
            return Refused(429, "too many requests; wait as long as Retry-After says")
        case HttpError(status_code=status) if status in KINDS:
            return Refused(status, str(problem.__cause__ or problem), {"WWW-Authenticate": "Bearer"} if status == 401 else {})
        case Http404():
            return Refused(404, f"there is nothing at {request.path}; what there is stands in /api/v1/openapi.json")
        case Busy():
            return Refused(503, "the record is still being derived, which takes some seconds after the start: ask again", {"Retry-After": SOON})
        case OverflowError():
            return Refused(400, "that day is too near the end of the calendar; choose one between 0002-01-01 and 9990-12-31")
    logging.getLogger("django.request").error("%s %s", request.method, request.path, exc_info=problem)
    return Refused(500, "this could not be answered; the error was written to the log")


def answer_problem(request: HttpRequest, problem: Exception | type[Exception]) -> HttpResponse:
    """The problem that a request ran into, as its response."""
    refused = refusal_of(request, problem() if isinstance(problem, type) else problem)
    return problem_response(request, refused.status, refused.says, refused.headers, refused.more)


def _invalid(problem: ValidationError) -> str:
    """Each field that cannot be read, and why."""
    return "; ".join(dict.fromkeys(f"{_field(error['loc'])}: {error['msg'][:1].lower()}{error['msg'][1:]}" for error in problem.errors[:5]))


def _pointed(problem: ValidationError) -> dict[str, Any]:
    """Each field of a body that cannot be read, by its JSON pointer."""
    wrong = [(error["loc"][2:], error["msg"]) for error in problem.errors[:50] if error["loc"][0] == "body"]
    errors = [{"pointer": "#" + "".join(f"/{part}" for part in place), "detail": says[:1].lower() + says[1:]} for place, says in wrong]
    return {"errors": errors} if errors else {}


def _field(place: tuple[str | int, ...]) -> str:
    """Where it stands: ``limit``, or ``words.agreement`` of a body."""
    where, *names = place
    if where == "body":
        names = names[1:] or ["the body"]
    return ".".join(str(name) for name in names)
