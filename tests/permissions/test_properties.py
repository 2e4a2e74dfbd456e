"""What must hold of every release, whatever the lines: stricter markings never widen, nothing outlives its line, the originator's word counts."""

from __future__ import annotations

import functools
import random

import pytest

from comity.agreements.allowances import Release
from comity.permissions.grounds import Grounds
from comity.permissions.lines import Lines, Outcome, ReleaseAsked, ReleaseLine
from comity.permissions.release_lines import release_lines
from comity.permissions.releasing import Releasing
from comity.terms import Verdict
from tests.permissions.drawing import small_grounds
from tests.permissions.small_worlds import PARTIES, every_question
from tests.permissions.small_worlds import release_lines as world

SEEDS = range(40)


@functools.cache
def some_questions(seed: int) -> list[ReleaseAsked]:
    return random.Random(seed).sample(every_question(), 300)


def _by_its_mark(grounds: Grounds, line: ReleaseLine) -> bool:
    clause = grounds.agreement(line.agreement).clauses[line.clause]
    return line.owner == line.taker or (isinstance(clause, Release) and clause.mapped == "same")


def outcome(lines: Lines, asked: ReleaseAsked) -> Outcome:
    return Releasing(lines).decide(asked).outcome


@pytest.mark.parametrize("change", ["national", "controlled", "strange"])
def test_adding_a_caveat_never_widens(change: str) -> None:
    for seed in SEEDS:
        lines = world(seed)
        for asked in some_questions(seed):
            stricter = ReleaseAsked(**{**asked._asdict(), change: True})
            assert outcome(lines, stricter) is not Outcome.ALLOWED or outcome(lines, asked) is Outcome.ALLOWED


def test_adding_a_special_category_never_widens_but_where_nothing_else_may_pass() -> None:
    for seed in SEEDS:
        whole = world(seed)
        lines = whole._replace(release=tuple(line._replace(only=frozenset()) for line in whole.release))
        for asked in some_questions(seed):
            assert (
                outcome(lines, asked._replace(categories=asked.categories | {"X"})) is not Outcome.ALLOWED or outcome(lines, asked) is Outcome.ALLOWED
            )


def test_naming_more_addressees_never_narrows() -> None:
    for seed in SEEDS:
        lines = world(seed)
        for asked in some_questions(seed):
            if asked.releasable and outcome(lines, asked) is Outcome.ALLOWED:
                assert outcome(lines, asked._replace(releasable=asked.releasable | {"C", "O"})) is Outcome.ALLOWED


def test_nothing_classified_is_released_on_a_day_of_no_line() -> None:
    for seed in SEEDS:
        lines = world(seed)
        for asked in some_questions(seed):
            if asked.taker != asked.originator and not asked.unclassified:
                assert outcome(lines, asked._replace(day=99)) in (Outcome.NOT_PROVIDED, Outcome.FORBIDDEN)


def test_what_the_originator_controls_passes_on_with_its_consent_only() -> None:
    for seed in SEEDS:
        lines = world(seed)._replace(consents=())
        for asked in some_questions(seed):
            if asked.originator not in (asked.giver, asked.taker):
                assert outcome(lines, asked._replace(controlled=True)) is not Outcome.ALLOWED


def test_an_agreement_that_ends_closes_what_rested_on_it_alone_and_opens_nothing() -> None:
    for seed in SEEDS:
        whole = world(seed)
        without = whole._replace(release=tuple(line for line in whole.release if line.agreement != "x"))
        alone = whole._replace(release=tuple(line for line in whole.release if line.agreement == "x"))
        for asked in some_questions(seed):
            before, after = outcome(whole, asked), outcome(without, asked)
            if after is Outcome.ALLOWED:
                assert before is Outcome.ALLOWED
            elif before is Outcome.ALLOWED:
                assert outcome(alone, asked) is Outcome.ALLOWED


def test_of_a_policy_that_passes_by_its_own_mark_every_lower_level_passes_where_a_higher_one_does() -> None:
    found = 0
    for seed in range(200):
        grounds = small_grounds(seed)
        for giver, taker in random.Random(seed).sample([(a, b) for a in PARTIES for b in PARTIES if a != b], 3):
            lines = [line for line in release_lines(grounds, giver, taker) if _by_its_mark(grounds, line)]
            held = {line._replace(cleared=True) for line in lines}
            for line in lines:
                for lower in range(1, int(line.level[-1])):
                    below = line._replace(level=f"{line.policy}{lower}", as_=f"{line.policy}{lower}", cleared=True)
                    assert below in held
                    found += 1
    assert found > 200


def test_a_contested_line_is_never_taken_for_a_sure_one() -> None:
    for seed in SEEDS:
        whole = world(seed)
        doubtful = whole._replace(release=tuple(line._replace(verdict=Verdict.CONTESTED) for line in whole.release))
        for asked in some_questions(seed):
            if asked.taker != asked.originator and not asked.unclassified:
                assert outcome(doubtful, asked) is not Outcome.ALLOWED
