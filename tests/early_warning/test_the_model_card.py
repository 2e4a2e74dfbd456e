"""The model card says what was verified, with the settings that ship; a year forecast anew from the real tables is what it was; it leaks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from comity.early_warning import MONTH, SOURCES, KeptForecasts, KnownPairs, WarningRules, known_pairs, train
from comity.panels import Shelf
from comity.sources import Store
from comity.terms import NotOnRecord
from tests.early_warning.model_card import PAGE, PICTURE, PICTURE_OF_MONTHS, page, verified
from tests.panels.shelves import filled, needs_data

_DAY = date(2026, 1, 1)


def test_the_figures_of_the_card_are_those_verified_and_of_the_rules_that_ship() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.early_warning.model_card"
    assert verified()["rules"] == asdict(WarningRules())
    assert verified()["months"]["rules"] == asdict(WarningRules.by_step("month"))
    for record, picture in ((verified(), PICTURE), (verified()["months"], PICTURE_OF_MONTHS)):
        assert f"{record['forecasts']:,} forecasts of 1990 to 2010" in picture.read_text(encoding="utf-8")


def test_every_aim_that_is_missed_is_told_as_missed() -> None:
    told = PAGE.read_text(encoding="utf-8")
    for aim in (*verified()["aims"], *verified()["months"]["aims"]):
        assert f"- {'**met**' if aim['met'] else '**MISSED**'}: {aim['says']};" in told


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("sources"), *SOURCES)


@pytest.fixture(scope="module")
def rows(store: Store) -> KnownPairs:
    return known_pairs(store)


@needs_data
def test_the_rows_that_were_scored_are_there_again(rows: KnownPairs) -> None:
    scored = (rows.year >= verified()["since"]) & (rows.year <= verified()["until"]) & ~np.isnan(rows.outcome)
    assert (int(scored.sum()), int(rows.outcome[scored].sum())) == (verified()["forecasts"], verified()["began"])
    base = next(one for one in verified()["scores"] if one["name"] == "base rate")
    losses = [(_rate(rows, year) - rows.of(year).outcome) ** 2 for year in range(verified()["since"], verified()["until"] + 1)]
    assert np.nanmean(np.concatenate(losses)) == pytest.approx(base["brier"])


@pytest.fixture(scope="module")
def months(store: Store) -> KnownPairs:
    return known_pairs(store, MONTH)


@needs_data
def test_the_months_that_were_scored_are_there_again_and_those_that_were_not_are_counted(months: KnownPairs) -> None:
    told = verified()["months"]
    scored = (months.year >= told["since"]) & (months.year <= told["until"]) & ~np.isnan(months.outcome)
    assert (int(scored.sum()), int(months.outcome[scored].sum())) == (told["forecasts"], told["began"])
    assert sum(months.undated[year] for year in range(told["since"], told["until"] + 1)) == told["undated"]


@needs_data
def test_iraq_and_kuwait_were_quiet_until_their_dispute_of_1990_and_in_it_from_its_first_month(months: KnownPairs) -> None:
    pair = months.where((months.first == 645) & (months.second == 690) & (months.year == 1990))
    began = [MONTH.told(int(period)) for period in pair.period[pair.outcome == 1]]
    assert began == ["1990-06"]
    assert pair.feature("ongoing").tolist() == [0] * 6 + [1] * 3 + [0] * 3, "Kuwait was in it until August"


@needs_data
@pytest.mark.parametrize(("first", "second", "known"), [(630, 645, 1989), (645, 690, 1992), (2, 816, 1974)])
def test_a_war_is_known_to_have_been_one_in_the_year_after_its_end(rows: KnownPairs, first: int, second: int, known: int) -> None:
    """Iran and Iraq, 1980 to 1988; Iraq and Kuwait, until 1991 among all who were in it; the United States and North Vietnam, from 1962 to 1973."""
    pair = rows.where((rows.first == first) & (rows.second == second))
    assert pair.year[pair.feature("wars") > 0].min() == known


def _rate(rows: KnownPairs, year: int) -> float:
    past = rows.before(year, WarningRules().learn_since).outcome
    return float((past.sum() + 0.5) / (len(past) + 1))


class _Later:
    """The shelf, in which every table of years says something else from a year on."""

    def __init__(self, shelf: Shelf, year: int) -> None:
        self.shelf, self.year = shelf, year

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        found = self.shelf.table(source_id, table)
        schema = found.collect_schema()
        if "year" not in schema:
            return found
        numbers = [
            name for name, kind in schema.items() if kind.is_numeric() and name not in ("year", "ccode", "ccode1", "ccode2", "gwcode", "gwno_a")
        ]
        late = pl.col("year") >= self.year
        return found.with_columns(pl.when(late).then(pl.col(name).shuffle(5)).otherwise(pl.col(name)).alias(name) for name in numbers)


@needs_data
def test_tables_that_say_something_else_of_a_year_and_after_change_nothing_known_before_it(store: Store, rows: KnownPairs) -> None:
    other = known_pairs(_Later(store, 1995))
    early, then = rows.where(rows.year <= 1995), other.where(other.year <= 1995)
    assert np.array_equal(early.values, then.values, equal_nan=True)
    assert not np.array_equal(rows.of(1996).values, other.of(1996).values, equal_nan=True)


@needs_data
def test_training_that_was_interrupted_goes_on_and_comes_to_a_record(store: Store, tmp_path: Path) -> None:
    rules = WarningRules(members=1, trees=3, learn_since=2003, forecast_since=2009, score_since=2009, draws=20)
    kept, made = KeptForecasts(tmp_path), list[int]()

    def shown(years: Iterable[int]) -> Iterator[int]:
        """Interrupted after the first year, the first time."""
        for year in years:
            if made == [2009] and not kept.folder.joinpath("again").exists():
                kept.folder.joinpath("again").touch()
                raise KeyboardInterrupt
            made.append(year)
            yield year

    with pytest.raises(KeyboardInterrupt):
        train(store, kept, rules, made=_DAY, shown=shown)
    with pytest.raises(NotOnRecord, match="training has come as far as 1 year"):
        kept.record()
    record = train(store, kept, rules, made=_DAY, shown=shown)
    assert made == [2009, 2010, 2011]
    assert (record.since, record.until, record.latest) == (2009, 2010, 2011)
    assert record.outside[0] > 0
