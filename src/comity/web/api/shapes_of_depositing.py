"""What the API gives of the depositary's desk, field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from comity.web.api.shapes import Day, Derived, Part, told


class Waits(BaseModel):
    """One thing that waits for a depositary."""

    what: Literal[
        "not circulated", "full powers", "objections", "correction", "withdrawal", "entry into force", "not registered", "not derived",
    ] = told("Of which sort.")  # fmt: skip
    agreement: str = told("Under which agreement.")
    party: str | None = told("Whose it is; null: the agreement's own.")
    act: str | None = told("About which act, by its reference; null: about none.")
    since: Day | None = told("Since when it waits; null: since no known day.")
    due: Day | None = told("The last day, or the day on which it comes; null: none is set.")
    left: int | None = told("Days until it is due, below 0 when it is over; null: no day is set.")
    says: str = told("Why, in words.")
    article: str = told("Under which article.")
    verdict: Literal["yes", "contested", "unknown"] = told("Is it so? What is contested or not known waits all the same.")


class Desk(Part, Derived):
    """What waits for depositaries."""

    waiting: list[Waits] = told("What is over first, then what is to be done at once, then what has a day.")


class Checked(BaseModel):
    """One line of a checklist."""

    about: str = told("Which question.")
    outcome: Literal["pass", "open", "fail"] = told("In order, to be settled by a person, or not in order.")
    says: str = told("Why, in words.")
    article: str = told("Under which article.")
    acts: list[str] = told("References of the acts on which it rests.")


class Checklist(BaseModel):
    """How an instrument would come out."""

    agreement: str = told("The agreement's id.")
    by: str = told("Whose it is, by code.")
    kind: str = told("What it is.")
    on: Day = told("On which day it is received.")
    outcome: Literal["pass", "open", "fail"] = told("The worst of its lines.")
    series: str = told("In which series it is numbered.")
    number: int = told("Its number there.", ge=1)
    entry: Day | None = told("The day on which it would bring the agreement into force; null: it would not.")
    bound_from: Day | None = told("From when it would bind the party; null: from no day.")
    free_from: Day | None = told("From when the party would no longer be bound; null: from no day.")
    register_: bool = told("Would the agreement have to be registered, by a duty on record?", alias="register")
    checks: list[Checked] = told("In the order in which a desk asks.")


class StepOf(BaseModel):
    """One step of the procedure."""

    step: str = told("Which step.")
    state: Literal["done", "running", "waiting", "not in order", "to be settled", "not asked for"] = told("How it stands.")
    on: Day | None = told("The day on which it was done, is over, or comes; null: none.")
    says: str = told("Why, in words.")
    article: str = told("Under which article.")
    acts: list[str] = told("References of the acts on which it rests.")


class Procedure(BaseModel):
    """One instrument on record, through the depositary's procedure."""

    act: str = told("Its reference.")
    number: int | None = told("Its number in its series; null: it has none without a day.")
    series: str | None = told("The series; null: as its number.")
    steps: list[StepOf] = told("In their order.")
    checks: list[Checked] = told("Is it in due form? As the record stood before it came.")
