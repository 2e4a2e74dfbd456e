"""The leak test: whatever is changed in a year and after it, the forecast of that year stays as it was; and what a year leaves behind."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from comity.early_warning import GROUPS, YEAR, KnownPairs, WarningRules, forecast_year, known_pairs_of, names_of, recalibrated
from comity.terms import BadInput
from tests.early_warning.made_world import made, tables

RULES = WarningRules(members=2, trees=8, rows_in_leaf=10, forecast_since=1982, score_since=1984, draws=50)
CUT = 1984
KEYS = ("ccode1", "ccode2", "year", "conttype", "cowmaj1", "cowmaj2")


@pytest.fixture(scope="module")
def world() -> KnownPairs:
    return made()


@pytest.fixture(scope="module")
def told(world: KnownPairs) -> pl.DataFrame:
    return forecasts(world, CUT)


def changed(table: pl.DataFrame, since: int) -> pl.DataFrame:
    """Every value of these years is another one: shuffled among the rows and turned. So is what disputes came to that had not ended before them."""
    late, going = pl.col("year") >= since, pl.col("ended").fill_null(since) >= since
    table = table.with_columns(
        *(pl.when(going).then(6 - pl.col(c)).otherwise(pl.col(c)).alias(c) for c in ("hostlev", "fatality")),
        pl.when(going).then(pl.col("ended") + 3).otherwise(pl.col("ended")).alias("ended"),
    )
    return table.with_columns(
        *(pl.when(late).then((pl.col(c).max() - pl.col(c)).shuffle(7)).otherwise(pl.col(c)).alias(c) for c in table.columns if c not in KEYS)
    )


def forecasts(of: KnownPairs, last: int) -> pl.DataFrame:
    return pl.concat(recalibrated((forecast_year(of, year, RULES) for year in range(RULES.forecast_since, last + 1)), RULES))


def test_forecasts_of_a_year_stay_when_that_year_and_all_after_it_are_changed(world: KnownPairs, told: pl.DataFrame) -> None:
    every, relevant = tables()
    other = known_pairs_of(changed(every, CUT), changed(relevant, CUT))
    before = world.year <= CUT
    assert np.array_equal(world.values[before], other.values[before], equal_nan=True)
    assert not np.array_equal(world.values[~before], other.values[~before], equal_nan=True)
    two = forecasts(other, CUT)
    assert told.drop("outcome").equals(two.drop("outcome"))
    assert not told["outcome"].equals(two["outcome"]), "the outcomes of the year itself were changed"


def test_forecasts_of_a_year_stay_when_the_record_ends_before_it(told: pl.DataFrame) -> None:
    every, relevant = (table.filter(pl.col("year") < CUT) for table in tables())
    other = known_pairs_of(every, relevant)
    assert other.year.max() == CUT
    assert np.isnan(other.of(CUT).outcome).all()
    peers, year = ["base rate", "recent base rate", "last value", "logit", "boosted trees alone"], pl.col("year") == CUT
    found = forecast_year(other, CUT, RULES)
    assert found.select(peers).equals(told.filter(year).select(peers))
    raw = told.filter(year).select((pl.col("reference") - pl.col("intercept")) / pl.col("slope")).to_series().to_numpy()
    assert raw == pytest.approx(found["reference"].to_numpy())


def test_what_is_changed_in_the_year_before_does_change_the_forecast(told: pl.DataFrame) -> None:
    every, relevant = tables()
    other = known_pairs_of(changed(every, CUT - 1), changed(relevant, CUT - 1))
    assert not forecast_year(other, CUT, RULES)["logit"].equals(told.filter(pl.col("year") == CUT)["logit"])


def with_dispute(ended: int | None, hostlev: int, fatality: int) -> KnownPairs:
    """The world, in which a dispute between 2 and 365 begins in 1980, of several years, and comes to something."""
    one = (pl.col("ccode1") == 2) & (pl.col("ccode2") == 365) & (pl.col("year") == 1980)
    told = {"gmlmidonset": 1, "gmlmidongoing": 1, "ended": ended, "hostlev": hostlev, "fatality": fatality}
    every = tables()[0].with_columns(pl.when(one).then(pl.lit(is_)).otherwise(pl.col(name)).alias(name) for name, is_ in told.items())
    return known_pairs_of(every, tables()[1])


def test_a_dispute_of_several_years_that_ends_in_war_changes_no_forecast_before_it_has_ended() -> None:
    small, war = with_dispute(CUT, 2, 0), with_dispute(CUT, 5, 6)
    before = small.year <= CUT
    assert np.array_equal(small.values[before], war.values[before], equal_nan=True)
    assert not np.array_equal(small.of(CUT + 1).values, war.of(CUT + 1).values, equal_nan=True), "at the end of its last year it is known"
    assert forecasts(small, CUT).equals(forecasts(war, CUT))
    assert not forecast_year(small, CUT + 1, RULES).equals(forecast_year(war, CUT + 1, RULES))


def test_a_war_counts_once_when_it_has_ended_and_not_while_it_goes_on() -> None:
    going, ended = (with_dispute(year, 5, 6) for year in (None, CUT))
    for name in ("wars", "deadly_disputes"):
        one, other = (of.where((of.first == 2) & (of.second == 365)) for of in (ended, going))
        more = dict(zip(one.year.tolist(), (one.feature(name) - other.feature(name)).tolist(), strict=True))
        assert all(value == 0 for year, value in more.items() if year <= CUT)
        assert more[CUT + 1] == 1
        assert more[1991] == pytest.approx(0.5 ** ((1991 - CUT - 1) / 10)), "after ten years it counts half"


def test_a_year_is_learned_from_only_if_its_outcome_is_known_and_it_is_before(world: KnownPairs) -> None:
    past = world.before(CUT, RULES.learn_since)
    assert past.year.max() == CUT - 1
    assert past.year.min() == 1946
    assert not np.isnan(past.outcome).any()


def test_what_a_year_leaves_behind_is_what_its_rows_say(world: KnownPairs) -> None:
    """Walked through by hand, pair by pair."""
    every, _ = tables()
    rows = {(a, b, y): began for a, b, y, began in every.select("ccode1", "ccode2", "year", "gmlmidonset").iter_rows()}
    wars = {(a, b, e) for a, b, e in every.filter(pl.col("hostlev") == 5).select("ccode1", "ccode2", "ended").iter_rows() if e is not None}
    years = sorted({y for *_, y in rows})
    for n in range(0, len(world), 97):
        a, b, year = int(world.first[n]), int(world.second[n]), int(world.year[n])
        told = {name: world.values[n, names_of(YEAR).index(name)] for name in names_of(YEAR)}
        half = sum(0.5 ** ((year - 1 - y) / 3) for y in years if y < year and rows[a, b, y])
        quiet = next((year - 1 - y for y in reversed(years) if y < year and rows[a, b, y]), year - years[0])
        others = [
            sum(0.5 ** (year - 1 - y) for (c, d, y), began in rows.items() if began and y < year and s in (c, d) and {c, d} != {a, b}) for s in (a, b)
        ]
        assert told["disputes_3"] == pytest.approx(half)
        assert told["quiet"] == quiet
        assert told["wars"] == pytest.approx(sum(0.5 ** ((year - 1 - e) / 10) for c, d, e in wars if (c, d) == (a, b) and e < year))
        assert told["others_1_low"] == pytest.approx(np.log1p(min(others)), abs=1e-6)
        assert world.outcome[n] == rows[a, b, year] if year in years else np.isnan(world.outcome[n])


def test_reasons_add_up_from_the_middle_pair_to_the_forecast(told: pl.DataFrame) -> None:
    table = told.filter(pl.col("year") == CUT)
    steps = table["reference"] + sum(table[f"step {group}"] for group in GROUPS)
    odds = (table["low"] / (1 - table["low"])).log(), (table["high"] / (1 - table["high"])).log()
    assert ((steps - (odds[0] + odds[1]) / 2).abs() < 1e-6).all(), "with two members the mean is midway"
    ours = 1 / (1 + (-steps).exp())
    assert ((ours - table["ours"]).abs() < 1e-9).all()


def test_a_year_before_which_nothing_is_known_cannot_be_forecast(world: KnownPairs) -> None:
    with pytest.raises(BadInput, match="1946 cannot be forecast"):
        forecast_year(world, 1946, RULES)
    with pytest.raises(BadInput, match="2030 cannot be forecast"):
        forecast_year(world, 2030, RULES)
