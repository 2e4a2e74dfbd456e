"""Nodes that exchange over a failing network, one of them hostile, agree once it heals: a slice of seeds that moves on every day, and those that
once showed something. The long run is ``python -m tests.exchange.long_run_of_federations``.
"""

from __future__ import annotations

import time
from datetime import date

import pytest

from tests.exchange import federated_nodes, taxii_in_memory
from tests.exchange.federation_simulator import HONEST, HOSTILE, Federation, check_acts, check_all_there, run

SECONDS = 20
SHOWED = {
    0: "a node passed on what another said was its act",
    71: "a reference was taken to keep an act out",
    1536: "a notice of recall that a third had forged was passed on",
    1631: "the hub, and the node that nobody reaches",
    2019: "a rotation of keys overtook what was signed before it",
    51566: "an act that came with two signatures, of which one fits",
    51575: "another version of an object, passed on by the very one whose it was",
    10004: "what was signed anew bore the date of what it took the place of",
}


@pytest.mark.parametrize("seed", SHOWED, ids=lambda seed: SHOWED[seed])
def test_what_once_went_wrong_goes_well(seed: int) -> None:
    run(seed)


def test_federations_converge() -> None:
    seed, begun = date.today().toordinal() * 1000, time.monotonic()
    while time.monotonic() - begun < SECONDS:
        run(seed)
        seed += 1
    assert seed % 1000 > 20, "the machine is too slow for this to say anything"


# -- would it notice?


def healed(seed: int) -> Federation:
    world = Federation(seed)
    world.storm()
    world.heal()
    world.round()
    world.round()
    return world


def test_a_lost_act_would_be_noticed() -> None:
    world = healed(3)
    lost = next(h for h in world.nodes["BBB"].disk.acts if h in world.authored and world.authored[h].actor != "BBB")
    del world.nodes["BBB"].disk.acts[lost]
    with pytest.raises(AssertionError, match="BBB lacks"):
        check_all_there(world, "report")


def test_a_forged_act_would_be_noticed() -> None:
    world = healed(3)
    forged = world.eve._act("AAA", "denounce", "forged")
    world.nodes["BBB"]._record(forged, None)
    with pytest.raises(AssertionError, match="an act that nobody made"):
        check_acts(world)


def test_a_lost_object_would_be_noticed() -> None:
    for seed in range(20):
        world = healed(seed)
        bodies = [(n, k) for n in HONEST for k, kept in world.nodes[n].disk.objects.items() if kept.type == "report" and kept.label["to"] is None]
        taken = [(n, k) for n, k in bodies if k[0] not in (n, HOSTILE) and k[:2] not in world.nodes[k[0]].disk.recalled]
        if taken:
            break
    name, key = taken[0]
    body = world.nodes[name].disk.objects[key].body
    for copy in [k for k, kept in world.nodes[name].disk.objects.items() if kept.body == body or k[1:] == key[1:]]:
        del world.nodes[name].disk.objects[copy]
    with pytest.raises(AssertionError, match=f"{name} lacks"):
        check_all_there(world, "report")


def test_a_leak_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(federated_nodes.NodeInMemory, "is_open", lambda node, partner, key, kept: True)
    with pytest.raises(AssertionError, match="gave"):
        any(run(seed) is None for seed in range(20))


def test_objects_left_out_between_pages_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def hurried(text: str) -> int:
        return taxii_in_memory.stamp_of(text) + 1_000_000_000

    monkeypatch.setattr(taxii_in_memory.TaxiiInMemory, "stamp_of", staticmethod(hurried))
    with pytest.raises(AssertionError, match="lacks"):
        any(run(seed) is None for seed in range(60))
