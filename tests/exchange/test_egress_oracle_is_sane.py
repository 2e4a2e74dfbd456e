"""The slow reading of the exchange itself, on examples worked by hand from docs/explanation/how-exchange-works.md."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from comity.book import read_files
from oracles.exchange import Collection, Node, Seen, Thing, Wanted
from oracles.gate import Key, Law, Ruling
from oracles.record import Record
from tests.exchange.small_egress_worlds import FIRST, PARTNERS, csv_of, world

HOME = Collection("c", frozenset({"one"}), frozenset(), frozenset({"BET", "GAM"}))
ANYBODY = Key("KEE", limited=False)
LOW = Key("KEE", "KEE", "LOW", releasable_to=("BET", "GAM"))
NOBODY = Key("KEE", closed=True)
ALL = Wanted(versions=("all",))
BEFORE, AFTER = FIRST, FIRST + timedelta(days=20)
AGREEMENT = """id = "kee-bet"
title = "Agreement on secrets"
short = "kee-bet"
concluded = 2019-01-01
negotiating = ["KEE", "BET"]

[[clause]]
kind = "consent"
article = "9"
says = "By ratification."
acts = ["ratify"]

[[clause]]
kind = "entry-into-force"
article = "9"
says = "When both have ratified."
when = { kind = "consents", number = "all", acts = ["ratify"], by = { of = "negotiating" } }

[[clause]]
kind = "release"
article = "1"
says = "Secrets pass, for water."
mapped = "same"
categories = ["WELLS"]
purposes = ["water"]
cleared_from = { KEE = "MID" }
"""


@cache
def law() -> Law:
    """One agreement, from the tenth day on; Betonia is cleared up to MID, for water."""
    texts = {name: text for name, text in world(0).texts.items() if not name.startswith("agreements/")} | {"agreements/kee-bet.toml": AGREEMENT}
    acts = [
        ("r1", "ratify", "KEE", "kee-bet", "2019-02-01", "", ""),
        ("r2", "ratify", "BET", "kee-bet", "2020-01-11", "", ""),
        ("a1", "admit-partner", "KEE", "", "2019-03-01", "BET", "cleared=KEE:MID; purposes=water"),
    ]
    names = ("ref", "kind", "actor", "agreement", "made", "counterparty", "details")
    rows = [dict(zip(names, act, strict=True)) | {"source": "Invented", "basis": "text", "recorded": act[4]} for act in acts]
    record = read_files({name: text.encode() for name, text in (texts | {"acts/acts.csv": csv_of(rows)}).items()}, "small").record
    return Law(Record(record.agreements, record.entries, record.register), record.ladders, "KEE")


class Small:
    """A node to which things are given by short names."""

    def __init__(self) -> None:
        self.node = Node(law(), [HOME])

    def put(self, name: str, *keys: Key, version: int = 1, refers: str = "", giver: str = "KEE", body: str = "") -> bool:
        told = (body or f"{name} {version}").encode()
        return self.node.put([Thing(f"x--{name}", version, "one", frozenset(keys), frozenset(f"x--{one}" for one in refers), giver, told)])[0]

    def sees(self, partner: str, day: date, wanted: Wanted = ALL, after: int = 0) -> list[str]:
        self.node.look(partner, day)
        return [f"{seen.thing.id[3:]}{seen.thing.version}" for seen in self.node.read(partner, HOME, day, wanted, after)]

    def last(self, partner: str, day: date) -> int:
        return max(seen.stamp for seen in self.view(partner, day))

    def view(self, partner: str, day: date) -> list[Seen]:
        return self.node.view(partner, HOME, day)


@pytest.mark.parametrize(
    ("key", "partner", "ruled"),
    [
        (ANYBODY, "DEL", Ruling(True)),
        (NOBODY, "BET", Ruling(False, (), "marking unknown")),
        (Key("BET", closed=True), "BET", Ruling(True)),
        (LOW, "BET", Ruling(True, ("kee-bet",))),
        (LOW, "GAM", Ruling(False, (), "not provided for", "originator or agreement")),
        (LOW, "DEL", Ruling(False, (), "forbidden", "marking")),
        (LOW._replace(level="MID"), "BET", Ruling(True, ("kee-bet",))),
        (LOW._replace(level="HIGH"), "BET", Ruling(False, (), "not vouched for", "clearance")),
        (LOW._replace(categories=("WELLS",)), "BET", Ruling(False, (), "not vouched for", "briefing")),
        (LOW._replace(categories=("MAPS",)), "BET", Ruling(True, ("kee-bet",))),
        (LOW._replace(categories=("RIVERS",)), "BET", Ruling(False, (), "not provided for", "originator or agreement")),
        (LOW._replace(caveats=("BURN",)), "BET", Ruling(False, (), "unknown", "caveats")),
        (LOW._replace(caveats=("KEE ONLY",)), "BET", Ruling(False, (), "forbidden", "caveats")),
        (LOW._replace(originator="GAM"), "BET", Ruling(False, (), "forbidden", "originator or agreement")),
        (LOW._replace(originator="GAM"), "GAM", Ruling(True)),
        (LOW._replace(policy="GONE"), "BET", Ruling(False, (), "unknown", "not on record")),
        (Key("KEE", "KEE", "OPEN"), "BET", Ruling(False, (), "forbidden", "marking")),
    ],
)
def test_a_key_is_ruled_on(key: Key, partner: str, ruled: Ruling) -> None:
    assert law().rule(key, partner, AFTER) == ruled


def test_a_class_opens_if_every_key_does_and_its_ground_is_the_first_refusal() -> None:
    assert law().rule_class({ANYBODY, LOW}, "BET", AFTER) == Ruling(True, ("kee-bet",))
    assert not law().rule_class({ANYBODY, LOW}, "BET", BEFORE).opens
    assert law().rule_class({ANYBODY, NOBODY}, "BET", AFTER).outcome == "marking unknown"


def test_what_refers_to_something_goes_no_further_than_that_also_when_it_comes_later_or_in_a_circle() -> None:
    small = Small()
    small.put("a", ANYBODY, refers="b")
    small.put("c", ANYBODY, refers="a")
    assert small.sees("BET", AFTER) == ["a1", "c1"]
    small.put("b", NOBODY, refers="c")
    small.put("d", ANYBODY)
    assert small.sees("BET", AFTER) == ["d1"]


def test_versions_refer_each_for_itself_and_only_those_of_the_first_giver_or_the_keeper_count() -> None:
    small = Small()
    small.put("b", Key("GAM", limited=False), giver="GAM")
    small.put("b", Key("BET", "KEE", "HIGH"), giver="BET", version=2)
    small.put("a", ANYBODY, refers="b")
    assert small.sees("GAM", AFTER) == ["b1", "a1"]
    small.put("b", NOBODY, version=3)
    small.put("a", ANYBODY, version=2)
    assert small.sees("GAM", AFTER) == ["b1", "a2"]


def test_what_opens_later_comes_at_the_end_in_the_order_of_the_old_stamps() -> None:
    small = Small()
    for name, key in (("a", LOW), ("b", ANYBODY), ("c", LOW)):
        small.put(name, key)
    assert small.sees("BET", BEFORE) == ["b1"]
    seen = small.last("BET", BEFORE)
    small.put("d", ANYBODY)
    assert small.sees("BET", AFTER) == ["b1", "d1", "a1", "c1"]
    assert small.sees("BET", AFTER, after=seen) == ["d1", "a1", "c1"]
    assert small.sees("GAM", AFTER) == ["b1", "d1"]


def test_a_first_ruling_opens_without_new_stamps_and_what_never_was_closed_keeps_its_own() -> None:
    small = Small()
    small.put("a", LOW)
    small.put("b", ANYBODY)
    assert small.sees("BET", AFTER) == ["a1", "b1"]
    small.put("c", LOW._replace(level="MID"))
    small.put("d", ANYBODY)
    assert small.sees("BET", AFTER) == ["a1", "b1", "c1", "d1"]


def test_what_closes_is_gone_and_opening_again_is_opening_later() -> None:
    small = Small()
    small.put("a", LOW)
    small.put("b", ANYBODY)
    assert small.sees("BET", AFTER) == ["a1", "b1"]
    assert small.sees("BET", BEFORE) == ["b1"]
    assert small.sees("BET", AFTER) == ["b1", "a1"]


def test_first_and_last_are_those_of_the_versions_that_may_be_seen() -> None:
    small = Small()
    for version, key in ((1, NOBODY), (2, ANYBODY), (3, ANYBODY), (4, LOW)):
        small.put("a", key, version=version)
    assert small.sees("GAM", AFTER, Wanted(versions=("first", "last"))) == ["a2", "a3"]
    assert small.sees("BET", AFTER, Wanted()) == ["a4"]
    assert small.sees("GAM", AFTER, Wanted(versions=(1, 3, 4))) == ["a3"]


def test_the_same_bytes_again_change_nothing_and_others_are_refused_as_is_the_keepers_own_from_a_partner() -> None:
    small = Small()
    assert small.put("a", ANYBODY)
    assert small.put("a", ANYBODY, giver="BET")
    assert not small.put("a", ANYBODY, body="else")
    assert not small.put("b", ANYBODY, giver="BET")
    assert len({thing.id for thing in small.node.things}) == 1


def test_what_is_recalled_is_the_keepers_alone_in_every_version_whenever_it_comes() -> None:
    small = Small()
    small.put("a", Key("BET", limited=False), giver="BET", version=2)
    small.put("b", ANYBODY, refers="a")
    small.node.recall("x--a")
    small.put("a", ANYBODY, version=1)
    assert small.sees("BET", AFTER) == small.sees("GAM", AFTER) == []
    assert len(small.view("KEE", AFTER)) == 3


def test_what_gets_another_label_counts_as_added_anew_with_what_refers_to_it() -> None:
    small = Small()
    small.put("a", NOBODY)
    small.put("b", ANYBODY, refers="a")
    small.put("c", ANYBODY)
    assert small.sees("BET", AFTER) == ["c1"]
    seen = small.last("BET", AFTER)
    small.node.reclassify("x--a", frozenset({ANYBODY}))
    assert small.sees("BET", AFTER, after=seen) == ["a1", "b1"]


def test_refusals_are_told_once_for_each_ground_and_releases_once_for_each_basis() -> None:
    small = Small()
    small.put("a", LOW)
    small.put("b", ANYBODY)
    small.put("c", LOW)
    assert [key for key, _ in small.node.look("BET", BEFORE)] == [LOW]
    assert small.node.look("BET", BEFORE) == small.node.look("BET", AFTER) == []
    assert [key for key, _ in small.node.look("BET", BEFORE)] == [LOW]
    small.node.look("BET", AFTER)
    told = small.node.released("BET", small.view("BET", AFTER), AFTER)
    assert [(one.basis, one.number) for one in told] == [((), 1), (("kee-bet",), 2)]


def test_a_reader_of_nothing_is_shown_the_collection_and_another_is_not() -> None:
    node = Node(law(), [HOME])
    assert [node.shown(party) for party in PARTNERS] == [["c"], ["c"], []]
    assert not node.holds("BET", HOME, AFTER, "x--a")
