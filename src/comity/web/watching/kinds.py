"""Which pages can be saved, what a question to one of them is, and where the API answers the same.

A line that is due is known by its day, agreement, party and words, whichever page it stands on, so that it is told and acknowledged once.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from comity.terms import BadInput
from comity.web.asking import AXES
from comity.web.linking import href
from comity.web.watching import lines
from comity.web.watching.kinds_of_procedures import ALONE, SEVERAL
from comity.web.watching.lines import Kind, Line, Plain, is_overdue, is_owed, named, to

NOT_SAVED = ("format", "page", "part")
LONGEST = 2000


def _ends(row: Plain) -> str:
    return f"{row['party'] or row['agreement']}: {row['before']} → {row['now']}"


def _tie(row: Plain) -> str:
    return f"{row['a']} – {row['b']}: {row['number']}"


DUE = ("agreement", "party", "what")
KINDS: Mapping[str, Kind] = {
    "agreements": Kind(
        _("Agreements"), "agreements", ("id", "state"), named("short", "state"), to("agreement", "id"), "agreements", ("q", "subject")
    ),
    "parties": Kind(_("Parties"), "parties", ("code",), named("name", "code"), to("party", "code"), "parties", ("q", "kind")),
    "acts": Kind(
        _("Acts"), "acts", ("ref", "kind", "actor", "agreement", "nonce"), named("actor", "kind", "agreement"), to("act", "ref"), "acts",
        ("agreement", "party", "kind"), "recorded",
    ),
    "cooperation": Kind(
        _("Cooperation"), "cooperation", ("a", "b", "number"), _tie, lambda row: href({}, "party", f"{row['a']}/{row['b']}"), "cooperation",
        ("party", "subject", "most"),
    ),
    "calendar": Kind(
        _("Calendar"), "calendar", DUE, named("what"), to("agreement", "agreement"), "calendar", ("month", "agreement", "party"), "on",
        due=is_owed, late=is_overdue,
    ),
    "upcoming": Kind(
        _("Upcoming"), "upcoming", DUE, named("what"), to("agreement", "agreement"), "upcoming", ("agreement", "party", "within"), "on", True,
        due=is_owed, late=is_overdue,
    ),
    "must": Kind(
        _("Must"), "duties", DUE, named("what"), to("agreement", "agreement"), "duties", ("agreement", "party", "within", "past", "all"),
        "due", True, due=is_owed, late=is_overdue,
    ),
    "differences": Kind(
        _("Differences"), "differences", ("agreement", "party", "before", "now"), _ends, to("agreement", "agreement"), "differences",
        ("agreement", "party", "from", "knew"), "", True, ("from",),
    ),
    "findings": Kind(
        _("Findings"), "findings", ("agreement", "where", "code", "says"), named("says"), to("act", "where"), "findings",
        ("agreement", "party"), "", True,
    ),
    "search": Kind(
        _("Search"), "found", ("kind", "code", "title"), named("title", "code"), lambda row: str(row["link"]), "search", ("q", "kind"), needs=("q",)
    ),
    **ALONE,
}  # fmt: skip
"""Every page with one list that can be saved, by its name."""
DUE_KINDS = ("calendar", "upcoming", "must")


def kind_of(name: str, given: Mapping[str, str]) -> Kind | None:
    """The list that is meant on the page of this name; None where none can be saved."""
    if name not in SEVERAL:
        return KINDS.get(name)
    return SEVERAL[name].get(given.get("list") or next(iter(SEVERAL[name])))


def name_of(path: str) -> str:
    """The name of the page at a path, if it can be saved; blank otherwise."""
    try:
        name = resolve(path, "comity.web.urls").url_name or ""
    except Resolver404:
        return ""
    return name if (name in KINDS or name in SEVERAL) and path == reverse(name) else ""


def has_days(path: str, query: str) -> bool:
    """Do lines of this question fall on days?"""
    kind = kind_of(name_of(path), dict(parse_qsl(query)))
    return kind is not None and kind.on != ""


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
    kind = kind_of(name, given)
    if kind is None or not all(given.get(word) for word in kind.needs):
        return False
    return not kind.scoped or any(given.get(word) for word in ("agreement", "party", "whole"))


def twin(path: str, query: str) -> str:
    """Where the API answers the same; blank where it takes not all that the question says."""
    kind = kind_of(name_of(path), dict(parse_qsl(query)))
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in ("whole", "sort", "view", "list")]
    if kind is None or any(key not in (*kind.takes, *AXES) for key, _ in pairs):
        return ""
    return f"/api/v1/{kind.api}" + (f"?{urlencode(pairs)}" if pairs else "")


def line_of(name: str, given: Mapping[str, str], row: Plain) -> Line:
    """A row of a page's JSON as a line."""
    kind = kind_of(name, given)
    assert kind is not None
    return lines.line_of(kind.api if name in SEVERAL else name, kind, row, "due" if name in DUE_KINDS else "")
