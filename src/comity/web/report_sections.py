"""A report as the page shows it: each figure with bars beside the period before, what it is of, its acts, and the page that asks it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from comity import reports
from comity.indicators import INDICATORS
from comity.reports import Figure, Listing, Report, Section
from comity.web.asking import Asked
from comity.web.charts.beside_before import pair_of_bars
from comity.web.linking import href
from comity.web.wording import word

SHOWN, ROWS = 8, 60
"""So many acts behind a figure are named beside it, and so many rows of a table; the files have all."""
_INDICATORS = {one.id for one in INDICATORS}
_SAY_NOTHING = ("share", "number")
"""Units that a number says itself."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as a row. ``says``: in the reader's language, or as the strategy says it; ``again``: the page that asks it; ``left``: more acts."""

    one: Figure
    says: str
    partner: str
    again: str
    acts: tuple[str, ...]
    left: int
    compared: bool

    @property
    def value(self) -> str:
        return "" if self.one.value is None else reports.number(self.one.value, self.one.unit)

    @property
    def before(self) -> str:
        return "" if self.one.before is None else reports.number(self.one.before, self.one.unit)

    @property
    def unit(self) -> str:
        return "" if self.one.unit in _SAY_NOTHING else word(self.one.unit, "report-unit")

    @property
    def between(self) -> tuple[str, str] | None:
        least, most = self.one.least, self.one.most
        if least is None or most is None or least == most:
            return None
        return reports.number(least, self.one.unit), reports.number(most, self.one.unit)

    @property
    def bars(self) -> str:
        return pair_of_bars(self.one.value, self.one.before, self.one.unit) if self.compared else ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What stands in a cell, and what it is: an act, an agreement, how far a target is, or words."""

    text: str
    kind: str = ""

    @property
    def look(self) -> str:
        return self.text.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class ShownListing:
    """A table: its heads, so many rows as are shown, and how many are left to the files."""

    one: Listing
    rows: tuple[tuple[ShownCell, ...], ...]
    left: int

    @property
    def heads(self) -> list[str]:
        return [word(head, "report-head") for head in self.one.heads]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section; ``compared``: is something known of the period before, or of the baseline?"""

    one: Section
    figures: tuple[ShownFigure, ...]
    listings: tuple[ShownListing, ...]
    compared: bool


def shown_sections(this: Asked, report: Report, partners: Sequence[str]) -> list[ShownSection]:
    """Every section, in order."""
    if report.kind == "scorecard":
        return [_section(one, _of_strategy) for one in report.sections]
    return [_section(one, partial(_figure, partners, partial(_again, _axes(this, report), report))) for one in report.sections]


def _section(one: Section, shown: Callable[[Figure, bool], ShownFigure]) -> ShownSection:
    compared = any(figure.before is not None for figure in one.figures)
    figures = tuple(shown(figure, compared) for figure in one.figures)
    return ShownSection(one, figures, tuple(map(_listing, one.listings)), compared)


def _of_strategy(one: Figure, compared: bool) -> ShownFigure:
    """An indicator of a strategy, in the strategy's words."""
    return ShownFigure(one, one.says, "", "", one.acts[:SHOWN], max(0, len(one.acts) - SHOWN), compared)


def _figure(partners: Sequence[str], linked: Callable[[str, str], str], one: Figure, compared: bool) -> ShownFigure:
    name, partner = _parts(one.id, partners)
    table = "indicator" if name in _INDICATORS else "report-figure"
    asked = word(name, table)
    says = one.says if asked == name else asked
    return ShownFigure(one, says, partner, linked(name, partner), one.acts[:SHOWN], max(0, len(one.acts) - SHOWN), compared)


def _parts(name: str, partners: Sequence[str]) -> tuple[str, str]:
    """The id of a figure as what is asked and towards whom; blank: towards all."""
    for partner in partners:
        if name.endswith(f"-{partner}") and (name.removesuffix(f"-{partner}") in _INDICATORS or name == f"trust-{partner}"):
            return name.removesuffix(f"-{partner}"), partner
    return name, ""


def _axes(this: Asked, report: Report) -> dict[str, str]:
    """The days and the viewer of the report, as an address has them."""
    viewer = {"as": this.carried["as"]} if "as" in this.carried else {}
    return {"on": report.on.isoformat(), "known": report.known.isoformat(), **viewer}


def _again(axes: Mapping[str, str], report: Report, name: str, partner: str) -> str:
    """The page that asks a figure again, as things stood on the report's day; blank where the report itself does."""
    if name in _INDICATORS:
        until = min(report.until, report.on)
        return href(axes, "indicators", indicator=name, party=report.whom, partner=partner, since=report.since, until=until)
    if name == "trust":
        return href(axes, "trust", a=report.whom, b=partner)
    if name.startswith("disputes-"):
        pair = name.split("-")[1:3]
        return href(axes, "stability", whom=",".join(pair))
    return ""


def _listing(one: Listing) -> ShownListing:
    rows = tuple(tuple(_cells(one, row)) for row in one.rows[:ROWS])
    return ShownListing(one, rows, max(0, len(one.rows) - ROWS))


def _cells(listing: Listing, row: Sequence[str]) -> Iterator[ShownCell]:
    for head, text in zip(listing.heads, row, strict=True):
        kind = {"act": "act", "agreement": "agreement", "how far": "progress"}.get(head, "") if text else ""
        yield ShownCell(text, kind)


# -- as files ---------------------------------------------------------------------------------------------------------


def figure_rows(report: Report) -> list[dict[str, object]]:
    """The figures as rows of a table, each with the marking of the report, if it bears one."""
    return [
        {
            "id": one.id, "what": one.says, "value": one.value, "unit": one.unit, "before": one.before, "of": one.of, "unknown": one.unknown,
            "least": one.least, "most": one.most, "reach": None if one.reach is None else one.reach.isoformat(), "simulated": one.simulated,
            "why": one.why or None, "command": one.command, "acts": list(one.acts), "acts_before": list(one.acts_before), **marked(report),
        }
        for one in report.figures
    ]  # fmt: skip


def act_rows(report: Report) -> list[dict[str, object]]:
    """The acts behind the figures as rows."""
    return [
        {
            "act": one.ref, "made": one.made, "party": one.actor, "kind": one.kind, "agreement": one.agreement, "source": one.source,
            **marked(report),
        }
        for one in report.acts
    ]  # fmt: skip


def listing_rows(report: Report, one: Listing) -> list[dict[str, object]]:
    """A table of the report as rows."""
    heads = [head or "doubt" for head in one.heads]
    return [{**dict(zip(heads, row, strict=True)), **marked(report)} for row in one.rows]


def marked(report: Report) -> dict[str, object]:
    """The marking of a report that is not public, as a column of its own."""
    return {"marking": report.label.marking} if report.label.marking else {}
