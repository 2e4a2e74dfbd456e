"""Failures shut the entrance for a while, haste slows it, and a flood of either takes no more memory than was meant for it."""

from __future__ import annotations

import logging
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange.asking import Caller
from comity.exchange.calling import identifying
from comity.exchange.calling.credentials import Credential, Password, Token, Unreadable
from comity.exchange.calling.entrance import Entrance, Limits, TurnedAway, network_of
from comity.exchange.calling.identifying import Clients
from comity.exchange.calling.tallies import Tallies
from tests.exchange.admitting import CERTIFICATE, NOW, TOKEN, Records, clients

HERE, THERE = "192.0.2.1", "198.51.100.1"
RIGHT, WRONG = Password("desk", "right"), Password("desk", "wrong")
WRONG_TOKEN = Token("wrong")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifying, "fits", lambda password, record: password == record)


def entrance(limits: Limits = Limits()) -> Entrance:
    return Entrance(Clients(Records(desk="right"), clients().values()), limits)


def admits(asked: Entrance, shown: Credential | None, address: str = HERE, after: float = 0) -> bool:
    return isinstance(asked.admit(shown, address, NOW + timedelta(seconds=after)), Caller)


def fail(asked: Entrance, times: int, shown: Credential = WRONG_TOKEN, address: str = HERE, after: float = 0) -> None:
    for _ in range(times):
        assert not admits(asked, shown, address, after)


@pytest.mark.parametrize("right", [CERTIFICATE, TOKEN, RIGHT], ids=["certificate", "token", "password"])
def test_too_many_failures_from_an_address_shut_it_to_right_and_wrong(right: Credential) -> None:
    asked = entrance()
    fail(asked, 9)
    assert admits(asked, right)
    fail(asked, 1)
    assert asked.admit(right, HERE, NOW) == TurnedAway(), "and how long is not said"
    assert admits(asked, right, THERE)


def test_too_many_failures_of_a_name_shut_it_from_everywhere() -> None:
    asked = entrance()
    for number in range(10):
        fail(asked, 1, WRONG, f"192.0.2.{number + 10}")
    assert not admits(asked, RIGHT, THERE)
    assert admits(asked, TOKEN, THERE)


def test_a_remembered_password_is_shut_out_too() -> None:
    asked = entrance()
    assert admits(asked, RIGHT)
    fail(asked, 10, WRONG)
    assert not admits(asked, RIGHT)


def test_it_opens_again_by_itself_a_little() -> None:
    asked = entrance()
    fail(asked, 10)
    assert not admits(asked, TOKEN, after=59)
    assert admits(asked, TOKEN, after=61)
    fail(asked, 1, after=61)
    assert not admits(asked, TOKEN, after=62)
    assert admits(asked, TOKEN, after=3600)
    fail(asked, 9, after=3600)
    assert admits(asked, TOKEN, after=3600)


def test_who_is_shut_out_makes_it_no_worse_by_asking() -> None:
    asked = entrance()
    fail(asked, 500)
    assert admits(asked, TOKEN, after=61)


def test_being_right_takes_no_failure_off() -> None:
    asked = entrance()
    for _ in range(10):
        fail(asked, 1)
        admits(asked, TOKEN)
    assert not admits(asked, TOKEN)


def test_showing_nothing_is_no_failure_and_showing_nonsense_is() -> None:
    asked = entrance()
    for _ in range(100):
        assert asked.admit(None, HERE, NOW) == TurnedAway()
    assert admits(asked, TOKEN)
    fail(asked, 10, Unreadable())
    assert not admits(asked, TOKEN)


def test_how_long_stands_in_the_log_and_no_secret_does(caplog: pytest.LogCaptureFixture) -> None:
    asked = entrance()
    with caplog.at_level(logging.INFO):
        fail(asked, 11, Password("my-password-slipped\nin here", "secret"), HERE)
        fail(asked, 11, WRONG, THERE)
    said = [record.getMessage() for record in caplog.records]
    assert f"too many failures: everybody is turned away, for 60 s: address '{HERE}'" in said
    assert "too many failures: everybody is turned away, for 60 s: a name that is no client's" in said
    assert "too many failures: everybody is turned away, for 60 s: client desk" in said
    assert f"turned away, for 60 s more: address '{THERE}'" in said
    assert not [line for line in said if "slipped" in line or "secret" in line or "wrong" in line]


# -- haste


def test_a_client_in_haste_is_told_how_long_to_wait() -> None:
    asked = entrance(Limits(pace=0.5, burst=3))
    assert [admits(asked, TOKEN) for _ in range(3)] == [True] * 3
    assert asked.admit(TOKEN, THERE, NOW) == TurnedAway(2), "from wherever it comes"
    assert admits(asked, CERTIFICATE), "another client"
    assert not admits(asked, TOKEN, after=1.9)
    assert admits(asked, TOKEN, after=2)
    assert asked.admit(TOKEN, HERE, NOW + timedelta(seconds=2)) == TurnedAway(2)


def test_haste_is_no_failure() -> None:
    asked = entrance(Limits(pace=1, burst=1))
    for _ in range(100):
        asked.admit(TOKEN, HERE, NOW)
    assert admits(asked, CERTIFICATE)


# -- at once


def test_many_at_once_do_not_get_past_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, together, most = list[str](), list[str](), list[int]()
    begin = threading.Barrier(64)

    def slow(password: str, record: str) -> bool:
        compared.append(password)
        together.append(password)
        most.append(len(together))
        threading.Event().wait(0.005)
        together.remove(password)
        return False

    monkeypatch.setattr(identifying, "fits", slow)
    asked = entrance(Limits(waiting=64))

    def ask(number: int) -> TurnedAway | Caller:
        begin.wait()
        return asked.admit(Password("desk", f"guess {number}"), HERE, NOW)

    with ThreadPoolExecutor(64) as pool:
        assert set(pool.map(ask, range(64))) == {TurnedAway()}
    assert 10 <= len(compared) <= 11, "what is under way when the tally fills is one less than are compared at once"
    assert max(most) <= 2


def test_where_too_many_wait_one_more_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    held, begun = threading.Event(), threading.Semaphore(0)

    def stuck(password: str, record: str) -> bool:
        begun.release()
        held.wait(10)
        return True

    monkeypatch.setattr(identifying, "fits", stuck)
    asked = entrance(Limits(at_once=1, waiting=0))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(asked.admit, RIGHT, HERE, NOW)
        begun.acquire()
        assert asked.admit(WRONG, HERE, NOW) == TurnedAway(1)
        assert admits(asked, TOKEN), "nobody else waits"
        held.set()
        assert isinstance(first.result(), Caller)
    assert admits(asked, RIGHT), "it is remembered, and the place is free again"


def test_a_crowd_with_the_right_password_compares_it_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = list[str]()

    def slow(password: str, record: str) -> bool:
        compared.append(password)
        threading.Event().wait(0.01)
        return password == record

    monkeypatch.setattr(identifying, "fits", slow)
    asked = entrance()
    with ThreadPoolExecutor(16) as pool:
        assert all(isinstance(found, Caller) for found in pool.map(lambda _: asked.admit(RIGHT, HERE, NOW), range(16)))
    assert len(compared) <= 2


# -- floods


def test_a_flood_of_names_and_addresses_takes_bounded_memory() -> None:
    asked = entrance()
    fail(asked, 10, WRONG_TOKEN, THERE)

    def flood(begin: int, end: int) -> None:
        for number in range(begin, end):
            asked.admit(Password(f"name{number}" * 20, "wrong"), f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", NOW)

    flood(0, 80_000)
    tracemalloc.start()
    try:
        flood(80_000, 100_000)
        grown, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(asked._failures) == 10_000
    assert most < 5_000_000
    assert grown < 5_000_000
    assert admits(asked, TOKEN, "203.0.113.9")


def test_a_flood_of_addresses_in_one_network_counts_as_one() -> None:
    asked = entrance()
    for number in range(10):
        fail(asked, 1, WRONG_TOKEN, f"2001:db8:1:2::{number:x}")
    assert not admits(asked, TOKEN, "2001:db8:1:2:ffff::1")
    assert admits(asked, TOKEN, "2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_an_address_counts_as_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


# -- tallies, against a plain list


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 30)), max_size=40), st.integers(1, 5), st.sampled_from([0.1, 0.5, 1]))
def test_a_tally_is_what_was_counted_less_what_leaked(steps: list[tuple[str, float]], limit: int, leak: float) -> None:
    tallies, levels, now = Tallies(limit, leak), {"a": (0.0, 0.0), "b": (0.0, 0.0)}, 0.0
    for name, pause in steps:
        now += pause
        level, at = levels[name]
        level = max(0.0, level - leak * (now - at))
        wait = tallies.take(name, now)
        assert wait == pytest.approx(max(0.0, (level + 1 - limit) / leak), abs=1e-6)
        if not wait:
            levels[name] = level + 1, now


@given(st.lists(st.floats(-1e9, 1e9), max_size=20))
def test_a_clock_that_is_put_back_shuts_nobody_out_for_longer(pauses: list[float]) -> None:
    tallies, now = Tallies(10, 1 / 60), 1.8e9
    for pause in pauses:
        now += pause
        assert tallies.wait("name", now) <= 60
        tallies.add("name", now)


def test_nothing_of_names_is_kept_but_a_hash() -> None:
    tallies = Tallies(3, 1)
    with patch.object(tallies, "_key", b"k" * 16):
        tallies.add("x" * 100_000, 0)
    assert [len(key) for key in tallies._tallies] == [16]
