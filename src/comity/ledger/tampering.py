"""One thing in a ledger that is not as it was appended: where, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.ledger.items import Leaf


@dataclass(frozen=True, slots=True)
class Tampering:
    """One thing that is not as it was appended: where, and what is wrong with it."""

    where: str
    says: str


def where(leaf: Leaf) -> str:
    """An item, as it is named to people."""
    return f"item {leaf.seq} ({leaf.file})"
