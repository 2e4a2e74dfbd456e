"""The rooms of the pages: what the menu shows, in which order, and under which key.

A room's page is added here and in ``urls``; nothing is discovered.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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


EXCHANGE = Group(_("Exchange"), (Entry("exchange", "exchange", _("Exchange"), "e"),))
"""Shown where a node is served, to its keeper's people."""
MENU = (
    Group(
        _("Desk"),
        (
            Entry("today", "", _("Today"), "t"),
            Entry("ask", "ask", _("Ask"), "k"),
            Entry("may", "may", _("May"), "m"),
            Entry("must", "must", _("Must"), "d"),
            Entry("what-if", "what-if", _("What if"), "w"),
            Entry("brief", "brief", _("Briefs"), "v"),
        ),
    ),
    Group(
        _("Record"),
        (
            Entry("agreements", "agreements", _("Agreements"), "a"),
            Entry("parties", "parties", _("Parties"), "p"),
            Entry("acts", "acts", _("Acts"), "c"),
            Entry("cooperation", "cooperation", _("Cooperation"), "n"),
            Entry("upcoming", "upcoming", _("Upcoming"), "u"),
            Entry("differences", "differences", _("Differences"), "x"),
            Entry("findings", "findings", _("Findings"), "f"),
        ),
    ),
    Group(
        _("Reading"),
        (
            Entry("rules", "rules", _("Rules"), "r"),
            Entry("book", "book", _("Book"), "b"),
        ),
    ),
)
