"""Forecasts kept in a store, made up: of a few pairs in three years, or in months of them, the last of which nobody knows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import polars as pl

from comity.early_warning import GROUPS, PEERS, STEPS, KeptForecasts, WarningRules, record_of
from comity.early_warning.keeping import VERSIONS

PAIRS = ((2, 200), (200, 220), (220, 255), (365, 375), (750, 770), (710, 750))
"""By codes of the Correlates of War: USA, GBR, FRA, DEU, RUS, FIN, IND, PAK, CHN."""
YEARS = (2009, 2010, 2011)


def kept(store: Path, by: str = "year") -> None:
    """A folder of forecasts, as training leaves it: of each year; or of January and August, and of January of the last."""
    rules = WarningRules(by=by, forecast_since=YEARS[0], score_since=YEARS[0], draws=50)
    periods = [(year, month) for year in YEARS for month in ((1, 8) if by == "month" else (1,)) if (year, month) != (YEARS[-1], 8)]
    rows = [
        {
            "first": first, "second": second, "year": year, **({"month": month} if by == "month" else {}),
            "outcome": None if year == YEARS[-1] else float((n + year) % 4 == 0 and month == 1),
            **dict.fromkeys(PEERS, 0.02 + n / 100), "reference": -6.0, **{f"step {group}": k / 10 - 0.3 for k, group in enumerate(GROUPS)},
            **{f"without {group}": -3.0 for group in GROUPS}, "ours": 0.05 + n / 10, "low": 0.04 + n / 10, "high": 0.08 + n / 10,
        }
        for year, month in periods
        for n, (first, second) in enumerate(PAIRS)
    ]  # fmt: skip
    table = pl.DataFrame(rows, schema_overrides={"outcome": pl.Float64})
    basis = {"version": VERSIONS[rules.step], "rules": asdict(rules)}
    undated = {2009: 2} if by == "month" else {}
    record = record_of(table, rules, outside={2009: (1200, 3), 2010: (34, 1)}, undated=undated, basis=basis, made="2026-01-02")
    folder = KeptForecasts.beside(store, STEPS[by])
    folder.begin(record.basis)
    folder.finish(table, record)
