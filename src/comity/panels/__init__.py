"""Panels: tables of states or pairs by year, month or day, with columns of sources and of standing; networks of them.

This room owns: the shapes, the columns and their rules, joining, what a codebook says, aggregating events, networks and their measures.
It does not own: getting and reading sources (sources), or what acts bring about (standing).
Source: docs/explanation/how-panels-are-made.md.
"""

from comity.panels.columns import Add, Column, Family, Made, Shelf, Step
from comity.panels.families import FAMILIES
from comity.panels.panel import Panel, panel

__all__ = ["FAMILIES", "Add", "Column", "Family", "Made", "Panel", "Shelf", "Step", "panel"]
