"""Columns of alliances: who owes what to whom.

Source: docs/explanation/how-panels-are-made.md, section 5; Leeds, Ritter, Mitchell and Long 2002.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import partial_days
from comity.panels.tables import DAYS, Dated, Yearly
from comity.sources import source

_OBLIGATIONS = {
    "atop_defense": ("defense", "to come to the other's defence"),
    "atop_offense": ("offense", "to take part in its attack"),
    "atop_neutral": ("neutral", "to stay neutral"),
    "atop_nonagg": ("nonagg", "not to attack it"),
    "atop_consul": ("consul", "to consult"),
}
_ALLIANCES = (
    Column("atop_alliance", "an alliance binds the first to the second", "yes or no", 0),
    *(Column(name, f"an alliance obliges the first {told}", "yes or no", 0) for name, (_, told) in _OBLIGATIONS.items()),
)


def _alliances(shelf: Shelf, add: Add) -> Dated:
    """What each member of an alliance owes to each other one, while both are in it."""
    end = pl.lit(date(source("atop").years("members")[1], 12, 31))
    spells = shelf.table("atop", "members").select(
        "atopid",
        pl.col("member").alias("state"),
        *partial_days("entered", "left", end),
        *(pl.col(of).cast(pl.Int8).alias(name) for name, (of, _) in _OBLIGATIONS.items()),
    )
    others = spells.select("atopid", pl.col("state").alias("other"), *(pl.col(d).alias(f"{d}_other") for d in DAYS))
    both = spells.join(others, on="atopid").filter(pl.col("state") != pl.col("other"))
    first = (pl.max_horizontal(d, f"{d}_other").alias(d) for d in DAYS[:2])
    last = (pl.min_horizontal(d, f"{d}_other").alias(d) for d in DAYS[2:])
    together = both.with_columns(*first, *last).filter(pl.col("first_a") <= pl.col("last_b"))
    return Dated(together.select("state", "other", *DAYS, pl.lit(1, pl.Int8).alias("atop_alliance"), *_OBLIGATIONS).collect(), "max")


ALLIANCES = Family("atop", "atop", "directed pair", _alliances, "members", made=_ALLIANCES, other_way="max")


def _alliance_years(shelf: Shelf, add: Add) -> Yearly:
    table = shelf.table("atop-dyads").select(
        pl.col("ccode1").alias("state"),
        pl.col("ccode2").alias("other"),
        "year",
        pl.lit(1, pl.Int8).alias("atop_alliance"),
        *(pl.col(name).cast(pl.Int8) for name in _OBLIGATIONS),
    )
    return Yearly(table.collect())


ALLIANCE_YEARS = Family("atop-dyads", "atop-dyads", "directed pair", _alliance_years, made=_ALLIANCES, other_way="max")
