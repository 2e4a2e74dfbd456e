"""The steps of a dispute as the pages show them: each with its clause, what waits for whom and until when, what may be done next, and its days.

Days that are not on record are those on which a step could be asked for, if each before it is asked for on the first such day and nobody answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.agreements.settlements import Settlement
from comity.disputes import Dispute, Doing, MeansState, StepStanding, day_after, first_days, moves_awaited, place_of
from comity.terms import Reason, Verdict
from comity.web.asking import Asked
from comity.web.charts.settlement_times import Lane, Mark, Span
from comity.web.linking import href
from comity.web.telling import Words, told
from comity.web.wording import word
from comity.web.words_of_talks import how_long

DOES: Mapping[str, str | Promise] = {
    Doing.APPOINT: gettext_lazy("appoint a member for %(means)s"),
    Doing.ANSWER: gettext_lazy("answer the request for %(means)s"),
    Doing.ACT: gettext_lazy("act on the request for %(means)s"),
    Doing.END: gettext_lazy("bring %(means)s to an end"),
}
RUNNING = (MeansState.ASKED, MeansState.UNDER_WAY)
ENDED = (MeansState.REFUSED, MeansState.FAILED, MeansState.REPORTED, MeansState.DECIDED)


@dataclass(frozen=True, slots=True)
class Row:
    """A step as a line of the table. ``link``: of its clause; ``times``: its time limits in words; ``not_before``: see above."""

    step: StepStanding
    link: str
    times: tuple[Words, ...]
    not_before: date | None

    @property
    def means(self) -> str:
        return self.step.place.step.means

    @property
    def sure(self) -> bool:
        return self.step.verdict is Verdict.YES

    @property
    def begun(self) -> bool:
        return self.step.states != (MeansState.NOT_BEGUN,)

    @property
    def runs(self) -> bool:
        return self.step.state in RUNNING

    @property
    def why_not(self) -> list[Reason]:
        """What keeps it from being open, each in one line."""
        if self.step.open is Verdict.YES or self.runs:
            return [one for one in self.step.because[1:] if not one.holds] if self.runs else []
        return list({one.says: one for one in self.step.because if not one.holds}.values())

    @property
    def against(self) -> list[Reason]:
        """Of these, what the law between the sides says: reservations, suspensions, whether the agreement is in force."""
        return [one for one in self.step.because if not one.holds and one.rule == "settlement-ground"]


@dataclass(frozen=True, slots=True)
class Move:
    """What is awaited of somebody, or open to them. ``who``: codes of parties, or ``body``: an organ by its name. ``until``: by when, if it says.

    ``does``: answer, appoint, act, end or ask, for programs; ``what``: the same in words.
    """

    row: Row
    who: tuple[str, ...]
    body: str
    does: str
    what: Words
    until: date | None
    late: Verdict
    together: bool = False


def rows_of(this: Asked, dispute: Dispute) -> list[Row]:
    """The steps as lines."""
    agreement = this.record.agreement(dispute.agreement, this.known)
    numbers = {clause.id: number for number, clause in enumerate(agreement.clauses, 1) if isinstance(clause, Settlement)}
    days = first_days(dispute, this.on, agreement.zone)

    def link(clause: str) -> str:
        return href(this.carried, "clause", agreement.id, numbers[clause]) if clause in numbers else ""

    return [Row(one, link(one.place.clause.id), tuple(_times(one)), days.get(place_of(one))) for one in dispute.steps]


def settling_in(this: Asked) -> list[str]:
    """The agreements with a clause that settles disputes."""

    def settles(agreement: str) -> bool:
        return any(isinstance(clause, Settlement) for clause in this.record.agreement(agreement, this.known).clauses)

    return this.ask("settling", lambda _s: [one for one in this.fold.wanted if settles(one)])


def named(one: StepStanding) -> Words:
    """A step by its means and, if it has one, its body."""
    step = one.place.step
    means = told(word(step.means, "means"))
    return means if step.body is None else told(_("%(means)s: %(body)s"), means=means, body=step.body)


def _times(one: StepStanding) -> Iterator[Words]:
    step = one.place.step
    if step.after is not None:
        yield told(_("open after %(time)s"), time=how_long(step.after))
    if step.answer is not None:
        yield told(_("answer within %(time)s"), time=how_long(step.answer))
    if step.organised is not None:
        yield told(_("members appointed within %(time)s"), time=how_long(step.organised))
    if step.within is not None:
        yield told(_("settled within %(time)s"), time=how_long(step.within))


# -- whose move it is ---------------------------------------------------------------------------------------------------


def awaited(dispute: Dispute, rows: Sequence[Row], on: date) -> list[Move]:
    """What is awaited of whom on the day, what is due first first."""
    by_place = {place_of(row.step): row for row in rows}
    return [
        Move(by_place[place_of(one.step)], one.who, one.body, one.does, told(DOES[one.does], means=named(one.step)), one.until, one.late)
        for one in moves_awaited(dispute, on)
    ]


def may_follow(dispute: Dispute, rows: Sequence[Row]) -> list[Move]:
    """What is open to whom, or may be; since when."""
    return [
        Move(
            row,
            () if row.step.place.step.begun_by == "organ" else dispute.sides,
            row.step.who[0] if row.step.place.step.begun_by == "organ" else "",
            "ask",
            told(_("ask for %(means)s"), means=named(row.step)),
            row.step.opens,
            Verdict.NO,
            row.step.place.step.begun_by == "both",
        )
        for row in rows
        if row.step.open is not Verdict.NO
    ]


# -- its days -------------------------------------------------------------------------------------------------------------


def lanes_of(this: Asked, dispute: Dispute, rows: Sequence[Row]) -> list[Lane]:
    """The steps as lanes of the drawing."""
    zone = this.record.agreement(dispute.agreement, this.known).zone
    return [_lane(row, this.on, zone) for row in rows]


def _lane(row: Row, on: date, zone: str | None) -> Lane:
    one, means = row.step, told(word(row.means, "means"))
    label = (one.place.step.article, means, one.place.step.body or "")
    if row.begun:
        return Lane(*label, row.link, tuple(_told(row, on, means)), tuple(_marks(row, means)))
    day = row.not_before
    if day is None or one.law is Verdict.NO:
        return Lane(*label, row.link, (), ())
    if one.opens is not None and one.opens <= on and one.open is not Verdict.NO:
        says = told(_("%(means)s: open since %(day)s"), means=means, day=one.opens)
        return Lane(*label, row.link, (Span("open", one.opens, None, says),), tuple(_supposed(row, on, zone, means)))
    marks = tuple(_supposed(row, day, zone, means))
    end = min((mark.on for mark in marks), default=None)
    return Lane(*label, row.link, (Span("later", day, end, told(_("%(means)s: not before %(day)s"), means=means, day=day)),), marks)


def _told(row: Row, on: date, means: Words) -> Iterator[Span]:
    one = row.step
    start = one.asked or one.since
    if start is None:
        return
    state = told(word(one.state, "means state"))
    if one.state in ENDED:
        yield Span("way", start, max(start, one.since or start), told(_("%(means)s: %(state)s on %(day)s"), means=means, state=state, day=one.since))
        return
    look = "asked" if one.state is MeansState.ASKED else "way"
    yield Span(look, start, max(start, on), told(_("%(means)s: %(state)s since %(day)s"), means=means, state=state, day=one.since or start))


def _marks(row: Row, means: Words) -> Iterator[Mark]:
    one = row.step
    if one.state in ENDED and one.since is not None:
        state = told(word(one.state, "means state"))
        yield Mark("done", one.since, told(_("%(means)s: %(state)s on %(day)s"), means=means, state=state, day=one.since))
    if one.due is not None:
        says = told(_("%(means)s: to be answered by %(day)s"), means=means, day=one.due)
        yield Mark("late" if one.late is Verdict.YES else "due", one.due, says)
    if one.ends is not None:
        yield Mark("limit", one.ends, told(_("%(means)s: has time until %(day)s"), means=means, day=one.ends))


def _supposed(row: Row, day: date, zone: str | None, means: Words) -> Iterator[Mark]:
    """The limits that would run, were the step asked for on the day."""
    step = row.step.place.step
    if step.answer is not None and (end := day_after(day, step.answer, zone)) is not None:
        yield Mark("due", end, told(_("%(means)s: to be answered by %(day)s"), means=means, day=end), supposed=True)
    for lead in (step.within, step.organised):
        if lead is not None and (end := day_after(day, lead, zone)) is not None:
            yield Mark("limit", end, told(_("%(means)s: has time until %(day)s"), means=means, day=end), supposed=True)


def lane_to_plain(row: Row, lane: Lane) -> list[dict[str, object]]:
    """What is drawn of a step, as rows."""
    step = row.step.place.step
    head = {"means": step.means, "body": step.body, "article": step.article}
    spans: list[dict[str, object]] = [
        {**head, "what": span.look, "from": span.start.isoformat(), "until": span.end and span.end.isoformat()} for span in lane.spans
    ]
    return spans + [{**head, "what": mark.look, "from": mark.on.isoformat(), "until": None} for mark in lane.marks]


COLUMNS = {
    "means": "which means of settlement",
    "body": "which organ or court, where the clause names one",
    "article": "the article of the step",
    "what": "asked, way (under way), open, later (not before); done, due (to be answered by), late, limit (has time until)",
    "from": "the first day, or the day itself",
    "until": "the last day; blank: none",
}
