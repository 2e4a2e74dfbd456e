"""What rows of duties say is what was read and kept: see told.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.duties import told

KEPT: dict[str, Any] = json.loads(told.PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return told.told()


@pytest.mark.parametrize("about", KEPT)
def test_rows_say_word_for_word_what_was_kept(found: dict[str, Any], about: str) -> None:
    assert found[about] == KEPT[about]


def test_everything_is_kept(found: dict[str, Any]) -> None:
    assert list(found) == list(KEPT)
