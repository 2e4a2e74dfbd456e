"""What the run in namespaces is made of, as far as it needs no root: its plan, its switch, and its judge of what left."""

from __future__ import annotations

import itertools
import json
import random
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comity.exchange import Asked, Caller
from comity.exchange.between.raw_objects import write_envelope
from tests.exchange.ledger_nodes import EVERYTHING, LedgerNode, make_template
from tests.exchange.namespaces.ethernet import Noise, Switch
from tests.exchange.namespaces.plan import EVERYBODY, HONEST, PACTS, STRANGERS, draw
from tests.exchange.namespaces.what_left import leaked
from tests.exchange.pacts_and_reports import book, some_act, some_report
from tests.exchange.real_federations import START

TAKERS = {f"Bearer {party}": party for party in EVERYBODY}


# -- the plan


def test_the_plan_follows_from_its_seed() -> None:
    assert draw(7, 4) == draw(7, 4)
    assert draw(7, 4) != draw(8, 4)


def test_what_goes_wrong_is_undone_in_its_round() -> None:
    undone = {"dies": "wakes", "falls off": "comes back", "parts": "meets"}
    for one in draw(3, 20)[1]:
        steps = [(step.what, step.who, step.other) for step in one.steps]
        for place, (what, who, other) in enumerate(steps):
            assert what not in undone or (undone[what], who, other) in steps[place:]
        for party, visits in one.visits.items():
            assert not any({party, visit.giver} == STRANGERS for visit in visits)


# -- the switch


class Ends:
    """Three links of a switch, and who is at their other ends."""

    def __init__(self) -> None:
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(3)]
        self.inner, self.outer = [one for one, _ in pairs], [other for _, other in pairs]
        for one in self.outer:
            one.settimeout(0.15)
        self.switch = Switch([one.fileno() for one in self.inner], random.Random(1))

    def send(self, giver: int, taker: int | None, text: bytes) -> None:
        to = b"\xff" * 6 if taker is None else bytes([taker] * 6)
        self.outer[giver].send(to + bytes([giver] * 6) + b"\x08\x00" + text)

    def come(self, taker: int) -> list[bytes]:
        """All that comes to an end until nothing does."""
        found = []
        try:
            while True:
                found.append(self.outer[taker].recv(2000)[14:])
        except TimeoutError:
            return found

    def close(self) -> None:
        self.switch.close()
        for one in (*self.inner, *self.outer):
            one.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    made.close()


def test_a_frame_goes_to_whom_it_is_for(ends: Ends) -> None:
    for number in range(3):
        ends.send(number, None, b"hello")
    assert [ends.come(number) for number in range(3)] == [[b"hello"] * 2] * 3
    ends.send(0, 1, b"for one")
    assert [ends.come(number) for number in range(3)] == [[], [b"for one"], []]


@pytest.mark.parametrize(("noise", "comes"), [(Noise(lost=1.0), []), (Noise(twice=1.0), [b"xxxx"] * 2), (Noise(delay=0.05), [b"xxxx"])])
def test_frames_meet_with_what_is_asked(ends: Ends, noise: Noise, comes: list[bytes]) -> None:
    ends.switch.noise = noise
    ends.send(0, None, b"xxxx")
    assert ends.come(1) == comes


def test_a_damaged_frame_differs_by_one_bit(ends: Ends) -> None:
    ends.switch.noise = Noise(damaged=1.0)
    ends.send(0, None, bytes(4))
    (come,) = ends.come(1)
    assert int.from_bytes(come, "big").bit_count() == 1


def test_who_is_parted_hears_nothing(ends: Ends) -> None:
    ends.switch.cut = frozenset({frozenset((ends.inner[0].fileno(), ends.inner[1].fileno()))})
    ends.send(0, None, b"hello")
    assert [ends.come(number) for number in (1, 2)] == [[], [b"hello"]]


# -- what left


class Giver:
    """AAA's node, what it said, and what its front proxy wrote down."""

    def __init__(self, folder: Path) -> None:
        self.at, self.told, self._numbers = START, folder / "told", itertools.count()
        self.told.mkdir()
        self.node = LedgerNode("AAA", EVERYBODY, make_template(folder, book(HONEST, PACTS), START), lambda: self.at)
        rng, self.reports = random.Random(1), dict[bytes, dict[str, Any]]()
        for _ in range(30):
            objects = some_report(rng, "AAA", EVERYBODY, self.at)
            self.node.publish(*objects)
            self.reports[json.dumps(objects[-1]).encode()] = objects[-1]

    def page(self, taker: str) -> bytes:
        return write_envelope([told.body for told in self.node.node.read(Caller("client", taker), EVERYTHING, Asked()).objects])

    def left(self, taker: str, page: bytes) -> None:
        (self.told / str(next(self._numbers))).write_bytes(f"Bearer {taker}\n".encode() + page)

    def leaked(self) -> list[str]:
        return leaked(self.node, self.told, TAKERS, self.reports, PACTS)[1]


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[Giver]:
    made = Giver(tmp_path)
    yield made
    made.node.stops()


def test_what_the_log_and_the_law_have_is_no_leak(giver: Giver) -> None:
    for taker in ("BBB", "CCC", "DDD"):
        page = giver.page(taker)
        giver.left(taker, page)
        giver.left(taker, giver.page(taker)[: len(page) // 2])
    assert giver.leaked() == []


def test_a_page_that_is_not_in_the_log_would_be_noticed(giver: Giver) -> None:
    page = giver.page("BBB")
    giver.left("BBB", page)
    giver.left("BBB", page)
    (says,) = giver.leaked()
    assert says.startswith("AAA gave BBB")
    assert "nothing is in the log" in says


def test_what_another_was_to_get_would_be_noticed(giver: Giver) -> None:
    giver.left("DDD", giver.page("BBB"))
    assert len(giver.leaked()) == 1
    giver.page("DDD")
    giver.left("DDD", giver.page("BBB")[:-1])
    assert len(giver.leaked()) > 1


def test_the_law_is_that_of_the_moment(giver: Giver) -> None:
    before = giver.page("BBB")
    giver.left("BBB", before)
    rng = random.Random(2)
    giver.node.do(next(act for _ in range(99) if (act := some_act(rng, "AAA", ("pact-0",), giver.at.date())).kind == "denounce"), None)
    giver.at += timedelta(days=2)
    assert giver.leaked() == []
    after = giver.page("BBB")
    assert len(after) < len(before)
    giver.left("BBB", after[:-1])
    assert giver.leaked() == []
    secret = next(body for body, one in giver.reports.items() if one["policy"] == "AAA" and "BBB" in one["to"])
    giver.left("BBB", write_envelope([secret])[:-1])
    assert len(giver.leaked()) == 1
