"""The front door: ask what one may do, of a standing; each answer as far as the viewer may know why.

Source: docs/explanation/how-permissions-are-derived.md, sections 1.4 and 5.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from comity.agreements import EVER
from comity.permissions.activity_lines import activity_consents, activity_lines
from comity.permissions.forces import Shares, claim_shares, jurisdiction
from comity.permissions.grounds import Grounds
from comity.permissions.lines import ActivityAsked, Offence, Outcome, ReleaseAsked
from comity.permissions.questions import ReleaseQuestion, read
from comity.permissions.release_lines import lines_for
from comity.permissions.releasing import Decision, Releasing
from comity.permissions.stationings import Stationing, StationingSpan, stationing_spans
from comity.permissions.telling_activities import tell_activity, tell_consequences
from comity.permissions.telling_forces import tell_claim, tell_jurisdiction
from comity.permissions.telling_releases import Told, tell_release
from comity.standing import Standing
from comity.terms import PUBLIC, Answer, BadInput, Reason, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityQuestion:
    """May ``doer`` do ``activity`` with, or at, ``counterpart``? ``until``: the last day (None: the day asked about only)."""

    activity: str
    doer: str
    counterpart: str
    things: tuple[str, ...] = ()
    purpose: str | None = None
    territory: str | None = None
    until: date | None = None


class Permissions:
    """What is allowed, as one standing has it: as of its day, as known then, as its viewer may see it."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.grounds = Grounds(standing)

    def on_day(self, on: date) -> Permissions:
        """The same asked about another day."""
        other = copy(self)
        other.standing, other.grounds = self.standing.on_day(on), self.grounds.on_day(on)
        return other

    def stationings(self, doer: str, counterpart: str, start: date, end: date, purpose: str | None = None) -> Iterator[StationingSpan]:
        """May forces of the one be with the other, from ``start`` up to ``end``? NotOnRecord where one of the two is no party on record."""
        question = ActivityQuestion(activity="station", doer=doer, counterpart=counterpart, purpose=purpose)
        self._two(doer, counterpart)
        turns = {day for line in activity_lines(self.grounds, "station", doer, counterpart) for day in (line.start, line.end)}
        turns |= {day for consent in activity_consents(self.grounds, "station") for day in (consent.start, consent.end)}
        return stationing_spans(lambda day: self.on_day(day).station(question), turns, start, end)

    def release(self, question: ReleaseQuestion) -> Answer:
        """May the information be given? With every test, what is left to be filled in, and the least that would change a *no*."""
        asked = read(question, self.grounds, self.standing.on)
        groups = [name for name in sorted(asked.releasable) if name != asked.taker]
        lines = lines_for(self.grounds, asked.giver, asked.taker, asked.originator, groups)
        answer = tell_release(Told(self.grounds, question, asked, lines))
        return self._revealed(answer, {asked.giver, asked.originator}, asked.taker)

    def decided(self, question: ReleaseQuestion) -> tuple[ReleaseAsked, Decision]:
        """The same question, and what it comes to, as its tests have it: for who decides many and tells few."""
        asked = read(question, self.grounds, self.standing.on)
        groups = [name for name in sorted(asked.releasable) if name != asked.taker]
        return asked, Releasing(lines_for(self.grounds, asked.giver, asked.taker, asked.originator, groups)).decide(asked)

    def activity(self, question: ActivityQuestion) -> Answer:
        """May it be done: supplied, transferred, trained, flown over?"""
        asked = self._asked(question)
        return self._revealed(tell_activity(self.grounds, asked), {asked.doer, asked.counterpart}, None)

    def station(self, question: ActivityQuestion) -> Stationing:
        """May forces be there? Two answers, entry and status, and what follows for them."""
        asked = self._asked(question)
        entry, status = (tell_activity(self.grounds, asked._replace(gives=gives)) for gives in ("entry", "status"))
        sides = {asked.doer, asked.counterpart}
        shown = [self._revealed(answer, sides, None) for answer in (entry, status)]
        return Stationing(shown[0], shown[1], self._follows(asked, all(a.verdict is Verdict.YES for a in shown)))

    def consequences(self, question: ActivityQuestion) -> tuple[Reason, ...]:
        """What follows for those who do it, by the agreements in force between the two."""
        asked = self._asked(question)
        return self._follows(asked, tell_activity(self.grounds, asked).verdict is Verdict.YES)

    def jurisdiction(self, sending: str, host: str, offence: Offence) -> Answer:
        """Who may try an offence of one of ``sending``'s people in ``host``?"""
        return tell_jurisdiction(self.grounds, *self._two(sending, host), jurisdiction(offence))

    def claim(
        self, host: str, sending: Sequence[str], *, host_responsible: bool = False, attributable: bool = True, on_duty: bool = True
    ) -> tuple[Answer, Shares]:
        """Who pays which part of a third party's claim in ``host``?"""
        states = [self._two(one, host)[0] for one in sending]
        found = claim_shares(host, states, host_responsible=host_responsible, attributable=attributable, on_duty=on_duty)
        return tell_claim(self.grounds, host, states, found), found

    def _follows(self, asked: ActivityAsked, allowed: bool) -> tuple[Reason, ...]:
        """What follows for those who do it; an outsider is told where it is allowed only, so that nothing shows through."""
        insider = self.standing.viewer in (None, asked.doer, asked.counterpart)
        return tell_consequences(self.grounds, asked) if insider or allowed else ()

    def _two(self, one: str, other: str) -> tuple[str, str]:
        record = self.standing.record
        if record.party(one) == record.party(other):
            raise BadInput(f"{one} and {other}: name two different parties")
        return one, other

    def _asked(self, question: ActivityQuestion) -> ActivityAsked:
        record, on = self.standing.record, self.standing.on
        doer, counterpart = self._two(question.doer, question.counterpart)
        last = question.until or on
        if last < on:
            raise BadInput(f"until {last} is before {on}, the first day; give a later day")
        territory = None if question.territory is None else record.party(question.territory)
        first = on.toordinal()
        end = min(last.toordinal() + 1, max(first + 1, EVER))  # "until the last day there is" is without end
        return ActivityAsked(
            question.activity, doer, counterpart, first, end, "", frozenset(question.things), question.purpose, territory
        )  # fmt: skip

    def _revealed(self, answer: Answer, owners: set[str], taker: str | None) -> Answer:
        """1.4: the owners see everything; the taker whether, and the agreement; anybody else the same short *no*."""
        viewer = self.standing.viewer
        if viewer is None or viewer in owners:
            return answer
        if viewer == taker:
            shown = tuple(r for r in answer.because if r.rule in ("security-agreement", "level-equivalence"))
            return replace(answer, because=shown, would_change=(), provided=answer.provided)
        if answer.verdict is Verdict.YES:
            return answer
        closed = Reason("allowance", "nothing that this viewer may see allows it", holds=False)
        return Answer(answer.question, Verdict.NO, mode=str(Outcome.NOT_PROVIDED), because=(closed,), label=PUBLIC)
