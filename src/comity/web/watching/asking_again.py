"""A saved filter asked again: of the page itself, as one reader may see it, so that page, API, feed and alert never say different things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from comity.terms import BadInput, ComityError
from comity.web.asking import HELD
from comity.web.folds import Busy
from comity.web.guarding import for_a_page
from comity.web.holding import Held
from comity.web.readers import READER, Reader
from comity.web.upcoming import read_within
from comity.web.watching.kinds import asks, kind_of, line_of, name_of
from comity.web.watching.lines import Line

AHEAD, BACK = 365, 365
"""So many days ahead and back, where the question says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The lines of a filter. ``problem``: why there are none; ``pending``: some are still to come."""

    lines: tuple[Line, ...] = ()
    problem: str = ""
    pending: bool = False

    @property
    def whole(self) -> bool:
        """Is this all there is?"""
        return not self.problem and not self.pending

    @property
    def keys(self) -> set[str]:
        return {line.key for line in self.lines}


def ask(held: Held, reader: Reader, path: str, query: str) -> Answered:
    """The lines, as the reader sees them in ``held``, which is cut down to what they may see."""
    found: dict[str, Line] = {}
    pending = False
    if not asks(name_of(path), dict(parse_qsl(query))):
        return Answered(problem=_("it asks nothing; delete it, fill in the form of its page, and save the list that it shows"))
    for name, given in _questions(path, query):
        try:
            response = _answer(held, reader, name, given)
        except ComityError as problem:
            return Answered(problem=for_a_page(problem))
        except Busy:
            return Answered(pending=True)
        except OverflowError:
            return Answered(problem=_("its days are too near the end of the calendar"))
        told, kind = _read(response), kind_of(name, given)
        rows = "" if kind is None else kind.rows
        if rows not in told:
            return Answered(problem=str(told.get("error") or _("its page shows no list so asked; delete it, open the page, and save the list anew")))
        pending = pending or bool(told.get("pending"))
        for row in told[rows]:
            line = line_of(name, given, row)
            found.setdefault(line.key, line)
    return Answered(tuple(found.values()), pending=pending)


def _questions(path: str, query: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The pages to ask: a calendar without a month is asked as what makes it, so that it ends at no month's end."""
    name, given = name_of(path), dict(parse_qsl(query))
    if name == "calendar" and "month" not in given:
        about = any(given.get(word) for word in ("agreement", "party"))
        yield "upcoming", {**given, "within": str(AHEAD), **({} if about else {"whole": "1"})}
        if about:
            yield "must", {**given, "within": str(AHEAD), "past": str(BACK)}
    elif name == "must" and "within" not in given:
        yield name, {**given, "within": str(AHEAD)}
    elif name:
        yield name, given


def _answer(held: Held, reader: Reader, name: str, given: dict[str, str]) -> HttpResponse:
    request, path = HttpRequest(), f"/{name}"
    request.method, request.path, request.path_info, request.user = "GET", path, path, AnonymousUser()
    request.GET = QueryDict(urlencode({**given, "format": "json"}))
    request.META = {HELD: held, READER: reader, "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    answered: HttpResponse = resolve(path, "comity.web.urls").func(request)
    return answered


def _read(response: HttpResponse) -> Mapping[str, Any]:
    """What the page answered; nothing where that is no data: the page itself, or a way to another."""
    found: Mapping[str, Any] = json.loads(response.content) if response.headers.get("Content-Type") == "application/json" else {}
    return found


def refuse_what_has_no_answer(held: Held, reader: Reader, path: str, query: str) -> None:
    """BadInput, with what is wrong with it, where this reader's question cannot be answered."""
    if problem := ask(held, reader, path, query).problem:
        raise BadInput(problem)


def horizon(path: str, query: str, today: date) -> date:
    """Up to which day a filter looks ahead, which can be answered."""
    within = dict(parse_qsl(query)).get("within", "") if name_of(path) in ("upcoming", "must") else ""
    return today + (read_within(within) if within else timedelta(days=AHEAD))


def due(answered: Answered, today: date, lead: int) -> list[Line]:
    """What falls due within so many days, or is overdue; earliest first."""
    found = [line for line in answered.lines if line.on and line.open and (line.late or 0 <= (line.on - today).days <= lead)]
    return sorted(found, key=lambda line: (line.on or today, line.agreement, line.says))
