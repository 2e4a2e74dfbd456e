"""Forecasts on disk: what is damaged, of another version or half there is not read; two trainings at once are not let in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from comity.early_warning import MONTH, KeptForecasts
from comity.terms import BadInput, NotOnRecord
from tests.web.forecast import kept


@pytest.fixture
def folder(tmp_path: Path) -> KeptForecasts:
    kept(tmp_path)
    return KeptForecasts(tmp_path / "early-warning")


def changed(of: KeptForecasts, **basis: Any) -> str:
    plain = json.loads((of.folder / "record.json").read_text(encoding="utf-8"))
    return json.dumps(plain | {"basis": plain["basis"] | basis})


def test_what_is_whole_is_read(folder: KeptForecasts) -> None:
    assert (folder.record().first, folder.record().latest) == (2009, 2011)
    assert len(folder.forecasts(pl.col("year") == 2011)) == 6


@pytest.mark.parametrize("content", ["", "{", "null", "[]", "{}", "3"])
def test_a_record_that_cannot_be_read_is_none(folder: KeptForecasts, content: str) -> None:
    (folder.folder / "record.json").write_text(content, encoding="utf-8")
    with pytest.raises(NotOnRecord, match="their record cannot be read; run: comity warn --train"):
        folder.record()


@pytest.mark.parametrize(
    ("basis", "says"),
    [
        ({"version": 7}, "are of version 7, and this is version 2"),
        ({"version": 1}, "are of version 1, and this is version 2"),
        ({"rules": {}}, "cannot be read"),
    ],
)
def test_a_record_of_another_version_or_without_its_rules_is_none(folder: KeptForecasts, basis: dict[str, Any], says: str) -> None:
    (folder.folder / "record.json").write_text(changed(folder, **basis), encoding="utf-8")
    with pytest.raises(NotOnRecord, match=says):
        folder.record()


@pytest.mark.parametrize("size", [0, 400, None])
def test_forecasts_that_are_cut_short_or_gone_are_none_though_their_record_is_there(folder: KeptForecasts, size: int | None) -> None:
    file = folder.folder / "forecasts.parquet"
    content = file.read_bytes()
    file.unlink()
    if size is not None:
        file.write_bytes(content[:size])
    with pytest.raises(NotOnRecord, match=r"forecasts\.parquet cannot be read"):
        folder.record()


def test_a_year_that_was_cut_short_is_made_again_and_rules_that_cannot_be_read_are_others(tmp_path: Path) -> None:
    folder, basis = KeptForecasts(tmp_path / "new"), {"version": 1}
    folder.begin(basis)
    for year in (1990, 1991):
        folder.put(year, pl.DataFrame({"year": [year]}))
    (folder.folder / "year-1991.parquet").write_bytes(b"PAR1")
    assert folder.begin(basis) == frozenset({1990})
    (folder.folder / "rules.json").write_text("{", encoding="utf-8")
    assert folder.begin(basis) == frozenset()
    assert not list(folder.folder.glob("*.new"))


def test_forecasts_by_month_are_kept_in_a_folder_of_their_own(tmp_path: Path) -> None:
    kept(tmp_path)
    kept(tmp_path, "month")
    months = KeptForecasts.beside(tmp_path, MONTH)
    assert (months.record().latest, months.record().latest_month, months.record().undated) == (2011, 1, 2)
    assert len(months.forecasts((pl.col("year") == 2010) & (pl.col("month") == 8))) == 6
    assert KeptForecasts.beside(tmp_path).record().latest_month is None
    with pytest.raises(NotOnRecord, match=r"those there are by year, not by month; run: comity warn --train --by month"):
        KeptForecasts(tmp_path / "early-warning", MONTH).record()


def test_a_record_from_before_there_were_months_is_by_year(folder: KeptForecasts) -> None:
    plain = json.loads((folder.folder / "record.json").read_text(encoding="utf-8"))
    for name in ("by", "latest_month", "undated"):
        del plain[name]
    del plain["basis"]["rules"]["by"]
    (folder.folder / "record.json").write_text(json.dumps(plain), encoding="utf-8")
    assert folder.record().step.name == "year"


def test_one_training_at_a_time_has_the_folder(tmp_path: Path) -> None:
    folder = KeptForecasts(tmp_path / "new")
    with folder.alone(), pytest.raises(BadInput, match=r"forecasts are being made in .* already; wait"), KeptForecasts(tmp_path / "new").alone():
        pass
    with folder.alone():
        pass
