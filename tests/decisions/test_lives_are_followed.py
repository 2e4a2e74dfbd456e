"""Where a proposal stands: each step as a story; what comes late, what is not sure, and what the chair says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.agreements.requirements import Lead
from comity.decisions import DecisionState
from comity.terms import Step, Verdict
from tests.decisions.stories import VOTERS, told

S = DecisionState
SILENCE = "AAA propose 2028-03-20T09:00Z silence_until=2028-03-22T12:00Z\n"
VOTE = "AAA propose 2028-03-20T09:00Z vote_by=2028-03-22T12:00Z\n"
OPEN = "AAA propose 2028-03-20T09:00Z\n"
AFTER = "2028-03-23T00:00Z"


@pytest.mark.parametrize(
    ("story", "at", "state"),
    [
        (SILENCE, "2028-03-22T11:59:59Z", S.SILENCE),
        (SILENCE, "2028-03-22T12:00:00Z", S.ADOPTED),
        (SILENCE + "BBB break 2028-03-22T11:59:59Z", "2028-03-22T11:59:59Z", S.BROKEN),
        (SILENCE + "BBB break 2028-03-22T11:59:59Z", AFTER, S.BROKEN),
        (SILENCE + "BBB break 2028-03-22T12:00:00Z", AFTER, S.ADOPTED),
        (SILENCE + "BBB break 2028-03-21T08:00Z\n> BBB restore 2028-03-22T11:59Z", AFTER, S.ADOPTED),
        (SILENCE + "BBB break 2028-03-21T08:00Z\n> BBB restore 2028-03-22T12:00Z", AFTER, S.BROKEN),
        (SILENCE + "BBB break 2028-03-21T08:00Z\n> CCC restore 2028-03-21T09:00Z", AFTER, S.BROKEN),
        (SILENCE + "CCC extend 2028-03-21T08:00Z until=2028-03-24T12:00Z", AFTER, S.SILENCE),
        (SILENCE + "CCC extend 2028-03-22T12:00Z until=2028-03-24T12:00Z", AFTER, S.ADOPTED),
        (SILENCE + "CCC extend 2028-03-21T08:00Z until=2028-03-22T11:00Z", "2028-03-22T11:30Z", S.SILENCE),
        (SILENCE + "BBB break 2028-03-21T08:00Z\nCCC set 2028-03-21T09:00Z until=2028-03-22T18:00Z", AFTER, S.ADOPTED),
        (SILENCE + "BBB break 2028-03-21T08:00Z\nAAA amend 2028-03-21T09:00Z silence_until=2028-03-22T18:00Z", AFTER, S.ADOPTED),
        (SILENCE + "AAA amend 2028-03-21T09:00Z", AFTER, S.PROPOSED),
        (SILENCE + "AAA defer 2028-03-21T09:00Z", AFTER, S.DEFERRED),
        (SILENCE + "AAA withdraw 2028-03-21T09:00Z", AFTER, S.WITHDRAWN),
        (SILENCE + "BBB withdraw 2028-03-21T09:00Z", AFTER, S.ADOPTED),
        (SILENCE + "BBB vote 2028-03-21T09:00Z vote=no", AFTER, S.ADOPTED),
        (SILENCE + "ZZZ break 2028-03-21T09:00Z", AFTER, S.ADOPTED),
        (VOTE, "2028-03-22T11:59:59Z", S.VOTING),
        (VOTE, AFTER, S.NO_QUORUM),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes", AFTER, S.ADOPTED),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes\nBBB vote 2028-03-21T10:00Z vote=no", AFTER, S.NOT_ADOPTED),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes\nBBB vote 2028-03-22T12:00Z vote=no", AFTER, S.ADOPTED),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes\nZZZ vote 2028-03-22T09:00Z vote=no", AFTER, S.ADOPTED),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes\nAAA amend 2028-03-21T12:00Z", AFTER, S.NO_QUORUM),
        (VOTE + "BBB vote 2028-03-21T09:00Z vote=yes\nCCC close 2028-03-21T09:00Z", "2028-03-21T09:00Z", S.ADOPTED),
        (VOTE + "CCC close 2028-03-21T09:00Z\nBBB vote 2028-03-21T09:00:01Z vote=yes", AFTER, S.NO_QUORUM),
        (OPEN, AFTER, S.PROPOSED),
        (OPEN + "CCC close 2028-03-21T09:00Z", AFTER, S.PROPOSED),
        (OPEN + "CCC call 2028-03-21T09:00Z\nBBB vote 2028-03-21T09:30Z vote=yes", AFTER, S.VOTING),
        (OPEN + "BBB vote 2028-03-21T09:30Z vote=yes\nCCC decide 2028-03-21T10:00Z outcome=adopted", AFTER, S.ADOPTED),
        ("AAA propose 2028-03-20T09:00Z lapses=2028-03-22T12:00Z", AFTER, S.LAPSED),
        ("AAA propose 2028-03-20T09:00Z silence_until=2028-03-22T12:00Z lapses=2028-03-22T12:00Z", AFTER, S.ADOPTED),
    ],
)
def test_a_proposal_stands(story: str, at: str, state: DecisionState) -> None:
    decision = told(story, at)
    assert (decision.verdict, decision.state) == (Verdict.YES, state)


def test_an_amendment_of_another_breaks_silence_where_the_rule_says_so() -> None:
    story = SILENCE + "BBB amend 2028-03-21T09:00Z says=shorter"
    assert told(story, AFTER).state is S.ADOPTED
    assert told(story, AFTER, amendments=True).state is S.BROKEN
    assert told(story + "\n> BBB restore 2028-03-21T10:00Z", AFTER, amendments=True).state is S.ADOPTED


def test_an_objection_of_the_day_of_expiry_may_or_may_not_be_in_time() -> None:
    decision = told(SILENCE + "BBB break 2028-03-22", AFTER)
    assert (decision.verdict, [one.state for one in decision.stands]) == (Verdict.UNKNOWN, [S.BROKEN, S.ADOPTED])
    assert told("AAA propose 2028-03-20 silence_until=2028-03-22\nBBB break 2028-03-22", AFTER).state is S.BROKEN, "a day ends at its end"
    assert told(SILENCE + "BBB break 2028-03-21", AFTER).state is S.BROKEN


def test_the_zone_of_the_rule_says_when_a_day_ends() -> None:
    story = "AAA propose 2028-03-20T09:00Z silence_until=2028-03-22\nBBB break 2028-03-23T03:59:59Z"
    assert told(story, AFTER + "").state is S.ADOPTED
    assert told(story, "2028-03-24", zone="America/New_York").state is S.BROKEN


def test_the_term_of_the_rule_runs_from_the_proposal() -> None:
    story = "AAA propose 2028-03-25T12:00+01:00 silence=yes"
    two_days = Lead(delay=(Step(days=2),))
    assert told(story, "2028-03-27T09:59:59Z", term=two_days, zone="Europe/Brussels").state is S.SILENCE
    assert told(story, "2028-03-27T10:00:00Z", term=two_days, zone="Europe/Brussels").state is S.ADOPTED, "the clocks went forward"
    assert told(story, "2028-03-27T10:00:00Z", term=Lead(hours=48), zone="Europe/Brussels").state is S.SILENCE
    assert [one.code for one in told(story, AFTER[:8] + "26").findings] == ["silence-no-end"]


def test_silence_is_unbroken_only_where_the_record_is_complete() -> None:
    assert told(SILENCE, AFTER, coverage=()).verdict is Verdict.UNKNOWN
    assert told(SILENCE + "CCC decide 2028-03-22T13:00Z outcome=adopted", AFTER, coverage=()).state is S.ADOPTED
    assert told(SILENCE + "CCC decide 2028-03-22T13:00Z outcome=not-adopted", AFTER, coverage=()).state is S.BROKEN
    assert told(SILENCE, "2028-03-21T00:00Z", coverage=()).state is S.SILENCE


def test_who_is_not_on_record_with_a_vote_may_have_voted_somehow() -> None:
    story = VOTE + "AAA vote 2028-03-21T09:00Z vote=yes"
    assert told(story, AFTER, coverage=()).verdict is Verdict.UNKNOWN
    assert told(story + "\nCCC decide 2028-03-22T13:00Z outcome=adopted", AFTER, coverage=()).state is S.ADOPTED
    assert told(story + "\nBBB vote 2028-03-21T09:00Z vote=yes", AFTER, coverage=()).state is S.ADOPTED, "two of three are for it"


def test_where_the_chair_and_the_count_differ_both_are_told() -> None:
    decision = told(VOTE + "AAA vote 2028-03-21T09:00Z vote=yes\nCCC decide 2028-03-22T13:00Z outcome=not-adopted", AFTER)
    assert (decision.state, [one.code for one in decision.findings]) == (S.ADOPTED, ["decision-differs"])
    assert decision.chair is not None
    assert not decision.settled


def test_what_somebody_denies_is_contested() -> None:
    decision = told(SILENCE + "BBB break 2028-03-21T09:00Z\n> AAA deny 2028-03-21T10:00Z", AFTER)
    assert (decision.verdict, {one.state for one in decision.stands}) == (Verdict.CONTESTED, {S.BROKEN, S.ADOPTED})


def test_what_comes_after_it_stays_on_record_and_changes_nothing() -> None:
    before = told(SILENCE, AFTER)
    late = "BBB break 2028-03-22T12:00Z\nAAA amend 2028-03-22T13:00Z\nCCC set 2028-03-22T14:00Z until=2028-03-29\nBBB vote 2028-03-22T15:00Z vote=no"
    after = told(SILENCE + late + "\nBBB state 2028-03-22T16:00Z as=interpretative-statement says=narrowly", AFTER)
    assert (after.state, after.stands, after.votes) == (before.state, before.stands, before.votes)
    assert [one.code for one in after.findings] == ["decision-late"] * 4
    assert len(after.acts) == 6
    assert [one.details["says"] for one in after.statements] == ["narrowly"]


def test_a_crowd_of_objections_without_an_hour_is_not_gone_through_one_by_one() -> None:
    many = [f"S{number:02}" for number in range(40)]
    everybody = replace(VOTERS, sure=frozenset(many))
    story = "AAA propose 2028-03-20T09:00Z silence_until=2028-03-22T12:00Z\n" + "\n".join(f"{who} break 2028-03-22" for who in many)
    decision = told(story, AFTER, voters=everybody)
    assert decision.verdict is Verdict.UNKNOWN
    broken = next(one for one in decision.stands if one.state is S.BROKEN)
    assert (broken.objecting, len(broken.perhaps)) == ((), 40)
    votes = VOTE + "\n".join(f"{who} vote 2028-03-22 vote=yes" for who in many)
    assert {one.state for one in told(votes, AFTER, voters=everybody).stands} == {S.ADOPTED, S.NO_QUORUM}


def test_what_is_next_is_told_with_who_and_until_when() -> None:
    silence = told(SILENCE, "2028-03-21T00:00Z").reminders
    assert [(one.who, one.what, one.asked) for one in silence] == [(who, "may break silence", False) for who in ("AAA", "BBB", "CCC")]
    broken = told(SILENCE + "BBB break 2028-03-21T09:00Z", "2028-03-21T12:00Z").reminders
    assert [(one.who, one.what) for one in broken] == [("BBB", "may take back its objection")]
    voting = told(VOTE + "BBB vote 2028-03-21T09:00Z vote=no", "2028-03-21T12:00Z").reminders
    assert [(one.who, one.what, one.asked) for one in voting] == [("AAA", "is asked to vote", True), ("CCC", "is asked to vote", True)]
    assert told(OPEN, AFTER).reminders == ()


def test_days_at_the_end_of_the_calendar_are_read() -> None:
    assert told("AAA propose 0001-01-01 silence_until=9998~", AFTER).state is S.SILENCE
