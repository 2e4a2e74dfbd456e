"""Permissions: what agreements in force allow. Who **may** give what to whom, be where, supply, train, fly over; and why not.

This room owns: lines (clauses written out giver by giver and level by level), the tests of a release in their order, activities with
their consents and mandates, the least that would change a *no*. It does not own: who is bound by what (standing), the
clauses' types (agreements), the formats of labels, or the gate.
Law: the agreements themselves; see docs/explanation/how-permissions-are-derived.md.
"""

from comity.permissions.asking import ActivityQuestion, Permissions
from comity.permissions.coverage import Activity, Exchange, Matrix, Need, Support, coverage
from comity.permissions.forces import Shares
from comity.permissions.lines import Lines, Offence, Outcome, ReleaseAsked
from comity.permissions.plain import matrix_to_plain, stationing_to_plain
from comity.permissions.questions import ReleaseQuestion, of_label
from comity.permissions.releasing import Decision
from comity.permissions.rules import RULES
from comity.permissions.stationings import Stationing, StationingSpan

__all__ = [
    "RULES",
    "Activity",
    "Decision",
    "ReleaseAsked",
    "ActivityQuestion",
    "Exchange",
    "Lines",
    "Matrix",
    "Need",
    "Offence",
    "Outcome",
    "Permissions",
    "ReleaseQuestion",
    "Shares",
    "Stationing",
    "StationingSpan",
    "Support",
    "coverage",
    "matrix_to_plain",
    "of_label",
    "stationing_to_plain",
]
