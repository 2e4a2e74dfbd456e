"""What the slow reading says of made designs, lives and limits, kept to be asked of the fast path again and again."""

from __future__ import annotations

import functools
from datetime import date
from random import Random

from comity.acts import Act
from comity.exercises.checking import Known, check_design
from comity.exercises.constraints import Large, held_by, weigh
from comity.exercises.lives import acts_about, fold
from oracles import designs as oracle
from oracles import exercise_lives as slow
from tests.exercises.designed import Case, leap, made
from tests.exercises.designs_broken import BREAKS
from tests.exercises.lived import Told, Weighed, lived, planned, weighed

VALID, EACH, LIVES, LIMITS = 250, 24, 500, 1_500
Life = tuple[list[slow.Step], str | None, list[tuple[str, str]]]


@functools.cache
def said() -> tuple[tuple[Case, oracle.Broken], ...]:
    """Designs that keep every rule, and each rule broken in some ways, with what is broken of each."""
    cases = [made(seed) for seed in range(VALID)] + [leap(seed) for seed in range(4 * EACH)]
    for breaks in BREAKS.values():
        some = (breaks(Random(seed), made(seed)) for seed in range(VALID))
        cases += [case for case in some if case is not None][: 3 * EACH]
    return tuple((case, oracle.broken(case.design, case.process, case.parties, case.arrangements)) for case in cases)


def checker_agrees() -> bool:
    """Does the checker name the same rules in the same places?"""
    return all(
        {(flaw.rule, flaw.where) for flaw in check_design(case.design, case.process, Known(case.parties, case.arrangements))} == broken
        for case, broken in said()
    )


@functools.cache
def lives() -> tuple[tuple[Case, Told, date, Life], ...]:
    """Designs with acts about them and a day, and where each stands."""
    found = []
    for seed in range(LIVES):
        case = made(seed)
        told, on = lived(seed, case)
        steps, stage = slow.stands(case.design, case.process, told, on, case.parties)
        found.append((case, told, on, (steps, stage, slow.versions(case.design, case.process, told, on))))
    return tuple(found)


def quickly(case: Case, told: Told, on: date) -> Life:
    life = fold(case.design, case.process, acts_about(case.design, case.process, told), on, case.parties)
    steps = [(one.step.id, str(one.state), tuple(act.ref for act in one.acts)) for _, statuses in life.stages for one in statuses]
    return steps, None if life.stands is None else life.stands.id, [(act.ref, sha) for act, sha in life.versions]


def missing_agrees(case: Case, told: Told, on: date, wanted: Life) -> bool:
    """Is what the gate still asks for what the slow reading has as not done in that stage?"""
    life = fold(case.design, case.process, acts_about(case.design, case.process, told), on, case.parties)
    stage = next((one for one in case.process.stages if one.id == wanted[1]), None)
    asked = set() if stage is None else {one.id for one in stage.steps}
    return [one.step.id for one in life.missing] == [name for name, state, _ in wanted[0] if name in asked and state not in ("done", "done late")]


def lives_agree() -> bool:
    return all(quickly(case, told, on) == wanted and missing_agrees(case, told, on, wanted) for case, told, on, wanted in lives())


@functools.cache
def limits() -> tuple[tuple[Weighed, slow.Weighed], ...]:
    """Constraints with activities, and what the slow reading says of each."""
    found = []
    for seed in range(LIMITS):
        constraint, design, others = asked = weighed(seed)
        since = constraint.from_.first
        found.append((asked, slow.limit(constraint.most, constraint.years, constraint.above, since, _plain(design), [_plain(one) for one in others])))
    return tuple(found)


def _plain(one: Large) -> slow.Counted:
    return one.activity, one.starts, one.ends, one.numbers


def weighed_fast(asked: Weighed) -> slow.Weighed:
    found = weigh(*asked)
    return str(found.state), found.surely, found.possibly, found.others


@functools.cache
def activities() -> tuple[tuple[list[Act], str, list[slow.Counted]], ...]:
    """Plans of some states, and which activities the slow reading has of one."""
    asked = (planned(seed) for seed in range(LIVES))
    return tuple((acts, state, slow.activities(acts, state)) for acts, state in asked)


def limits_agree() -> bool:
    counted = all([_plain(one) for one in held_by(acts, state)] == wanted for acts, state, wanted in activities())
    return counted and all(weighed_fast(asked) == wanted for asked, wanted in limits())
