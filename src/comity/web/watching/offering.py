"""What every page offers to whoever has an account: to save the list that it shows, or to subscribe to the agreement or party that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils.translation import gettext

from comity.web.asking import AXES, HELD
from comity.web.people.admitting import person_of
from comity.web.watching.kinds import NOT_SAVED, asks, kind_of
from comity.web.watching.kinds_of_procedures import SEVERAL
from comity.web.watching.models import NAME
from comity.web.watching.saving import subscribed


def offered(request: HttpRequest) -> dict[str, Any]:
    """What the frame offers on this page; nothing where there is nothing to follow."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    given = {key: str(value) for key, value in request.GET.items() if value and key not in NOT_SAVED}
    if asks(name, given):
        lists = [(one, kind.title) for one, kind in SEVERAL.get(name, {}).items() if asks(name, {**given, "list": one})]
        told = {"path": request.path, "query": request.GET.urlencode(), "name": title_of(name, given)[:NAME], "given": words_of(given)}
        return {"saving": {**told, "lists": lists, "list": given.get("list", "")}}
    record = request.META[HELD].opened.book.record
    about = {"agreement": "agreement_id", "party": "codes"}.get(name)
    code = match.kwargs[about] if match and about else ""
    if not code or code not in (record.ids if name == "agreement" else record.register.parties):
        return {}
    person = person_of(request)
    return {"subscribing": {"about": name, "code": code, "already": person is not None and subscribed(person, name, code)}}


def title_of(name: str, given: Mapping[str, str]) -> str:
    """What a filter is called at first."""
    kind = kind_of(name, given)
    title, about = str(kind.title) if kind else "", [value for key, value in given.items() if key not in (*AXES, "sort", "whole", "view", "list")]
    return f"{title}: {', '.join(about)}" if about else title


def words_of(given: Mapping[str, str] | str) -> list[tuple[str, str]]:
    """What a question says, word by word."""
    pairs = parse_qsl(given) if isinstance(given, str) else given.items()
    return [(gettext("about"), gettext("the whole book")) if key == "whole" else (key, value) for key, value in pairs]
