"""What a statement of a brief rests on: its article, linked to the clause, and the acts behind it; and the tables and lists that briefs share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from comity.acts import Entry
from comity.duties import DutyStatus
from comity.standing import Coming
from comity.terms import Answer, Label, Reading, Reason, join
from comity.web.asking import Asked
from comity.web.documents.handing_out import marking_of
from comity.web.documents.papers import Block, Grid, Heading, Line, Listed, Paragraph, Piece, joined, words
from comity.web.duties import Span, owed, row_of
from comity.web.linking import href
from comity.web.scoping import Scope
from comity.web.upcoming import coming_up

YEAR = timedelta(days=365)
FEW_ACTS, FEW_ARTICLES, MOST = 3, 1, 60
"""How many acts and articles stand beside a statement; how many rows a table of a brief has at most."""


class Grounds:
    """Says on what statements rest, and keeps the labels of all acts that it names."""

    def __init__(self, this: Asked) -> None:
        self.this = this
        self.labels: list[Label] = []

    def of(self, agreement: str, answer: Answer, party: str = "") -> Line:
        """The articles of the agreement and the acts (those of the party first) that an answer rests on."""
        self.labels.append(answer.label)
        reasons = list(_all(answer.because))
        articles = list(dict.fromkeys(r.article for r in reasons if r.holds and r.article and not r.article.startswith(("VCLT", "-"))))[:FEW_ARTICLES]
        acts = [e for ref in dict.fromkeys(ref for r in reasons for ref in r.acts) for e in self.this.visible(self.this.held.entries(ref))]
        own = [e for e in acts if party in (e.act.actor, e.act.on_behalf_of)] or acts
        parts = [self.article(agreement, article) for article in articles] + [self.act(entry) for entry in own[:FEW_ACTS]]
        more = len(own) - FEW_ACTS
        return joined([*parts, *([words(_("%(n)s acts more") % {"n": more})] if more > 0 else [])])

    def article(self, agreement: str, article: str) -> Line:
        """An article, linked to the page of its clause."""
        clauses = self.this.record.agreement(agreement, self.this.known).clauses
        number = next((n for n, clause in enumerate(clauses, 1) if clause.article == article), None)
        shown = _("art. %(article)s") % {"article": article} if article[:1].isdigit() or article[:1] in "IVXLC" else article
        return words(Piece(shown, href(self.this.carried, "clause", agreement, number) if number else ""))

    def act(self, entry: Entry) -> Line:
        """An act, linked to its page."""
        self.labels.append(entry.act.label)
        return words(Piece(entry.act.ref, href(self.this.carried, "act", entry.act.ref)))

    def ref(self, ref: str) -> Line:
        """The act of this reference, if the reader may see it."""
        seen = self.this.visible(self.this.held.entries(ref))
        return self.act(seen[0]) if seen else ()

    def agreement(self, agreement: str) -> Line:
        """An agreement by its short name."""
        short = self.this.record.agreement(agreement, self.this.known).short
        return words(Piece(short, href(self.this.carried, "agreement", agreement)))

    def party(self, code: str) -> Line:
        """A party by its name."""
        known = code in self.this.record.register.parties
        return words(Piece(self.this.name(code), href(self.this.carried, "party", code) if known else ""))

    @property
    def marking(self) -> str:
        """Of everything that was named so far."""
        return marking_of(join(self.labels))

    # -- parts that several briefs have

    def duties(self, title: str, rows: Sequence[DutyStatus]) -> tuple[Block, ...]:
        """What is owed, by whom, by when, with article and act."""
        self.labels += [duty.label for duty in rows]
        heads = (_("What"), _("By"), _("To"), _("Due"), _("State"), _("Article and acts"))
        cells = tuple(self._duty(duty) for duty in rows[:MOST])
        return (Heading(2, words(title)), Grid(title, heads, cells, titled=True), *_more(len(rows) - MOST)) if rows else ()

    def _duty(self, duty: DutyStatus) -> tuple[Line, ...]:
        row = row_of(self.this, duty)
        clause = words(Piece(_("art. %(article)s") % {"article": duty.article}, row.link)) if duty.article else ()
        acts = [self.ref(ref) for ref in list(dict.fromkeys((duty.brought_about_by or "", *duty.discharged_by)))[:FEW_ACTS]]
        by = self.party(duty.owed_by) if duty.owed_by else words(_("all together"))
        to = joined(self.party(code) for code in duty.owed_to[:4]) or words(_("the others"))
        beside = joined([self.agreement(duty.agreement), *([clause] if clause else []), *(a for a in acts if a)])
        return words(duty.what), by, to, words(day(duty.due)), words(str(duty.state)), beside

    def ahead(self, rows: Sequence[Coming]) -> tuple[Block, ...]:
        """What changes within a year, or until when it can be changed."""
        title = _("Ahead within a year")
        if not rows:
            return (Heading(2, words(title)), Paragraph(words(_("Nothing on record changes within a year."))))
        cells = tuple(
            (
                words(day(c.on)),
                self.agreement(c.agreement),
                self.party(c.party) if c.party else words(_("the agreement")),
                words(c.what),
                self._said(c),
            )
            for c in rows[:MOST]
        )
        return (
            Heading(2, words(title)),
            Grid(title, (_("On"), _("Agreement"), _("Who"), _("What"), _("Act")), cells, titled=True),
            *_more(len(rows) - MOST),
        )

    def _said(self, coming: Coming) -> Line:
        return words(coming.act or "")

    def contested(self, points: Sequence[tuple[Line, Sequence[Reading]]]) -> tuple[Block, ...]:
        """Each contested point with its readings, and whose they are."""
        if not points:
            return ()
        found: list[Block] = [Heading(2, words(_("Contested points")))]
        for about, readings in points:
            found += [Heading(3, about), Listed(tuple(_reading(r) for r in dict.fromkeys(readings)))] if readings else [Paragraph(about)]
        return tuple(found)


def _reading(reading: Reading) -> Line:
    source = f"; {reading.source}" if reading.source and reading.source != reading.by else ""
    return words(f"{reading.value}. ", Piece(reading.by, strong=True), source)


def _all(because: Iterable[Reason]) -> Iterator[Reason]:
    for reason in because:
        yield reason
        yield from _all(reason.because)


def _more(number: int) -> tuple[Block, ...]:
    return (Paragraph(words(_("%(n)s more are on the pages of the record.") % {"n": number}), "note"),) if number > 0 else ()


def day(on: date | None) -> str:
    """An ISO day, or a dash."""
    return on.isoformat() if on is not None else "–"


def reach(on: date | None) -> Line:
    """How far the record is complete."""
    return words(on.isoformat() if on is not None else _("not covered"))


def due_of(this: Asked, scope: Scope) -> tuple[list[DutyStatus], list[str]]:
    """What is owed within a year, or was and is not done; and what is still being derived."""
    return owed(this, scope, Span(YEAR, YEAR, everything=False))


def ahead_of(this: Asked, agreements: list[str], party: str = "") -> list[Coming]:
    return coming_up(this, agreements, party, YEAR)
