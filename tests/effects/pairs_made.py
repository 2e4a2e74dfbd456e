"""A made table of pairs by year with an effect put into it, as a file that the command reads."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import polars as pl


def made_pairs(states: int = 9, years: int = 24, seed: int = 7, effect: float = -0.25) -> pl.DataFrame:
    """Pacts begin in the midst for some pairs; disputes are rarer by ``effect`` a year after one began; ``onset`` and ``ongoing``."""
    rng, rows = random.Random(seed), list[tuple[int | float | str, ...]]()
    for a, b in combinations(range(1, states + 1), 2):
        begins = rng.choice((1960, 1962, 1965, 1968, 1999, 1999, 1999))
        near, ongoing = rng.random(), 0
        for year in range(1950, 1950 + years):
            chance = 0.3 + 0.2 * near + effect * (year - 1 >= begins)
            onset = int(not ongoing and rng.random() < chance)
            ongoing = int(bool(onset) or (bool(ongoing) and rng.random() < 0.3))
            rows.append((a, b, year, int(year >= begins), onset, ongoing, near, rng.choice((0, 1, 2)), "text"))
    names = ("ccode1", "ccode2", "year", "pact", "disputeonset", "disputeongoing", "near", "visits", "words")
    return pl.DataFrame(rows, schema=names, orient="row")


def written(folder: Path, frame: pl.DataFrame, name: str = "pairs.csv") -> str:
    path = folder / name
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path)
    return str(path)
