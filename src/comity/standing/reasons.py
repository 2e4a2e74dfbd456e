"""Causes put into words: each step of a derivation as a reason with its rule, article, acts and source.

One function per rule of docs/rules; a cause of a rule without a teller of its own is told from its clause and acts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from comity.acts import Act, kinds
from comity.agreements import EVER, Cause, Course, Deed, Docket, contains, done_days, members
from comity.agreements.clauses import EntryIntoForce, LaterParties, Withdrawal
from comity.agreements.conditions import Consents
from comity.terms import Reading, Reason, Verdict, describe

RULES: dict[str, str] = {
    "consent": "VCLT 11 to 16, 78",
    "signature": "VCLT 18(a)",
    "entry-into-force": "VCLT 24(1)",
    "entry-by-default": "VCLT 24(2)",
    "no-entry-clause": "VCLT 24",
    "later-party": "VCLT 24(1)",
    "later-party-by-default": "VCLT 24(3)",
    "provisional-application": "VCLT 25",
    "territory": "VCLT 29",
    "reservations": "VCLT 19 to 23",
    "reservation-pending": "VCLT 20(4)(a), 20(5)",
    "relations-excluded": "VCLT 20(4)(b), 74",
    "successive-agreements": "VCLT 30, 59",
    "later-joiner-of-amended-text": "VCLT 40(5)",
    "amendment": "VCLT 39, 40",
    "inter-se": "VCLT 41",
    "mutual-declaration": "VCLT 31, 41",
    "withdrawal": "VCLT 54(a)",
    "withdrawal-without-clause": "VCLT 56",
    "revocable-notice": "VCLT 68",
    "consent-withdrawn": "Summary of Practice of the Secretary-General, 157",
    "expulsion": "VCLT 5, 54(a)",
    "termination-by-consent": "VCLT 54(b)",
    "below-the-number": "VCLT 55",
    "duration": "VCLT 54(a)",
    "tacit-renewal": "VCLT 54(a)",
    "suspension": "VCLT 57 to 60, 72",
    "dependence": "the clause",
    "arrangement-below-treaty": "the arrangement",
    "succession": "1978 Convention, 17, 22, 23, 34",
    "continuity": "VCLT 73",
    "extinction": "VCLT 73",
    "depositary-claim": "VCLT 77",
    "coverage": "record keeping",
    "contested": "how standing is derived, 2",
    "partial-date": "how standing is derived, 2",
    "in-force": "VCLT 24, 70",
    "territorial-extension": "VCLT 29",
}
"""Every rule that an answer can rest on, with its source: each has a page of its own under docs/rules."""


def say_day(day: int) -> str:
    return "no day on record" if day >= EVER else date.fromordinal(day).isoformat()


def say_act(deed: Deed) -> str:
    """One act in a sentence: 'HUN ratified cwc on 1996-10-31'."""
    act = deed.act
    moment = act.received or act.made or act.notified or act.effect
    text = f"{act.as_named or act.actor} {kinds()[deed.kind].past} {act.agreement} on {moment.written if moment else 'an unknown day'}"
    if act.received is not None and act.made is not None and act.received.written != act.made.written:
        text = f"{act.as_named or act.actor} {kinds()[deed.kind].past} {act.agreement} on {act.made.written}, received {act.received.written}"
    return f"{text} (effect {act.effect.written})" if act.effect is not None else text


def act_reason(deed: Deed, rule: str) -> Reason:
    """The act itself as the leaf of an explanation."""
    act = deed.act
    return Reason(rule, say_act(deed), act.article, (act.ref,), _source(act))


def _source(act: Act) -> str:
    return f"{act.source.citation} [from memory, not yet verified]" if act.source.basis == "memory" else act.source.citation


def tell(cause: Cause, docket: Docket, course: Course) -> Reason:
    """A cause as a reason, with the causes behind it."""
    teller = _TELLERS.get(cause.rule)
    if teller is not None:
        return teller(cause, docket, course)
    return _plain(cause, docket, course)


def _plain(cause: Cause, docket: Docket, course: Course, says: str = "") -> Reason:
    clause = cause.clause
    text = says or (clause.says if clause is not None else cause.says) or RULES.get(cause.rule, cause.rule)
    because = [act_reason(deed, cause.rule) for deed in cause.deeds] + [tell(inner, docket, course) for inner in cause.because]
    return Reason(
        cause.rule,
        text,
        clause.article if clause is not None else RULES.get(cause.rule),
        tuple(d.ref for d in cause.deeds),
        _clause_source(clause) if clause is not None else None,
        True,
        tuple(because),
    )


def _clause_source(clause: object) -> str | None:
    source, read = getattr(clause, "source", None), getattr(clause, "read", "text")
    if read == "text":
        return source
    mark = "from memory, not yet verified" if read == "memory" else "read in a secondary source"
    return f"{source} [{mark}]" if source else f"[{mark}]"


def _consent(cause: Cause, docket: Docket, course: Course) -> Reason:
    deed = cause.deeds[0]
    return Reason(
        "consent",
        f"consent to be bound established on {say_day(cause.days[0])}",
        RULES["consent"],
        (deed.ref,),
        None,
        True,
        (act_reason(deed, "consent"),),
    )


def _entry(cause: Cause, docket: Docket, course: Course) -> Reason:
    clause = cause.clause
    assert isinstance(clause, EntryIntoForce)
    because: list[Reason] = []
    for condition in _consents_in(clause.when):
        because.append(count_reason(condition, docket, cause.days[0] if cause.days else None))
    if not cause.days:
        return Reason(
            "entry-into-force",
            f"not in force: the condition is not met. {clause.says}",
            clause.article,
            (),
            _clause_source(clause),
            False,
            tuple(because),
        )
    says = f"condition met on {say_day(cause.days[0])}"
    if len(cause.days) > 1:
        says += f"; {describe(clause.delay)}: in force on {say_day(cause.days[1])}" if clause.delay else f"; in force on {say_day(cause.days[1])}"
    return Reason("entry-into-force", f"{says}. {clause.says}", clause.article, (), _clause_source(clause), True, tuple(because))


def _consents_in(condition: object) -> list[Consents]:
    if isinstance(condition, Consents):
        return [condition]
    inner = getattr(condition, "of", None) or ([condition.condition] if hasattr(condition, "condition") else [])
    return [c for part in inner for c in _consents_in(part)] if not isinstance(inner, str) else []


def count_reason(condition: Consents, docket: Docket, day: int | None) -> Reason:
    """Who counted towards the number on ``day`` (None: up to now), each with the act; or who is missing: the same whoever asks why he is bound."""
    return docket.once((condition, day), lambda: _count(condition, docket, day))


def _count(condition: Consents, docket: Docket, day: int | None) -> Reason:
    done = done_days(condition, docket)
    belongs = members(condition.by, docket, done)
    if not condition.organisations:
        belongs = {p: days for p, days in belongs.items() if not docket.is_organisation(p)}
    asked = EVER - 1 if day is None else day
    counted = sorted((p for p in belongs if contains(done.get(p, []), asked) and contains(belongs[p], asked)), key=lambda p: (done[p][0][0], p))
    wanted = sorted(p for p, days in belongs.items() if contains(days, asked)) if condition.by.of != "anyone" else []
    missing = [docket.bearer(p, asked) for p in wanted if p not in counted] if not isinstance(condition.number, int) else []
    missing += [p for p in condition.including if not contains(done.get(docket.root(p), []), asked)]
    number = condition.number if isinstance(condition.number, int) else f"{condition.number} of {len(wanted)}"
    text = f"{len(counted)} counted, {number} needed ({', '.join(condition.acts)})"
    if missing:
        text += f"; missing: {', '.join(dict.fromkeys(missing))}"
    acts = []
    for party in counted:
        deed = next((d for d in docket.deeds if docket.root(d.actor) == party and d.kind in condition.acts), None)
        if deed is not None:
            acts.append(act_reason(deed, "consent"))
    return Reason("entry-into-force", text, None, tuple(a.acts[0] for a in acts), None, not missing and day is not None, tuple(acts))


def missing_in(docket: Docket) -> list[tuple[str, str]]:
    """Whose act of which kind is missing for entry into force, where a clause names or bounds the set."""
    return [found for clause in docket.clauses(EntryIntoForce) for found in _missing(clause, docket)]


def _missing(clause: EntryIntoForce, docket: Docket) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for condition in _consents_in(clause.when):
        done = done_days(condition, docket)
        belongs = members(condition.by, docket, done)
        named = [docket.root(p) for p in condition.including]
        if condition.by.of != "anyone" and not isinstance(condition.number, int):
            named += sorted(belongs)
        result += [(docket.bearer(p, EVER - 1), condition.acts[0]) for p in dict.fromkeys(named) if not contains(done.get(p, []), EVER - 1)]
        if isinstance(condition.number, int) and not named:
            counted = sum(contains(days, EVER - 1) for days in done.values())
            if counted < condition.number:
                result.append((f"{condition.number - counted} more", condition.acts[0]))
    return result


def _later(cause: Cause, docket: Docket, course: Course) -> Reason:
    clause = cause.clause
    assert isinstance(clause, LaterParties)
    return Reason(
        "later-party",
        f"bound from {say_day(cause.days[0])} ({describe(clause.delay)} after its own consent). {clause.says}",
        clause.article,
        (),
        _clause_source(clause),
    )


def _withdrawal(cause: Cause, docket: Docket, course: Course) -> Reason:
    clause = cause.clause
    assert isinstance(clause, Withdrawal)
    says = f"its notice takes effect on {say_day(cause.days[0])}. {clause.says}"
    return Reason(
        "withdrawal",
        says,
        clause.article,
        tuple(d.ref for d in cause.deeds),
        _clause_source(clause),
        True,
        tuple(act_reason(d, "withdrawal") for d in cause.deeds),
    )


_SAYS = {
    "entry-by-default": "no clause on entry into force: it enters into force when all negotiating states have consented",
    "later-party-by-default": "no clause for later parties: bound from the day of its consent",
    "later-joiner-of-amended-text": "it joined the amended agreement after the amendment was in force, and is bound by it too",
    "withdrawal-without-clause": "the agreement has no clause on withdrawal; read as open to withdrawal with twelve months' notice",
    "consent-withdrawn": "its consent was taken back before it took effect",
    "termination-by-consent": "all parties agreed to end it",
    "expulsion": "its part was ended by the organ competent to do so",
    "arrangement-below-treaty": "an arrangement under another agreement falls with it",
    "extinction": "the person ceased to exist",
    "continuity": "the person goes on under another code",
    "depositary-claim": "as the depositary states in its own record",
    "revocable-notice": "the notice was taken back, and the agreement binds it again from then on",
    "relations-excluded": "treaty relations between the two are excluded",
    "reservation-pending": "a reservation has not yet been accepted: until then the agreement is not in force between the two",
    "reservations": "a reservation and what was made of it",
    "signature": "signed, which by itself does not bind; it must not defeat the agreement's object and purpose (article 18)",
    "mutual-declaration": "declared to operate between the two",
    "inter-se": "modified between the two only",
    "no-entry-clause": "nothing on record says when it enters into force",
    "succession": "successor to a state that was bound",
    "suspension": "operation suspended",
}


def _said(cause: Cause, docket: Docket, course: Course) -> Reason:
    says = _SAYS[cause.rule]
    if cause.rule == "suspension" and cause.days:
        says = f"operation suspended from {say_day(cause.days[0])}"
    elif cause.rule in ("extinction", "continuity"):
        says = f"{says} on {say_day(cause.days[0])}"
    elif cause.rule == "succession":
        says = f"{says}: bound from {say_day(cause.days[0])}" if cause.days else says
    if cause.clause is not None:
        says = f"{says}. {cause.clause.says}"
    return _plain(cause, docket, course, says)


_TELLERS: dict[str, Callable[[Cause, Docket, Course], Reason]] = {
    "consent": _consent,
    "entry-into-force": _entry,
    "later-party": _later,
    "withdrawal": _withdrawal,
    **dict.fromkeys(_SAYS, _said),
}


def contest_reasons(verdict: Verdict, told: Sequence[tuple[Reading, tuple[Reason, ...]]]) -> tuple[Reason, ...]:
    """Each reading, with the reasons of a world that takes it."""
    if not told:
        return ()
    rule = "partial-date" if all(reading.by == "partial date" for reading, _ in told) else "contested"
    says = {"partial-date": "the record has only part of a date, and the answer depends on the rest", "contested": "the readings differ"}[rule]
    because = tuple(Reason(rule, f"{r.value} ({r.by})", None, (), r.source, True, why) for r, why in told)
    return (Reason(rule, says, None, (), None, verdict is Verdict.YES, because),)


def refs_in(reasons: Sequence[Reason]) -> set[str]:
    """Every act that the reasons rest on."""
    return {ref for r in reasons for ref in (*r.acts, *refs_in(r.because))}


def from_memory(reasons: Sequence[Reason]) -> bool:
    """Does any reason rest on a record from memory?"""
    return any("from memory" in (r.source or "") or from_memory(r.because) for r in reasons)
