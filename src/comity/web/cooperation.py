"""Cooperation: which parties are tied to which on a day, by agreements that bind both: as a map, a matrix and a table; from 1816 on.

A tie counts the agreements by which both are bound on the day; between the two some may hold in part only (reservations, objections), which the
page of the pair says. Agreements of more parties than ``most`` tie everybody to everybody, and are left out unless asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.terms import BadInput, Verdict
from comity.web.asking import Asked, page, party_code
from comity.web.drawing import BOUND
from comity.web.folds import Status
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.scoping import statuses_of
from comity.web.seats import HEIGHT, WIDTH, Point, seat_of
from comity.web.tables import as_file

FIRST_YEAR = 1816
MOST = "40"
SIZES = (20, 40, 80, 300)
LINES, ROWS, PAIRS, NAMED = 800, 32, 200, 6
"""So many ties are drawn, so many parties are in the matrix, so many pairs in the table, so many agreements of each; files have all."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Who is tied to whom, each pair in the order of the alphabet, by which agreements; ``large``: agreements that are left out."""

    pairs: dict[tuple[str, str], tuple[str, ...]]
    large: tuple[str, ...] = ()
    partners: Counter[str] = field(default_factory=Counter)


def ties(this: Asked, subject: str, most: int) -> tuple[Ties, list[str]]:
    """The ties of the day under agreements on a subject (blank: any), and what is still being derived."""
    statuses, pending = statuses_of(this)
    return this.ask(("ties", subject, most, len(pending)), lambda _: _ties(this, statuses, subject, most)), pending


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


def chosen(found: Ties, party: str) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """The ties of a party, or all."""
    return [(pair, by) for pair, by in found.pairs.items() if not party or party in pair]


def tie_to_plain(pair: tuple[str, str], by: Sequence[str]) -> dict[str, object]:
    """A tie as plain data."""
    return {"a": pair[0], "b": pair[1], "number": len(by), "agreements": list(by)}


def read_most(text: str) -> int:
    """Of how many parties an agreement may be."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) < 2:
        raise BadInput(f"most={text!r} is not a number of parties from 2 to 9999; write for instance {MOST}")
    return int(text)


@dataclass(frozen=True, slots=True)
class Line:
    """A tie on the map: an arc from seat to seat, how many agreements, and what it says."""

    path: str
    weight: int
    says: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A party on the map."""

    at: Point
    size: float
    code: str
    says: str
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What the map shows, and whom it cannot show; ``left``: how many ties are not drawn."""

    lines: list[Line]
    dots: list[Dot]
    nowhere: list[str]
    left: int


def picture(this: Asked, found: Ties, party: str) -> Picture:
    """The ties on the map: of one party, or of all, the strongest first."""
    shown = [(pair, by) for pair, by in found.pairs.items() if not party or party in pair]
    shown.sort(key=lambda tie: (-len(tie[1]), tie[0]))
    seats = {code: seat_of(code, this.on) for pair, _ in shown for code in pair}
    drawn = [(pair, by) for pair, by in shown if all(seats[code] for code in pair)]
    lines = [Line(_arc(seats[a], seats[b]), min(len(by), 5), f"{this.name(a)}, {this.name(b)}: {len(by)}") for (a, b), by in drawn[:LINES]]
    tied = Counter(code for pair, _ in shown for code in pair)
    dots = [
        Dot(at, 2.2 + min(number, 60) ** 0.5 * 0.45, code, f"{this.name(code)}: {number}", href(this.carried, "party", code), code == party)
        for code, number in sorted(tied.items())
        if (at := seats[code])
    ]
    return Picture(lines[::-1], dots, sorted(code for code, at in seats.items() if at is None), max(len(drawn) - LINES, 0))


def _arc(a: Point | None, b: Point | None) -> str:
    """A line from one point to another, bent towards the pole."""
    assert a is not None
    assert b is not None
    bend = min(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 * 0.18, 60)
    return f"M{a.x} {a.y}Q{(a.x + b.x) / 2:.1f} {(a.y + b.y) / 2 - bend:.1f} {b.x} {b.y}"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many agreements tie two; ``shade``: 0 (none) to 4."""

    number: int
    shade: int
    link: str


def matrix(this: Asked, found: Ties, party: str) -> tuple[list[str], list[tuple[str, list[Cell | None]]]]:
    """The parties with most ties (or one and those tied to it most) against one another; None: the same party."""
    ranked = [code for code, _ in sorted(found.partners.items(), key=lambda one: (-one[1], one[0]))]
    if party:
        strength = {next(c for c in pair if c != party): len(by) for pair, by in found.pairs.items() if party in pair}
        ranked = [party, *sorted(strength, key=lambda code: (-strength[code], code))] if strength else []
    codes = sorted(ranked[:ROWS])
    strongest = max((len(by) for by in found.pairs.values()), default=1)

    def cell(a: str, b: str) -> Cell | None:
        if a == b:
            return None
        number = len(found.pairs.get((min(a, b), max(a, b)), ()))
        shade = 0 if not number else 1 + round(3 * (number - 1) / max(strongest - 1, 1))
        return Cell(number, shade, href(this.carried, "party", f"{a}/{b}"))

    return codes, [(a, [cell(a, b) for b in codes]) for a in codes]


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """On which subject, of whom, of how many parties at most."""
    subjects = this.ask("subjects", lambda _: {s for a in this.fold.wanted for s in this.record.agreement(a, this.known).subjects})
    given = filled_in(request, "subject", "party", "most", "year")
    return {**choices(this), "given": given, "subjects": sorted(subjects), "sizes": SIZES, "usual": MOST, "first_year": FIRST_YEAR}


@with_form("cooperation.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    if given["year"]:
        return HttpResponseRedirect(_in_year(request, this, given))
    most = read_most(given["most"] or MOST)
    if given["subject"] and given["subject"] not in form["subjects"]:
        raise BadInput(f"no agreement is about {given['subject']!r}; choose one of the list")
    party = party_code(this.record, given["party"]) if given["party"] else ""
    found, pending = ties(this, given["subject"], most)
    pairs = chosen(found, party)
    if file := as_file(request, this, "cooperation", lambda: [tie_to_plain(*tie) for tie in pairs], pending):
        return file
    codes, cells = matrix(this, found, party)
    context = {
        **form,
        "party": party,
        "party_name": this.name(party) if party else "",
        "map": picture(this, found, party),
        "width": WIDTH,
        "height": HEIGHT,
        "codes": codes,
        "cells": cells,
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


def _in_year(request: HttpRequest, this: Asked, given: dict[str, str]) -> str:
    """The same page as of a year: its middle, or today if that is this year."""
    year = given["year"]
    if not re.fullmatch(r"[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= this.today.year + 50:
        raise BadInput(f"year={year!r}; write one from {FIRST_YEAR} to {this.today.year + 50}")
    on = "" if int(year) == this.today.year else date(int(year), 7, 1).isoformat()
    return href({**this.carried, "on": on}, "cooperation", **{name: given[name] for name in ("subject", "party", "most")})


def _strongest(pairs: Iterable[tuple[tuple[str, str], Sequence[str]]]) -> list[tuple[str, str, int, Sequence[str], int]]:
    """One, the other, how many agreements, the first of them, and how many more."""
    ranked = sorted(pairs, key=lambda tie: (-len(tie[1]), tie[0]))[:PAIRS]
    return [(a, b, len(by), by[:NAMED], max(len(by) - NAMED, 0)) for (a, b), by in ranked]
