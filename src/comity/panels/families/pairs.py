"""Columns of a pair of states: how near they are, what they have in common, what passes between them.

Source: docs/explanation/how-panels-are-made.md, section 5; the sources' own pages in docs/reference/sources.md.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import spell, years
from comity.panels.tables import Dated, Yearly

_PAIR = (pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"))


def _contiguity(shelf: Shelf, add: Add) -> Dated:
    """The source counts in months: to the end of the last one."""
    first, last = pl.col("stdate"), pl.col("enddate").dt.month_end()
    return Dated(shelf.table("cow-contiguity").select(*_PAIR, *spell(first, first, last, last), pl.col("conttype").cast(pl.Int8)).collect())


CONTIGUITY = Family("contiguity", "cow-contiguity", "pair", _contiguity, listed=("conttype",))


def _distance(shelf: Shelf, add: Add) -> Yearly:
    return Yearly(shelf.table("cow-distance").select(*_PAIR, "year", "mindist").collect())


DISTANCE = Family("distance", "cow-distance", "pair", _distance, listed=("mindist",))


def _organisations(shelf: Shelf, add: Add) -> Yearly:
    return Yearly(shelf.table("cow-igos", "dyads").select(*_PAIR, "year", pl.col("dyadigos").cast(pl.Int16)).collect())


ORGANISATIONS = Family("igos", "cow-igos", "pair", _organisations, "dyads", ("dyadigos",))
_KINDS = ("spatial", "positional", "ideological", "interventionary")


def _rivalries(shelf: Shelf, add: Add) -> Dated:
    kinds = [pl.any_horizontal(pl.col(f"type{n}") == kind for n in (1, 2, 3)).fill_null(False).cast(pl.Int8).alias(kind) for kind in _KINDS]
    return Dated(shelf.table("rivalries").select(*_PAIR, *years("styear", "endyear"), pl.lit(1, pl.Int8).alias("rivalry"), *kinds).collect(), "max")


RIVALRIES = Family(
    "rivalries",
    "rivalries",
    "pair",
    _rivalries,
    made=(Column("rivalry", "they were rivals", "yes or no", 0), *(Column(kind, f"their rivalry was {kind}", "yes or no", 0) for kind in _KINDS)),
)


def _transfers(shelf: Shelf, add: Add) -> Yearly:
    table = shelf.table("sipri").select(*_PAIR, "year", pl.col("value").alias("arms_transfers"))
    return Yearly(table.group_by("state", "other", "year").agg(pl.col("arms_transfers").sum()).collect())


TRANSFERS = Family(
    "arms",
    "sipri",
    "directed pair",
    _transfers,
    made=(Column("arms_transfers", "major arms delivered by the first to the second", "million trend-indicator values"),),
    other_way="sum",
    counts=True,
)


def _exercises(shelf: Shelf, add: Add) -> Yearly:
    """Exercises that began in the year, and in which both took part; of those reported, all of them: 0 says that none was."""
    table = shelf.table("mme", "participants").select(
        pl.col("MMEID").alias("exercise"), pl.col("started_first").dt.year().alias("year"), pl.col("gwcode").alias("state")
    )
    table = table.drop_nulls().unique()
    both = table.join(table.rename({"state": "other"}), on=["exercise", "year"]).filter(pl.col("state") < pl.col("other"))
    return Yearly(both.group_by("state", "other", "year").agg(pl.len().cast(pl.Int16).alias("exercises")).collect())


EXERCISES = Family(
    "exercises",
    "mme",
    "pair",
    _exercises,
    "participants",
    made=(Column("exercises", "multinational exercises reported that began in the year and in which both took part", "exercises", 0),),
    system="gw",
    counts=True,
)


def _cooperation(shelf: Shelf, add: Add) -> Dated:
    """From the day of signature to the end of the year in which it is estimated to end, as the data's author counts it."""
    end, general = pl.date("endYearEstimate", 12, 31), (pl.col("type") == "general").cast(pl.Int8)
    table = shelf.table("dcad").select(
        *_PAIR,
        *spell(pl.col("signed_first"), pl.col("signed_last"), pl.date("endYearEstimate", 1, 1), end),
        pl.lit(1, pl.Int8).alias("dca"),
        general.alias("dca_general"),
        (1 - general).alias("dca_sector"),
    )
    return Dated(table.collect(), "max")


COOPERATION = Family(
    "dcad",
    "dcad",
    "pair",
    _cooperation,
    made=(
        Column("dca", "a bilateral defence cooperation agreement, from signature to its estimated end", "yes or no", 0),
        Column("dca_general", "one on cooperation in general", "yes or no", 0),
        Column("dca_sector", "one on a sector: procurement, research, training, information", "yes or no", 0),
    ),
)
