"""Where one instrument on record stands in the procedure: received, checked, numbered, recorded, circulated, clocks, in force, registered.

Source: VCLT 77(1)(c) to (g), 78 and 80.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comity.acts import CONSENT, Act
from comity.agreements import BOUND_MODES, PARTY
from comity.agreements.clauses import Consent
from comity.duties import RegistrationDuty
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict
from comity.web.depositary import clocks, series
from comity.web.depositary.checklist import examined
from comity.web.depositary.gathering import Folder, gather
from comity.web.depositary.instruments import UNSURE, Check, Instrument, Outcome, day_of
from comity.web.depositary.registering import is_registered, says_of, to_be_registered
from comity.web.depositary.series import Place
from comity.web.depositary.would import NOT_PERMITTED

_BEARING = ("sign", *CONSENT)
_OF_A_RESERVATION = ("authority", "time", "permitted", "when reserved", "confirmed")


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    RUNS = "running"
    WAITS = "waiting"
    WRONG = "not in order"
    OPEN = "to be settled"
    NONE = "not asked for"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``on``: the day on which it was done, is over, or comes."""

    name: str
    state: State
    says: str
    article: str
    on: date | None = None
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """All steps of one instrument, in their order, with its checklist and its number."""

    act: Act
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    place: Place | None


def procedure(standing: Standing, agreement: str, ref: str, recorded: date, duties: Sequence[RegistrationDuty]) -> Procedure:
    """The procedure of an act of this agreement. ``recorded``: the day on which it came on record; ``duties``: to register treaties."""
    folder = gather(standing, agreement)
    act = next((act for act in folder.acts if act.ref == ref), None)
    if act is None:
        raise NotOnRecord(f"the act {ref!r} was retracted; look at it under Acts")
    checks, place = _checks(standing, folder, act), series.number_of(folder.acts, act)
    steps = (
        _received(act),
        _checked(act, checks),
        _numbered(place),
        Step("recorded", State.DONE, "it is on record", "VCLT 77(1)(c)", recorded, (act.ref,)),
        _circulated(folder, act),
        _clocks(folder, act, standing.on),
        _in_force(standing, folder, act),
        _registered(standing, folder, duties),
    )
    return Procedure(act, steps, tuple(checks), place)


def _checks(standing: Standing, folder: Folder, act: Act) -> list[Check]:
    """Its form, as it stood before it came; who signed it is not on record."""
    day, party = day_of(act), act.attributed_to
    if day is None or party not in standing.record.register.parties:
        return []
    bearer = _borne_by(folder, act) or act
    together = (bearer, *_with_it(folder, bearer))
    articles = tuple(article for one in together if one.kind == "reserve" for article in one.listed("articles"))
    instrument = Instrument(folder.agreement.id, party, bearer.kind, day, articles=articles)
    refs = {act.ref, *(one.ref for one in together)}
    permitted = not any(f.code == NOT_PERMITTED and f.where in refs for f in standing.findings(folder.agreement.id))
    found = examined(standing.on_day(day - timedelta(days=1)), folder, instrument, permitted=permitted, without=tuple(refs))
    found = found if bearer is act else [check for check in found if check.about in _OF_A_RESERVATION]
    return [*_disputed(folder, act), *found]


def _disputed(folder: Folder, act: Act) -> Iterator[Check]:
    """Is the act itself contested?"""
    if denied := folder.answering(act, "deny"):
        names = " and ".join(sorted({one.actor for one in denied}))
        says = f"contested: {names} denied its effect"
        yield Check("effect", Outcome.OPEN, says, "VCLT 77(2)", tuple(one.ref for one in denied))
    elif act.ref in folder.doubtful:
        yield Check("effect", Outcome.OPEN, "contested: its records differ", "VCLT 77(2)", (act.ref,))


def _with_it(folder: Folder, act: Act) -> list[Act]:
    """The reservations that came with a signature or a consent."""
    return [one for one in folder.of_kind("reserve", act.actor) if day_of(one) == day_of(act)] if act.kind in _BEARING else []


def _borne_by(folder: Folder, act: Act) -> Act | None:
    """The consent, else the signature, with which a reservation came."""
    if act.kind != "reserve":
        return None
    same = [one for one in folder.acts if one.kind in _BEARING and one.actor == act.actor and day_of(one) == day_of(act)]
    return min(same, key=lambda one: one.kind == "sign", default=None)


def _received(act: Act) -> Step:
    day = day_of(act)
    if day is None:
        return Step("received", State.WAITS, "no day is on record: it has no effect without one", "VCLT 78(b)")
    says = "received by the depositary" if act.received is not None else "made; the day of receipt is not told apart on record"
    return Step("received", State.DONE, says, "VCLT 77(1)(c) and 78(b)", day, (act.ref,))


def _checked(act: Act, checks: list[Check]) -> Step:
    counted = Counter(check.outcome for check in checks)
    says = f"{counted[Outcome.PASSES]} in order, {counted[Outcome.OPEN]} to be settled, {counted[Outcome.FAIL]} not in order"
    state = State.WRONG if counted[Outcome.FAIL] else State.WAITS if counted[Outcome.OPEN] or not checks else State.DONE
    return Step("checked", state, says, "VCLT 77(1)(d)", None, (act.ref,))


def _numbered(place: Place | None) -> Step:
    if place is None:
        return Step("numbered", State.WAITS, "no number without a day", "VCLT 77(1)(c)")
    return Step("numbered", State.DONE, f"{place.name} no. {place.number}", "VCLT 77(1)(c)")


def _circulated(folder: Folder, act: Act) -> Step:
    told = clocks.told_on(act, folder.circulations(act))
    if not told:
        return Step("circulated", State.WAITS, "the others have not been told", "VCLT 77(1)(e)")
    first = told[0]
    says = f"{len(first.whom)} were told first" if first.whom else "the others were told"
    if first.ref in folder.doubtful and first.ref != act.ref:
        return Step("circulated", State.OPEN, f"{says}, as an act says that is contested", "VCLT 77(1)(e)", first.first, (first.ref,))
    return Step("circulated", State.DONE, says, "VCLT 77(1)(e)", first.first, (first.ref,))


def _clocks(folder: Folder, act: Act, on: date) -> Step:
    reservations = [act] if act.kind == "reserve" else _with_it(folder, act)
    if not reservations:
        return Step("clocks", State.NONE, "no reservation came with it: no time runs for the others", "VCLT 20(5)")
    found = [clock for one in reservations for clock in clocks.objections(one, folder.circulations(one))]
    if not found:
        return Step("clocks", State.WAITS, "the twelve months to object begin when the others are told", "VCLT 20(5)")
    last = max(found, key=lambda clock: clock.latest)
    answers = sum(len(folder.answering(one, "object", "accept-reservation")) for one in reservations)
    state, what = (State.RUNS, f"{last.left(on)} days left to object") if last.left(on) >= 0 else (State.DONE, "the time to object is over")
    if last.runs(on) is Verdict.UNKNOWN:
        state, what = State.OPEN, "the day on which the others were told is not sure, so it is not known whether the time to object runs"
    return Step("clocks", state, f"{what}; {answers} answered", "VCLT 20(5)", last.due, last.acts)


def _in_force(standing: Standing, folder: Folder, act: Act) -> Step:
    """From when it has what effect: bound, or free."""
    day, party, consent = day_of(act), act.attributed_to, folder.clause(Consent)
    binds = act.kind in CONSENT or (act.kind == "sign" and (act.flag("definitive") or (consent is not None and consent.signature_binds)))
    if day is None or not (binds or act.kind == "denounce"):
        return Step("in force", State.NONE, "by itself it binds nobody and frees nobody", "VCLT 24")
    days = [date.fromordinal(turn) for turn in standing.turning_days(folder.agreement.id, party) if turn > 0]
    turns = [(on, *turn) for on, turn in zip(days, standing.verdicts_bound(party, folder.agreement.id, days), strict=True) if on >= day]
    if act.kind == "denounce":
        found = next((on for on, verdict, mode in turns if verdict is Verdict.NO and mode not in BOUND_MODES), None)
        what, article = "no longer bound", "VCLT 70"
    else:
        found = next((on for on, verdict, mode in turns if verdict is Verdict.YES and mode == PARTY), None)
        what, article = "bound", "VCLT 24"
    unsure = next(((on, verdict) for on, verdict, _ in turns if verdict in UNSURE), None)
    if unsure is not None and (found is None or (unsure[0] < found and found > standing.on)):
        says = f"from then on it is {UNSURE[unsure[1]]} whether {party} is {what}"
        return Step("in force", State.OPEN, says, article, unsure[0], (act.ref,))
    if found is None:
        return Step("in force", State.WAITS, f"{party} is not {what} by it on any day on record", article)
    return Step("in force", State.DONE if found <= standing.on else State.RUNS, f"{party} is {what} from then on", article, found, (act.ref,))


def _registered(standing: Standing, folder: Folder, duties: Sequence[RegistrationDuty]) -> Step:
    name, agreement, article = "registered", folder.agreement, duties[0].cited if duties else ""
    if agreement.form != "treaty":
        return Step(name, State.NONE, "it is no treaty", article)
    found = to_be_registered(standing, agreement.id, duties)
    if found is None:
        verdict = standing.verdict_in_force(agreement.id)
        if verdict in UNSURE:
            return Step(name, State.OPEN, f"it is {UNSURE[verdict]} whether the agreement is in force", article)
        says = "once the agreement is in force" if duties and verdict is Verdict.NO else "no agreement on record asks for it"
        return Step(name, State.NONE, says, article)
    sure, acts = is_registered(found), found.outcome.acts
    state = State.DONE if sure is Verdict.YES else State.WAITS if sure is Verdict.NO else State.OPEN
    says = says_of(found) if sure is not Verdict.YES or not acts else "the agreement is registered"
    on = day_of(acts[0].act) if acts and sure is Verdict.YES else None
    return Step(name, state, says, found.asked.cited, on, tuple(one.act.ref for one in acts))
