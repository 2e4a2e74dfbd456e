"""Comity: the open system of record and exchange for defence cooperation between states.

Acts go in, standing comes out, every answer says why.

    import comity
    standing = comity.open("books/cases").standing(on=date(2024, 3, 7))
    standing.bound("SWE", "nato-treaty").verdict
    comity.panel("dyad-year", since=1946, until=2018, add=["atop", "gml-mids"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.about import bundled_book, open, panel  # noqa: A004

__all__ = ["bundled_book", "open", "panel"]


def __getattr__(name: str) -> object:
    """The front door's names, when they are asked for: whoever wants one room does not wait for all."""
    if name not in __all__:
        raise AttributeError(f"comity has no {name!r}; its names are {', '.join(__all__)}")
    from comity import about

    globals()[name] = found = getattr(about, name)
    return found
