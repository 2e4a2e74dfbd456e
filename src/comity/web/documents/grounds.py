"""What a statement of a brief rests on: its article, linked to the clause, and the acts behind it; and the tables and lists that briefs share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from comity.acts import Act, Entry, kinds
from comity.duties import DutyStatus
from comity.standing import Coming
from comity.terms import Answer, Label, Reading, Reason, join
from comity.web.asking import Asked
from comity.web.documents.papers import Block, Grid, Heading, Line, Listed, Paragraph, Piece, joined, words
from comity.web.duties import Span, owed
from comity.web.linking import href
from comity.web.scoping import Scope
from comity.web.upcoming import coming_up

YEAR = timedelta(days=365)
FEW_ACTS, FEW_ARTICLES, FEW_PARTIES, FEW_READINGS, FEW_POINTS, FEW_DUTIES, MOST = 2, 1, 5, 4, 8, 16, 75
"""How many acts, articles and parties stand beside a statement, readings under a point, points and rows of duties, rows of any table."""


class Grounds:
    """Says on what statements rest, and keeps the labels of all acts that it names."""

    def __init__(self, this: Asked) -> None:
        self.this = this
        self.labels: list[Label] = []

    def of(self, agreement: str, answer: Answer, *parties: str, few: int = FEW_ACTS) -> Line:
        """The article of the agreement and the acts (those of the parties, if any of these did one) that an answer rests on."""
        self.labels.append(answer.label)
        reasons = list(_all(answer.because))
        articles = list(dict.fromkeys(r.article for r in reasons if r.holds and r.article and not r.article.startswith(("VCLT", "-"))))[:FEW_ARTICLES]
        acts = [e for ref in dict.fromkeys(ref for r in reasons for ref in r.acts) for e in self.this.visible(self.this.held.entries(ref))]
        own = [e for e in acts if not {e.act.actor, e.act.on_behalf_of}.isdisjoint(parties)] or acts
        parts = [self.article(agreement, article) for article in articles] + [self.act(entry) for entry in own[:few]]
        more = len(own) - few
        return joined([*parts, *([words(_("%(n)s acts more") % {"n": more})] if more > 0 else [])])

    def article(self, agreement: str, article: str) -> Line:
        """An article, linked to the page of its clause."""
        clauses = self.this.record.agreement(agreement, self.this.known).clauses
        number = next((n for n, clause in enumerate(clauses, 1) if clause.article == article), None)
        shown = _("art.\u00a0%(article)s") % {"article": article} if article[:1].isdigit() or article[:1] in "IVXLC" else article
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
        """A party by its name; blank: the agreement itself."""
        if not code:
            return words(_("the agreement"))
        known = code in self.this.record.register.parties
        return words(Piece(self.this.name(code), href(self.this.carried, "party", code) if known else ""))

    @property
    def marking(self) -> str:
        """Of everything that was named so far."""
        return join(self.labels).marking

    # -- parts that several briefs have

    def duties(self, title: str, rows: Sequence[DutyStatus]) -> tuple[Block, ...]:
        """What is owed, by whom, by when, with article and act; the same duty of several parties once."""
        self.labels += [duty.label for duty in rows]
        alike: dict[tuple[object, ...], list[DutyStatus]] = defaultdict(list)
        for duty in rows:
            alike[duty.agreement, duty.duty, duty.subject, duty.owed_to, duty.due, duty.state].append(duty)
        heads = (_("What"), _("By"), _("To"), _("Due"), _("State"), _("Article and acts"))
        cells = tuple(self._duty(those) for those in list(alike.values())[:FEW_DUTIES])
        return (Heading(2, words(title)), Grid(title, heads, cells, titled=True), *more_of(len(alike) - FEW_DUTIES)) if rows else ()

    def _duty(self, alike: Sequence[DutyStatus]) -> tuple[Line, ...]:
        duty = alike[0]
        clause = self.article(duty.agreement, duty.article) if duty.article != "-" else ()
        acts = [self.ref(ref) for one in alike for ref in (one.brought_about_by or "", *one.discharged_by) if ref]
        by = self.some([one.owed_by for one in alike if one.owed_by]) or words(_("all together"))
        to = self.some(duty.owed_to) or words(_("the others"))
        beside = joined(part for part in (self.agreement(duty.agreement), clause, *list(dict.fromkeys(acts))[:FEW_ACTS]) if part)
        return words(duty.what), by, to, words(day(duty.due)), words(str(duty.state)), beside

    def some(self, codes: Sequence[str]) -> Line:
        """A few parties by name, the rest by their number."""
        more = len(codes) - FEW_PARTIES
        shown = codes if more < 2 else codes[:FEW_PARTIES]
        return joined([*(self.party(code) for code in shown), *([words(_("%(n)s others") % {"n": more})] if more > 1 else [])])

    def ahead(self, rows: Sequence[Coming]) -> tuple[Block, ...]:
        """What changes within a year, or until when it can be changed."""
        title = _("Ahead within a year")
        if not rows:
            return (Heading(2, words(title)), Paragraph(words(_("Nothing on record changes within a year."))))
        cells = tuple(
            (
                words(day(c.on)),
                self.agreement(c.agreement),
                self.party(c.party or ""),
                words(c.what),
                self._said(c),
            )
            for c in rows[:MOST]
        )
        return (
            Heading(2, words(title)),
            Grid(title, (_("On"), _("Agreement"), _("Who"), _("What"), _("Act")), cells, titled=True),
            *more_of(len(rows) - MOST),
        )

    def _said(self, coming: Coming) -> Line:
        return words(coming.act or "")

    def contested(self, points: Sequence[tuple[Line, Sequence[Reading]]]) -> tuple[Block, ...]:
        """Each contested point with its readings, and whose they are."""
        if not points:
            return ()
        alike: dict[tuple[object, ...], list[tuple[Line, Sequence[Reading]]]] = defaultdict(list)
        for point in points:
            alike[tuple((r.by, r.source) for r in point[1]) or point[0]].append(point)
        found: list[Block] = [Heading(2, words(_("Contested points")))]
        for (about, readings), *others in list(alike.values())[:FEW_POINTS]:
            several = list(dict.fromkeys(readings))
            found += [Heading(3, about), Listed(tuple(_reading(r) for r in several[:FEW_READINGS]))] if several else [Paragraph(about)]
            if len(several) > FEW_READINGS:
                found.append(Paragraph(words(_("%(n)s more readings are on its page.") % {"n": len(several) - FEW_READINGS}), "note"))
            if others:
                found.append(
                    Paragraph(joined([words(_("Likewise, on days of their own: ")), joined((line for line, _r in others), "; ")], ""), "note")
                )
        return (*found, *more_of(len(alike) - FEW_POINTS))


def _reading(reading: Reading) -> Line:
    source = f"; {reading.source}" if reading.source and reading.source != reading.by else ""
    return words(f"{reading.value}. ", Piece(reading.by, strong=True), source)


def _all(because: Iterable[Reason]) -> Iterator[Reason]:
    for reason in because:
        yield reason
        yield from _all(reason.because)


def more_of(number: int) -> tuple[Block, ...]:
    return (Paragraph(words(_("%(n)s more are on the pages of the record.") % {"n": number}), "note"),) if number > 0 else ()


def said_of(this: Asked, act: Act) -> str:
    """Who did what, and when."""
    when = act.done
    return f"{this.name(act.actor)} {kinds()[act.kind].past} {act.agreement or ''}{f', {when}' if when else ''}"


def since(answer: Answer) -> Line:
    """From when the verdict holds; a *yes* without a day began on different days in different readings."""
    return words(_("uncertain") if answer.since is None and answer.readings else day(answer.since))


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
