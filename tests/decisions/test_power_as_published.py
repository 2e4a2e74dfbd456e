"""Indices of power as they were published, and what they were published of. ``memory``: the figures were not looked up again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from comity.agreements.decision_rules import Bar, DecisionRule, Share
from comity.power import Power, power_of
from comity.votes import Voter

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")


def rule(*shares: Share, bars: tuple[Bar, ...] = (), passes: tuple[tuple[Share, ...], ...] = ()) -> DecisionRule:
    every = passes or ((shares,) if shares else ())
    return DecisionRule(kind="decision", article="1", says="So.", id="one", body="Body", matters="all", passes=every, bars=bars)


def weighted(quota: int, votes: dict[str, int]) -> Power:
    return power_of(rule(Share(count="votes", least=f"{quota}")), [Voter(code, {"votes": number}) for code, number in votes.items()])


def council(elected: int, least: int) -> Power:
    voters = [Voter(code) for code in (*PERMANENT, *(f"E{n}" for n in range(elected)))]
    return power_of(rule(Share(least=f"{least}"), bars=(Bar(by=PERMANENT),)), voters)


SIX = {"DEU": 4, "FRA": 4, "ITA": 4, "BEL": 2, "NLD": 2, "LUX": 1}
FIFTEEN = {
    "DEU": 10, "FRA": 10, "ITA": 10, "GBR": 10, "ESP": 8, "BEL": 5, "GRC": 5, "NLD": 5, "PRT": 5, "AUT": 4, "SWE": 4, "DNK": 3, "FIN": 3,
    "IRL": 3, "LUX": 2,
}  # fmt: skip
NICE = {
    "DEU": 29, "GBR": 29, "FRA": 29, "ITA": 29, "ESP": 27, "POL": 27, "ROU": 14, "NLD": 13, "GRC": 12, "CZE": 12, "BEL": 12, "HUN": 12, "PRT": 12,
    "SWE": 10, "BGR": 10, "AUT": 10, "SVK": 7, "DNK": 7, "FIN": 7, "IRL": 7, "LTU": 7, "LVA": 4, "SVN": 4, "EST": 4, "CYP": 4, "LUX": 4, "MLT": 3,
}  # fmt: skip


def nice() -> Power:
    """255 votes of 345 by a majority of the 27 members; the third condition, 62 % of the population, moves none of the published digits."""
    voters = [Voter(code, {"votes": number}) for code, number in NICE.items()]
    return power_of(rule(Share(count="votes", least="255"), Share(more="1/2")), voters)


@dataclass(frozen=True)
class Published:
    """One table: ``banzhaf`` normalised, ``shapley``, as far as it has them, rounded to so many ``digits``."""

    of: str
    source: str
    found: Power
    digits: int
    banzhaf: dict[str, float]
    shapley: dict[str, float]


TABLES = [
    Published(
        "Security Council of 15", "Shapley and Shubik's index of the enlarged Council; memory",
        council(10, 9), 6, {}, {"CHN": 0.196270, "E0": 0.001865},
    ),
    Published(
        "Security Council of 15", "Banzhaf index of the Council, 848 coalitions that win; memory",
        council(10, 9), 4, {"USA": 0.1669, "E9": 0.0165}, {},
    ),
    Published(
        "Council of the EEC, 1958", "Brams and Affuso 1976; read again in the examples of the program powerindex (maxlit/powerindex)",
        weighted(12, SIX), 4, {"DEU": 0.2381, "FRA": 0.2381, "BEL": 0.1429, "LUX": 0.0}, {},
    ),
    Published(
        "Council of the EEC, 1958", "Shapley-Shubik; Brams 1975; memory",
        weighted(12, SIX), 3, {}, {"ITA": 0.233, "NLD": 0.150, "LUX": 0.0},
    ),
    Published(
        "Council of the EU of 15", "Felsenthal and Machover 1998; Leech 2002; memory",
        weighted(62, FIFTEEN), 4,
        {"DEU": 0.1116, "ESP": 0.0924, "BEL": 0.0587, "AUT": 0.0479, "DNK": 0.0359, "LUX": 0.0226},
        {"DEU": 0.1167, "ESP": 0.0955, "NLD": 0.0552, "SWE": 0.0454, "IRL": 0.0353, "LUX": 0.0207},
    ),
    Published(
        "Council of the EU of 27, Treaty of Nice", "Felsenthal and Machover 2001; Leech 2002; Bilbao and others 2002 (Shapley-Shubik); memory",
        nice(), 3,
        {"DEU": 0.078, "ITA": 0.078, "POL": 0.074, "ROU": 0.043, "NLD": 0.040, "BEL": 0.037, "SWE": 0.031, "DNK": 0.022, "LVA": 0.013, "MLT": 0.009},
        {"DEU": 0.087, "ESP": 0.080, "ROU": 0.040, "NLD": 0.037, "PRT": 0.034, "AUT": 0.028, "FIN": 0.020, "LUX": 0.011, "MLT": 0.008},
    ),
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.of}: {table.source}")
def test_indices_are_those_that_were_published(table: Published) -> None:
    found = {member.code: member for member in table.found.members}
    assert {code: round(float(found[code].share), table.digits) for code in table.banzhaf} == table.banzhaf
    assert {code: round(float(found[code].shapley), table.digits) for code in table.shapley} == table.shapley


def test_the_five_permanent_members_had_98_7_hundredths_of_the_power_in_the_council_of_eleven() -> None:
    """Source: Shapley and Shubik 1954, who count seven of eleven, no permanent member against."""
    found = council(6, 7)
    five = sum(member.shapley for member in found.members if member.code in PERMANENT)
    assert round(float(five), 3) == 0.987
    usa, elected = found.of("USA"), found.of("E0")
    assert usa is not None
    assert elected is not None
    assert usa.shapley / elected.shapley > 90


@pytest.mark.parametrize(("found", "acts"), [(weighted(12, SIX), 0.219), (weighted(62, FIFTEEN), 0.078), (nice(), 0.020)])
def test_so_easily_the_council_could_act_under_each_treaty(found: Power, acts: float) -> None:
    """Coleman's power to act. Source: Felsenthal and Machover 2001; Leech 2002; memory."""
    assert round(float(found.acts), 3) == acts
