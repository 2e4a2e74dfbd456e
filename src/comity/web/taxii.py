"""The TAXII door: a WSGI application that reads a request, asks who is calling, and hands out the pieces of the answer.

What it leaves to the server that runs it: TLS, the length of a request's head, slow callers, and closing the connection after an answer that
broke off, or that was given before the whole body was read.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from comity.exchange import Caller
from comity.exchange.taxii import NodeDoor, Request, Response, answer, broken, refusal

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
BLOCK = 64 * 1024


def application(node: NodeDoor, authenticate: Callable[[Environ], Caller | None]) -> Application:
    """TAXII 2.1 over WSGI. ``authenticate``: who sent the request, by its certificate, token or password; None: nobody that is known."""

    def serve(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        response = _answered(environ, node, authenticate)
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", list(response.headers.items()))
        if "Content-Length" in response.headers:
            return response.body
        return iter((b"",))  # HEAD of a page: its length is not known, and a server must not make up one

    return serve


def _answered(environ: Environ, node: NodeDoor, authenticate: Callable[[Environ], Caller | None]) -> Response:
    try:
        caller = authenticate(environ)
        body = _body(environ, node.most_bytes) if caller is not None and environ["REQUEST_METHOD"] == "POST" else b""
        return answer(_request(environ, body), node, caller)
    except Exception:  # the edge of the program: whatever broke is written for the keeper, and told to nobody else
        traceback.print_exc(file=environ["wsgi.errors"])
        return refusal(broken(), head=environ["REQUEST_METHOD"] == "HEAD")


def _request(environ: Environ, body: bytes) -> Request:
    raw = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1")
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers |= {name.replace("_", "-").lower(): environ[name] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)}
    return Request(
        method=environ["REQUEST_METHOD"],
        path=raw.decode("utf-8", errors="surrogateescape"),
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
        body=body,
    )


def _body(environ: Environ, most: int) -> bytes:
    """The body as far as it was announced; nothing of one that is too long, and of one without a length only where its end is known."""
    declared = environ.get("CONTENT_LENGTH") or ""
    if declared.isascii() and declared.isdigit() and len(declared) <= 18:
        left = int(declared) if int(declared) <= most else 0
    else:
        left = most + 1 if not declared and environ.get("wsgi.input_terminated") else 0
    blocks = []
    while left and (block := environ["wsgi.input"].read(min(left, BLOCK))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)
