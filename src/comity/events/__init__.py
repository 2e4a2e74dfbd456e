"""Events: what states were reported to do and say to one another, read from data sets and counted by pair and period.

This room owns: the event table, what a data set's words mean, the one expression that aggregates, on whatever engine.
It does not own: tables of states by year (panels), or what is estimated from them.
Source: docs/explanation/how-panels-are-made.md, section 8.
"""

from comity.events.aggregating import EVENTS, QUADS, Dyads, Events, beside, finished, to_dyads
from comity.events.reading import read_events
from comity.events.records import EventSource, countries, event_source

__all__ = ["EVENTS", "QUADS", "Dyads", "EventSource", "Events", "beside", "countries", "event_source", "finished", "read_events", "to_dyads"]
