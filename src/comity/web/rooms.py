"""The rooms of the pages: what the menu shows, in which order, and under which key.

A room's page is added here and in ``urls``; nothing is discovered.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.web.readers import AT_THIS_MACHINE, Reader, Right


class Entry(NamedTuple):
    """One line of the menu. ``name``: of the page in ``urls``; ``room``: the first part of its path; ``key``: reached by g and this letter."""

    name: str
    room: str
    title: str | Promise
    key: str = ""


class Group(NamedTuple):
    """Entries that belong together, under a title."""

    title: str | Promise
    entries: tuple[Entry, ...]


EXCHANGE = Group(_("Exchange"), (Entry("exchange", "exchange", _("Exchange"), "h"),))
"""Shown where a node is served, to its keeper's people."""
MENU = (
    Group(
        _("Desk"),
        (
            Entry("today", "", _("Today"), "t"),
            Entry("ask", "ask", _("Ask"), "k"),
            Entry("may", "may", pgettext_lazy("question", "May"), "m"),
            Entry("must", "must", _("Must"), "d"),
            Entry("awaited", "awaited", _("Awaited")),
            Entry("obliged", "obliged", _("Obliged")),
            Entry("depositary", "depositary", _("Depositary"), "s"),
            Entry("record", "record", _("Record acts"), "e"),
            Entry("what-if", "what-if", _("What if"), "w"),
            Entry("brief", "brief", _("Briefs"), "v"),
        ),
    ),
    Group(
        _("Record"),
        (
            Entry("agreements", "agreements", _("Agreements"), "a"),
            Entry("parties", "parties", _("Parties"), "p"),
            Entry("organisations", "organisations", _("Organisations")),
            Entry("acts", "acts", _("Acts"), "c"),
            Entry("documents", "documents", _("Documents")),
            Entry("cooperation", "cooperation", _("Cooperation"), "n"),
            Entry("calendar", "calendar", _("Calendar"), "l"),
            Entry("upcoming", "upcoming", _("Upcoming"), "u"),
            Entry("differences", "differences", _("Differences"), "x"),
            Entry("findings", "findings", _("Findings"), "f"),
            Entry("conflicts", "conflicts", _("Conflicts")),
            Entry("registers", "registers", _("Registers")),
        ),
    ),
    Group(
        _("Procedures"),
        (
            Entry("exercises", "exercises", _("Exercises")),
            Entry("missions", "missions", _("Missions")),
            Entry("interoperability", "interoperability", _("Interoperability")),
            Entry("lessons", "lessons", _("Lessons")),
            Entry("training", "training", _("Training")),
        ),
    ),
    Group(
        _("Diplomacy"),
        (
            Entry("decisions", "decisions", _("Decisions")),
            Entry("decision-rules", "decision-rules", _("Rules of decision")),
            Entry("disputes", "disputes", _("Disputes")),
            Entry("mediators", "mediators", _("Mediators")),
            Entry("dialogue", "dialogue", _("Dialogue")),
            Entry("domestic", "domestic", _("At home")),
        ),
    ),
    Group(
        _("Evaluation"),
        (
            Entry("indicators", "indicators", _("Indicators")),
            Entry("trust", "trust", _("Trust")),
            Entry("strategies", "strategies", _("Strategies")),
            Entry("reports", "reports", _("Reports")),
            Entry("allocations", "allocations", _("Budgets")),
            Entry("stability", "stability", _("Stability")),
            Entry("warning", "warning", _("Early warning")),
            Entry("effects", "effects", _("Effects")),
        ),
    ),
    Group(
        _("Reading"),
        (
            Entry("rules", "rules", _("Rules"), "r"),
            Entry("book", "book", _("Book"), "b"),
            Entry("api", "api", _("API"), "j"),
        ),
    ),
)
BESIDE = {"designs": "exercises", "pools": "missions", "settlement": "disputes", "answer": "decisions", "propose": "decisions"}
"""Pages that belong to an entry of the menu by another first part of their paths: what is on record has all names under that of the entry."""
PEOPLE = Group(
    _("People"),
    (
        Entry("me", "me", _("Me"), "i"),
        Entry("saved", "saved", pgettext_lazy("filters", "Saved"), "z"),
        Entry("proposals", "proposals", _("Proposals"), "o"),
        Entry("permissions", "permissions", _("Permissions"), "y"),
        Entry("people", "people", _("Accounts"), "q"),
    ),
)
"""Where there are accounts."""


def menu_of(reader: Reader) -> tuple[Group, ...]:
    """What the menu shows to this reader: nothing before they have signed in; the accounts to whoever administers them."""
    if reader == AT_THIS_MACHINE or not settings.INSTALLED_APPS:  # without accounts nobody has pages of their own
        return MENU
    if not reader.may(Right.READ):
        return ()
    own = PEOPLE.entries if reader.may(Right.ADMINISTER) else PEOPLE.entries[:-1]
    return (*MENU, PEOPLE._replace(entries=own))
