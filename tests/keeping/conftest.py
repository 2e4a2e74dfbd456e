"""The ledgers of tests/ledger, here too."""

from __future__ import annotations

from tests.ledger.conftest import closed, ledger, place, server

__all__ = ["closed", "ledger", "place", "server"]
