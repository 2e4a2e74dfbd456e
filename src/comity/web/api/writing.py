"""What an endpoint that records something asks of whoever writes: that they saw what they change, and that a repeated request does it once.

The contract:

1. ``If-Match`` carries the strong ETag of what was read. Absent: 400. Another one than now: 412 with both versions, and nothing was done.
2. ``Idempotency-Key`` is a text of the client's choosing (1 to 200 visible ASCII characters), a new one for each thing to be done. Absent: 400.
3. The same key with the same request (method, path, query, body), from the same reader, gets the response that the first one got, with
   ``Idempotent-Replayed: true``; nothing is done again. While the first one is under way: 409. With another request: 422.
4. What was refused is not kept: the request may be mended and sent again.
5. Responses are kept for a week with the drafts, over a restart where these last. Whatever becomes of the response: a key is the number of the form
   under which acts come on record, and a form comes on record once.

Source: RFC 9110, 13.1.1; draft-ietf-httpapi-idempotency-key-header-07, 2.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from comity.web.api.problems import Refused
from comity.web.asking import whole
from comity.web.readers import reader_of
from comity.web.recording.answers import Answer, Answers

MOST_UNDER_WAY = 1000
Once = tuple[str, str]


def demand_match(request: HttpRequest, now: str, versions: Mapping[str, Any] | None = None) -> None:
    """Refused unless the request says that it is about ``now``, the strong ETag of what is about to be changed. ``versions``: what is told then."""
    given = parse_etags(request.headers.get("If-Match", ""))
    if not given:
        raise Refused(400, "If-Match is missing; send the ETag of what you read, so that nothing is changed unseen")
    if "*" not in given and now not in given:
        raise Refused(412, "it was changed since you read it; read it again, and decide anew", {"ETag": now}, versions or {})


class Repeats:
    """Requests that are under way, by reader and key: bounded, in memory, safe between threads; and what the others were answered."""

    def __init__(self, most: int = MOST_UNDER_WAY) -> None:
        self._most, self._under_way, self._lock = most, dict[Once, str](), threading.Lock()

    def once(self, answers: Answers, who: Once, digest: str, do: Callable[[], HttpResponse]) -> HttpResponse:
        """What ``do`` responds, now or the first time; Refused while that is under way, and if the key was another request's."""
        self._begin(who, digest)
        try:
            if (kept := answers.get(*who)) is not None:
                return _again(kept, digest)
            response = do()
            if response.status_code < 400:
                answers.keep(*who, Answer(digest, response.status_code, dict(response.headers), response.content))
            return response
        finally:
            with self._lock:
                del self._under_way[who]

    def _begin(self, who: Once, digest: str) -> None:
        with self._lock:
            found = self._under_way.get(who)
            if found is not None and found != digest:
                raise Refused(422, "this Idempotency-Key was sent with another request; send a new one for something new")
            if found is not None:
                raise Refused(409, "the request with this Idempotency-Key is under way; wait, then send it again")
            if len(self._under_way) >= self._most:
                raise Refused(503, "too many requests are under way; send it again in a moment", {"Retry-After": "1"})
            self._under_way[who] = digest


def _again(kept: Answer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        raise Refused(422, "this Idempotency-Key was sent with another request; send a new one for something new")
    again = HttpResponse(kept.content, status=kept.status, headers=dict(kept.headers))
    again.headers["Idempotent-Replayed"] = "true"
    return again


_REPEATS = Repeats()


def done_once(request: HttpRequest, do: Callable[[str], HttpResponse]) -> HttpResponse:
    """What ``do`` responds, done once for each key of a reader; it is given the number of the form that the key stands for."""
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise Refused(400, "Idempotency-Key is missing, or not 1 to 200 visible ASCII characters; send a new one for each thing to be done")
    reader = reader_of(request)
    who = (f"{reader.name}\n{reader.party}", key)
    token = hashlib.sha256("\n".join(who).encode()).hexdigest()[:32]
    return _REPEATS.once(whole(request).drafts.answers, who, _digest(request), lambda: do(token))


def _digest(request: HttpRequest) -> str:
    told = hashlib.sha256()
    for part in (request.method or "", request.get_full_path()):
        told.update(f"{len(part)} {part}\n".encode(errors="surrogatepass"))
    told.update(request.body)
    return told.hexdigest()


def answered(status: int, plain: Any, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Plain data, as what was done is answered."""
    content = json.dumps(plain, ensure_ascii=False).encode()
    return HttpResponse(content, status=status, content_type="application/json", headers=dict(headers or {}))
