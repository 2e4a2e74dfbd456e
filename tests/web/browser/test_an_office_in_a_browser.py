"""Pages where there are accounts and a ledger, in a browser: each of them in two opposite variants, others every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from comity.web.holding import Held
from tests.web.browser.an_office import PATHS, an_office, sign_in
from tests.web.browser.driving import VARIANTS, Variant, faults, window
from tests.web.browser.test_every_page_in_a_browser import HALF, SLICE

TWO = (VARIANTS[SLICE % HALF], VARIANTS[-1 - SLICE % HALF])


@pytest.fixture(scope="module")
def office(held: Held) -> Iterator[str]:
    with an_office(date(2026, 11, 27), held.opened.book) as address:
        yield address


@pytest.mark.parametrize("who", PATHS)
@pytest.mark.parametrize("variant", TWO, ids=str)
def test_its_pages_are_sound(browser: Browser, office: str, variant: Variant, who: str) -> None:
    with window(browser, office, variant) as shown:
        sign_in(shown, who)
        wrong: list[str] = []
        for path in PATHS[who]:
            assert shown.open(path) == 200
            wrong += [f"{path}: {fault}" for fault in faults(shown)]
        assert wrong == []
