"""Panels: tables of states or pairs by year, month or day, with columns of sources and of standing; networks of them.

This room owns: the shapes, the columns and their rules, joining, what a codebook says, aggregating events, networks and their measures.
It does not own: getting and reading sources (sources), or what acts bring about (standing).
Source: docs/explanation/how-panels-are-made.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panels.columns import Add, Column, Family, Made, Shelf, Step
from comity.panels.describing import bibliography, codebook, write
from comity.panels.families import FAMILIES
from comity.panels.panel import Panel, panel, parse_add
from comity.panels.shapes import SHAPES

if TYPE_CHECKING:
    from comity.panels.families.standing import of_standing

__all__ = [
    "FAMILIES",
    "SHAPES",
    "Add",
    "Column",
    "Family",
    "Made",
    "Panel",
    "Shelf",
    "Step",
    "bibliography",
    "codebook",
    "of_standing",
    "panel",
    "parse_add",
    "write",
]


def __getattr__(name: str) -> object:
    """``of_standing``, when it is asked for: who makes a table of sources alone does not wait for the law."""
    if name != "of_standing":
        raise AttributeError(f"comity.panels has no {name!r}")
    from comity.panels.families.standing import of_standing

    return of_standing
