"""What a desk officer does most takes at most four clicks and at most twenty-five keys; the page that says so is in step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.web.browser.tasks import MOST_CLICKS, MOST_KEYS, PAGE, TASKS, Task, count, row


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.do.__name__)
def test_a_task_is_done_in_few_steps_and_the_page_says_in_how_many(browser: Browser, address: str, task: Task) -> None:
    counts = count(browser, address, task)
    assert counts.clicks <= MOST_CLICKS
    assert counts.keys <= MOST_KEYS
    assert row(task, counts) in PAGE.read_text(encoding="utf-8").splitlines(), "write the page anew: python -m tests.web.browser.tasks"


def test_the_page_tells_of_these_tasks_alone() -> None:
    told = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert told[1:] == [task.name for task in TASKS]
