"""Indicators read off the simulated book: each room is asked, what is not covered is not known, and a simulation is said to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.acts import Act, Entry, Source
from comity.book import read_book
from comity.decisions import CountingOnRecord, decisions_of
from comity.disputes import disputes_of
from comity.duties import duties
from comity.indicators import INDICATORS, Asked, Reading, indicator, read_indicator, series
from comity.indicators.gathering import RecordEvidence
from comity.interoperability import CAPABILITIES, TrainingMap
from comity.procedures import nation_of, simulated_acts
from comity.standing import Record, Standing
from comity.terms import BadInput, NotOnRecord, Verdict, parse_moment

BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
ON = date(2025, 12, 31)
SINCE = date(2012, 1, 1)


@cache
def record() -> Record:
    return read_book(BOOK).record


@cache
def standing() -> Standing:
    return Standing(record(), on=ON, known=ON)


def read(name: str, party: str, partner: str | None = None, asked_of: Standing | None = None) -> Reading:
    key = (("ARD", 2), ("BLM", 1), ("CRV", 1))
    return read_indicator(asked_of or standing(), name, Asked(party, SINCE, ON, partner, key=key))


def test_each_indicator_has_a_number_somewhere_and_says_that_it_is_simulated() -> None:
    told = {one.id: read(one.id, party) for one in INDICATORS for party in ("CRV",)}
    told["days-to-ratify"] = read("days-to-ratify", "ARD")
    assert [name for name, one in told.items() if one.value is None] == []
    assert [name for name, one in told.items() if not one.simulated] == []


def test_numbers_are_those_that_a_person_counts_in_the_files() -> None:
    """In others.csv: CRV broke silence on 2 of 6 proposals; 4 of 5 disputes were settled after 90, 150, 200 and 400 days; CRV ratified 1 of 3."""
    assert read("silence-broken", "CRV").value == pytest.approx(2 / 6)
    assert (read("disputes-settled", "CRV", "ARD").value, read("days-to-settle", "CRV", "ARD").value) == (0.8, 200)
    assert read("commitments-ratified", "CRV").value == pytest.approx(1 / 3)
    assert read("days-to-ratify", "CRV").why == "fewer than half of the 3 are ratified: 2 are not yet"
    assert read("burden-share", "CRV").value == pytest.approx(40 / 260 / (1 / 4))


def test_evidence_is_what_the_rooms_say() -> None:
    evidence = RecordEvidence(standing(), SINCE, ON)
    rows = duties(standing(), SINCE, ON)
    assert list(evidence.duties(SINCE, ON)) == [row for row in rows if row.due is not None]
    assert [row.due for row in evidence.duties(ON, ON)] == [row.due for row in rows if row.due == ON]
    counting = CountingOnRecord(standing())
    assert list(evidence.decisions()) == list(decisions_of(standing(), counting))
    assert {evidence.elects(one, party) for one in evidence.decisions() for party in ("ARD", "CRV")} <= set(Verdict)
    assert list(evidence.disputes()) == list(disputes_of(standing()))
    of = TrainingMap(standing())
    for capability in CAPABILITIES:
        assert evidence.fresh("ARD", "BLM", capability, 730, ON)[0] is of.fresh(("ARD", "BLM"), capability, 730, ON)
    assert list(evidence.partners("ARD")) == of.partners("ARD") == ["BLM", "CRV", "DNM"]
    assert evidence.bound("ARD", "visits", date(2014, 3, 1)) is Verdict.NO
    assert evidence.bound("ARD", "none", ON) is Verdict.UNKNOWN
    assert [(one.party, one.person_days) for one in evidence.borne(date(2021, 7, 1), date(2021, 7, 2))] == [("ARD", 240), ("BLM", 200), ("CRV", 80)]
    assert all(len(one.acts) == 1 for one in evidence.borne(SINCE, ON))


def test_a_gap_in_cover_was_there_before_the_agreement_and_is_closed_since() -> None:
    evidence = RecordEvidence(standing(), SINCE, ON)
    found = evidence.covers("ARD", "BLM", SINCE, ON)
    assert {(one.then, one.now) for one in found} == {(Verdict.NO, Verdict.YES), (Verdict.YES, Verdict.YES)}
    assert all(len(one.acts) == 1 for one in found)
    assert all(one.then is Verdict.NO for one in found if "2012" in one.exercise)
    assert evidence.covers("ARD", "BLM", date(2030, 1, 1), date(2031, 1, 1)) == []


def test_outside_coverage_nothing_is_zero() -> None:
    """The same acts, but nothing declared complete."""
    bare = replace(record(), coverage=())
    told = read("refusals", "ARD", asked_of=Standing(bare, on=ON, known=ON))
    assert (told.value, told.reach) == (None, None)
    assert "not declared complete" in told.why
    assert read("refusals", "DNM").value == 0
    assert read("exercise-recency", "ARD", "BLM", Standing(bare, on=ON, known=ON)).value is None


def test_that_a_dispute_is_open_is_known_only_where_what_would_end_it_is_covered() -> None:
    """CRV and ARD had five, of which one is open; nothing declared complete, it may have been settled."""
    bare = replace(record(), coverage=(), agreements=tuple(replace(one, coverage=()) for one in record().agreements))
    told, took = (read(name, "CRV", "ARD", Standing(bare, on=ON, known=ON)) for name in ("disputes-settled", "days-to-settle"))
    assert (told.value, told.of, told.unknown, told.between) == (1, 4, 1, (0.8, 1))
    assert (took.value, took.unknown) == (150, 1)
    assert took.notes == ("1 more, of which it is not known, are left out: with them it may take longer",)
    assert read("disputes-settled", "CRV", "ARD").unknown == 0


def test_a_series_adds_up_to_the_whole() -> None:
    asked = Asked("CRV", SINCE, ON)
    years, whole = series(standing(), "duties-on-time", asked, "year"), read("duties-on-time", "CRV")
    assert len(years) == 14
    assert sum(one.of for one in years) == whole.of
    assert {ref for one in years for ref in one.rests_on} == set(whole.rests_on)
    assert len(series(standing(), "refusals", asked, "quarter")) == 56


def test_an_act_is_of_a_simulation_where_its_source_begins_so() -> None:
    assert Source("Simulated: drawn", "memory").simulated
    assert not Source("a record of what was simulated", "memory").simulated
    act = Act(kind="release", actor="ARD", ref="real", counterparty=("BLM",), made=parse_moment("2024-05-05"), source=Source("a desk", "official"))
    grown = Standing(record().with_entries([Entry(act, ON)]), on=ON, known=ON)
    found = simulated_acts(grown)
    assert "real" not in found.refs
    assert "release-1" in found.refs
    assert found.agreements == {"openness", "visits", "transit", "logistics"}


def test_a_part_of_a_state_is_that_state_and_an_unknown_code_itself() -> None:
    assert nation_of(record().register, "ARD") == "ARD"
    assert nation_of(record().register, "ZZZ") == "ZZZ"


@pytest.mark.parametrize(
    ("name", "asked", "error", "says"),
    [
        ("nothing", Asked("ARD", SINCE, ON), NotOnRecord, "there is no indicator 'nothing'"),
        ("refusals", Asked("ARD", ON, SINCE), BadInput, "run backwards"),
        ("refusals", Asked("ARD", SINCE, ON, kind="x"), BadInput, "choose from"),
        ("notices-given", Asked("ARD", SINCE, ON, kind="x"), BadInput, "it has no kinds"),
        ("refusals", Asked("ARD", SINCE, ON, "ARD"), BadInput, "one person"),
        ("refusals", Asked("ZZZ", SINCE, ON), NotOnRecord, "ZZZ"),
        ("refusals", Asked("ARD", SINCE, ON, "ZZZ"), NotOnRecord, "ZZZ"),
        ("burden-share", Asked("ARD", SINCE, ON, key=(("ZZZ", 1),)), NotOnRecord, "ZZZ"),
        ("refusals", Asked("ARD", SINCE, ON, agreement="xxx"), NotOnRecord, "xxx"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(name: str, asked: Asked, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read_indicator(standing(), name, asked)


def test_a_series_of_too_many_stretches_is_refused() -> None:
    with pytest.raises(BadInput, match="fewer days"):
        series(standing(), "refusals", Asked("ARD", date(1, 1, 1), ON), "quarter")


def test_days_that_lie_ahead_have_no_number() -> None:
    told = read_indicator(standing(), "refusals", Asked("ARD", date(2026, 1, 1), date(2026, 12, 31)))
    assert (told.value, told.why) == (None, "these days lie after 2025-12-31")


def test_every_indicator_is_in_the_text_under_its_number() -> None:
    text = (Path(__file__).parents[2] / "docs" / "explanation" / "how-indicators-are-read.md").read_text(encoding="utf-8")
    for one in INDICATORS:
        section = text.partition(f"\n## {one.section}. ")[2].partition("\n## ")[0]
        assert f"`{one.id}`" in section, one.id
    assert indicator("refusals").better == "lower"
