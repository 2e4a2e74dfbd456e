"""Panels: tables of states and of pairs of states by year, events between them, and the networks they make.

This room owns: how a panel is made of columns, events aggregated to pairs, graphs and their measures, their pictures.
It does not own: where data come from and how they are read (sources), who is bound by what (standing), or what is estimated from a panel.
Source: docs/explanation/how-panels-are-made.md, sections 4 to 9.
"""

from comity.panels.event_records import EventSource, countries, event_source
from comity.panels.events import EVENTS, QUADS, Dyads, Events, beside, to_dyads
from comity.panels.taking_in_events import take_in

__all__ = ["EVENTS", "QUADS", "Dyads", "EventSource", "Events", "beside", "countries", "event_source", "take_in", "to_dyads"]
