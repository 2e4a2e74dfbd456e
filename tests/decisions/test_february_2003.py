"""February 2003: silence in the Council of NATO is set, runs, is broken; the Defence Planning Committee decides without France."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

import comity
from comity.decisions import CountingOnRecord, Decision, DecisionState, decisions_of
from comity.standing import Standing
from comity.terms import Verdict, parse_moment

COUNCIL, COMMITTEE = "nato-2003-turkey", "nato-2003-turkey-dpc"
S = DecisionState


@cache
def record() -> comity.about.Opened:
    return comity.open(comity.bundled_book())


def told(at: str) -> dict[str, Decision]:
    moment = parse_moment(at)
    standing = Standing(record().record, on=moment.first, known=date(2026, 11, 28))
    return {one.proposal.ref: one for one in decisions_of(standing, CountingOnRecord(standing), moment.instant)}


@pytest.mark.parametrize(
    ("at", "verdict", "states"),
    [
        ("2003-02-07T12:00Z", Verdict.YES, {S.SILENCE}),
        ("2003-02-09T23:59:59+01:00", Verdict.YES, {S.SILENCE}),
        # the letters came on the morning of the 10th, before six in Washington; no hour is on record
        ("2003-02-10T09:00+01:00", Verdict.UNKNOWN, {S.SILENCE, S.BROKEN}),
        ("2003-02-10T05:59:59-05:00", Verdict.UNKNOWN, {S.SILENCE, S.BROKEN}),
        ("2003-02-10T06:00:00-05:00", Verdict.UNKNOWN, {S.ADOPTED, S.BROKEN}),
        # two minutes past the hour the Secretary General says that it was broken
        ("2003-02-10T06:02:00-05:00", Verdict.YES, {S.BROKEN}),
        ("2003-02-16", Verdict.YES, {S.BROKEN}),
    ],
)
def test_where_the_silence_in_the_council_stands(at: str, verdict: Verdict, states: set[DecisionState]) -> None:
    decision = told(at)[COUNCIL]
    assert (decision.verdict, {one.state for one in decision.stands}) == (verdict, states)
    assert decision.findings == ()


def test_nineteen_could_break_it_and_three_did() -> None:
    assert len(told("2003-02-07T12:00Z")[COUNCIL].reminders) == 19
    broken = told("2003-02-11")[COUNCIL]
    assert broken.settled
    assert broken.chair is not None
    assert broken.chair.ref == "nato-2003-turkey-SG"
    assert [act.actor for act in broken.stands[0].perhaps] == ["BEL", "DEU", "FRA"]


def test_turkey_asks_for_consultations_on_the_same_day() -> None:
    invoked = Standing(record().record, on=date(2003, 2, 10), known=date(2026, 11, 28)).acts_of(("invoke",))
    assert [str(act.made) for act, _ in invoked if act.ref == "nato-2003-TUR-article-4"] == ["2003-02-10"]


def test_the_committee_decides_without_france() -> None:
    assert COMMITTEE not in told("2003-02-15")
    decision = told("2003-02-16")[COMMITTEE]
    assert (decision.state, decision.settled) == (S.ADOPTED, True)
    assert [one.kind for one in decision.acts] == ["propose", "amend-proposal", "decide"], "what Belgium put forward stays on record"
    rule = decision.rule
    assert rule is not None
    standing = Standing(record().record, on=date(2003, 2, 16), known=date(2026, 11, 28))
    electors = CountingOnRecord(standing).electors(decision.proposal, rule, standing.on)
    assert (len(electors.sure), electors.unsure, "FRA" in electors.sure) == (18, frozenset(), False)


def test_nothing_of_it_was_known_before_it_was_done() -> None:
    standing = Standing(record().record, on=date(2003, 2, 11), known=date(2003, 2, 9))
    (decision,) = decisions_of(standing, CountingOnRecord(standing))
    assert {one.state for one in decision.stands} == {S.ADOPTED, S.BROKEN}, "it has run out; the letters are not known yet"
    assert decision.verdict is Verdict.UNKNOWN
