"""Trust: both readings agree, no number below ten, what it says of simulated duties, and that it finds differences where there are some."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from comity.book import read_book
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from comity.trust import Forecast, Observation, TrustRules, beta_below, beta_quantile, trust
from comity.trust.forecasting import forecast
from comity.trust.observations import Observed
from tests.trust.trust_drawn import betas_agree, fast, slowly

BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
ON = date(2026, 1, 1)


@cache
def standing(on: date = ON) -> Standing:
    return Standing(read_book(BOOK).record, on=on, known=ON)


@pytest.mark.parametrize("seed", range(60))
def test_a_forecast_and_its_record_are_those_of_the_slow_reading(seed: int) -> None:
    assert fast(seed) == slowly(seed)


def test_the_beta_distribution_is_that_of_a_power_series() -> None:
    assert betas_agree()


def test_the_beta_distribution_is_that_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    rng = random.Random(1)
    for _ in range(60):
        a, b, x = 10 ** rng.uniform(-1, 3), 10 ** rng.uniform(-1, 3), rng.random()
        assert beta_below(x, a, b) == pytest.approx(float(stats.beta.cdf(x, a, b)), abs=1e-9)
        assert beta_quantile(0.95, a, b) == pytest.approx(float(stats.beta.ppf(0.95, a, b)), abs=1e-8)


def drawn(shares: dict[str, float], number: int, seed: int = 3) -> Observed:
    """So many duties of each towards another, day after day, kept with the party's own share."""
    rng, found = random.Random(seed), list[Observation]()
    for n in range(number):
        for party, share in shares.items():
            to = rng.choice([code for code in shares if code != party])
            out = "kept" if rng.random() < share else "missed"
            due = date(2015, 1, 1) + timedelta(7 * n)
            found.append(Observation(f"{party}{n:04}", "x", "notify", party, (to,), due, "kept" if out == "kept" else "missed"))
    return Observed(tuple(found), ())


def asked(found: Observed, party: str = "A", partner: str = "B", rules: TrustRules | None = None) -> Forecast:
    return forecast(found, party, partner, None, date(2025, 1, 1), rules or TrustRules())


def test_below_ten_observed_duties_there_is_no_number() -> None:
    found = drawn({"A": 0.9, "B": 0.9}, 9)
    told = asked(found)
    assert (told.value, told.between, told.why) == (None, None, "9 observed; 10 are needed")
    assert asked(drawn({"A": 0.9, "B": 0.9}, 10)).value is not None


def test_where_parties_differ_the_forecasts_beat_the_base_rate_and_where_they_do_not_they_hardly_lose() -> None:
    apart = asked(drawn({"A": 0.95, "B": 0.5, "C": 0.2, "D": 0.85, "E": 0.35, "F": 0.7}, 300)).score
    assert apart is not None
    assert apart.brier.between is not None
    assert apart.brier.between[1] < 0, apart.brier
    assert apart.log.between is not None
    assert apart.log.between[1] < 0, apart.log
    for one in apart.bins:
        if one.number >= 100 and one.forecast is not None and one.kept is not None:
            assert one.forecast == pytest.approx(one.kept, abs=0.08), one
    alike = asked(drawn(dict.fromkeys("ABCDEF", 0.8), 300)).score
    assert alike is not None
    assert 0 < alike.brier.difference < 0.01


def test_the_interval_holds_the_share_that_the_duties_were_drawn_with() -> None:
    """About nine times in ten, for a half-life so long that nothing fades."""
    rules, held = TrustRules(half_life=1e7, pooling=1), 0
    for seed in range(100):
        told = asked(drawn({"A": 0.8, "B": 0.8}, 40, seed), rules=rules)
        assert told.between is not None
        held += told.between[0] <= 0.8 <= told.between[1]
    assert 83 <= held <= 97, held


def test_old_duties_fade() -> None:
    """Missed long ago, kept of late: the shorter the half-life, the better."""
    days = [(date(2000, 1, n + 1), "missed") for n in range(15)] + [(date(2024, 1, n + 1), "kept") for n in range(15)]
    rows = tuple(Observation(f"k{day}", "x", "notify", "A", ("B",), day, "kept" if out == "kept" else "missed") for day, out in days)
    told = [asked(Observed(rows, ()), rules=TrustRules(half_life=years * 365.25)).value for years in (2, 5, 20, 1000)]
    assert all(one is not None for one in told)
    assert told == sorted(told, key=lambda one: -(one or 0))


@pytest.mark.parametrize("pooling", [0.001, 4, 1e6])
def test_the_first_that_is_missed_after_many_kept_can_be_scored(pooling: float) -> None:
    """However little a wider circle counts, what is forecast for missing it is above nought."""
    days = [date(2024, 1, 1) + timedelta(n) for n in range(300)]
    rows = [
        Observation(f"{party}{day}", "x", kind, party, (to,), day, "kept")
        for day in days for kind in ("notify", "report") for party in "ABC" for to in "ABC" if to != party
    ]  # fmt: skip
    last = Observation("last", "x", "notify", "A", ("B",), date(2024, 12, 1), "missed")
    told = forecast(Observed((*rows, last), ()), "A", "B", "notify", date(2025, 1, 1), TrustRules(pooling=pooling))
    assert told.score is not None
    assert 0 < told.score.log.forecasts < 1
    assert told.value is not None
    assert 0 < told.value < 1


def test_the_simulated_book_is_said_to_be_simulated() -> None:
    told = trust(standing(), "ARD", "BLM")
    assert told.value is not None
    assert told.between is not None
    assert told.simulated
    assert told.notes == ("28 of the 28 duties, and 252 of all 252, are of a simulation",)
    assert told.between[0] < told.value < told.between[1]
    assert len(told.rests_on) == 28
    assert all(row.duty.due < ON and 0 < row.weight <= 1 for row in told.rests_on)


def test_only_what_fell_due_before_the_day_counts() -> None:
    early, late = trust(standing(date(2018, 11, 15)), "ARD", "BLM"), trust(standing(date(2018, 11, 16)), "ARD", "BLM")
    keys = [row.duty.key for row in early.rests_on], [row.duty.key for row in late.rests_on]
    assert keys[1] == [*keys[0], "openness/calendar/ARD/2018-11-15"]


@pytest.mark.parametrize(
    ("party", "partner", "kind", "error"),
    [("ARD", "ARD", None, BadInput), ("ARD", "ZZZ", None, NotOnRecord), ("ZZZ", "ARD", None, NotOnRecord), ("ARD", "BLM", "x", BadInput)],
)
def test_what_makes_no_sense_is_refused(party: str, partner: str, kind: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        trust(standing(), party, partner, kind)


@pytest.mark.parametrize(
    ("half_life", "pooling", "level"),
    [(0, 4, 0.9), (float("inf"), 4, 0.9), (1, 0, 0.9), (1, 1e-4, 0.9), (1, 1e7, 0.9), (1, float("nan"), 0.9), (1, 4, 0), (1, 4, 1)],
)
def test_rules_that_make_no_sense_are_refused(half_life: float, pooling: float, level: float) -> None:
    with pytest.raises(BadInput):
        TrustRules(half_life=half_life, pooling=pooling, level=level)
