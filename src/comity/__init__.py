"""Comity: the open system of record and exchange for defence cooperation between states.

Acts go in, standing comes out, every answer says why.

    import comity
    standing = comity.open("books/cases").standing(on=date(2024, 3, 7))
    standing.bound("SWE", "nato-treaty").verdict
"""

from comity.about import bundled_book, open  # noqa: A004

__all__ = ["bundled_book", "open"]
