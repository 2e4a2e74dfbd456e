"""Pages with more than one list: ``?list=NAME&format=csv`` takes one of them as a file, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.asking import Asked
from comity.web.tables import Plain, as_file
from comity.web.telling import told


@dataclass(frozen=True, slots=True)
class List:
    """``name``: in the address and in the name of the file; ``title``: what the page calls it."""

    name: str
    title: str | Promise
    rows: Callable[[], Sequence[Plain]]


def as_one_of(request: HttpRequest, this: Asked, lists: Sequence[List], pending: Sequence[str] = ()) -> HttpResponse | None:
    """The list that the URL names (the first, where it names none) in the format that it asks for; None where it asks for the page."""
    name = request.GET.get("list", lists[0].name)
    chosen = next((one for one in lists if one.name == name), None)
    if chosen is None:
        known = ", ".join(one.name for one in lists)
        raise BadInput(told(_("%(given)s is no list of this page; choose one of %(known)s"), given=f"list={name[:40]!r}", known=known))
    return as_file(request, this, chosen.name, chosen.rows, pending)
