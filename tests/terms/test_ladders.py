"""Classification ladders: which level a name means, and when a level is in use."""

from __future__ import annotations

from datetime import date

import pytest

import comity
from comity.terms import Classification, Ladder, NotOnRecord

OLD = Classification(name="DIENSTGEHEIM", rank=1, until=date(2004, 3, 1))
NEW = Classification(name="Dep. VERTROUWELIJK", rank=1, also=("DEPARTEMENTAAL VERTROUWELIJK",), from_=date(2004, 3, 1))
LADDER = Ladder(policy="NLD", owner="NLD", source="the decree", levels=(Classification(name="Stg. GEHEIM", rank=3, also=("GEHEIM",)), OLD, NEW))


@pytest.mark.parametrize("name", ["Stg. GEHEIM", "geheim", "STG.GEHEIM", "Geheim "])
def test_a_level_is_found_by_any_form_of_its_name_whatever_its_case_and_spaces(name: str) -> None:
    assert LADDER.level(name).rank == 3


def test_a_level_no_longer_in_use_is_still_known() -> None:
    assert LADDER.level("dienstgeheim") is OLD
    assert OLD.used_on(date(2004, 2, 29))
    assert not OLD.used_on(date(2004, 3, 1))
    assert NEW.used_on(date(2004, 3, 1))
    assert not NEW.used_on(date(2004, 2, 29))


def test_an_unknown_level_is_told_with_those_there_are_from_the_lowest() -> None:
    with pytest.raises(NotOnRecord, match=r"no level 'ZEER' in the policy NLD; .* it has: DIENSTGEHEIM, Dep. VERTROUWELIJK, Stg. GEHEIM"):
        LADDER.level("ZEER")


def test_the_bundled_book_has_the_ladders_of_its_security_agreements() -> None:
    record = comity.open(comity.bundled_book()).record
    assert len(record.ladders) >= 25
    assert {"NLD", "SWE", "DEU", "GBR", "FRA", "AUS", "NATO", "EU"} <= {ladder.policy for ladder in record.ladders}
    assert record.ladder("nld").level("DIENSTGEHEIM").rank == 1
    assert record.ladder("SWE").level("hemlig").name == "HEMLIG/SECRET"
    assert record.ladder("ESP").level("reservado").rank > record.ladder("PRT").level("reservado").rank  # one word, two places
    for ladder in record.ladders:
        assert [level.rank for level in ladder.levels] == sorted(level.rank for level in ladder.levels)
    with pytest.raises(NotOnRecord, match="no classification ladder of a policy 'NLDD' is on record; did you mean NLD"):
        record.ladder("NLDD")
