"""One small book on disk for all tests of the command line, and the bundled one read only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import comity
from comity.about import Opened
from tests.book.folders import COVERED, ENTRY, LATER, SECRET, agreement, folder, rows
from tests.cli.cli_page import cut

STORY = f"""
AAA sign 2000-01-15
AAA ratify 2000-02-01
BBB ratify 2000-03-01
CCC accede 2000-05-01
CCC reserve 2000-05-01 "details=articles=3"
BBB denounce 2003-01-01
CCC sign 2001-01-01 ref=hidden {SECRET}
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pact of three without a clause on leaving, so that BBB's denunciation is contested from 2004 on."""
    return folder(
        tmp_path_factory.mktemp("cli") / "book",
        {"agreements/pact.toml": agreement(ENTRY, LATER, COVERED), "acts/pact.csv": rows(STORY)},
    )


@pytest.fixture
def bundled_once(bundled: Opened) -> Iterator[None]:
    """The bundled book, when it is asked for, is not read again."""
    really = comity.open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comity, "open", lambda path: bundled if Path(path) == comity.bundled_book() else really(path))
        yield


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three real agreements with their acts, as a book of their own: for commands that look at every agreement."""
    return cut(tmp_path_factory.mktemp("few"))
