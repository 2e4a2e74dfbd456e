"""A ledger of an older version is refused by every question, and brought up by one command: all of it, or nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

import comity
from comity import about
from comity.keeping.taking_in import items_of
from comity.ledger import check, create, open_ledger, restore, upgrade
from comity.selftest.older import make_version_1
from comity.terms import BadInput
from tests.ledger.conftest import BOOK, ORIGIN, Place
from tests.ledger.test_a_ledger_holds_a_book import item


@pytest.fixture
def older(place: Place) -> tuple[str, bytes]:
    """The address of a ledger of version 1, of more than 256 items, and its root."""
    book, url = comity.open(BOOK).book, place()
    items = [one for name in book.files for one in items_of(book, name)]
    return url, make_version_1(url, ORIGIN, [*items, *map(item, range(300 - len(items)))])


def test_it_is_refused_with_what_to_do(older: tuple[str, bytes]) -> None:
    with pytest.raises(BadInput, match=r"is of version 1, this program writes 2; bring it up with: comity --ledger .* ledger upgrade"):
        open_ledger(older[0], about.clock)
    with pytest.raises(BadInput, match="ledger upgrade"):
        comity.open(older[0])


def test_it_is_brought_up_and_is_what_it_was(older: tuple[str, bytes], place: Place) -> None:
    url, root = older
    before, ledger = upgrade(url, about.clock)
    found = check(ledger)
    assert (before, found.touched, found.root, found.size) == (1, (), root, 300)
    assert upgrade(url, about.clock)[0] == 2
    kept = ledger.files()
    del kept["acts/added.csv"]
    assert kept == dict(sorted(comity.open(BOOK).book.files.items()))
    assert ledger.append([item(1), item(1000)])[1] == 300
    assert check(ledger).touched == ()
    assert [held.leaf.seq for _, held in ledger.naming(["alf-bet"])]
    _same_tables(url, place())


def _same_tables(url: str, other: str) -> None:
    """An upgraded ledger has the tables, columns and indexes of a new one."""
    told = []
    for engine in (create(other, ORIGIN, about.clock).engine, open_ledger(url, about.clock).engine):
        inspector = sa.inspect(engine)
        told.append(
            {
                table: (
                    [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
                    inspector.get_pk_constraint(table)["constrained_columns"],
                    sorted(str(index["column_names"]) for index in inspector.get_indexes(table)),
                )
                for table in inspector.get_table_names()
            }
        )
    assert told[0] == told[1]


def test_an_upgrade_that_fails_leaves_it_as_it_was(older: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step fails, that writes the new version: all before it was done in the same transaction."""
    url, root = older

    def fail(table: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(sa, "update", fail)
        with pytest.raises(RuntimeError):
            upgrade(url, about.clock)
    with pytest.raises(BadInput, match="is of version 1"):
        open_ledger(url, about.clock)
    assert check(upgrade(url, about.clock)[1]).root == root


def test_one_that_is_upgraded_by_two_at_once_is_upgraded_once(older: tuple[str, bytes]) -> None:
    done: list[int] = []
    several = [threading.Thread(target=lambda: done.append(upgrade(older[0], about.clock)[0])) for _ in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(done) == 3
    assert check(open_ledger(older[0], about.clock)).root == older[1]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_backup_of_an_older_version_is_restored_and_stays_as_it_is(older: tuple[str, bytes], place: Place) -> None:
    file = Path(older[0].removeprefix("sqlite:///"))
    before = file.read_bytes()
    restored = restore(file, place(), about.clock)
    assert check(restored).touched == ()
    assert restored.head().root() == older[1]
    assert file.read_bytes() == before
