"""Every rule of the bundled book, counted in every way that few voters can vote, beside the slow reading; and what each needs of real electorates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from comity.agreements.decision_rules import DecisionRule, Vote
from comity.terms import Verdict
from comity.votes import VOTES, NamedRule, Voter, count, result_of
from oracles import decisions as oracle
from tests.decisions.bundled import rolled, standing

NAMES = {"CHN": 8, "FRA": 6, "DEU": 9, "QAT": 2}
"""Small electorates: two permanent members among them, with what each weighs in any table."""


@cache
def rules() -> list[NamedRule]:
    agreements = [standing("2026-11-28").record.agreement(one) for one in standing("2026-11-28").record.ids]
    return [NamedRule(a, c) for a in agreements for c in a.clauses if isinstance(c, DecisionRule)]


@cache
def different() -> list[NamedRule]:
    """Of rules that are counted alike, one."""
    return list({(one.rule.passes, one.rule.bars, one.rule.quorum): one for one in rules()}.values())


def votes(voters: list[Voter]) -> Iterator[dict[str, Vote]]:
    yield from (dict(zip([v.code for v in voters], cast, strict=True)) for cast in product(VOTES, repeat=len(voters)))


def test_every_rule_is_counted_as_the_slow_reading_counts_it_however_four_vote() -> None:
    for one in different():
        tables = {"population": 0, "teu/population": 0, "votes": 0}
        voters = [Voter(code, dict.fromkeys(tables, figure)) for code, figure in NAMES.items()]
        for ballots in votes(voters):
            electors = [oracle.Elector(v.code, v.weights, True, ballots[v.code]) for v in voters]
            told, tally = oracle.count(one.rule, electors), count(one.rule, voters, ballots)
            assert (tally.outcome.value, tally.votes) == (told.outcome, told.votes), (one.name, ballots)
            assert [b.by for b in tally.bars] == [by for _, by in told.bars], (one.name, ballots)


def test_one_more_yes_never_defeats() -> None:
    """In the place of an abstention or of a no; the quorum aside, to stay away is no better. (ADR 17, 3.)"""
    for one in different():
        voters = [Voter(code, dict.fromkeys(("population", "teu/population", "votes"), figure)) for code, figure in NAMES.items()]
        for ballots in votes(voters):
            if count(one.rule, voters, ballots).outcome.value == "adopted":
                for code, vote in ballots.items():
                    better = count(one.rule, voters, {**ballots, code: "yes"}).outcome.value
                    assert better == "adopted", (one.name, ballots, code, vote)


@pytest.mark.parametrize("one", [pytest.param(one, id=f"{one.name}-{one.rule.start}") for one in rules()])
def test_every_rule_has_its_article_its_own_words_and_where_it_was_read(one: NamedRule) -> None:
    assert one.rule.article
    assert one.rule.says.endswith(".")
    assert one.rule.source or one.rule.read == "memory"


@pytest.mark.parametrize(
    ("name", "on", "size", "needs"),
    [
        ("un-charter/security-council", "2023-06-01", 15, [[9]]),
        ("un-charter/security-council", "1965-08-30", 11, [[7]]),
        ("un-charter/security-council", "1965-08-31", 15, [[9]]),
        ("un-charter/charter-amendment", "2023-06-01", 193, [[129]]),
        ("teu/qualified-majority", "2023-06-01", 27, [[15, 15, 6499], [24]]),
        ("teu/qualified-majority", "2016-06-01", 28, [[16, 15, 6501], [25]]),
        ("teu/qualified-majority", "2014-10-31", 28, [[260, 15]]),
        ("teu/qualified-majority-no-proposal", "2014-10-31", 28, [[260, 19]]),
        ("teu/qualified-majority", "2010-01-01", 27, [[255, 14]]),
        ("teu/qualified-majority-no-proposal", "2023-06-01", 27, [[20, 6499]]),
        ("teu/qualified-majority", "2005-01-01", 25, [[232, 13]]),
        ("teu/qualified-majority-no-proposal", "2004-06-01", 25, [[88, 17]]),
        ("teu/qualified-majority-no-proposal", "2000-01-01", 15, [[62, 10]]),
        ("teu/qualified-majority", "1994-12-31", 12, [[54]]),
        ("teu/simple-majority", "2023-06-01", 27, [[14]]),
        ("iaea-statute/board-two-thirds", "2020-01-01", 35, [[24]]),
        ("cfe/amendment", "2000-01-01", 30, [[30]]),
        ("antarctic/measures", "2020-01-01", 29, [[29]]),
        ("antarctic/measures", "1962-01-01", 12, [[12]]),
    ],
)
def test_what_a_rule_needs_of_its_electorate_that_day(name: str, on: str, size: int, needs: list[list[int]]) -> None:
    told = rolled(name, on)
    assert len(told.seats) == size
    result = result_of(told, {seat.code: "yes" for seat in told.seats})
    assert result.verdict is Verdict.YES
    assert [[share.needs for share in way] for way in result.readings[0].tally.ways] == needs


@pytest.mark.parametrize(
    ("name", "on", "size"),
    [
        ("nato-treaty/council", "2003-02-10", 19), ("nato-treaty/council", "2026-01-01", 32), ("teu/unanimity", "1994-01-01", 12),
        ("teu/unanimity", "2020-01-31", 28), ("teu/unanimity", "2020-02-01", 27), ("pesco/unanimity", "2018-01-01", 25),
        ("pesco/unanimity", "2024-01-01", 26), ("osce/consensus", "1975-08-01", 35), ("osce/consensus", "1990-10-03", 34),
        ("osce/consensus", "2013-01-01", 57), ("asean-charter/summit", "2026-01-01", 11), ("admm-plus/consensus", "2020-01-01", 18),
    ],
)  # fmt: skip
def test_who_decides_by_consensus_is_who_was_a_member_that_day(name: str, on: str, size: int) -> None:
    assert len(rolled(name, on).seats) == size
