"""A made world of eight states over some decades, as the tables that forecasts are made of: neighbours quarrel more often, and again."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from comity.early_warning import DatedDisputes, KnownPairs, known_pairs_of

CODES = (2, 20, 200, 220, 365, 651, 700, 710)
YEARS = range(1930, 1991)


def tables(seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A table of all pairs by year, and one of those that are relevant, with more columns; some cells are null.

    A dispute ends in the year in which it began or up to four years after it; of one that goes on at the end of the world that is null.
    """
    rng, rng_of_ends = np.random.default_rng(seed), np.random.default_rng(seed)
    rows, last = list[dict[str, object]](), dict[tuple[int, int], int]()
    for year in YEARS:
        for a, b in combinations(CODES, 2):
            near = (CODES.index(a) + CODES.index(b)) % 3 == 0
            began = rng.random() < (0.16 if near else 0.02) + (0.2 if last.get((a, b)) == year - 1 else 0)
            if began:
                last[a, b] = year
            row: dict[str, object] = {"ccode1": a, "ccode2": b, "year": year, "conttype": 1 if near else 0}
            row |= {"cowmaj1": int(a == 2), "cowmaj2": int(b == 365), "gmlmidonset": int(began), "gmlmidongoing": int(began)}
            row |= {"hostlev": int(rng.integers(1, 6)) if began else None, "fatality": int(rng.integers(0, 3)) if began else None}
            ended = year + int(rng_of_ends.integers(0, 5))
            row |= {"ended": ended if began and ended in YEARS else None}
            row |= {"atop_alliance": int(rng.random() < 0.1)}
            for side in "12":
                row |= {f"{name}{side}": float(rng.random()) for name in ("milper", "tpop", "cinc", "aeuds", "ideal_point")}
                row |= {f"mrgdppc{side}": float(rng.uniform(1, 9)), f"ucdpongoing{side}": int(rng.random() < 0.1) if year > 1945 else None}
                row |= {f"capital_lat{side}": float(rng.uniform(-60, 60)), f"capital_lng{side}": float(rng.uniform(-180, 180))}
            row |= {name: int(rng.random() < 0.2) for name in ("atop_defense", "atop_nonagg", "atop_neutral", "atop_consul")}
            row |= {name: int(rng.integers(0, 4)) if year >= 1980 else None for name in ("dca", "exercises", "arms_transfers")}
            row |= {"dyadigos": int(rng.integers(0, 40)) if rng.random() < 0.9 else None}
            rows.append(row)
    every = pl.DataFrame(rows, infer_schema_length=None)
    return every, every.filter((pl.col("conttype") > 0) | (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1))


def made(seed: int = 1) -> KnownPairs:
    """What is known of it."""
    return known_pairs_of(*tables(seed))


def dated(seed: int = 1) -> DatedDisputes:
    """The same disputes by month: each begins in some month of its year and goes on for some; of one in 1985 the month is not known."""
    rng, every = np.random.default_rng(seed), tables(seed)[0].filter(pl.col("gmlmidonset") == 1)
    spells = list[dict[str, object]]()
    for row in every.sort("year", "ccode1", "ccode2").iter_rows(named=True):
        begins = row["year"] * 12 + int(rng.integers(0, 12))
        spell = {name: row[name] for name in ("ccode1", "ccode2", "hostlev", "fatality")}
        spells.append(spell | {"begins_first": begins, "begins_last": begins, "ends": begins + int(rng.integers(0, 9)), "new": True})
    lost = next(one for one in spells if one["begins_first"] in range(1985 * 12, 1986 * 12))
    lost |= {"begins_first": 1985 * 12, "begins_last": 1985 * 12 + 11, "ends": 1985 * 12 + 11}
    members = [(code, YEARS[0] * 12, (1988 if code == 710 else YEARS[-1] + 1) * 12 - 1) for code in CODES]
    return DatedDisputes(pl.DataFrame(spells), pl.DataFrame(members, schema=["ccode", "first", "last"], orient="row"))


def made_months(seed: int = 1) -> KnownPairs:
    """What is known of it by month."""
    return known_pairs_of(*tables(seed), dated(seed))
