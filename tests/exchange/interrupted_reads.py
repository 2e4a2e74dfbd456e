"""Reads in whose midst something comes.

Source: docs/explanation/how-exchange-works.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from comity.exchange import Asked, Caller, Collection, Node
from comity.exchange.holdings import Row
from comity.exchange.letting_out import LettingOut, Looked


class Interrupted(LettingOut):
    """Letting out, where something comes between the first ruling and what is written down of it; and how many rulings it took."""

    def __init__(self, node: Node, comes: Callable[[], object]) -> None:
        super().__init__(node.gate, node.holdings)
        self.comes, self.rulings = comes, 0

    def _write_down(self, caller: Caller, collection: Collection, asked: Asked, looked: Looked, rows: Sequence[Row]) -> None:
        self.rulings += 1
        if self.rulings == 1:
            self.comes()
        super()._write_down(caller, collection, asked, looked, rows)


class BeforeRows(LettingOut):
    """Letting out, where something comes between the ruling and its rows."""

    def __init__(self, node: Node, comes: Callable[[], object]) -> None:
        super().__init__(node.gate, node.holdings)
        self.comes = comes

    def settle(self, caller: Caller) -> Looked:
        looked = super().settle(caller)
        self.comes()
        return looked


def of_no_weight(day: date, again: str = "") -> dict[str, str]:
    """An act that can change a standing, and changes no ruling of this keeper: a partner's about another."""
    made = {"made": str(day), "recorded": str(day), "source": "Invented", "basis": "text"}
    return {"ref": f"other-{day}{again}", "kind": "dismiss-partner", "actor": "BET", "agreement": "", "counterparty": "GAM", **made}
