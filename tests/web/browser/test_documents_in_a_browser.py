"""A document by the keyboard alone: from a few words to the page on which they stand; and shown, with nothing in it that runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.driving import Window, window
from tests.web.browser.tasks import MOST_KEYS, Desk
from tests.web.papers import NOTE, digest

PATH = f"/documents/{digest(NOTE)}"


def test_words_lead_to_the_page_on_which_they_stand(browser: Browser, address: str) -> None:
    with window(browser, address) as shown:
        shown.open("/search?q=deposited+april")
        while shown.page.get_by_text("still being read").count():
            shown.page.wait_for_timeout(200)
            shown.open("/search?q=deposited+april")
        shown.open("/")
        desk = Desk(shown.page)
        desk.find("deposited april", "Instrument of accession of Finland")
        assert shown.page.url.endswith("#page-2")
        expect(shown.page.locator("#page-2 mark").first).to_have_text("Deposited")
        expect(shown.page.locator("#page-2")).to_be_in_viewport()
        assert (desk.clicks, desk.keys) <= (0, MOST_KEYS)


@pytest.mark.parametrize("words", ["UNTS 541", "34 UNTS 243", "no. 541"])
def test_a_registration_leads_to_its_treaty(browser: Browser, address: str, words: str) -> None:
    with window(browser, address) as shown:
        shown.open("/")
        desk = Desk(shown.page)
        desk.find(words, "North Atlantic Treaty")
        desk.says("North Atlantic Treaty", "h1")
        assert desk.keys <= 15


def test_a_document_is_shown_in_a_frame_and_the_policy_is_kept(shown: Window) -> None:
    shown.open(PATH)
    expect(shown.page.locator("iframe")).to_be_visible()
    assert [said for said in shown.said if "policy" in said or "console" in said] == []


def test_the_list_leads_to_it(shown: Window) -> None:
    shown.open("/documents")
    expect(shown.page.locator(f'a[href="{PATH}"]')).to_be_visible()
