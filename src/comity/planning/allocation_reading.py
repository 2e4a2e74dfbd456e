"""From a budget's file to its problem, from a plan's file to the plan: every problem with its line, in words that say what to write.

Source: docs/reference/allocation-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.allocations import (
    AllocationPlan,
    BudgetProblem,
    Chosen,
    Initiative,
    InitiativeLevel,
    MoneyPot,
    OutcomeEffect,
    Payment,
    Place,
    Return,
    Synergy,
    TargetOutcome,
    unsound_budget,
)
from comity.book import Decoder
from comity.planning.allocation_tables import (
    AllocationFile,
    AllocationPlanFile,
    EffectTable,
    InitiativeTable,
    LevelTable,
    OutcomeTable,
    SynergyTable,
)

UNKNOWN = "unknown"
BUDGET = "budget"
"""What the pot is called that ``budget`` gives."""


@dataclass(frozen=True, slots=True)
class BudgetGiven:
    """A problem from a file, with its title and its first year by the calendar."""

    title: str
    first: int
    problem: BudgetProblem

    def year(self, number: int) -> int:
        """The calendar year of a year of the problem."""
        return self.first + number


def read_allocation(text: str, file: str) -> BudgetGiven:
    """The problem in a budget's file; BadInput with every line that has to be put right."""
    decoder = Decoder(file, text)
    written = decoder.whole(AllocationFile)
    _as_written(written, decoder)
    decoder.stop()
    problem = _problem(written)
    for wrong in unsound_budget(problem):
        decoder.problem(_place(wrong.place, bool(written.budget)), wrong.says)
    decoder.stop()
    return BudgetGiven(written.title, written.first, problem)


def allocation_of(text: str, file: str) -> tuple[str, str]:
    """The file of the problem that a plan's file is for, and what that file's hash was; blank where it does not say."""
    written = Decoder(file, text).whole(AllocationPlanFile)
    return written.problem, written.sha256


def read_allocation_plan(text: str, file: str, first: int) -> AllocationPlan:
    """The plan in a plan's file, for a problem that begins with the year ``first``."""
    written = Decoder(file, text).whole(AllocationPlanFile)
    return AllocationPlan(
        chosen=tuple(Chosen(one.initiative, one.level, one.start - first) for one in written.funded),
        paid=tuple(Payment(one.initiative, paid.pot, paid.year - first, paid.amount) for one in written.funded for paid in one.paid),
        value=written.value,
        cost=written.cost,
        bounds=written.bounds,
    )


def _place(place: Place, has_budget: bool) -> Place:
    """Where something stands in the file, in which the budget is no [[pot]]."""
    if not has_budget or place[:1] != ("pot",):
        return place
    number = place[1]
    return ("carry" if place[2:] == ("carry",) else BUDGET,) if number == 0 or isinstance(number, str) else ("pot", number - 1, *place[2:])


def _as_written(w: AllocationFile, decoder: Decoder) -> None:
    """What can only be seen as it is written."""
    if w.years < 1:
        decoder.problem(("years",), f"years is {w.years}; give 1 or more")
    if w.carry and not w.budget:
        decoder.problem(("carry",), "carry is given, and no budget; add budget = [a figure for each year]")
    for n, pot in enumerate(w.pot):
        if w.budget and pot.id == BUDGET:
            decoder.problem(("pot", n), f"a pot is called {BUDGET!r}, as the money that budget gives; give it another name")
    for n, outcome in enumerate(w.outcome):
        if w.objective == "weighted" and outcome.rank != 1:
            decoder.problem(
                ("outcome", n, "rank"),
                f"outcome {outcome.id!r} has the rank {outcome.rank}, and ranks count for nothing where outcomes are weighed against one another; "
                'write objective = "lexicographic" at the top, or leave the rank out',
            )
    for n, one in enumerate(w.initiative):
        for k, level in enumerate(one.level):
            if not level.cost:
                decoder.problem(
                    ("initiative", n, "level", k, "cost"), f"initiative {one.id!r}, level {level.name!r} has no cost; give [0] if it has none"
                )
            for j, effect in enumerate(level.effect):
                _written_figure(effect, ("initiative", n, "level", k, "effect", j), decoder)
    for n, synergy in enumerate(w.synergy):
        _written_figure(synergy, ("synergy", n), decoder)
        if len(synergy.initiatives) != 2 or len(synergy.levels) not in (0, 2):
            decoder.problem(("synergy", n), "a synergy is of two initiatives, with levels of both or of neither; name two of each")


def _written_figure(one: EffectTable | SynergyTable, place: Place, decoder: Decoder) -> None:
    if one.expected != UNKNOWN and (isinstance(one.expected, str | bool)):
        decoder.problem((*place, "expected"), f'expected is {one.expected!r}; write a whole number, or "{UNKNOWN}"')


def _problem(w: AllocationFile) -> BudgetProblem:
    general = (MoneyPot(id=BUDGET, amounts=w.budget, carry=w.carry),) if w.budget else ()
    return BudgetProblem(
        years=w.years,
        money=w.money,
        pots=(*general, *w.pot),
        resources=w.resource,
        outcomes=tuple(_outcome(one) for one in w.outcome),
        initiatives=tuple(_initiative(one, w) for one in w.initiative),
        needs=w.need,
        exclusions=w.exclusion,
        balances=w.balance,
        synergies=tuple(_synergy(one) for one in w.synergy),
    )


def _outcome(one: OutcomeTable) -> TargetOutcome:
    returns = tuple(Return(upto=step.upto, counts=step.counts) for step in one.returns)
    return TargetOutcome(id=one.id, unit=one.unit, target=one.target, weight=one.weight, rank=one.rank, returns=returns)


def _initiative(one: InitiativeTable, w: AllocationFile) -> Initiative:
    return Initiative(
        id=one.id,
        kind=one.kind,
        levels=tuple(_level(level) for level in one.level),
        partners=one.partners,
        region=one.region,
        earliest=0 if one.earliest is None else one.earliest - w.first,
        latest=w.years - 1 if one.latest is None else one.latest - w.first,
        must=one.must,
        out=one.out,
    )


def _level(one: LevelTable) -> InitiativeLevel:
    return InitiativeLevel(
        name=one.name, costs=one.cost, years=one.years, uses=tuple(one.uses.items()), effects=tuple(_effect(effect) for effect in one.effect)
    )


def _figures(one: EffectTable | SynergyTable) -> tuple[int | None, int | None, int | None]:
    """Low, expected and high; what is left out is as expected."""
    if isinstance(one.expected, str):
        return one.low, None, one.high
    return (one.expected if one.low is None else one.low, one.expected, one.expected if one.high is None else one.high)


def _effect(one: EffectTable) -> OutcomeEffect:
    low, expected, high = _figures(one)
    return OutcomeEffect(
        outcome=one.outcome, low=low, expected=expected, high=high, source=one.source, evidence=one.evidence, after=one.after, yearly=one.yearly
    )


def _synergy(one: SynergyTable) -> Synergy:
    low, expected, high = _figures(one)
    least = [level or None for level in one.levels] or [None, None]
    return Synergy(
        initiatives=_two(one.initiatives),
        levels=(least[0], least[1]),
        outcome=one.outcome,
        low=low,
        expected=expected,
        high=high,
        source=one.source,
        evidence=one.evidence,
        after=one.after,
        yearly=one.yearly,
    )


def _two(names: Iterable[str]) -> tuple[str, str]:
    first, second = names
    return first, second
