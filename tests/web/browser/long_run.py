"""``python -m tests.web.browser.long_run``: every page in all eight variants, and the tasks; the last line is the figures as JSON.

It returns 1 if anything is wrong with a page.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from tests.web.browser import tasks
from tests.web.browser.driving import VARIANTS, browsing, faults, served, window
from tests.web.browser.routes import PAGES, ROUTES
from tests.web.conftest import sample
from tests.web.papers import with_a_note


def main() -> int:
    found: Counter[str] = Counter()
    differ = 0
    with served(with_a_note(sample())) as address, browsing() as browser:
        for variant in VARIANTS:
            with window(browser, address, variant) as shown:
                for url in PAGES:
                    shown.open(url)
                    wrong = faults(shown)
                    differ += bool(wrong)
                    found.update(fault.partition(":")[0] for fault in wrong)
                    for fault in wrong:
                        print(f"{url} ({variant}): {fault}", flush=True)
        done = tasks.counted(browser, address)
        about = browser.version
    figures = {
        "routes": len(ROUTES), "pages": len(PAGES), "variants": len(VARIANTS), "asked": len(PAGES) * len(VARIANTS), "differ": differ,
        "faults": dict(sorted(found.items())), "chromium": about,
        "tasks": {task.name: {"clicks": counts.clicks, "keys": counts.keys} for task, counts in done},
    }  # fmt: skip
    print(json.dumps(figures))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
