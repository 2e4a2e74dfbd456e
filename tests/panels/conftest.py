"""One store for all tests of panels."""

from __future__ import annotations

import pytest

from comity.sources import Store
from tests.panels.shelves import DATA, filled

USED = (
    "atop", "atop-dyads", "cow-capitals", "cow-contiguity", "cow-distance", "cow-igos", "cow-majors", "cow-mids", "cow-nmc", "cow-system", "dcad",
    "democracy", "gdp", "gml-mids", "gw-system", "ideal-points", "mme", "rivalries", "sipri", "state-codes", "ucdp-acd", "unga", "us-troops",
)  # fmt: skip


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every source that columns come of, out of COMITY_DATA."""
    if not DATA:
        pytest.skip("COMITY_DATA names no folder of data sets")
    return filled(tmp_path_factory.mktemp("sources"), *USED)
