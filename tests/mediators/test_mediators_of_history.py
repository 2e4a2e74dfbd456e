"""Mediations that took place: what the list says of each mediator is what the page says; and of the world as it is after the tables' ends."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.mediators import MediatorCandidate, MediatorRules, Mediators, mediators
from comity.sources import Store
from comity.standing import Standing
from comity.terms import Verdict
from tests.cli.running import comity as comity_says
from tests.panels.shelves import DATA, filled, needs_data

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "how-mediators-are-ranked.md"
SOURCES = ("atop", "gml-mids", "cow-mids", "rivalries", "sipri", "us-troops", "dcad", "ideal-points", "cow-system")
KNOWN = date(2026, 11, 28)
ROWS = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| (\w{3}) and (\w{3}) \| (\w{3}) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
OTHER_BOOK = {("ECU", "PER"): ROOT / "examples" / "mediation-book"}
pytestmark = needs_data


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("sources"), *SOURCES)


@pytest.fixture(scope="module")
def books() -> dict[Path, comity.about.Opened]:
    return {path: comity.open(path) for path in (comity.bundled_book(), *OTHER_BOOK.values())}


@pytest.fixture(scope="module")
def ask(store: Store, books: dict[Path, comity.about.Opened]) -> Asking:
    return Asking(store, books)


class Asking:
    def __init__(self, store: Store, books: dict[Path, comity.about.Opened]) -> None:
        self.store, self.books = store, books
        self.found = dict[tuple[str, str, str, MediatorRules | None], Mediators]()

    def __call__(self, a: str, b: str, on: str, rules: MediatorRules | None = None) -> Mediators:
        if (asked := (a, b, on, rules)) not in self.found:
            record = self.books[OTHER_BOOK.get((a, b), comity.bundled_book())].record
            self.found[asked] = mediators(Standing(record, on=date.fromisoformat(on), known=KNOWN), a, b, self.store, rules)
        return self.found[asked]


def of(found: Mediators, party: str) -> MediatorCandidate:
    return next(one for one in found.candidates if one.party == party)


def told(one: MediatorCandidate) -> str:
    """As the page tells it."""
    ranks = f"rank {one.best}" if one.best == one.worst else f"rank {one.best} to {one.worst}"
    match one.barred:
        case Verdict.YES:
            return f"barred by {', '.join(bar.name for bar in one.bars if bar.verdict is Verdict.YES)}"
        case Verdict.NO:
            return f"no bar; {ranks}"
        case _:
            return f"may be barred; else {ranks}"


def test_the_page_tells_of_a_dozen_mediations() -> None:
    assert len(ROWS) == 12


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_the_page_says_what_the_list_says(row: tuple[str, ...], ask: Asking) -> None:
    on, a, b, mediator, says = row
    assert told(of(ask(a, b, on), mediator)) == says


def test_the_united_states_were_allied_with_both_sides_of_1982(ask: Asking) -> None:
    alliance = of(ask("ARG", "GBR", "1982-04-08"), "USA").bar("alliance")
    assert alliance is not None
    assert (alliance.verdict, alliance.towards) == (Verdict.NO, (Verdict.YES, Verdict.YES))
    assert {fact.source for fact in alliance.facts} >= {"rio-treaty", "nato-treaty", "ATOP"}, "the record and the table each say it"


def test_without_a_hold_as_a_bar_the_united_states_are_open_in_1982(ask: Asking) -> None:
    rules = MediatorRules(bars=("alliance", "dispute", "rivalry"))
    assert of(ask("ARG", "GBR", "1982-04-08", rules), "USA").barred is Verdict.NO
    assert of(ask("EGY", "ISR", "1978-09-05", rules), "USA").barred is Verdict.YES, "the dispute that the table has for 1976 stays"


def test_the_other_guarantors_of_1942_come_next(ask: Asking) -> None:
    found = ask("ECU", "PER", "1995-02-01")
    assert [(one.party, one.best, one.worst) for one in found.candidates[:3]] == [("BRA", 1, 1), ("CHL", 2, 2), ("ARG", 3, 3)]
    assert of(found, "USA").merit("treaty").value == 1, "what is barred keeps its merit in the answer"


def test_after_the_ends_of_the_tables_nobody_is_said_to_be_without_a_bar(ask: Asking) -> None:
    found = ask("RUS", "UKR", "2022-03-01")
    assert not [one for one in found.candidates if one.barred is Verdict.NO]
    assert of(found, "BLR").bar("alliance") is not None
    assert any("--carry" in note for note in found.notes)
    allied = of(found, "BLR").bars[0]
    assert allied.towards == (Verdict.YES, Verdict.UNKNOWN), "the record knows of its ally"


def test_with_carry_what_was_last_said_is_presumed_and_dated(ask: Asking) -> None:
    found = ask("RUS", "UKR", "2022-03-01", MediatorRules(carry=True))
    assert len([one for one in found.candidates if one.barred is Verdict.NO]) > 100
    dated = {(bar.name, fact.as_of) for one in found.candidates for bar in one.bars for fact in bar.facts if fact.as_of}
    assert dated == {("alliance", date(2018, 12, 31)), ("rivalry", date(2010, 12, 31)), ("dispute", date(2014, 12, 31))}


def test_sides_may_be_named_either_way_round(ask: Asking) -> None:
    one, other = ask("EGY", "ISR", "1978-09-05"), ask("ISR", "EGY", "1978-09-05")
    assert [(c.party, c.best, c.worst) for c in one.candidates] == [(c.party, c.best, c.worst) for c in other.candidates]


def test_files_are_read_where_they_are_given_and_what_is_not_there_is_told() -> None:
    asked = "mediators ARG GBR --on 1982-04-08 --candidate USA --from {}/research/{} --json"
    found = comity_says(*asked.format(DATA, "").split()).json
    assert [bar["name"] for bar in found["candidates"][0]["bars"] if bar["verdict"] == "yes"] == ["arms", "troops"]
    assert found["notes"] == []
    partly = comity_says(*asked.format(DATA, "atop").split()).json
    assert {table["of"] for table in partly["tables"]} == {"alliance"}
    assert any("holds no file of sipri; get it with: comity sources fetch sipri" in note for note in partly["notes"])


def test_an_answer_takes_less_than_five_seconds(ask: Asking) -> None:
    before = time.process_time()
    ask("IND", "CHN", "1988-01-01")
    assert time.process_time() - before < 5
