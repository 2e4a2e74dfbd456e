"""The coverage of an exercise as a matrix: participants beside what each needs, every cell with the page on which the same is asked alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.exercises import Design
from comity.permissions import Exchange, Matrix, Need, Support
from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.citing import Line, lines_of
from comity.web.linking import href

COLUMNS = ("entry", "status", "release", "support")
"""What may be needed: to be there, by which rules, to give information, to give support."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One need: by its number, with what is asked beside the parties (a level, things), the page that asks it alone, and its reasons."""

    number: int
    need: Need
    about: str
    link: str
    lines: Sequence[Line]

    @property
    def lacks(self) -> bool:
        """Is it no *yes*?"""
        return self.need.answer.verdict is not Verdict.YES


@dataclass(frozen=True, slots=True)
class Row:
    """A party, and what it needs in each column."""

    party: str
    host: bool
    cells: tuple[tuple[Basis, ...], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix as the page shows it."""

    verdict: Verdict
    rows: tuple[Row, ...]
    bases: tuple[Basis, ...]

    @property
    def lacking(self) -> tuple[Basis, ...]:
        """Every basis that is not surely there."""
        return tuple(basis for basis in self.bases if basis.lacks)


def coverage_shown(this: Asked, design: Design, matrix: Matrix) -> Coverage:
    """The matrix with its links; the order of its needs is that of the design: guests, then exchanges, then supports."""
    asked, given = iter(design.exchange), iter(design.support)
    bases = tuple(_basis(this, design, number, need, asked, given) for number, need in enumerate(matrix.needs, 1))
    parties = dict.fromkeys([*design.nations, *(need.by for need in matrix.needs)])
    rows = tuple(Row(code, code == design.host, tuple(tuple(_in_column(bases, code, column)) for column in COLUMNS)) for code in parties)
    return Coverage(matrix.verdict, rows, bases)


def _in_column(bases: Sequence[Basis], party: str, column: str) -> Iterator[Basis]:
    for one in bases:
        if one.need.by == party and column == (one.need.what if one.need.what in COLUMNS else "support"):
            yield one


def _basis(this: Asked, design: Design, number: int, need: Need, asked: Iterator[Exchange], given: Iterator[Support]) -> Basis:
    if need.what in ("entry", "status"):
        about, question = "", _station(design, need)
    elif need.what == "release":
        exchange = next(asked)
        about, question = exchange.level, _release(exchange)
    else:
        support = next(given)
        about = ", ".join(support.things)
        question = {"do": support.activity, "thing": about, "until": design.until.last.isoformat()}
    carried = {**this.carried, "on": design.from_.first.isoformat()}
    link = href(carried, "may", **{"from": need.by, "to": need.towards, "purpose": design.purpose, **question})
    lines = lines_of(this, need.answer.because)
    if need.answer.verdict is Verdict.YES:  # what stands behind a yes is on the page that the link leads to
        lines = [replace(line, because=()) for line in lines]
    return Basis(number, need, about, link, lines)


def _station(design: Design, need: Need) -> Mapping[str, str]:
    guest = next(one for one in design.participant if one.nation == need.by)
    things = dict.fromkeys([*guest.brings, *(thing for force in guest.force for thing in force.brings)])
    territory = design.territory if design.territory not in (None, design.host) else ""
    start, end = guest.from_ or design.from_, guest.until or design.until
    return {"do": "station", "on": start.first.isoformat(), "until": end.last.isoformat(), "thing": ", ".join(things), "for": territory or ""}


def _release(one: Exchange) -> Mapping[str, str]:
    return {
        "do": "release", "level": one.level, "policy": one.policy or "", "category": ", ".join(one.categories), "caveat": ", ".join(one.caveats),
        "rel": ", ".join(one.releasable_to), "originator": one.originator or "",
    }  # fmt: skip


def need_to_plain(need: Need) -> dict[str, object]:
    """A legal basis as plain data."""
    return {"what": need.what, "by": need.by, "towards": need.towards, "verdict": str(need.answer.verdict)}
