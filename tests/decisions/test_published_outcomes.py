"""Votes that were really taken, with what came of them: the count under the rule of the day comes to the same.

The votes are from memory of the published records (Security Council and General Assembly documents, press releases); the rule and the
electorate are those of the bundled book.
"""

from __future__ import annotations

import pytest

from comity.agreements.decision_rules import Vote, Without
from comity.terms import Verdict
from comity.votes import Outcome, Result, result_of, roll, rule_named
from tests.decisions.bundled import standing


def voted(rule: str, on: str, votes: dict[Vote, str], *, rest: Vote = "yes", told: dict[Without, tuple[str, ...]] | None = None) -> Result:
    """``{"no": "RUS"}``: who voted how; all others ``rest``."""
    there = standing(on)
    called = roll(there, rule_named(there, rule), told=told)
    named: dict[str, Vote] = {code: vote for vote, codes in votes.items() for code in codes.split()}
    assert set(named) <= {seat.code for seat in called.seats}, "who voted was a member"
    return result_of(called, {**{seat.code: rest for seat in called.seats}, **named})


def outcome(result: Result) -> Outcome:
    assert result.verdict is Verdict.YES
    assert result.outcome is not None
    return result.outcome


SECURITY_COUNCIL: list[tuple[str, str, dict[Vote, str], bool]] = [
    ("resolution 83 (1950), Korea: seven of eleven, the Soviet Union staying away", "1950-06-27", {"no": "YUG", "absent": "SUN EGY IND"}, True),
    ("resolution 678 (1990), Iraq: China abstaining", "1990-11-29", {"no": "CUB YEM", "abstain": "CHN"}, True),
    ("resolution 1973 (2011), Libya: five abstaining", "2011-03-17", {"abstain": "BRA CHN DEU IND RUS"}, True),
    ("S/2011/612, Syria: nine for it and two permanent members against", "2011-10-04", {"no": "CHN RUS", "abstain": "BRA IND LBN ZAF"}, False),
    ("S/2022/155, Ukraine: eleven for it and a permanent member against", "2022-02-25", {"no": "RUS", "abstain": "ARE CHN IND"}, False),
    ("S/2023/970, Gaza: thirteen for it and a permanent member against", "2023-12-08", {"no": "USA", "abstain": "GBR"}, False),
    ("resolution 2728 (2024), Gaza: the United States abstaining", "2024-03-25", {"abstain": "USA"}, True),
    ("resolution 2623 (2022), emergency session", "2022-02-27", {"no": "RUS", "abstain": "ARE CHN IND"}, False),
]


@pytest.mark.parametrize(("what", "on", "votes", "adopted"), SECURITY_COUNCIL, ids=[one[0] for one in SECURITY_COUNCIL])
def test_the_security_council_decided_as_the_rule_says(what: str, on: str, votes: dict[Vote, str], adopted: bool) -> None:
    assert outcome(voted("un-charter/security-council", on, votes)) is (Outcome.ADOPTED if adopted else Outcome.NOT_ADOPTED)


def test_to_call_an_emergency_session_is_procedure_and_knows_no_veto() -> None:
    """Resolution 2623 (2022): eleven for it, Russia against, three abstaining; adopted."""
    votes: dict[Vote, str] = {"no": "RUS", "abstain": "ARE CHN IND"}
    assert outcome(voted("un-charter/security-council-procedure", "2022-02-27", votes)) is Outcome.ADOPTED


def test_a_party_to_a_dispute_has_no_vote_on_its_settlement() -> None:
    """Chapter VI: a permanent member that is party to the dispute cannot bar it, nor be counted among the nine."""
    told: dict[Without, tuple[str, ...]] = {"party-to-dispute": ("RUS",)}
    result = voted("un-charter/security-council-dispute", "2022-02-25", {"no": "RUS", "abstain": "ARE CHN IND"}, told=told)
    assert outcome(result) is Outcome.ADOPTED
    eight = voted("un-charter/security-council-dispute", "2022-02-25", {"abstain": "ARE CHN IND ALB BRA GAB"}, told=told)
    assert outcome(eight) is Outcome.NOT_ADOPTED
    assert eight.readings[0].tally.ways[0][0].has == 8


def test_the_general_assembly_on_ukraine_on_2_march_2022() -> None:
    """Resolution ES-11/1: 141 for it, 5 against, 35 abstaining, 12 not voting."""
    abstain = (
        "DZA AGO ARM BGD BOL BDI CAF CHN COG CUB SLV GNQ IND IRN IRQ KAZ KGZ LAO MDG MLI MNG MOZ NAM NIC PAK SEN ZAF SSD LKA SDN TJK UGA TZA VNM ZWE"
    )
    absent = "AZE BFA CMR SWZ ETH GIN GNB MAR TGO TKM UZB VEN"
    result = voted("un-charter/general-assembly-important", "2022-03-02", {"no": "BLR PRK ERI RUS SYR", "abstain": abstain, "absent": absent})
    tally = result.readings[0].tally
    assert outcome(result) is Outcome.ADOPTED
    assert (tally.votes["yes"], tally.votes["no"], tally.votes["abstain"], tally.votes["absent"]) == (141, 5, 35, 12)
    assert (tally.ways[0][0].whole, tally.ways[0][0].needs) == (146, 98)
    assert tally.quorum is not None
    assert tally.quorum.needs == 97


def test_three_large_members_alone_block_no_qualified_majority_and_four_do() -> None:
    """With more than 35 % of the population, but three: adopted all the same (Treaty on European Union, article 16(4))."""
    three = voted("teu/qualified-majority", "2023-06-01", {"no": "DEU FRA ITA"})
    assert outcome(three) is Outcome.ADOPTED
    assert [share.reached for share in three.readings[0].tally.ways[0]] == [True, True, False]
    assert outcome(voted("teu/qualified-majority", "2023-06-01", {"no": "DEU FRA ITA MLT"})) is Outcome.NOT_ADOPTED
    assert outcome(voted("teu/qualified-majority", "2023-06-01", {"no": "DEU FRA ITA", "abstain": "MLT"})) is Outcome.NOT_ADOPTED


def test_relocation_of_2015_had_its_qualified_majority() -> None:
    """Decision (EU) 2015/1601 of 22 September 2015: four against, Finland abstaining; counted by the figures of 2016, the nearest on record."""
    votes: dict[Vote, str] = {"no": "CZE HUN ROU SVK", "abstain": "FIN", "absent": "GBR DNK IRL"}
    assert outcome(voted("teu/qualified-majority", "2016-06-01", votes)) is Outcome.ADOPTED


def test_kosovo_in_2008_was_told_with_a_constructive_abstention() -> None:
    """EULEX: Cyprus abstained with a declaration, and the joint action was adopted; counted by the same rule in 2016."""
    assert outcome(voted("teu/common-foreign-and-security-policy", "2016-06-01", {"constructive": "CYP"})) is Outcome.ADOPTED
    nine = "DEU FRA ITA ESP AUT BEL BGR CYP CZE DNK"
    assert outcome(voted("teu/common-foreign-and-security-policy", "2016-06-01", {"constructive": nine})) is Outcome.NOT_ADOPTED
    assert outcome(voted("teu/common-foreign-and-security-policy", "2016-06-01", {"no": "CYP"})) is Outcome.NOT_ADOPTED


def test_three_allies_broke_silence_in_february_2003() -> None:
    assert outcome(voted("nato-treaty/council", "2003-02-10", {"no": "FRA BEL DEU"})) is Outcome.NOT_ADOPTED
    assert outcome(voted("nato-treaty/council", "2003-02-10", {})) is Outcome.ADOPTED


def test_without_the_state_concerned_there_is_consensus() -> None:
    """Yugoslavia, July 1992: consensus minus one; here with Serbia's seat of 2001."""
    assert outcome(voted("osce/consensus", "2001-01-01", {"no": "SRB"})) is Outcome.NOT_ADOPTED
    assert outcome(voted("osce/consensus-minus-one", "2001-01-01", {}, told={"concerned": ("SRB",)})) is Outcome.ADOPTED


def test_a_membership_that_is_contested_matters_only_where_the_outcomes_differ() -> None:
    """North Korea's leaving the Treaty on the Non-Proliferation of Nuclear Weapons is contested."""
    clear = voted("npt/amendment-conference", "2020-01-01", {"yes": "PRK"}, rest="no")
    assert (clear.verdict, clear.outcome) == (Verdict.YES, Outcome.NOT_ADOPTED)
    close = voted("cfe/amendment", "2026-01-01", {"absent": "CAN"})
    assert close.verdict is Verdict.CONTESTED
    assert set(close.outcomes) == {Outcome.ADOPTED, Outcome.NOT_ADOPTED}


def test_what_has_no_figures_is_unknown() -> None:
    assert voted("teu/qualified-majority", "2022-06-01", {}).verdict is Verdict.UNKNOWN
    assert voted("teu/unanimity", "2022-06-01", {}).outcome is Outcome.ADOPTED
