"""Upcoming: days ahead on which standing changes, or until which it can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.questions import show
from comity.standing import Coming
from comity.standing.plain import coming_to_plain
from comity.terms import BadInput
from comity.web.asking import Asked, page
from comity.web.forms import choices, filled_in, with_form
from comity.web.narrowing import Narrowed
from comity.web.paging import part_of
from comity.web.scoping import agreements_in, read_scope
from comity.web.tables import as_file
from comity.web.telling import told

USUAL = "365"
AHEAD = timedelta(days=731)
"""How far ahead the pages of one agreement and of one party look."""


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """About what, and how far ahead."""
    return {**choices(this), "given": filled_in(request, "agreement", "party", "within"), "usual": USUAL}


def coming_up(this: Asked, agreements: list[str], party: str, within: timedelta) -> list[Coming]:
    """What is ahead under these agreements, of everyone or of one party."""
    if not party and within <= AHEAD:
        return [c for c in this.ask(("ahead", tuple(agreements)), lambda _: _ahead(this, agreements)) if c.on <= this.on + within]
    key = ("upcoming", tuple(agreements), party, within)
    return this.ask(key, lambda s: [show(c, s.viewer) for c in Narrowed(s, agreements).upcoming(party or None, within)])


def _ahead(this: Asked, agreements: Iterable[str]) -> list[Coming]:
    """What is ahead of everyone under these agreements, as far as pages look; of each it is kept."""

    def under(agreement: str) -> list[Coming]:
        return this.ask(("ahead", agreement), lambda s: [show(c, s.viewer) for c in Narrowed(s, [agreement]).upcoming(None, AHEAD)], agreement)

    return sorted((c for agreement in agreements for c in under(agreement)), key=lambda c: (c.on, c.agreement, c.party or ""))


def read_within(text: str) -> timedelta:
    """A number of days ahead."""
    match = re.fullmatch(r"([0-9]{1,5})d?", text or USUAL)
    if not match:
        message = _("%(given)s is not a number of days up to 99999; write for instance %(usual)s")
        raise BadInput(told(message, given=f"within={text!r}", usual=USUAL))
    return timedelta(days=int(match[1]))


@with_form("upcoming.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    within, scope = read_within(form["given"]["within"]), read_scope(request, this)
    if scope is None:
        return page(request, "upcoming.html", form)
    agreements, pending = agreements_in(this, scope)
    found = coming_up(this, agreements, scope.party, within)
    if file := as_file(request, this, "upcoming", lambda: [coming_to_plain(c) for c in found], pending):
        return file
    context = {"scope": scope, "found": found, "part": part_of(request, found), "pending": pending, "days": within.days}
    return page(request, "upcoming.html", {**form, **context})
