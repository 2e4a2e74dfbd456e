"""Pages with a form: what can be chosen in it, and what is wrong with what was filled in, as one line above it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, asked, asked_today, json_page, page
from comity.web.guarding import STATUS, for_a_page

Page = Callable[[HttpRequest], HttpResponse]
Fields = Callable[[HttpRequest, Asked], dict[str, Any]]
MOST_CHOSEN = 400
"""So many agreements stand in a list to choose from."""


def choices(this: Asked) -> dict[str, Any]:
    """The agreements and parties that a form offers, by their names; None for agreements that are too many to choose from: they are written."""
    return {
        "agreements": to_choose_from(this, this.fold.wanted),
        "parties": sorted(((p.code, this.name(p.code)) for p in this.record.register.parties.values()), key=lambda p: p[1].casefold()),
    }


def to_choose_from(this: Asked, agreements: Collection[str]) -> list[tuple[str, str]] | None:
    """These agreements by their names; None where they are too many to choose from."""
    return named(this, agreements) if len(agreements) <= MOST_CHOSEN else None


def named(this: Asked, agreements: Iterable[str]) -> list[tuple[str, str]]:
    """These agreements with their names, in the order of these."""
    return sorted(((a, this.record.agreement(a, this.known).short) for a in agreements), key=lambda one: one[1].casefold())


def filled_in(request: HttpRequest, *names: str) -> dict[str, str]:
    """What was filled in, as it was; blank where nothing was."""
    return {name: request.GET.get(name, "").strip() for name in names}


def with_form(template: str, fields: Fields) -> Callable[[Callable[[HttpRequest, Asked], HttpResponse]], Page]:
    """A page made from what was filled in; if that can't be read, the form again with the reason: 400, or 404 for what is not on record."""

    def declare(answer: Callable[[HttpRequest, Asked], HttpResponse]) -> Page:
        @wraps(answer)
        def view(request: HttpRequest) -> HttpResponse:
            try:
                return answer(request, asked(request))
            except (BadInput, NotOnRecord) as problem:
                status = STATUS[type(problem)]
                if request.GET.get("format") == "json":
                    return json_page({"error": for_a_page(problem)}, status=status)
                this = asked_today(request)
                return page(request, template, {"asked": this, **fields(request, this), "problem": for_a_page(problem)}, status=status)

        return view

    return declare
