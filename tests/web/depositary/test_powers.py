"""Who may act for a state: VCLT 7, 8 and 67(2), case by case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from comity.acts import Act
from comity.web.depositary.instruments import Instrument, Outcome
from comity.web.depositary.powers import ADOPTING, ENTITLED, authority
from tests.web.depositary.conftest import act

DAY = date(2001, 2, 1)


def looked_at(powers: tuple[Act, ...] = (), kind: str = "ratify", of: str = "state", form: str = "treaty", **more: Any) -> tuple[Outcome, str]:
    check = authority(Instrument("pact", "AAA", kind, DAY, **more), of, form, powers)
    return check.outcome, check.article


@pytest.mark.parametrize("title", ENTITLED)
def test_three_offices_need_no_full_powers(title: str) -> None:
    assert looked_at(title=title) == (Outcome.PASSES, "VCLT 7(2)(a)")


@pytest.mark.parametrize(("title", "article"), [(ADOPTING[0], "VCLT 7(2)(b)"), (ADOPTING[1], "VCLT 7(2)(c)")])
def test_a_head_of_mission_and_a_delegate_adopt_the_text_and_no_more(title: str, article: str) -> None:
    assert looked_at(title=title) == (Outcome.FAIL, article)


def test_anybody_else_needs_full_powers() -> None:
    assert looked_at(title="other", person="A. Person") == (Outcome.FAIL, "VCLT 7(1)(a)")
    powers = (act("full-powers", details={"person": "A. Person"}),)
    assert looked_at(powers, title="other", person="a. person") == (Outcome.PASSES, "VCLT 7(1)(a)")
    assert looked_at(powers, title="head of mission", person="A. Person")[0] is Outcome.PASSES


def test_full_powers_are_for_the_person_they_name() -> None:
    powers = (act("full-powers", details={"person": "A. Person"}),)
    assert looked_at(powers, title="other", person="B. Person")[0] is Outcome.FAIL
    assert looked_at(powers, title="other")[0] is Outcome.OPEN


def test_full_powers_given_afterwards_need_the_states_confirmation() -> None:
    late = (act("full-powers", made="2001-03-01", details={"person": "A. Person"}),)
    assert looked_at(late, title="other", person="A. Person") == (Outcome.OPEN, "VCLT 8")
    assert looked_at(late, title="other", person="A. Person", confirmed=True) == (Outcome.PASSES, "VCLT 8")


def test_what_was_done_without_authority_counts_once_it_is_confirmed() -> None:
    assert looked_at(title="other", confirmed=True) == (Outcome.PASSES, "VCLT 8")


def test_who_signed_has_to_be_said() -> None:
    assert looked_at() == (Outcome.OPEN, "VCLT 7(1) and 7(2)")


def test_of_a_notice_of_withdrawal_full_powers_may_be_called_for() -> None:
    assert looked_at(kind="denounce", title="other") == (Outcome.OPEN, "VCLT 67(2)")


def test_an_organisation_and_what_is_no_treaty_are_not_asked_for_them() -> None:
    assert looked_at(of="organisation", title="head of state") == (Outcome.OPEN, "VCLT-IO 7(3)")
    assert looked_at(form="political", title="other") == (Outcome.PASSES, "VCLT 2(1)(a)")
