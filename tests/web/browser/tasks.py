"""Twelve tasks of a desk officer, each done in the browser from the first page on, with every click and every key counted.

``python -m tests.web.browser.tasks`` writes the counts into docs/explanation/twelve-tasks.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.browser.driving import browsing, served, window
from tests.web.conftest import sample

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "twelve-tasks.md"
MOST_CLICKS, MOST_KEYS = 4, 25


@dataclass
class Desk:
    """Somebody at the pages, whose clicks and keys are counted; keys pressed together count each."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += len(key.split("+"))

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def find(self, words: str, says: str) -> None:
        """Type into the finder, and open its first result, which is to say this."""
        self.press("Control+k")
        self.type(words)
        expect(self.page.locator("#found a").first).to_contain_text(says)
        self.press("ArrowDown")
        with self.page.expect_navigation():
            self.press("Enter")

    def menu(self, title: str) -> None:
        self.click(self.page.locator("#menu").get_by_role("link", name=title, exact=True))

    def fill(self, name: str, words: str, within: str = "main") -> None:
        """Click a field and type into it."""
        self.click(self.page.locator(f"{within} input[name={name}]"))
        self.type(words)

    def says(self, words: str | re.Pattern[str], where: str = "main") -> None:
        """What the task was done for stands there."""
        expect(self.page.locator(where).first).to_contain_text(words)


class Counts(NamedTuple):
    clicks: int
    keys: int


class Task(NamedTuple):
    """What is to be found out, how it is done in a sentence, and the doing."""

    name: str
    how: str
    do: Callable[[Desk], None]


def bound(desk: Desk) -> None:
    desk.find("fin nato-t", "Is Finland bound by “North Atlantic Treaty”?")
    desk.says("Finland is bound by the North Atlantic Treaty.", "h1")
    desk.says("nato-treaty-FIN-accede")


def release(desk: Desk) -> None:
    desk.find("fin jpn secret", "May Finland give Japan what is marked NATO SECRET?")
    desk.says("Finland may not give Japan what is marked NATO SECRET.", "h1")
    desk.says("Each test")
    desk.says("The least that would change it")


def expiring(desk: Desk) -> None:
    desk.menu("Upcoming")
    desk.click(desk.page.get_by_role("link", name="What is ahead in the whole book"))
    desk.says("within 365 days", "caption")
    desk.says("renews tacitly unless notice was given", "tbody")


def owed(desk: Desk) -> None:
    desk.find("deu", "Germany")
    desk.click(desk.page.get_by_role("link", name="Duties"))
    desk.fill("within", "30")
    desk.press("Enter")
    desk.page.wait_for_url("**within=30*")
    desk.says("Vienna Document 2011", "tbody")


def changed(desk: Desk) -> None:
    desk.menu("Differences")
    desk.fill("from", "2023-01-01")
    desk.fill("on", "2024-06-01")
    desk.click(desk.page.get_by_role("button", name="Compare the whole book"))
    desk.says("Sweden", "tbody")


def parties_on_a_day(desk: Desk) -> None:
    desk.find("nato-t", "North Atlantic Treaty")
    desk.fill("on", "1960-01-01", ".axes")
    desk.press("Enter")
    desk.page.wait_for_url("**on=1960-01-01*")
    desk.says("15 bound on 1960-01-01", "table.status caption")


def act_by_reference(desk: Desk) -> None:
    desk.find("fin-accede", "FIN accede nato-treaty")
    desk.says("nato-treaty-FIN-accede", "h1")


def denounced(desk: Desk) -> None:
    desk.find("fra nato-t", "Is France bound by “North Atlantic Treaty”?")
    desk.click(desk.page.get_by_role("link", name="suppose it"))
    desk.says("gave notice of withdrawal from North Atlantic Treaty", ".supposed")
    desk.says("France is not bound by the North Atlantic Treaty.", ".sides > section:last-child")


def feed(desk: Desk) -> None:
    desk.find("fin must", "What does Finland owe?")
    with desk.page.expect_download() as download:
        desk.click(desk.page.get_by_role("link", name="Calendar feed"))
    assert "BEGIN:VEVENT" in Path(download.value.path()).read_text(encoding="utf-8")


def contested(desk: Desk) -> None:
    desk.find("gsomia", "Japan-Republic of Korea GSOMIA")
    desk.click(desk.page.get_by_role("link", name="Contested", exact=True))
    desk.says("only a revocation stops a notice", "#contested .readings")
    expect(desk.page.locator("#contested")).to_be_in_viewport()


def wording(desk: Desk) -> None:
    desk.find("fin nato-t", "Is Finland bound by “North Atlantic Treaty”?")
    desk.click(desk.page.locator(".cites").get_by_role("link", name="art. 10; 11"))
    desk.says("Article 10; 11", "h1")
    desk.says("A signatory that ratifies later")


def as_another(desk: Desk) -> None:
    desk.find("nato-t", "North Atlantic Treaty")
    desk.fill("as", "FIN", ".axes")
    desk.press("Enter")
    desk.page.wait_for_url("**as=FIN*")
    desk.says("As FIN may see it.", "footer")


TASKS = (
    Task("Is Finland bound by the North Atlantic Treaty?", "A code and some letters of the treaty in the finder: the first offer.", bound),
    Task("May Finland give Japan what NATO marked SECRET, why not, and what would change it?", "Both codes and the level in the finder.", release),
    Task("What expires, or has to be renewed, within a year?", "*Upcoming*, then the whole book.", expiring),
    Task("What does Germany owe this month?", "Its page, *Duties*, thirty days.", owed),
    Task("Which agreements changed between two days?", "*Differences*, the two days, the whole book.", changed),
    Task("Who was party to a treaty on a day?", "The treaty by the finder, the day above it; its table of status.", parties_on_a_day),
    Task("Which act has this reference?", "A piece of the reference in the finder.", act_by_reference),
    Task("What if France denounced the treaty?", "Whether it is bound, and *suppose it* beside what would change that.", denounced),
    Task("The duties of a state in one’s own calendar", "Its code and *must* in the finder; *Calendar feed*.", feed),
    Task("What is contested under a treaty, and what are the readings?", "The treaty by the finder; *Contested*.", contested),
    Task("What does the clause say on which an answer rests?", "The article beneath the reason.", wording),
    Task("What does another party see?", "Its code in *seen by*, above every page.", as_another),
)  # fmt: skip


def counted(browser: Browser, address: str) -> list[tuple[Task, Counts]]:
    """Each task, done from the first page on."""
    return [(task, count(browser, address, task)) for task in TASKS]


def count(browser: Browser, address: str, task: Task) -> Counts:
    """Do the task; how many clicks and keys it took."""
    with window(browser, address) as shown:
        shown.open("/")
        desk = Desk(shown.page)
        task.do(desk)
        return Counts(desk.clicks, desk.keys)


def row(task: Task, counts: Counts) -> str:
    """The task's line in the page's table."""
    return f"| {task.name} | {task.how} | {counts.clicks} | {counts.keys} |"


def main() -> None:
    with served(sample()) as address, browsing() as browser:
        rows = [row(task, counts) for task, counts in counted(browser, address)]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition("|---|---|---|---|\n")
    after = rest[rest.index("\n\n") :]
    PAGE.write_text(before + "|---|---|---|---|\n" + "\n".join(rows) + after, encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
