"""A telephone without scripts answers a round by keyboard alone; where there are scripts, the clock counts down, but for whom wants less motion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import create
from comity.web.holding import Held
from comity.web.readers import Reader, Role
from tests.ledger.conftest import ORIGIN
from tests.web.a_round import CRISIS, NOW, TODAY, folder_of
from tests.web.browser.driving import NARROW, served

OFFICER = Reader("anna", "BEL", frozenset({Role.DESK_OFFICER}))
ENDS = datetime(2026, 11, 28, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("round")
    made = create(f"sqlite:///{folder}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(folder_of(tmp_path_factory.mktemp("book"))).book, made)
    with served(Held(comity.open(made.url), today=lambda: TODAY, clock=lambda: NOW, patience=20.0), OFFICER) as found:
        yield found
    made.close()


def test_a_telephone_without_scripts_breaks_silence_by_keyboard(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=NARROW, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/answer/{CRISIS}")
        page.focus("#f-says")
        page.keyboard.type("not agreed at home")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first button is the answer that has an effect
        expect(page.get_by_role("heading", name="Before it is sent")).to_be_visible()
        page.focus("button.main.large")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}/decisions/{CRISIS}")
        expect(page.locator(".clock .chip").first).to_have_text("silence broken")
        expect(page.get_by_text("not agreed at home").first).to_be_visible()


@pytest.mark.parametrize(("motion", "ticks"), [("no-preference", True), ("reduce", False)])
def test_the_clock_counts_down_but_for_whom_wants_less_motion(browser: Browser, address: str, motion: str, ticks: bool) -> None:
    with browser.new_context(reduced_motion="reduce" if motion == "reduce" else "no-preference") as context:
        page = context.new_page()
        page.clock.install(time=ENDS - timedelta(minutes=10, seconds=30))
        page.goto(f"{address}/decisions/{CRISIS}")
        shown, told = page.locator("[data-until]"), page.locator("[data-told]")
        page.clock.run_for(3000)
        assert ("second" in (shown.text_content() or "")) == ticks
        assert told.text_content() == "", "it is not told at every tick"
        page.clock.run_for(30_000)
        expect(told).to_have_text("10 minutes")
        page.clock.run_for(600_000)
        expect(told).to_have_text("It has ended: show this page again")
        expect(shown).to_have_text("It has ended: show this page again")
