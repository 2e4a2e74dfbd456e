"""Columns of one state: what it has, how it is governed, what it is.

Source: docs/explanation/how-panels-are-made.md, section 5; the sources' own pages in docs/reference/sources.md.
"""

from __future__ import annotations

import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.families.spells import exactly
from comity.panels.tables import Dated, Yearly


def of_state_years(name: str, source: str, columns: tuple[Column, ...], table: str | None = None) -> Family:
    """A table of states by year, its columns as they are."""
    names = [c.name for c in columns]

    def read(shelf: Shelf, add: Add) -> Yearly:
        wanted = [n for n in names if not add.columns or n in add.columns]
        return Yearly(shelf.table(source, table).select(pl.col("ccode").alias("state"), "year", *wanted).collect())

    return Family(name, source, "state", columns, read)


CAPABILITIES = of_state_years(
    "nmc",
    "cow-nmc",
    (
        Column("milex", "military expenditure", "thousand current US dollars (pounds before 1914)"),
        Column("milper", "military personnel", "thousand"),
        Column("irst", "iron and steel production", "thousand tons"),
        Column("pec", "primary energy consumption", "thousand tons of coal equivalent"),
        Column("tpop", "total population", "thousand"),
        Column("upop", "urban population", "thousand"),
        Column("cinc", "composite index of national capability: mean share of the world's total in the six", "share"),
    ),
)
DEMOCRACY = of_state_years(
    "democracy",
    "democracy",
    (
        Column("euds", "extended unified democracy score", "score"),
        Column("aeuds", "extended unified democracy score, adjusted", "score"),
        Column("polity2", "polity score", "-10 to 10"),
        Column("v2x_polyarchy", "electoral democracy index", "0 to 1"),
    ),
)
GDP = of_state_years(
    "gdp",
    "gdp",
    (
        Column("mrgdppc", "gross domestic product per person, mean of the simulations", "international dollars of 2011"),
        Column("sd_mrgdppc", "its standard deviation", "international dollars of 2011"),
        Column("pwtrgdp", "real gross domestic product", "million dollars of 2017"),
        Column("sd_pwtrgdp", "its standard deviation", "million dollars of 2017"),
        Column("pwtpop", "population", "million"),
        Column("sd_pwtpop", "its standard deviation", "million"),
    ),
)
MEMBERSHIPS = of_state_years(
    "memberships",
    "cow-igos",
    tuple(
        Column(f"sum_igo_{kind}", f"intergovernmental organisations it is in, {told}", "organisations")
        for kind, told in (("full", "as a full member"), ("associate", "as an associate"), ("observer", "as an observer"), ("anytype", "in any way"))
    ),
    "states",
)


def _majors(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-majors").collect()
    first, last = pl.date("styear", "stmonth", "stday"), pl.date("endyear", "endmonth", "endday")
    return Dated(table.select(pl.col("ccode").alias("state"), *exactly(first, last), pl.lit(1, pl.Int8).alias("cowmaj")), "max")


MAJORS = Family("majors", "cow-majors", "state", (Column("cowmaj", "is a major power", "yes or no", 0),), _majors)


def _ideal_points(shelf: Shelf, add: Add) -> Yearly:
    """Sessions open in the autumn of 1945 and later: that of a year is the one that opens in it."""
    table = shelf.table("ideal-points").select(
        pl.col("ccode").alias("state"), (pl.col("session") + 1945).alias("year"), pl.col("IdealPoint").alias("ideal_point")
    )
    return Yearly(table.collect())


IDEAL_POINTS = Family(
    "ideal-points",
    "ideal-points",
    "state",
    (Column("ideal_point", "where it stands in votes of the General Assembly, higher: nearer to the United States", "scale"),),
    _ideal_points,
)


def _troops(shelf: Shelf, add: Add) -> Yearly:
    """Of one host under several names, all together."""
    table = (
        shelf.table("us-troops", "deployments").select(pl.col("ccode").alias("state"), "year", pl.col("troops_ad").alias("us_troops")).drop_nulls()
    )
    return Yearly(table.group_by("state", "year").agg(pl.col("us_troops").sum()).collect())


TROOPS = Family("us-troops", "us-troops", "state", (Column("us_troops", "active-duty troops of the United States in it", "persons"),), _troops)


def _armed_conflict(shelf: Shelf, add: Add) -> Yearly:
    """A state's own conflicts, those in which it is the government on side A. Onset: the first year of a conflict."""
    table = (
        shelf.table("ucdp-acd")
        .select("conflict_id", "year", "intensity_level", pl.col("gwno_a").alias("state"))
        .unique(["conflict_id", "year", "state"], keep="first")
    )
    first = pl.col("year").min().over("conflict_id", "state")
    of_years = table.with_columns((pl.col("year") == first).alias("onset")).group_by("state", "year")
    found = of_years.agg(
        pl.lit(1, pl.Int8).alias("ucdpongoing"),
        pl.col("onset").max().cast(pl.Int8).alias("ucdponset"),
        pl.col("intensity_level").max().cast(pl.Int8).alias("maxintensity"),
    )
    return Yearly(found.collect())


ARMED_CONFLICT = Family(
    "ucdp",
    "ucdp-acd",
    "state",
    (
        Column("ucdpongoing", "an armed conflict of its own goes on: 25 deaths in battle in the year", "yes or no", 0),
        Column("ucdponset", "one begins", "yes or no", 0),
        Column("maxintensity", "the highest of them: 1 from 25 deaths in battle in the year, 2 from 1,000", "class"),
    ),
    _armed_conflict,
    system="gw",
)


def _capitals(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-capitals").collect()
    return Dated(
        table.select(
            pl.col("ccode").alias("state"),
            *exactly(pl.col("stdate"), pl.col("enddate")),
            pl.col("lat").alias("capital_lat"),
            pl.col("lng").alias("capital_lng"),
        )
    )


CAPITALS = Family(
    "capitals",
    "cow-capitals",
    "state",
    (Column("capital_lat", "its capital's latitude", "degrees north"), Column("capital_lng", "its capital's longitude", "degrees east")),
    _capitals,
)
