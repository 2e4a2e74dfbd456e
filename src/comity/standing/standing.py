"""The front door: ask a record who is bound by what, as of a day, as known on a day, as one viewer may see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from comity.acts import Act, Entry
from comity.agreements import EVER, PARTY, PROVISIONAL, Course, Coverage, Fork, after, term_ends
from comity.agreements.clauses import Duration, Withdrawal
from comity.standing.current import Current
from comity.standing.merging import changes, mode_on, verdict_on
from comity.standing.questions import Asking, Between, Period
from comity.standing.reasons import say_act, tell
from comity.standing.record import Holding, Record
from comity.standing.sharing import SharingWorlds, apart
from comity.standing.signers import Signers
from comity.standing.worlds import Case, forks_of
from comity.terms import Answer, BadInput, Finding, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One change of standing on a timeline: of the agreement (party None) or of a party."""

    on: date
    party: str | None
    verdict: Verdict
    mode: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day ahead on which standing changes, or until which it can be changed."""

    on: date
    agreement: str
    party: str | None
    what: str
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Standing that differs between two questions: because the law changed, or only what was known of it, or both."""

    agreement: str
    party: str | None
    before: str
    now: str
    law: bool
    knowledge: bool


Progress = Callable[[Sequence[str]], Iterable[str]]
"""Passes on agreements one by one, telling somebody how far it is."""


class Standing:
    """What acts on record come to. ``known`` and ``on`` default to the day passed as today by the door.

    ``progress``: passes on the agreements that a question about all of them goes through.
    """

    def __init__(self, record: Holding, *, on: date, known: date, viewer: str | None = None, strict: bool = False, progress: Progress = iter) -> None:
        self.record, self.on, self.known, self.viewer, self.strict = record, on, known, viewer, strict
        self.progress = progress
        self._asking = Asking(record, known, viewer, strict)

    def on_day(self, on: date) -> Standing:
        """The same record, as known on the same day by the same viewer, asked about another day."""
        other = copy(self)
        other.on = on
        return other

    def shared(self, record: Record, viewer: str | None, strict: bool) -> Standing:
        """The same law of a record with no more in it, or for another viewer: what comes out the same of both is derived once, for both."""
        there = self._asking.worlds, self._asking.worlds.record  # before the records are compared: should they go on meanwhile, nothing is shared
        assert isinstance(self.record, Record)
        other = Standing(record, on=self.on, known=self.known, viewer=viewer, strict=strict)
        differ = apart(self.record, record, self.known, self.viewer, viewer)
        other._asking = Asking(record, self.known, viewer, strict, SharingWorlds(record, self.known, viewer, there, differ))
        return other

    def renew(self, record: Holding, touched: Iterable[str]) -> None:
        """Go on with the record as it has grown: ``touched`` is derived again once somebody asks, what was derived of others stays."""
        self.record = record
        self._asking.renew(record, touched)

    def in_force(self, agreement: str, on: date | None = None) -> Answer:
        """Is ``agreement`` in force, since when, until when, and why?"""
        return self._asking.in_force(agreement, on or self.on)

    def bound(self, party: str, agreement: str, on: date | None = None, territory: str | None = None) -> Answer:
        """Does ``agreement`` bind ``party`` (for ``territory``), and in which mode?"""
        return self._asking.bound(party, agreement, on or self.on, territory)

    def between(self, a: str, b: str, agreement: str, on: date | None = None) -> Answer:
        """Is ``agreement`` in force between the two, in which text and with which exceptions?"""
        return self._asking.between(a, b, agreement, on or self.on)

    def agreements_between(self, a: str, b: str, on: date | None = None) -> list[Answer]:
        """Every agreement in force, or contested, between the two."""
        self.record.party(a)
        self.record.party(b)
        if a == b:
            raise BadInput(f"between {a} and {b}: name two different parties")
        answers = []
        for agreement in self.progress(self.known_agreements()):
            views = [self._asking.bound_views(agreement, p) for p in (a, b)]
            day = (on or self.on).toordinal()
            if all(verdict_on(v, day) is not Verdict.NO for v in views):
                answer = self.between(a, b, agreement, on)
                if answer.verdict is not Verdict.NO:
                    answers.append(answer)
        return answers

    # -- verdicts alone, without reasons or coverage: what the acts yield

    def verdicts_in_force(self, agreement: str, days: Iterable[date]) -> list[Verdict]:
        """What the acts yield on each day, before coverage is looked at."""
        views = self._asking.force_views(agreement)
        return [verdict_on(views, day.toordinal()) for day in days]

    def verdicts_bound(self, party: str, agreement: str, days: Iterable[date], territory: str | None = None) -> list[tuple[Verdict, str]]:
        """Verdict and mode on each day, for a territory if one is named (the mode empty where the worlds differ about it)."""
        views, result = self._asking.bound_views(agreement, party, territory), list[tuple[Verdict, str]]()
        for day in (on.toordinal() for on in days):
            modes = {v.on(day)[1] for v in views.held_on(day)}
            result.append((verdict_on(views, day), modes.pop() if len(modes) == 1 else ""))
        return result

    def verdicts_between(self, a: str, b: str, agreement: str, days: Iterable[date]) -> list[Between]:
        """Verdict, text and exceptions (article, how, act) on each day, the last two of the first world."""
        return self._asking.verdicts_between(a, b, agreement, days)

    def verdict_in_force(self, agreement: str) -> Verdict:
        """The same for the day asked about."""
        return self.verdicts_in_force(agreement, [self.on])[0]

    def verdict_bound(self, party: str, agreement: str, territory: str | None = None) -> tuple[Verdict, str]:
        """The same for the day asked about."""
        return self.verdicts_bound(party, agreement, [self.on], territory)[0]

    def verdict_between(self, a: str, b: str, agreement: str) -> Between:
        """The same for the day asked about."""
        return self.verdicts_between(a, b, agreement, [self.on])[0]

    def known_agreements(self) -> list[str]:
        """Agreements on record on the day of knowledge."""
        return [a for a in self.record.ids if self.record.has_agreement(a, self.known)]

    def status(self, agreement: str, on: date | None = None) -> list[tuple[str, Verdict, str]]:
        """Everyone who ever acted under the agreement: party, verdict and mode on the day."""
        day = (on or self.on).toordinal()
        codes = sorted({p for case in self._asking.worlds.cases(agreement) for p in case.course.stages})
        result = []
        for party in codes:
            views = self._asking.bound_views(agreement, party)
            result.append((party, verdict_on(views, day), mode_on(views, day)))
        return result

    def periods_between(self, a: str, b: str, agreement: str) -> list[Period]:
        """When is the agreement in force between the two, or contested, or not known? Each period that is not *no*."""
        return self._asking.between_periods(a, b, agreement)

    def spells_between(self, a: str, b: str, agreement: str) -> list[Period]:
        """The days on which the verdict about the pair is not *no*: what the acts yield, without reasons or coverage."""
        return self._asking.between_spells(a, b, agreement)

    def periods_bound(self, party: str, agreement: str, territory: str | None = None) -> list[Period]:
        """When does the agreement bind the party (for a territory), or is that contested, or not known? Each period that is not *no*."""
        return self._asking.bound_periods(party, agreement, territory)

    def turning_days(self, agreement: str, party: str | None = None) -> list[int]:
        """The days (ordinals) on which the agreement, or one party's part in it, changes in any world, or a claim is given up."""
        views = self._asking.force_views(agreement) if party is None else self._asking.bound_views(agreement, party)
        return sorted({start for view in views for start, *_ in view.pieces} | set(views.settled))

    def first_course(self, agreement: str) -> Course:
        """The agreement's course by the first readings that anybody still holds on the day asked about."""
        return self._asking.worlds.first_held(agreement, self.on.toordinal()).course

    def acts_of(self, kinds: Container[str]) -> list[tuple[Act, bool]]:
        """Acts of these kinds under whatever agreement or none, as last corrected; and whether each is undisputed."""
        return [(current.act, not current.denials and len(versions) == 1) for versions in self.current_of_kinds(kinds) for current in versions]

    def current_of_kinds(self, kinds: Container[str]) -> list[list[Current]]:
        """Acts of these kinds under whatever agreement or none, as last corrected, with who denies them; records of one act that differ together."""
        return self._asking.worlds.current.of_kinds(kinds)

    def coverage_of(self, agreement: str | None) -> Sequence[Coverage]:
        """For which acts under the agreement (None, or none on record: under no agreement in particular) the record is declared complete."""
        if agreement is not None and self.record.has_agreement(agreement, self.known):
            return self.record.coverage_of(self.record.agreement(agreement, self.known))
        return [one for one in self.record.coverage if not one.agreements]

    def current_acts(self, agreement: str) -> list[list[Current]]:
        """The acts under an agreement that may be looked at, as last corrected; records of one act that differ stand together."""
        return self._asking.worlds.current.under(agreement)

    def timeline(self, agreement: str, party: str | None = None) -> list[Change]:
        """Every change of standing of the agreement, or of one party to it, with what made it."""
        if party is not None:
            self.record.party(party)
            return self._party_timeline(agreement, party)
        views = self._asking.force_views(agreement)
        result = []
        for day, verdict in changes(views):
            if day > 0:
                on = date.fromordinal(day)
                result.append(
                    Change(on, None, Verdict(str(verdict)), "in force" if verdict is Verdict.YES else "", self.in_force(agreement, on).because)
                )
        for code in sorted({p for case in self._asking.worlds.cases(agreement) for p in case.course.stages}):
            result += self._party_timeline(agreement, code)
        return sorted(result, key=lambda c: (c.on, c.party or ""))

    def _party_timeline(self, agreement: str, party: str) -> list[Change]:
        views = self._asking.bound_views(agreement, party)
        case = views[0].case
        result = []
        for day, value in changes(views, lambda v, d: (verdict_on(v, d), mode_on(v, d))):
            if day == 0:
                continue
            assert isinstance(value, tuple)
            stage = case.course.stage_on(party, day)
            because = tuple(tell(cause, case.docket, case.course) for cause in stage.why) if stage is not None else ()
            if stage is None:
                last = next((s for s in case.course.stages.get(party, ()) if s.end == day), None)
                because = (tell(last.ended, case.docket, case.course),) if last and last.ended else ()
            result.append(Change(date.fromordinal(day), party, value[0], value[1], because))
        return result

    def upcoming(self, party: str | None = None, within: timedelta = timedelta(days=365)) -> list[Coming]:
        """Days ahead on which standing changes, or on which the time to change it runs out."""
        if party is not None:
            self.record.party(party)
        start = self.on.toordinal()
        end = min(start + within.days, EVER)
        result: list[Coming] = []
        for agreement in self.progress(self.known_agreements()):
            case = self._asking.worlds.first_held(agreement, start)
            for code, stages in sorted(case.course.stages.items()):
                if party is not None and code != party:
                    continue
                for stage in stages:
                    if start < stage.start <= end:
                        acts = [say_act(d) for cause in stage.why for d in cause.deeds]
                        result.append(Coming(date.fromordinal(stage.start), agreement, code, f"becomes {stage.mode}", acts[0] if acts else None))
            result += _term_ahead(case, party, start, end)
        return sorted(result, key=lambda c: (c.on, c.agreement, c.party or ""))

    def what_if(self, entries: Iterable[Entry]) -> Standing:
        """The same questions, had these acts been done too."""
        return Standing(self.record.with_entries(entries), on=self.on, known=self.known, viewer=self.viewer, strict=self.strict)

    @property
    def signers(self) -> Signers:
        """Whose keys are whose, and what signatures are worth."""
        return self._asking.signers

    def findings(self, agreement: str | None = None) -> list[Finding]:
        """What the law finds odd in the acts on record, and what is odd about their signatures: recorded all the same."""
        if agreement is not None:
            self.record.agreement(agreement, self.known)
        found = {
            f
            for a in ([agreement] if agreement else self.progress(self.known_agreements()))
            for case in self._asking.worlds.cases(a)
            for f in case.course.world.findings
        } | {f for f in self.signers.findings if agreement in (None, f.agreement)}
        return sorted(found, key=lambda f: (f.agreement or "", f.where, f.code))

    def contested(self) -> list[tuple[str, str]]:
        """Agreements with a fork, and what it is about."""
        return [(a, f.id) for a in self.known_agreements() for f in _forks(self._asking, a)]

    def depends_on_memory(self, agreement: str) -> bool:
        entries = self.record.visible(self.record.entries_of(agreement), self.known, self.viewer)
        return any(e.act.source.basis == "memory" for e in entries)

    def bound_parties(self, agreement: str, on: date | None = None) -> list[str]:
        """Codes of those the agreement binds on the day, as party or provisionally."""
        return [p for p, verdict, mode in self.status(agreement, on) if verdict is Verdict.YES and mode in (PARTY, PROVISIONAL)]


def _term_ahead(case: Case, party: str | None, start: int, end: int) -> list[Coming]:
    course, duration = case.course, case.docket.clause(Duration)
    bound = [p for p in course.parties() if any(s <= start < e for s, e in course.bound[p])]
    if duration is None or not bound or (party is not None and party not in bound) or course.entry is None:
        return []
    result = []
    if course.ended is not None and start < course.ended <= end:
        result.append(Coming(date.fromordinal(course.ended), course.agreement.id, None, "ends", None))
    for term_end in term_ends(case.docket, course.entry):
        if term_end >= EVER:
            break
        if term_end <= start or not duration.renews:
            continue
        withdrawal = case.docket.clause(Withdrawal)
        notice = duration.notice or (withdrawal.notice if withdrawal else ())
        last = start + bisect_right(range(start + 1, term_end + 1), term_end, key=lambda day: after(day, notice))
        if last > end:
            break
        if last > start:
            result.append(
                Coming(date.fromordinal(last), course.agreement.id, None, f"last day to give notice before it renews on {date.fromordinal(term_end)}")
            )
        if term_end <= end:
            result.append(Coming(date.fromordinal(term_end), course.agreement.id, None, "renews tacitly unless notice was given"))
    return result


def _forks(asking: Asking, agreement: str) -> list[Fork]:
    return [f for f in forks_of(asking.worlds.cases(agreement)) if f.dated is None]


def differences(before: Standing, after_: Standing) -> list[Difference]:
    """What differs between two standings of one record for one viewer: in law (the day), or only in knowledge."""
    result: list[Difference] = []
    crossed = after_.on_day(before.on)
    earlier = crossed if before.known == after_.known else before
    tables = [_table(s) for s in (earlier, crossed, after_)]
    for key in sorted({k for t in tables for k in t}):
        old, same_day, new = (t.get(key, "none") for t in tables)
        if old != new or old != same_day:
            result.append(Difference(key[0], key[1] or None, old, new, same_day != new, old != same_day))
    return result


def _table(standing: Standing) -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for agreement in standing.progress(standing.known_agreements()):
        for party, verdict, mode in standing.status(agreement):
            if mode != "none" or verdict is not Verdict.NO:
                table[agreement, party] = mode if verdict in (Verdict.YES, Verdict.NO) else str(verdict)
        force = verdict_on(standing._asking.force_views(agreement), standing.on.toordinal())
        if force is not Verdict.NO:
            table[agreement, ""] = {"yes": "in force"}.get(str(force), str(force))
    return table
