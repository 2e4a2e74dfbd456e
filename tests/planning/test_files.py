"""Programmes and plans as files: written and read again the same; what is wrong in one is told with its line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from comity.planning import Calendar, plan_text, planned_of, programme_text, read_plan, read_programme
from comity.programmes import HeldExercise, Plan, Problem, Slots
from comity.terms import BadInput
from tests.exercises.made import made

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "programme.toml").read_text(encoding="utf-8")


def _written(problem: Problem) -> str:
    return programme_text(problem, "Made", Calendar(None, "week", problem.slots))


def test_a_problem_that_is_written_is_read_again_the_same() -> None:
    for seed in range(200):
        problem, _ = made(seed)
        assert _sorted(read_programme(_written(problem), "made.toml").problem) == _sorted(problem), seed


def _sorted(problem: Problem) -> Problem:
    """Who takes part is no row, but those who do."""
    return replace(problem, before=None if problem.before is None else tuple(replace(h, units=tuple(sorted(h.units))) for h in problem.before))


def test_a_plan_that_is_written_is_read_again_the_same() -> None:
    for seed in range(200):
        problem, plan = made(seed)
        text = plan_text(Plan(held=plan.held, total=7, bound=3), Calendar(None, "week", problem.slots), "made.toml", "ab")
        again = read_plan(text, "plan.toml", Calendar(None, "week", problem.slots))
        assert planned_of(text, "plan.toml") == ("made.toml", "ab")
        assert (again.total, again.bound) == (7, 3)
        assert {(h.exercise, h.way, h.start, frozenset(h.units)) for h in again.held} == {
            (h.exercise, h.way, h.start, frozenset(h.units)) for h in plan.held
        }


def test_days_are_the_slots_that_they_lie_in() -> None:
    problem = read_programme(EXAMPLE, "programme.toml").problem
    assert problem.slots == 24
    assert next(unit for unit in problem.units if unit.id == "LVA").away == (Slots(6, 8),)
    assert problem.exercises[0].ways[0].starts == (3, 4, 5)
    assert next(cover.during for cover in problem.cover or () if (cover.nation, cover.host) == ("GBR", "LVA")) == Slots(4, 24)
    assert [target.during for target in problem.targets if target.capability == "land manoeuvre"] == [Slots(0, 12), Slots(12, 24)]


@pytest.mark.parametrize(
    ("calendar", "day", "slot"),
    [
        ("day", "2028-03-01", 60),
        ("week", "2028-01-07", 0),
        ("week", "2028-01-08", 1),
        ("month", "2028-02-29", 1),
        ("quarter", "2028-06-30", 1),
        ("quarter", "2028-07-01", 2),
        ("month", "2027-12-31", -1),
    ],
)
def test_each_calendar_counts_in_its_own_slots(calendar: str, day: str, slot: int) -> None:
    text = f'first = 2028-01-01\nslot = "{calendar}"\nslots = 400\n[[exercise]]\nid = "x"\n[[exercise.way]]\nhost = "EST"\nstarts = [{day}]'
    programme = read_programme(text, "p.toml")
    assert programme.problem.exercises[0].ways[0].starts == (slot,)
    assert str(programme.calendar.day(max(slot, 0)) or "") <= max(day, "2028-01-01")


WRONG = {
    r"p.toml: not TOML: .*line 1": "slots = = 4",
    r"p.toml:1: the file lacks 'slots'; add it": "title = 'x'",
    r"p.toml:2: the file has a stray key 'slot_s'; did you mean 'slots'\?": "slots = 4\nslot_s = 3",
    r"p.toml: no exercise is given; add an \[\[exercise\]\]": "slots = 4",
    r"p.toml: .*is the day 2028-01-01, and the file does not say on which day slot 0 begins": "slots = 4\nnotice = 2028-01-01",
    r"p.toml: the target of EST for 'x' names 1 nations; name two": "slots = 4\n[[target]]\nnations = ['EST']\ncapability = 'x'\nweight = 1",
    r"p.toml: .*every and step are numbers of slots, 1 or more": "slots = 4\n[[target]]\nnations = ['A', 'B']\ncapability = 'x'\nweight = 1\nstep=0",
    r"p.toml:3: unit 1, at_once is 'two'; it must be a whole number": "slots = 4\n[[unit]]\nat_once = 'two'\nid = 'x'",
}


@pytest.mark.parametrize("says", WRONG)
def test_what_is_wrong_is_told_with_its_line(says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_programme(WRONG[says], "p.toml")


def test_many_problems_are_told_together_and_the_rest_counted() -> None:
    units = "".join(f'[[unit]]\nid = "u"\nrest = -{n}\n' for n in range(1, 12))
    with pytest.raises(BadInput) as told:
        read_programme(f"slots = 4\n{units}", "p.toml")
    assert len(str(told.value).splitlines()) == 9
    assert re.search(r"\nand \d+ more$", str(told.value))


def test_a_plan_names_days_where_the_programme_has_a_calendar() -> None:
    programme = read_programme(EXAMPLE, "programme.toml")
    text = plan_text(Plan(held=(HeldExercise("Spring 2028", "EST", 4, (("EST", ""),)),)), programme.calendar, "programme.toml", "")
    assert "start = 4  # from 2028-05-01" in text
