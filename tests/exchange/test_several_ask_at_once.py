"""Several who ask a node at once are written down in one transaction, each as if it had come alone.

Source: docs/explanation/how-exchange-works.md, section 4.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.adding import Adding
from comity.exchange.holdings import Holdings
from comity.exchange.writing_acts import begin, item_of
from comity.ledger import Frontier, Item, check
from tests.exchange.small_nodes import BET, CLOSE, DEEP, OPEN, SmallNode, thing
from tests.ledger.grouping import all_at_once, commits_of, wait_until


def test_pages_of_many_readers_are_written_down_together_each_by_itself(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", CLOSE))
    small.read(BET)
    read = list[list[str]]()

    def ask() -> None:
        for _ in range(5):
            read.append(small.ids(BET))

    with commits_of(small.ledger, lambda: time.sleep(0.03)) as commits:
        all_at_once([ask] * 16)
    assert read == [["a"]] * 80
    assert len(commits) < 40
    with small.ledger.engine.connect() as connection:
        kept = connection.execute(sa.select(schema.read.c.number, schema.read.c.acts).order_by(schema.read.c.number)).all()
    assert [number for number, _ in kept] == list(range(1, 82))
    assert len(small.ledger.numbers_of(acts for _, acts in kept)) == 81
    assert check(small.ledger).touched == ()


def test_what_ends_a_permission_ends_it_for_a_page_that_waits_behind_it(small: SmallNode) -> None:
    """Both stand in one transaction: the page sees what is not committed yet."""
    small.vouch("BET", "cleared=ALF:CLOSE")
    small.put(thing("a", OPEN), thing("b", CLOSE))
    assert small.ids(BET) == ["a", "b"]
    found = list[list[str]]()
    reader = threading.Thread(target=lambda: found.append(small.ids(BET)), daemon=True)

    def dismiss(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        reader.start()
        wait_until(lambda: len(small.ledger._together._waiting) == 1)
        return [begin(), item_of("dismiss-partner", "out", "ALF", small.clock(), {}, partner="BET")]

    small.ledger.append_with(dismiss)
    reader.join(30)
    assert found == [["a"]]


def test_what_may_yet_be_taken_back_is_not_remembered(small: SmallNode) -> None:
    """Another program that puts in at the same instant gives the same stamps and numbers, to something else."""
    mine, engine, at = small.node.holdings, small.ledger.engine, small.clock()
    for holdings, label in ((mine, DEEP), (Holdings(), CLOSE)):
        with engine.connect().execution_options(writes=True) as connection, connection.begin() as transaction:
            adding = Adding(connection, holdings.tables(connection), "ALF", at)
            adding.add([thing("a", label)])
            adding.finish()
            assert label in holdings.tables(connection).label_ids
            if holdings is mine:
                transaction.rollback()
    with engine.connect() as connection:
        found = mine.tables(connection)
    assert found.last == adding.last
    assert set(found.label_ids) == {CLOSE}
