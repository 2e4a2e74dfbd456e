"""Sections 6 and 7 of the contract: how a party leaves, and how an agreement ends, while a walk goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.agreements.clauses import Dependence, Duration, MinimumParties, NoWithdrawal, Supersedes
from comity.terms import Step, add, parse_day
from oracles.conditions import holds
from oracles.parties import DAY
from oracles.record import Deed, superseders
from oracles.standings import Notice, Standing, Stretch

if TYPE_CHECKING:
    from oracles.walk import Walk

TWELVE_MONTHS = (Step(months=12),)


# -- what earlier days bring to this one ------------------------------------------------------------------------------


def due(walk: Walk) -> None:
    """Ends and exits that were already set for today."""
    duration = walk.clause(Duration)
    if walk.ended is not None:
        return
    if walk.claims.end is not None and walk.reached(walk.claims.end):
        _end(walk)
    # 7.5 ends with the other; an arrangement falls with its parent
    others = [c.agreement for c in walk.agreement.clauses if isinstance(c, Dependence) and c.effect == "ends-with"]
    if walk.agreement.form == "administrative" and walk.agreement.parent and not walk.agreement.survives_parent:
        others.append(walk.agreement.parent)
    if any(walk.other(name).ended_by(walk.today) for name in others):
        _end(walk)
    # 7.3 until; 7.1 terms
    if duration is not None and duration.until is not None and duration.term and walk.reached(duration.until):
        _end(walk)
    if duration is not None and walk.term_end is not None and walk.reached(walk.term_end):
        _end_of_term(walk, duration)
    exits(walk)
    for person, standing in list(walk.standings.items()):
        # 7.2 those who prolonged are bound on to their own day
        if walk.term_over and standing.prolonged_until is not None and walk.reached(standing.prolonged_until):
            standing.close(walk.today)
        # 9.6 bound by the amendment as long as by the base
        if standing.stretch is not None and standing.stretch.by == "base":
            if person not in walk.other(walk.agreement.amends or "").parties(walk.today):
                standing.close(walk.today)
        # 7.5 ends for the party that ceases to be bound by the other
        for clause in walk.agreement.clauses:
            if isinstance(clause, Dependence) and clause.effect == "ends-for-party":
                other = walk.other(clause.agreement)
                if person in other.parties(walk.today - DAY) and person not in other.parties(walk.today):
                    standing.close(walk.today)
    for claim in walk.claims.ends:
        claimed = walk.standing(claim.person)
        if walk.reached(claim.day) and claim.day == walk.today and claimed.bound:
            claimed.close(walk.today)


def first_term(walk: Walk) -> None:
    """Called on the day of entry into force."""
    duration = walk.clause(Duration)
    walk.alarms.add(walk.today + DAY)
    if duration is not None and duration.term:
        walk.term_end = add(walk.today, duration.term)  # 7.1 terms run from E
        walk.reached(walk.term_end)


def _end_of_term(walk: Walk, duration: Duration) -> None:
    assert walk.term_end is not None
    walk.last_term_end = walk.today
    for standing in walk.standings.values():
        for notice in standing.notices:
            # 6.3, 7.1 the first term end that is not before the day of the notice + notice
            notice.armed = notice.armed or (notice.at_term and walk.reached(notice.base))
    if duration.renews and duration.term:
        walk.term_end = add(walk.term_end, duration.renews)
        walk.reached(walk.term_end)
    elif duration.prolonged_by == "all":
        _prolong(walk, duration)
    elif not any(standing.bound and standing.prolonged for standing in walk.standings.values()):
        _end(walk)
        walk.term_end, walk.term_over = None, True  # also where a depositary claims another end
    else:
        # 7.2 accepters are bound on; the others' stretches end at the end of the term
        for standing in walk.standings.values():
            if not (standing.bound and standing.prolonged):
                standing.close(walk.today)
                standing.prolonged, standing.prolonged_until = False, None  # it prolonged nothing
        walk.term_end, walk.term_over = None, True


def _prolong(walk: Walk, duration: Duration) -> None:
    # 7.2 all: every party bound on the day before the end has done one received before the end
    assert walk.term_end is not None
    chosen = []
    for person in sorted(walk.history.covered(walk.today - DAY)):
        mine = sorted((d for d in walk.deeds if d.kind == "renew" and walk.same(d.actor, (person,))), key=lambda d: (d.received, d.ref))
        unused = [d for d in mine if d.received < walk.term_end and d.id not in walk.prolongations_used]
        if not unused:
            _end(walk)
            return
        chosen.append(unused[0])
    # the end moves to the least `until` they name, or by another term
    named = [parse_day(d.details["until"]) for d in chosen if "until" in d.details]
    new_end = min(named) if named else add(walk.term_end, duration.term)
    if not chosen or new_end <= walk.term_end:
        _end(walk)
        return
    walk.prolongations_used |= {d.id for d in chosen}
    walk.term_end = new_end
    walk.reached(new_end)


def _armed(walk: Walk, notice: Notice) -> bool:
    if notice.at_term:
        return notice.armed or (walk.last_term_end == walk.today and walk.reached(notice.base))
    return walk.reached(notice.base)


def _takes_effect(walk: Walk, person: str, notice: Notice) -> bool:
    if not _armed(walk, notice):
        return False
    notice.armed = True
    clause = walk.withdrawal
    # 6.4 the first day from x on which that condition, for the party, does not hold
    blocked = notice.deed.kind == "denounce" and clause is not None and clause.not_while is not None and holds(clause.not_while, walk, person)
    return not blocked


def exits(walk: Walk) -> None:
    """Notices, and withdrawals with no notice to run, that take effect today."""
    for person, standing in list(walk.standings.items()):
        ready = [notice for notice in standing.notices if _takes_effect(walk, person, notice)]
        if not ready:
            continue
        _exit(walk, person, standing)
        standing.may_return = any(notice.suspended for notice in ready)
        # 6.9 the agreement ends at x
        if walk.withdrawal is not None and walk.withdrawal.ends == "agreement" and any(n.deed.kind == "denounce" for n in ready):
            _end(walk)


def _exit(walk: Walk, person: str, standing: Standing) -> None:
    stretch = standing.stretch
    if stretch is not None and all(not walk.same(c.person, (person,)) or c.about != stretch.day or walk.reached(c.day) for c in walk.claims.ends):
        standing.close(walk.today)


def _end(walk: Walk) -> None:
    # 7.8 an end of the agreement ends every stretch
    if walk.ended is None and (walk.claims.end is None or walk.claims.end <= walk.today):
        walk.ended = walk.today
        for standing in walk.standings.values():
            standing.close(walk.today)


# -- acts of today ----------------------------------------------------------------------------------------------------


def taken_back(walk: Walk) -> None:
    """What no longer counts from today: consents (4.1) and signatures (3.1)."""
    for deed in walk.todays():
        if deed.kind == "withdraw-signature":
            _withdraw_signature(walk.standing(walk.person(deed.actor)))
    for deed in walk.deeds:
        if deed.kind in ("withdraw-consent", "denounce") and deed.received == walk.today:
            walk.standing(walk.person(deed.actor)).take_back()


def acts(walk: Walk) -> None:
    """Everything that is done today after consents and starts, in the order of section 3."""
    for deed in walk.todays():
        person = walk.person(deed.actor)
        standing = walk.standing(person)
        if deed.kind == "denounce":
            _denounce(walk, deed, person, standing)
        elif deed.kind == "withdraw-consent":
            _withdraw_consent(walk, standing)
        elif deed.kind == "decline" and not standing.bound:
            standing.end_provisional()
        elif deed.kind == "revoke-denunciation":
            _revoke(walk, deed, person, standing)
        elif deed.kind == "suspend-denunciation":
            _suspend(walk, deed, person, standing)
        elif deed.kind == "expel":
            _expel(walk, deed)
        elif deed.kind == "object-renewal":
            _object_renewal(walk, deed, standing)
        elif deed.kind == "renew":
            _renew(walk, deed, standing)
        elif deed.kind == "terminate":
            standing.terminates = True


def _withdraw_consent(walk: Walk, standing: Standing) -> None:
    # 3.4 on a day before the start; on or after it: no effect
    if not standing.bound:
        standing.close(walk.today)


def _withdraw_signature(standing: Standing) -> None:
    standing.signature, standing.to_apply = None, []
    standing.signatures_counted = [(deed, consents) for deed, consents in standing.signatures_counted if consents]
    standing.provisional = [p for p in standing.provisional if not p.by_signature]


def _denounce(walk: Walk, deed: Deed, person: str, standing: Standing) -> None:
    if standing.stretch is None or standing.stretch.start is None:
        # 5.4 c-less withdrawal; 3.4 a denunciation before the start
        standing.end_provisional()
        _withdraw_consent(walk, standing)
        return
    clause, duration, day, at_term = walk.withdrawal, walk.clause(Duration), walk.today, False
    if walk.clause(NoWithdrawal) is not None:
        return  # 6.5 no effect
    if clause is None and duration is not None and duration.renews:
        _object_renewal(walk, deed, standing)  # 6.5 read as object-renewal
        return
    if clause is None:
        # 6.5 no clause: 56(1) no effect, or 56(2) twelve months after notice
        if walk.world.choose(("denounce", deed.id), 2) == 0:
            return
        base = add(day, TWELVE_MONTHS)
    else:
        first_allowed = add(walk.entry or standing.stretch.start, clause.not_before)
        if clause.not_before and clause.not_before_means == "notice" and day < first_allowed:
            # 6.2 given too early: no effect, or as if given on the first day allowed
            if walk.world.choose(("denounce", deed.id), 2) == 0:
                return
            day = first_allowed
        base = add(day, clause.notice)  # 6.1
        if deed.effect is not None:
            base = max(base, deed.effect)
        if clause.not_before and clause.not_before_means == "effect":
            base = max(base, first_allowed)  # 6.2
        at_term = clause.at_term and duration is not None and bool(duration.term)  # 6.3
    standing.notices.append(Notice(deed, base, at_term))


def _pending(walk: Walk, deed: Deed, person: str, standing: Standing) -> list[Notice]:
    notices = [n for n in standing.notices if not _takes_effect(walk, person, n)]
    return [n for n in notices if deed.replies_to is None or deed.answers(n.deed)]


def _revoke(walk: Walk, deed: Deed, person: str, standing: Standing) -> None:
    # 6.6 before x: cancels (68); on or after x: no effect, unless the notice had been suspended
    for notice in _pending(walk, deed, person, standing):
        standing.notices.remove(notice)
    if standing.may_return and standing.stretch is None and walk.ended is None:
        standing.stretch = Stretch(walk.today, "again", "again")
        standing.may_return = False


def _suspend(walk: Walk, deed: Deed, person: str, standing: Standing) -> None:
    for notice in _pending(walk, deed, person, standing):
        # 6.6 (a) as a revocation; (b) the notice takes effect, and may still be revoked
        if walk.world.choose(("suspend-denunciation", deed.id), 2) == 0:
            standing.notices.remove(notice)
        else:
            notice.suspended = True


def _expel(walk: Walk, deed: Deed) -> None:
    # 6.7 by an organ or the depositary
    if walk.people.kind(deed.actor) == "organ" or deed.actor in walk.agreement.depositary:
        for person, standing in walk.standings.items():
            if walk.same(person, deed.counterparty):
                _exit(walk, person, standing)


def _object_renewal(walk: Walk, deed: Deed, standing: Standing) -> None:
    # 7.1 ends the party's stretch at the end of the running term, or of the next
    duration = walk.clause(Duration)
    if standing.bound and duration is not None and duration.term:
        standing.notices.append(Notice(deed, add(walk.today, duration.notice), True))


def _renew(walk: Walk, deed: Deed, standing: Standing) -> None:
    # 7.2 accepters: their last such act by the end of the first term counts (for "all": see _prolong)
    duration = walk.clause(Duration)
    if duration is not None and duration.prolonged_by == "accepters" and not walk.term_over:
        standing.prolonged = True
        standing.prolonged_until = parse_day(deed.details["until"]) if "until" in deed.details else None


# -- what today's acts bring about today ------------------------------------------------------------------------------


def due_today(walk: Walk) -> None:
    """Ends that hang on who is bound today."""
    if walk.ended is not None:
        return
    parties = walk.parties_now()
    duration = walk.clause(Duration)
    # 7.4 each party bound has done one
    if parties and all(walk.standings[person].terminates for person in parties):
        _end(walk)
    # 7.6 every party of the earlier agreement is bound by the later one
    for later in superseders(walk.agreement.id, walk.world.view):
        whole = any(isinstance(c, Supersedes) and c.agreement == walk.agreement.id and c.between == "all" for c in later.clauses)
        if whole and parties and parties <= walk.other(later.id).parties(walk.today):
            _end(walk)
    if walk.entry is None or walk.today <= walk.entry:
        return
    # 7.3 while
    if duration is not None and duration.while_ is not None and not holds(duration.while_, walk, None):
        _end(walk)
    # 7.7 minimum parties, organisations not counted (3.8)
    least = walk.clause(MinimumParties)
    if least is not None and len({walk.people.one(person) for person in parties if not walk.people.organisation(person)}) < least.number:
        _end(walk)
