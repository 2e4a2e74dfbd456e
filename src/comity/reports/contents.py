"""What a report contains, before it is a page, a PDF, a notebook or data: every figure with the question that gives it and the acts behind it.

Source: docs/explanation/how-reports-are-made.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.terms import PUBLIC, Label


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``value`` None: not known, and ``why``. ``before``: the same in the period before; None: not known, or not asked.

    ``of``: how many things it is about; ``unknown``: how many more of which it is not known. ``least``, ``most``: what it can be, whatever is not
    known. ``command``: the command that gives it; ``code``: the Python expression of it, over ``standing``. ``acts``: references of the acts behind
    it; ``acts_before``: of those behind ``before``. ``reach``: the day to which the record is complete for it. ``simulated``: whether something
    behind it is of a simulation.
    """

    id: str
    says: str
    value: float | None
    unit: str
    command: str
    code: str
    why: str = ""
    before: float | None = None
    of: int | None = None
    unknown: int = 0
    least: float | None = None
    most: float | None = None
    acts: tuple[str, ...] = ()
    reach: date | None = None
    simulated: bool = False
    acts_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: its heads and rows, the first cell of a row its head; and the command that gives it. ``acts``: references of acts that it names."""

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    command: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, what it shows in words, and the command that gives it."""

    id: str
    caption: str
    shows: str
    svg: str
    command: str


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: what there is to say, figures, tables, pictures; ``notes``: what to bear in mind."""

    title: str
    says: str = ""
    figures: tuple[Figure, ...] = ()
    listings: tuple[Listing, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActBehind:
    """An act that figures rest on."""

    ref: str
    kind: str
    actor: str
    agreement: str
    made: str
    source: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report. ``kind``: scorecard, quarter or year. ``since``, ``until``: its period, days, both in; ``earlier``: the one that it is compared with.

    ``opening``: Python that opens the record as ``standing``. ``acts``: every act that a figure rests on, by its reference. ``label``: the least that
    protects all that it rests on; every layout bears its marking.
    """

    kind: str
    title: str
    whom: str
    since: date
    until: date
    earlier: tuple[date, date] | None
    on: date
    known: date
    viewer: str | None
    command: str
    opening: str
    sections: tuple[Section, ...]
    acts: tuple[ActBehind, ...]
    coverage: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    label: Label = PUBLIC

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of every section."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @property
    def not_known(self) -> tuple[Figure, ...]:
        """Figures without a number."""
        return tuple(figure for figure in self.figures if figure.value is None)


def number(value: float | None, unit: str = "") -> str:
    """A number as it is printed: a share as a percentage, whole numbers whole, others to two places; or that it is not known."""
    if value is None:
        return "not known"
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
