"""Responses: who is obliged, to what and towards whom, when a state is attacked; who has invoked which clause, and what others answered.

This room owns: the conditions of obligations to respond, held beside an attack; invocations, and the measures offered and carried out.
It does not own: who is bound by what (standing), who owes which act by when (duties), or what is allowed (permissions).
Law: each alliance's own text; see docs/explanation/how-obligations-to-respond-are-derived.md.
"""

from comity.responses.asking import Response, Row, obliged
from comity.responses.attacks import Attack, Line, Nature, Tested
from comity.responses.conflicts import BothSides, both_sides
from comity.responses.deciding import Owed, owed
from comity.responses.invocations import Answered, Invocation
from comity.responses.plain import response_to_plain

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
