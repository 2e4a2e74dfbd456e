"""Standards on record: editions that follow one another, answers, use, and what two nations share; beside the slow reading elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.about import open as opened
from comity.interoperability import Standards
from comity.terms import NotOnRecord, Verdict

EXAMPLE = Path(__file__).parents[2] / "examples" / "interoperability"


@pytest.fixture(scope="module")
def asked() -> Standards:
    return Standards(opened(EXAMPLE).standing(on=date(2026, 6, 1), known=date(2026, 6, 1)))


def test_a_later_edition_supersedes_an_earlier_one_from_its_day(asked: Standards) -> None:
    assert [(one.edition, one.status) for one in asked.editions("stanag 4609")] == [("4", "superseded"), ("5", "current")]
    before = Standards(opened(EXAMPLE).standing(on=date(2020, 5, 28), known=date(2026, 6, 1)))
    assert [one.status for one in before.editions("STANAG 4609")] == ["current", "to come"]


def test_an_answer_its_reservation_and_the_services_that_use_it_are_told(asked: Standards) -> None:
    fourth, fifth = asked.editions("STANAG 4609")
    found = asked.position("FRA", fourth)
    assert (found.answer, found.uses, found.services) == ("ratified with reservation", Verdict.YES, ("air force",))
    assert found.reservation == "not for archived imagery"
    assert asked.position("GBR", fifth).uses is Verdict.NO, "it answered: future implementation"
    assert asked.position("USA", fifth).uses is Verdict.UNKNOWN, "nothing covers what it puts to use"
    assert asked.position("FRA", fifth).uses is Verdict.NO, "the record is complete for what it puts to use"


def test_two_share_a_standard_if_they_use_one_same_edition(asked: Standards) -> None:
    shared = asked.shared("FRA", "GBR", "STANAG 4609")
    assert (shared.verdict, shared.editions, shared.superseded, shared.reservations) == (Verdict.YES, ("4",), ("4",), ("FRA",))
    assert asked.shared("GBR", "USA", "STANAG 1116").verdict is Verdict.YES
    assert asked.shared("FRA", "USA", "STANAG 1116").verdict is Verdict.NO


def test_gaps_of_standards_are_by_capability(asked: Standards) -> None:
    listed = asked.standard_gaps(("FRA", "GBR", "USA"), "sea")
    assert [(one.nations, one.standard) for one in listed] == [(("FRA", "GBR"), "STANAG 1116"), (("FRA", "USA"), "STANAG 1116")]


def test_a_standard_that_is_not_on_record_is_refused_with_those_that_are(asked: Standards) -> None:
    with pytest.raises(NotOnRecord, match="no standard 'STANAG 1' is on record; there are: STANAG 1116, STANAG 2019"):
        asked.editions("STANAG 1")
