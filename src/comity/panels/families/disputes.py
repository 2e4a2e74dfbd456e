"""Columns of disputes between two states.

Source: docs/explanation/how-panels-are-made.md, section 5; Palmer et al. 2022; Gibler, Miller and Little 2016.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.tables import Yearly
from comity.terms import BadInput

_DISPUTE = (
    Column("sidea1", "the first was on the side that acted first", "yes or no"),
    Column("sidea2", "the second was on the side that acted first", "yes or no"),
    Column("fatality1", "deaths of the first, by class", "class"),
    Column("fatality2", "deaths of the second, by class", "class"),
    Column("fatalpre1", "deaths of the first, as far as known exactly", "persons"),
    Column("fatalpre2", "deaths of the second, as far as known exactly", "persons"),
    Column("hiact1", "the highest action of the first", "class"),
    Column("hiact2", "the highest action of the second", "class"),
    Column("hostlev1", "the highest hostility of the first", "1 to 5"),
    Column("hostlev2", "the highest hostility of the second", "1 to 5"),
    Column("orig1", "the first was in it from the first day", "yes or no"),
    Column("orig2", "the second was in it from the first day", "yes or no"),
    Column("fatality", "deaths of all, by class", "class"),
    Column("hostlev", "the highest hostility of anybody", "1 to 5"),
    Column("mindur", "its duration at least", "days"),
    Column("maxdur", "its duration at most", "days"),
    Column("recip", "the other side acted too", "yes or no"),
    Column("stmon", "the month in which it began", "month"),
)


def _disputes(name: str, source: str, told: str) -> Family:
    onset, ongoing = f"{name}onset", f"{name}ongoing"

    def read(shelf: Shelf, add: Add) -> Yearly:
        table = shelf.table(source, "pairs")
        if add.joiners == "none":
            table = table.filter((pl.col("orig1") == 1) & (pl.col("orig2") == 1))
        elif add.joiners != "all":
            raise BadInput(f"joiners={add.joiners!r}; choose 'all' or 'none'")
        wanted = [c.name for c in columns if not add.columns or c.name in add.columns]
        return Yearly(table.select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", *wanted).collect())

    columns = (
        Column(onset, f"a militarised dispute between them began ({told})", "yes or no", 0),
        Column(ongoing, f"there was a militarised dispute between them ({told})", "yes or no", 0),
        Column("dispnum", "the number of the dispute", "number"),
        *_DISPUTE,
    )
    return Family(source, source, "directed pair", columns, read, other_way="listed")


COW_DISPUTES = _disputes("cowmid", "cow-mids", "Correlates of War")
GML_DISPUTES = _disputes("gmlmid", "gml-mids", "Gibler, Miller and Little")
