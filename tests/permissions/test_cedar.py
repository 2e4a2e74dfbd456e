"""Cedar, where it is installed, allows what the slow reference allows: a slice of what ``make verify`` asks."""

from __future__ import annotations

import pytest

from bench.policy_peers import ask_cedar, installed
from comity.permissions.lines import Outcome
from comity.permissions.release_lines import lines_for
from oracles import releases
from tests.permissions.against_cedar import bundled_grounds, of_lines, small_world
from tests.permissions.long_run import cedar_differs

pytestmark = pytest.mark.skipif(not installed(), reason="cedarpy is not installed in .peers/policy: make peers")


@pytest.mark.parametrize("seed", range(3))
def test_cedar_allows_what_the_reference_allows_in_small_worlds(seed: int) -> None:
    lines, asked = small_world(seed, 500)
    done = cedar_differs(f"small {seed}", lines, asked)
    assert (done.asked, done.differ) == (500, 0)
    assert 0 < done.allowed < 500


def test_cedar_allows_what_the_reference_allows_between_sweden_and_the_netherlands() -> None:
    lines = lines_for(bundled_grounds(), "NLD", "SWE", "NLD")
    done = cedar_differs("NLD to SWE", lines, of_lines(lines, "NLD", "SWE", "NLD"))
    assert done.allowed > 0
    assert done.differ == 0


def test_cedar_without_the_lines_is_of_another_mind() -> None:
    lines, asked = small_world(0, 500)
    told = ask_cedar(lines._replace(release=()), asked)
    assert any(releases.may_release(q, lines) is Outcome.ALLOWED and not allowed for q, allowed in zip(asked, told, strict=True))
