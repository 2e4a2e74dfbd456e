"""What a page that can be saved is: how its lines are known, what they say, on which day each falls, where the API answers the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise

from comity.web.linking import href

Plain = Mapping[str, Any]
Says = Callable[[Plain], str]
DONE = frozenset({"done", "done late", "kept", "accepted", "lapsed"})
"""States of a duty of which nobody has to be told any more."""
LATE = frozenset({"overdue", "exceeded"})


def never(row: Plain) -> bool:
    """Of what has nothing to be done about it."""
    return False


def is_owed(row: Plain) -> bool:
    """Of a duty, or of a change that is to come: is something still to be done?"""
    return str(row.get("state") or "") not in DONE


def is_overdue(row: Plain) -> bool:
    """Of a duty: should it have been done?"""
    return str(row.get("state") or "") in LATE


class Kind(NamedTuple):
    """A list that can be saved. ``rows``: what its page's JSON calls them; ``key``: the fields a line is known by; ``api``: its twin, and what it
    takes; ``on``: the field of the day on which a line falls, or what tells it.
    """

    title: str | Promise
    rows: str
    key: tuple[str, ...]
    says: Says
    link: Says
    api: str
    takes: tuple[str, ...] = ()
    on: str | Callable[[Plain], object] = ""
    scoped: bool = False  # it has no lines before it is said about what
    needs: tuple[str, ...] = ()  # nor before these are filled in
    due: Callable[[Plain], bool] = never
    late: Callable[[Plain], bool] = never


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


def named(*names: str) -> Says:
    """These fields, one after the other."""
    return lambda row: " · ".join(str(row[name]).replace("-", " ") if name == "kind" else str(row[name]) for name in names if row.get(name))


def to(page: str, name: str) -> Says:
    """The page of what this field names."""
    return lambda row: href({}, page, row[name]) if row.get(name) else ""


def line_of(name: str, kind: Kind, row: Plain, shared: str = "") -> Line:
    """A row of a page's JSON as a line; ``shared``: under which name it is known, whichever page has it (blank: that of its page)."""
    told = kind.on(row) if callable(kind.on) else row.get(kind.on) if kind.on else None
    party = _whose(row)
    known = (shared, told, row["agreement"], party, row["what"]) if shared else (name, *(row.get(field) for field in kind.key))
    key = hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()[:32]
    return Line(key, kind.says(row), _day(told), kind.due(row), kind.late(row), str(row.get("agreement") or ""), party, kind.link(row), row)


def _whose(row: Plain) -> str:
    """The party that has to do with it first."""
    several = row.get("who")
    return str(row.get("party") or row.get("owed_by") or row.get("actor") or (several[0] if several else ""))


def _day(told: object) -> date | None:
    """The day, where it is told in full."""
    return date.fromisoformat(told) if isinstance(told, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", told) else None
