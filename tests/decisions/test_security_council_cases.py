"""The Security Council as it decided, under article 27 as it was on the day: vetoes, abstentions, absence, parties to a dispute, too few votes.

Who was elected is on record for some years only; in others the elected members are seats without a name, and vote by number. Each case says
where its votes were read; *memory* where they were not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from comity.agreements.decision_rules import Vote, Without
from comity.terms import Verdict
from comity.votes import Outcome, Result, result_of, roll, rule_named
from tests.decisions.bundled import standing

MATTERS, PROCEDURE, DISPUTE = "un-charter/security-council", "un-charter/security-council-procedure", "un-charter/security-council-dispute"


@dataclass(frozen=True)
class Case:
    """``votes``: how those named voted; ``elected``: how many of the others voted how; the rest were absent, or had not been elected yet."""

    what: str
    source: str
    on: str
    rule: str
    votes: dict[Vote, str]
    elected: dict[Vote, int]
    outcome: Outcome
    told: dict[Without, tuple[str, ...]] = field(default_factory=dict)

    def counted(self) -> Result:
        """What the votes come to under the rule of the day."""
        there = standing(self.on)
        called = roll(there, rule_named(there, self.rule), told=self.told)
        named: dict[str, Vote] = {code: vote for vote, codes in self.votes.items() for code in codes.split()}
        assert set(named) <= {seat.code for seat in called.seats}, "who voted was a member"
        others = [seat.code for seat in called.seats if seat.code not in named]
        votes: list[Vote] = [vote for vote, number in self.elected.items() for _ in range(number)]
        assert len(votes) <= len(others)
        return result_of(called, {**named, **dict(zip(others, votes, strict=False))})


ADOPTED, NOT_ADOPTED = Outcome.ADOPTED, Outcome.NOT_ADOPTED
BRITAIN: dict[Without, tuple[str, ...]] = {"party-to-dispute": ("GBR",)}
CASES = [
    Case(
        "resolution 4 (1946), Spain: the Soviet Union abstains, the first time that a permanent member does, and ten are for it",
        "unscr.com/en/resolutions/4; Repertoire of the Practice of the Security Council 1946-1951, chapter VIII",
        "1946-04-29", MATTERS, {"yes": "CHN FRA GBR USA", "abstain": "SUN"}, {"yes": 6}, ADOPTED,
    ),
    Case(
        "the Spanish question, June 1946: nine for it, the Soviet Union against, the Netherlands abstaining",
        "that the Soviet Union vetoed it: Press (Christchurch), 28 and 29 June 1946 (Papers Past); the numbers from memory",
        "1946-06-18", MATTERS, {"yes": "CHN FRA GBR USA", "no": "SUN"}, {"yes": 5, "abstain": 1}, NOT_ADOPTED,
    ),
    Case(
        "the Corfu Channel, 25 March 1947: seven for it, two against, the Soviet Union one of them, the United Kingdom as a party not voting",
        "that it was rejected: Repertoire of the Practice of the Security Council 1946-1951, chapter VIII; the numbers from memory",
        "1947-03-25", DISPUTE, {"yes": "CHN FRA USA", "no": "SUN", "absent": "GBR"}, {"yes": 4, "no": 1, "abstain": 1}, NOT_ADOPTED, BRITAIN,
    ),
    Case(
        "resolution 22 (1947), the Corfu Channel to the Court: eight for it, Poland and the Soviet Union abstaining, the United Kingdom not voting",
        "Wikipedia (he), Security Council resolution 22: 8-0-2, one not voting",
        "1947-04-09", DISPUTE, {"yes": "CHN FRA USA", "abstain": "SUN", "absent": "GBR"}, {"yes": 5, "abstain": 1}, ADOPTED, BRITAIN,
    ),
    Case(
        "13 January 1950, against the credentials of the Republic of China: three for it, six against, two abstaining",
        "memory",
        "1950-01-13", PROCEDURE, {"yes": "IND SUN YUG", "no": "CHN CUB ECU EGY FRA USA", "abstain": "GBR NOR"}, {}, NOT_ADOPTED,
    ),
    Case(
        "resolution 82 (1950), Korea: nine for it, Yugoslavia abstaining, the Soviet Union absent",
        "Wikipedia, United Nations Security Council Resolution 82",
        "1950-06-25", MATTERS, {"yes": "CHN FRA GBR USA CUB ECU EGY IND NOR", "abstain": "YUG", "absent": "SUN"}, {}, ADOPTED,
    ),
    Case(
        "resolution 83 (1950), Korea: seven for it, Yugoslavia against, Egypt and India not taking part, the Soviet Union absent",
        "Wikipedia, United Nations Security Council Resolution 83, as copied at yellowlegs-and-others.com",
        "1950-06-27", MATTERS, {"yes": "CHN FRA GBR USA CUB ECU NOR", "no": "YUG", "absent": "SUN EGY IND"}, {}, ADOPTED,
    ),
    Case(
        "resolution 84 (1950), Korea: seven for it, three abstaining, the Soviet Union absent",
        "Wikipedia (es, fr), Security Council resolution 84",
        "1950-07-07", MATTERS, {"yes": "CHN FRA GBR USA CUB ECU NOR", "abstain": "EGY IND YUG", "absent": "SUN"}, {}, ADOPTED,
    ),
    Case(
        "resolution 216 (1965), Southern Rhodesia: under the rule of 15 and nine, while eleven sat; ten for it, France abstaining",
        "fr.wikisource.org, Security Council, resolutions and decisions 1965, page 12: by ten to none, France abstaining",
        "1965-11-12", MATTERS, {"yes": "CHN GBR SUN USA", "abstain": "FRA"}, {"yes": 6}, ADOPTED,
    ),
    Case(
        "17 March 1970, Southern Rhodesia: nine for it, the United Kingdom and, for the first time, the United States against, four abstaining",
        "The Hindu, 19 March 1970 (archives): nine in favour, two against, four abstaining, France among them",
        "1970-03-17", MATTERS, {"yes": "CHN SUN", "no": "GBR USA", "abstain": "FRA"}, {"yes": 7, "abstain": 3}, NOT_ADOPTED,
    ),
    Case(
        "S/2014/916, Palestine: eight for it, the United States and Australia against, five abstaining",
        "Security Council, 7354th meeting, 30 December 2014 (un.org/unispal/document/auto-insert-181995)",
        "2014-12-30", MATTERS, {"yes": "CHN FRA RUS", "no": "USA", "abstain": "GBR"}, {"yes": 5, "no": 1, "abstain": 4}, NOT_ADOPTED,
    ),
    Case(
        "23 December 2016, South Sudan: seven for it, nobody against, eight abstaining, two permanent members among them",
        "CNBC Africa and Gulf News, 23 and 24 December 2016",
        "2016-12-23", MATTERS, {"yes": "FRA GBR USA", "abstain": "CHN RUS"}, {"yes": 4, "abstain": 6}, NOT_ADOPTED,
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.on} {case.what[:40]}") for case in CASES])
def test_the_council_decided_as_the_rule_of_the_day_says(case: Case) -> None:
    result = case.counted()
    assert result.verdict is Verdict.YES
    assert result.outcome is case.outcome


def case_of(on: str) -> Case:
    return next(case for case in CASES if case.on == on)


def test_what_failed_by_a_veto_and_what_failed_for_want_of_votes() -> None:
    """Reached and barred; neither barred nor reached; both."""
    for on, reached, barred_by in (
        ("1946-06-18", True, ("SUN",)),
        ("1947-03-25", True, ("SUN",)),
        ("1970-03-17", True, ("GBR", "USA")),
        ("2014-12-30", False, ("USA",)),
        ("2016-12-23", False, ()),
    ):
        tally = case_of(on).counted().readings[0].tally
        assert tally.ways[0][0].reached is reached, on
        assert tuple(code for bar in tally.bars for code in bar.by) == barred_by, on


def test_seven_votes_were_enough_until_the_amendment_of_1963_was_in_force_and_nine_are_since() -> None:
    """The votes of 7 July 1950, a day before the amendment of article 27 took effect, and on that day."""
    for on, outcome in (("1965-08-30", ADOPTED), ("1965-08-31", NOT_ADOPTED)):
        case = Case("seven", "made up", on, MATTERS, {"yes": "CHN FRA GBR USA", "abstain": "SUN"}, {"yes": 3, "abstain": 3}, outcome)
        assert case.counted().outcome is outcome
    for on, outcome in (("1965-08-30", ADOPTED), ("1965-08-31", ADOPTED)):
        case = Case("nine", "made up", on, MATTERS, {"yes": "CHN FRA GBR USA", "abstain": "SUN"}, {"yes": 5, "abstain": 1}, outcome)
        assert case.counted().outcome is outcome


def test_a_party_to_the_dispute_cannot_bar_what_others_may() -> None:
    """The United Kingdom's no would have defeated resolution 22, and did not count; the Soviet Union's no defeated the draft before it."""
    there, case = standing("1947-04-09"), case_of("1947-04-09")
    votes: dict[str, Vote] = {"CHN": "yes", "FRA": "yes", "USA": "yes", "SUN": "abstain", "GBR": "no"}
    seats = [f"seat {n}" for n in range(6, 11)]
    for told, outcome in ((case.told, ADOPTED), ({}, NOT_ADOPTED)):
        called = roll(there, rule_named(there, DISPUTE), told=told)
        assert result_of(called, {**votes, **dict.fromkeys(seats, "yes")}).outcome is outcome
