"""The columns that can be asked for, family by family.

Source: docs/explanation/how-panels-are-made.md, section 5; each family's source in docs/reference/sources.md.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.tables import Dated, Yearly
from comity.terms import BadInput



def _days(of: pl.Expr) -> pl.Expr:
    return of.cast(pl.Int32).cast(pl.Int64)


def _exactly(first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
    """The columns of a spell whose first and last day are known."""
    return [_days(first).alias("first_a"), _days(first).alias("first_b"), _days(last).alias("last_a"), _days(last).alias("last_b")]


def of_state_years(source: str, columns: tuple[Column, ...], table: str | None = None) -> Family:
    """A table of states by year, its columns as they are."""
    names = [c.name for c in columns]

    def read(shelf: Shelf, add: Add) -> Yearly:
        wanted = [n for n in names if not add.columns or n in add.columns]
        return Yearly(shelf.table(source, table).select(pl.col("ccode").alias("state"), "year", *wanted).collect())

    return Family(source.removeprefix("cow-"), source, "state", columns, read)


CAPABILITIES = of_state_years(
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
    (
        Column("euds", "extended unified democracy score", "score"),
        Column("aeuds", "extended unified democracy score, adjusted", "score"),
        Column("polity2", "polity score", "-10 to 10"),
        Column("v2x_polyarchy", "electoral democracy index", "0 to 1"),
    ),
)
GDP = of_state_years(
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
    return Dated(table.select(pl.col("ccode").alias("state"), *_exactly(first, last), pl.lit(1, pl.Int8).alias("cowmaj")), "max")


MAJORS = Family("majors", "cow-majors", "state", (Column("cowmaj", "is a major power", "yes or no", 0),), _majors)


def _contiguity(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("cow-contiguity").collect()
    last = pl.col("enddate").dt.month_end()
    return Dated(
        table.select(
            pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), *_exactly(pl.col("stdate"), last), pl.col("conttype").cast(pl.Int8)
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
        shelf.table("cow-igos", "pairs").select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", pl.col("dyadigos").cast(pl.Int16)).collect()
    )


ORGANISATIONS = Family(
    "igos", "cow-igos", "pair", (Column("dyadigos", "intergovernmental organisations that both are full members of", "organisations"),), _organisations
)

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
    """What each member of an alliance owes to each other one, while both are in it. Source: ATOP 5.1, member data."""
    members = shelf.table("atop", "members").collect()
    end = np.datetime64(f"{shelf.coverage('atop')[1]}-12-31").astype(np.int64)
    spells = members.select(
        "atopid",
        pl.col("member").alias("state"),
        *_partial("yrent", "moent", "dayent", "first"),
        *_partial("yrexit", "moexit", "dayexit", "last", int(end)),
        *(pl.col(of).clip(0, 1).cast(pl.Int8).alias(name) for name, (of, _) in _OBLIGATIONS.items()),
    )
    others = spells.select("atopid", pl.col("state").alias("other"), *(pl.col(d).alias(f"{d}_other") for d in ("first_a", "first_b", "last_a", "last_b")))
    both = spells.join(others, on="atopid").filter(pl.col("state") != pl.col("other"))
    both = both.with_columns(
        *(pl.max_horizontal(d, f"{d}_other").alias(d) for d in ("first_a", "first_b")), *(pl.min_horizontal(d, f"{d}_other").alias(d) for d in ("last_a", "last_b"))
    ).filter(pl.col("first_a") <= pl.col("last_b"))
    kept = both.select("state", "other", "first_a", "first_b", "last_a", "last_b", pl.lit(1, pl.Int8).alias("atop_alliance"), *_OBLIGATIONS)
    return Dated(kept, "max")


def _partial(year: str, month: str, day: str, name: str, ongoing: int = 0) -> list[pl.Expr]:
    """The earliest and the latest that a day in three columns can be; a year of 0: still going on; a month or day that is null: not known."""
    y, m, d = (pl.col(c) for c in (year, month, day))
    known_m, known_d = m.is_not_null() & (m > 0), d.is_not_null() & (d > 0)
    early = pl.date(y.clip(1), pl.when(known_m).then(m).otherwise(1), pl.when(known_d).then(d).otherwise(1))
    month_end = pl.date(y.clip(1), pl.when(known_m).then(m).otherwise(12), 1).dt.month_end()
    late = pl.when(known_m & known_d).then(early).otherwise(month_end)
    return [pl.when(y > 0).then(_days(of)).otherwise(ongoing).alias(f"{name}_{end}") for of, end in ((early, "a"), (late, "b"))]


ALLIANCES = Family("atop", "atop", "directed pair", _ALLIANCES, _alliances, other_way="max")


def _alliance_years(shelf: Shelf, add: Add) -> Yearly:
    table = shelf.table("atop-dyads").select(
        pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", pl.lit(1, pl.Int8).alias("atop_alliance"), *(pl.col(n).cast(pl.Int8) for n in _OBLIGATIONS)
    )
    return Yearly(table.collect())


ALLIANCE_YEARS = Family("atop-dyads", "atop-dyads", "directed pair", _ALLIANCES, _alliance_years, other_way="max")


def _rivalries(shelf: Shelf, add: Add) -> Dated:
    table = shelf.table("rivalries").collect()
    first, last = pl.date("styear", 1, 1), pl.date("endyear", 12, 31)
    kinds = {t: pl.any_horizontal(pl.col(f"type{n}") == t for n in (1, 2, 3)).fill_null(False).cast(pl.Int8).alias(t) for t in _KINDS}
    both = table.select(
        pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), *_within_years(first, last), pl.lit(1, pl.Int8).alias("rivalry"), *kinds.values()
    )
    return Dated(both, "max")


def _within_years(first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
    """The columns of a spell of which only the years are known."""
    year_end, year_start = first.dt.offset_by("1y").dt.offset_by("-1d"), last.dt.truncate("1y")
    return [_days(first).alias("first_a"), _days(year_end).alias("first_b"), _days(year_start).alias("last_a"), _days(last).alias("last_b")]


_KINDS = ("spatial", "positional", "ideological", "interventionary")
RIVALRIES = Family(
    "rivalries",
    "rivalries",
    "pair",
    (Column("rivalry", "they were rivals", "yes or no", 0), *(Column(k, f"their rivalry was {k}", "yes or no", 0) for k in _KINDS)),
    _rivalries,
)


def _transfers(shelf: Shelf, add: Add) -> Yearly:
    table = shelf.table("sipri").select(pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year", pl.col("value").alias("arms_transfers"))
    return Yearly(table.group_by("state", "other", "year").agg(pl.col("arms_transfers").sum()).collect())


TRANSFERS = Family(
    "arms", "sipri", "directed pair", (Column("arms_transfers", "major arms delivered by the first to the second", "million trend-indicator values"),), _transfers,
    other_way="sum",
)

FAMILIES: tuple[Family, ...] = (
    ALLIANCES, ALLIANCE_YEARS, COW_DISPUTES, GML_DISPUTES, CAPABILITIES, MAJORS, CONTIGUITY, DISTANCE, DEMOCRACY, GDP, ORGANISATIONS, MEMBERSHIPS, RIVALRIES, TRANSFERS,
)  # fmt: skip
