"""Acts that wait are in the node's tables, each with each of its signatures."""

from __future__ import annotations

from dataclasses import replace

from comity.exchange.between.kept_here import KeptWaiting
from comity.exchange.between.taking_acts import WaitingAct
from tests.exchange.small_nodes import SmallNode

BARE = WaitingAct("sha256:0", None, "BET", b"{}", "no key yet")
SIGNED = replace(BARE, signature="a..b", body=b"{ }")


def test_acts_wait_by_sender_hash_and_signature(small: SmallNode) -> None:
    waiting, other = KeptWaiting(small.ledger), replace(BARE, sender="GAM")
    for one in (SIGNED, other, BARE, SIGNED, replace(BARE, says="still none")):
        waiting.keep(one)
    assert KeptWaiting(small.ledger).all() == [replace(BARE, says="still none"), SIGNED, other]
    waiting.let_go(BARE.key)
    waiting.let_go(("BET", "sha256:1", None))
    assert KeptWaiting(small.ledger).all() == [SIGNED, other]
