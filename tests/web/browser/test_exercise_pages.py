"""The pages of interoperability, lessons and training with something on them, in a browser: in two opposite variants, nothing wrong with any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from comity.web.holding import Held
from tests.web.browser.driving import VARIANTS, Variant, faults, served, window
from tests.web.exercised import exercised

PAGES = (
    "/interoperability",
    "/interoperability?nations=NLD+DEU&on=2025-08-01&slots=12",
    "/lessons",
    "/lessons?view=list&late=1",
    "/training",
)
OPPOSITES = (VARIANTS[0], VARIANTS[-1])
COLUMNS = "() => new Set([...document.querySelectorAll('.board > section')].map((one) => one.getBoundingClientRect().left)).size"


@pytest.fixture(scope="module")
def shown_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = exercised(tmp_path_factory.mktemp("exercised"))
    with served(Held(made, today=lambda: date(2025, 11, 15))) as found:
        yield found


@pytest.mark.parametrize("variant", OPPOSITES, ids=str)
def test_pages_with_exercises_on_them_are_sound(browser: Browser, shown_at: str, variant: Variant) -> None:
    with window(browser, shown_at, variant) as shown:
        for url in PAGES:
            assert shown.open(url) == 200
            assert faults(shown) == [], url


def test_columns_of_the_board_stand_beside_one_another_or_one_below_the_other(browser: Browser, shown_at: str) -> None:
    for variant, number in zip(OPPOSITES, (6, 1), strict=True):
        with window(browser, shown_at, variant) as shown:
            shown.open("/lessons")
            assert shown.page.evaluate(COLUMNS) == number
