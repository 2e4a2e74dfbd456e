"""The same over real nodes, ledgers and TAXII doors: a few seeds, others every day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.keeping import PartedRecord
from comity.standing import Standing
from comity.terms import Verdict
from tests.exchange.real_federations import RealFederation, check, run


@pytest.mark.parametrize("number", range(3))
def test_real_federations_converge(number: int, tmp_path: Path) -> None:
    seed = date.today().toordinal() * 10 + number
    print(f"seed {seed}")
    assert run(seed, tmp_path).let_out > 0


def test_a_leak_would_be_noticed(tmp_path: Path) -> None:
    world = RealFederation(7, tmp_path)
    report: dict[str, object] = {"type": "tool", "originator": "AAA", "to": ["BBB"], "policy": "AAA"}
    world._look_over("AAA", "BBB", [report])
    with pytest.raises(AssertionError):
        world._look_over("AAA", "CCC", [report])
    for party, node in world.nodes.items():
        today = node.clock().date()
        assert Standing(PartedRecord(node.ledger), on=today, known=today).bound(party, "pact-0").verdict is Verdict.YES
        node.stops()


def test_a_lost_act_would_be_noticed(tmp_path: Path) -> None:
    world = RealFederation(7, tmp_path)
    while not world.authored:
        world.something("AAA")
    with pytest.raises(AssertionError, match="lacks"):
        check(world)
    world.heal()
    world.round()
    world.round()
    check(world)
    for node in world.nodes.values():
        node.stops()
