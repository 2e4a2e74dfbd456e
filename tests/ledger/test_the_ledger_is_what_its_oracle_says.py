"""The ledger's tables hold what a slow reading of how it is kept says, and what was touched in them is named where it says, and only there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comity.acts import DESTRUCTION, Act, Entry, Source
from comity.ledger import Item, check
from comity.terms import parse_moment
from oracles.ledger import Sent, holds, touched
from tests.ledger import appended_logs, touched_rows
from tests.ledger.appended_logs import SIZES, append_all, drawn, folder, ledger_at

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PACT = Item("agreements/pact.toml", b'id = "pact"\n', whole=True)


@pytest.fixture
def path() -> Iterator[Path]:
    with folder() as made:
        yield made / "drawn.db"


@pytest.mark.parametrize("seed", range(len(SIZES)))
def test_what_was_appended_is_in_the_tables_as_the_slow_reading_says(seed: int, path: Path) -> None:
    assert appended_logs.differing(seed, path) is None


def test_the_subtrees_kept_of_a_long_log_are_those_of_256_and_65536_leaves() -> None:
    assert appended_logs.large_logs_agree()


def test_an_item_is_neither_whole_nor_a_head_unless_that_is_said() -> None:
    assert appended_logs.plain_items_agree()


def test_what_was_touched_is_named_where_the_slow_reading_says_and_only_there(path: Path) -> None:
    differing = [found for case in touched_rows.cases() if (found := touched_rows.differing(case, path)) is not None]
    assert differing == []


def test_every_kind_of_thing_is_drawn_and_every_kind_of_touch_is_named() -> None:
    """What is drawn by seed shows something: doubles, refusals, destructions, and each kind of place."""
    told = [numbers for seed in range(len(SIZES)) for numbers in drawn(seed)[2]]
    assert None in told
    items = [item for seed in range(len(SIZES)) for _, batch in drawn(seed)[0] for item in batch]
    acts = [item.entry for item in items if item.entry is not None]
    assert len({entry.act.hash for entry in acts}) < len(acts)
    for some in (
        [entry for entry in acts if entry.act.kind == DESTRUCTION],
        [entry for entry in acts if entry.act.nonce],
        [entry for entry in acts if entry.act.replies_to],
        [entry for entry in acts if entry.signature],
        [entry for entry in acts if entry.recorded_at],
        [item for item in items if item.head],
        [item for item in items if item.whole],
    ):
        assert len(some) > 20
    assert all(len(drawn(seed)[1]["payload"]) < len(drawn(seed)[1]["leaf"]) for seed in (*touched_rows.SMALL, touched_rows.LARGE))
    named = Counter(place.partition(" ")[0] for case in touched_rows.cases() for place in case.wanted)
    assert named.keys() == {"item", "items", "mentions", "subtree", "checkpoint", "head", "file"}
    assert min(named.values()) > 2


# -- what the slow reading showed


def test_a_whole_file_that_was_destroyed_does_not_come_back(path: Path) -> None:
    """Its hash is known: whoever sends it again is told the number that it has."""
    spill = Act(DESTRUCTION, "ALF", "d", made=parse_moment("2026-01-01"), source=Source("s", "text"), details={"record": PACT.digest})
    act = Item("acts/added.csv", b"d\n", Entry(spill, date(2026, 1, 1)))
    batches = [(NOW, [PACT]), (NOW, [act]), (NOW, [PACT, PACT])]
    ledger = ledger_at(path)
    assert append_all(ledger, batches) == [[0], [1], [0, 0]]
    assert ledger.files() == {"acts/added.csv": b"d\n"}
    assert check(ledger).touched == ()
    ledger.close()


def test_of_two_who_begin_a_file_in_one_batch_one_does(path: Path) -> None:
    """As where several threads append together."""
    head = Item("acts/added.csv", b"ref\n", head=True)
    ledger = ledger_at(path)
    assert append_all(ledger, [(NOW, [head, head]), (NOW, [head])]) == [[0, 0], [0]]
    assert ledger.files() == {"acts/added.csv": b"ref\n"}
    ledger.close()


def test_the_slow_reading_names_nothing_in_what_it_holds() -> None:
    """Its two halves fit each other, whatever the ledger does."""
    sent = [Sent(f"acts/{n}.csv", b"x") for n in range(3)]
    rows, told = holds([(NOW, sent)])
    assert told == [[0, 1, 2]]
    assert touched({**rows, "head": [(1, 2, "o", *rows["head"][0])], "checkpoint": [], "alembic_version": [("0002",)]}) == set()
    del rows["payload"][1]
    assert touched({**rows, "head": [(1, 2, "o", *rows["head"][0])], "checkpoint": [], "alembic_version": [("0002",)]}) == {"item 1"}
