"""What the slow oracle of the gate found in the node, each as the smallest example of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from comity.exchange import Asked, Caller, Collection, Filters, LabelKey
from tests.exchange.small_nodes import BET, GAM, OPEN, SmallNode, thing

BETS, GAMS = Caller("bet-node", "BET", writes=True), Caller("gam-node", "GAM", writes=True)
NOBODY = LabelKey(originator="ALF", closed="no")
OF_BET, OF_GAM = LabelKey(originator="BET", limited=False), LabelKey(originator="GAM", limited=False)
BET_ALONE, GAM_ALONE = LabelKey(originator="BET"), LabelKey(originator="GAM")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallNode]:
    made = SmallNode(f"sqlite:///{tmp_path / 'node.db'}")
    made.home = _home(made, 9)
    yield made
    made.ledger.engine.dispose()


def _home(small: SmallNode, number: int) -> str:
    both = frozenset({"BET", "GAM"})
    return small.node.put_collection(
        Collection(0, str(uuid.UUID(int=number, version=4)), "Home", "", f"home-{number}", readers=both, writers=both)
    ).id


def _seen(small: SmallNode, caller: Caller) -> list[tuple[str, int]]:
    return [(told.id.removeprefix("thing--"), told.version) for told in small.read(caller, versions=("all",)).objects]


def test_an_earlier_version_follows_when_a_later_one_comes_with_what_both_refer_to(small: SmallNode) -> None:
    small.put(thing("a", OPEN, refers=("x",)))
    small.put(thing("a", OPEN, version=2, refers=("x",)), thing("x", NOBODY))
    assert _seen(small, BET) == []


def test_a_version_that_comes_after_a_recall_is_recalled_too(small: SmallNode) -> None:
    small.put(thing("a", OPEN, version=2))
    small.node.recall("thing--a")
    small.put(thing("a", OPEN, version=1))
    assert _seen(small, BET) == []


def test_who_gave_the_first_version_is_not_forgotten_when_it_counts_as_added_anew(small: SmallNode) -> None:
    small.put(thing("x", GAM_ALONE, refers=("y",), giver="GAM"), by=GAMS)
    small.put(thing("x", OF_BET, OF_GAM, version=2, giver="BET"), by=BETS)
    small.put(thing("a", OPEN, refers=("x",)))
    assert _seen(small, BET) == [("x", 2)]
    small.put(thing("y", OF_GAM, giver="GAM"), by=GAMS)
    assert ("a", 1) not in _seen(small, BET)


def test_a_version_goes_where_what_it_refers_to_itself_may_go(small: SmallNode) -> None:
    small.put(thing("x", NOBODY), thing("a", OPEN), thing("a", OPEN, version=2, refers=("x",)))
    assert _seen(small, BET) == [("a", 1)]


def test_a_partner_closes_nothing_of_anothers_by_a_version_of_its_own(small: SmallNode) -> None:
    small.put(thing("a", OPEN))
    small.put(thing("secret", BET_ALONE, giver="BET"), by=BETS)
    small.put(thing("a", OF_BET, version=2, refers=("secret",), giver="BET"), by=BETS)
    small.put(thing("secret", BET_ALONE, version=2, giver="BET"), by=BETS)
    assert _seen(small, GAM) == [("a", 1)]


def test_what_stands_in_two_homes_is_shown_once_and_what_another_gave_is_no_bar(small: SmallNode) -> None:
    other = _home(small, 8)
    small.put(thing("a", OPEN))
    told = small.node.put(BETS, other, [replace(thing("a", OF_BET, giver="BET"), body=b"else")])
    assert told.refused == ()
    both = small.node.put_collection(Collection(0, str(uuid.UUID(int=7, version=4)), "Both", homes=frozenset({2, 3}), readers=frozenset({"BET"})))
    shown = small.node.read(BET, both.id, Asked(Filters(versions=("all",)))).objects
    assert [told.body for told in shown] == [thing("a", OPEN).body]
    small.node.recall("thing--a")
    assert small.node.read(BET, both.id, Asked()).objects == ()


def test_a_partner_does_not_speak_over_another(small: SmallNode) -> None:
    small.put(thing("a", OPEN))
    small.put(thing("a", OF_BET, version=2, giver="BET"), by=BETS)
    assert _seen(small, GAM) == [("a", 1)]
    assert _seen(small, BET) == [("a", 1), ("a", 2)]
