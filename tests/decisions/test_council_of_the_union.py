"""The Council of the European Union under the rules of 2014, with the populations of the four years that are on record."""

from __future__ import annotations

import pytest

from comity.agreements.decision_rules import Vote
from comity.terms import Verdict
from comity.votes import Outcome
from tests.decisions.bundled import rolled
from tests.decisions.test_published_outcomes import outcome, voted

RULE, WITHOUT = "teu/qualified-majority", "teu/qualified-majority-no-proposal"
ADOPTED, NOT_ADOPTED = Outcome.ADOPTED, Outcome.NOT_ADOPTED


@pytest.mark.parametrize(
    ("on", "votes", "source"),
    [
        (
            "2018-06-21", {"no": "HUN POL", "abstain": "GBR HRV LTU LVA"},
            "Directive (EU) 2018/957 on posted workers; who voted how from memory, that it was adopted: OJ L 173, 9 July 2018, page 16",
        ),
        (
            "2020-04-07", {"no": "BGR CYP HUN LTU LVA MLT POL ROU", "abstain": "BEL EST"},
            "Mobility package, first reading; that these eight were against it: Euractiv, 'Sofia: call to cancel'; the vote from memory",
        ),
        (
            "2023-03-28", {"no": "POL", "abstain": "BGR ITA ROU"},
            "Regulation (EU) 2023/851, emissions of cars: Polskie Radio and ziarelive.ro, 28 March 2023",
        ),
    ],
)  # fmt: skip
def test_the_council_adopted_what_the_rule_lets_it(on: str, votes: dict[Vote, str], source: str) -> None:
    result = voted(RULE, on, votes)
    assert outcome(result) is ADOPTED, source
    assert all(share.reached for share in result.readings[0].tally.ways[0]), source


@pytest.mark.parametrize(("on", "size"), [("2016-06-01", 28), ("2018-06-01", 28), ("2020-06-01", 27), ("2023-06-01", 27)])
def test_more_than_35_per_cent_block_with_four_members_and_not_with_three(on: str, size: int) -> None:
    """Treaty on European Union, article 16(4); what abstains counts among them."""
    assert len(rolled(RULE, on).seats) == size
    assert outcome(voted(RULE, on, {"no": "DEU FRA ITA"})) is ADOPTED
    assert outcome(voted(RULE, on, {"no": "DEU FRA ITA MLT"})) is NOT_ADOPTED
    assert outcome(voted(RULE, on, {"no": "DEU FRA", "abstain": "ITA MLT"})) is NOT_ADOPTED
    assert outcome(voted(RULE, on, {"no": "DEU POL HUN MLT"})) is ADOPTED, "with less than 35 per cent"


@pytest.mark.parametrize(("on", "needs"), [("2016-06-01", 16), ("2018-06-01", 16), ("2020-06-01", 15), ("2023-06-01", 15)])
def test_55_per_cent_of_the_members_are_needed_whatever_their_population(on: str, needs: int) -> None:
    codes = [seat.code for seat in rolled(RULE, on).seats]
    small = [code for code in codes if code not in ("DEU", "FRA", "ITA", "ESP", "POL", "GBR", "ROU", "NLD")]
    against = small[: len(codes) - needs + 1]
    assert outcome(voted(RULE, on, {"no": " ".join(against)})) is NOT_ADOPTED
    assert outcome(voted(RULE, on, {"no": " ".join(against[1:])})) is ADOPTED


def test_what_nobody_proposed_needs_72_per_cent_of_the_members() -> None:
    """Treaty on the Functioning of the European Union, article 238(2): twenty of 27."""
    seven = "AUT BGR CYP EST FIN HRV IRL"
    assert outcome(voted(WITHOUT, "2023-06-01", {"no": seven})) is ADOPTED
    assert outcome(voted(WITHOUT, "2023-06-01", {"no": f"{seven} LUX"})) is NOT_ADOPTED
    assert outcome(voted(RULE, "2023-06-01", {"no": f"{seven} LUX"})) is ADOPTED


def test_the_shares_of_2023_are_those_of_the_decision_as_far_as_it_was_read() -> None:
    """Council Decision (EU, Euratom) 2022/2518, annex III: the twelve largest, in hundredths of a per cent (boe.es, DOUE-L-2022-81917)."""
    (table,) = [one for one in rolled(RULE, "2023-06-01").weights if one.count.endswith("population")]
    read = {
        "DEU": 1859, "FRA": 1516, "ITA": 1332, "ESP": 1060, "POL": 841, "ROU": 425, "NLD": 396, "BEL": 260, "GRC": 237, "CZE": 236,
        "SWE": 233, "PRT": 231,
    }  # fmt: skip
    assert {code: table.table.values[code] for code in read} == read


def test_a_year_without_figures_is_unknown() -> None:
    for on in ("2017-06-01", "2019-06-01", "2021-06-01", "2024-06-17"):
        assert voted(RULE, on, {"no": "DEU FRA ITA MLT"}).verdict is Verdict.UNKNOWN, on
