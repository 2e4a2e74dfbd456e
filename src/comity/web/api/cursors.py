"""Lists by parts: a cursor says after which item to go on, and holds for one question, with its filters and days, and for one reader only.

A cursor names the last item that was given, not a place in the list, so that nothing is given twice or left out because of what came on
record meanwhile. It carries the days of the first part, so that all parts answer as of one day. It is signed with the server's secret: after
a restart without a lasting secret, a list has to be begun anew.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from comity.terms import BadInput
from comity.web.asking import Asked
from comity.web.readers import reader_of

T = TypeVar("T")
Key = tuple[str, ...]
AFTER, NEXT = "comity.api.after", "comity.api.next"
_BESIDE = ("cursor", "limit", "on", "known")
LAST = "9999-99-99"
"""After every day: of what is on no known day."""
_SALT = "comity.web.api.cursors"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Items of one part, the path of the next one (None: it is the last), and how many there are that this reader may see."""

    items: list[T]
    next: str | None
    total: int


def part_of(request: HttpRequest, this: Asked, found: Iterable[T], key: Callable[[T], Key], limit: int, kept: str = "") -> Part[T]:
    """The part that was asked for, of all that was found, in the order of ``key``, which is kept for the next part under this name."""
    ordered = this.ask(("in order", kept), lambda _: _told_apart(found, key)) if kept else _told_apart(found, key)
    after: Key | None = request.META.get(AFTER)
    start = 0 if after is None else bisect_right(ordered, after, key=lambda one: one[0])
    items = [item for _, item in ordered[start : start + limit]]
    if start + limit >= len(ordered):
        return Part(items, None, len(ordered))
    days = {"on": this.on.isoformat(), "known": this.known.isoformat()}
    query = request.GET.copy()
    for name, value in {**days, "limit": str(limit), "cursor": seal(_bound(request, days), {"after": ordered[start + limit - 1][0], **days})}.items():
        query[name] = value
    following = f"{request.path}?{query.urlencode()}"
    request.META[NEXT] = following
    return Part(items, following, len(ordered))


def _told_apart(found: Iterable[T], key: Callable[[T], Key]) -> list[tuple[Key, T]]:
    """In order, each with its key; those that are alike are numbered."""
    seen = Counter[Key]()
    ordered = []
    for item in sorted(found, key=key):
        place = key(item)
        ordered.append(((*place, f"{seen[place]:06}"), item))
        seen[place] += 1
    return ordered


def go_on(request: HttpRequest, cursor: str) -> None:
    """Ask on the days of the cursor, and after its item; BadInput unless it is one of this question, so filtered, and this reader."""
    told = opened(cursor, lambda told: _bound(request, told))
    query = request.GET.copy()
    for name in ("on", "known"):
        if query.get(name, "") not in ("", told[name]):
            raise BadInput(f"cursor: it is one of a list {name}={told[name]}; leave {name} as it was, or begin without a cursor")
        query[name] = told[name]
    request.GET = QueryDict(query.urlencode())
    request.META[AFTER] = tuple(told["after"])


def _bound(request: HttpRequest, days: dict[str, Any]) -> list[Any]:
    """All that a cursor holds for: who asks what, with which filters, on which days."""
    reader = reader_of(request)
    filters = sorted((name, values) for name, values in request.GET.lists() if name not in _BESIDE and any(values))
    return [request.path, reader.name, reader.party, filters, days["on"], days["known"]]


def seal(bound: object, told: dict[str, Any]) -> str:
    """A token that carries ``told`` and opens where ``bound`` is the same alone."""
    content = json.dumps(told, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_mac(bound, content) + content).decode().rstrip("=")


def opened(token: str, bound: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """What the token carries; BadInput unless it was made here, for the same."""
    try:
        raw = base64.urlsafe_b64decode((token + "=" * (-len(token) % 4)).encode("ascii"))
        told = json.loads(raw[16:])
        good = hmac.compare_digest(raw[:16], _mac(bound(told), raw[16:]))
    except (ValueError, KeyError, TypeError, binascii.Error):
        good = False
    if not good:
        raise BadInput("cursor: it is none of this list with these filters, or too old; begin without a cursor")
    found: dict[str, Any] = told
    return found


def _mac(bound: object, content: bytes) -> bytes:
    said = json.dumps(bound, separators=(",", ":")).encode() + b"\n" + content
    return salted_hmac(_SALT, said, algorithm="sha256").digest()[:16]
