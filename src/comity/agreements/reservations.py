"""What a reservation by one side comes to for the other: pending, accepted, objected to, precluding.

Source: VCLT 19 to 23; how-standing-is-derived.md, section 9.2.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from comity.agreements.clauses import Reservations
from comity.agreements.course import Cause, Course, Stretch
from comity.agreements.days import BEGIN, EVER, Day
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.entry import iso
from comity.agreements.sides import Bar, Found, Pairs, Reserved, Side, Touched
from comity.agreements.when import after
from comity.terms import Step

_TWELVE_MONTHS = (Step(months=12),)


class Attitude(NamedTuple):
    """What the other side makes of a reservation during [start, end). ``objection``: where it objects."""

    start: Day
    end: Day
    accepted: bool
    objection: Deed | None


def reservations(pairs: Pairs, a: Side, b: Side) -> Found:
    """The provisions touched by reservations of one side, as accepted by the other or as objected to."""
    for clause, made, reserving, other in _made(pairs, a, b):
        deed = made.deed
        if not made.permitted:
            yield from _touched("reservation not permitted", deed.received, EVER, made, Cause("reservations", clause, (deed,)))
            continue
        for attitude in _attitudes(pairs, made, other, clause):
            for start, end, late in _lateness(pairs.course, deed, reserving, attitude):
                objection = attitude.objection
                if attitude.accepted:
                    yield from _touched("reservation", start, end, made, Cause("reservations", clause, (deed,), (start,)))
                elif not late and objection is not None and not objection.act.flag("precludes"):
                    yield from _touched("objection", start, end, made, Cause("reservations", clause, (deed, objection)))


def barring_reservations(pairs: Pairs, a: Side, b: Side) -> Found:
    """The days on which a reservation keeps the agreement from being in force: not yet accepted, or precluded by an objection.

    A reservation that came too late leaves relations as they are until it is accepted.
    """
    for clause, made, reserving, other in _made(pairs, a, b):
        for attitude in _attitudes(pairs, made, other, clause) if made.permitted else ():
            objection = attitude.objection
            if attitude.accepted or (objection is not None and not objection.act.flag("precludes")):
                continue
            for start, end, late in _lateness(pairs.course, made.deed, reserving, attitude):
                if not late:
                    yield Bar([(start, min(end, made.last))], _told_bar(made, clause, objection, min(end, made.last)))


def _made(pairs: Pairs, a: Side, b: Side) -> Iterator[tuple[Reservations | None, Reserved, Side, Side]]:
    """Each reservation that either side made, with the clause about reservations, its author and the other."""
    clause = pairs.docket.clause(Reservations)
    for reserving, other in ((a, b), (b, a)):
        if reserving not in pairs.reserved:
            pairs.reserved[reserving] = [_reserved(pairs, reserving, deed, clause) for deed in pairs.deeds(reserving, "reserve")]
        for made in pairs.reserved[reserving]:
            yield clause, made, reserving, other


def _reserved(pairs: Pairs, side: Side, deed: Deed, clause: Reservations | None) -> Reserved:
    withdrawn = pairs.answers(side, "withdraw-reservation", deed)
    whole = min((d.notified for d in withdrawn if not d.act.listed("articles")), default=EVER)
    ends = {article: min([whole, *(d.notified for d in withdrawn if article in d.act.listed("articles"))]) for article in deed.articles}
    answers = [d for kind in ("accept-reservation", "object") for d in pairs.docket.of_kind(kind) if d.act.replies_to == deed.act.hash]
    deadline = after(deed.notified, _TWELVE_MONTHS)
    return Reserved(deed, ends, max(ends.values()), permitted(clause, deed.articles), deadline, frozenset(d.actor for d in answers))


def _told_bar(made: Reserved, clause: Reservations | None, objection: Deed | None, until: Day) -> Cause:
    """Why the agreement is not in force between the two: acceptance is awaited, or the objection precludes it."""
    if objection is None:
        return Cause("reservation-pending", clause, (made.deed,), (until,))
    return Cause("reservations", clause, (made.deed, objection))


def _touched(how: str, start: Day, end: Day, made: Reserved, cause: Cause) -> Found:
    """The provisions of a reservation during [start, end), as far as it is not withdrawn."""
    for article, withdrawn in made.ends.items():
        yield Touched(article, how, start, min(end, withdrawn), cause)


def _attitudes(pairs: Pairs, made: Reserved, other: Side, clause: Reservations | None) -> Iterator[Attitude]:
    """What the other makes of it, from the day on which it was received."""
    deed = made.deed
    if deed.act.flag("authorised") or (clause is not None and clause.acceptance == "none"):
        yield Attitude(deed.received, EVER, True, None)
        return
    if other not in pairs.consents:
        pairs.consents[other] = _consents(pairs.course, other)
    silent = made.answered.isdisjoint(other.codes)
    express = EVER if silent else min((d.received for d in pairs.answers(other, "accept-reservation", deed)), default=EVER)
    objections = [] if silent else pairs.answers(other, "object", deed)
    for consented, start, end in pairs.consents[other]:
        first = max(start, deed.received)
        deadline = made.deadline if consented is None else max(made.deadline, consented)
        accepted = min(express, deadline)
        if not objections:
            if first < min(accepted, end):
                yield Attitude(first, min(accepted, end), False, None)
            if max(first, accepted) < end:
                yield Attitude(max(first, accepted), end, True, None)
            continue
        in_time = [d for d in objections if d.received <= deadline]
        back = {d.ref: min((w.notified for w in pairs.answers(other, "withdraw-objection", d)), default=EVER) for d in in_time}
        points = {first, express, deadline, *(d.received for d in in_time), *back.values()}
        for since, until in itertools.pairwise([*sorted(p for p in points if first <= p < end), end]):
            objected = [d for d in in_time if d.received <= since]
            standing = [d for d in objected if since < back[d.ref]]
            objection = min(standing, key=lambda d: (not d.act.flag("precludes"), d.received, d.ref), default=None)
            if express <= since or (objection is None and (objected or deadline <= since)):
                yield Attitude(since, until, True, None)
            else:
                yield Attitude(since, until, False, objection)


def _consents(course: Course, side: Side) -> list[tuple[Day | None, Day, Day]]:
    """The day of the consent that counts (None: none yet), with the days on which it is the one that does."""
    starts = [s.consented for s in course.stretches.get(side.code, ())]
    return list(zip([None, *starts], [BEGIN, *starts], [*starts, EVER], strict=True))


def _lateness(course: Course, deed: Deed, reserving: Side, attitude: Attitude) -> Iterator[tuple[Day, Day, bool]]:
    """The days of an attitude, parted by whether the reservation came when its author was already bound (19 and 23 know none such)."""
    found = course.stretches.get(reserving.code, [])
    if not found:
        yield attitude.start, attitude.end, False
    for stretch, following in itertools.zip_longest(found, found[1:]):
        start = BEGIN if stretch is found[0] else stretch.consented
        end = EVER if following is None else following.consented
        yield max(start, attitude.start), min(end, attitude.end), stretch.start < deed.received


def permitted(clause: Reservations | None, articles: tuple[str, ...]) -> bool:
    """Does the agreement permit a reservation to these articles (19)?"""
    if clause is None or clause.permitted == "any":
        return True
    if clause.permitted == "none":
        return False
    listed = [any(_within(article, known) for known in clause.articles) for article in articles]
    return all(listed) if clause.permitted == "only" else not any(listed)


def _within(article: str, known: str) -> bool:
    return article == known or article.startswith(f"{known}(")


def note_reservations(docket: Docket, course: Course) -> None:
    """Findings about reservations that the agreement does not permit, and objections that came too late."""
    clause = docket.clause(Reservations)
    for deed in docket.of_kind("reserve"):
        if not permitted(clause, deed.articles):
            says = f"the agreement does not permit a reservation to {', '.join(deed.articles)}"
            docket.world.find("reservation-not-permitted", says, deed.ref, docket.agreement.id, clause.article if clause else None)
            continue
        for objection in (d for d in docket.of_kind("object") if d.act.replies_to == deed.act.hash):
            stretches: list[Stretch] = course.stretches.get(objection.actor, [])
            deadline = max([after(deed.notified, _TWELVE_MONTHS), *(s.consented for s in stretches[:1])])
            if objection.received > deadline:
                says = f"the objection came after {iso(deadline)}, when the reservation counted as accepted (20(5))"
                docket.world.find("late-objection", says, objection.ref, docket.agreement.id, "VCLT 20(5)")
