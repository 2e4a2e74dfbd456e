"""What waits for the depositary of one agreement: instruments to be circulated, clocks that run, days that come, what is not registered.

Whether it is in force, from when somebody is bound or free, and which reservations it permits is asked of standing; nothing is summed here.
Source: VCLT 7, 20(5), 76 to 80; Charter of the United Nations, article 102, by the duty on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.acts import CONSENT, Act
from comity.agreements.clauses import EntryIntoForce, LaterParties, Reservations, Withdrawal
from comity.duties import RegistrationDuty
from comity.questions import show
from comity.standing import Standing
from comity.terms import Reason, Verdict
from comity.web.depositary import clocks
from comity.web.depositary.gathering import Folder, gather
from comity.web.depositary.instruments import UNSURE, day_of, is_lodged
from comity.web.depositary.registering import is_registered, says_of, to_be_registered
from comity.web.narrowing import Narrowed

WHAT = ("not circulated", "full powers", "objections", "correction", "withdrawal", "entry into force", "not registered", "not derived")
AT_ONCE = ("not circulated", "full powers")
AHEAD = timedelta(days=3660)
"""How far ahead entry into force and withdrawals are looked for."""
_AWAITED = ("party", "contracting", "provisional", "suspended")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``due``: the last day, or the day on which it comes; ``since``: from when; ``act``: the one it is about.
    ``verdict``: is it so? What is contested or not known waits all the same.
    """

    what: str
    agreement: str
    says: str
    article: str
    since: date | None = None
    due: date | None = None
    party: str = ""
    act: str = ""
    kind: str = ""
    verdict: Verdict = Verdict.YES

    def left(self, on: date) -> int | None:
        """Days until it is due, below 0 when it is over; None where no day is set."""
        return None if self.due is None else (self.due - on).days

    @property
    def at_once(self) -> bool:
        """Is it to be done at once, without a day being set for it?"""
        return self.what in AT_ONCE

    def order(self, on: date) -> tuple[int, date, date, str, str]:
        """What is over, what is to be done at once, what has a day, and the rest; in each the earliest, then what has waited longest."""
        due = self.due or date.max
        rank = 0 if due < on else 1 if self.at_once else 2 if self.due is not None else 3
        return rank, due, self.since or date.max, self.agreement, self.act or self.party


def some_astray(standing: Standing) -> bool:
    """Does a correction on record name no agreement? It may move an act under any."""
    return any(entry.act.agreement is None for entry in standing.record.entries_of_kinds(("replace",)))


def nothing_came(standing: Standing, agreement: str, past: timedelta) -> bool:
    """May it be passed by, since nothing came under it lately?"""
    return not any(_may_wait(entry.act, standing.on, past) for entry in standing.record.entries_of(agreement))


def _may_wait(act: Act, on: date, past: timedelta) -> bool:
    """Might something wait because of this act, as it was recorded: one that came lately, a proposal to correct, another's day put right?"""
    return act.kind in ("propose-correction", "replace") or _lately(act, on, past) is not None


def of_acts(standing: Standing, agreement: str, past: timedelta) -> list[Waiting]:
    """What the acts alone tell, without deriving anything: what came in the last days, and proposals to correct."""
    folder = gather(standing, agreement)
    found = [*_received(folder, standing.on, past), *_corrections(folder, standing.on)]
    return [*found, *_powers(standing, folder, past)] if folder.agreement.form == "treaty" else found


def of_law(standing: Standing, agreement: str, duties: Sequence[RegistrationDuty]) -> list[Waiting]:
    """What follows from how it stands: clocks of reservations, days ahead, what is missing, registration. ``duties``: to register treaties."""
    folder, looking = gather(standing, agreement), _Looking(standing, agreement, duties)
    return [*_objections(standing, folder), *looking.force(folder), *looking.ahead(folder)]


def not_derived(agreement: str, problem: str) -> Waiting:
    """That it is not known what waits under an agreement, since it cannot be derived."""
    return Waiting("not derived", agreement, f"what follows from how it stands cannot be derived: {problem}", "", verdict=Verdict.UNKNOWN)


# -- what the acts tell


def _lately(act: Act, on: date, past: timedelta) -> date | None:
    day = day_of(act)
    return day if day is not None and day <= on and on - day <= past else None


def _received(folder: Folder, on: date, past: timedelta) -> Iterator[Waiting]:
    for act in folder.acts:
        day = _lately(act, on, past)
        if day is not None and is_lodged(act.kind) and not folder.is_told(act):
            says = "received, and the others have not been told"
            yield Waiting("not circulated", folder.agreement.id, says, "VCLT 77(1)(e)", day, None, act.actor, act.ref, act.kind)


def _powers(standing: Standing, folder: Folder, past: timedelta) -> Iterator[Waiting]:
    """Signatures of states for which no full powers are on record."""
    parties = standing.record.register.parties
    for act in folder.of_kind("sign"):
        day, party = _lately(act, standing.on, past), parties.get(act.actor)
        if day is None or party is None or party.kind != "state" or folder.is_sure(folder.of_kind("full-powers", act.actor)):
            continue
        says = "no full powers on record: none are needed if the head of state or government or the foreign minister signed"
        yield Waiting("full powers", folder.agreement.id, says, "VCLT 7", day, None, act.actor, act.ref, act.kind)


def _corrections(folder: Folder, on: date) -> Iterator[Waiting]:
    for act in folder.of_kind("propose-correction"):
        clock = clocks.correction(act)
        if clock is None or clock.since > on or _carried_out(folder, act, clock.since):
            continue
        article, says = clock.article, clock.says
        due: date | None = clock.due
        verdict = Verdict.YES
        if against := folder.answering(act, "object-correction"):
            names = ", ".join(sorted({one.actor for one in against}))
            article, due, says = "VCLT 79(2)(b)", None, f"{names} objected: tell the signatories and contracting states; it is not carried out"
        elif (runs := clock.runs(on)) is Verdict.UNKNOWN:
            says, due, verdict = f"{says}; its day is not sure, so it is not known whether it runs", clock.latest, runs
        elif runs is Verdict.NO:
            article, says = "VCLT 79(2)(a)", "nobody objected in time: carry it out, and send the procès-verbal round"
        yield Waiting("correction", folder.agreement.id, says, article, clock.since, due, act.actor, act.ref, act.kind, verdict)


def _carried_out(folder: Folder, proposal: Act, since: date) -> bool:
    """Is there a correction that answers it, or that came after it and answers none?"""
    return bool(folder.answering(proposal, "correct")) or any(
        act.replies_to is None and (day := day_of(act)) is not None and day >= since for act in folder.of_kind("correct")
    )


# -- what follows in law


def _objections(standing: Standing, folder: Folder) -> Iterator[Waiting]:
    """Each clock of a reservation that runs, and how many have not spoken."""
    clause, agreement = folder.clause(Reservations), folder.agreement.id
    running = [(act, clock) for act in folder.of_kind("reserve") for clock in _running(folder, act, standing.on)]
    if not running or (clause is not None and clause.acceptance == "none"):
        return
    refused = {f.where for f in standing.findings(agreement) if f.code == "reservation-not-permitted"}
    status = standing.status(agreement)
    awaited = {code for code, verdict, mode in status if mode in _AWAITED and verdict not in UNSURE}
    unsure = {code: verdict for code, verdict, _ in status if verdict in UNSURE}
    for act, clock in running:
        if act.ref in refused or act.flag("authorised"):
            continue
        spoken = {one.actor for one in folder.answering(act, "object", "accept-reservation")}
        silent, perhaps = ((codes & set(clock.whom) if clock.whom else codes) - spoken - {act.actor} for codes in (awaited, set(unsure)))
        if silent or perhaps:
            told = f" of the {len(clock.whom)} told on {clock.since}" if clock.whom else ""
            says = f"{clock.says}: {len(silent)} silent{told}, {len(spoken)} answered"
            if perhaps:
                doubts = " or ".join(sorted({UNSURE[unsure[code]] for code in perhaps}))
                says += f"; of {len(perhaps)} silent it is {doubts} whether it is bound"
            verdict, due = clock.runs(standing.on), clock.due
            if verdict is Verdict.UNKNOWN:
                says, due = f"{says}; the day on which they were told is not sure, so it is not known whether it runs", clock.latest
            if act.ref in folder.doubtful:
                says, verdict = f"{says}; the reservation itself is contested", Verdict.CONTESTED
            yield Waiting("objections", agreement, says, clock.article, clock.since, due, act.actor, act.ref, act.kind, verdict)


def _running(folder: Folder, act: Act, on: date) -> list[clocks.Clock]:
    if any(not back.listed("articles") for back in folder.answering(act, "withdraw-reservation")):
        return []
    return [clock for clock in clocks.objections(act, folder.circulations(act)) if clock.runs(on) is not Verdict.NO]


class _Looking:
    """Looks at one agreement's standing on the day and ahead."""

    def __init__(self, standing: Standing, agreement: str, duties: Sequence[RegistrationDuty]) -> None:
        self.standing, self.agreement, self.on, self.duties = standing, agreement, standing.on, duties

    def force(self, folder: Folder) -> Iterator[Waiting]:
        """Is it in force and not registered; or when does it come into force, or what is missing?"""
        verdict = self.standing.verdict_in_force(self.agreement)
        if verdict is Verdict.NO:
            yield from self._coming_into_force(folder)
            return
        if verdict in UNSURE:
            says = f"it is {UNSURE[verdict]} whether it is in force"
            yield Waiting("entry into force", self.agreement, says, _entry_article(folder), self._since(verdict), verdict=verdict)
        found = to_be_registered(self.standing, self.agreement, self.duties)
        if found is not None and (sure := is_registered(found)) is not Verdict.YES:
            since, whether = date.fromordinal(found.occasion.first.opens), Verdict.YES if sure is Verdict.NO else sure
            yield Waiting("not registered", self.agreement, says_of(found), found.asked.cited, since, verdict=whether)

    def _turns(self) -> list[tuple[date, Verdict]]:
        days = [date.fromordinal(day) for day in self.standing.turning_days(self.agreement) if day > 0]
        return list(zip(days, self.standing.verdicts_in_force(self.agreement, days), strict=True))

    def _since(self, wanted: Verdict) -> date | None:
        since = None
        for day, verdict in self._turns():
            if day <= self.on:
                since = None if verdict is not wanted else since or day
        return since

    def entry(self) -> tuple[date, Verdict] | None:
        """The day ahead on which it enters into force, or from which that is contested or not known, if there is one."""
        return next(((day, verdict) for day, verdict in self._turns() if day > self.on and verdict is not Verdict.NO), None)

    def _coming_into_force(self, folder: Folder) -> Iterator[Waiting]:
        article = _entry_article(folder)
        if (entry := self.entry()) is not None:
            day, verdict = entry
            if verdict in UNSURE:
                says = f"from then on it is {UNSURE[verdict]} whether it is in force"
                yield Waiting("entry into force", self.agreement, says, article, None, day, verdict=verdict)
                return
            met = self.standing.first_course(self.agreement).threshold
            if met is not None and met <= self.on.toordinal():
                says = "the condition is met: enters into force; tell those entitled to become parties"
                yield Waiting("entry into force", self.agreement, says, article, date.fromordinal(met), day)
            return
        answer = show(self.standing.in_force(self.agreement), self.standing.viewer)
        if answer.verdict is Verdict.NO and answer.would_change:
            says = "; ".join(_lacking(answer.because)) or "the condition for entry into force is not met"
            yield Waiting("entry into force", self.agreement, says, article)

    def ahead(self, folder: Folder) -> Iterator[Waiting]:
        """Whose notice takes effect, and for whom it enters into force, on days ahead; not those of its own entry into force."""
        own = self.entry()
        for coming in Narrowed(self.standing, [self.agreement]).upcoming(None, AHEAD):
            if coming.party is None or (own is not None and coming.on == own[0]):
                continue
            if coming.what == "becomes former":
                yield from self._leaves(folder, coming.party, coming.on)
            elif coming.what == "becomes party":
                yield from self._joins(folder, coming.party, coming.on)

    def _leaves(self, folder: Folder, party: str, on: date) -> Iterator[Waiting]:
        clause = folder.clause(Withdrawal)
        article = clause.article if clause is not None and clause.article != "-" else "VCLT 56(2)"
        for act, since in self._last(folder.of_kind("denounce", party)):
            says, verdict = self._sure(folder, act, "its notice runs, and takes effect; it can be taken back until then")
            yield Waiting("withdrawal", self.agreement, says, article, since, on, party, act.ref, act.kind, verdict)

    def _joins(self, folder: Folder, party: str, on: date) -> Iterator[Waiting]:
        clause = folder.clause(LaterParties)
        article = clause.article if clause is not None and clause.article != "-" else "VCLT 24(3)"
        for act, since in self._last([act for kind in CONSENT for act in folder.of_kind(kind, party)]):
            says, verdict = self._sure(folder, act, "enters into force for it")
            yield Waiting("entry into force", self.agreement, says, article, since, on, party, act.ref, act.kind, verdict)

    def _sure(self, folder: Folder, act: Act, says: str) -> tuple[str, Verdict]:
        """What is said of what an act brings, and whether it is so; of an act that is contested, that this is."""
        return (f"{says}; the act is contested", Verdict.CONTESTED) if act.ref in folder.doubtful else (says, Verdict.YES)

    def _last(self, acts: list[Act]) -> list[tuple[Act, date]]:
        """The last of them that was done by the day asked about, if there is one."""
        done = [(act, day) for act in acts if (day := day_of(act)) is not None and day <= self.on]
        return sorted(done, key=lambda found: (found[1], found[0].ref))[-1:]


def _entry_article(folder: Folder) -> str:
    clause = folder.clause(EntryIntoForce)
    return clause.article if clause is not None and clause.article != "-" else "VCLT 24"


def _lacking(because: tuple[Reason, ...]) -> Iterator[str]:
    """Who is counted and who is missing, of each condition for entry into force that is not met."""
    for reason in because:
        if reason.rule == "entry-into-force" and not reason.holds:
            yield from (inner.says for inner in reason.because if inner.rule == "entry-into-force" and not inner.holds)
