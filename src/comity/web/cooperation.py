"""Cooperation: which parties are tied to which on a day, by agreements that bind both: map, network, chord, matrix and table; from 1816 on.

A tie counts the agreements by which both are bound on the day; between the two some may hold in part only (reservations, objections), which the
page of the pair says. Agreements of more parties than ``most`` tie everybody to everybody, and are left out unless asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.terms import BadInput, Verdict
from comity.web.asking import Asked, page, party_code
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.chords import chords
from comity.web.charts.maps import mapped
from comity.web.charts.matrices import grid, matrix
from comity.web.charts.nets import net
from comity.web.charts.ties import Tie, Ties, ranked
from comity.web.drawing import BOUND, Drawing
from comity.web.folds import Status
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.scoping import statuses_of
from comity.web.tables import as_file
from comity.web.telling import told

FIRST_YEAR = 1816
MOST = "40"
SIZES = (20, 40, 80, 300)
PAIRS, NAMED = 200, 6
"""So many pairs are in the table, so many agreements of each; files have all."""
VIEWS: Mapping[str, str | Promise] = {"map": _("Map"), "network": _("Network"), "chord": _("Chord"), "matrix": _("Matrix")}
COLUMNS = {
    "a": "one party, by its code; the two in the order of the alphabet",
    "b": "the other",
    "number": "how many agreements bind both on the day",
    "agreements": "which, by their ids",
}


def ties(this: Asked, subject: str, most: int) -> tuple[Ties, list[str]]:
    """The ties of the day under agreements on a subject (blank: any), and what is still being derived."""
    statuses, pending = statuses_of(this)
    return this.ask(("ties", subject, most), lambda _: _ties(this, statuses, subject, most), pending=pending), pending


def _ties(this: Asked, statuses: Mapping[str, Iterable[Status]], subject: str, most: int) -> Ties:
    by, large = defaultdict[tuple[str, str], list[str]](list), list[str]()
    for agreement, status in statuses.items():
        if subject and subject not in this.record.agreement(agreement, this.known).subjects:
            continue
        bound = sorted({code for code, verdict, mode in status if verdict is Verdict.YES and mode in BOUND})
        if len(bound) > most:
            large.append(agreement)
            continue
        for pair in combinations(bound, 2):
            by[pair].append(agreement)
    pairs = {pair: tuple(sorted(agreements)) for pair, agreements in sorted(by.items())}
    return Ties(pairs, tuple(large), Counter(code for pair in pairs for code in pair))


def tie_to_plain(pair: tuple[str, str], by: Sequence[str]) -> dict[str, object]:
    """A tie as plain data."""
    return {"a": pair[0], "b": pair[1], "number": len(by), "agreements": list(by)}


def read_most(text: str) -> int:
    """Of how many parties an agreement may be."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) < 2:
        raise BadInput(f"most={text!r} is not a number of parties from 2 to 9999; write for instance {MOST}")
    return int(text)


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """On which subject, of whom, of how many parties at most, and how it is drawn."""
    subjects = this.ask("subjects", lambda _: {s for a in this.fold.wanted for s in this.record.agreement(a, this.known).subjects})
    given = filled_in(request, "subject", "party", "most", "year", "view")
    return {**choices(this), "given": given, "subjects": sorted(subjects), "sizes": SIZES, "usual": MOST, "first_year": FIRST_YEAR}


@with_form("cooperation.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    if given["year"]:
        return HttpResponseRedirect(_in_year(request, this, given))
    most, view = read_most(given["most"] or MOST), read_view(given["view"])
    if given["subject"] and given["subject"] not in form["subjects"]:
        raise BadInput(f"no agreement is about {given['subject']!r}; choose one of the list")
    party = party_code(this.record, given["party"]) if given["party"] else ""
    found, pending = ties(this, given["subject"], most)
    pairs = found.around(party)
    title = _titled(this, party)
    charts = {name: partial(_chart, this, found, party, name, title, _told_of(given, most)) for name in VIEWS}
    if file := as_chart(request, this, charts, pending) or as_file(
        request, this, "cooperation", lambda: [tie_to_plain(*tie) for tie in pairs], pending
    ):
        return file
    context = {
        **form,
        "party": party,
        "party_name": this.name(party) if party else "",
        "view": view,
        "views": [(name, says, href(this.carried, "cooperation", **{**given, "view": name})) for name, says in VIEWS.items()],
        **_DRAWN[view](this, found, party, title),
        "pairs": _strongest(pairs),
        "number": len(pairs),
        "parties_tied": len({code for pair, _ in pairs for code in pair}),
        "large": found.large,
        "most_parties": str(most),
        "year": this.on.year,
        "this_year": this.today.year,
        "pending": pending,
    }
    return page(request, "cooperation.html", context)


def read_view(text: str) -> str:
    """How it is drawn; blank: as a map."""
    if text and text not in VIEWS:
        raise BadInput(told(gettext("%(given)s; choose one of %(known)s"), given=f"view={text!r}", known=", ".join(VIEWS)))
    return text or "map"


def _titled(this: Asked, party: str) -> str:
    if party:
        return told(gettext("Cooperation of %(who)s on %(day)s"), who=this.name(party), day=this.on)
    return told(gettext("Cooperation on %(day)s"), day=this.on)


def _map(this: Asked, found: Ties, party: str, title: str) -> dict[str, Any]:
    drawn = mapped(this, found, party, title)
    return {"drawing": drawn.drawing, "left": drawn.left, "nowhere": drawn.nowhere, "shown": found.around(party)}


def _network(this: Asked, found: Ties, party: str, title: str) -> dict[str, Any]:
    drawn = net(this, found, party, title)
    return {"drawing": drawn.drawing, "left": drawn.left, "shown": drawn.shown}


def _chord(this: Asked, found: Ties, party: str, title: str) -> dict[str, Any]:
    drawn = chords(this, found, party, title)
    return {"drawing": drawn.drawing, "left": drawn.left, "shown": drawn.shown}


def _matrix(this: Asked, found: Ties, party: str, title: str) -> dict[str, Any]:
    codes, cells = made = matrix(this, found, party)
    inside = set(codes)
    shown = [tie for tie in found.around("") if inside.issuperset(tie[0])]
    return {"drawing": grid(made, title), "codes": codes, "cells": cells, "left": 0, "shown": shown}


_DRAWN: Mapping[str, Callable[[Asked, Ties, str, str], dict[str, Any]]] = {
    "map": _map,
    "network": _network,
    "chord": _chord,
    "matrix": _matrix,
}


def _chart(this: Asked, found: Ties, party: str, view: str, title: str, told_of: str) -> Chart:
    """One of the drawings, with the ties that it shows."""
    drawn = _DRAWN[view](this, found, party, title)
    shown, drawing = drawn["shown"], drawn["drawing"]
    assert isinstance(drawing, Drawing)
    left = told(gettext("%(number)s weaker ties are not drawn."), number=drawn["left"]) if drawn["left"] else ""
    derived = gettext("A tie counts the agreements that bind both on the day; whose readings differ, and what is not known, is left out.")
    places = gettext("Places are seats of government; no borders are drawn.")
    return Chart(
        f"cooperation-{view}",
        " ".join(part for part in (gettext("Who is tied to whom, by agreements that bind both."), told_of, left) if part),
        gettext("Number of agreements"),
        f"{derived} {places}" if view == "map" else derived,
        drawing if shown else Drawing(""),
        lambda: [tie_to_plain(*tie) for tie in ranked(shown)],
        COLUMNS,
    )


def _told_of(given: Mapping[str, str], most: int) -> str:
    """Which agreements are counted."""
    if given["subject"]:
        message = gettext("Of agreements on %(subject)s, those of at most %(most)s parties.")
        return told(message, subject=given["subject"], most=most)
    return told(gettext("Of agreements of at most %(most)s parties."), most=most)


def _in_year(request: HttpRequest, this: Asked, given: dict[str, str]) -> str:
    """The same page as of a year: its middle, or today if that is this year."""
    year = given["year"]
    if not re.fullmatch(r"[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= this.today.year + 50:
        raise BadInput(f"year={year!r}; write one from {FIRST_YEAR} to {this.today.year + 50}")
    on = "" if int(year) == this.today.year else date(int(year), 7, 1).isoformat()
    return href({**this.carried, "on": on}, "cooperation", **{name: given[name] for name in ("subject", "party", "most", "view")})


def _strongest(pairs: Iterable[Tie]) -> list[tuple[str, str, int, Sequence[str], int]]:
    """One, the other, how many agreements, the first of them, and how many more."""
    return [(a, b, len(by), by[:NAMED], max(len(by) - NAMED, 0)) for (a, b), by in ranked(list(pairs))[:PAIRS]]
