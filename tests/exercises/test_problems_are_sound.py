"""A problem that contradicts itself, or names what is not there, is told in words before anything is planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.programmes import Budget, Cover, Exercise, Lock, Order, Pool, Problem, Slots, Target, Unit, Way, remarks, unsound
from tests.exercises.made import made

EST, LVA = Unit(id="EST 1", nation="EST"), Unit(id="LVA 1", nation="LVA")
WAY = Way(id="EST", host="EST", starts=(0, 4))
STORM = Exercise(id="Storm", length=2, ways=(WAY,), capabilities=frozenset(["cyber"]), open_to=(("EST 1", 1), ("LVA 1", 2)), most=2)
SOUND = Problem(slots=8, units=(EST, LVA), exercises=(STORM,), cover=(Cover(nation="LVA", host="EST", during=Slots(0, 8)),))


def _with(exercise: Exercise) -> Problem:
    return replace(SOUND, exercises=(exercise,))


WRONG = {
    "no exercise is given; add an [[exercise]]": replace(SOUND, exercises=()),
    "there are 0 slots; give 1 or more": replace(SOUND, slots=0),
    "exercise 'Storm' has no way to be held; add an [[exercise.way]] with a host and starts": _with(replace(STORM, ways=())),
    "exercise 'Storm', way 'EST': no start is given; say in which slots it may begin": _with(replace(STORM, ways=(replace(WAY, starts=()),))),
    "exercise 'Storm' stands 2 times; give each a name of its own": replace(SOUND, exercises=(STORM, STORM)),
    "unit 'EST 1' stands 2 times, of EST and LVA; give each unit a name of its own": replace(SOUND, units=(EST, replace(EST, nation="LVA"), LVA)),
    "exercise 'Storm' has 2 ways 'EST'; give each a name of its own": _with(replace(STORM, ways=(WAY, WAY))),
    "exercise 'Storm' is open to 'EST 1' 2 times; once is enough": _with(replace(STORM, open_to=(*STORM.open_to, ("EST 1", 3)))),
    "exercise 'Storm', way 'EST': its cost is -5; it cannot be less than 0": _with(replace(STORM, ways=(replace(WAY, cost=-5),))),
    "exercise 'Storm', the cost of 'EST 1' is -1; it cannot be less than 0": _with(replace(STORM, open_to=(("EST 1", -1), ("LVA 1", 2)))),
    "unit 'EST 1' can be in 0 exercises at once; give 1 or more": replace(SOUND, units=(replace(EST, at_once=0), LVA)),
    "exercise 'Storm' is open to the unit 'LTU 1', which is not given; there are: EST 1, LVA 1": _with(replace(STORM, open_to=(("LTU 1", 1),))),
    "exercise 'Storm', way 'EST' uses the pool 'range', which is not given; there are: none": _with(
        replace(STORM, ways=(replace(WAY, uses=(("range", 1),)),))
    ),
    "an order puts 'Storm' after itself; name two exercises": replace(SOUND, orders=(Order(first="Storm", then="Storm"),)),
    "a budget names the nation 'LTU', which is not given; there are: EST, LVA": replace(
        SOUND, budgets=(Budget(nation="LTU", during=Slots(0, 8), most=5),)
    ),
    "a target for 'cyber' names EST twice; name two nations": replace(
        SOUND, targets=(Target(nations=("EST", "EST"), capability="cyber", during=Slots(0, 8), weight=1),)
    ),
    "pool 'range' is closed from slot 4 to 4: it ends before it has begun; put the later one last": replace(
        SOUND, pools=(Pool(id="range", most=1, closed=(Slots(4, 4),)),)
    ),
    "exercise 'Storm': at least 3 and at most 2 take part; no number is both": _with(replace(STORM, least=3)),
    "exercise 'Storm': at least 3 take part, and it is open to 2": _with(replace(STORM, least=3, most=3)),
    "exercise 'Storm': its roles need 3 units, and at most 2 take part": _with(replace(STORM, roles=(("pilot", 3),))),
    "exercise 'Storm': the role 'pilot' needs 1, and 0 of the units that it is open to can fill it": _with(replace(STORM, roles=(("pilot", 1),))),
    "exercise 'Storm' must be held, and none of its starts leaves room for it from slot 5 to 8": replace(
        _with(replace(STORM, required=True)), notice=5
    ),
    "exercise 'Storm' was decided to be held, and to be left out; keep one decision": replace(
        SOUND, locks=(Lock(exercise="Storm"), Lock(exercise="Storm", held=False))
    ),
    "exercise 'Storm' must be held, and was decided to be left out; keep one of the two": replace(
        _with(replace(STORM, required=True)), locks=(Lock(exercise="Storm", held=False),)
    ),
    "exercise 'Storm' was decided to be held by 'LVA', which is none of its ways": replace(SOUND, locks=(Lock(exercise="Storm", way="LVA"),)),
    "exercise 'Storm' was decided with 'EST 1' and without; keep one decision": replace(
        SOUND, locks=(Lock(exercise="Storm", with_=("EST 1",), without=("EST 1",)),)
    ),
}


@pytest.mark.parametrize("says", WRONG)
def test_what_contradicts_itself_is_told(says: str) -> None:
    assert says in unsound(WRONG[says])


def test_a_sound_problem_has_nothing_to_be_put_right() -> None:
    assert unsound(SOUND) == remarks(SOUND) == ()
    for seed in range(200):
        assert unsound(made(seed)[0]) == (), seed


def test_a_host_in_which_nobody_has_a_legal_basis_is_told() -> None:
    assert remarks(replace(SOUND, cover=())) == (
        "exercise 'Storm', way 'EST': nobody has a legal basis to train in EST, so only its own units can take part",
    )
    assert remarks(replace(SOUND, cover=None))[0].startswith("no legal cover is given")
    assert unsound(replace(SOUND, cover=())) == ()


def test_targets_that_nothing_can_meet_are_told() -> None:
    target = Target(nations=("EST", "LVA"), capability="mine clearance", during=Slots(9, 12), weight=1)
    assert remarks(replace(SOUND, targets=(target,))) == (
        "no exercise trains 'mine clearance': its targets are missed whatever is planned",
        "1 targets lie outside the time that is planned: they are missed whatever is planned",
    )
