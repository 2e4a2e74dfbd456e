"""The shipped reading and the slow one have the same obligations, conflicts and invocations, in thousands of small worlds."""

from __future__ import annotations

from collections import Counter
from typing import cast

from comity.responses import obliged
from comity.standing import Standing
from comity.terms import Verdict
from tests.responses.made import fast_lines, fast_record, record_world, slow_lines, slow_record

LINES, RECORDS = 4_000, 1_200


def test_what_each_line_comes_to_is_what_trying_every_way_says() -> None:
    seen = Counter[Verdict]()
    for seed in range(LINES):
        fast = fast_lines(seed)
        assert fast == slow_lines(seed), seed
        seen.update(fast[0])
    assert min(seen[verdict] for verdict in Verdict) > 200, seen


def test_a_small_record_is_told_as_the_slow_reading_has_it() -> None:
    rows, clashes, answered = 0, Counter[str](), 0
    for seed in range(RECORDS):
        fast = fast_record(seed)
        assert fast == slow_record(seed), seed
        rows += len(fast[0])
        clashes.update(one[0] for one in fast[1])
        answered += any(row[-1] for row in fast[0])
    assert rows > 4_000
    assert min(clashes[kind] for kind in ("breach", "common-ally", "torn")) > 100, clashes
    assert answered > 50


def test_asked_of_one_agreement_it_is_that_part_of_the_whole_answer() -> None:
    rows = 0
    for seed in range(150):
        attack, held = record_world(seed)
        standing = cast(Standing, held)
        whole = obliged(standing, attack)
        for name in standing.known_agreements():
            part = obliged(standing, attack, name)
            assert part.rows == tuple(row for row in whole.rows if row.line.agreement == name), seed
            assert part.invocations == tuple(one for one in whole.invocations if one.agreement == name), seed
            assert part.notes[0].startswith(f"of {name} alone")
            rows += len(part.rows)
    assert rows > 200
