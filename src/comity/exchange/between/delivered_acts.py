"""The acts among what partners deliver to a node, whichever way it comes: looked at before any of it is kept.

An act that is refused must not be kept: a node that passed on what another says is the node's own act would make it one.

Source: docs/explanation/how-exchange-works.md, section 10.2.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from comity.exchange.between.acts_in_ledger import LedgerActs
from comity.exchange.between.kept_here import KeptWaiting
from comity.exchange.between.taking_acts import TakingActs
from comity.exchange.node import Node


class DeliveredActs:
    """What a node asks of each delivery of a partner's that has acts in it. Any thread may ask."""

    def __init__(self, node: Node) -> None:
        self._node, self._lock = node, threading.Lock()
        self._taking: TakingActs | None = None

    def __call__(self, party: str, bodies: Sequence[bytes]) -> Sequence[str]:
        """Put on record or aside what may be; of each of these objects why it is not to be kept, blank where it is."""
        with self._lock:
            if self._taking is None:
                node = self._node
                self._taking = TakingActs(LedgerActs(node.ledger, node.keeper, node.clock), KeptWaiting(node.ledger))
            return self._taking.take(party, bodies).says


def take_acts(node: Node) -> Node:
    """The node, which from now on takes acts of what partners deliver to it."""
    if not node.takes_acts:
        node.acts_from = DeliveredActs(node)
    return node
