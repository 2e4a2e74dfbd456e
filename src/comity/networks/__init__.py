"""Networks: who is tied to whom in a year, measured and drawn.

This room owns: graphs of pairs, measures of states and of years, communities, pictures.
It does not own: where ties come from (panels, standing), or what is estimated from measures.
Source: docs/explanation/how-panels-are-made.md, section 9.
"""

from comity.networks.calendars import years_picture
from comity.networks.measuring import NetworkMeasures, Tie, graph, measures, pairs_of
from comity.networks.pictures import measures_picture, network_picture, to_png, to_svg

__all__ = ["NetworkMeasures", "Tie", "graph", "measures", "measures_picture", "network_picture", "pairs_of", "to_png", "to_svg", "years_picture"]
