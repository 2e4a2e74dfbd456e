"""Networks: who is tied to whom in a year, measured and drawn.

This room owns: graphs of pairs, measures of states and of years, communities, pictures.
It does not own: where ties come from (panels, standing), or what is estimated from measures.
Source: docs/explanation/how-panels-are-made.md, section 9.
"""

from comity.networks.calendars import years_picture
from comity.networks.measuring import NetworkMeasures, Tie, graph, measures, pairs_of
from comity.networks.pictures import COLOURS, NEUTRAL, measures_picture, network_picture, styled, to_png, to_svg

__all__ = [
    "COLOURS",
    "NEUTRAL",
    "NetworkMeasures",
    "Tie",
    "graph",
    "measures",
    "measures_picture",
    "network_picture",
    "pairs_of",
    "styled",
    "to_png",
    "to_svg",
    "years_picture",
]
