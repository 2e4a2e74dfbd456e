"""The record as indicators ask it: each room below asked once.

Source: docs/explanation/how-indicators-are-read.md, 1.2 and 1.8.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cached_property

from comity.acts import Act
from comity.agreements import Coverage
from comity.decisions import CountingOnRecord, Decision, decisions_of
from comity.disputes import Dispute, disputes_of
from comity.duties import DutyStatus, duties
from comity.indicators.evidence import Borne, GuestThen, ToldAct
from comity.interoperability import GuestCover, HeldCover, JointExercise, TrainingMap, held_covers
from comity.missions import DaySpan, Mission, burden_of, deployed_plan, mission_on_record, missions_on_record
from comity.permissions import ActivityQuestion, Permissions
from comity.procedures import Simulated, nation_of, simulated_acts
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict

DEPLOY, PLEDGE, PURPOSE = "deploy-force", "pledge-force", "exercise"


class RecordEvidence:
    """What one standing has for the days asked about; ``party`` and ``agreement`` narrow what is gone through."""

    def __init__(self, standing: Standing, since: date, until: date, party: str | None = None, agreement: str | None = None) -> None:
        self.standing, self._span, self._party, self._agreement = standing, (since, until), party, agreement
        self._kinds: dict[tuple[str, ...], list[ToldAct]] = {}
        self._persons: dict[str, str] = {}
        self._covers: dict[tuple[str, str], list[HeldCover]] = {}
        self._asked_today: dict[tuple[str, str], Verdict] = {}

    @property
    def on(self) -> date:
        return self.standing.on

    def person(self, code: str) -> str:
        if code not in self._persons:
            self._persons[code] = nation_of(self.standing.record.register, code)
        return self._persons[code]

    @cached_property
    def _map(self) -> TrainingMap:
        return TrainingMap(self.standing)

    @cached_property
    def simulated(self) -> Simulated:
        """Which acts are of a simulation."""
        return simulated_acts(self.standing)

    # -- duties and what binds

    def duties(self, since: date, until: date) -> Sequence[DutyStatus]:
        return [row for row in self._duties if row.due is not None and since <= row.due <= until]

    @cached_property
    def _duties(self) -> list[DutyStatus]:
        return duties(self.standing, *self._span, party=self._party, agreement=self._agreement)

    def bound(self, party: str, agreement: str, on: date) -> Verdict:
        if not self.standing.record.has_agreement(agreement, self.standing.known):
            return Verdict.UNKNOWN
        return self.standing.bound(party, agreement, on).verdict

    def coverage(self, agreement: str | None) -> Sequence[Coverage]:
        return self.standing.coverage_of(agreement)

    # -- acts

    def acts(self, kinds: Collection[str]) -> Sequence[ToldAct]:
        key = tuple(kinds)
        if key not in self._kinds:
            found = self.standing.current_of_kinds(key)
            self._kinds[key] = [ToldAct(one.act, one.kind, not one.denials and len(versions) == 1) for versions in found for one in versions]
        return self._kinds[key]

    def answered(self, act: Act) -> str | None:
        return None if act.replies_to is None else self._actors.get(act.replies_to)

    @cached_property
    def _actors(self) -> dict[str, str]:
        return {told.act.hash: told.act.attributed_to for told in self.acts(("request", "request-visit", "pledge-force"))}

    # -- procedures

    def decisions(self) -> Sequence[Decision]:
        return self._decisions

    @cached_property
    def _counting(self) -> CountingOnRecord:
        return CountingOnRecord(self.standing)

    @cached_property
    def _decisions(self) -> list[Decision]:
        return list(decisions_of(self.standing, self._counting))

    def elects(self, decision: Decision, party: str) -> Verdict:
        if decision.rule is None or decision.proposal.day is None:
            return Verdict.UNKNOWN
        electors = self._counting.electors(decision.proposal, decision.rule, decision.proposal.day)
        codes = self.standing.record.register.codes_of(party, contested=False)
        if any(electors.has(code, False) for code in codes):
            return Verdict.YES
        return Verdict.UNKNOWN if any(electors.has(code, True) for code in codes) else Verdict.NO

    def disputes(self) -> Sequence[Dispute]:
        return self._disputes

    @cached_property
    def _disputes(self) -> list[Dispute]:
        return list(disputes_of(self.standing))

    # -- training together

    def exercises(self) -> Sequence[JointExercise]:
        return self._map.exercises

    def partners(self, party: str) -> Sequence[str]:
        return self._map.partners(party)

    def fresh(self, party: str, partner: str, capability: str, within: int, on: date) -> tuple[Verdict, tuple[str, ...]]:
        if self.person(party) == self.person(partner):
            return Verdict.UNKNOWN, ()
        return self._map.fresh((party, partner), capability, within, on), self._map.training((party, partner), capability, on).acts

    def covers(self, party: str, partner: str | None, since: date, until: date) -> Sequence[GuestThen]:
        found = dict[tuple[str, str, str, str], GuestThen]()
        for other in self.partners(party) if partner is None else [partner]:
            for held in self._covers_of(party, other):
                if since <= held.during.first <= until:
                    for guest in held.guests:
                        key = (held.exercise.activity, held.exercise.starts, guest.guest, guest.host)
                        found.setdefault(key, self._then_and_now(held, guest))
        return list(found.values())

    def _covers_of(self, party: str, other: str) -> list[HeldCover]:
        """The cover of each exercise of the two, asked once for all stretches of a series."""
        if (party, other) not in self._covers:
            self._covers[party, other] = list(held_covers(self._map, (party, other)))
        return self._covers[party, other]

    def _then_and_now(self, held: HeldCover, guest: GuestCover) -> GuestThen:
        then = guest.verdict
        now = then if then is Verdict.YES else self._today(guest.guest, guest.host)
        acts = tuple(part.act for part in held.exercise.parts if part.nation == self.person(guest.guest))
        return GuestThen(f"{held.exercise.activity} {held.exercise.starts}", guest.guest, guest.host, then, now, acts)

    @cached_property
    def _permissions(self) -> Permissions:
        return Permissions(self.standing)

    def _today(self, guest: str, host: str) -> Verdict:
        key = (guest, host)
        if key not in self._asked_today:
            question = ActivityQuestion(activity="station", doer=guest, counterpart=host, purpose=PURPOSE, until=self.on)
            try:
                self._asked_today[key] = self._permissions.station(question).verdict
            except NotOnRecord:
                self._asked_today[key] = Verdict.UNKNOWN
        return self._asked_today[key]

    # -- missions

    def borne(self, since: date, until: date) -> Sequence[Borne]:
        span = DaySpan(since, until + timedelta(days=1))
        found = list[Borne]()
        for name, mission in self._missions.items():
            for party, bearing in burden_of(mission, deployed_plan(mission), span).bearings:
                found.append(Borne(name, party, bearing.person_days, self._deployed(name, party)))
        return found

    @cached_property
    def _missions(self) -> dict[str, Mission]:
        return {name: mission_on_record(self.standing, name).mission for name in missions_on_record(self.standing)}

    def _deployed(self, mission: str, party: str) -> tuple[str, ...]:
        """The acts by which the party deployed something for the mission."""
        pledges = {told.act.hash for told in self.acts((PLEDGE,)) if told.act.details.get("mission") == mission}
        own = (told.act for told in self.acts((DEPLOY,)) if told.act.attributed_to == party)
        return tuple(act.ref for act in own if act.details.get("mission") == mission or act.replies_to in pledges)
