"""Forecasts on disk, a file for each year, made once: training that was interrupted goes on where it ended, and what it rests on is told.

Source: docs/explanation/how-warnings-are-made.md, section 7.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

import polars as pl

from comity.early_warning.features import SOURCES, names_of
from comity.early_warning.records import WarningRecord, record_from_plain, record_to_plain
from comity.early_warning.rules import WarningRules
from comity.early_warning.steps import MONTH, YEAR, WarningStep
from comity.sources import Store, only_one
from comity.terms import BadInput, NotOnRecord

VERSIONS = {YEAR: 2, MONTH: 1}
"""Of how forecasts by each step are made: those of another version are made anew."""
FOLDERS = {YEAR: "early-warning", MONTH: "early-warning-by-month"}
"""Beside the store's tables, a folder for forecasts by each step."""
FORECASTS, RECORD, RULES, LOCK = "forecasts.parquet", "record.json", "rules.json", "training.lock"


def rests_on(store: Store, rules: WarningRules) -> dict[str, Any]:
    """What forecasts depend on: version, rules, features, and the checksum of each table. BadInput names a table that is not in the store."""
    tables = dict[str, str]()
    for name in SOURCES:
        held = store.held_of(name)
        if not held:
            raise BadInput(f"forecasts need the tables of {name}, which the store does not have; get them with: comity sources fetch {name}")
        tables |= {f"{name} {table}": one.checksum for table, one in sorted(held.items())}
    return {"version": VERSIONS[rules.step], "rules": asdict(rules), "features": list(names_of(rules.step)), "tables": tables}


class KeptForecasts:
    """A folder with forecasts by one step, a file for each year, and the record of them."""

    def __init__(self, folder: Path, step: WarningStep = YEAR) -> None:
        self.folder, self.step = folder, step

    @classmethod
    def beside(cls, store: Path, step: WarningStep = YEAR) -> Self:
        """The one in the folder of a store."""
        return cls(store / FOLDERS[step], step)

    def alone(self) -> AbstractContextManager[None]:
        """The folder to oneself while forecasts are made; BadInput where another training is at it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return only_one(self.folder / LOCK, f"forecasts are being made in {str(self.folder)!r} already; wait until that is done")

    def begin(self, basis: Mapping[str, Any]) -> frozenset[int]:
        """The years that are there whole and rest on the same; what rests on anything else is thrown away."""
        if self._json(RULES) != basis:
            for path in [*self._years(), self.folder / RECORD, self.folder / RULES]:
                path.unlink(missing_ok=True)
            self._write(RULES, basis)
        return frozenset(int(path.stem.removeprefix("year-")) for path in self._years() if _is_whole(path))

    def put(self, year: int, table: pl.DataFrame) -> None:
        """A year's forecasts, whole or not at all."""
        self._put(f"year-{year}.parquet", lambda new: table.write_parquet(new, compression="zstd"))

    def years(self) -> Iterator[pl.DataFrame]:
        """The forecasts of each year, in order, as they were put."""
        for path in self._years():
            yield pl.read_parquet(path)

    def finish(self, forecasts: pl.DataFrame, record: WarningRecord) -> None:
        """All forecasts, recalibrated, and then their record: with it they may be asked for."""
        self._put(FORECASTS, lambda new: forecasts.write_parquet(new, compression="zstd"))
        self._write(RECORD, record_to_plain(record))

    def record(self) -> WarningRecord:
        """The record; NotOnRecord where there are no forecasts that go with it: none are finished, they are of another version, or damaged."""
        plain = self._json(RECORD)
        try:
            found = None if plain is None else record_from_plain(plain)
        except BadInput:
            found = None
        why = self._why_none() if found is None else self._why_not(found)
        if found is None or why:
            raise NotOnRecord(f"there are no forecasts in {str(self.folder)!r}: {why}; run: {self.how}")
        return found

    @property
    def how(self) -> str:
        """The command that makes them."""
        return "comity warn --train" if self.step is YEAR else f"comity warn --train --by {self.step.name}"

    def forecasts(self, wanted: pl.Expr) -> pl.DataFrame:
        """Those forecasts for which ``wanted`` holds; of a folder of which there is a record."""
        return pl.scan_parquet(self.folder / FORECASTS).filter(wanted).collect()

    def _why_none(self) -> str:
        if (self.folder / RECORD).is_file():
            return "their record cannot be read"
        begun = len(self._years())
        return f"training has come as far as {begun} year{'s' if begun > 1 else ''}" if begun else "nothing has been trained yet"

    def _why_not(self, found: WarningRecord) -> str:
        version = found.basis["version"]
        if found.step is not self.step:
            return f"those there are by {found.step.name}, not by {self.step.name}"
        if version != VERSIONS[self.step]:
            return f"those there are of version {version}, and this is version {VERSIONS[self.step]}"
        return "" if _is_whole(self.folder / FORECASTS) else f"{FORECASTS} cannot be read"

    def _years(self) -> list[Path]:
        return sorted(self.folder.glob("year-[0-9][0-9][0-9][0-9].parquet"))

    def _json(self, name: str) -> object:
        """What stands in a file; None where there is none, or nothing can be read in it."""
        try:
            found: object = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found

    def _write(self, name: str, data: Mapping[str, Any]) -> None:
        text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
        self._put(name, lambda new: new.write_text(text, encoding="utf-8"))

    def _put(self, name: str, write: Callable[[Path], object]) -> None:
        """A file whole or not at all: under another name, on disk, then renamed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / f"{name}.new"
        write(new)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(self.folder / name)


def _is_whole(path: Path) -> bool:
    """Is it a table to its end? Its columns stand there."""
    try:
        pl.read_parquet_schema(path)
    except (OSError, pl.exceptions.PolarsError):
        return False
    return True
