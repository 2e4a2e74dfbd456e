"""Reasons as lines of a page: whether each holds, and the page of the very clause that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.agreements import Agreement, Clause
from comity.terms import Provided, Reason
from comity.web.asking import Asked
from comity.web.linking import href
from comity.web.rules import RULES


@dataclass(frozen=True, slots=True)
class Line:
    """One reason as a line; ``agreement`` and ``link`` are blank where the clause that it cites can't be told."""

    holds: bool
    says: str
    article: str
    agreement: str
    link: str
    rule: str
    acts: tuple[str, ...]
    source: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to be filled in, with the page of the clause that asks for it."""

    what: str
    says: str
    article: str
    link: str


def lines_of(this: Asked, reasons: Iterable[Reason]) -> list[Line]:
    """A line for each reason; what stands behind it stays its own tree."""
    return [_line(this, reason) for reason in reasons]


def left_open(provided: Iterable[Provided], lines: Iterable[Line]) -> list[Left]:
    """What has to be filled in; its article is that of one of the lines."""
    links = {line.article: line.link for line in lines if line.link}
    return [Left(p.what, p.says, p.article or "", links.get(p.article or "", "")) for p in provided]


def _line(this: Asked, reason: Reason) -> Line:
    agreement, article, link = _cited(this, reason)
    rule = reason.rule if reason.rule in RULES else ""
    return Line(reason.holds, reason.says, article, agreement, link, rule, reason.acts, reason.source or "", reason.because)


def _cited(this: Asked, reason: Reason) -> tuple[str, str, str]:
    """The agreement, the article and the clause's page; what follows for forces names its agreement before the article."""
    if not reason.article:
        return "", "", ""
    first, _, rest = reason.article.partition(" ")
    if rest and this.record.has_agreement(first, this.known):
        places = [(first, number) for number, clause in _numbered(this.record.agreement(first, this.known)) if clause.article == rest]
        return first, rest, _page(this, places)
    places = _places(this, reason)
    return (places[0][0] if places else ""), reason.article, _page(this, places)


def _places(this: Asked, reason: Reason) -> list[tuple[str, int]]:
    """Clauses with the article and source of the reason; of several agreements' the one whose words it repeats."""
    found = this.ask("cited", lambda _: _all_places(this)).get((reason.article or "", reason.source), [])
    told = [(a.id, n) for a, n, c in found if c.says in reason.says] or [(a.id, n) for a, n, _ in found if a.short in reason.says]
    places = told or [(a.id, n) for a, n, _ in found]
    return places if len({agreement for agreement, _ in places}) == 1 else []


def _all_places(this: Asked) -> dict[tuple[str, str | None], list[tuple[Agreement, int, Clause]]]:
    """Every clause by its article and source, with its agreement and its number there."""
    places: dict[tuple[str, str | None], list[tuple[Agreement, int, Clause]]] = {}
    for agreement in (this.record.agreement(a, this.known) for a in this.fold.wanted):
        for number, clause in _numbered(agreement):
            places.setdefault((clause.article, clause.source), []).append((agreement, number, clause))
    return places


def _numbered(agreement: Agreement) -> Iterator[tuple[int, Clause]]:
    return enumerate(agreement.clauses, 1)


def _page(this: Asked, places: list[tuple[str, int]]) -> str:
    return href(this.carried, "clause", *places[0]) if places else ""
