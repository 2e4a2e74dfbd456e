"""The store that tests read from: what COMITY_DATA has, imported once a run of tests."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.sources import Store, all_sources

DATA = os.environ.get("COMITY_DATA", "")
needs_data = pytest.mark.skipif(not DATA, reason="COMITY_DATA names no folder of data sets")


def filled(folder: Path, *wanted: str) -> Store:
    """A store with these sources, or all."""
    store = Store(folder)
    for name in wanted or all_sources():
        store.import_(name, Path(DATA), when=datetime(2026, 1, 1, tzinfo=UTC))
    return store
