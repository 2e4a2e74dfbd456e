"""Silence: an absent act proves something only inside declared coverage.

Inside: no. Past its end: no, presumed to go on, with ``reach``. Never covered: unknown, naming what. Strict: past the end is unknown too.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.terms import Answer, Verdict
from tests.book.folders import ENTRY, LEAVE, agreement, told

TODAY = date(2020, 1, 1)
STORY = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01"


def covered(start: str = "2000-01-01", through: str = "2010-12-31", more: str = "") -> str:
    return f'\n[[coverage]]\nfrom = {start}\nthrough = {through}\nsource = "a list"\n{more}'


def bound(where: Path, coverage: str, on: str, party: str = "CCC", strict: bool = False, story: str = STORY) -> Answer:
    opened = told(where, story, agreement(ENTRY, LEAVE, coverage))
    return opened.standing(on=date.fromisoformat(on), known=TODAY, strict=strict).bound(party, "pact")


def test_inside_coverage_an_absent_act_is_no(tmp_path: Path) -> None:
    answer = bound(tmp_path, covered(), "2010-12-31")
    assert (answer.verdict, answer.reach, answer.notes) == (Verdict.NO, date(2010, 12, 31), ())


def test_past_the_end_it_is_no_presumed_with_the_day_the_record_reaches(tmp_path: Path) -> None:
    answer = bound(tmp_path, covered(), "2011-01-01")
    assert (answer.verdict, answer.reach) == (Verdict.NO, date(2010, 12, 31))
    assert any("complete to 2010-12-31" in note for note in answer.notes)


def test_past_the_end_and_strict_it_is_unknown_and_says_why(tmp_path: Path) -> None:
    answer = bound(tmp_path, covered(), "2011-01-01", strict=True)
    assert (answer.verdict, answer.since) == (Verdict.UNKNOWN, None)
    assert answer.because[0].rule == "coverage"
    assert "2010-12-31" in answer.because[0].says


def test_inside_coverage_strict_changes_nothing(tmp_path: Path) -> None:
    assert bound(tmp_path / "a", covered(), "2010-12-31", strict=True).verdict is Verdict.NO
    assert bound(tmp_path / "b", covered(), "2010-12-31", "AAA", strict=True).verdict is Verdict.YES


NEVER = {
    "nothing declared": "",
    "only from later on": covered(start="2001-01-01"),
    "only other kinds": covered(more='kinds = ["sign", "denounce"]\n'),
    "only other parties": covered(more='parties = ["AAA", "BBB"]\n'),
    "one kind of consent missing": covered(more='kinds = ["ratify", "accept", "approve"]\n'),
}


@pytest.mark.parametrize("case", NEVER)
def test_never_covered_is_unknown_and_names_what(case: str, tmp_path: Path) -> None:
    answer = bound(tmp_path, NEVER[case], "2005-01-01")
    assert (answer.verdict, answer.reach, answer.since) == (Verdict.UNKNOWN, None, None)
    assert answer.because[0].rule == "coverage"
    assert not answer.because[0].holds
    assert "accede" in answer.because[0].says
    assert "by CCC under pact since 2000-01-01" in answer.because[0].says


def test_a_yes_rests_on_acts_and_stays_yes_without_coverage(tmp_path: Path) -> None:
    """Only strict asks whether an exit may have been missed."""
    assert bound(tmp_path / "a", "", "2005-01-01", "AAA").verdict is Verdict.YES
    assert bound(tmp_path / "b", "", "2005-01-01", "AAA", strict=True).verdict is Verdict.UNKNOWN


def test_a_no_because_of_an_exit_rests_on_an_act_too(tmp_path: Path) -> None:
    answer = bound(tmp_path, "", "2005-01-01", "BBB", story=STORY + "\nBBB denounce 2003-01-01")
    assert (answer.verdict, answer.mode) == (Verdict.NO, "former")


def test_before_the_agreement_was_concluded_no_needs_no_coverage(tmp_path: Path) -> None:
    assert bound(tmp_path, "", "1999-12-31").verdict is Verdict.NO


def test_coverage_from_several_sources_joins_where_it_meets_and_not_over_a_gap(tmp_path: Path) -> None:
    """To 2004 and from 2005 meet; to 2004 and from 2006 leave a year in which an act may have been missed."""
    meets = covered(through="2004-12-31") + covered("2005-01-01", "2008-01-01")
    gap = covered(through="2004-12-31") + covered("2006-01-01", "2008-01-01")
    assert bound(tmp_path / "a", meets, "2007-01-01").reach == date(2008, 1, 1)
    assert bound(tmp_path / "b", gap, "2007-01-01").reach == date(2004, 12, 31)


def test_coverage_by_kind_reaches_as_far_as_its_least(tmp_path: Path) -> None:
    kinds = covered(through="2008-01-01", more='kinds = ["ratify", "accept", "approve"]\n') + covered(
        through="2006-01-01", more='kinds = ["accede"]\n'
    )
    assert bound(tmp_path, kinds, "2005-01-01").reach == date(2006, 1, 1)


def test_a_books_general_coverage_counts_for_the_agreements_it_names(tmp_path: Path) -> None:
    def general(names: str) -> dict[str, str | bytes]:
        return {"book.toml": f'title = "x"\n[[coverage]]\nthrough = 2010-12-31\nsource = "a list"\n{names}'}

    pact = agreement(ENTRY, LEAVE)
    for number, (names, verdict) in enumerate(
        (("", Verdict.NO), ('agreements = ["pact"]\n', Verdict.NO), ('agreements = ["other"]\n', Verdict.UNKNOWN))
    ):
        standing = told(tmp_path / str(number), STORY, pact, general(names)).standing(on=date(2005, 1, 1), known=TODAY)
        assert standing.bound("CCC", "pact").verdict is verdict
