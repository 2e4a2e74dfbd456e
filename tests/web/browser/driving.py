"""The pages in the distribution's Chromium: a server of one's own, a page in one of eight variants, and what is wrong with what it shows.

Nothing is downloaded. axe-core comes from its installed wheel and is evaluated in the page, so that the policy of the pages holds in the tests too.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from comity.web.following import Served
from comity.web.holding import Held
from comity.web.readers import READER, Reader
from comity.web.serving import application, bind

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 720}
MISSING = "no Chromium on this machine: install your distribution's package (apt-get install chromium fonts-noto-core fonts-noto-cjk)"
WATCH = "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"


@dataclass(frozen=True, slots=True)
class Variant:
    """How a page is shown: its colours, its width, and the language, of which Arabic is written from right to left."""

    dark: bool
    wide: bool
    language: str

    def __str__(self) -> str:
        return f"{'dark' if self.dark else 'light'}, {'1280' if self.wide else '320'}, {self.language}"


VARIANTS = tuple(Variant(*one) for one in product((False, True), (True, False), ("en", "ar")))
"""Each variant's opposite stands as far from the end as it does from the beginning."""
USUAL = VARIANTS[0]


def chromium() -> str | None:
    """The browser's path, if it is installed."""
    found = shutil.which("chromium") or "/usr/bin/chromium"
    return found if Path(found).exists() else None


@contextmanager
def served(holding: Held, reader: Reader | None = None) -> Iterator[str]:
    """The address at which the pages of this record are, for whoever asks or for one reader."""
    inner, server = application(Served(holding)), bind(0)
    server.set_app(inner if reader is None else lambda environ, start: inner({**environ, READER: reader}, start))
    with server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@contextmanager
def browsing() -> Iterator[Browser]:
    """The browser; it is gone afterwards."""
    with sync_playwright() as program, program.chromium.launch(executable_path=chromium(), args=FLAGS) as browser:
        yield browser


@dataclass
class Window:
    """A page of the browser, and what it said and asked for that it should not."""

    page: Page
    address: str
    said: list[str] = field(default_factory=list)

    def open(self, url: str) -> int:
        """Show the page, and wait until all of it is there and listens; its status."""
        self.said.clear()
        response = self.page.goto(self.address + url, wait_until="load")
        expect(self.page.locator("[hx-get]:not([data-htmx-powered])")).to_have_count(0)
        return response.status if response else 0

    def hears(self, message: ConsoleMessage) -> None:
        """What the console says, unless it only repeats the status of an error page that was asked for."""
        if not message.text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.said.append(f"console: {message.text}")

    def sees(self, url: str) -> None:
        """A request; of another host it is a fault, of the browser's own viewer of PDFs it is none."""
        if urlsplit(url).scheme not in ("data", "chrome", "chrome-extension") and not url.startswith(f"{self.address}/"):
            self.said.append(f"asks another host: {url}")


@contextmanager
def window(browser: Browser, address: str, variant: Variant = USUAL) -> Iterator[Window]:
    """A window in which the pages are shown as the variant says."""
    with browser.new_context(
        viewport=WIDE if variant.wide else NARROW, color_scheme="dark" if variant.dark else "light", locale=variant.language, reduced_motion="reduce"
    ) as context:
        context.add_init_script(WATCH)
        found = Window(context.new_page(), address)
        found.page.on("console", found.hears)
        found.page.on("pageerror", lambda error: found.said.append(f"script: {error}"))
        found.page.on("request", lambda request: found.sees(request.url))
        yield found


def faults(shown: Window) -> list[str]:
    """What is wrong with the page that is shown, all its details open: what axe finds, what sticks out, what should not have been said or fetched."""
    shown.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    return [*violations(shown.page), *overflow(shown.page), *shown.said]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2, levels A and AA."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    asked = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("(asked) => axe.run(document, asked).then((found) => found.violations)", asked)
    return [f"axe {one['id']}: {node['html'][:160]} ({'; '.join(_why(node))})" for one in found for node in one["nodes"]]


def _why(node: dict[str, Any]) -> list[str]:
    return [check["message"] for check in (*node["any"], *node["all"], *node["none"])]


def overflow(page: Page) -> list[str]:
    """Whether the document is wider than its window, and what sticks out of it."""
    found: list[str] = page.evaluate("""() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        const out = (box) => box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
        const wide = [...document.body.querySelectorAll("*")].filter((one) => out(one.getBoundingClientRect()) && !one.closest(".scroll, pre"));
        const named = wide.slice(0, 6).map((one) => `${one.localName}.${one.className}`).join(", ");
        return [`overflow: ${root.scrollWidth} in ${root.clientWidth}: ${named}`];
    }""")
    return found
