"""On which days does a condition of a clause hold?

Source: the condition language of docs/reference/book-format.md; how-standing-is-derived.md, section 4.1.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from comity.agreements.conditions import ActDone, AllOf, AnyOf, Condition, Consents, Fact, InForce, NoAct, NotBefore, PartySet, Waivable
from comity.agreements.days import ALWAYS, BEGIN, EVER, NEVER, Day, Days, clip, complement, contains, enough, intersect, union
from comity.agreements.deeds import Deed
from comity.terms import Delay, add

if TYPE_CHECKING:
    from comity.agreements.docket import Docket


def days_when(condition: Condition, docket: Docket, party: str | None = None) -> Days:
    """The days on which ``condition`` holds, for ``party`` where it is about the party concerned."""
    match condition:
        case Consents():
            return _consents(condition, docket)
        case NotBefore():
            start = _not_before(condition, docket)
            return NEVER if start is None else [(start, EVER)]
        case InForce():
            other = docket.outside.course(condition.agreement)
            if other is None or condition.party is None:
                return NEVER if other is None else other.in_force
            return union(*(other.bound_days(link.code) for link in docket.line_of(condition.party)))
        case ActDone():
            days = [d.received for k in condition.acts for d in docket.of_kind(k) if _concerns(condition, d, docket, party)]
            return [(min(days), EVER)] if days else NEVER
        case NoAct():
            return _silence(condition, docket)
        case Fact():
            return _fact(condition, docket, party)
        case Waivable():
            holds = days_when(condition.condition, docket, party)
            return union(holds, docket.waivers(party, condition.id)) if party else holds
        case AllOf():
            result = ALWAYS
            for part in condition.of:
                result = intersect(result, days_when(part, docket, party))
            return result
        case AnyOf():
            return union(*(days_when(part, docket, party) for part in condition.of))


def _concerns(condition: ActDone, deed: Deed, docket: Docket, party: str | None) -> bool:
    if condition.actors and docket.root(deed.actor) not in {docket.root(code) for code in condition.actors}:
        return False
    whom = deed.act.counterparty
    return party is None or not whom or docket.root(party) in {docket.root(code) for code in whom}


def after(day: Day, delay: Delay) -> Day:
    """``delay`` after ``day``, both ordinals."""
    return add(date.fromordinal(day), delay).toordinal() if delay else day


def done_days(condition: Consents, docket: Docket) -> dict[str, Days]:
    """For each legal person (by its first code) that ever did one of the kinds asked for: the days on which that counts."""
    result: dict[str, Days] = {}
    consent_kinds = tuple(k for k in condition.acts if k in docket.consent.acts or k == "succeed")
    for actor in docket.consenting:
        _add(result, docket.root(actor), docket.counting_days(actor, consent_kinds))
    for kind in condition.acts:
        if kind == "sign":
            for actor, days in docket.signature_days().items():
                _add(result, docket.root(actor), days)
        elif kind not in consent_kinds:
            for deed in docket.of_kind(kind):
                _add(result, docket.root(deed.actor), [(deed.received, EVER)])
    return result


def _add(result: dict[str, Days], code: str, days: Days) -> None:
    if days:
        result[code] = union(result[code], days) if code in result else days


def _consents(condition: Consents, docket: Docket) -> Days:
    if condition.by.of == "anyone" and not isinstance(condition.number, int):
        return NEVER
    done = done_days(condition, docket)
    belongs = members(condition.by, docket, done)
    if not condition.organisations:
        belongs = {party: days for party, days in belongs.items() if not docket.is_organisation(party)}
    holds = enough(((days, done.get(party, [])) for party, days in belongs.items()), _needed(condition.number))
    for party in condition.including:
        holds = intersect(holds, done.get(docket.root(party), []))
    return holds


def _needed(number: int | str) -> int | tuple[int, int] | str:
    if isinstance(number, int) or number in ("all", "majority"):
        return number
    over, _, under = number.partition("/")
    return int(over), int(under)


def members(by: PartySet, docket: Docket, done: dict[str, Days]) -> dict[str, Days]:
    """Which legal persons (by their first codes) belong to the set, and on which days."""
    found: dict[str, Days] = {}
    for code, days in _named_members(by, docket, done).items():
        _add(found, docket.root(code), days)
    left_out = {docket.root(code) for code in by.except_}
    return {code: days for code, days in found.items() if code not in left_out}


def _named_members(by: PartySet, docket: Docket, done: dict[str, Days]) -> dict[str, Days]:
    match by.of:
        case "anyone":
            found = dict.fromkeys(done, ALWAYS)
        case "named":
            found = dict.fromkeys(by.parties, ALWAYS)
        case "negotiating":
            found = dict.fromkeys(docket.agreement.negotiating, ALWAYS)
        case "signatories":
            found = docket.signatory_days()
        case "parties":
            found = {party: [(start + 1, end + 1) for start, end in days] for party, days in docket.bound_so_far().items()}
        case "members":
            other = docket.outside.course(by.agreement or "")
            found = {} if other is None else {party: other.bound_days(party) for party in other.parties()}
            if by.frozen is not None:
                found = {party: ALWAYS for party, days in found.items() if contains(days, by.frozen.toordinal())}
    if by.frozen is not None:
        found = {party: _frozen(days, by.frozen.toordinal()) for party, days in found.items()}
    if by.attribute is not None:
        table = docket.agreement.attributes.get(by.attribute, {})
        rated = {docket.root(party): number for party, number in sorted(table.items(), key=lambda item: item[1])}
        found = {p: days for p, days in found.items() if docket.root(p) in rated and rated[docket.root(p)] >= by.at_least}
    return found


def _frozen(days: Days, day: Day) -> Days:
    """Membership that no longer changes from ``day`` on."""
    return union(clip(days, BEGIN, day), [(day, EVER)] if contains(days, day) else [])


def _not_before(condition: NotBefore, docket: Docket) -> Day | None:
    if condition.day is not None:
        return condition.day.toordinal()
    days = [deed.made for deed in docket.of_kind(condition.after or "")]
    return after(min(days), condition.delay) if days else None


def _silence(condition: NoAct, docket: Docket) -> Days:
    asked = [deed.received for deed in docket.of_kind(condition.after)]
    if not asked:
        return NEVER
    start = min(asked)
    end = after(start, condition.within)
    spoken = [deed for kind in condition.acts for deed in docket.of_kind(kind) if start <= deed.received < end]
    who = members(condition.by, docket, {docket.root(deed.actor): ALWAYS for deed in spoken})
    broken = any(contains(who.get(docket.root(deed.actor), []), deed.received) for deed in spoken)
    return NEVER if broken else [(end, EVER)]


def _fact(condition: Fact, docket: Docket, party: str | None) -> Days:
    days: Days = []
    for deed in docket.of_kind("establish-fact"):
        details = deed.act.details
        if details.get("fact") != condition.fact:
            continue
        if condition.of_party and (party is None or docket.root(party) not in (docket.root(deed.actor), docket.root(details.get("of", "")))):
            continue
        until = date.fromisoformat(details["until"]).toordinal() if "until" in details else EVER
        days.append((deed.made, until))
    present = union(days)
    return present if condition.present else complement(present)
