"""Every year, and every month, forecast from the years before it, and scored: ``python -m tests.early_warning.long_run [--store DIR]``.

Figures stand on the last line. Years take some six minutes of one core, months some eight. With ``--store`` what the store has forecasts of is
not made again.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from comity.early_warning import MONTH, SOURCES, YEAR, KeptForecasts, WarningRules, WarningStep, brier, difference, log_loss, record_to_plain, train
from comity.sources import Store
from tests.panels.shelves import DATA, filled

SPREAD = "the forecast of the year, spread evenly over its months"


def figures(store: Store) -> dict[str, Any]:
    """The record by year, and in ``months`` that by month, beside the yearly forecasts as well."""
    told = _trained(store, YEAR)
    return told | {"months": _trained(store, MONTH) | {"beside_years": beside_years(store)}}


def _trained(store: Store, step: WarningStep) -> dict[str, Any]:
    """The record, without what it rests on but the rules, and how long it took if nothing of it was there."""
    began, made = time.process_time(), list[int]()

    def shown(years: Iterable[int]) -> Iterator[int]:
        for year in years:
            print(f"  {year} by {step.name}, after {time.process_time() - began:.0f} seconds", flush=True)
            made.append(year)
            yield year

    rules = WarningRules.by_step(step.name)
    record = train(store, KeptForecasts.beside(store.folder, step), rules, made=datetime.now(UTC).date(), shown=shown)
    told = record_to_plain(record)
    told["rules"] = told.pop("basis")["rules"]
    whole = len(made) == record.latest - rules.forecast_since + 1
    return told | ({"processor_seconds": round(time.process_time() - began)} if whole else {})


def beside_years(store: Store) -> dict[str, Any]:
    """Are forecasts by month better than those by year, taken to be as likely in each month? How much lower their losses are, with intervals."""
    rules = WarningRules.by_step(MONTH.name)
    scored = pl.col("outcome").is_not_null() & (pl.col("year") >= rules.score_since)
    months = KeptForecasts.beside(store.folder, MONTH).forecasts(scored).select("first", "second", "year", "outcome", "ours")
    years = KeptForecasts.beside(store.folder, YEAR).forecasts(pl.col("year") >= rules.score_since).select("first", "second", "year", of_year="ours")
    both = months.join(years, on=["first", "second", "year"])
    ours, outcome = both["ours"].to_numpy(), both["outcome"].to_numpy()
    spread = 1 - (1 - both["of_year"].to_numpy()) ** (1 / MONTH.in_year)
    blocks = {"by_year": both["year"].to_numpy(), "by_pair": (both["first"] * 1000 + both["second"]).to_numpy()}
    leads = {
        score: {
            by: asdict(difference(loss(spread, outcome), loss(ours, outcome), block.astype(np.int64), rules.draws, rules.seed))
            for by, block in blocks.items()
        }
        for score, loss in (("Brier", brier), ("log", log_loss))
    }
    return {
        "than": SPREAD, "forecasts": both.height, "brier": float(brier(spread, outcome).mean()), "log": float(log_loss(spread, outcome).mean()),
        "leads": leads,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    if given.store is not None:
        print(json.dumps(figures(Store(given.store))))
        return
    if not DATA:
        raise SystemExit("COMITY_DATA names no folder of data sets")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(figures(filled(Path(folder), *SOURCES))))


if __name__ == "__main__":
    main()
