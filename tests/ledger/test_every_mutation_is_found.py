"""Whatever is done to a small ledger or its backup is found or without effect; and the harness that says so can tell a check that is too weak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import jsonschema
import pytest

from comity import about
from comity.ledger import checking, create, open_ledger
from comity.ledger.payloads import Payloads
from comity.selftest import Mutations, fresh_place, judging, tamper
from comity.selftest.damaging import flipped
from comity.selftest.rewriting import RULES_ON_ITEMS, RULES_ON_ROWS, Rows, cut_short, neighbours_exchanged, rows_deleted, values_changed
from comity.selftest.specimens import HALF, ORIGIN, Specimen, book_of, first_files, small
from comity.selftest.tables import rows_of, unguard
from comity.selftest.tampering import try_each
from tests.ledger.conftest import Place

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "selftest-ledger.json").read_text(encoding="utf-8"))
PASTS = {"rollbacks": 18, "forks": 12}


def test_all_that_is_done_to_files_and_rows_is_found_or_without_effect() -> None:
    score = tamper(None, 150, seed=1)
    assert score.sound, score.faults
    assert score.tried.keys() >= {"flipped bits", "damaged pages", "changed values", "payloads under another", "cut short", *PASTS}
    assert sum(score.found.values()) + score.without_effect == sum(score.tried.values())
    assert score.found.keys() >= {"refused", "file", "item", "head", "subtree", "checkpoint", "note held elsewhere"}
    jsonschema.validate({**asdict(score), "sound": True}, SCHEMA["properties"]["tampering"])


def test_what_is_done_to_rows_is_found_on_a_server_too(server: str) -> None:
    score = tamper(fresh_place(f"{server}/postgres", "tampering"), 0, seed=1, rules=(rows_deleted, neighbours_exchanged, cut_short))
    assert score.sound, score.faults
    assert score.found["note held elsewhere"] >= sum(PASTS.values())


# -- each guard taken away, the harness must tell


@pytest.fixture
def specimen(tmp_path: Path) -> Specimen:
    return small(tmp_path)


@pytest.fixture
def weakly(specimen: Specimen, tmp_path: Path) -> Callable[..., Mutations]:
    """What becomes of what one rule does to the small ledger, or to one of its tables."""
    original = open_ledger(f"sqlite:///{tmp_path}/ledger.db", about.clock)
    rows = rows_of(original)
    original.close()
    ledger = create(f"sqlite:///{tmp_path}/unguarded.db", ORIGIN, about.clock)
    unguard(ledger)
    return lambda rule, *tables: try_each(ledger, specimen.held, rows, rule({name: rows[name] for name in tables or rows}))


def nothing(*_: object) -> Iterator[object]:
    return iter(())


def test_a_check_that_does_not_look_at_items_is_caught(monkeypatch: pytest.MonkeyPatch, weakly: Callable[..., Mutations]) -> None:
    monkeypatch.setattr(Payloads, "look_at", nothing)
    monkeypatch.setattr(Payloads, "look_at_the_rest", nothing)
    score = weakly(neighbours_exchanged)
    assert (score.missed, score.sound) == (15, False)  # the payloads of each pair exchanged, which no leaf tells
    assert "items 4 and 5 exchanged in payload: nothing names it, and it answers otherwise: items, files, by_words" in score.faults


def test_a_check_that_does_not_look_at_the_file_is_caught(monkeypatch: pytest.MonkeyPatch, specimen: Specimen) -> None:
    monkeypatch.setattr(checking, "_file", nothing)
    score = flipped(specimen, 120, seed=1)
    assert any("it answers otherwise: numbers" in fault or "it answers otherwise: by_words" in fault for fault in score.faults)


def test_a_check_that_does_not_look_at_the_head_is_caught(monkeypatch: pytest.MonkeyPatch, weakly: Callable[..., Mutations]) -> None:
    monkeypatch.setattr(checking, "_head", nothing)
    assert any(fault.startswith("size of head 1") for fault in weakly(values_changed, "head").faults)


def test_without_the_notes_that_others_hold_no_other_past_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "compare", lambda *_: None)
    score = tamper(None, 0, seed=1, rules=())
    assert score.missed >= sum(PASTS.values())
    assert "note held elsewhere" not in score.found


def test_an_error_that_is_not_one_of_ours_is_no_finding(monkeypatch: pytest.MonkeyPatch, weakly: Callable[..., Mutations]) -> None:
    def broken(*_: object) -> Iterator[object]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(checking, "_head", broken)
    score = weakly(cut_short)
    assert score.missed == 16
    assert score.faults[0] == "items from 0 on taken away: ZeroDivisionError: division by zero"


# -- the rules themselves


def test_every_rule_changes_something_each_time_and_leaves_the_rows_it_was_given() -> None:
    rows: Rows = {
        "leaf": [{"seq": n, "file": f"f{n}"} for n in range(3)],
        "payload": [{"seq": n, "text": bytes([n])} for n in range(3)],
        "head": [{"id": 1, "size": 3}],
    }
    before = json.dumps(rows, default=str)
    for rule in (*RULES_ON_ROWS, *RULES_ON_ITEMS):
        made = list(rule(rows))
        assert made, rule
        assert all(one.rows != rows for one in made), rule
        assert len({one.what for one in made}) == len(made), rule
    assert json.dumps(rows, default=str) == before


def test_one_act_of_a_book_can_be_another_and_all_else_is_the_same() -> None:
    lines, others = (book_of(HALF, other)["acts/pact.csv"].splitlines() for other in (None, 3))
    assert [number for number, (line, other) in enumerate(zip(lines, others, strict=True)) if line != other] == [4]
    assert list(first_files(2)) == list(book_of(HALF))[:2]


def test_a_fresh_place_is_empty_again(place: Place) -> None:
    url = place()
    if url.startswith("postgresql"):
        create(url, "other.example.org", about.clock).close()
    for _ in range(2):
        made = create(fresh_place(url, "again"), "again.example.org", about.clock)
        assert made.head().size == 0
        made.close()
