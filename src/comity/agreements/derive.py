"""From one agreement's acts to its course, in one world: the rules in the order in which the law asks them.

1. entry into force   2. each person's stretches   3. what ends a party's part from outside   4. the end of the agreement
5. provisional application   6. suspension   7. the stages of every party

Source: how-standing-is-derived.md, sections 3 to 8; VCLT parts II to V.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from comity.agreements.claims import Claim, claims_about_parties, register_claims
from comity.agreements.clauses import ProvisionalApplication
from comity.agreements.course import CONTRACTING, FORMER, NONE, PARTY, PROVISIONAL, SIGNATORY, SUSPENDED, Cause, Course, Stage, Stretch
from comity.agreements.days import BEGIN, EVER, Day, Days, clip, contains, enough, symmetric_difference, union
from comity.agreements.docket import Docket
from comity.agreements.ends import agreement_end, parts_may_end, party_ends
from comity.agreements.entry import Entries, iso
from comity.agreements.joining import accepted_days
from comity.agreements.provisional import provisional_application
from comity.agreements.reservations import note_reservations
from comity.agreements.rounds import Found
from comity.agreements.stretches import Walk, Walker
from comity.agreements.suspension import suspensions
from comity.terms import Finding


def derive(docket: Docket, start: Found | None = None) -> Course:
    """The course of ``docket``'s agreement.

    Where a condition asks who is bound, or each party has an entry into force of its own, what one round finds is what the
    next one starts from: days only hang on earlier days, so that the rounds come to rest, wherever they begin. ``start``: where
    the rounds of a world much like this one came to rest; close by, fewer are needed.
    """
    found: list[Finding] = list(docket.world.findings)
    claims, heard = list[Claim](), False
    docket.begin(start or Found())
    rounds = itertools.count(1)
    while True:
        docket.world.findings[:] = found
        parts = _parts(docket, claims)
        if docket.last_round.agrees_with(parts.found):
            claims = [] if heard else claims_about_parties(docket, parts.course)
            if not claims:
                return _completed(docket, parts)
            heard = True
        now, before = parts.found, docket.last_round.found
        docket.begin(now if next(rounds) <= PATIENCE else now._replace(bound=_known_so_far(before.bound, now.bound)))


PATIENCE = 20
"""Rounds after which days that move on by one in each are taken to move on for ever, until a later round finds otherwise."""


def _known_so_far(assumed: Mapping[str, Days], found: Mapping[str, Days]) -> dict[str, Days]:
    """Who is bound when: as found up to the first day on which that is not what was assumed, and as on that day ever after."""
    differ = [symmetric_difference(assumed.get(code, []), found.get(code, [])) for code in assumed.keys() | found.keys()]
    first = min((days[0][0] for days in differ if days), default=EVER)
    return {code: union(clip(days, BEGIN, first), [(first, EVER)] if contains(days, first) else []) for code, days in found.items()}


class _Parts(NamedTuple):
    """What one round finds: everyone's part in the agreement, on a course without stages yet, and what the next round may ask."""

    course: Course
    persons: list[tuple[str, Walk, Day, Day]]
    bound: Mapping[str, Days]
    found: Found


def _parts(docket: Docket, claims: Sequence[Claim]) -> _Parts:
    agreement, world = docket.agreement, docket.world
    entries = Entries(docket)
    entry = entries.of(None)
    course = Course(agreement, world, entry.threshold, entry.day, entry.cause)
    walker = Walker(docket, entries, docket.last_round.base if entries.waivable else entry.day, claims)
    # 2. stretches
    persons = _persons(docket, walker, _codes(docket))
    stretches: dict[str, list[Stretch]] = {}
    for code, walk, start, end in persons:
        stretches.setdefault(code, []).extend(_clipped(walk, start, end))
    # 3. ends from outside
    docket.note_bound(_bound(stretches))
    first = min((s.start for found in stretches.values() for s in found if s.binds), default=None)
    course.base = base = first if entries.waivable else entry.day
    for code in sorted(stretches):
        if parts_may_end(docket):
            stretches[code] = [_end_from_outside(docket, code, stretch, base) for stretch in stretches[code]]
        stretches[code] = [s for s in stretches[code] if s.consented < s.end]
    bound = _bound(stretches)
    docket.note_bound(bound)
    # 4. the end of the agreement
    derived = agreement_end(docket, bound, base)
    by_notice = [(found.day, found.cause) for walk in walker.walks() for found in walk.agreement_ends]
    finish = min([derived, *by_notice] if derived is not None else by_notice, key=lambda end: end[0], default=None)
    if finish is not None:
        course.ended, course.end_cause = finish
        _after_the_end(docket, stretches, finish[0])
        stretches = {code: _cut(found, finish[0], finish[1]) for code, found in stretches.items()}
        bound = _bound(stretches)
        docket.note_bound(bound)
    course.stretches = stretches
    held = _held(stretches, bound) if walker.successions else {}
    accepted = accepted_days(stretches.values()) if agreement.amends else ()
    return _Parts(course, persons, bound, Found(bound, base, held, accepted, frozenset(walker.signature_passed)))


def _completed(docket: Docket, parts: _Parts) -> Course:
    """The course with what depends on who is bound: provisional application, suspension, and every party's stages."""
    course, bound, stretches = parts.course, parts.bound, parts.course.stretches
    provisional: dict[str, list[tuple[Day, Day, Cause]]] = {}
    if docket.clause(ProvisionalApplication) is not None or docket.of_kind("apply-provisionally"):
        provisional = provisional_application(docket, stretches, bound, course.ended)
    if docket.of_kind("suspend"):
        course.suspensions = tuple(suspensions(docket, bound))
    course.in_force = enough([(days, days) for days in bound.values()], 2)
    course.bound = {code: days for code, found in stretches.items() if (days := union(*(bound_days(s, course.in_force) for s in found)))}
    for code, walk, start, end in parts.persons:
        before = _before(walk, code, stretches)
        applied = sorted((p for link in walk.line if link.start <= start for p in provisional.get(link.code, ())), key=lambda p: p[0])
        stages = _stages(course, walk, docket, code, (start, end), stretches[code], applied, before)
        if stages or docket.by(code):
            course.stages.setdefault(code, []).extend(stages)
        course.lines[code] = walk.line
    for code in docket.named.difference(course.lines):
        course.lines[code] = docket.line_of(code)
    register_claims(docket, course)
    note_reservations(docket, course)
    return course


def _held(stretches: Mapping[str, list[Stretch]], bound: Mapping[str, Days]) -> dict[str, tuple[Days, Days]]:
    """On which days each code had consented, and been bound."""
    return {code: (union(*(clip([(s.consented, s.end)], s.since, EVER) for s in found)), bound[code]) for code, found in stretches.items()}


def _joiners(docket: Docket) -> set[str]:
    """Who may be bound without an act of their own: late joiners of the amended agreement (40(5)), and those a claim names."""
    base = docket.outside.course(docket.agreement.amends) if docket.agreement.amends else None
    claimed = {d.act.details["party"] for d in docket.of_kind("assert") if "party" in d.act.details}
    return claimed | (set(base.stretches) if base is not None else set())


def _persons(docket: Docket, walker: Walker, codes: set[str]) -> list[tuple[str, Walk, Day, Day]]:
    """Each code with the walk of its line and the days on which it bears the person; before that, with its own walk."""
    result: list[tuple[str, Walk, Day, Day]] = []
    for code in sorted(codes):
        line = docket.line_of(code)
        link = next(link for link in line if link.code == code)
        if link is not line[0]:
            result.append((code, walker.walk(docket.line_of(code, continuous=False)), BEGIN, link.start))
        result.append((code, walker.walk(line), link.start, link.end))
    return result


def _codes(docket: Docket) -> set[str]:
    """Everyone who acted or may be bound all the same, under every code that the person bears."""
    codes = _joiners(docket) | {d.actor for d in docket.deeds if d.kind not in ("assert", "receive", "circulate", "register")}
    for code in list(codes):
        codes.update(link.code for link in docket.line_of(code))
    return codes


def _clipped(walk: Walk, start: Day, end: Day) -> list[Stretch]:
    """The stretches of a line as one of its codes bears them."""
    if start == BEGIN and end == EVER:
        return [s for s in walk.stretches if max(s.consented, s.since) < s.end]
    pieces = [
        s._replace(
            since=max(s.since, start),
            end=min(s.end, end),
            ended=s.ended if s.end <= end else Cause("continuity", days=(end,)),
            besides=_told_besides(s, start),
        )
        for s in walk.stretches
    ]
    return [piece for piece in pieces if max(piece.consented, piece.since) < piece.end]


def _told_besides(stretch: Stretch, start: Day) -> tuple[Cause, ...]:
    """What happened on the way, and that the person went on under this code."""
    return stretch.besides if start == BEGIN else (*stretch.besides, Cause("continuity", days=(start,)))


def _bound(stretches: dict[str, list[Stretch]]) -> dict[str, Days]:
    return {code: union(*(s.binds for s in found)) for code, found in stretches.items()}


def _end_from_outside(docket: Docket, code: str, stretch: Stretch, base: Day | None) -> Stretch:
    codes = [link.code for link in docket.line_of(code)]
    ends = party_ends(docket, stretch.consented_as(codes, code), stretch.consented, base)
    end, cause = min(ends, key=lambda e: e[0], default=(EVER, None))
    return _ended(stretch, end, cause)


def _cut(stretches: list[Stretch], end: Day, cause: Cause) -> list[Stretch]:
    return [_ended(s, end, cause) for s in stretches if s.consented < end]


def _ended(stretch: Stretch, end: Day, cause: Cause | None) -> Stretch:
    """The stretch, ended by that day (on which the person may also go on under another code)."""
    passed_on = stretch.ended is not None and stretch.ended.rule == "continuity"
    return stretch._replace(end=end, ended=cause) if stretch.end > end or (stretch.end == end < EVER and passed_on) else stretch


def _after_the_end(docket: Docket, stretches: dict[str, list[Stretch]], end: Day) -> None:
    for code, found in stretches.items():
        for stretch in found:
            if min([stretch.consented, *stretch.opened.days]) >= end:
                where = stretch.opened.deeds[0].ref if stretch.opened.deeds else code
                docket.world.find("after-the-end", f"{code} consented after the agreement had ended: no effect", where, docket.agreement.id)


# -- 7. stages

Layer = tuple[Day, Day, str, tuple[Cause, ...], Cause | None]
"""From when to when which mode, why, and what ended it; of several layers the first that holds a day gives its mode."""


def _stages(
    course: Course,
    walk: Walk,
    docket: Docket,
    code: str,
    born: tuple[Day, Day],
    stretches: list[Stretch],
    provisional: list[tuple[Day, Day, Cause]],
    before: Cause | None,
) -> list[Stage]:
    """The standing of ``code`` on every day it bore that code, by precedence of the modes."""
    start, end = born
    suspended: list[Layer] = []
    party: list[Layer] = []
    contracting: list[Layer] = []
    former: list[Layer] = []
    taken_back: list[Layer] = []  # a consent taken back, or ended, before it bound
    codes = {link.code for link in walk.line if link.start <= start}
    dormant = [(found.start, found.end_for(None, None), found.cause) for found in course.suspensions if found.deed.actor in codes and found.of_all]
    for since, until, cause in (*dormant, *walk.dormant):
        suspended += [(s, e, SUSPENDED, (cause,), None) for st in stretches for s, e in clip(bound_days(st, course.in_force), since, until)]
    for st in stretches:
        binds, spans = st.binds, bound_days(st, course.in_force)
        for since, until in spans:
            party.append((since, until, PARTY, (st.started, st.opened, *st.besides), _told_end(st, until)))
        contracting.append((max(st.consented, st.since), min(st.start, st.end), CONTRACTING, (st.opened,), _told_lapse(st)))
        if spans != binds:
            former += [(until, st.end, FORMER, (_alone(until),), None) for _, until in spans]
            former += [(since, until, FORMER, (_alone(since),), None) for since, until in binds]
        if st.ended is not None:
            if binds:
                former.append((st.end, EVER, FORMER, (st.ended,), None))
            if not spans:
                taken_back.append((st.end, EVER, NONE, (st.ended,), None))
    if before is not None:
        former.append((start, end, FORMER, (before,), None))
    applied: list[Layer] = [(s, e, PROVISIONAL, (cause,), None) for s, e, cause in reversed(provisional)]
    signed = [layer for s, e in walk.signed_as[code] for layer in _told_signature(docket, walk, taken_back, s, e)]
    return _flatten([*suspended, *party, *applied, *contracting, *former, *signed, *taken_back], start, end)


def _told_end(stretch: Stretch, until: Day) -> Cause | None:
    """What ended the days on which a stretch bound: what ended the stretch itself, or that nobody else was bound."""
    return stretch.ended if until == stretch.end else _alone(until)


def _told_lapse(stretch: Stretch) -> Cause | None:
    """What ended the stretch before it could bind."""
    return stretch.ended if stretch.end < stretch.start else None


def _told_signature(docket: Docket, walk: Walk, taken_back: list[Layer], start: Day, end: Day) -> list[Layer]:
    """The days of a signature, with what became of the consent since."""
    signed = next((d for link in walk.line for d in docket.by(link.code) if d.kind == "sign" and d.made == start), None)
    cause = Cause("signature", None, (signed,) if signed else (), (start,))
    since: list[Layer] = [
        (max(start, day), end, SIGNATORY, (cause, *ended), None) for day, _, _, ended, _ in reversed(taken_back) if start <= day < end
    ]
    return [*since, (start, end, SIGNATORY, (cause,), None)]


def bound_days(stretch: Stretch, in_force: Days) -> Days:
    """The days of a stretch on which it binds: those in force with another, and those before any such day (section 8).

    A day in force under an earlier code of the person is one, too.
    """
    binds, together = stretch.binds, clip(in_force, stretch.start, stretch.end)
    if not together or together == binds:
        return binds
    (first, _), *_ = together
    return union(*(clip(binds, start, end) for start, end in [(BEGIN, first), *together]))


def _before(walk: Walk, code: str, stretches: dict[str, list[Stretch]]) -> Cause | None:
    """What ended the part of this person when it still bore an earlier code, if it was bound then."""
    codes = [link.code for link in walk.line]
    earlier = [s.ended for other in codes[: codes.index(code)] for s in stretches.get(other, ()) if s.binds]
    ended = [cause for cause in earlier if cause is not None and cause.rule != "continuity"]
    return ended[-1] if ended else None


def _alone(day: Day) -> Cause:
    """Nobody else is bound any more (or yet): the agreement binds it to no one."""
    return Cause("in-force", days=(day,), says=f"from {iso(day)} no other party is bound: the agreement is not in force")


def _flatten(layers: list[Layer], start: Day, end: Day) -> list[Stage]:
    points = sorted({p for s, e, *_ in layers for p in (max(s, start), min(e, end)) if start <= p <= end})
    stages: list[Stage] = []
    for s, e in itertools.pairwise(points):
        top = next((layer for layer in layers if layer[0] <= s < layer[1]), None)
        if top is None:
            stages.append(Stage(s, e, NONE, ()))
        elif stages and (stages[-1].mode, stages[-1].why) == top[2:4]:
            stages[-1] = stages[-1]._replace(end=e)
        else:
            stages.append(Stage(s, e, top[2], top[3], top[4]))
    return stages
