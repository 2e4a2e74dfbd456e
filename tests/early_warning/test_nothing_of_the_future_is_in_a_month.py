"""The leak test by month: whatever is changed in a month and after it, its forecast stays; what months leave behind; a month that is not known."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from comity.early_warning import MONTH, DatedDisputes, KnownPairs, WarningRules, forecast_year, known_pairs_of, names_of, recalibrated
from comity.early_warning.designs import drawn
from comity.early_warning.scores import probability
from tests.early_warning.made_world import dated, made_months, tables
from tests.early_warning.test_nothing_of_the_future_is_in_a_forecast import changed

RULES = WarningRules(by="month", quiet_share=0.5, members=2, trees=8, rows_in_leaf=10, forecast_since=1982, score_since=1983, draws=50)
CUT = 1984 * 12 + 3
"""April 1984, in which a dispute of the made world begins."""


@pytest.fixture(scope="module")
def world() -> KnownPairs:
    return made_months()


def later(of: DatedDisputes, cut: int) -> DatedDisputes:
    """Other disputes from a month on; of those that were going on, other ends, and how grave they were; nobody leaves any more."""
    began, going = pl.col("begins_last") >= cut, pl.col("ends") >= cut
    spells = of.spells.with_columns(
        *(pl.when(going).then(6 - pl.col(name)).otherwise(pl.col(name)).alias(name) for name in ("hostlev", "fatality")),
        pl.when(began).then(pl.col("ends") + 30).when(going).then(pl.col("ends") + 7).otherwise(pl.col("ends")).alias("ends"),
        *(pl.when(began).then(pl.col(name) + 2).otherwise(pl.col(name)).alias(name) for name in ("begins_first", "begins_last")),
    )
    return DatedDisputes(
        spells, of.members.with_columns(pl.when(pl.col("last") >= cut).then(pl.col("last") + 40).otherwise(pl.col("last")).alias("last"))
    )


def changed_world(cut: int) -> KnownPairs:
    every, relevant = (changed(table, cut // 12) for table in tables())
    return known_pairs_of(every, relevant, later(dated(), cut))


def test_what_is_known_for_a_month_stays_when_it_and_all_after_it_are_changed(world: KnownPairs) -> None:
    other = changed_world(CUT)
    before = world.period <= CUT
    assert np.array_equal(world.values[before], other.values[before], equal_nan=True)
    assert np.array_equal(world.outcome[world.period < CUT], other.outcome[world.period < CUT], equal_nan=True)
    for since, until in ((CUT + 1, CUT + 2), (CUT + 12, CUT + 13)):
        then = (world.period >= since) & (world.period < until)
        assert not np.array_equal(world.values[then], other.values[then], equal_nan=True), MONTH.told(since)


def test_forecasts_up_to_a_month_stay_when_it_and_all_after_it_are_changed(world: KnownPairs) -> None:
    one, two = (pl.concat(recalibrated((forecast_year(of, year, RULES) for year in (1983, 1984)), RULES)) for of in (world, changed_world(CUT)))
    before = pl.col("year") * 12 + pl.col("month") - 1 <= CUT
    assert one.filter(before).height > 100
    assert one.filter(before).drop("outcome").equals(two.filter(before).drop("outcome"))
    assert not one.filter(~before).drop("outcome").equals(two.filter(~before).drop("outcome"))


def test_tables_of_a_year_are_known_from_its_end_on_and_its_disputes_from_month_to_month(world: KnownPairs) -> None:
    pair = world.where((world.first == 2) & (world.second == 365) & (world.year == 1984))
    assert len(pair) == 12
    for name in ("democracy_low", "power_ratio", "exercises", "contiguity"):
        assert len(set(pair.feature(name))) == 1, name
    assert len(set(pair.feature("others_3_high"))) > 6
    every = tables()[1].filter(pl.col("year") == 1983, pl.col("ccode1") == 2, pl.col("ccode2") == 365)
    assert pair.feature("exercises")[0] == every["exercises"][0]


def test_what_months_leave_behind_is_what_the_disputes_say(world: KnownPairs) -> None:
    """Walked through by hand, pair by pair."""
    spells = list(dated().spells.select("ccode1", "ccode2", "begins_last", "ends", "hostlev").iter_rows())
    names = names_of(MONTH)
    for n in range(0, len(world), 997):
        a, b, at = int(world.first[n]), int(world.second[n]), int(world.period[n])
        told = dict(zip(names, world.values[n], strict=True))
        own = [(begins, ends, level) for c, d, begins, ends, level in spells if (c, d) == (a, b) and begins < at]
        assert told["disputes_12"] == pytest.approx(sum(0.5 ** ((at - 1 - begins) / 12) for begins, _, _ in own))
        assert told["ongoing"] == any(ends >= at - 1 for _, ends, _ in own)
        last = max((min(ends, at - 1) for _, ends, _ in own), default=1930 * 12 - 1)
        assert told["quiet"] == at - 1 - max(last, 1930 * 12 - 1) or 710 in (a, b)
        assert told["wars"] == pytest.approx(sum(0.5 ** ((at - 1 - ends) / 120) for _, ends, level in own if level == 5 and ends < at))
        others = [sum(0.5 ** ((at - 1 - x) / 3) for c, d, x, _, _ in spells if x < at and s in (c, d) and {c, d} != {a, b}) for s in (a, b)]
        assert told["others_3_low"] == pytest.approx(np.log1p(min(others)), abs=1e-6)
        if at < 1985 * 12:
            assert world.outcome[n] == any((c, d, x) == (a, b, at) for c, d, x, _, _ in spells)


def test_a_dispute_whose_month_is_not_known_is_no_in_none_of_the_months_it_could_have_begun_in(world: KnownPairs) -> None:
    lost = dated().spells.filter(pl.col("begins_first") != pl.col("begins_last")).row(0, named=True)
    pair = world.where((world.first == lost["ccode1"]) & (world.second == lost["ccode2"]))
    of_year = pair.where(pair.year == 1985)
    began = {s for a, b, s, e in dated().spells.select("ccode1", "ccode2", "begins_first", "begins_last").iter_rows()
             if (a, b) == (lost["ccode1"], lost["ccode2"]) and s == e}  # fmt: skip
    for period, outcome in zip(of_year.period, of_year.outcome, strict=True):
        assert outcome == 1 if period in began else np.isnan(outcome), "nothing but a dispute that is known to have begun in it"
    assert world.undated[1985] == 12 - len(began & {*range(1985 * 12, 1986 * 12)}) > 0
    assert sum(world.undated.values()) == world.undated[1985]
    assert not np.isnan(world.before(1990, 1985).outcome).any(), "nothing is learned from these rows"
    without = known_pairs_of(*tables(), DatedDisputes(dated().spells.filter(pl.col("begins_first") == pl.col("begins_last")), dated().members))
    until = world.period <= 1985 * 12 + 11
    assert np.array_equal(world.values[until], without.values[until], equal_nan=True), "it counts from the last of these months on"
    assert not np.array_equal(world.values, without.values, equal_nan=True)


def test_one_who_is_no_member_in_a_month_has_no_outcome_in_it(world: KnownPairs) -> None:
    gone = world.where(((world.first == 710) | (world.second == 710)) & (world.period >= 1988 * 12))
    assert len(gone) > 0
    assert np.isnan(gone.outcome).all()


def test_the_last_month_that_is_forecast_is_the_one_after_the_data_and_nobody_knows_what_came(world: KnownPairs) -> None:
    assert MONTH.told(int(world.period.max())) == "1991-01"
    assert np.isnan(world.outcome[world.period == world.period.max()]).all()


def test_of_rows_without_a_dispute_a_share_is_drawn_and_every_row_with_one_is_kept() -> None:
    rng = np.random.default_rng(2)
    outcome = (rng.random(60_000) < 0.02).astype(float)
    rows = np.arange(60_000)
    kept = drawn(rows, outcome, 0.25, rng)
    assert outcome[kept].sum() == outcome.sum()
    assert (outcome[kept] == 0).sum() == pytest.approx(0.25 * (outcome == 0).sum(), rel=0.03)
    assert np.array_equal(drawn(rows, outcome, 1.0, rng), rows)


def test_a_model_from_a_draw_of_quiet_months_forecasts_as_high_as_one_from_all(world: KnownPairs) -> None:
    few, all_ = (forecast_year(world, 1988, WarningRules(by="month", quiet_share=share, members=4, trees=8, rows_in_leaf=10)) for share in (0.3, 1.0))
    means = [float(probability(table.select(pl.mean_horizontal("^member .*$")).to_series().to_numpy()).mean()) for table in (few, all_)]
    assert means[0] == pytest.approx(means[1], rel=0.25)
