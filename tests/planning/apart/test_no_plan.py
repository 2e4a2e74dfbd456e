"""Where there is no plan the conflict is told in words: no demand too many, and what would do, each found by solving again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from comity.planning.explaining import conflicting, demands_of
from comity.planning.options import Options
from comity.planning.whole import is_possible
from comity.programmes import Budget, Cover, Exercise, Lock, Order, Pool, Problem, Slots, Unit, Way
from tests.planning.apart.test_best_plans import best_of, small_problem

UNITS = (Unit(id="EST 1", nation="EST"), Unit(id="LVA 1", nation="LVA"))


def _exercise(name: str, starts: tuple[int, ...] = (0, 1, 2, 3), **other: Any) -> Exercise:
    way = Way(id="EST", host="EST", starts=starts, cost=10, uses=(("range", 1),))
    plain = Exercise(id=name, length=2, ways=(way,), open_to=(("EST 1", 5), ("LVA 1", 5)), least=2, most=2, required=True)
    return replace(plain, **other)


def _problem(**other: Any) -> Problem:
    plain = Problem(
        slots=6, units=UNITS, exercises=(_exercise("Storm"), _exercise("Flood")), pools=(Pool(id="range", most=1),),
        cover=(Cover(nation="LVA", host="EST", during=Slots(0, 6)),),
    )  # fmt: skip
    return replace(plain, **other)


def _told(problem: Problem) -> tuple[set[str], list[str]]:
    found = conflicting(problem)
    assert found is not None
    assert found.sure
    return {demand.says for demand in found.demands}, [str(relief) for relief in found.reliefs]


def test_a_problem_that_has_a_plan_has_no_conflict() -> None:
    assert conflicting(_problem()) is None


def test_a_budget_that_is_too_small_is_told_with_what_is_lacking() -> None:
    """10 for the host and 5 for its unit, twice; that EST takes part in either one is too much already."""
    demands, reliefs = _told(_problem(budgets=(Budget(nation="EST", during=Slots(0, 6), most=22),)))
    hold = {"Storm must be held", "Flood must be held", "EST spends 22 or less from slot 0 to 6"}
    assert demands in (hold | {"2 or more take part in Storm"}, hold | {"2 or more take part in Flood"})
    assert reliefs[0] == "EST spends 22 or less from slot 0 to 6: with 8 more there is a plan"
    assert "without this there is a plan: Storm must be held" in reliefs


def test_a_legal_basis_that_ends_too_soon_is_told() -> None:
    demands, reliefs = _told(_problem(cover=(Cover(nation="LVA", host="EST", during=Slots(0, 3)),)))
    assert "whoever trains in EST needs a legal basis there" in demands
    assert "without this there is a plan: whoever trains in EST needs a legal basis there" in reliefs


def test_decisions_that_cannot_be_kept_together_are_told() -> None:
    demands, _ = _told(_problem(locks=(Lock(exercise="Storm", start=1), Lock(exercise="Flood", start=2)), pools=(Pool(id="range", most=2),)))
    assert demands >= {"what was decided about Storm", "what was decided about Flood"}
    assert demands <= {"what was decided about Storm", "what was decided about Flood", "EST 1 is in 1 at once", "LVA 1 is in 1 at once",
                       "2 or more take part in Storm", "2 or more take part in Flood"}  # fmt: skip


def test_an_order_that_leaves_no_time_is_told() -> None:
    orders = (Order(first="Storm", then="Flood"), Order(first="Flood", then="Storm"))
    demands, _ = _told(_problem(orders=orders))
    assert demands == {
        "Storm must be held",
        "Flood must be held",
        "Flood begins 0 slots or more after Storm",
        "Storm begins 0 slots or more after Flood",
    }


def test_a_conflict_is_one_and_has_no_demand_too_many() -> None:
    """On made problems that are broken until no plan is left: with these demands alone there is none, and with any one of them dropped there is."""
    seen = 0
    for seed in range(40):
        problem = replace(small_problem(seed), exercises=tuple(replace(one, required=True) for one in small_problem(seed).exercises))
        found = conflicting(problem)
        assert (found is None) == (best_of(problem) is not None)
        if found is not None:
            seen += 1
            others = [demand for demand in demands_of(problem) if demand.says not in {one.says for one in found.demands}]
            alone = problem
            for demand in others:
                alone = demand.without(alone)
            assert is_possible(Options(alone), 5) is False
            for demand in found.demands:
                assert is_possible(Options(demand.without(alone)), 5) is True
            for relief in found.reliefs:
                assert best_of(relief.demand.without(problem)) is not None
    assert seen >= 5
