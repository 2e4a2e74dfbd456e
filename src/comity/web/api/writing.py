"""What an endpoint that records something asks of whoever writes: that they saw what they change, and that a repeated request does it once.

The contract:

1. ``If-Match`` carries the strong ETag of what was read. Absent: 400. Another one than now: 412, and nothing was done.
2. ``Idempotency-Key`` is a text of the client's choosing (1 to 200 visible ASCII characters), a new one for each thing to be done. Absent: 400.
3. The same key with the same request (method, path, query, body), from the same reader, gets the response that the first one got, with
   ``Idempotent-Replayed: true``; nothing is done again. While the first one is under way: 409. With another request: 422.
4. A response of 500 and above is not kept: the request may be sent again.
5. Responses are kept for a day in this process, and at most so many; the oldest go first. After that, or after a restart, a repeated request is a
   new one. Acts are kept from being recorded twice by their hash, whatever became of the key.

Source: RFC 9110, 13.1.1; draft-ietf-httpapi-idempotency-key-header-07, 2.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from comity.web.api.problems import Refused
from comity.web.readers import reader_of

MOST_KEPT = 1000
KEPT_FOR = 86400.0
Once = tuple[str, str]


def demand_match(request: HttpRequest, now: str) -> None:
    """Refused unless the request says that it is about ``now``, the strong ETag of what is about to be changed."""
    given = parse_etags(request.headers.get("If-Match", ""))
    if not given:
        raise Refused(400, "If-Match is missing; send the ETag of what you read, so that nothing is changed unseen")
    if "*" not in given and now not in given:
        raise Refused(412, "it was changed since you read it; read it again, and decide anew", {"ETag": now})


class _Kept(NamedTuple):
    """What became of a request; ``response`` None: it is under way."""

    digest: str
    at: float
    response: HttpResponse | None


class Repeats:
    """Responses by reader and key: bounded, in memory, safe between threads."""

    def __init__(self, most: int = MOST_KEPT, kept_for: float = KEPT_FOR, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._kept_for, self._clock = most, kept_for, clock
        self._kept: OrderedDict[Once, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def once(self, who: Once, digest: str, do: Callable[[], HttpResponse]) -> HttpResponse:
        """What ``do`` responds, now or the first time; Refused while that is under way, and if the key was another request's."""
        earlier = self._begin(who, digest)
        if earlier is not None:
            return earlier
        response = None
        try:
            response = do()
        finally:
            self._end(who, digest, response)
        return response

    def _begin(self, who: Once, digest: str) -> HttpResponse | None:
        with self._lock:
            self._forget()
            found = self._kept.get(who)
            if found is None:
                self._kept[who] = _Kept(digest, self._clock(), None)
                return None
        if found.digest != digest:
            raise Refused(422, "this Idempotency-Key was sent with another request; send a new one for something new")
        if found.response is None:
            raise Refused(409, "the request with this Idempotency-Key is under way; wait, then send it again")
        again = HttpResponse(found.response.content, status=found.response.status_code, headers=dict(found.response.headers))
        again.headers["Idempotent-Replayed"] = "true"
        return again

    def _end(self, who: Once, digest: str, response: HttpResponse | None) -> None:
        with self._lock:
            if response is None or response.status_code >= 500:
                self._kept.pop(who, None)
            else:
                self._kept[who] = _Kept(digest, self._clock(), response)
                self._kept.move_to_end(who)

    def _forget(self) -> None:
        """Let go of what is too old or too much, never of what is under way."""
        now = self._clock()
        done = [who for who, kept in self._kept.items() if kept.response is not None]
        old = [who for who in done if now - self._kept[who].at > self._kept_for]
        for who in dict.fromkeys([*old, *done[: max(0, len(self._kept) + 1 - self._most)]]):
            del self._kept[who]
        if len(self._kept) >= self._most:
            raise Refused(503, "too many requests are under way; send it again in a moment", {"Retry-After": "1"})


def done_once(repeats: Repeats) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that does its work once for each key of a reader."""

    def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *places: object, **named: object) -> HttpResponse:
            key = request.headers.get("Idempotency-Key", "")
            if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
                raise Refused(400, "Idempotency-Key is missing, or not 1 to 200 visible ASCII characters; send a new one for each thing to be done")
            reader = reader_of(request)
            return repeats.once((f"{reader.name}\n{reader.party}", key), _digest(request), lambda: view(request, *places, **named))

        return answer

    return declare


def _digest(request: HttpRequest) -> str:
    told = hashlib.sha256()
    for part in (request.method or "", request.get_full_path()):
        told.update(f"{len(part)} {part}\n".encode(errors="surrogatepass"))
    told.update(request.body)
    return told.hexdigest()
