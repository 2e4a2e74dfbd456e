"""Getting a file from the address where it is published, with the standard library alone.

1. Only https, or http to this very machine; also after each of a few redirects.
2. What came before a break is kept and gone on from, if the server still has the same file (Range, If-Range and the ETag).
3. A server's failure (5xx, 429), a break or a silence is tried again, each time after a longer wait; a refusal is not.
4. What is more than expected is cut off; what has another checksum is thrown away, once more from the start if it came in pieces.
5. The file has its name only when it is whole.

Source: RFC 9110, 10.2.2, 13.1.5, 14.2 to 14.4 and 15.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from comity.sources.store import sum_of
from comity.terms import BadInput

PIECE = 1 << 16
AGAIN = (408, 425, 429, 500, 502, 503, 504)
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient fetching is: seconds of silence, tries, seconds before the second try (twice that before each after it), redirects, bytes."""

    silence: float = 30.0
    tries: int = 5
    wait: float = 1.0
    redirects: int = 5
    most: int = 2 << 30
    pause: Callable[[float], None] = time.sleep


class _TryAgain(Exception):
    """Something that may pass: what, in a few words."""


class _StartOver(Exception):
    """The piece that is kept does not go with what the server has."""


def fetch(
    address: str,
    target: Path,
    *,
    sha256: str | None = None,
    size: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Path:
    """The file at an address as the file ``target``; with ``sha256``, that very file. BadInput says in one line why not, and what to do.

    ``progress`` is told how many bytes there are, of how many (None: the server does not say).
    """
    limits = limits or Limits()
    _check_address(address)
    if target.is_file() and sha256 is not None and sum_of(target) == sha256:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    piece = _Piece(target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.json"), address)
    said = ""
    for number in range(limits.tries):
        if number:
            limits.pause(limits.wait * 2 ** (number - 1))
        try:
            resumed = _attempt(address, piece, size, limits, progress)
        except _StartOver as problem:
            piece.drop()
            said = str(problem)
            continue
        except _TryAgain as problem:
            said = str(problem)
            continue
        if sha256 is None or sum_of(piece.path) == sha256:
            return piece.done(target)
        found = sum_of(piece.path)
        piece.drop()
        said = f"its SHA-256 is {found[:12]}..., not {sha256[:12]}..."
        if not resumed:
            raise BadInput(f"what {address} gives now is another file than the record names ({said}); look there for a new version")
    raise BadInput(f"{address} could not be fetched in {limits.tries} tries ({said}); try later: what came is kept, and gone on from")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What came so far, and of which version of the file on the server it is a piece."""

    path: Path
    about: Path
    address: str

    def tag(self) -> tuple[int, str]:
        """How many bytes there are, and the ETag that they belong to; (0, "") where nothing can be gone on from."""
        try:
            told = json.loads(self.about.read_text(encoding="utf-8"))
            if told["address"] == self.address and isinstance(told["etag"], str):
                return self.path.stat().st_size, told["etag"]
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, ""

    def note(self, etag: str | None) -> None:
        """A weak ETag names no bytes: nothing is gone on from then."""
        if etag and not etag.startswith("W/"):
            self.about.write_text(json.dumps({"address": self.address, "etag": etag}), encoding="utf-8")
        else:
            self.about.unlink(missing_ok=True)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)

    def done(self, target: Path) -> Path:
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        self.path.replace(target)
        self.about.unlink(missing_ok=True)
        return target


def _attempt(address: str, piece: _Piece, size: int | None, limits: Limits, progress: Progress | None) -> bool:
    """One request, its body written behind the piece that is there; whether it went on from one."""
    have, tag = piece.tag()
    headers = {"User-Agent": "comity", "Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme was checked, and is again at each redirect
    try:
        with _opener(address, limits).open(request, timeout=limits.silence) as reply:
            if reply.status == 206:
                _check_range(reply.headers, have, tag)
            else:
                have = 0
                piece.note(reply.headers["ETag"])
            _write(reply, piece, have, size, limits, progress)
    except urllib.error.HTTPError as problem:
        problem.close()
        if problem.code == 416:
            raise _StartOver("the server has less than what is here") from None
        if problem.code in AGAIN:
            raise _TryAgain(f"the server answered {problem.code}") from None
        raise BadInput(f"{address} answers {problem.code} ({problem.reason}); look at the publisher's page for where the file is now") from None
    except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
        reason = getattr(problem, "reason", None) or problem
        raise _TryAgain(str(reason) or type(reason).__name__) from None
    return have > 0


def _check_range(headers: Message, have: int, tag: str) -> None:
    told = re.fullmatch(r"bytes (\d+)-\d+/(?:\d+|\*)", headers["Content-Range"] or "")
    if told is None or int(told[1]) != have:
        raise _StartOver("the server gave another part than was asked for")
    if headers["ETag"] not in (None, tag):
        raise _StartOver("the file changed on the server")


def _write(reply: Any, piece: _Piece, have: int, size: int | None, limits: Limits, progress: Progress | None) -> None:
    length = reply.headers["Content-Length"]
    whole = have + int(length) if length is not None and length.isdigit() else size
    most = size if size is not None else limits.most
    if whole is not None and whole > most:
        piece.drop()
        raise BadInput(f"{piece.address} gives {whole} bytes, {most} at most were expected; look at the publisher's page for a new version")
    with piece.path.open("r+b" if have else "wb") as file:
        file.seek(have)
        while got := reply.read(PIECE):
            have += len(got)
            if have > most:
                file.close()
                piece.drop()
                raise BadInput(f"{piece.address} gives more than the {most} bytes that there are; look at the publisher's page for a new version")
            file.write(got)
            if progress is not None:
                progress(have, whole)
    if whole is not None and have < whole:
        raise _TryAgain(f"the connection broke off at byte {have} of {whole}")


# -- where to


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if not (parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))) or not parts.hostname:
        raise BadInput(f"{address!r} is not fetched: only https is, or http to this machine; give an https address")


def _here(host: str | None) -> bool:
    if host is None:
        return False
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _opener(address: str, limits: Limits) -> urllib.request.OpenerDirector:
    """Follows a few redirects; asks this machine itself without a proxy."""
    direct = [urllib.request.ProxyHandler({})] if _here(urlsplit(address).hostname) else []
    return urllib.request.build_opener(*direct, _Redirects(limits.redirects))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """A few redirects, each to an address that would be fetched itself."""

    max_repeats = max_redirections = 1000  # the limit is our own

    def __init__(self, most: int) -> None:
        self.left = most

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        target = urljoin(req.full_url, newurl)
        try:
            _check_address(target)
        except BadInput:
            fp.close()
            raise
        if self.left <= 0:
            fp.close()
            raise BadInput(f"{req.full_url} sends from one address to the next without end; look at the publisher's page for where the file is")
        self.left -= 1
        return super().redirect_request(req, fp, code, msg, headers, target)
