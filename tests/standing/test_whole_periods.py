"""Questions about all days at once, and acts by their kind whatever the agreement: what the rooms above standing ask of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.agreements import EVER
from comity.standing import Period
from comity.terms import NotOnRecord, Verdict
from tests.book.folders import COVERED, ENTRY, LATER, LEAVE, PARTIES, SECRET, agreement, told

TODAY = date(2020, 1, 1)
NEEDS = """
[[clause]]
kind = "dependence"
article = "8"
says = "For parties to the pact."
source = "the text"
agreement = "pact"
effect = "needs-party"
"""
BY_RATIFICATION = """
[[clause]]
kind = "consent"
article = "4"
says = "By ratification."
acts = ["ratify"]
"""
CLOSED = ENTRY.replace('["ratify", "accede"]', '["ratify"]') + BY_RATIFICATION
HELD = "BBB denounce 2001-01-01\nBBB suspend-denunciation 2001-02-01\nBBB revoke-denunciation 2002-01-01"


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_a_pair_has_the_days_on_which_it_is_in_force_between_them_and_no_others(tmp_path: Path) -> None:
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB denounce 2001-01-01")
    found = opened.standing(on=TODAY, known=TODAY).periods_between("AAA", "BBB", "pact")
    assert found == [Period(day("2000-03-01"), day("2001-07-01"), Verdict.YES)]


def test_a_contested_stretch_of_days_is_a_period_of_its_own(tmp_path: Path) -> None:
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\n{HELD}"
    found = told(tmp_path, story).standing(on=TODAY, known=TODAY).periods_bound("BBB", "pact")
    assert [p.verdict for p in found] == [Verdict.YES, Verdict.CONTESTED, Verdict.YES]
    assert (found[1].start, found[1].end, found[2].end) == (day("2001-07-01"), day("2002-01-01"), EVER)


@pytest.mark.parametrize("strict", [False, True])
def test_the_days_on_which_one_is_bound_are_those_on_which_it_is_answered_so(tmp_path: Path, strict: bool) -> None:
    opened = told(tmp_path, f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\n{HELD}")
    standing = opened.standing(on=TODAY, known=TODAY, strict=strict)
    for party in ("AAA", "BBB", "CCC"):
        found = standing.periods_bound(party, "pact")
        for on in (date(year, month, at) for year in range(1999, 2013) for month in (1, 3, 7) for at in (1, 2, 31)):
            verdict = next((p.verdict for p in found if p.start <= on.toordinal() < p.end), Verdict.NO)
            assert standing.on_day(on).bound(party, "pact").verdict is verdict, (party, on)
    assert {p.verdict for p in found} <= {Verdict.UNKNOWN}, "of one who did nothing nothing is sure but that it is not known"


def test_who_is_not_on_record_is_bound_on_no_days_but_said_to_be_unknown(tmp_path: Path) -> None:
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01").standing(on=TODAY, known=TODAY)
    with pytest.raises(NotOnRecord, match="ZZZ"):
        standing.periods_bound("ZZZ", "pact")
    with pytest.raises(NotOnRecord, match="ZZZ"):
        standing.periods_bound("AAA", "pact", "ZZZ")


def test_days_past_coverage_are_unknown_where_nothing_is_presumed(tmp_path: Path) -> None:
    opened = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01")
    found = opened.standing(on=TODAY, known=TODAY, strict=True).periods_between("AAA", "BBB", "pact")
    assert [(p.start, p.verdict) for p in found] == [(day("2000-03-01"), Verdict.YES), (day("2011-01-01"), Verdict.UNKNOWN)]


def test_the_days_on_which_a_party_turns_are_told(tmp_path: Path) -> None:
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB denounce 2001-01-01").standing(on=TODAY, known=TODAY)
    assert {day("2000-03-01"), day("2001-07-01")} <= set(standing.turning_days("pact", "BBB"))
    assert day("2001-07-01") in standing.turning_days("pact")
    assert standing.first_course("pact").bound_days("BBB") == [(day("2000-03-01"), day("2001-07-01"))]


def test_one_who_can_be_no_party_is_bound_by_nothing_however_little_is_covered(tmp_path: Path) -> None:
    """Nobody kept a list, but the agreement was between AAA and BBB alone: CCC is not bound, and that is sure."""
    text = agreement(CLOSED, head='negotiating = ["AAA", "BBB"]\n')
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", files={"agreements/pact.toml": text}).standing(on=TODAY, known=TODAY)
    assert standing.bound("CCC", "pact").verdict is Verdict.NO
    assert standing.periods_between("AAA", "CCC", "pact") == []


def test_one_who_may_still_accede_is_not_known_to_be_bound_or_not_where_nothing_is_covered(tmp_path: Path) -> None:
    text = agreement(ENTRY, head='negotiating = ["AAA", "BBB"]\n')
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", files={"agreements/pact.toml": text}).standing(on=TODAY, known=TODAY)
    assert standing.bound("CCC", "pact").verdict is Verdict.UNKNOWN


def test_one_who_is_no_party_to_what_it_needs_is_not_bound_and_a_successor_of_a_negotiator_may_be(tmp_path: Path) -> None:
    files = {
        "agreements/pact.toml": agreement(ENTRY, LATER, LEAVE, COVERED),
        "agreements/inner.toml": agreement(ENTRY, NEEDS, name="inner"),
        "agreements/closed.toml": agreement(CLOSED, name="closed", head='negotiating = ["AAA", "BBB"]\n'),
        "parties.toml": PARTIES
        + '\n[[party]]\ncode = "NEW"\nkind = "state"\nnames = [{ name = "Newland" }]\n\n'
        + '[[succession]]\nsuccessor = "NEW"\npredecessor = "BBB"\nhow = "separates"\non = 2001-07-01\n',
    }
    standing = told(tmp_path, "AAA ratify 2000-02-01\nBBB ratify 2000-03-01", files=files).standing(on=TODAY, known=TODAY)
    assert standing.bound("CCC", "inner").verdict is Verdict.NO
    assert standing.bound("AAA", "inner").verdict is Verdict.UNKNOWN
    assert standing.bound("NEW", "closed").verdict is Verdict.UNKNOWN


def test_acts_of_a_kind_are_found_under_every_agreement_or_none_corrected_and_with_whether_they_are_disputed(tmp_path: Path) -> None:
    story = "\n".join(
        (
            "AAA consent-release 2001-01-01 ref=plain",
            "AAA consent-release 2001-01-01 ref=wrong",
            "AAA retract 2002-01-01 ref=gone replies_to=wrong",
            "AAA consent-release 2001-01-01 ref=denied",
            "BBB deny 2002-01-01 ref=no replies_to=denied",
            "AAA consent-release 2001-01-01 ref=twice source=one",
            "AAA consent-release 2001-01-02 ref=twice source=two",
            f"BBB consent-release 2001-01-01 ref=hidden {SECRET}",
        )
    )
    opened = told(tmp_path, story)

    def found(known: date, viewer: str | None = None) -> list[tuple[str, bool]]:
        acts = opened.standing(on=TODAY, known=known, viewer=viewer).acts_of(("consent-release",))
        return sorted((act.ref, undisputed) for act, undisputed in acts)

    twice = [("twice", False), ("twice", False)]
    assert found(TODAY) == [("denied", False), ("hidden", True), ("plain", True), *twice]
    assert found(date(2001, 6, 1), "AAA") == [("denied", True), ("plain", True), *twice, ("wrong", True)]
