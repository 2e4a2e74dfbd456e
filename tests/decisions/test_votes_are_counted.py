"""The count under a rule: shares, bars, quorum, each by itself, with numbers that one can check in one's head."""

from __future__ import annotations

import pytest

from comity.agreements.decision_rules import Bar, DecisionRule, Share, Vote
from comity.terms import BadInput
from comity.votes import Outcome, Voter, count

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
COUNCIL = [Voter(code) for code in (*PERMANENT, *(f"E{n}" for n in range(10)))]
ADOPTED, NOT_ADOPTED, NO_QUORUM = Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.NO_QUORUM


def rule(*passes: tuple[Share, ...], bars: tuple[Bar, ...] = (), quorum: Share | None = None) -> DecisionRule:
    return DecisionRule(
        kind="decision", article="1", says="So many.", id="one", body="Council", matters="all", passes=passes, bars=bars, quorum=quorum
    )


def cast(**votes: str) -> dict[str, Vote]:
    """``yes="A B"``: who voted how."""
    kinds: dict[str, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain", "constructive": "constructive"}
    return {code: kinds[how] for how, codes in votes.items() for code in codes.split()}


def outcome(of: DecisionRule, voters: list[Voter], **votes: str) -> Outcome:
    return count(of, voters, cast(**votes)).outcome


def members(number: int) -> list[Voter]:
    return [Voter(chr(ord("A") + n)) for n in range(number)]


OTHER_MATTERS = rule((Share(least="9"),), bars=(Bar(votes=("no",), by=PERMANENT),))


def test_nine_of_fifteen_adopt_unless_a_permanent_member_is_against() -> None:
    nine = "CHN FRA GBR E0 E1 E2 E3 E4 E5"
    assert outcome(OTHER_MATTERS, COUNCIL, yes=nine, no="E6 E7 E8 E9") is ADOPTED
    assert outcome(OTHER_MATTERS, COUNCIL, yes=nine, no="RUS") is NOT_ADOPTED
    assert outcome(OTHER_MATTERS, COUNCIL, yes=nine, abstain="RUS USA") is ADOPTED
    assert outcome(OTHER_MATTERS, COUNCIL, yes="CHN FRA GBR RUS USA E0 E1 E2") is NOT_ADOPTED
    tally = count(OTHER_MATTERS, COUNCIL, cast(yes=nine, no="RUS USA E9"))
    assert [(one.has, one.needs, one.whole) for one in tally.ways[0]] == [(9, 9, 15)]
    assert [one.by for one in tally.bars] == [("RUS", "USA")]
    assert tally.votes == {"yes": 9, "no": 3, "abstain": 0, "constructive": 0, "absent": 3}


@pytest.mark.parametrize(
    ("share", "whole", "needs"),
    [
        (Share(least="2/3"), 5, 4), (Share(least="2/3"), 6, 4), (Share(least="2/3"), 0, 1), (Share(least="0"), 4, 1), (Share(least="5"), 3, 5),
        (Share(more="1/2"), 4, 3), (Share(more="1/2"), 5, 3), (Share(more="1/2"), 0, 1), (Share(more="2"), 9, 3), (Share(least="1/2"), 5, 3),
        (Share(least="55/100"), 27, 15), (Share(all_but=3), 27, 24), (Share(all_but=3), 2, 1), (Share(all_but=0), 4, 4),
    ],
)  # fmt: skip
def test_a_share_needs_the_smallest_whole_number_that_reaches_it_and_at_least_one(share: Share, whole: int, needs: int) -> None:
    counted = count(rule((share,)), [Voter(f"V{n}") for n in range(whole)] or [Voter("none", has_vote=False)], {}).ways[0][0]
    assert counted.needs == needs or (whole == 0 and counted.needs == 1)


def test_a_share_of_those_voting_leaves_out_who_abstains_or_is_absent() -> None:
    important = rule((Share(among="voting", least="2/3"),))
    assert outcome(important, members(9), yes="A B", no="C", abstain="D E F") is ADOPTED
    assert outcome(important, members(9), yes="A B C", no="D E") is NOT_ADOPTED
    assert outcome(important, members(9), abstain="A B C D") is NOT_ADOPTED


def test_a_share_of_those_present_counts_abstentions_against() -> None:
    of_present = rule((Share(among="present", more="1/2"),))
    assert outcome(of_present, members(9), yes="A B", no="C") is ADOPTED
    assert outcome(of_present, members(9), yes="A B", no="C", constructive="D") is NOT_ADOPTED


def test_consensus_is_that_nobody_is_against() -> None:
    consensus = rule(bars=(Bar(),))
    assert outcome(consensus, members(3), yes="A") is ADOPTED
    assert outcome(consensus, members(3), abstain="A B C") is ADOPTED
    assert outcome(consensus, members(3), yes="A B", no="C") is NOT_ADOPTED


def test_nobody_to_vote_adopts_nothing() -> None:
    assert outcome(rule(bars=(Bar(),)), []) is NO_QUORUM
    assert outcome(rule(bars=(Bar(),)), [Voter("A", has_vote=False)], yes="A") is NO_QUORUM


def test_without_a_quorum_nothing_is_adopted_whatever_the_votes() -> None:
    board = rule((Share(among="voting", more="1/2"),), quorum=Share(least="2/3"))
    assert outcome(board, members(6), yes="A B C") is NO_QUORUM
    assert outcome(board, members(6), yes="A B C", abstain="D") is ADOPTED


def test_who_has_no_vote_counts_among_the_whole_and_is_absent() -> None:
    two_thirds = rule((Share(least="2/3"),))
    voters = [Voter("A"), Voter("B"), Voter("C", has_vote=False)]
    assert outcome(two_thirds, voters, yes="A B") is ADOPTED
    assert outcome(two_thirds, voters, yes="A C") is NOT_ADOPTED
    assert count(two_thirds, voters, cast(yes="A C")).votes["absent"] == 2


def test_the_vote_of_another_is_not_counted() -> None:
    assert outcome(rule((Share(least="2"),)), members(2), yes="A X") is NOT_ADOPTED


UNION = [Voter("A", {"people": 40}), Voter("B", {"people": 25}), Voter("C", {"people": 20}), Voter("D", {"people": 10}), Voter("E", {"people": 5})]


def test_two_shares_are_both_needed() -> None:
    both = rule((Share(least="3/5"), Share(count="people", least="65/100")))
    assert outcome(both, UNION, yes="A B D") is ADOPTED
    assert outcome(both, UNION, yes="C D E") is NOT_ADOPTED
    assert outcome(both, UNION, yes="A B") is NOT_ADOPTED


def test_a_second_way_to_pass_suffices() -> None:
    two_ways = rule((Share(least="3/5"), Share(count="people", least="65/100")), (Share(all_but=1),))
    assert outcome(two_ways, UNION, yes="B C D E") is ADOPTED
    assert outcome(two_ways, UNION, yes="C D E") is NOT_ADOPTED


def test_all_but_the_fewest_who_have_so_much() -> None:
    """More than 35 of 100 people: A alone has them, so two must be against (or not for it)."""
    fewest = rule((Share(all_but_fewest=Share(count="people", more="35/100")),))
    assert count(fewest, UNION, {}).ways[0][0].needs == 4
    more = rule((Share(all_but_fewest=Share(count="people", more="60/100")),))
    assert count(more, UNION, {}).ways[0][0].needs == 3
    never = rule((Share(all_but_fewest=Share(count="people", least="101")),))
    assert count(never, UNION, {}).ways[0][0].needs == 1


def test_a_bar_with_shares_holds_where_all_of_them_do() -> None:
    """Constructive abstention: a third of the members that have a third of the people."""
    third = (Share(least="1/3"), Share(count="people", least="1/3"))
    unanimous = rule(bars=(Bar(votes=("no",)), Bar(votes=("constructive",), shares=third)))
    assert outcome(unanimous, UNION, yes="A D E", constructive="B C") is NOT_ADOPTED
    assert outcome(unanimous, UNION, yes="A B C", constructive="D E") is ADOPTED
    assert outcome(unanimous, UNION, yes="B C D E", constructive="A") is ADOPTED
    assert outcome(unanimous, UNION, yes="A D E", abstain="B C") is ADOPTED


def test_a_bar_of_some_is_not_made_by_others() -> None:
    assert outcome(OTHER_MATTERS, [v for v in COUNCIL if v.code != "RUS"], yes=" ".join(v.code for v in COUNCIL if v.code != "RUS")) is ADOPTED


@pytest.mark.parametrize(
    ("share", "voters", "said"),
    [
        (Share(count="people", least="1/2"), members(2), "A has no figure in the table people"),
        (Share(least="half"), members(2), "'half' is neither a whole number"),
        (Share(least="3/2"), members(2), "'3/2' is neither"),
        (Share(), members(2), "this one says none"),
    ],
)
def test_what_cannot_be_counted_is_said(share: Share, voters: list[Voter], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        count(rule((share,)), voters, {})
