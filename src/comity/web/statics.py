"""The pages' own files (style, scripts), read from the package: nothing is fetched from elsewhere."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@cache
def content(name: str) -> bytes | None:
    """The file's bytes, if the package has it."""
    known = {f.name: f for f in files("comity.web").joinpath("static").iterdir() if f.name.rpartition(".")[2] in TYPES}
    return known[name].read_bytes() if name in known else None


@cache
def version(name: str) -> str:
    """A short hash for the URL, so that a browser may keep the file until it changes."""
    return hashlib.sha256(content(name) or b"").hexdigest()[:12]


def file(request: HttpRequest, name: str) -> HttpResponse:
    found = content(name)
    if found is None:
        raise Http404
    kept = "public, max-age=31536000, immutable" if request.GET.get("v") == version(name) else "public, max-age=60"
    return HttpResponse(found, content_type=TYPES[name.rpartition(".")[2]], headers={"Cache-Control": kept, "ETag": f'"{version(name)}"'})
