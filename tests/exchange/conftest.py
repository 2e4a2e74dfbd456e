"""Nodes to test on: on SQLite always, on PostgreSQL where its server is installed (CI installs it)."""

from __future__ import annotations

import pytest

from tests.exchange.small_nodes import SmallNode
from tests.ledger.conftest import Place, closed, place, server

__all__ = ["closed", "place", "server"]


@pytest.fixture
def small(place: Place) -> SmallNode:
    """Alfaria's node, on either database."""
    return SmallNode(place())
