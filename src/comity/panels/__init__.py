"""Panels: tables of states and of pairs of states by year, events between them, and the networks they make.

This room owns: how a panel is made of columns, events aggregated to pairs, graphs and their measures, their pictures.
It does not own: where data come from and how they are read (sources), who is bound by what (standing), or what is estimated from a panel.
Source: docs/explanation/how-panels-are-made.md, sections 4 to 9.
"""

from comity.panels.event_records import EventSource, countries, event_source
from comity.panels.events import EVENTS, QUADS, Dyads, Events, beside, finished, to_dyads
from comity.panels.networks import NetworkMeasures, Tie, graph, measures, pairs_of
from comity.panels.pictures import measures_picture, network_picture, to_png, to_svg
from comity.panels.reading_events import read_events

__all__ = [
    "EVENTS",
    "QUADS",
    "Dyads",
    "EventSource",
    "Events",
    "NetworkMeasures",
    "Tie",
    "beside",
    "countries",
    "event_source",
    "finished",
    "graph",
    "measures",
    "measures_picture",
    "network_picture",
    "pairs_of",
    "read_events",
    "to_dyads",
    "to_png",
    "to_svg",
]
