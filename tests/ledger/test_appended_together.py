"""What several threads append at once is committed once, each is answered after it, and one that fails does so alone."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from datetime import date
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from comity import about
from comity.acts import DESTRUCTION, Act, Entry, Source
from comity.ledger import Frontier, Item, Ledger, check, insert, open_ledger, schema, told
from comity.terms import BadInput, parse_moment
from tests.ledger.grouping import Work, all_at_once, commits_of, giving, in_one_group, wait_until
from tests.ledger.test_a_ledger_holds_a_book import item


class _Fails(Exception):
    """What a work raises."""


def _destroying(record: str, ref: str = "spill") -> Item:
    act = Act(DESTRUCTION, "AAA", ref, source=Source("s"), made=parse_moment("2000-01-01"), details={"record": record, "why": "spilled"})
    return Item("acts/added.csv", f"{ref}\n".encode(), Entry(act, date(2000, 1, 1)))


def _hash(one: Item) -> str:
    assert one.entry is not None
    return one.entry.act.hash


def _failing(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
    """It has written something beside when it fails."""
    insert(connection, schema.checkpoint, [(1_000_000, "of what failed")])
    raise _Fails


def _kept_beside(ledger: Ledger) -> list[str]:
    with ledger.engine.connect() as connection:
        return list(connection.execute(sa.select(schema.checkpoint.c.note).where(schema.checkpoint.c.size >= 1_000_000)).scalars())


# -- in one transaction


def test_many_are_committed_in_few_transactions(ledger: Ledger) -> None:
    numbers, size = dict[int, list[int]](), ledger.head().size

    def append(n: int) -> None:
        for step in range(5):
            numbers[10 * n + step] = ledger.append([item(1000 * n + step), item(1000 * n + 500 + step)])

    with commits_of(ledger, lambda: time.sleep(0.01)) as commits:
        all_at_once([partial(append, n) for n in range(12)])
    assert sorted(number for some in numbers.values() for number in some) == list(range(size, size + 120))
    assert all(second == first + 1 for first, second in numbers.values())
    assert len(commits) < 30
    assert check(ledger).touched == ()


def test_with_a_slow_disk_readers_wait_for_few_commits(ledger: Ledger) -> None:
    """While one group is committed, all the others come together in the next."""

    def append(n: int) -> None:
        for step in range(10):
            ledger.append_with(giving(item(100 * n + step)))

    with commits_of(ledger, lambda: time.sleep(0.03)) as commits:
        all_at_once([partial(append, n) for n in range(16)])
    assert len(commits) < 40


def test_nothing_is_lost_of_what_many_threads_append(ledger: Ledger) -> None:
    told_of, size = dict[int, int](), ledger.head().size

    def append(n: int) -> None:
        for number in range(50 * n, 50 * n + 50):
            (told_of[number],) = ledger.append([item(number)]) if number % 2 else ledger.append_with(giving(item(number)))

    all_at_once([partial(append, n) for n in range(32)])
    assert sorted(told_of.values()) == list(range(size, size + 1600))
    assert ledger.numbers_of(_hash(item(number)) for number in told_of) == {_hash(item(n)): seq for n, seq in told_of.items()}
    assert check(ledger).touched == ()


def test_each_is_answered_after_the_commit_that_holds_it(ledger: Ledger) -> None:
    def append(n: int) -> None:
        numbers = ledger.append([item(n)])
        there.append(ledger.numbers_of([_hash(item(n))]) == {_hash(item(n)): numbers[0]})

    there: list[bool] = []
    all_at_once([partial(append, n) for n in range(16)])
    assert there == [True] * 16


def test_they_are_appended_in_the_order_in_which_they_came_each_after_the_one_before(ledger: Ledger) -> None:
    size, seen = ledger.head().size, list[tuple[int, int]]()

    def work(n: int) -> Work:
        def give(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
            seen.append((head.size, sum(1 for _ in ledger.items(0, None, connection))))
            return [item(2 * n), item(2 * n + 1)]

        return give

    with commits_of(ledger) as commits:
        came = in_one_group(ledger, [work(n) for n in range(6)])
    assert came == [[size + 2 * n, size + 2 * n + 1] for n in range(6)]
    assert seen == [(size + 2 * n, size + 2 * n) for n in range(6)]
    assert len(commits) == 1
    assert check(ledger).touched == ()


def test_an_act_that_two_append_at_once_is_there_once(ledger: Ledger) -> None:
    size, head = ledger.head().size, Item("acts/begun.csv", b"ref\n", head=True)
    came = in_one_group(ledger, [giving(item(1), head), giving(item(2), item(1)), giving(head, item(2), item(3))])
    assert came == [[size, size + 1], [size + 2, size], [size + 1, size + 2, size + 3]]
    assert ledger.head().size == size + 4
    assert check(ledger).touched == ()


def test_what_one_destroys_another_of_the_group_does_not_bring_back(ledger: Ledger) -> None:
    size, spill = ledger.head().size, item(1)
    came = in_one_group(ledger, [giving(spill), giving(_destroying(_hash(spill))), giving(spill, item(2))])
    assert came == [[size], [size + 1], [size, size + 2]]
    assert [held.text is None for held in ledger.items(size)] == [True, False, False]
    assert check(ledger).touched == ()


def test_one_alone_pays_for_no_group(ledger: Ledger) -> None:
    asked = list[str]()
    event.listen(ledger.engine, "before_cursor_execute", lambda connection, cursor, statement, *rest: asked.append(statement))
    ledger.append([item(1)])
    assert asked
    assert not any("SAVEPOINT" in statement for statement in asked)


def test_so_many_and_no_more_are_committed_at_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.ledger.together.MOST", 3)
    size = ledger.head().size
    with commits_of(ledger) as commits:
        assert in_one_group(ledger, [giving(item(n)) for n in range(8)]) == [[size + n] for n in range(8)]
    assert len(commits) == 3


# -- one fails


def test_one_that_fails_does_so_alone(ledger: Ledger) -> None:
    size, failed = ledger.head().size, list[str]()

    def append(n: int) -> None:
        try:
            ledger.append([_destroying("no hash")] if n == 3 else [item(n)])
        except BadInput as problem:
            failed.append(str(problem))

    all_at_once([partial(append, n) for n in range(8)])
    assert failed == ["'no hash' is no hash; one is written sha256: and 64 hex digits"]
    assert ledger.head().size == size + 7
    assert check(ledger).touched == ()


def test_nothing_is_written_of_one_that_fails_and_all_of_the_others(ledger: Ledger) -> None:
    size = ledger.head().size
    with commits_of(ledger) as commits:
        came = in_one_group(ledger, [giving(item(0)), _failing, giving(item(1)), _failing, giving(item(2))])
    assert [one if isinstance(one, list) else type(one) for one in came] == [[size], _Fails, [size + 1], _Fails, [size + 2]]
    assert len(commits) == 1
    assert _kept_beside(ledger) == []
    assert check(ledger).touched == ()


def test_the_first_fails_alone_too(ledger: Ledger) -> None:
    size = ledger.head().size
    failed, *came = in_one_group(ledger, [_failing, giving(item(1)), giving(item(2))])
    assert isinstance(failed, _Fails)
    assert came == [[size], [size + 1]]
    assert _kept_beside(ledger) == []
    assert check(ledger).touched == ()


def test_one_that_is_refused_once_its_rows_are_written_leaves_none(ledger: Ledger) -> None:
    size, first = ledger.head().size, _destroying(_hash(item(1)), "first")
    works = [giving(item(1), first), giving(item(2), _destroying(_hash(first), "second")), giving(item(3))]
    kept, refused, after = in_one_group(ledger, works)
    assert (kept, after) == ([size, size + 1], [size + 2])
    assert isinstance(refused, BadInput)
    assert str(refused) == f"{_hash(first)} is itself an act of destruction; it stays, so that what is missing is explained"
    assert check(ledger).touched == ()


def test_one_that_fails_in_the_database_does_so_alone(ledger: Ledger) -> None:
    size = ledger.head().size

    def twice(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        insert(connection, schema.checkpoint, [(1_000_000, "once"), (1_000_000, "twice")])
        return []

    first, failed, last = in_one_group(ledger, [giving(item(1)), twice, giving(item(2))])
    assert (first, last) == ([size], [size + 1])
    assert isinstance(failed, sa.exc.IntegrityError)
    assert _kept_beside(ledger) == []


def test_one_that_fails_while_it_reads_stands_in_nobodys_way(ledger: Ledger) -> None:
    size = ledger.head().size

    def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        reading = ledger.items(0, None, connection)
        next(reading)
        raise _Fails

    first, failed, last = in_one_group(ledger, [giving(item(1)), work, giving(item(2))])
    assert (first, last) == ([size], [size + 1])
    assert isinstance(failed, _Fails)
    assert open_ledger(ledger.url, about.clock).append([item(3)]) == [size + 2]


# -- all of them fail


def test_where_the_commit_fails_all_are_told_so(ledger: Ledger) -> None:
    before = ledger.head()

    def fail() -> None:
        raise sa.exc.OperationalError("COMMIT", (), Exception("disk I/O error"))

    with commits_of(ledger, fail):
        came = in_one_group(ledger, [giving(item(1)), _failing, giving(item(2)), giving(item(3))])
    assert [type(one) for one in came] == [sa.exc.OperationalError, _Fails, sa.exc.OperationalError, sa.exc.OperationalError]
    failed = came[3]
    assert isinstance(failed, Exception)
    with pytest.raises(BadInput, match=r"the disk reports an error; see to it, run ledger verify, do it again"), told(ledger.url):
        raise failed
    assert ledger.head() == before
    assert ledger.append([item(3)]) == [before.size]
    assert check(ledger).touched == ()


def test_where_the_database_takes_back_everything_all_are_told_why(ledger: Ledger) -> None:
    """As SQLite does by itself where a page can't be written."""
    before = ledger.head()

    def work(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        connection.exec_driver_sql("ROLLBACK")
        raise _Fails

    first, second, third, last = in_one_group(ledger, [giving(item(1)), giving(item(2)), work, giving(item(3))])
    assert [type(one) for one in (first, second, third)] == [_Fails, _Fails, _Fails]
    assert last == [before.size]
    assert ledger.head().size == before.size + 1
    assert check(ledger).touched == ()


def test_one_that_is_interrupted_while_it_leads_leaves_nobody_waiting(ledger: Ledger) -> None:
    before = ledger.head()

    def interrupted(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        raise KeyboardInterrupt

    first, failed, second, last = in_one_group(ledger, [giving(item(1)), _failing, interrupted, giving(item(2))])
    assert isinstance(first, KeyboardInterrupt)
    assert isinstance(failed, _Fails)
    assert isinstance(second, BadInput)
    assert str(second) == "the append was interrupted; it may be there or not: send it again"
    assert last == [before.size]
    assert ledger.append([item(1)]) == [before.size + 1]
    assert check(ledger).touched == ()


def test_one_that_is_interrupted_while_it_waits_is_not_appended(ledger: Ledger) -> None:
    """By a signal, as by whoever presses Ctrl-C: in the main thread. Those behind it are served."""
    size, held, goes_on = ledger.head().size, threading.Event(), threading.Event()
    numbers = list[list[int]]()

    def hold(connection: sa.Connection, head: Frontier) -> Sequence[Item]:
        held.set()
        goes_on.wait(30)
        return [item(1)]

    def interrupt() -> None:
        wait_until(lambda: len(ledger._together._waiting) == 1)
        behind.start()
        wait_until(lambda: len(ledger._together._waiting) == 2)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    leads, behind, interrupts = (
        threading.Thread(target=one, daemon=True)
        for one in (lambda: numbers.append(ledger.append_with(hold)), lambda: numbers.append(ledger.append([item(3)])), interrupt)
    )
    leads.start()
    assert held.wait(30)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # where it runs in the background, it is ignored
    try:
        interrupts.start()
        with pytest.raises(KeyboardInterrupt):
            ledger.append([item(2)])
    finally:
        signal.signal(signal.SIGINT, before)
        goes_on.set()
    for thread in (leads, behind):
        thread.join(30)
        assert not thread.is_alive()
    assert sorted(numbers) == [[size], [size + 1]]
    assert ledger.numbers_of([_hash(item(2))]) == {}


# -- one alone


def test_one_thread_alone_is_served(ledger: Ledger) -> None:
    size = ledger.head().size
    assert [ledger.append([item(n)]) for n in range(3)] == [[size], [size + 1], [size + 2]]
    with pytest.raises(BadInput):
        ledger.append([Item("x", b"", Entry(Act(DESTRUCTION, "A", "r", details={"record": "?"}), date(2000, 1, 1)))])
    assert ledger.append([item(9)]) == [size + 3]
