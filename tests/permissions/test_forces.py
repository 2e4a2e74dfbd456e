"""Who may try an offence of a visiting force, and who pays: every row of both tables."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Literal

import pytest

from comity.permissions.forces import claim_shares, jurisdiction
from comity.permissions.lines import Offence
from comity.terms import BadInput
from oracles import forces as oracle

PERSONS: tuple[Literal["force", "civilian", "dependent"], ...] = ("force", "civilian", "dependent")


def test_jurisdiction_is_that_of_the_slow_reading_in_every_row() -> None:
    laws: tuple[frozenset[Literal["sending", "host"]], ...] = (
        frozenset(),
        frozenset(["sending"]),
        frozenset(["host"]),
        frozenset(["sending", "host"]),
    )
    flags = (False, True)
    for person, punishable, military, of_host, own, duty in itertools.product(PERSONS, laws, flags, flags, flags, flags):
        offence = Offence(person=person, punishable_by=punishable, military_law=military, of_host=of_host, against_own=own, on_duty=duty)
        found = jurisdiction(offence)
        assert (frozenset(found.holders), found.primary, found.article) == oracle.may_try(offence), offence


def test_a_soldier_on_duty_is_tried_by_the_sending_state_first_and_a_dependent_never() -> None:
    both: frozenset[Literal["sending", "host"]] = frozenset(["sending", "host"])
    soldier = jurisdiction(Offence(person="force", punishable_by=both, on_duty=True))
    wife = jurisdiction(Offence(person="dependent", punishable_by=both, military_law=True, on_duty=True, against_own=True))
    assert (soldier.primary, soldier.article) == ("sending", "VII(3)(a)(ii)")
    assert (wife.primary, wife.article) == ("host", "VII(3)(b)")


def test_a_civilian_who_is_the_hosts_national_is_the_hosts_to_try() -> None:
    found = jurisdiction(Offence(person="civilian", punishable_by=frozenset(["sending", "host"]), military_law=True, of_host=True))
    assert (found.holders, found.article) == (("host",), "VII(4)")


@pytest.mark.parametrize("number", [1, 2, 3, 7])
@pytest.mark.parametrize("host_responsible", [False, True])
@pytest.mark.parametrize("attributable", [False, True])
def test_shares_are_those_of_the_slow_reading_and_make_a_whole(number: int, host_responsible: bool, attributable: bool) -> None:
    sending = tuple(f"S{i}" for i in range(number))
    found = claim_shares("H", sending, host_responsible=host_responsible, attributable=attributable)
    assert found.shares == oracle.parts("H", sending, host_responsible, attributable)
    assert sum(found.shares.values()) == 1


def test_two_sending_states_pay_two_fifths_each_and_a_host_that_is_not_responsible_one() -> None:
    assert claim_shares("NLD", ["USA", "GBR"]).shares == {"NLD": Fraction(1, 5), "USA": Fraction(2, 5), "GBR": Fraction(2, 5)}


def test_what_was_not_done_on_duty_is_the_sending_states_to_offer() -> None:
    found = claim_shares("NLD", ["USA"], on_duty=False)
    assert (found.shares, found.article) == ({"USA": Fraction(1)}, "VIII(6)")


@pytest.mark.parametrize(("sending", "on_duty"), [([], True), (["USA", "USA"], True), (["NLD"], True), (["USA", "GBR"], False)])
def test_a_claim_that_cannot_be_meant_is_refused_in_one_line(sending: list[str], on_duty: bool) -> None:
    with pytest.raises(BadInput, match=r"name .*(once|that one)"):
        claim_shares("NLD", sending, on_duty=on_duty)
