"""TAXII 2.1 without HTTP: a request comes in as plain data, an answer goes out as plain data, and a node is asked in between.

This part owns: paths, media types, filters, resources and errors of TAXII. It does not own: what a caller may see (the node), who the caller is
and how bytes travel (doors).
Source: TAXII 2.1 (OASIS Standard, 10 June 2021), sections 2 to 5; docs/explanation/how-exchange-works.md, sections 4, 5 and 7.
"""

from comity.exchange.taxii.answering import answer, refusal
from comity.exchange.taxii.asking_a_node import NodeDoor
from comity.exchange.taxii.errors import broken
from comity.exchange.taxii.pieces import BrokenOff
from comity.exchange.taxii.requests import Request, Response

__all__ = ["BrokenOff", "NodeDoor", "Request", "Response", "answer", "broken", "refusal"]
