"""The room and the slow reading say the same of drawn rules, electorates and votes; what is drawn holds everything of interest."""

from __future__ import annotations

from collections import Counter

from comity.terms import Verdict
from tests.decisions.drawn import count_agrees, counts, decided, quickly


def test_the_count_is_what_the_slow_reading_counts() -> None:
    assert count_agrees()


def test_what_it_comes_to_is_what_the_slow_reading_says() -> None:
    assert [number for number, (world, told) in enumerate(decided()) if quickly(world) != told] == []


def test_what_is_drawn_is_not_all_the_same() -> None:
    outcomes = Counter(told.outcome for _, _, _, told in counts())
    assert min(outcomes[one] for one in ("adopted", "not-adopted", "no-quorum")) > 100
    verdicts = Counter(told.verdict for _, told in decided() if told is not None)
    assert min(verdicts[one] for one in (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)) >= 10
    assert sum(told is None for _, told in decided()) > 5
    assert any(not told.complete for _, told in decided() if told is not None)
    assert any(told.left_out for _, told in decided() if told is not None)
