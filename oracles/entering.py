"""Sections 4.2 to 5.4 of the contract: entry into force, when a party is bound, provisional application."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from comity.agreements.clauses import Dependence, LaterParties
from comity.terms import add, parse_day
from oracles import endings
from oracles.conditions import holds
from oracles.record import Deed
from oracles.standings import Provisional, Standing, Stretch

if TYPE_CHECKING:
    from oracles.walk import Walk


# -- 4.2, 4.3: entry into force ---------------------------------------------------------------------------------------


def entry(walk: Walk) -> None:
    """Is today T, or E?"""
    if walk.ended is not None:
        return
    if walk.claims.entry is not None:
        if walk.reached(walk.claims.entry) and None not in walk.entered:
            walk.entered[None] = (walk.claims.entry, walk.claims.entry)
            if walk.entry is None:
                _enter(walk)
        return
    for person in sorted(walk.everyone()) if walk.each_own else [None]:
        if person not in walk.entered:
            _entry_for(walk, person)
    if None in walk.entered and walk.entry is None:
        _enter(walk)


def _entry_for(walk: Walk, person: str | None) -> None:
    if not walk.entries and walk.agreement.negotiating:
        # 4.3 the first day on which all of `negotiating` have consented (24(2))
        if all(_has_consented(walk, code) for code in walk.agreement.negotiating):
            walk.entered[person] = (walk.today, walk.today)
        return
    for index, clause in enumerate(walk.entries):
        key = (index, person)
        if key not in walk.met:
            # 4.2 T: the first day on which `when` holds; once met, the delay runs
            if not holds(clause.when, walk, person):
                continue
            walk.met[key] = walk.today
        # 4.2 E: the first day from T + delay on which `floor` holds too; of several clauses the earliest
        if walk.reached(add(walk.met[key], clause.delay)) and (clause.floor is None or holds(clause.floor, walk, person)):
            walk.entered.setdefault(person, (walk.met[key], walk.today))


def _has_consented(walk: Walk, code: str) -> bool:
    return any(walk.same(code, (person,)) and bool(standing.counted) for person, standing in walk.standings.items())


def _enter(walk: Walk) -> None:
    walk.entry = walk.today
    endings.first_term(walk)


def threshold_and_entry(walk: Walk, person: str) -> tuple[date, date] | None:
    # 4.2 with waivable conditions T and E are each party's own
    own = walk.each_own and walk.claims.entry is None
    return walk.entered.get(person if own else None)


# -- 5.1 to 5.3: starts -----------------------------------------------------------------------------------------------


def starts(walk: Walk) -> None:
    """Who becomes a party today?"""
    if walk.ended is not None:
        return
    needed = [c.agreement for c in walk.agreement.clauses if isinstance(c, Dependence) and c.effect == "needs-party"]
    for person, standing in walk.standings.items():
        stretch = standing.stretch
        if stretch is None or stretch.start is not None:
            continue
        if any(walk.same(c.person, (person,)) and c.about == stretch.day and not walk.reached(c.day) for c in walk.claims.starts):
            continue
        start = _start_of(walk, person, stretch)
        if start is None or not walk.reached(start):
            continue
        # 5.2 not before the party is bound by the other agreement
        if all(person in walk.other(name).parties(walk.today) for name in needed):
            _begin(walk, standing, stretch)


def _begin(walk: Walk, standing: Standing, stretch: Stretch) -> None:
    stretch.start = walk.today
    standing.end_provisional()  # 5.4 ends on start
    if walk.entry is None and walk.each_own:
        _enter(walk)  # 4.2 the agreement's own E


def _start_of(walk: Walk, person: str, stretch: Stretch) -> date | None:
    found = threshold_and_entry(walk, person)
    if found is None:
        return None
    threshold, entered = found
    c = stretch.day
    if stretch.by != "consent":
        return max(c, entered)  # 5.1 opened by succession: the later of their day and E
    rules = [r for r in walk.agreement.clauses if isinstance(r, LaterParties)]
    rule = next((r for r in rules if stretch.kind in r.acts), None) or next((r for r in rules if not r.acts), None)
    if rule is None:
        return max(entered, c)  # 24(3)
    if rule.switch == "entry":
        return entered if c <= entered else add(c, rule.delay)
    return entered if c <= threshold else max(entered, add(c, rule.delay))


def claimed_starts(walk: Walk) -> None:
    """2 (iv) a claim that a party is bound from a day."""
    for claim in walk.claims.starts:
        if claim.day == walk.today and walk.ended is None and walk.people.exists(claim.person, walk.today):
            standing = walk.standing(claim.person)
            if standing.stretch is None:
                standing.stretch = Stretch(claim.day, "claim", "claim")
            if standing.stretch.start is None:
                _begin(walk, standing, standing.stretch)
        walk.reached(claim.day)


def by_the_base(walk: Walk) -> None:
    """9.6, 40(5): who consented to the base while this amendment was in force among its accepters is bound by both."""
    base_id = walk.agreement.amends
    if base_id is None or walk.ended is not None:
        return
    for person, seat in walk.other(base_id).at(walk.today).items():
        c, standing = seat.consented, walk.standing(person)
        if seat.start != walk.today or c is None or standing.bound:
            continue
        accepters = walk.accepters_now() if c == walk.today else walk.history.accepters(c)
        declines = any(d.kind == "decline" and _one_on(walk, d.actor, person, max(d.received, walk.today)) for d in walk.deeds)
        if len(accepters) >= 2 and not declines:
            standing.stretch = standing.stretch or Stretch(c, "base", "base")
            _begin(walk, standing, standing.stretch)


def _one_on(walk: Walk, actor: str, person: str, day: date) -> bool:
    return walk.people.person(actor, day) == walk.people.person(person, day)


# -- 5.4: provisional application -------------------------------------------------------------------------------------


def provisional(walk: Walk) -> None:
    """Who begins, prolongs or ends provisional application today?"""
    clause = walk.provisional_clause
    for standing in walk.standings.values():
        if standing.bound:
            standing.to_apply.clear()
    for deed in walk.todays():
        person = walk.person(deed.actor)
        standing = walk.standing(person)
        if deed.kind == "apply-provisionally" and walk.ended is None and walk.people.exists(person, walk.today):
            if any(walk.same(d.actor, (deed.actor,)) and _ends_announced(d, deed, walk.today) for d in walk.deeds):
                continue
            until = [parse_day(deed.details["until"])] if "until" in deed.details else []
            articles = deed.listed("articles") or (clause.articles if clause else ())
            ends = min([*until, *_lasts(walk, max(walk.today, walk.agreement.concluded))], default=None)
            standing.provisional.append(Provisional(deed.ref, articles, ends, False))
        elif deed.kind == "extend-provisional" and "until" in deed.details:
            for running in standing.provisional:
                if running.ends is not None:
                    running.ends = max(running.ends, parse_day(deed.details["until"]))
        elif deed.kind == "end-provisional":
            standing.end_provisional()
    if clause is None or clause.by != "signature" or walk.ended is not None:
        return
    for standing in walk.standings.values():
        # by its own signature: who succeeded to one does not apply it provisionally for that reason alone (1978 Convention, 27)
        for deed in list(standing.to_apply) if not standing.bound else ():
            start = add(deed.made, clause.delay)
            if walk.reached(start):
                standing.to_apply.remove(deed)
                ends = min(_lasts(walk, max(start, walk.agreement.concluded)), default=None)
                standing.provisional.append(Provisional(deed.ref, clause.articles, ends, True))


def _ends_announced(deed: Deed, announced: Deed, today: date) -> bool:
    """5.4 it was announced, and taken back before its day."""
    after = (deed.received, deed.kind != "end-provisional", deed.ref) > (announced.received, False, announced.ref)
    return deed.kind in ("end-provisional", "denounce", "decline") and after and deed.received < today


def _lasts(walk: Walk, start: date) -> list[date]:
    clause = walk.provisional_clause
    if clause is None or not clause.lasts:
        return []
    if clause.lasts_from == "start":
        return [add(start, clause.lasts)]
    opened = [d.made for d in walk.deeds if d.kind == "open"]
    return [add(min(opened), clause.lasts)] if opened else []


def expire(walk: Walk) -> None:
    """Provisional application whose time is over."""
    for standing in walk.standings.values():
        if walk.ended is not None:
            standing.end_provisional()
        standing.provisional = [p for p in standing.provisional if p.ends is None or not walk.reached(p.ends)]
