"""One word for a thing: every public name of a front door is in the glossary, every term stands there once and has its article."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
ROOMS = (
    "terms", "feeds", "acts", "labels", "parties", "agreements", "standing", "permissions", "duties", "questions", "book", "ledger", "keeping",
    "answers", "exchange", "sources", "events", "networks", "panels", "mediators", "effects", "estimation", "stability", "registers", "exercises",
    "programmes", "main_events", "lessons", "training", "missions", "responses", "interoperability", "votes", "power", "decisions", "disputes",
    "dialogue", "domestic", "awaited", "trust", "indicators", "strategies", "allocations", "early_warning", "reports", "procedures", "sheets",
    "planning", "selftest",
)  # fmt: skip
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| term ")
]
NAMES = [name for row in ROWS for name in re.findall(r"`([\w.]+)`", row[-1])]


def public() -> list[tuple[str, str]]:
    return [(room, name) for room in ROOMS for name in importlib.import_module(f"comity.{room}").__all__] + [("", "open"), ("", "bundled_book")]


@pytest.mark.parametrize(("room", "name"), public())
def test_a_public_name_is_in_the_glossary(room: str, name: str) -> None:
    assert name in NAMES or f"{room}.{name}" in NAMES, f"add a row for {name} of comity.{room}, or a name to the row of its term"


def test_no_name_in_the_glossary_has_gone() -> None:
    known = {name for _, name in public()} | {f"{room}.{name}" for room, name in public()}
    assert sorted(set(NAMES) - known) == []


def test_a_term_and_a_name_stand_there_once() -> None:
    assert [term for term, count in Counter(row[0] for row in ROWS).items() if count > 1] == []
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []


def test_a_name_that_two_rooms_offer_for_two_things_is_told_apart() -> None:
    twice = {name for name, count in Counter(name for _, name in public()).items() if count > 1}
    same = {name for name in twice if len({id(getattr(importlib.import_module(f"comity.{r}"), name)) for r, n in public() if n == name}) == 1}
    for room, name in public():
        if name in twice - same:
            assert f"{room}.{name}" in NAMES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_term_has_a_sentence_and_where_it_comes_from(row: list[str]) -> None:
    term, what, source, names = row
    assert what.endswith(".")
    assert term == term[0].lower() + term[1:]
    assert source
    assert names
