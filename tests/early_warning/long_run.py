"""Every year forecast from the years before it, and scored: ``python -m tests.early_warning.long_run [--store DIR]``; figures on the last line.

It takes some six minutes of one core. With ``--store`` years that the store has forecasts of are not made again.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comity.early_warning import SOURCES, KeptForecasts, WarningRules, record_to_plain, train
from comity.sources import Store
from tests.panels.shelves import DATA, filled


def figures(store: Store) -> dict[str, Any]:
    """The record, without what it rests on but the rules, and how long it took."""
    began, made = time.process_time(), list[int]()

    def shown(years: Iterable[int]) -> Iterator[int]:
        for year in years:
            print(f"  {year}, after {time.process_time() - began:.0f} seconds", flush=True)
            made.append(year)
            yield year

    rules = WarningRules()
    record = train(store, KeptForecasts(store.folder / "early-warning"), rules, made=datetime.now(UTC).date(), shown=shown)
    told = record_to_plain(record)
    told["rules"] = told.pop("basis")["rules"]
    whole = len(made) == record.latest - rules.forecast_since + 1
    return told | ({"processor_seconds": round(time.process_time() - began)} if whole else {})


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
