"""Refusals as TAXII's error message: always JSON, always the same bytes for the same kind of refusal, no word of what is hidden.

Source: TAXII 2.1, 3.6.1 and Appendix B.
"""

from __future__ import annotations

import json

from comity.exchange.taxii.negotiating import TAXII


class Refused(Exception):
    """A request that is not answered as asked. ``kind``: of error, the same whatever was asked for; ``says``: what is wrong and what to do."""

    def __init__(self, status: int, kind: str, title: str, says: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(says)
        self.status, self.kind, self.title, self.says, self.headers = status, kind, title, says, headers or {}

    def body(self) -> bytes:
        """The error message."""
        told = {"title": self.title, "description": self.says, "error_id": f"comity-{self.kind}", "http_status": str(self.status)}
        return json.dumps(told, ensure_ascii=False).encode("utf-8", errors="replace")


def not_found() -> Refused:
    """404: nothing there, or nothing that this caller may know of."""
    return Refused(404, "not-found", "Not found", "there is nothing here that this client may see; paths are case-exact and end in /")


def malformed(says: str) -> Refused:
    """400: a parameter or header that cannot be read."""
    return Refused(400, "malformed", "Malformed request", says)


def unknown_caller() -> Refused:
    """401: nobody, or somebody who is not known."""
    says = "show a certificate, a token, or a name and password that this node knows"
    return Refused(401, "unauthenticated", "Who is calling?", says, {"WWW-Authenticate": 'Basic realm="Comity", charset="UTF-8"'})


def forbidden() -> Refused:
    """403, which TAXII demands for one case alone (5.7): deleting from a collection that the caller reads or writes, but not both."""
    return Refused(403, "forbidden", "Not allowed", "deleting takes the right to read and the right to write to a collection")


def not_allowed(allows: tuple[str, ...]) -> Refused:
    """405: another method."""
    methods = ", ".join(allows)
    return Refused(405, "method", "Method not allowed", f"ask with one of: {methods}", {"Allow": methods})


def not_acceptable() -> Refused:
    """406: nothing in Accept that this server gives."""
    return Refused(406, "not-acceptable", "Not acceptable", f"this server answers with {TAXII}; let Accept include it")


def unsupported() -> Refused:
    """415: a body in another format."""
    return Refused(415, "media-type", "Unsupported media type", f"send a body as {TAXII}, not compressed; say so in Content-Type")


def unprocessable(says: str) -> Refused:
    """422: a body that is no envelope."""
    return Refused(422, "unprocessable", "Not an envelope", says)


def busy() -> Refused:
    """503: not just now; the same may be asked again."""
    return Refused(503, "busy", "Busy", "what may be released changes just now; ask the same again", {"Retry-After": "1"})


def broken() -> Refused:
    """500: something broke here; what, is for the keeper's eyes."""
    return Refused(500, "broken", "Something broke", "the request could not be answered; it is written where the node's keeper reads it")
