"""Four verdicts combine: `and` is no, else contested, else unknown, else yes; `or` is its mirror image."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.terms import Finding, Findings, Verdict, all_of, any_of

YES, NO, CONTESTED, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN
MIRROR = {YES: NO, NO: YES, CONTESTED: CONTESTED, UNKNOWN: UNKNOWN}
SOME = st.lists(st.sampled_from(Verdict), max_size=6)


@pytest.mark.parametrize(
    ("verdicts", "both", "either"),
    [
        ([], YES, NO),
        ([YES, YES], YES, YES),
        ([YES, NO], NO, YES),
        ([YES, CONTESTED], CONTESTED, YES),
        ([YES, UNKNOWN], UNKNOWN, YES),
        ([NO, CONTESTED], NO, CONTESTED),
        ([NO, UNKNOWN], NO, UNKNOWN),
        ([CONTESTED, UNKNOWN], CONTESTED, CONTESTED),
        ([YES, CONTESTED, UNKNOWN, NO], NO, YES),
    ],
)
def test_a_no_settles_and_a_yes_settles_or(verdicts: list[Verdict], both: Verdict, either: Verdict) -> None:
    assert all_of(verdicts) is both
    assert any_of(verdicts) is either


@given(SOME)
def test_or_is_the_mirror_image_of_and(verdicts: list[Verdict]) -> None:
    assert any_of(verdicts) is MIRROR[all_of(MIRROR[v] for v in verdicts)]


@given(SOME, SOME)
def test_order_and_grouping_do_not_matter(some: list[Verdict], more: list[Verdict]) -> None:
    assert all_of([*some, *more]) is all_of([all_of(more), all_of(some)])
    assert any_of([*some, *more]) is any_of([any_of(more), any_of(some)])


def test_a_verdict_with_itself_is_itself() -> None:
    for verdict, combine in itertools.product(Verdict, (all_of, any_of)):
        assert combine([verdict, verdict]) is verdict


def test_verdicts_are_written_as_their_words() -> None:
    assert [str(v) for v in Verdict] == ["yes", "no", "contested", "unknown"]


def test_findings_are_collected_and_come_out_in_one_order() -> None:
    """Whatever order the derivation meets them in: by agreement, place, code."""
    findings = Findings()
    findings.add("late", "too late", "b", "pact")
    findings.add("late", "too late", "a", "pact", "VCLT 20(5)")
    findings.add("no-date", "no date", "z")
    assert findings.sorted() == [
        Finding("no-date", "no date", "z"),
        Finding("late", "too late", "a", "pact", "VCLT 20(5)"),
        Finding("late", "too late", "b", "pact"),
    ]
