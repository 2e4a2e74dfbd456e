"""``python -m tests.web.browser.long_run``: every page in all eight variants, and the tasks; the last line is the figures as JSON.

With names of routes (``trust warning``): their pages alone, and no tasks. It returns 1 if anything is wrong with a page.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import product

from tests.web.browser import tasks
from tests.web.browser.an_office import PATHS, an_office, sign_in
from tests.web.browser.driving import VARIANTS, Variant, Window, browsing, faults, served, window
from tests.web.browser.routes import PAGES, ROUTES
from tests.web.conftest import sample
from tests.web.papers import with_a_note


def looked_at(shown: Window, variant: Variant, urls: Iterable[str], found: Counter[str]) -> int:
    """On how many of these pages something is wrong, told and counted."""
    differ = 0
    for url in urls:
        shown.open(url)
        wrong = faults(shown)
        differ += bool(wrong)
        found.update(fault.partition(":")[0] for fault in wrong)
        for fault in wrong:
            print(f"{url} ({variant}): {fault}", flush=True)
    return differ


def some(names: Iterable[str]) -> int:
    """The pages of these routes in all eight variants."""
    found: Counter[str] = Counter()
    urls = [url for name in names for url in ROUTES[name]]
    differ = 0
    with served(with_a_note(sample())) as address, browsing() as browser:
        for variant in VARIANTS:
            with window(browser, address, variant) as shown:
                differ += looked_at(shown, variant, urls, found)
    print(json.dumps({"pages": len(urls), "variants": len(VARIANTS), "asked": len(urls) * len(VARIANTS), "differ": differ, "faults": dict(found)}))
    return 1 if differ else 0


def main() -> int:
    found: Counter[str] = Counter()
    differ = 0
    with served(with_a_note(sample())) as address, browsing() as browser:
        for variant in VARIANTS:
            with window(browser, address, variant) as shown:
                differ += looked_at(shown, variant, PAGES, found)
        done = tasks.counted(browser, address)
        about = browser.version
    with an_office(date(2026, 11, 27), sample().opened.book) as address, browsing() as browser:
        for variant, (who, paths) in product(VARIANTS, PATHS.items()):
            with window(browser, address, variant) as shown:
                sign_in(shown, who)
                differ += looked_at(shown, variant, paths, found)
    pages = len(PAGES) + sum(map(len, PATHS.values()))
    figures = {
        "routes": len(ROUTES), "pages": pages, "variants": len(VARIANTS), "asked": pages * len(VARIANTS), "differ": differ,
        "faults": dict(sorted(found.items())), "chromium": about,
        "tasks": {task.name: {"clicks": counts.clicks, "keys": counts.keys} for task, counts in done},
    }  # fmt: skip
    print(json.dumps(figures))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(some(sys.argv[1:]) if sys.argv[1:] else main())
