"""Where an agreement stands at home in one state on a day: its state, the last day of what runs, whether the state may consent, what was reported.

Source: how-domestic-procedure-is-followed.md, sections 2 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from comity.acts import CONSENT, Act
from comity.agreements import Coverage
from comity.domestic.clocks import NEVER, Clock, ClockEnd, both_clocks
from comity.domestic.courses import (
    APPROVE,
    DEMAND,
    HOME_KINDS,
    REASONS,
    RESOLVE,
    HomeCourse,
    HomeState,
    by_silence,
    next_course,
    state_of,
    taken_in_turn,
)
from comity.domestic.procedures_of_states import HomeProcedure, in_force, procedures_of, versions_of
from comity.domestic.reports import HomeReport, report_of
from comity.domestic.sittings import NOTHING_KNOWN, SittingDays
from comity.procedures import KeptAct, is_complete, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict

_BEGINNINGS = ("lay-treaty", "notify-legislature")
_Same = TypeVar("_Same")
_Reading = tuple[HomeCourse, Clock]


@dataclass(frozen=True, slots=True)
class HomeStatus:
    """Where an agreement stands at home. ``states``: those that it can be in; one alone where ``verdict`` is yes.

    ``named``: the procedure is asked for, or an act names it; else it is the state's usual one. ``ends``: the last day of the scrutiny that runs;
    ``counted`` of ``days``: so many of its days have surely passed. ``lacking``: houses that have not approved in some reading.
    """

    agreement: str
    state: str
    procedure: HomeProcedure
    named: bool
    verdict: Verdict
    states: tuple[HomeState, ...]
    ends: ClockEnd | None
    counted: int
    days: int
    objected: tuple[str, ...]
    lacking: tuple[str, ...]
    may_consent: Verdict
    acts: tuple[Act, ...]
    consents: tuple[Act, ...]
    report: HomeReport | None
    findings: tuple[Finding, ...] = ()

    @property
    def stands(self) -> HomeState | None:
        """Its state, where that is sure."""
        return self.states[0] if self.verdict is Verdict.YES else None


@dataclass(frozen=True, slots=True)
class ActsAtHome:
    """The acts of a standing on which it rests where its agreements stand at home: of procedure, and signatures and consents."""

    home: Sequence[KeptAct]
    consenting: Sequence[KeptAct]


def acts_at_home(standing: Standing) -> ActsAtHome:
    """These acts, read once."""
    return ActsAtHome(kept_acts(standing, HOME_KINDS), kept_acts(standing, ("sign", *CONSENT)))


def home_status(
    standing: Standing,
    agreement: str,
    state: str,
    sittings: SittingDays = NOTHING_KNOWN,
    procedure: str | None = None,
    among: Sequence[HomeProcedure] | None = None,
    acts: ActsAtHome | None = None,
) -> HomeStatus:
    """Where the agreement stands in the state's own procedure, of those that are known, or of others (``among``).

    ``acts``: those of the standing, where many agreements are asked about one after the other.

    BadInput or NotOnRecord where the procedure is not known.
    """
    clause = standing.record.agreement(agreement, standing.known)
    acts = acts or acts_at_home(standing)
    every = [one for one in acts.home if one.act.agreement == agreement and one.by == state]
    followed, named = _followed(every, procedures_of(state, among), standing.on, procedure)
    own = [one for one in every if one.act.details.get("procedure") in (None, followed.id)]
    home = _Home(own, followed, sittings, _of_the_state(standing.coverage_of(agreement), state), clause.concluded)
    ways = home.ways(standing.on)
    states = [{state_of(course, standing.on, clock) for course, clock in way} for way in ways]
    running = [course for way in ways for course, clock in way if state_of(course, standing.on, clock) is HomeState.RUNNING]
    clocks = both_clocks(followed, sittings)
    courses = [course for way in ways for course, _ in way]
    signed = [one for one in acts.consenting if one.act.agreement == agreement and one.by == state]
    consents = [one for one in taken(signed, standing.on) if one.kind in CONSENT]
    return HomeStatus(
        agreement=agreement,
        state=state,
        procedure=followed,
        named=named,
        verdict=agreed_in(states),
        states=tuple(one for one in HomeState if any(one in way for way in states)),
        ends=_ends(running, clocks, standing.on),
        counted=_counted(running, clocks[1], standing.on),
        days=max((course.days for course in running), default=0),
        objected=tuple(house for house in followed.houses if any(house in course.objected for course in courses)),
        lacking=tuple(one.house for one in followed.approvals if any(one.house not in course.approved for course in courses)),
        may_consent=home.may_consent(standing.on),
        acts=tuple(one.act for one in taken(own, standing.on)),
        consents=tuple(one.act for one in consents),
        report=None if followed.report is None else report_of(signed, own, home.declared, standing.on),
        findings=tuple(home.findings(standing.on, consents)),
    )


def agreed_in(ways: Sequence[Set[_Same]]) -> Verdict:
    """Yes where all readings agree; contested where those of one way differ; unknown where only the ways do."""
    if any(len(way) > 1 for way in ways):
        return Verdict.CONTESTED
    return Verdict.YES if all(way == ways[0] for way in ways) else Verdict.UNKNOWN


def taken(acts: Sequence[KeptAct], on: date) -> list[KeptAct]:
    """Those that possibly count, in their order."""
    return sorted((one for one in acts if one.first <= on), key=lambda one: (one.first, one.act.ref, one.act.hash))


@dataclass(frozen=True, slots=True)
class _Home:
    acts: Sequence[KeptAct]
    procedure: HomeProcedure
    sittings: SittingDays
    declared: Sequence[Coverage]
    concluded: date

    def ways(self, on: date) -> list[list[_Reading]]:
        """The four ways, with the course of each of their readings."""
        clocks = both_clocks(self.procedure, self.sittings)
        return [[(course, clock) for course in self._courses(on, last, clock)] for last in (False, True) for clock in clocks]

    def _courses(self, on: date, last: bool, clock: Clock) -> list[HomeCourse]:
        found: dict[HomeCourse, None] = {HomeCourse(): None}
        for day, act in taken_in_turn(self.acts, last):
            if day <= on:
                led = dict.fromkeys(next_course(course, act, day, clock)[0] for course in found)
                found = {**found, **led} if act.doubtful else led
        return list(found)

    def may_consent(self, on: date) -> Verdict:
        ways = [{self._may(course, clock, on) for course, clock in way} for way in self.ways(on)]
        agreed = agreed_in(ways)
        return next(iter(ways[0])) if agreed is Verdict.YES else agreed

    def _may(self, course: HomeCourse, clock: Clock, on: date) -> Verdict:
        """May it consent, in one reading? What rests on an absence holds only where the record is complete for it."""
        begun = course.begun or self.concluded
        match state_of(course, on, clock):
            case HomeState.CLEAR if by_silence(course, self.procedure):
                assert course.start is not None, "a scrutiny was started"
                objections = {DEMAND if one.follows == "express-approval" else RESOLVE for one in self.procedure.objections}
                complete = self._covers(objections, course.start + timedelta(days=1), clock.end(course.start, course.days))
                return Verdict.YES if complete else Verdict.UNKNOWN
            case HomeState.CLEAR:
                return Verdict.YES
            case HomeState.RUNNING | HomeState.REFUSED:
                return Verdict.NO
            case HomeState.NOT_LAID:
                kinds = {self.procedure.begins} | (set() if self.procedure.scrutiny is not None else {APPROVE})
                return self._unless(kinds, self.concluded, on)
            case HomeState.AWAITING:
                return self._unless({APPROVE}, begun, on)
            case _:
                return self._unless({REASONS}, course.when or begun, on)

    def _unless(self, kinds: Iterable[str], start: date, on: date) -> Verdict:
        return Verdict.NO if self._covers(kinds, start, on) else Verdict.UNKNOWN

    def _covers(self, kinds: Iterable[str], start: date, end: date) -> bool:
        return is_complete(self.declared, kinds, start, end)

    def findings(self, on: date, consents: Sequence[KeptAct]) -> Iterator[Finding]:
        clock, course = both_clocks(self.procedure, self.sittings)[0], HomeCourse()
        for day, act in taken_in_turn(self.acts, False):
            if day <= on:
                course, code = next_course(course, act, day, clock)
                if code is not None:
                    yield _finding(code, act)
        for one in consents:
            if not one.doubtful and one.last <= on and self.may_consent(one.last) is Verdict.NO:
                yield _finding("domestic-consent-early", one)


def _followed(acts: Sequence[KeptAct], there: Sequence[HomeProcedure], on: date, asked: str | None) -> tuple[HomeProcedure, bool]:
    """The procedure that is followed, in its version, and whether it is named."""
    began = [one for one in taken(acts, on) if one.kind in _BEGINNINGS]
    names = [one.act.details["procedure"] for one in began if "procedure" in one.act.details]
    name = asked or (names[-1] if names else None)
    versions = versions_of(there, name)
    since = [one.first for one in began if one.kind == versions[0].begins and one.act.details.get("procedure") in (None, name)]
    return in_force(versions, since[-1] if since else on), name is not None


def _of_the_state(declared: Iterable[Coverage], state: str) -> list[Coverage]:
    """Declarations that name kinds, and hold for acts of the state."""
    return [replace(one, parties=()) for one in declared if one.kinds and (not one.parties or state in one.parties)]


def _ends(running: Sequence[HomeCourse], clocks: tuple[Clock, Clock], on: date) -> ClockEnd | None:
    """The last day of a scrutiny that runs: by the earliest calendar, but not before the day asked about; and by the latest."""
    if not running:
        return None
    earliest, latest = ([clock.end(course.start, course.days) for course in running if course.start is not None] for clock in clocks)
    return ClockEnd(max(on, min(earliest)), None if NEVER in latest else max(latest))


def _counted(running: Sequence[HomeCourse], latest: Clock, on: date) -> int:
    return min((latest.passed(course.start, on) for course in running if course.start is not None), default=0)


_SAYS = {
    "domestic-no-extension": "makes no scrutiny longer: none runs that can be, or the days are more than allowed",
    "domestic-no-objection": "has no effect: no time runs in which that house may object",
    "domestic-no-reasons": "has no effect: there is no objection that it answers, or no exception that it could make",
    "domestic-no-approval": "has no effect: the approval of that house is not needed",
    "domestic-short": "is short of the votes that are needed",
    "domestic-consent-early": "was given before the steps at home were complete; between states it binds all the same (VCLT 46)",
}


def _finding(code: str, about: KeptAct) -> Finding:
    return Finding(code, _SAYS[code], about.act.ref, about.act.agreement, "how-domestic-procedure-is-followed.md")
