"""Registrations: read as books write them, and meant as people cite them."""

from __future__ import annotations

import pytest

from comity.about import Opened
from comity.agreements import Registered, number_of, registered, registrations_in

NATO = Registered("UNTS", 541, 34, 243)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("UNTS 541 (volume 34, page 243)", NATO),
        ("UNTS 541", Registered("UNTS", 541)),
        ("UNTS 541 (volume 541, page 541)", Registered("UNTS", 541, 541, 541)),
        ("UNTS volume 34, page 243", Registered("UNTS", None, 34, 243)),
        ("UNTS 34 p. 243; Cmnd 537", Registered("UNTS", None, 34, 243)),
        ("LNTS 2138", Registered("LNTS", 2138)),
        ("Cmnd 6413", None),
        ("OJ C 321, 31 December 2003, page 6", None),
        ("", None),
        (None, None),
    ],
)
def test_a_registration_is_read_as_books_write_it(written: str | None, means: Registered | None) -> None:
    assert registered(written) == means


@pytest.mark.parametrize(
    "words",
    [
        "UNTS 541",
        "unts no. 541",
        "UNTS I-541",
        "no. 541",
        "No 541",
        "n° 541",
        "I-541",
        "34 UNTS 243",
        "34 UNTS",
        "34 U.N.T.S. 243",
        "UNTS vol. 34, p. 243",
    ],
)
def test_a_treaty_is_meant_by_its_number_or_by_where_it_is_printed(words: str) -> None:
    assert any(NATO.is_meant_by(one) for one in registrations_in(words))


@pytest.mark.parametrize("words", ["34 UNTS 244", "35 UNTS", "UNTS 542", "LNTS 541", "541", "Protocol no 5", "Finland 541", "UNTS volume 541", ""])
def test_another_is_not(words: str) -> None:
    assert not any(NATO.is_meant_by(one) for one in registrations_in(words))


def test_in_a_text_a_lone_number_is_no_registration() -> None:
    assert registrations_in("Protocol no. 5, see 34 UNTS 243", bare=False) == [Registered("UNTS", None, 34, 243)]


def test_every_registration_of_the_bundled_book_is_read(bundled: Opened) -> None:
    held = [a.registration for a in bundled.record.agreements if a.registration]
    assert len(held) > 20
    assert [one for one in held if registered(one) is None] == []
    assert number_of(bundled.record.agreement("nato-treaty").registration) == "541"
    assert number_of("UNTS volume 34, page 243") == number_of("LNTS 2138") == ""


def test_the_languages_of_the_bundled_book_are_those_of_its_texts(bundled: Opened) -> None:
    record = bundled.record
    assert record.agreement("nato-treaty").authentic == ("en", "fr")
    assert record.agreement("nato-treaty").titles == {"fr": "Traité de l'Atlantique Nord"}
    assert sum(bool(a.authentic) for a in record.agreements) > 50
    assert all(set(a.titles) <= set(a.authentic) for a in record.agreements)
