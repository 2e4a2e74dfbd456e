"""Reservations that come with an instrument: VCLT 19 and 23, case by case."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.agreements.clauses import Reservations
from comity.web.depositary.consents import Before
from comity.web.depositary.instruments import Instrument, Outcome
from comity.web.depositary.reserving import reservation
from tests.web.depositary.conftest import act

CLAUSE = Reservations(kind="reservations", article="12", says="None to article 1.", read="text", permitted="except", articles=("1",))


def looked_at(kind: str, before: Before, permitted: bool = True, binds: bool = False, **more: Any) -> dict[str, tuple[Outcome, str]]:
    instrument = Instrument("pact", "AAA", kind, date(2001, 2, 1), **more)
    return {check.about: (check.outcome, check.article) for check in reservation(instrument, CLAUSE, permitted, binds, before)}


def test_with_consent_it_comes_in_time() -> None:
    found = looked_at("ratify", Before("signatory"), articles=("5",))
    assert found == {"permitted": (Outcome.PASSES, "12"), "when reserved": (Outcome.PASSES, "VCLT 19")}


def test_what_the_agreement_does_not_permit_fails() -> None:
    assert looked_at("ratify", Before(), permitted=False, articles=("1",))["permitted"] == (Outcome.FAIL, "12")


def test_a_reservation_that_names_no_provision_is_asked_about() -> None:
    assert looked_at("ratify", Before(), reservation="something")["permitted"][0] is Outcome.OPEN


def test_made_when_signing_it_has_to_be_confirmed() -> None:
    assert looked_at("sign", Before(), articles=("5",))["when reserved"] == (Outcome.OPEN, "VCLT 23(2)")
    assert looked_at("sign", Before(), binds=True, articles=("5",))["when reserved"][0] is Outcome.PASSES


def test_who_ratifies_without_confirming_it_is_asked() -> None:
    before = Before("signatory", (act("sign"),), reserved=(act("reserve"),))
    assert looked_at("ratify", before) == {"confirmed": (Outcome.OPEN, "VCLT 23(2)")}
    assert looked_at("ratify", before, articles=("5",))["confirmed"] == (Outcome.PASSES, "VCLT 23(2)")


def test_a_late_one_is_circulated_and_one_without_any_instrument_fails() -> None:
    assert looked_at("reserve", Before("party"), articles=("5",))["when reserved"][0] is Outcome.OPEN
    assert looked_at("reserve", Before("signatory"), articles=("5",))["when reserved"][0] is Outcome.FAIL


def test_without_a_reservation_nothing_is_asked() -> None:
    assert looked_at("ratify", Before("signatory")) == {}
