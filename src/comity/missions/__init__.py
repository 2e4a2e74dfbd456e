"""Missions: forces for them, and responses to attack.

This room owns two halves, each a package of its own. *forces*: what is pledged, offered and under which caveats. *responses*: who is obliged, to what
and towards whom, when a state is attacked; who has invoked which clause, and what others answered.
It does not own: who is bound by what (standing), who owes which act by when (duties), or what is allowed (permissions).
Law: each alliance's own text. Text of *responses*: docs/explanation/how-obligations-to-respond-are-derived.md.
"""

from comity.missions.responses.asking import Response, Row, obliged
from comity.missions.responses.attacks import Attack, Line, Nature, Tested
from comity.missions.responses.conflicts import BothSides, both_sides
from comity.missions.responses.deciding import Owed, owed
from comity.missions.responses.invocations import Answered, Invocation
from comity.missions.responses.plain import response_to_plain

__all__ = [
    "Answered",
    "Attack",
    "BothSides",
    "Invocation",
    "Line",
    "Nature",
    "Owed",
    "Response",
    "Row",
    "Tested",
    "both_sides",
    "obliged",
    "owed",
    "response_to_plain",
]
