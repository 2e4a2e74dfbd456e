"""Agreements: clauses and the law of treaties. From one agreement's acts to its standing: who is **bound**.

This room owns: the typed clauses (public in ``comity.agreements.clauses``); the rules of the Vienna Convention on the Law
of Treaties as pure functions of one agreement's acts in one world; the course that results, and how it stands between two.
It does not own: which acts are looked at, several worlds, other agreements, answers in words (standing).
"""

from comity.agreements.articles import Clause
from comity.agreements.clauses import Agreement, AnyClause, Coverage, Supersedes
from comity.agreements.conditions import Condition
from comity.agreements.course import (
    BOUND_MODES,
    CONTRACTING,
    FORMER,
    NONE,
    PARTY,
    PROVISIONAL,
    SIGNATORY,
    SUSPENDED,
    Cause,
    Course,
    Stage,
    Stretch,
)
from comity.agreements.days import BEGIN, EVER, Days, clip, contains, intersect, subtract
from comity.agreements.deeds import Deed, Fork, World
from comity.agreements.derive import derive
from comity.agreements.docket import Docket, Outside
from comity.agreements.exits import term_ends
from comity.agreements.registered import Registered, number_of, registered, registrations_in
from comity.agreements.relations import Relation, Relations, exceptions_on, relation
from comity.agreements.rounds import Found
from comity.agreements.sides import Touched
from comity.agreements.territory import extends_to
from comity.agreements.when import after, done_days, members

__all__ = [
    "BEGIN",
    "BOUND_MODES",
    "CONTRACTING",
    "EVER",
    "FORMER",
    "NONE",
    "PARTY",
    "PROVISIONAL",
    "SIGNATORY",
    "SUSPENDED",
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
    "Found",
    "Outside",
    "Registered",
    "Relation",
    "Relations",
    "Stage",
    "Stretch",
    "Supersedes",
    "Touched",
    "World",
    "after",
    "clip",
    "contains",
    "derive",
    "done_days",
    "exceptions_on",
    "extends_to",
    "intersect",
    "members",
    "number_of",
    "registered",
    "registrations_in",
    "relation",
    "subtract",
    "term_ends",
]
