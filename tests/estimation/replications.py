"""The authors' own data sets as samples: rows and terms as their logs take them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from comity.estimation import Floats, Sample
from tests.panels.shelves import DATA

FOLDER = Path(DATA, "research", "replication")
DANGEROUS = ("landcontig", "z_cincprop", "cowmajdyad", "atop_defense", "z_mindemest", "z_minmgdppc", "z_minmilit", "gmlmidspell", "t2", "t3")


def clear_and_clean() -> Sample:
    """Oneal and Russett 2001, table 1, columns 1 and 2: pairs with more than 19 rows (io_tbl1.dta, iotable1.log)."""
    frame = pd.read_stata(FOLDER / "io_tbl1.dta")
    pairs = frame["statea"].astype(int) * 1000 + frame["stateb"].astype(int)  # they come with 16 bits, which do not hold the number of a pair
    frame = frame[frame["onset1"].groupby(pairs).transform("count") > 19]
    return _sample(frame, "onset1", ("smldmat", "smldep", "lcaprat2", "allies", "contigkb", "logdstab", "majpower"))


def triangulating_peace() -> Sample:
    """Russett and Oneal 2001, table A5.1 (TRIANGLE.DTA, TRIANGLE.TXT)."""
    frame = pd.read_stata(FOLDER / "TRIANGLE.DTA")
    frame["smldmat"] = np.minimum(frame["demauta"].astype(float), frame["demautb"].astype(float))
    frame["smldep"] = np.minimum(frame["dependa"], frame["dependb"])
    return _sample(frame, "dispute1", ("smldmat", "smldep", "smigoabi", "lcaprat2", "allies", "noncontg", "logdstab", "minrpwrs"))


def _sample(frame: pd.DataFrame, outcome: str, terms: tuple[str, ...]) -> Sample:
    whole = frame.dropna(subset=[outcome, *terms])
    first, second, period = (whole[name].to_numpy(np.int64) for name in ("statea", "stateb", "year"))
    return Sample(whole[outcome].to_numpy(float), whole[list(terms)].to_numpy(float), terms, 1000 * first + second, first, second, period)


def dangerous_dyads() -> Sample:
    """Bremer's dangerous dyads (Miller 2022), as tests/panels shows the panel to be: inputs scaled by two standard deviations (Gelman 2008)."""
    frame = pl.read_parquet(Path(DATA, "reference", "bremer_prd_1816_2010.parquet")).sort("ccode1", "ccode2", "year")
    scaled = ("cincprop", "mindemest", "minmgdppc", "minmilit")
    frame = frame.with_columns(((pl.col(c) - pl.col(c).mean()) / (2 * pl.col(c).std())).alias(f"z_{c}") for c in scaled)
    spell = pl.col("gmlmidspell").cast(pl.Float64)
    whole = frame.with_columns(t2=spell**2, t3=spell**3).select("gmlmidonset", "ccode1", "ccode2", "year", *DANGEROUS).drop_nulls()
    first, second, period = (whole[name].cast(pl.Int64).to_numpy() for name in ("ccode1", "ccode2", "year"))
    design = whole.select(DANGEROUS).cast(pl.Float64).to_numpy()
    return Sample(whole["gmlmidonset"].cast(pl.Float64).to_numpy(), design, DANGEROUS, 1000 * first + second, first, second, period)


def as_r_stops(sample: Sample) -> tuple[Floats, Floats]:
    """The bread and scores of R's ``glm`` and ``sandwich``: when the deviance moves by less than 1e-8 of itself; weights are of the step before."""
    rows, outcome = np.column_stack((sample.design, np.ones(len(sample)))), sample.outcome
    chance = (outcome + 0.5) / 2
    odds, before = np.log(chance / (1 - chance)), np.inf
    while True:
        weight = chance * (1 - chance)
        bread = np.linalg.inv((rows.T * weight) @ rows)
        odds = rows @ (bread @ (rows.T @ (weight * odds + outcome - chance)))
        chance = 1 / (1 + np.exp(-odds))
        deviance = -2 * float(np.where(outcome == 1, np.log(chance), np.log(1 - chance)).sum())
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            return np.asarray(bread, dtype=float), rows * (weight * (outcome - chance) / (chance * (1 - chance)))[:, None]
        before = deviance
