"""Forecasts on disk, a file for each year, made once: training that was interrupted goes on where it ended, and what it rests on is told.

Source: docs/explanation/how-warnings-are-made.md, section 7.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from comity.early_warning.features import FEATURES, SOURCES
from comity.early_warning.rules import WarningRules
from comity.sources import Store
from comity.terms import BadInput, NotOnRecord

VERSION = 1
"""Of how forecasts are made: those of another version are made anew."""
RECORD, RULES = "record.json", "rules.json"


def rests_on(store: Store, rules: WarningRules) -> dict[str, Any]:
    """What forecasts depend on: version, rules, features, and the checksum of each table. BadInput names a table that is not in the store."""
    tables = dict[str, str]()
    for name in SOURCES:
        held = store.held_of(name)
        if not held:
            raise BadInput(f"forecasts need the tables of {name}, which the store does not have; get them with: comity sources fetch {name}")
        tables |= {f"{name} {table}": one.checksum for table, one in sorted(held.items())}
    return {"version": VERSION, "rules": asdict(rules), "features": list(FEATURES), "tables": tables}


class KeptForecasts:
    """A folder with forecasts of years, and the record of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, basis: Mapping[str, Any]) -> frozenset[int]:
        """The years that are there and rest on the same; what rests on anything else is thrown away."""
        if self._json(RULES) != basis:
            for path in [*self.folder.glob("year-*.parquet"), self.folder / RECORD, self.folder / RULES]:
                path.unlink(missing_ok=True)
            self._write(RULES, basis)
        return frozenset(int(path.stem.removeprefix("year-")) for path in self.folder.glob("year-*.parquet"))

    def put(self, year: int, table: pl.DataFrame) -> None:
        """A year's forecasts, whole or not at all."""
        new = self.folder / f"year-{year}.new"
        table.write_parquet(new, compression="zstd")
        new.replace(self.folder / f"year-{year}.parquet")

    def years(self) -> Iterator[pl.DataFrame]:
        """The forecasts of each year, in order, as they were put."""
        for path in sorted(self.folder.glob("year-*.parquet")):
            yield pl.read_parquet(path)

    def finish(self, forecasts: pl.DataFrame, record: Mapping[str, Any]) -> None:
        """All forecasts, recalibrated, and then their record: with it they may be asked for."""
        new = self.folder / "forecasts.new"
        forecasts.write_parquet(new, compression="zstd")
        new.replace(self.folder / "forecasts.parquet")
        self._write(RECORD, record)

    def record(self) -> dict[str, Any]:
        """The record; NotOnRecord where nothing has been trained, or training was not finished."""
        found = self._json(RECORD)
        if found is None:
            begun = len(list(self.folder.glob("year-*.parquet")))
            why = f"training has come as far as {begun} year{'s' if begun > 1 else ''}" if begun else "nothing has been trained yet"
            raise NotOnRecord(f"there are no forecasts in {str(self.folder)!r}: {why}; run: comity warn --train")
        return found

    def forecasts(self, wanted: pl.Expr) -> pl.DataFrame:
        """Those forecasts for which ``wanted`` holds."""
        self.record()
        return pl.scan_parquet(self.folder / "forecasts.parquet").filter(wanted).collect()

    def _json(self, name: str) -> dict[str, Any] | None:
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            raise BadInput(f"{str(path)!r} cannot be read; delete its folder and run: comity warn --train") from None
        return found

    def _write(self, name: str, data: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / f"{name}.new"
        with new.open("w", encoding="utf-8") as file:
            file.write(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / name)


def key_of(basis: Mapping[str, Any]) -> str:
    """A short name of what forecasts rest on."""
    return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()[:12]
