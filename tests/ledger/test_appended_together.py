"""What several threads append at once is committed once, each is answered after it, and one that fails does so alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest

from comity.acts import DESTRUCTION, Act, Entry, Source
from comity.ledger import Item, Ledger, Together, check
from comity.terms import BadInput, parse_moment
from tests.ledger.test_a_ledger_holds_a_book import item


def _all_at_once(work: Sequence[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_many_are_committed_in_few_transactions(ledger: Ledger) -> None:
    together, numbers, writes = Together(ledger), dict[int, list[int]](), list[int]()
    size, append_all = ledger.head().size, ledger.append

    def counted(items: Sequence[Item]) -> list[int]:
        writes.append(len(items))
        return append_all(items)

    ledger.append = counted  # type: ignore[method-assign]

    def append(n: int) -> None:
        for step in range(5):
            numbers[10 * n + step] = together.append([item(1000 * n + step), item(1000 * n + 500 + step)])

    _all_at_once([partial(append, n) for n in range(12)])
    assert sorted(number for some in numbers.values() for number in some) == list(range(size, size + 120))
    assert all(second == first + 1 for first, second in numbers.values())
    assert sum(writes) == 120
    assert len(writes) < 60
    assert check(ledger).touched == ()


def test_each_is_answered_after_the_commit_that_holds_it(ledger: Ledger) -> None:
    together = Together(ledger)

    def append(n: int) -> None:
        wanted = item(n)
        numbers = together.append([wanted])
        assert wanted.entry is not None
        there.append(ledger.numbers_of([wanted.entry.act.hash]) == {wanted.entry.act.hash: numbers[0]})

    there: list[bool] = []
    _all_at_once([partial(append, n) for n in range(16)])
    assert there == [True] * 16


def test_one_that_fails_does_so_alone(ledger: Ledger) -> None:
    moment = parse_moment("2000-01-01")
    act = Act(DESTRUCTION, "AAA", "bad", source=Source("s"), made=moment, details={"record": "no hash"})
    bad, together, size = Item("acts/added.csv", b"bad\n", Entry(act, date(2000, 1, 1))), Together(ledger), ledger.head().size
    failed: list[str] = []

    def append(n: int) -> None:
        try:
            together.append([bad] if n == 3 else [item(n)])
        except BadInput as problem:
            failed.append(str(problem))

    _all_at_once([partial(append, n) for n in range(8)])
    assert failed == ["'no hash' is no hash; one is written sha256: and 64 hex digits"]
    assert ledger.head().size == size + 7
    assert check(ledger).touched == ()


def test_one_thread_alone_is_served(ledger: Ledger) -> None:
    together, size = Together(ledger), ledger.head().size
    assert [together.append([item(n)]) for n in range(3)] == [[size], [size + 1], [size + 2]]
    with pytest.raises(BadInput):
        together.append([Item("x", b"", Entry(Act(DESTRUCTION, "A", "r", details={"record": "?"}), date(2000, 1, 1)))])
    assert together.append([item(9)]) == [size + 3]


def test_one_that_is_interrupted_while_it_leads_leaves_nobody_waiting(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    together, leads, waits, told = Together(ledger), threading.Event(), threading.Event(), list[BaseException]()
    append = ledger.append

    def interrupted(items: Sequence[Item]) -> list[int]:
        leads.set()
        waits.wait(10)
        monkeypatch.setattr(ledger, "append", append)
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "append", interrupted)

    def lead() -> None:
        try:
            together.append([item(1)])
        except BaseException as problem:
            told.append(problem)

    threads = [threading.Thread(target=lead), threading.Thread(target=lambda: together.append([item(2)]))]
    threads[0].start()
    leads.wait(10)
    threads[1].start()
    waits.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert [type(problem) for problem in told] == [KeyboardInterrupt]
    assert together.append([item(3)])
