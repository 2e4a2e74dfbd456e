"""Cedar, where it is installed, allows what the slow reference allows: a slice of what ``make verify`` asks."""

from __future__ import annotations

import pytest

from bench.policy_peers import ask_cedar, installed
from comity.permissions.lines import Outcome
from comity.permissions.release_lines import lines_for
from oracles import releases
from tests.permissions.against_cedar import bundled_grounds, differing, of_lines, small_world

pytestmark = pytest.mark.skipif(not installed(), reason="cedarpy is not installed in .peers/policy: make peers")


@pytest.mark.parametrize("seed", range(3))
def test_cedar_allows_what_the_reference_allows_in_small_worlds(seed: int) -> None:
    lines, asked = small_world(seed, 500)
    assert not differing(lines, asked)
    assert {releases.may_release(q, lines) is Outcome.ALLOWED for q in asked} == {True, False}


def test_cedar_allows_what_the_reference_allows_between_sweden_and_the_netherlands() -> None:
    lines = lines_for(bundled_grounds(), "NLD", "SWE", "NLD")
    asked = of_lines(lines, "NLD", "SWE", "NLD")
    assert asked
    assert not differing(lines, asked)


def test_cedar_without_the_lines_is_of_another_mind() -> None:
    lines, asked = small_world(1, 500)
    told = ask_cedar(lines._replace(release=()), asked)
    assert any(releases.may_release(q, lines) is Outcome.ALLOWED and not allowed for q, allowed in zip(asked, told, strict=True))
