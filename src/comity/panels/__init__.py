"""Panels: tables of states or pairs by year, month or day, with columns of sources and of standing.

This room owns: the shapes, the columns and their rules, joining, what a codebook says.
It does not own: getting and reading sources (sources), counting events (events), networks (networks), or what acts bring about (standing).
Source: docs/explanation/how-panels-are-made.md.
"""

from comity.panels.columns import Add, Column, Family, Join, Made, Shelf
from comity.panels.describing import bibliography, codebook, write
from comity.panels.families import FAMILIES
from comity.panels.families.standing import of_standing
from comity.panels.panel import Panel, panel, parse_add
from comity.panels.shapes import SHAPES

__all__ = [
    "FAMILIES",
    "SHAPES",
    "Add",
    "Column",
    "Family",
    "Made",
    "Panel",
    "Shelf",
    "Join",
    "bibliography",
    "codebook",
    "of_standing",
    "panel",
    "parse_add",
    "write",
]
