"""For the tests of the house: the bundled book read once, and a cut of it with three agreements for the long commands."""

from __future__ import annotations

from tests.cli.conftest import bundled_once, few

__all__ = ["bundled_once", "few"]
