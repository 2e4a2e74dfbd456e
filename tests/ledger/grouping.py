"""Several threads that append in one transaction, in an order that is known: the first is held until the others wait behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import sqlalchemy as sa
from sqlalchemy import event

from comity.ledger import Frontier, Item, Ledger

Work = Callable[[sa.Connection, Frontier], Sequence[Item]]
Came = list[int] | BaseException | None
"""The numbers that one was told, or what was raised to it."""


def giving(*items: Item) -> Work:
    """Work that gives these and does nothing else."""
    return lambda connection, head: items


def all_at_once(work: Sequence[Callable[[], object]]) -> None:
    """Each in a thread of its own; all of them come to an end."""
    threads = [threading.Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def in_one_group(ledger: Ledger, works: Sequence[Work]) -> list[Came]:
    """What came of each, where the first leads and all the others came while it was at work, in this order."""
    came: list[Came] = [None] * len(works)
    threads = list[threading.Thread]()

    def first(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        for number in range(1, len(works)):
            threads.append(threading.Thread(target=append, args=(number, works[number]), daemon=True))
            threads[-1].start()
            wait_until(lambda: len(ledger._together._waiting) == len(threads))
        return works[0](connection, head)

    def append(number: int, work: Work) -> None:
        try:
            came[number] = ledger.append_with(work)
        except BaseException as problem:
            came[number] = problem

    all_at_once([partial(append, 0, first)])
    for thread in threads:
        thread.join(60)
    assert None not in came
    return came


def wait_until(there: Callable[[], bool]) -> None:
    """It is so within half a minute."""
    until = time.monotonic() + 30
    while not there():
        assert time.monotonic() < until
        time.sleep(0.001)


@contextmanager
def commits_of(ledger: Ledger, at_each: Callable[[], None] = lambda: None) -> Iterator[list[int]]:
    """A list that grows by one with each commit; ``at_each`` is done before it."""
    counted = list[int]()

    def count(connection: sa.Connection) -> None:
        at_each()
        counted.append(1)

    event.listen(ledger.engine, "commit", count)
    try:
        yield counted
    finally:
        event.remove(ledger.engine, "commit", count)
