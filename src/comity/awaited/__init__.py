"""Awaited: what the procedures on record await of a party, or leave open to it, until when: one list for a desk.

This room owns: what is gathered from decisions, disputes, standing meetings, lessons and procedure at home, and its calendar feed.
It does not own: any of these procedures (their rooms), or what agreements require (duties).
Text: docs/explanation/what-is-awaited.md.
"""

from comity.awaited.feeds import awaited_events, awaited_feed
from comity.awaited.gathering import awaited
from comity.awaited.items import PROCEDURES, Awaited, awaited_to_plain

__all__ = [
    "Awaited",
    "PROCEDURES",
    "awaited",
    "awaited_events",
    "awaited_feed",
    "awaited_to_plain",
]
