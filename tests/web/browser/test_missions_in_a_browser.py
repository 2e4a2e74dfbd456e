"""A mission and a pool, of which the sample has none: nothing that axe finds, nothing that sticks out, each drawing with its table."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.web.a_mission import NAME, a_mission
from tests.web.browser.driving import Variant, faults, served, window

TABLED = (
    "() => [...document.querySelectorAll('main svg[aria-details]')].map((one) => document.getElementById(one.getAttribute('aria-details')).tagName)"
)


def test_a_mission_and_a_pool_are_sound(browser: Browser) -> None:
    mission, pool = f"/missions/{NAME}?shares=FRA 28, DEU 41", "/pools/flying hours"
    looked_at = ((Variant(False, True, "ar"), mission, 2), (Variant(True, False, "en"), mission, 2), (Variant(True, False, "ar"), pool, 1))
    with served(a_mission()) as address:
        for variant, url, drawn in looked_at:
            with window(browser, address, variant) as shown:
                assert shown.open(url) == 200
                assert faults(shown) == [], f"{url} ({variant})"
                assert shown.page.evaluate(TABLED) == ["TABLE"] * drawn
