"""What all tests share: the bundled book, opened once, and the project's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import comity
from comity.about import Opened

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def bundled() -> Opened:
    """The real book that ships with Comity; reading it takes about a second, so it is read once."""
    return comity.open(comity.bundled_book())


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
