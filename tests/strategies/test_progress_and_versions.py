"""How far a strategy is, and how two versions differ: as the slow reading has both; in words that a person can use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from comity.indicators import Asked, Reading
from comity.strategies import Strategy, TargetState, progress_of, proposed_findings, reading_notes, strategy_diff
from comity.strategies.strategy import Aim, Baseline, Cadence, FromRecord, Measure, Observed, Target
from comity.terms import BadInput, parse_moment
from tests.strategies.comparing import VALID, courses_agree, diff_fast, lives, pairs, progress_fast
from tests.strategies.drawn import made

ITS = Strategy(id="plan", title="t", version=1, from_=date(2024, 1, 1), until=date(2029, 12, 31), owner="s")


def observed(*seen: tuple[str, int], by: str = "2027-12-31", cadence: Cadence = "yearly", unit: str = "days") -> Measure:
    """Fewer days are better: from 20 at the beginning of 2024 to 10."""
    return Measure(
        id="m", title="Days", unit=unit, direction="less", cadence=cadence, source="s",
        baseline=Baseline(value=Fraction(20), on=parse_moment("2024-01-01")), target=(Target(value=Fraction(10), by=date.fromisoformat(by)),),
        observation=tuple(Observed(on=parse_moment(on), value=Fraction(value), source="report") for on, value in seen),
    )  # fmt: skip


def nothing(name: str, asked: Asked) -> Reading:
    raise AssertionError(f"{name} is not of the record: {asked}")


def told(one: Measure, on: str) -> tuple[str, str]:
    found = progress_of(replace(ITS, indicator=(one,)), date.fromisoformat(on), nothing)[0].targets[0]
    return str(found.progress), found.why


def test_progress_is_what_the_slow_reading_has() -> None:
    for number, (strategy, on, wanted) in enumerate(lives()):
        assert progress_fast(strategy, on) == wanted, number
    assert courses_agree()
    assert {progress for _, _, some in lives() for _, _, targets in some for _, progress in targets} == set(map(str, TargetState))


def test_differences_are_what_the_slow_reading_has() -> None:
    for number, (old, new, wanted) in enumerate(pairs()):
        assert diff_fast(old, new) == wanted, number
    assert sum(bool(one[4]) for _, _, (differences, _, _) in pairs() for one in differences) > 100


@pytest.mark.parametrize(
    ("one", "on", "progress"),
    [
        (observed(("2025-12-31", 15)), "2026-01-01", ("on course", "")),
        (observed(("2025-12-31", 16)), "2026-01-01", ("behind", "")),
        (observed(("2025-xx-xx", 16)), "2026-01-01", ("unknown", "its days are known in part only, and it depends on them")),
        (observed(("2025-12-31", 9)), "2026-01-01", ("met", "")),
        (observed(("2027-12-31", 10)), "2028-06-01", ("met", "")),
        (observed(("2027-12-31", 11)), "2028-06-01", ("not met", "")),
        (observed(("2028-01-01", 10)), "2028-06-01", ("unknown", "nothing was observed up to 2027-12-31")),
        (observed(("2026-12-30", 10)), "2028-06-01", ("unknown", "the last reading is of 2026-12-30, too long before 2027-12-31")),
        (observed(("2026-12-31", 10)), "2028-06-01", ("met", "")),
        (observed(("2023-12-31", 9)), "2026-01-01", ("unknown", "nothing was observed up to 2026-01-01")),
        (observed(), "2026-01-01", ("unknown", "nothing was observed up to 2026-01-01")),
        (observed(("2025-12-31", 15), unit=""), "2026-01-01", ("unknown", "it has no unit")),
        (replace(observed(("2025-12-31", 15)), baseline=None), "2026-01-01", ("unknown", "it has no baseline from which a path would go")),
        (replace(observed(("2025-12-31", 15)), target=(Target(value=Fraction(10)),)), "2026-01-01", ("unknown", "its target has no day")),
        (
            replace(observed(("2025-12-31", 15)), target=(Target(value=Fraction(10), by=date(2027, 12, 31), unit="hours"),)), "2026-01-01",
            ("unknown", "its target in 'hours', not in 'days'"),
        ),
    ],
)  # fmt: skip
def test_a_target_is_judged_by_what_was_seen_up_to_its_day(one: Measure, on: str, progress: tuple[str, str]) -> None:
    assert told(one, on) == progress


def recorded(reading: Reading) -> tuple[str, str, list[str]]:
    """The progress of a share that is to be 0.9, read from a record that says this, in the middle of the way up from 0.5."""
    one = Measure(
        id="m", title="Share", unit="share", cadence="yearly", record=FromRecord(indicator="kept", party="AAA", months=12),
        baseline=Baseline(value=Fraction(1, 2), on=parse_moment("2024-01-01")), target=(Target(value=Fraction(9, 10), by=date(2027, 12, 31)),),
    )  # fmt: skip
    found = progress_of(replace(ITS, indicator=(one,)), date(2026, 1, 1), lambda *_: reading)[0]
    return str(found.targets[0].progress), found.targets[0].why, list(reading_notes(found, date(2026, 1, 1)))


ASKED = Asked("AAA", date(2025, 1, 2), date(2026, 1, 1))


def test_what_is_not_known_is_not_counted_as_zero_nor_as_done() -> None:
    sure = Reading("kept", ASKED, 0.7, "share", 10, reach=date(2026, 1, 1))
    assert recorded(sure) == ("behind", "", [])
    assert recorded(replace(sure, value=0.8)) == ("on course", "", [])
    assert recorded(replace(sure, value=0.95, unknown=1)) == ("met", "", ["of 1 more it is not known"])
    open_ = replace(sure, value=0.95, unknown=4, between=(0.6, 0.97))
    assert recorded(open_)[:2] == ("unknown", "it depends on what is not known")
    assert recorded(open_)[2] == ["of 4 more it is not known; it is from 0.6 to 0.97 whatever is not"]
    assert recorded(replace(sure, value=None, why="nothing fell due"))[:2] == ("unknown", "nothing fell due")


def test_what_a_reading_rests_on_is_told() -> None:
    told = recorded(Reading("kept", ASKED, 1.0, "share", 3, simulated=True, reach=date(2025, 5, 1), notes=("more",)))
    assert told[2] == ["it rests on acts of a simulation", "the record is complete for it to 2025-05-01 only", "more"]
    assert recorded(Reading("kept", ASKED, 1.0, "share", 3))[2] == ["the record is nowhere declared complete for it"]
    assert recorded(Reading("kept", ASKED, 17 / 20 + 0.05, "share", 20, reach=date(2026, 1, 1)))[0] == "met", "0.9 is not missed by a rounding"


def test_an_observation_that_is_due_is_told() -> None:
    found = progress_of(replace(ITS, indicator=(observed(("2024-12-31", 18)),)), date(2026, 1, 2), nothing)[0]
    assert found.due == date(2025, 12, 31)
    assert list(reading_notes(found, date(2026, 1, 2))) == ["read yearly: a reading was due on 2025-12-31"]


def test_findings_are_proposed_for_what_is_behind_and_for_what_is_not_known() -> None:
    for one, says in (
        (observed(("2025-12-31", 16)), "Days: behind towards 10 days by 2027-12-31 (16 days as of 2025-12-31)"),
        (observed(), "Days: unknown towards 10 days by 2027-12-31 (nothing was observed up to 2026-01-01)"),
    ):
        strategy = replace(ITS, indicator=(one,))
        assert [found.text for found in proposed_findings(strategy, progress_of(strategy, date(2026, 1, 1), nothing))] == [says]
    strategy = replace(ITS, indicator=(observed(("2025-12-31", 15)),))
    assert proposed_findings(strategy, progress_of(strategy, date(2026, 1, 1), nothing)) == ()


def test_two_strategies_are_not_compared() -> None:
    with pytest.raises(BadInput, match="'plan' and 'other' are two strategies; give two versions of one"):
        strategy_diff(ITS, replace(ITS, id="other"))


def test_a_version_does_not_differ_from_itself() -> None:
    for seed in range(VALID):
        assert strategy_diff(made(seed).strategy, made(seed).strategy).differences == ()


def test_a_difference_is_told_in_words() -> None:
    aim = Aim(id="o", statement="Reach it", who="s", due=date(2027, 1, 1))
    old, new = replace(ITS, objective=(aim,)), replace(ITS, version=2, objective=(replace(aim, due=None, serves=("i",)),))
    found = [(one.part, one.id, one.field, one.old, one.new) for one in strategy_diff(old, new).differences]
    assert found == [("objective", "o", "serves", "", "i"), ("objective", "o", "due", "2027-01-01", "")]
    steps = (Target(value=Fraction(9, 10), by=date(2027, 1, 1)), Target(value=Fraction(1), by=date(2028, 1, 1)))
    one = replace(ITS, indicator=(replace(observed(), target=steps),))
    other = replace(ITS, version=2, indicator=(replace(observed(), target=steps[:1]),))
    assert [(found.old, found.new) for found in strategy_diff(one, other).differences] == [("value 1 by 2028-01-01", "")]
