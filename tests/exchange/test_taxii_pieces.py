"""Bodies in pieces: whole while they may leave, and visibly broken off when they may not."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange.taxii import BrokenOff, Request, Response, answer
from comity.exchange.taxii.pieces import PIECE, listed
from tests.exchange.asking_taxii import DEU, OBJECTS, TAXII, indicator, post
from tests.exchange.fake_node import FakeNode
from tests.exchange.serving_taxii import node


def always() -> bool:
    return True


def joined(items: list[bytes]) -> tuple[int, list[bytes]]:
    size, pieces = listed(b'{"objects":[', items, b"]}", always)
    return size, list(pieces)


@given(st.lists(st.sampled_from([1, 5, 430, PIECE // 2, PIECE - 20, PIECE, PIECE + 1, 5 * PIECE]), min_size=1, max_size=9))
def test_pieces_are_the_whole_and_none_is_large(sizes: list[int]) -> None:
    items = [b"x" * size for size in sizes]
    size, pieces = joined(items)
    assert b"".join(pieces) == b'{"objects":[' + b",".join(items) + b"]}"
    assert sum(map(len, pieces)) == size
    assert max(map(len, pieces)) <= 2 * PIECE
    assert all(pieces)


def test_a_page_of_a_thousand_leaves_in_two_pieces() -> None:
    size, pieces = joined([b"x" * 430] * 1000)
    assert [len(piece) // 1000 for piece in pieces] == [262, 168]
    assert size == 431_013


def large(pages: int) -> FakeNode:
    """A node with so many pieces in a collection."""
    held = node(most_bytes=10_000_000)
    post(held, *({**indicator(n), "name": "x" * (PIECE // 4)} for n in range(pages * 4)))
    return held


def answered(held: FakeNode) -> Response:
    return answer(Request("GET", OBJECTS, "", {"accept": TAXII}), held, DEU)


def taken(body: Iterable[bytes]) -> list[bytes]:
    """What leaves until it breaks off."""
    found: list[bytes] = []
    with pytest.raises(BrokenOff):
        found.extend(body)
    return found


def test_a_body_is_whole_while_it_may_leave() -> None:
    got = answered(large(4))
    body = b"".join(got.body)
    assert len(body) == int(got.headers["Content-Length"])
    assert len(json.loads(body)["objects"]) == 16


@pytest.mark.parametrize("lets", [0, 1, 3])
def test_the_rest_of_a_body_does_not_leave_once_it_may_not(lets: int) -> None:
    held = large(5)
    held.lets = lets
    got = answered(held)
    assert len(taken(got.body)) == 1 + lets


def test_a_small_body_is_not_asked_about_again() -> None:
    held = node()
    post(held, indicator(1))
    held.lets = 0
    assert b"".join(answered(held).body)
