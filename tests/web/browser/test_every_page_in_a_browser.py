"""Every page, in two of the eight variants a run (``COMITY_SLICE`` or the date picks them): nothing that axe finds, nothing that sticks out,
nothing on the console, nothing from elsewhere. All eight: tests.web.browser.long_run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from tests.web.browser.driving import VARIANTS, Variant, Window, faults
from tests.web.browser.routes import DRAWN, PAGES, ROUTES, without_an_example

SLICE = int(os.environ.get("COMITY_SLICE", str(date.today().toordinal())))
HALF = len(VARIANTS) // 2
CHARTS = """() => [...document.querySelectorAll("svg.timeline, svg.steps, svg.map, svg.network, svg.chord, svg.bonds")].map((drawn) => {
    const table = document.getElementById(drawn.getAttribute("aria-details"));
    return table && table.tagName === "TABLE" && table.tBodies[0].rows.length > 0;
})"""


def two_of(number: int) -> tuple[Variant, Variant]:
    """A variant and its opposite, which differs in colours, width and direction; others for the next page, and on the next day."""
    picked = (number + SLICE) % HALF
    return VARIANTS[picked], VARIANTS[-1 - picked]


def test_every_page_has_an_example() -> None:
    assert without_an_example() == []


def test_half_the_variants_and_their_opposites_are_all_of_them() -> None:
    assert {variant for number in range(HALF) for variant in two_of(number)} == set(VARIANTS)
    for one, other in map(two_of, range(HALF)):
        assert (one.dark, one.wide, one.language) != (other.dark, other.wide, other.language)
        assert one.dark != other.dark
        assert one.wide != other.wide
        assert one.language != other.language


@pytest.mark.parametrize(("number", "url"), list(enumerate(PAGES)), ids=PAGES)
def test_a_page_is_sound(shown_as: Callable[[Variant], Window], number: int, url: str) -> None:
    for variant in two_of(number):
        shown = shown_as(variant)
        assert shown.open(url) in (200, 400, 404)
        assert faults(shown) == [], f"{url} ({variant})"
        assert_charts_are_told(shown.page, url)


def assert_charts_are_told(page: Page, url: str) -> None:
    """Each drawing names the table beside it that says the same."""
    assert all(page.evaluate(CHARTS)), f"{url}: a drawing without a table"


def test_there_are_drawings(shown: Window) -> None:
    for url in ("/agreements/nato-treaty", "/parties/FIN", "/may?do=release&from=KOR&to=JPN&level=SECRET&on=2019-11-24"):
        shown.open(url)
        assert shown.page.locator("svg.timeline").count() > 0, url


@pytest.mark.parametrize("url", [url for name in DRAWN for url in ROUTES[name]])
def test_what_is_no_page_is_served(shown: Window, url: str) -> None:
    assert shown.open(url) == 200
    assert shown.said == []


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("document.querySelector('main').append(new Image())", "axe image-alt"),
        ("document.querySelector('h1').style.color = '#eeeeee'", "axe color-contrast"),
        ("document.querySelector('main').append(document.createElement('input'))", "axe label"),
        ("document.querySelector('h1').style.width = '2000px'", "overflow"),
        ("document.querySelector('h1').setAttribute('style', 'color: red')", "console: policy: style-src"),
        ("fetch('http://127.0.0.2/').catch(() => 0)", "console: policy: connect-src"),
        ("console.warn('something')", "console: something"),
        ("void setTimeout(() => { throw new Error('broken') })", "script: broken"),
    ],
)
def test_what_is_wrong_is_seen(shown: Window, fault: str, seen: str) -> None:
    shown.open("/rules")
    shown.page.evaluate(fault)
    assert any(found.startswith(seen) for found in faults(shown)), faults(shown)
