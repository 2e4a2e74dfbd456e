"""What is next at home, whose it is, and what may delay it, in words.

Source: how-domestic-procedure-is-followed.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.domestic.courses import HomeState
from comity.domestic.procedures_of_states import HomeObjection, HomeProcedure
from comity.domestic.statuses import HomeStatus

_FOLLOWS = {
    "statement": "then a statement of reasons has to be made",
    "statement-and-scrutiny": "then a statement of reasons has to be made and another scrutiny runs",
    "express-approval": "then express approval is needed",
    "bars": "then it is barred",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is next in a state that it can be in, whose it is, and what may delay it, each with its article."""

    state: HomeState
    what: str
    whose: tuple[str, ...]
    may_delay: tuple[str, ...]


def next_steps(status: HomeStatus) -> list[NextStep]:
    """What is next, in each state that it can be in."""
    return [_step(status, state) for state in status.states]


def _step(status: HomeStatus, state: HomeState) -> NextStep:
    procedure = status.procedure
    match state:
        case HomeState.NOT_LAID:
            return NextStep(state, procedure.beginning, (procedure.who,), ())
        case HomeState.RUNNING:
            houses = tuple(procedure.houses[one.house] for one in procedure.objections)
            return NextStep(state, "wait until the last day of the scrutiny has passed", houses, tuple(_delays(status)))
        case HomeState.OBJECTED:
            again = any(one.follows == "statement-and-scrutiny" and one.house in status.objected for one in procedure.objections)
            after = ("another scrutiny follows",) if again else ()
            return NextStep(state, "state why the state should be bound nevertheless, or leave it", (procedure.who,), after)
        case HomeState.AWAITING:
            lacking = [one for one in procedure.approvals if one.house in status.lacking]
            shares = tuple(f"{procedure.houses[one.house]}: {one.says} ({one.article})" for one in lacking if one.share is not None)
            return NextStep(state, "approve", tuple(procedure.houses[one.house] for one in lacking), shares)
        case HomeState.REFUSED:
            return NextStep(state, "lay it again, or leave it", (procedure.who,), ("all of the procedure begins anew",))
        case _ if status.consents:
            return NextStep(state, f"nothing: consent is on record ({status.consents[-1].ref})", (), ())
        case _:
            return NextStep(state, "express consent to be bound", ("the government",), ())


def _delays(status: HomeStatus) -> Iterator[str]:
    procedure = status.procedure
    for one in procedure.objections:
        yield _objection(procedure, one)
    if procedure.extension is not None:
        yield f"{procedure.who} may make it longer by at most {procedure.extension.most} such days at a time ({procedure.extension.article})"
    if status.ends is not None and status.ends.exact is None:
        yield "the sitting days, or the days of acts, are not all known: it ends on the earliest day told, or later"


def _objection(procedure: HomeProcedure, one: HomeObjection) -> str:
    does = "may ask for express approval" if one.follows == "express-approval" else "may resolve against it"
    return f"{procedure.houses[one.house]} {does}: {_FOLLOWS[one.follows]} ({one.article})"
