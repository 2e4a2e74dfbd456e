"""One browser for a module's tests, and one server of the pages for all of them; without a Chromium they are skipped, and say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from comity.web.holding import Held
from tests.web.browser.driving import MISSING, USUAL, Variant, Window, browsing, chromium, served, window
from tests.web.papers import with_a_note


@pytest.fixture(scope="session")
def address(held: Held) -> Iterator[str]:
    with served(with_a_note(held)) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip(MISSING)
    with browsing() as found:
        yield found


@pytest.fixture
def shown(browser: Browser, address: str) -> Iterator[Window]:
    """A window 1280 pixels wide, light, in English."""
    with window(browser, address) as found:
        yield found


@pytest.fixture(scope="module")
def shown_as(browser: Browser, address: str) -> Iterator[Callable[[Variant], Window]]:
    """The module's window of a variant; each is opened once."""
    with ExitStack() as windows:
        opened: dict[Variant, Window] = {}

        def found(variant: Variant = USUAL) -> Window:
            if variant not in opened:
                opened[variant] = windows.enter_context(window(browser, address, variant))
            return opened[variant]

        yield found
