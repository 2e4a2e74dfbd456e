"""Names as they are typed into a field: the agreements nearest to them, as choices that the browser offers below it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.web.asking import Asked, asked
from comity.web.nearness import folded, rank

MOST = 20


def index(request: HttpRequest) -> HttpResponse:
    """The agreements nearest to what stands in ``agreement``, as a piece of a page."""
    this = asked(request)
    return render(request, "_named.html", {"found": nearest(this, request.GET.get("agreement", ""))})


def nearest(this: Asked, words: str) -> list[tuple[str, str]]:
    """Id and name of the agreements in whose id, name or title each of the words stands, the nearest first."""
    wanted = folded(words).split()
    if not wanted:
        return []
    near = [
        (place, len(short), short, one)
        for one, short, names in this.ask("names", lambda _: _names(this))
        if (place := rank(wanted, names)) is not None
    ]
    return [(one, short) for _, _, short, one in sorted(near)[:MOST]]


def _names(this: Asked) -> list[tuple[str, str, tuple[str, ...]]]:
    found = (this.record.agreement(one, this.known) for one in this.fold.wanted)
    return [(a.id, a.short, tuple(dict.fromkeys(folded(name) for name in (a.id, a.short, a.title)))) for a in found]
