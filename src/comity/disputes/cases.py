"""Every dispute on a day, as known on a day, for a viewer: where it stands, what is open to whom, what is late, and why.

Source: how-disputes-are-followed.md, sections 4 to 8.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from comity.disputes.concerning import Chains, Matter
from comity.disputes.following import in_turn, next_course
from comity.disputes.grounds import Ground, Grounds
from comity.disputes.reasons import FINDINGS, reasons_of
from comity.disputes.ripening import answer_due, awaited, is_late, time_ends, to_begin
from comity.disputes.stages import DISPUTE_KINDS, Dispute, DisputeState, MeansState, Place, StepStanding
from comity.disputes.turns import Course, Turn
from comity.procedures import KeptAct, agreed, kept_acts
from comity.standing import Standing
from comity.terms import Finding, Verdict, all_of

Ways = tuple[tuple[Course, ...], tuple[Course, ...]]
"""Where it can stand: all acts on their first days, and all on their last; in each the reading in which every act has effect comes first."""


def disputes_of(standing: Standing) -> list[Dispute]:
    """Every dispute that is there on the day, by reference."""
    matters = Chains(standing, kept_acts(standing, DISPUTE_KINDS)).matters()
    found = (dispute_of(standing, matter) for matter in matters)
    return sorted((one for one in found if one is not None), key=lambda one: (one.raised.ref, one.raised.hash))


def dispute_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acts that only disputes have, and that lead to none."""
    strays = Chains(standing, kept_acts(standing, DISPUTE_KINDS)).strays()
    return tuple(_finding("dispute-stray", one) for one in strays)


def dispute_of(standing: Standing, matter: Matter) -> Dispute | None:
    """One dispute on the day; None: it is not there in any reading."""
    first, odd = _with_all(matter, standing.on)
    ways = (_courses(matter, standing.on, False), _courses(matter, standing.on, True))
    states = [{course.state for course in way} for way in ways]
    there = [state for state in DisputeState if any(state in way for way in states)]
    if not there:
        return None
    grounds = Grounds(standing, matter.agreement.id, matter.sides)
    of_article: dict[str, Ground] = {}
    for place in matter.places:
        if place.step.article not in of_article:
            of_article[place.step.article] = grounds.of(place.step.article)
    return Dispute(
        raised=matter.root.act,
        agreement=matter.agreement.id,
        sides=matter.sides,
        since=matter.root.first,
        verdict=agreed(states),
        states=tuple(there),
        absent=any(None in way for way in states),
        steps=tuple(_step(matter, first, ways, number, of_article[place.step.article], standing.on) for number, place in enumerate(matter.places)),
        acts=tuple(act.act for day, act in in_turn(matter.acts, False) if day <= standing.on),
        agreed=tuple(side for side in matter.sides if side in first.agreed),
        findings=tuple(odd),
        about=_about(standing, matter),
    )


def _with_all(matter: Matter, on: date) -> tuple[Course, list[Finding]]:
    """The dispute with every act having effect on its first day, and what of them is odd."""
    course, found = _start(matter), list[Finding]()
    for day, act in in_turn(matter.acts, False):
        if day <= on:
            course, codes = next_course(matter, course, act, day)
            found += [_finding(code, act, matter.agreement.id) for code in codes]
    return course, found


def _start(matter: Matter) -> Course:
    return Course((Turn(),) * len(matter.places))


def _courses(matter: Matter, on: date, last: bool) -> tuple[Course, ...]:
    """Where it can stand after its acts up to the day; one in doubt leads on in one reading, and not in the other."""
    found: dict[Course, None] = {_start(matter): None}
    for day, act in in_turn(matter.acts, last):
        if day <= on:
            led = dict.fromkeys(next_course(matter, course, act, day)[0] for course in found)
            found = {**led, **found} if act.doubtful else led
    return tuple(found)


def _step(matter: Matter, first: Course, ways: Ways, number: int, ground: Ground, on: date) -> StepStanding:
    place, turn = matter.places[number], first.steps[number]
    states = [{course.steps[number].state for course in way} for way in ways]
    opening = to_begin(matter, first, number, on)
    ripe = _same(ways, lambda course: to_begin(matter, course, number, on).verdict)
    late = _same(ways, lambda course: is_late(matter, course, number, on))
    return StepStanding(
        place=place,
        verdict=agreed(states),
        states=(turn.state, *(state for state in MeansState if state is not turn.state and any(state in way for way in states))),
        since=turn.since,
        asked=turn.asked,
        by=turn.by,
        due=answer_due(matter, first, number),
        late=late,
        ends=time_ends(matter, first, number),
        waiting=awaited(matter, first, number),
        ripe=ripe,
        opens=opening.since,
        law=ground.verdict,
        open=all_of([ripe, ground.verdict]),
        who=who_begins(place, matter.sides),
        because=(*reasons_of(place, opening, ripe), *ground.because),
    )


def who_begins(place: Place, sides: Sequence[str]) -> tuple[str, ...]:
    """Who may begin a step: each side, all together (joined by +), or the organ."""
    if place.step.begun_by == "organ":
        return (place.step.body or "the organ",)
    return ("+".join(sides),) if place.step.begun_by == "both" else tuple(sides)


def _same(ways: Ways, value: Callable[[Course], Verdict]) -> Verdict:
    """What all readings say; else contested or unknown."""
    said = [{value(course) for course in way} for way in ways]
    together = agreed(said)
    return next(iter(said[0])) if together is Verdict.YES else together


def _about(standing: Standing, matter: Matter) -> str | None:
    """The report, protest or call to which the act that raised it replies."""
    said = {one.act.hash: one.act.ref for one in kept_acts(standing, ("report-incident", "protest", "contact-hotline"))}
    return said.get(matter.root.act.replies_to or "")


def _finding(code: str, act: KeptAct, agreement: str | None = None) -> Finding:
    return Finding(code, FINDINGS[code], act.act.ref, agreement or act.act.agreement, "how-disputes-are-followed.md, 2 to 4")
