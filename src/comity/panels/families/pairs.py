"""Columns of a pair of states: how near they are, what they have in common, what passes between them.

Source: docs/explanation/how-panels-are-made.md, section 5; the sources' own pages in docs/reference/sources.md.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import exactly, partial, within_years
from comity.panels.tables import Dated, Yearly


def _contiguity(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-contiguity").collect()
    last = pl.col("enddate").dt.month_end()
    return Dated(
        table.select(
            pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), *exactly(pl.col("stdate"), last), pl.col("conttype").cast(pl.Int8)
        )
    )


CONTIGUITY = Family(
    "contiguity",
    "cow-contiguity",
    "pair",
    (Column("conttype", "how near they are: 1 by land or river, 2 to 5 across up to 12, 24, 150, 400 miles of water, 0 not", "class", 0),),
    _contiguity,
)


def _distance(shelf: Shelf, add: Add) -> Yearly:
    return Yearly(shelf.table("cow-distance").select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", "mindist").collect())


DISTANCE = Family(
    "distance", "cow-distance", "pair", (Column("mindist", "least distance between their territories at the end of the year", "km"),), _distance
)


def _organisations(shelf: Shelf, add: Add) -> Yearly:
    return Yearly(
        shelf.table("cow-igos", "pairs")
        .select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", pl.col("dyadigos").cast(pl.Int16))
        .collect()
    )


ORGANISATIONS = Family(
    "igos",
    "cow-igos",
    "pair",
    (Column("dyadigos", "intergovernmental organisations that both are full members of", "organisations"),),
    _organisations,
)


def _rivalries(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("rivalries").collect()
    first, last = pl.date("styear", 1, 1), pl.date("endyear", 12, 31)
    kinds = {t: pl.any_horizontal(pl.col(f"type{n}") == t for n in (1, 2, 3)).fill_null(False).cast(pl.Int8).alias(t) for t in _KINDS}
    both = table.select(
        pl.col("ccode1").alias("state"),
        pl.col("ccode2").alias("other"),
        *within_years(first, last),
        pl.lit(1, pl.Int8).alias("rivalry"),
        *kinds.values(),
    )
    return Dated(both, "max")


_KINDS = ("spatial", "positional", "ideological", "interventionary")
RIVALRIES = Family(
    "rivalries",
    "rivalries",
    "pair",
    (Column("rivalry", "they were rivals", "yes or no", 0), *(Column(k, f"their rivalry was {k}", "yes or no", 0) for k in _KINDS)),
    _rivalries,
)


def _transfers(shelf: Shelf, add: Add) -> Yearly:
    table = shelf.table("sipri").select(
        pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", pl.col("value").alias("arms_transfers")
    )
    return Yearly(table.group_by("state", "other", "year").agg(pl.col("arms_transfers").sum()).collect())


TRANSFERS = Family(
    "arms",
    "sipri",
    "directed pair",
    (Column("arms_transfers", "major arms delivered by the first to the second", "million trend-indicator values"),),
    _transfers,
    other_way="sum",
)


def _exercises(shelf: Shelf, add: Add) -> Yearly:
    """Exercises that began in the year, and in which both took part."""
    table = shelf.table("mme", "participants").select(
        pl.col("MMEID").alias("exercise"), pl.col("s.year").alias("year"), pl.col("gwcode").alias("state")
    )
    table = table.drop_nulls().unique()
    both = table.join(table.rename({"state": "other"}), on=["exercise", "year"]).filter(pl.col("state") < pl.col("other"))
    return Yearly(both.group_by("state", "other", "year").agg(pl.len().cast(pl.Int16).alias("exercises")).collect())


EXERCISES = Family(
    "exercises",
    "mme",
    "pair",
    (Column("exercises", "multinational exercises that began in the year and in which both took part", "exercises", 0),),
    _exercises,
    system="gw",
)


def _cooperation(shelf: Shelf, add: Add) -> Dated:
    """From the day of signature to the end of the year in which it is estimated to end, as the data's author counts it."""
    table = shelf.table("dcad").collect()
    last = pl.date("endYearEstimate", 12, 31)
    general = (pl.col("type") == "general").cast(pl.Int8)
    return Dated(
        table.select(
            pl.col("ccode1").alias("state"),
            pl.col("ccode2").alias("other"),
            *partial("signYear", "signMonth", "signDay", "first"),
            *within_years(last, last)[2:],
            pl.lit(1, pl.Int8).alias("dca"),
            general.alias("dca_general"),
            (1 - general).alias("dca_sector"),
        ),
        "max",
    )


COOPERATION = Family(
    "dcad",
    "dcad",
    "pair",
    (
        Column("dca", "a bilateral defence cooperation agreement, from signature to its estimated end", "yes or no", 0),
        Column("dca_general", "one on cooperation in general", "yes or no", 0),
        Column("dca_sector", "one on a sector: procurement, research, training, information", "yes or no", 0),
    ),
    _cooperation,
)
