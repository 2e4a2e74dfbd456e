"""What the API gives of decisions: lists of what docs/schemas has, as ``comity --json`` prints it, and what can still come of a count."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, RootModel

from comity.web.api.describing import Coalitions, DecisionOf, Pattern, Power, RuleOf, Simulated
from comity.web.api.shapes import Part, told

Plain = dict[str, Any]


class FollowedDecisions(Part):
    """Proposals on record and where they stand."""

    decisions: list[DecisionOf] = told("What ends soonest comes first, then what is open without an end, then what is over.")


class FollowedDecision(RootModel[DecisionOf]):
    """One proposal and where it stands."""


class DecisionRules(Part):
    """Rules of decision that hold on the day."""

    rules: list[RuleOf] = told("By their names.", alias="decision-rules")


class BlockerShape(BaseModel):
    """One that can defeat it alone, whatever the others do."""

    code: str = told("Whose vote.")
    votes: list[str] = told("By which votes.")


class ChancesShape(BaseModel):
    """What can still come of a count."""

    left: list[str] = told("Who has not voted.")
    can_pass: bool = told("It can still pass.")
    can_fail: bool = told("It can still fail.")
    decided: str | None = told("What it has come to already, whatever is still voted; null: it is open.")
    fails_by: list[str] = told("It is not adopted if all who are left vote so.")
    blockers: list[BlockerShape] = told("Who can defeat it alone.")
    fewest: int | None = told("How many more yes votes suffice whatever the others do; null: it cannot pass, or that was not found in time.")
    enough: list[Pattern] = told("Some groups whose yes suffices.")
    because: list[str] = told("Why it cannot pass; else how it can fail.")


class RuleExplored(BaseModel):
    """What votes come to under a rule, and what they can do."""

    result: Simulated = told("The count, with the electorate and each reading of what is in doubt.")
    chances: ChancesShape | None = told("What can still come of it; null: see `problem`.")
    winning: Coalitions | None = told("Minimal coalitions of those left whose yes carries it; null: it is settled already.")
    blocking: Coalitions | None = told("Minimal coalitions of those left whose no stops it; null: it is settled already.")
    power: Power | None = told("What each vote can do, no vote being cast; null: see `problem`.")
    problem: str | None = told("Why what votes can do cannot be measured.")
