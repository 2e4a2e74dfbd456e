"""Which label counts on a day: declassification and downgrading by the label itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from comity.labels import label_on, parse_instant, read_labels, same_policy
from comity.labels.confidentiality import PolicyName
from comity.terms import BadInput
from tests.labels.making import DATA, code, followed, label

OPEN = label("OPEN", review=None)
RESTRICTED = replace(label("RESTRICTED", review=None), succession=followed("2040-01-01T00:00:00Z", OPEN))
SECRET = label("SECRET", succession=followed("2030-06-01T12:00:00Z", RESTRICTED))


@pytest.mark.parametrize(
    ("when", "level"),
    [
        (date(2026, 1, 1), "SECRET"),
        (date(2030, 6, 1), "SECRET"),
        (date(2030, 6, 2), "RESTRICTED"),
        (datetime(2030, 6, 1, 11, 59, 59, tzinfo=UTC), "SECRET"),
        (datetime(2030, 6, 1, 12, tzinfo=UTC), "RESTRICTED"),
        (date(2039, 12, 31), "RESTRICTED"),
        (date(2040, 1, 1), "OPEN"),
        (date(9999, 12, 31), "OPEN"),
    ],
)
def test_the_last_successor_whose_instant_has_come_counts(when: date | datetime, level: str) -> None:
    assert label_on(SECRET, when).classification == level


def test_a_past_review_changes_nothing() -> None:
    assert label_on(label("SECRET", review="2027-01-01T00:00:00Z"), date(2050, 1, 1)).classification == "SECRET"


def test_a_successor_that_waits_for_a_later_day_holds_back_those_behind_it() -> None:
    late = label("SECRET", succession=followed("2050-01-01T00:00:00Z", RESTRICTED))
    assert label_on(late, date(2045, 1, 1)).classification == "SECRET"


def test_the_successor_of_an_alternative_is_an_alternative() -> None:
    assert label_on(replace(SECRET, role="alternative"), date(2041, 1, 1)).role == "alternative"


def test_a_file_with_a_chain_is_read_to_its_end() -> None:
    (found,) = read_labels((DATA / "label.xml").read_bytes()).labels
    assert found.classification == "TOP SECRET"
    assert [label_on(found, date(year, 1, 1)).classification for year in (2030, 2031, 2040)] == ["TOP SECRET", "RESTRICTED", "OPEN"]


def test_an_instant_is_compared_in_utc_and_kept_as_written() -> None:
    instant = parse_instant(" 2026-11-22T13:00:00.1234567+01:00 ")
    assert instant.written == str(instant) == "2026-11-22T13:00:00.1234567+01:00"
    assert instant.at == datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
    assert instant.zoned
    assert not parse_instant("2026-11-22T13:00:00.5").zoned


def test_policies_are_the_same_by_identifier_or_else_by_name() -> None:
    one = PolicyName("EXAMPLE", "urn:oid:2.25.1")
    assert same_policy(one, PolicyName("Beispiel", "URN:OID:2.25.1"))
    assert same_policy(one, PolicyName("example"))
    assert not same_policy(one, PolicyName("EXAMPLE", "urn:oid:2.25.2"))
    assert str(one) == "EXAMPLE"


def test_a_label_that_could_not_be_written_is_no_label() -> None:
    for wrong in ("", " SECRET", "SE\x00CRET", "A  B"):
        with pytest.raises(BadInput):
            label(wrong)
    with pytest.raises(BadInput, match="control character"):
        code("\ud800")
