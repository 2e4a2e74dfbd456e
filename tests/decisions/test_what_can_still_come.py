"""Votes half cast: can it still pass, can it still fail and how, who blocks alone, which votes more would do; cases to be checked by hand."""

from __future__ import annotations

import pytest

from comity.agreements.decision_rules import Bar, DecisionRule, Share, Vote
from comity.power import Chances, chances_of
from comity.terms import BadInput
from comity.votes import Outcome, Voter

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
ELECTED = ("ALB", "ARE", "BRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR")
COUNCIL = [Voter(code) for code in (*PERMANENT, *ELECTED)]


def rule(*passes: tuple[Share, ...], bars: tuple[Bar, ...] = (), quorum: Share | None = None) -> DecisionRule:
    return DecisionRule(
        kind="decision", article="1", says="So.", id="one", body="Body", matters="all", passes=passes, bars=bars, quorum=quorum
    )  # fmt: skip


def cast(**votes: str) -> dict[str, Vote]:
    kinds: dict[str, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain", "absent": "absent", "constructive": "constructive"}
    return {code: kinds[how] for how, codes in votes.items() for code in codes.split()}


def enough(found: Chances) -> list[list[tuple[int, tuple[str, ...]]]]:
    return [[(part.take, part.of) for part in pattern.parts] for pattern in found.enough]


OTHER_MATTERS = rule((Share(least="9"),), bars=(Bar(by=PERMANENT),))


def test_where_permanent_members_have_yet_to_vote_each_can_block_alone_by_no_only() -> None:
    found = chances_of(OTHER_MATTERS, COUNCIL, cast(yes="FRA GBR ALB BRA GAB GHA IRL KEN", abstain="IND ARE"))
    assert (found.decided, found.fewest) == (None, 3)
    assert [(one.code, one.votes) for one in found.blockers] == [("CHN", ("no",)), ("RUS", ("no",)), ("USA", ("no",))]
    assert enough(found) == [[(3, ("CHN", "RUS", "USA"))]]


def test_one_veto_decides_and_is_the_reason() -> None:
    """Security Council, 25 February 2022, S/2022/155 (the votes are from memory)."""
    votes = cast(yes="FRA GBR USA ALB BRA GAB GHA IRL KEN MEX NOR", no="RUS", abstain="CHN IND ARE")
    found = chances_of(OTHER_MATTERS, COUNCIL, votes)
    assert (found.decided, found.can_pass, found.fewest, found.blockers) == (Outcome.NOT_ADOPTED, False, None, ())
    assert found.because == ("barred by no of RUS",)
    early = chances_of(OTHER_MATTERS, COUNCIL, cast(no="RUS"))
    assert (early.can_pass, early.can_fail, len(early.left)) == (False, True, 14)


def test_what_has_what_it_needs_can_only_be_vetoed() -> None:
    found = chances_of(OTHER_MATTERS, COUNCIL, cast(yes="FRA GBR USA RUS ALB BRA GAB GHA IRL"))
    assert (found.can_pass, found.can_fail, found.fails_by) == (True, True, ("no",))
    assert [one.code for one in found.blockers] == ["CHN"]
    assert (found.fewest, enough(found)) == (1, [[(1, ("CHN",))]])
    assert "if all 6 left vote no: barred by no of CHN" in found.because
    decided = chances_of(OTHER_MATTERS, COUNCIL, cast(yes="FRA GBR USA RUS CHN ALB BRA GAB GHA"))
    assert (decided.decided, decided.fewest, decided.fails_by, decided.because) == (Outcome.ADOPTED, 0, (), ())


def test_staying_away_may_defeat_what_a_no_would_not() -> None:
    """Three of five must be there; more than half of those voting."""
    voters = [Voter(code) for code in "ABCDE"]
    of = rule((Share(among="voting", more="1/2"),), quorum=Share(least="3"))
    found = chances_of(of, voters, cast(yes="A B"))
    assert found.fails_by == ("no", "absent")
    assert (found.fewest, enough(found)) == (1, [[(1, ("C", "D", "E"))]])
    assert found.because[-1] == "if all 3 left vote absent: no quorum: at least 3 of all members: 2 of 5, needs 3"
    last = chances_of(of, voters, cast(yes="A B", absent="C D"))
    assert [(one.code, one.votes) for one in last.blockers] == [("E", ("absent",))]


def test_abstentions_together_may_be_a_bar() -> None:
    """Treaty on European Union, article 31(1): a third of the members with a third of the population that abstain constructively."""
    voters = [Voter(code, {"population": persons}) for code, persons in (("A", 50), ("B", 30), ("C", 10), ("D", 10))]
    third = (Share(least="1/3"), Share(count="population", least="1/3"))
    of = rule(bars=(Bar(votes=("no",)), Bar(votes=("constructive",), shares=third)))
    found = chances_of(of, voters, cast(yes="C", constructive="B"))
    assert found.fails_by == ("no", "constructive")
    assert [(one.code, one.votes) for one in found.blockers] == [("A", ("no", "constructive")), ("D", ("no", "constructive"))]
    assert found.fewest == 2


def test_a_vote_that_is_over_has_come_to_what_it_has_come_to() -> None:
    voters = [Voter(code) for code in "AB"]
    of = rule((Share(more="1/2"),))
    lost = chances_of(of, voters, cast(yes="A", no="B"))
    assert (lost.left, lost.can_pass, lost.can_fail, lost.decided, lost.fails_by) == ((), False, True, Outcome.NOT_ADOPTED, ())
    assert lost.because == ("not reached: more than 1/2 of all members: 1 of 2, needs 2",)
    won = chances_of(of, voters, cast(yes="A B"))
    assert (won.can_pass, won.can_fail, won.decided, won.fewest, enough(won)) == (True, False, Outcome.ADOPTED, 0, [[]])


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (rule((Share(least="1"),), bars=(Bar(votes=("yes",)),)), "a bar counts votes of yes"),
        (rule((Share(all_but_fewest=Share(more="1/3", among="voting")),)), "all but the fewest of those voting"),
        (rule((Share(least="1"),), bars=(Bar(by=("A",), shares=(Share(least="1/2", among="present"),)),)), "a bar of named members"),
    ],
)
def test_rules_in_which_a_yes_may_defeat_are_refused(of: DecisionRule, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        chances_of(of, [Voter("A"), Voter("B")], {})
