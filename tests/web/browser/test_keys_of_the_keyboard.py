"""The pages without a mouse: the skip link, every element by Tab and with a ring, the finder, the short ways, the menu of a narrow window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from comity.web.rooms import MENU, Entry
from tests.web.browser.driving import VARIANTS, Variant, Window, faults
from tests.web.browser.routes import RELEASE

NARROW = next(variant for variant in VARIANTS if not variant.wide and variant.language == "en")
FEW_ACTS = "/acts?agreement=nato-treaty&party=FIN"
GATHER = """() => {
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
    window.reachable = [...all].filter((one) => one.checkVisibility() && one.type !== "hidden" && (one.type !== "radio" || one.checked));
    return window.reachable.length;
}"""
NOW = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    return {number: window.reachable.indexOf(at), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, what: at.outerHTML};
}"""


def where(page: Page) -> str:
    """The address without its host."""
    return page.url.split("/", 3)[3]


def test_the_first_tab_skips_to_the_content(shown: Window) -> None:
    shown.open("/agreements/nato-treaty")
    shown.page.keyboard.press("Tab")
    skip = shown.page.locator(":focus")
    expect(skip).to_have_class("skip")
    expect(skip).to_be_in_viewport()
    shown.page.keyboard.press("Enter")
    expect(shown.page.locator("#main")).to_be_focused()
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.getElementById('main').contains(document.activeElement)")


@pytest.mark.parametrize("url", ["/", "/?party=FIN", "/agreements/gsomia-jpn-kor", "/ask", RELEASE, "/differences", FEW_ACTS, "/keys"])
def test_everything_is_reached_by_tab_and_shows_where_one_is(shown: Window, url: str) -> None:
    shown.open(url)
    number = shown.page.evaluate(GATHER)
    reached = set()
    for _ in range(number + 3):
        shown.page.keyboard.press("Tab")
        at = shown.page.evaluate(NOW)
        if at["number"] >= 0:
            reached.add(at["number"])
            assert at["ring"], at["what"]
    missed = [shown.page.evaluate("(n) => window.reachable[n].outerHTML", one) for one in sorted(set(range(number)) - reached)]
    assert missed == []


def test_the_finder_finds_as_one_types_and_arrows_choose(shown: Window) -> None:
    shown.open("/")
    shown.page.keyboard.press("Control+k")
    expect(shown.page.locator(".find input[type=search]")).to_be_focused()
    shown.page.keyboard.type("fin nato-tr")
    found = shown.page.locator("#found a")
    expect(found.first).to_have_text("Is Finland bound by “North Atlantic Treaty”?")
    shown.page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    shown.page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    assert faults(shown) == []
    shown.page.keyboard.press("ArrowUp")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_url("**/ask?*")
    assert "party=FIN" in where(shown.page)
    assert "agreement=nato-treaty" in where(shown.page)
    expect(shown.page.locator("h1")).to_contain_text("Finland is bound by the North Atlantic Treaty.")


def test_the_arrow_up_from_the_first_result_goes_back_to_the_words(shown: Window) -> None:
    shown.open("/rules")
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("ctbt")
    expect(shown.page.locator("#found a").first).to_be_visible()
    shown.page.keyboard.press("ArrowDown")
    shown.page.keyboard.press("ArrowUp")
    expect(shown.page.locator(".find input[type=search]")).to_be_focused()


def test_escape_leaves_the_finder_and_empties_it(shown: Window) -> None:
    shown.open("/rules")
    shown.page.keyboard.press("Control+k")
    shown.page.keyboard.type("ctbt")
    expect(shown.page.locator("#found a").first).to_be_visible()
    shown.page.keyboard.press("Escape")
    expect(shown.page.locator("#found a")).to_have_count(0)
    expect(shown.page.locator(".find input[type=search]")).to_have_value("")
    assert where(shown.page) == "rules"


def test_enter_in_the_finder_shows_all_results_without_a_script_too(shown: Window) -> None:
    shown.open("/rules")
    shown.page.keyboard.press("Control+k")
    shown.page.keyboard.type("ctbt")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_url("**/search?q=ctbt")
    expect(shown.page.locator("main a", has_text="Comprehensive Nuclear-Test-Ban Treaty").first).to_be_visible()


def test_the_languages_are_chosen_by_keys(shown: Window) -> None:
    shown.open("/rules")
    shown.page.locator(".tongue summary").focus()
    shown.page.keyboard.press("Enter")
    assert faults(shown) == []
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")
    expect(shown.page.locator("html")).to_have_attribute("lang", "fr")
    assert where(shown.page) == "rules"


def test_a_question_mark_shows_the_keys(shown: Window) -> None:
    shown.open("/rules")
    shown.page.keyboard.press("?")
    shown.page.wait_for_url("**/keys")


@pytest.mark.parametrize("entry", [entry for group in MENU for entry in group.entries if entry.key], ids=lambda entry: entry.key)
def test_g_and_a_letter_goes_to_a_room(shown: Window, entry: Entry) -> None:
    shown.open("/keys")
    shown.page.keyboard.press("g")
    shown.page.keyboard.press(entry.key)
    shown.page.wait_for_url(f"**/{entry.room}")
    expect(shown.page.locator("#menu a[aria-current=page]")).to_have_attribute("data-key", entry.key)


def test_letters_typed_into_a_field_go_nowhere(shown: Window) -> None:
    shown.open("/?party=FIN")
    shown.page.locator("main input[name=party]").focus()
    shown.page.keyboard.type("g?")
    shown.page.keyboard.press("a")
    assert where(shown.page) == "?party=FIN"


def test_the_menu_of_a_narrow_window_opens_closes_and_gives_the_focus_back(shown_as: Callable[[Variant], Window]) -> None:
    shown = shown_as(NARROW)
    shown.open("/agreements")
    button, menu = shown.page.locator(".menu-button"), shown.page.locator("#menu")
    expect(menu).to_be_hidden()
    button.focus()
    shown.page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.getElementById('menu').contains(document.activeElement)")
    assert faults(shown) == []
    shown.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
