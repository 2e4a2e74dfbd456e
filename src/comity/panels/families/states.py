"""Columns of one state: what it has, how it is governed, what it is.

Source: docs/explanation/how-panels-are-made.md, section 5; the sources' own pages in docs/reference/sources.md.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import days, partial_days
from comity.panels.tables import Dated, Yearly


def of_state_years(name: str, source: str, listed: tuple[str, ...], table: str | None = None) -> Family:
    """A table of states by year, its columns as they are."""

    def read(shelf: Shelf, add: Add) -> Yearly:
        return Yearly(shelf.table(source, table).select(pl.col("ccode").alias("state"), "year", *(add.columns or listed)).collect())

    return Family(name, source, "state", read, table, listed)


CAPABILITIES = of_state_years("nmc", "cow-nmc", ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc"))
DEMOCRACY = of_state_years("democracy", "democracy", ("euds", "aeuds", "polity2", "v2x_polyarchy"))
GDP = of_state_years("gdp", "gdp", ("mrgdppc", "sd_mrgdppc", "pwtrgdp", "sd_pwtrgdp", "pwtpop", "sd_pwtpop"))
MEMBERSHIPS = of_state_years("memberships", "cow-igos", ("sum_igo_full", "sum_igo_associate", "sum_igo_observer", "sum_igo_anytype"), "states")


def _majors(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-majors").select(
        pl.col("ccode").alias("state"), *partial_days("started", "ended", pl.lit(None)), pl.lit(1, pl.Int8).alias("cowmaj")
    )
    return Dated(table.collect(), "max")


MAJORS = Family("majors", "cow-majors", "state", _majors, made=(Column("cowmaj", "is a major power", "yes or no", 0),))


def _capitals(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-capitals").select(
        pl.col("ccode").alias("state"), *days("stdate", "enddate"), pl.col("lat").alias("capital_lat"), pl.col("lng").alias("capital_lng")
    )
    return Dated(table.collect())


CAPITALS = Family(
    "capitals",
    "cow-capitals",
    "state",
    _capitals,
    made=(Column("capital_lat", "its capital's latitude", "degrees north"), Column("capital_lng", "its capital's longitude", "degrees east")),
)


def _ideal_points(shelf: Shelf, add: Add) -> Yearly:
    """A session is that of the year in whose autumn it opens: the first one, of January 1946, is counted as of 1946."""
    table = shelf.table("ideal-points").select(pl.col("ccode").alias("state"), (pl.col("session") + 1945).alias("year"), "ideal_point")
    return Yearly(table.collect())


IDEAL_POINTS = Family("ideal-points", "ideal-points", "state", _ideal_points, listed=("ideal_point",))


def _troops(shelf: Shelf, add: Add) -> Yearly:
    """Of one host under several names, all together."""
    table = (
        shelf.table("us-troops", "deployments").select(pl.col("ccode").alias("state"), "year", pl.col("troops_ad").alias("us_troops")).drop_nulls()
    )
    return Yearly(table.group_by("state", "year").agg(pl.col("us_troops").sum()).collect())


TROOPS = Family(
    "us-troops",
    "us-troops",
    "state",
    _troops,
    "deployments",
    made=(Column("us_troops", "active-duty troops of the United States in it", "persons"),),
)


def _armed_conflict(shelf: Shelf, add: Add) -> Yearly:
    """A state's own conflicts, those in which it is the government on side A. Onset: the first year of a conflict."""
    table = shelf.table("ucdp-acd").select("conflict_id", "year", "intensity_level", pl.col("gwno_a").alias("state"))
    table = table.unique(["conflict_id", "year", "state"], keep="first", maintain_order=True)
    first = pl.col("year").min().over("conflict_id", "state")
    found = (
        table.with_columns((pl.col("year") == first).alias("onset"))
        .group_by("state", "year")
        .agg(
            pl.lit(1, pl.Int8).alias("ucdpongoing"),
            pl.col("onset").max().cast(pl.Int8).alias("ucdponset"),
            pl.col("intensity_level").max().cast(pl.Int8).alias("maxintensity"),
        )
    )
    return Yearly(found.collect())


ARMED_CONFLICT = Family(
    "ucdp",
    "ucdp-acd",
    "state",
    _armed_conflict,
    made=(
        Column("ucdpongoing", "an armed conflict of its own goes on: 25 deaths in battle in the year", "yes or no", 0),
        Column("ucdponset", "one begins", "yes or no", 0),
        Column("maxintensity", "the highest of them: 1 from 25 deaths in battle in the year, 2 from 1,000", "class"),
    ),
    system="gw",
    counts=True,
)
