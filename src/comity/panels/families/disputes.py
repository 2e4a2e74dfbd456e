"""Columns of disputes between two states.

Source: docs/explanation/how-panels-are-made.md, section 5; Palmer et al. 2022; Gibler, Miller and Little 2016.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import partial_days
from comity.panels.tables import DAYS, Dated, Yearly
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

    return Family(source, source, "directed pair", read, "dyads", _LISTED, made, other_way="listed", sparse=True, counts=True)


COW_DISPUTES = _disputes("cow-mids", "cowmid", "Correlates of War")
GML_DISPUTES = _disputes("gml-mids", "gmlmid", "Gibler, Miller and Little")


def _spells(shelf: Shelf, add: Add) -> Dated:
    """Two on opposite sides of a dispute, for as long as both were in it; of a month without a day the ends are its first and last."""
    parts = shelf.table("gml-mids", "participants").select(
        "dispnum", "sidea", pl.col("ccode").alias("state"), *partial_days("started", "ended", pl.lit(None))
    )
    others = parts.select(
        "dispnum", (~pl.col("sidea")).alias("sidea"), pl.col("state").alias("other"), *(pl.col(d).alias(f"{d}_other") for d in DAYS)
    )
    both = parts.join(others, on=["dispnum", "sidea"]).with_columns(
        *(pl.max_horizontal(d, f"{d}_other").alias(d) for d in DAYS[:2]), *(pl.min_horizontal(d, f"{d}_other").alias(d) for d in DAYS[2:])
    )
    return Dated(
        both.filter(pl.col("first_a") <= pl.col("last_b")).select("state", "other", *DAYS, pl.lit(1, pl.Int8).alias("gml_dispute")).collect(), "max"
    )


GML_SPELLS = Family(
    "gml-spells",
    "gml-mids",
    "pair",
    _spells,
    "participants",
    made=(Column("gml_dispute", "both were in a militarised dispute, on opposite sides, by the days of their part in it", "yes or no", 0),),
)
