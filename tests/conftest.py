"""What all tests share: the bundled book, opened once, and the project's folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import comity
from comity.about import Opened

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # tests run side by side; threads that wait for one another cost several times the time

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def bundled() -> Opened:
    """The real book that ships with Comity; reading it takes about a second, so it is read once."""
    return comity.open(comity.bundled_book())


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
