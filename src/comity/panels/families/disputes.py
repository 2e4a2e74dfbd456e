"""Columns of disputes between two states.

Source: docs/explanation/how-panels-are-made.md, section 5; Palmer et al. 2022; Gibler, Miller and Little 2016.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.tables import Yearly
from comity.terms import BadInput

_LISTED = (
    "dispnum", "sidea1", "sidea2", "fatality1", "fatality2", "fatalpre1", "fatalpre2", "hiact1", "hiact2", "hostlev1", "hostlev2", "orig1", "orig2",
    "fatality", "hostlev", "mindur", "maxdur", "recip", "stmon",
)  # fmt: skip


def _disputes(source: str, short: str, whose: str) -> Family:
    """One dispute for each pair and year. What the source lists is there for pairs in dispute alone."""
    made = (
        Column(f"{short}onset", f"a militarised dispute between them began ({whose})", "yes or no", 0),
        Column(f"{short}ongoing", f"there was a militarised dispute between them ({whose})", "yes or no", 0),
    )

    def read(shelf: Shelf, add: Add) -> Yearly:
        table = shelf.table(source, "dyads")
        if add.joiners == "none":
            table = table.filter((pl.col("orig1") == 1) & (pl.col("orig2") == 1))
        elif add.joiners != "all":
            raise BadInput(f"joiners={add.joiners!r}; choose 'all' or 'none'")
        wanted = add.columns or (*_LISTED, *(c.name for c in made))
        return Yearly(table.select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", *wanted).collect())

    return Family(source, source, "directed pair", read, "dyads", _LISTED, made, other_way="listed", sparse=True)


COW_DISPUTES = _disputes("cow-mids", "cowmid", "Correlates of War")
GML_DISPUTES = _disputes("gml-mids", "gmlmid", "Gibler, Miller and Little")
