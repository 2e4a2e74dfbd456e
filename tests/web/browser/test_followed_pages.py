"""What people follow, in a browser: signed in, filled and empty, light and dark, wide and narrow, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.browser.driving import USUAL, Variant, Window, faults, served, window
from tests.web.people.conftest import PASSWORD, accounts_on, migrated, people
from tests.web.watching.conftest import ACTS, DAY, DEADLINES, VIENNA, Make, models, on, person, saving, tell

with accounts_on("sqlite:///never-opened.db"):
    from comity.web.people.models import Person

__all__ = ["migrated", "people"]
PATHS = (
    "/saved", "/saved/1", "/saved/2", "/saved/due", "/saved/told", "/saved/webhooks", "/saved/webhooks/1", "/", f"/agreements/{VIENNA}",
    "/agreements?q=treaty", "/upcoming?whole=1",
)  # fmt: skip
NIGHT = Variant(dark=True, wide=False, language="ar")


@pytest.fixture(autouse=True, scope="module")
def beside_the_browser() -> Iterator[None]:
    """Playwright has a loop in this thread, in which nobody waits for the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def address(people: Make, held: Held) -> Iterator[str]:
    """Pages with accounts: Root, who follows something, and Nova, who follows nothing yet."""
    for name in ("root", "nova"):
        people(name, Role.ADMINISTRATOR)
    people("anna", Role.DESK_OFFICER)
    saving.save(person("root"), "Vienna", *DEADLINES, alert=True, shared=True)
    tests = saving.save(person("root"), "Tests", *ACTS, alert=True)
    models.Saved.objects.filter(pk=tests.pk).update(seen=[], told=[])
    saving.save(person("anna"), "Hers", "/parties", "q=fin", shared=True)
    tell("root", deputy=person("anna"))
    hook = models.Webhook.objects.create(saved=tests, url="https://hooks.example.org/comity", secret="whsec_" + "x" * 44)
    models.Delivery.objects.create(webhook=hook, message="msg_" + "a" * 32, keys=["1"], tries=1, following=datetime.now(UTC), says="503")
    models.Mailing.objects.create(to=Person.objects.get(user__username="root"), day=DAY, message="x", begun=datetime.now(UTC), says="refused")
    with served(on(held)) as found:
        yield found


def sign_in(shown: Window, name: str) -> None:
    shown.open("/sign-in")
    shown.page.fill("[name=login]", name)
    shown.page.fill("[name=password]", PASSWORD)
    shown.page.press("[name=password]", "Enter")
    shown.page.wait_for_url(f"{shown.address}/")


@pytest.mark.parametrize("variant", [USUAL, NIGHT], ids=str)
@pytest.mark.parametrize("name", ["root", "nova"])
def test_the_pages_are_sound(browser: Browser, address: str, variant: Variant, name: str) -> None:
    with window(browser, address, variant) as shown:
        sign_in(shown, name)
        wrong: list[str] = []
        for path in PATHS:
            assert shown.open(path) in (200, 404)
            wrong += [f"{path}: {fault}" for fault in faults(shown)]
        assert wrong == []


def test_a_list_is_saved_and_a_line_acknowledged_by_the_keyboard(browser: Browser, address: str) -> None:
    with window(browser, address) as shown:
        sign_in(shown, "nova")
        shown.open(f"/upcoming?agreement={VIENNA}&party=DEU")
        shown.page.focus(".follow > summary")
        press(shown, "Enter", "Tab")
        shown.page.keyboard.type("Watched")
        press(shown, "Tab", "Space", "Tab", "Tab", "Enter")
        shown.page.wait_for_url(f"{address}/saved#f-*")
        assert shown.page.locator("tr:target").inner_text().startswith("Watched")
        assert models.Saved.objects.get(owner=person("nova")).alert
        saving.save(person("nova"), "Vienna", *DEADLINES, alert=True)
        press(shown, "g", "t")
        shown.page.wait_for_url(f"{address}/")
        shown.page.focus(".to-acknowledge button")
        press(shown, "Enter")
        shown.page.wait_for_url(f"{address}/saved/due#*")
        assert models.Acknowledged.objects.get().by == person("nova")
        press(shown, "g", "z")
        shown.page.wait_for_url(f"{address}/saved")


def press(shown: Window, *keys: str) -> None:
    for key in keys:
        shown.page.keyboard.press(key)
