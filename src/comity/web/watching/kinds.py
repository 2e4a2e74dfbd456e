"""Which pages can be saved, what a line of each is known by and says, on which day it falls, and where the API answers the same.

A line that is due is known by its day, agreement, party and words, whichever page it stands on, so that it is told and acknowledged once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.terms import BadInput
from comity.web.asking import AXES
from comity.web.linking import href

Plain = Mapping[str, Any]
NOT_SAVED = ("format", "page", "part")
LONGEST = 2000
DONE = frozenset({"done", "done late", "kept", "accepted", "lapsed"})
"""States of a duty of which nobody has to be told any more."""


class Kind(NamedTuple):
    """A page that can be saved. ``rows``: what its JSON calls them; ``key``: the fields a line is known by; ``api``: its twin, and what it takes."""

    title: str | Promise
    rows: str
    key: tuple[str, ...]
    says: Callable[[Plain], str]
    link: Callable[[Plain], str]
    api: str
    takes: tuple[str, ...] = ()
    on: str = ""
    scoped: bool = False  # it has no lines before it is said about what
    needs: tuple[str, ...] = ()  # nor before these are filled in


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer. ``on`` None: it falls on no day; ``open``: something is still to be done or to come."""

    key: str
    says: str
    on: date | None
    open: bool
    late: bool
    agreement: str
    party: str
    link: str
    row: Plain = field(repr=False, compare=False)


def _named(*names: str) -> Callable[[Plain], str]:
    return lambda row: " · ".join(str(row[name]).replace("-", " ") if name == "kind" else str(row[name]) for name in names if row.get(name))


def _to(page: str, name: str) -> Callable[[Plain], str]:
    return lambda row: href({}, page, row[name]) if row.get(name) else ""


def _ends(row: Plain) -> str:
    return f"{row['party'] or row['agreement']}: {row['before']} → {row['now']}"


def _tie(row: Plain) -> str:
    return f"{row['a']} – {row['b']}: {row['number']}"


DUE = ("agreement", "party", "what")
KINDS: Mapping[str, Kind] = {
    "agreements": Kind(
        _("Agreements"), "agreements", ("id", "state"), _named("short", "state"), _to("agreement", "id"), "agreements", ("q", "subject")
    ),
    "parties": Kind(_("Parties"), "parties", ("code",), _named("name", "code"), _to("party", "code"), "parties", ("q", "kind")),
    "acts": Kind(
        _("Acts"), "acts", ("ref", "kind", "actor", "agreement", "nonce"), _named("actor", "kind", "agreement"), _to("act", "ref"), "acts",
        ("agreement", "party", "kind"), "recorded",
    ),
    "cooperation": Kind(
        _("Cooperation"), "cooperation", ("a", "b", "number"), _tie, lambda row: href({}, "party", f"{row['a']}/{row['b']}"), "cooperation",
        ("party", "subject", "most"),
    ),
    "calendar": Kind(
        _("Calendar"), "calendar", DUE, _named("what"), _to("agreement", "agreement"), "calendar", ("month", "agreement", "party"), "on"
    ),
    "upcoming": Kind(
        _("Upcoming"), "upcoming", DUE, _named("what"), _to("agreement", "agreement"), "upcoming", ("agreement", "party", "within"), "on", True
    ),
    "must": Kind(
        _("Must"), "duties", DUE, _named("what"), _to("agreement", "agreement"), "duties", ("agreement", "party", "within", "past", "all"),
        "due", True,
    ),
    "differences": Kind(
        _("Differences"), "differences", ("agreement", "party", "before", "now"), _ends, _to("agreement", "agreement"), "differences",
        ("agreement", "party", "from", "knew"), "", True, ("from",),
    ),
    "findings": Kind(
        _("Findings"), "findings", ("agreement", "where", "code", "says"), _named("says"), _to("act", "where"), "findings",
        ("agreement", "party"), "", True,
    ),
    "search": Kind(
        _("Search"), "found", ("kind", "code", "title"), _named("title", "code"), lambda row: str(row["link"]), "search", ("q", "kind"), needs=("q",)
    ),
}  # fmt: skip
"""Every page that can be saved, by its name."""
DUE_KINDS = ("calendar", "upcoming", "must")


def name_of(path: str) -> str:
    """The name of the page at a path, if it can be saved; blank otherwise."""
    try:
        name = resolve(path, "comity.web.urls").url_name or ""
    except Resolver404:
        return ""
    return name if name in KINDS and path == reverse(name) else ""


def question(path: str, query: str) -> tuple[str, str]:
    """The path and query as they are saved; BadInput if that is no page that can be."""
    name, pairs = name_of(path), [(key, value) for key, value in parse_qsl(query) if value and key not in NOT_SAVED]
    found = urlencode(pairs)
    if not name or len(found) > LONGEST:
        raise BadInput("this page cannot be saved; open a list, and save it from there")
    if not asks(name, dict(pairs)):
        raise BadInput("this page asks nothing yet; fill in its form, and save the list that it shows then")
    return path, found


def asks(name: str, given: Mapping[str, str]) -> bool:
    """Has the page lines, so asked?"""
    kind = KINDS.get(name)
    if kind is None or not all(given.get(word) for word in kind.needs):
        return False
    return not kind.scoped or any(given.get(word) for word in ("agreement", "party", "whole"))


def twin(path: str, query: str) -> str:
    """Where the API answers the same; blank where it takes not all that the question says."""
    kind = KINDS.get(name_of(path))
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in ("whole", "sort")]
    if kind is None or any(key not in (*kind.takes, *AXES) for key, _ in pairs):
        return ""
    return f"/api/v1/{kind.api}" + (f"?{urlencode(pairs)}" if pairs else "")


def line_of(name: str, row: Plain) -> Line:
    """A row of a page's JSON as a line."""
    kind = KINDS[name]
    due, party = name in DUE_KINDS, str(row.get("party") or row.get("owed_by") or row.get("actor") or "")
    told, state = row.get(kind.on) if kind.on else None, str(row.get("state") or "")
    known = ("due", told, row["agreement"], party, row["what"]) if due else (name, *(row.get(field) for field in kind.key))
    key = hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()[:32]
    on = date.fromisoformat(str(told)) if told else None
    late = state in ("overdue", "exceeded")
    return Line(key, kind.says(row), on, due and state not in DONE, due and late, str(row.get("agreement") or ""), party, kind.link(row), row)
