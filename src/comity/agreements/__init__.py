"""Agreements: clauses and the law of treaties. From one agreement's acts to its standing: who is **bound**.

This room owns: the typed clauses; the rules of the Vienna Convention on the Law of Treaties as pure functions of one
agreement's acts in one world; the course that results, and how it stands between two parties.
It does not own: which acts are looked at, several worlds, other agreements, answers in words (standing).
"""

from comity.agreements.clauses import Agreement, AnyClause, Clause, Condition, Coverage, Supersedes
from comity.agreements.course import Cause, Course, Stage, Stretch
from comity.agreements.days import EVER, Days, contains
from comity.agreements.deeds import Deed, Fork, World
from comity.agreements.derive import derive
from comity.agreements.docket import Docket, Outside
from comity.agreements.relations import Relation, Touched, exceptions_on, relation

__all__ = [
    "EVER",
    "Agreement",
    "AnyClause",
    "Cause",
    "Clause",
    "Condition",
    "Course",
    "Coverage",
    "Days",
    "Deed",
    "Docket",
    "Fork",
    "Outside",
    "Relation",
    "Stage",
    "Stretch",
    "Supersedes",
    "Touched",
    "World",
    "contains",
    "derive",
    "exceptions_on",
    "relation",
]
