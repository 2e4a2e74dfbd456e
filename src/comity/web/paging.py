"""Long lists part by part: which part the URL asks for, and the addresses of those before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.asking import read_number
from comity.web.telling import told

T = TypeVar("T")
EACH = 200


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of a list: the items from the ``start``-th to the ``end``-th of so many; the addresses of the parts beside it, blank where none is."""

    items: Sequence[T]
    start: int
    end: int
    count: int
    before: str
    after: str


def part_of(request: HttpRequest, found: Sequence[T], each: int = EACH) -> Part[T]:
    """The part that ``page`` names, of so many, the first if it is left out; BadInput if there is no such part."""
    last = max(1, -(-len(found) // each))
    this = page_in(request, last)
    start = (this - 1) * each
    end = min(start + each, len(found))
    return Part(found[start:end], start + 1, end, len(found), _address(request, this - 1), _address(request, this + 1) if end < len(found) else "")


def page_in(request: HttpRequest, last: int) -> int:
    """The number of the page that the URL asks for, the first if it is left out; BadInput unless it is one up to ``last``."""
    number = request.GET.get("page", "1")
    found = read_number(number, last)
    if not found:
        raise BadInput(told(_("%(given)s; choose one between 1 and %(last)s"), given=f"page={number[:20]!r}", last=last))
    return found


def _address(request: HttpRequest, number: int) -> str:
    if number < 1:
        return ""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"
