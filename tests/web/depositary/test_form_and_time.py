"""The form of consent, its time, and notices of withdrawal: VCLT 10 to 16, 54 and 56, case by case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from comity.agreements.clauses import Consent, Dependence, NoWithdrawal, Withdrawal
from comity.terms import Verdict
from comity.web.depositary.consents import Before, form_of, open_to
from comity.web.depositary.instruments import Check, Instrument, Outcome
from comity.web.depositary.leaving import leaving
from comity.web.depositary.timing import in_time
from tests.web.depositary.conftest import act

DAY = date(2001, 2, 1)
CLAUSE = Consent(kind="consent", article="10", says="As said.", read="text", acts=("ratify", "accept", "accede"))
CLOSED = Consent(kind="consent", article="10", says="As said.", read="text", acts=("ratify",))
SIGNED = Before(mode="signatory", signed=(act("sign"),), anybody_signed=True)


def outcomes(checks: Iterable[Check]) -> dict[str, Outcome]:
    return {check.about: check.outcome for check in checks}


def formed(kind: str, before: Before, clause: Consent | None = CLAUSE, organisation: bool = False) -> dict[str, Outcome]:
    return outcomes(form_of(Instrument("pact", "AAA", kind, DAY), organisation, clause, before))


def test_a_signatory_ratifies() -> None:
    assert set(formed("ratify", SIGNED).values()) == {Outcome.PASSES}


def test_who_did_not_sign_accedes() -> None:
    assert formed("ratify", Before(anybody_signed=True))["signed"] is Outcome.FAIL
    assert set(formed("accede", Before(anybody_signed=True)).values()) == {Outcome.PASSES}


def test_where_nobody_accedes_a_missing_signature_is_a_question() -> None:
    assert formed("ratify", Before(anybody_signed=True), CLOSED)["signed"] is Outcome.OPEN
    assert formed("ratify", Before(), CLOSED)["signed"] is Outcome.PASSES


def test_a_signatory_that_accedes_is_asked_about() -> None:
    assert formed("accede", SIGNED)["signed"] is Outcome.OPEN


@pytest.mark.parametrize(("kind", "organisation"), [("approve", False), ("confirm", False), ("ratify", True)])
def test_a_means_that_the_agreement_or_the_party_does_not_have_fails(kind: str, organisation: bool) -> None:
    assert formed(kind, SIGNED, organisation=organisation)["form"] is Outcome.FAIL


def test_without_a_clause_the_means_are_a_question() -> None:
    assert formed("ratify", SIGNED, None)["form"] is Outcome.OPEN


@pytest.mark.parametrize("mode", ["party", "contracting", "suspended"])
def test_a_second_consent_fails(mode: str) -> None:
    assert formed("ratify", Before(mode, (act("sign"),), (act("ratify"),)))["once"] is Outcome.FAIL


def test_a_former_party_may_come_back() -> None:
    assert formed("accede", Before("former"))["once"] is Outcome.PASSES


def test_a_second_signature_fails() -> None:
    assert formed("sign", SIGNED)["once"] is Outcome.FAIL
    assert formed("sign", Before()) == {"form": Outcome.PASSES, "once": Outcome.PASSES}


def test_it_is_open_to_parties_of_another_agreement_alone() -> None:
    other = Dependence(kind="dependence", article="2", says="Only allies.", read="text", agreement="alliance", effect="needs-party")
    instrument = Instrument("pact", "AAA", "accede", DAY)
    for bound, wanted in zip(Verdict, (Outcome.PASSES, Outcome.FAIL, Outcome.OPEN, Outcome.OPEN), strict=True):
        assert outcomes(open_to(instrument, CLAUSE, [(other, bound)], follows=Verdict.YES)) == {"open to": wanted}


def timed(kind: str = "ratify", opened: date | None = None, closes: date | None = None, exists: bool = True) -> list[Outcome]:
    return [check.outcome for check in in_time(Instrument("pact", "AAA", kind, DAY, closes=closes), date(2001, 1, 1), opened, CLAUSE, exists)]


def test_nothing_comes_before_the_text_was_opened() -> None:
    assert timed(opened=date(2001, 2, 2)) == [Outcome.FAIL]
    assert timed(opened=DAY) == [Outcome.PASSES]


def test_each_sort_of_instrument_has_its_own_articles() -> None:
    for kind, article in (("ratify", "VCLT 16"), ("denounce", "VCLT 65 and 67"), ("reserve", "VCLT 19 and 23")):
        (found,) = in_time(Instrument("pact", "AAA", kind, DAY), date(2001, 1, 1), None, CLAUSE, True)
        assert (found.outcome, found.article) == (Outcome.PASSES, article)
    (early,) = in_time(Instrument("pact", "AAA", "denounce", DAY), date(2001, 3, 1), None, CLAUSE, True)
    assert (early.outcome, early.article) == (Outcome.FAIL, "VCLT 65 and 67")


def test_signature_closes_after_its_last_day() -> None:
    assert timed("sign") == [Outcome.OPEN]
    assert timed("sign", closes=DAY) == [Outcome.PASSES]
    assert timed("sign", closes=date(2001, 1, 31)) == [Outcome.FAIL]
    assert timed("ratify", closes=date(2001, 1, 31)) == [Outcome.PASSES]


def test_a_party_that_does_not_exist_does_nothing() -> None:
    assert timed(exists=False) == [Outcome.FAIL, Outcome.PASSES]


WITHDRAWAL = Withdrawal(kind="withdrawal", article="13", says="Six months.", read="text")
NEVER = NoWithdrawal(kind="no-withdrawal", article="-", says="Nobody leaves.", read="text")


@pytest.mark.parametrize(
    ("mode", "clause", "bound", "form"),
    [
        ("party", WITHDRAWAL, Outcome.PASSES, Outcome.PASSES),
        ("party", None, Outcome.PASSES, Outcome.OPEN),
        ("party", NEVER, Outcome.PASSES, Outcome.FAIL),
        ("contracting", WITHDRAWAL, Outcome.OPEN, Outcome.PASSES),
        ("signatory", WITHDRAWAL, Outcome.FAIL, Outcome.PASSES),
    ],
)
def test_who_is_bound_leaves_by_a_clause(mode: str, clause: Withdrawal | NoWithdrawal | None, bound: Outcome, form: Outcome) -> None:
    assert outcomes(leaving(Instrument("pact", "AAA", "denounce", DAY), clause, Before(mode))) == {"bound": bound, "form": form}
    assert not list(leaving(Instrument("pact", "AAA", "ratify", DAY), clause, Before(mode)))
