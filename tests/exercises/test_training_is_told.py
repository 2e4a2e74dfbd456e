"""Who has trained what together: the fast path beside the slow reading, and small stories with partial days, doubts and coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.interoperability import TrainingMap, TrainingRow, lulls, training_gaps, training_targets, yearly
from comity.parties import Named, Party, Register, Succession
from comity.standing import Record, Standing
from comity.terms import Label, Verdict, parse_moment
from tests.exercises import comparing_training as comparing

SEEDS = 60
REGISTER = Register(
    {code: Party(code, "state", (Named(code),)) for code in ("AAA", "BBB", "CCC", "OLD")},
    (Succession("CCC", "OLD", "continues", date(2000, 1, 1)),),
)
ALL = Coverage(source="the desk's own list", from_=date(1980, 1, 1), through=date(2010, 12, 31), kinds=("take-part",))


def part(who: str, name: str, starts: str, ends: str = "", **details: str) -> Act:
    given = {"activity": name, "starts": starts, **({"ends": ends} if ends else {}), **details}
    return Act(kind="take-part", actor=who, ref=f"{name}-{starts}-{who}", made=parse_moment(starts), details=given, source=Source("s"))


def standing(*acts: Act, on: str = "2005-01-01", coverage: tuple[Coverage, ...] = (ALL,), viewer: str | None = None) -> Standing:
    entries = tuple(Entry(act, date(1980, 1, 1)) for act in acts)
    return Standing(Record((), entries, REGISTER, coverage), on=date.fromisoformat(on), known=date(2020, 1, 1), viewer=viewer)


def two(name: str, starts: str, ends: str = "", **details: str) -> tuple[Act, ...]:
    return tuple(part(who, name, starts, ends, **details) for who in ("AAA", "BBB"))


@pytest.mark.parametrize("seed", range(0, SEEDS, 10))
def test_what_is_told_is_what_the_slow_reading_says(seed: int) -> None:
    for one in range(seed, seed + 10):
        assert comparing.told(one) == comparing.said(one), one


def test_what_cannot_be_asked_is_refused() -> None:
    assert comparing.refused()


def test_a_partial_day_stays_partial_and_recency_is_an_interval() -> None:
    found = TrainingMap(standing(*two("Reef", "2003-01-xx", domains="sea")), half_life=365.25).training(("AAA", "BBB"), "sea")
    assert found.state == "trained"
    assert found.last == (date(2003, 1, 1), date(2003, 1, 31))
    low, high = found.recency
    assert 0.24 < low < high < 0.27


def test_the_same_name_on_other_days_is_another_exercise() -> None:
    apart = (part("AAA", "Passex", "2001-05-01", domains="sea"), part("BBB", "Passex", "2001-06-01", domains="sea"))
    asked = TrainingMap(standing(*apart))
    assert len(asked.exercises) == 2
    assert asked.training(("AAA", "BBB"), "sea").state == "none"


def test_silence_within_coverage_is_none_since_its_first_day_and_after_it_nothing_is_known() -> None:
    asked = TrainingMap(standing(*two("Reef", "2003-01-10", "2003-01-20", domains="sea")))
    none = asked.training(("AAA", "CCC"), "sea")
    assert (none.state, none.since, none.covered_by) == ("none", date(1980, 1, 1), ("the desk's own list",))
    later = asked.training(("AAA", "BBB"), "sea", date(2012, 1, 1))
    assert later.last == (date(2003, 1, 20), date(2012, 1, 1))
    assert later.recency[1] == 1.0, "it may have been yesterday"
    assert not later.complete
    assert asked.fresh(("AAA", "BBB"), "sea", 730, date(2012, 1, 1)) is Verdict.UNKNOWN
    assert asked.fresh(("AAA", "BBB"), "sea", 730, date(2010, 1, 1)) is Verdict.NO
    nothing = TrainingMap(standing(coverage=())).training(("AAA", "BBB"))
    assert (nothing.state, nothing.recency) == ("unknown", (0.0, 1.0))


def test_an_exercise_without_a_domain_may_have_been_in_any() -> None:
    asked = TrainingMap(standing(*two("Fog", "2004-01-01", purposes="humanitarian")))
    assert asked.training(("AAA", "BBB"), "air").state == "unknown"
    assert asked.training(("AAA", "BBB"), "air").most == 1
    assert asked.training(("AAA", "BBB"), "humanitarian").state == "trained"
    assert asked.training(("AAA", "BBB"), "peacekeeping").state == "none"


def test_a_denied_act_leaves_it_contested() -> None:
    acts = two("Reef", "2004-01-01", domains="sea")
    denial = Act(kind="deny", actor="CCC", ref="no", made=parse_moment("2004-02-01"), replies_to=acts[0].hash, source=Source("s"))
    asked = TrainingMap(standing(*acts, denial))
    assert asked.training(("AAA", "BBB"), "sea").state == "contested"
    assert asked.fresh(("AAA", "BBB"), "sea", 730) is Verdict.CONTESTED
    assert TrainingMap(standing(*acts)).fresh(("AAA", "BBB"), "sea", 730) is Verdict.YES


def test_one_person_under_two_codes_is_one_nation() -> None:
    acts = (part("AAA", "Reef", "1999-01-01"), part("OLD", "Reef", "1999-01-01"))
    found = TrainingMap(standing(*acts)).training(("AAA", "CCC"))
    assert found.state == "trained"
    assert found.acts == ("Reef-1999-01-01-AAA", "Reef-1999-01-01-OLD")


def test_what_a_viewer_may_not_see_is_not_there() -> None:
    hidden = Label(policy="AAA", classification="SECRET", originator="AAA")
    acts = [replace(act, label=hidden, nonce="0" * 32) for act in two("Reef", "2004-01-01")]
    assert TrainingMap(standing(*acts, viewer="CCC")).training(("AAA", "BBB")).state == "none"
    assert TrainingMap(standing(*acts, viewer="AAA")).training(("AAA", "BBB")).state == "trained"


def test_rows_of_other_training_count_beside_acts() -> None:
    row = TrainingRow(nations=frozenset(("AAA", "BBB")), capability="mine clearance", moment=parse_moment("2004-03-01"), source="course 7")
    asked = TrainingMap(standing(), [row])
    found = asked.training(("AAA", "BBB"), "mine clearance")
    assert (found.state, found.what, found.least) == ("trained", "course 7", 1)
    assert "mine clearance" in asked.capabilities


def test_gaps_come_in_the_order_of_what_they_need() -> None:
    acts = (*two("Reef", "2001-01-01", domains="sea"), *two("Sky", "2000-01-01", domains="air"), *two("Hill", "2004-06-01", domains="land"))
    listed = training_gaps(TrainingMap(standing(*acts)), [("AAA", "BBB")], ("land", "sea", "air", "cyber"), 730)
    assert [gap.training.capability for gap in listed] == ["cyber", "air", "sea"]
    assert [gap.stale_from for gap in listed] == [None, date(2002, 1, 1), date(2003, 1, 2)]


def test_targets_keep_a_pair_fresh_from_slot_to_slot() -> None:
    acts = (*two("Reef", "2004-07-05", domains="sea"), *two("Sky", "1999-01-01", domains="air"))
    asked = TrainingMap(standing(*acts))
    targets = training_targets(
        asked, [("AAA", "BBB")], ("sea", "air"), 364, slot_of=lambda day: (day - date(2005, 1, 1)).days // 7, slots=130, soon=4, weight=5
    )
    assert [(target.capability, tuple(target.during)) for target in targets] == [
        ("sea", (0, 26)), ("sea", (26, 78)), ("sea", (78, 130)), ("air", (0, 4)), ("air", (4, 56)), ("air", (56, 108)),
    ]  # fmt: skip


def test_exercises_are_counted_by_year_and_lulls_between_them_are_told() -> None:
    acts = (
        *two("Reef 98", "1998-01-01", "1998-01-09", domains="sea"),
        *two("Fog", "1999-06-01"),
        *two("Reef 02", "2002-02-xx", domains="sea"),
        *two("Reef 03", "2003-02-01", domains="sea"),
    )
    asked = TrainingMap(standing(*acts))
    counted = yearly(asked, ("AAA", "BBB"), ("sea",))
    assert {year: number for (year, name), number in counted.items() if name == "any"} == {1998: 1, 1999: 1, 2000: 0, 2001: 0, 2002: 1, 2003: 1}
    assert counted[1999, "sea"] == 0
    found = lulls(asked, ("AAA", "BBB"), "sea", 730)
    assert [(one.after, one.before, one.possible) for one in found] == [(date(1998, 1, 9), date(2002, 2, 1), 1)]
    assert found[0].days == 1483
