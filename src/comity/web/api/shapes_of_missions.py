"""What the API gives of missions and pools, field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from comity.web.api.shapes import Day, Derived, Part, Verdict, told

State = Literal["filled", "gap accepted", "partly filled", "shortfall", "offered", "required", "not needed"]


class MissionLine(BaseModel):
    """One mission in the list."""

    mission: str = told("Its name.")
    title: str | None = told("Its title; null: none.")
    from_: Day | None = told("The first day of its rotations; null: none is known.", alias="from")
    until: Day | None = told("The day after the last.")
    lines: int = told("How many lines its statement of requirements has.", ge=0)
    pledges: int = told("How many pledges it has.", ge=0)
    places: int = told("On how many lines and rotations something is needed.", ge=0)
    filled: int = told("Of how many that is filled, or a gap that is accepted.", ge=0)
    in_doubt: int = told("Of how many that is contested or not known.", ge=0)
    lacking: int = told("In how many something lacks.", ge=0)
    mandate: Verdict = told("Is there a mandate on the day?")


class Missions(Part):
    """Missions on record."""

    missions: list[MissionLine] = told("By name.")


class Required(BaseModel):
    """A line in a rotation."""

    line: str = told("The line.")
    capability: str = told("What is needed.")
    rotation: str = told("The rotation.")
    from_: Day | None = told("Its first day.", alias="from")
    until: Day | None = told("The day after its last.")
    state: State = told("Its state, read narrowly where it is in doubt.")
    at_most: State = told("The same, read widely.")
    sure: Verdict = told("*yes*, or contested or unknown where the readings differ.")
    required: int = told("How many are required.", ge=0)
    offered: int = told("Of how many nothing stands in the way.", ge=0)
    accepted: int = told("How many were accepted.", ge=0)
    filled: int = told("How many fill it.", ge=0)
    deployed: int = told("How many are there on some day of it.", ge=0)


class AskedFor(BaseModel):
    """Whom to ask for a unit more."""

    party: str = told("Whom, by its code.")
    pledge: str = told("For which pledge, by its act.")
    changes: list[str] = told("What would have to change, all of it; empty: it only has to be taken up.")


class Able(BaseModel):
    """Who else has such a thing."""

    party: str = told("Who, by its code.")
    how: str = told("How that is known.")


class Lacking(BaseModel):
    """What a line lacks in a rotation."""

    line: str = told("The line.")
    rotation: str = told("The rotation.")
    missing: int = told("How many.", ge=0)
    reasons: list[str] = told("Why, pledge by pledge.")
    ask: list[AskedFor] = told("Whom to ask, the fewest changes first.")
    capable: list[Able] = told("Who else has such a thing on record.")


class Pledged(BaseModel):
    """A pledge."""

    pledge: str = told("The act.")
    party: str = told("Whose it is.")
    capability: str = told("What it can do.")
    number: int = told("How many units.")
    line: str | None = told("For which line alone; null: for any of its capability.")
    force: str | None = told("Which force; null: not said.")
    from_: Day | None = told("From which day; null: open.", alias="from")
    until: Day | None = told("Until which day; null: open.")
    notice: int | None = told("At how many days' notice; null: not said.")
    level: int = told("The level that was verified.")
    rest: int = told("How many rotations it rests after each.")
    persons: int = told("Persons in each unit.")
    cost: int | None = told("Of one unit for a rotation; null: not said.")
    refused: bool = told("Was it refused?")
    withdrawn: Day | None = told("From which day it is withdrawn; null: it is not.")
    sure: Verdict = told("How sure the record is of it.")
    caveats: list[str] = told("The acts that limit its use.")


class SpanOf(BaseModel):
    """Some days of a mission."""

    what: Literal["mandate", "rotation", "offered", "accepted", "deployed"] = told("Of what.")
    name: str = told("Of a pledge or a mandate its act; of a rotation its name; else blank.")
    party: str = told("Whose pledge it is; else blank.")
    line: str = told("The line that it serves; blank: not said.")
    number: int | None = told("How many units; null: not of units.")
    from_: Day | None = told("The first day; null: open.", alias="from")
    until: Day | None = told("The day after the last; null: open.")
    sure: Verdict = told("How sure that is.")


class Basis(BaseModel):
    """Whether forces may be in a territory."""

    party: str = told("Whose forces.")
    territory: str = told("Where.")
    from_: Day | None = told("From which day.", alias="from")
    until: Day | None = told("Until which day.")
    verdict: Verdict = told("May they be there, with a status?")
    entry: Verdict = told("May they enter?")
    status: Verdict = told("Is their status settled?")
    because: str = told("What decides it.")


class Bears(BaseModel):
    """What a party bears of what was accepted."""

    party: str = told("Who.")
    units: int = told("Units times rotations.", ge=0)
    person_days: int = told("Persons times days.", ge=0)
    cost: int = told("In the mission's currency.", ge=0)
    priced: bool = told("Is the cost of everything said?")
    part: float | None = told("Of the person-days that all bear, from 0 to 1; null: nobody bears any.")


class Mission(Derived):
    """One mission."""

    mission: str = told("Its name.")
    title: str | None = told("Its title; null: none.")
    currency: str | None = told("In which costs are told; null: not said.")
    mandate: Verdict = told("Is there a mandate on the day?")
    mandates: list[str] = told("The acts that give it one.")
    requirements: list[Required] = told("Every line in every rotation.")
    gaps: list[Lacking] = told("What lacks, and is not accepted as a gap.")
    pledges: list[Pledged] = told("What was pledged.")
    time: list[SpanOf] = told("When what is.")
    burden: list[Bears] = told("Who bears how much of what was accepted.")
    bases: list[Basis] | None = told("Who may be where its lines send them; null: somebody named is no party on record.")
    notes: list[str] = told("Acts that could not be used as they are.")


class PoolLine(BaseModel):
    """One pool in the list."""

    pool: str = told("Its name.")


class Pools(Part):
    """Pools on record."""

    pools: list[PoolLine] = told("By name.")


class PoolAccount(BaseModel):
    """A member's account, or the pool's own."""

    member: str = told("A member by its code; the pool by its name.")
    given: int = told("What it gave, and paid for.")
    taken: int = told("What it took.")
    balance: int = told("Given less taken, of what is sure.")
    least: int = told("The least that it can be, with what is in doubt.")
    most: int = told("The most.")
    may_owe: int | None = told("Its limit; null: none.")
    owes: int = told("What it took and has not made good.")
    overdue: int = told("What of that is overdue.")


class Beyond(BaseModel):
    """A movement by which too much was taken."""

    act: str = told("The movement.")
    member: str = told("Who owes more than it may; the pool, where it gave what it has not got.")
    day: Day = told("When.")
    over: int = told("By how much.")


class Pool(BaseModel):
    """The accounts of a pool on the day: their balances together are 0."""

    pool: str = told("Its name.")
    item: str | None = told("In what it is counted; null: not said.")
    accounts: list[PoolAccount] = told("Every account, the pool's own last.")
    too_much: list[Beyond] = told("Where too much was taken.")
    notes: list[str] = told("What to bear in mind of it.")
