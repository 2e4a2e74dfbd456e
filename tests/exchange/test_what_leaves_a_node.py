"""A node, asked as its partners ask it: what leaves, in which order, and what is written down of it.

Source: docs/explanation/how-exchange-works.md.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from comity.acts import read_act
from comity.book import read_files
from comity.exchange import Asked, Caller, Desk, Filters, LabelKey, holdings, schema
from comity.exchange.between import Links, recall
from comity.exchange.between.carrying_acts import read_act_object
from comity.terms import BadInput, NotOnRecord
from tests.exchange.small_nodes import BET, CLOSE, DEEP, GAM, KEEPER, OPEN, TO_BET, SmallNode, indicator, thing


def acts(small: SmallNode, kind: str) -> list[dict[str, str]]:
    found = [read_act(held.act) for held in small.ledger.items() if held.act is not None]
    return [dict(act.details) | {"to": ",".join(act.counterparty)} for act in found if act.kind == kind]


def test_what_is_open_leaves_and_what_is_not_does_not_show(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", CLOSE), thing("c", OPEN))
    page = small.read(BET)
    assert [told.id for told in page.objects] == ["thing--a", "thing--c"]
    assert not page.more
    assert page.objects[0].body == b'{"id": "thing--a", "version": 1}'
    assert [told.id for told in small.read(KEEPER).objects] == ["thing--a", "thing--b", "thing--c"]
    (release,) = acts(small, "release")
    assert (release["to"], release["count"], release.get("basis")) == ("BET", "2", None)
    (refusal,) = acts(small, "refuse")
    assert (refusal["to"], refusal["ground"]) == ("BET", "not vouched for: clearance for ALF CLOSE")


def test_what_is_vouched_for_opens_and_its_basis_is_told(small: SmallNode) -> None:
    small.put(thing("a", CLOSE))
    assert small.ids(BET) == []
    small.vouch("BET", "cleared=ALF:CLOSE")
    small.put(thing("b", DEEP))
    assert small.ids(BET) == ["a"]
    assert small.ids(GAM) == []
    assert [r["basis"] for r in acts(small, "release")] == ["alf-bet"]


def test_what_comes_between_a_ruling_and_its_rows_is_on_a_later_page(small: SmallNode, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of it is of a class that nobody knew when it was ruled: a page that ended after it would leave it out for good."""
    small.vouch("BET", "cleared=ALF:CLOSE")
    small.put(thing("a", OPEN), thing("b", OPEN))
    reads, coming = small.node.holdings.rows_with_bodies, [thing("d", OPEN), thing("c", CLOSE)]

    def with_news(*given: Any) -> Any:
        while coming:
            small.put(coming.pop())
        return reads(*given)

    monkeypatch.setattr(small.node.holdings, "rows_with_bodies", with_news)
    first = small.read(BET)
    assert not coming
    then = small.read(BET, after=first.objects[-1].stamp)
    assert [told.id for told in (*first.objects, *then.objects)] == ["thing--a", "thing--b", "thing--c", "thing--d"]


def test_a_denunciation_ends_it_and_what_opens_later_comes_at_the_end(small: SmallNode) -> None:
    small.vouch("BET", "cleared=ALF:DEEP")
    small.put(thing("a", CLOSE), thing("b", OPEN))
    seen = small.read(BET)
    assert len(seen.objects) == 2
    small.act("over", "denounce", "BET", agreement="alf-bet", made="2022-01-10", effect="2022-01-10")
    small.clock.set("2022-02-10")
    assert not seen.holds()
    assert small.ids(BET) == ["b"]
    small.put(thing("c", CLOSE), thing("d", OPEN))
    last = small.read(BET).objects[-1].stamp
    small.act("again", "ratify", "BET", agreement="alf-bet", made="2022-02-10")
    assert small.ids(BET, after=last) == ["a", "c"]
    assert small.ids(BET) == ["b", "d", "a", "c"]


def test_pages_and_cursors(small: SmallNode) -> None:
    small.put(*(thing(f"{n}", OPEN) for n in range(7)))
    found, cursor = list[str](), None
    while True:
        page = small.read(BET, limit=3, cursor=cursor)
        found += [told.id for told in page.objects]
        assert small.read(BET, limit=3, cursor=cursor).objects == page.objects
        cursor = page.cursor
        if not page.more:
            break
    assert found == [f"thing--{n}" for n in range(7)]
    cursor = small.read(BET, limit=3).cursor
    assert cursor is not None
    with pytest.raises(BadInput, match="is not what this collection gave"):
        small.read(GAM, cursor=cursor)
    with pytest.raises(BadInput, match="was given for other filters"):
        small.read(BET, cursor=cursor, types=("other",))
    with pytest.raises(BadInput, match="is not what this collection gave"):
        small.read(BET, cursor=cursor[:-3] + "AAA")


def test_versions_are_those_that_the_partner_sees(small: SmallNode) -> None:
    small.put(thing("a", OPEN, version=1), thing("a", CLOSE, version=2), thing("b", OPEN, version=1), thing("b", OPEN, version=2))
    assert [(t.id, t.version) for t in small.read(BET).objects] == [("thing--a", 1), ("thing--b", 2)]
    assert [(t.id, t.version) for t in small.read(BET, versions=("all",)).objects] == [("thing--a", 1), ("thing--b", 1), ("thing--b", 2)]
    assert [(t.id, t.version) for t in small.read(BET, versions=("first",)).objects] == [("thing--a", 1), ("thing--b", 1)]
    assert [(t.id, t.version) for t in small.read(KEEPER, versions=("last",)).objects] == [("thing--a", 2), ("thing--b", 2)]
    assert [(t.id, t.version) for t in small.read(KEEPER, ids=("thing--a",), versions=(1, 2)).objects] == [("thing--a", 1), ("thing--a", 2)]


def test_what_refers_to_something_goes_no_further(small: SmallNode) -> None:
    small.put(thing("report", OPEN, refers=("later", "open")), thing("open", OPEN), thing("over", OPEN, refers=("report",)))
    assert small.ids(BET) == ["report", "open", "over"]
    small.put(thing("later", CLOSE))
    assert small.ids(BET) == ["open"]
    small.vouch("BET", "cleared=ALF:CLOSE")
    assert sorted(small.ids(BET)) == ["later", "open", "over", "report"]


def test_a_recall_closes_it_and_names_its_holders(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", OPEN))
    small.read(BET)
    assert small.node.recall("thing--a") == ("BET",)
    assert small.ids(BET) == ["b"]
    assert small.ids(KEEPER) == ["b", "a"]
    small.node.reclassify("thing--a", frozenset({OPEN}), "OPEN")
    assert small.ids(BET) == ["b", "a"]
    assert small.node.holders("thing--a") == ("BET",)


def test_the_same_again_changes_nothing_and_other_content_is_refused(small: SmallNode) -> None:
    small.put(thing("a", OPEN))
    again = thing("a", OPEN)
    other = again.__class__(**{**{f: getattr(again, f) for f in again.__slots__}, "body": b"{}"})
    told = small.node.put(KEEPER, small.home, [again, other])
    assert [len(told.taken), len(told.refused)] == [1, 1]
    assert "here already, with other content" in told.refused[0].says
    assert small.ids(BET) == ["a"]
    assert small.node.delivery(KEEPER, told.id) == told


def test_a_book_of_the_node_reads_back(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", LabelKey(originator="ALF", closed="because; of, this")))
    small.read(BET)
    book = read_files(small.ledger.files(), "exported")
    assert book.problems == ()
    assert {e.act.hash for e in book.record.entries if e.act.kind in ("release", "refuse", "publish")} <= {
        held.leaf.act for held in small.ledger.items()
    }
    with small.ledger.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(schema.read)).scalar() == 1


def test_a_delivery_is_labelled_by_its_markings(small: SmallNode) -> None:
    clear, amber = ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421")
    objects = [indicator(1, object_marking_refs=[clear]), indicator(2, object_marking_refs=[amber]), indicator(3), {"type": "nothing"}]
    body = json.dumps({"objects": objects}, indent=1).encode()
    told = small.node.add(KEEPER, small.home, body)
    assert [len(told.taken), len(told.refused)] == [3, 1]
    assert [told.id[-1] for told in small.read(BET).objects] == ["1"]
    assert [told.body in body for told in small.read(BET).objects] == [True]
    amber_to = small.node.add(KEEPER, small.home, json.dumps({"objects": [indicator(4, object_marking_refs=[amber])]}).encode(), by_publisher=TO_BET)
    assert amber_to.refused == ()
    assert [told.id[-1] for told in small.read(BET).objects] == ["1", "4"]
    assert [told.id[-1] for told in small.read(GAM).objects] == ["1"]
    with pytest.raises(NotOnRecord):
        small.node.add(GAM, small.home, body)


def test_what_a_partner_gives_is_its_own_and_goes_to_nobody_else_unless_it_says_so(small: SmallNode) -> None:
    writer = replace(BET, writes=True)
    small.node.add(writer, small.home, json.dumps({"objects": [indicator(1)]}).encode())
    assert len(small.read(BET).objects) == 1
    assert small.read(GAM).objects == ()
    small.node.withdraw(writer, small.home, "indicator--00000000-0000-4000-8000-000000000001", Filters())
    assert small.read(BET).objects == ()


def test_those_who_hold_it_are_told_of_a_recall_and_owe_an_acknowledgement(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", OPEN))
    small.read(BET)
    assert recall(small.node, "thing--a", "desk") == ("BET",)
    (owed,) = Desk(small.node).recalls()
    assert (owed.item, owed.partner, owed.acknowledged) == ("thing--a", "BET", None)
    notices = [told for told in small.read(BET).objects if told.id.startswith("comity-act--")]
    assert [read_act_object(told.body).act for told in notices] == [owed.act]
    assert not any(told.id.startswith("comity-act--") for told in small.read(GAM).objects)
    small.act("seen", "receive-information", "BET", made="2022-01-11", replies_to=owed.act.hash)
    assert Desk(small.node).recalls()[0].acknowledged is not None


def test_one_bad_object_of_a_partner_keeps_none_of_the_others_out(small: SmallNode) -> None:
    good = json.dumps(indicator(1)).encode()
    bad = b'{"type": "indicator", "type": "indicator", "id": "indicator--00000000-0000-4000-8000-000000000002"}'
    told = Links(small.node, lambda seconds: None).take("BET", [good, bad])
    assert [fate.id[-1] for fate in told.taken] == ["1"]
    assert ["stands twice" in fate.says for fate in told.refused] == [True]


def test_a_page_on_which_nothing_fits_says_how_to_go_on(small: SmallNode, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is passed over is bounded; the rest comes with the next page, and the next, until it is there."""
    monkeypatch.setattr(holdings, "_MOST_BATCHES", 1)
    small.put(*(thing(f"{n}", OPEN, version=1) for n in range(5)), thing("last", OPEN, version=7))
    page, empty = small.read(BET, limit=1, versions=(7,)), 0
    while page.more and not page.objects:
        page, empty = small.read(BET, limit=1, cursor=page.cursor), empty + 1
    assert ([told.id for told in page.objects], empty) == (["thing--last"], 2)


def test_a_partner_gives_so_many_objects_a_day(small: SmallNode) -> None:
    """What is over is refused object by object; the keeper has no such count, and another day has its own."""
    small.node.most_a_day = 3
    bet = replace(BET, writes=True)
    small.put(*(thing(f"own-{n}", OPEN) for n in range(5)))

    def give(caller: Caller, *numbers: int) -> list[int]:
        told = small.node.add(caller, small.home, json.dumps({"objects": [indicator(n) for n in numbers]}).encode())
        assert all("on one day" in fate.says for fate in told.refused)
        return [len(told.taken), len(told.refused)]

    assert give(bet, 1, 2) == [2, 0]
    assert give(bet, 3, 4, 5) == [1, 2]
    small.clock.set("2022-02-10")
    assert give(bet, 4, 5, 7, 8) == [3, 1]


def test_a_page_is_put_together_again_when_what_left_is_elsewhere_or_gone(small: SmallNode) -> None:
    """Two bases on one page; then one object is labelled anew, and one taken out."""
    small.vouch("BET", "cleared=ALF:CLOSE")
    small.put(thing("a", OPEN), thing("b", CLOSE), thing("c", CLOSE), thing("d", OPEN))
    page = small.read(BET)
    small.node.reclassify("thing--b", frozenset({DEEP}), "DEEP")
    small.node.withdraw(KEEPER, small.home, "thing--d", Filters())
    assert small.ids(BET) == ["a", "c"]
    again = Desk(small.node).page(1)
    assert [(left.id, left.version, left.here) for left in again.left] == [
        (told.id, told.version, told.id in ("thing--a", "thing--c")) for told in page.objects
    ]
    assert again.holds
    assert [(act.basis, act.count, act.holds) for act in again.acts] == [((), 2, True), (("alf-bet",), 2, True)]
    assert [again.acts[left.act].basis for left in again.left] == [(), ("alf-bet",), ("alf-bet",), ()]
    with pytest.raises(NotOnRecord, match="no read has the number 9"):
        Desk(small.node).page(9)


def test_a_page_that_the_log_or_an_act_tells_otherwise_is_found(small: SmallNode) -> None:
    small.put(thing("a", OPEN), thing("b", OPEN))
    small.read(BET)
    with small.ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.update(schema.object_).where(schema.object_.c.id == "thing--b").values(digest=b"\x01" * 32))
    again = Desk(small.node).page(1)
    assert (again.holds, [act.holds for act in again.acts]) == (False, [False])


def test_who_did_not_get_it_is_not_told_of_a_recall(small: SmallNode) -> None:
    """Its stamp lies between those of a page on which it was not: a notice would tell that there is such a thing."""
    small.put(thing("a", OPEN), thing("b", CLOSE), thing("c", OPEN))
    small.vouch("BET", "cleared=ALF:CLOSE")
    assert (small.ids(GAM), small.ids(BET)) == (["a", "c"], ["a", "b", "c"])
    small.vouch("GAM", "cleared=ALF:CLOSE")
    assert small.node.read(GAM, small.home, Asked(bodies=False)).objects, "one who was told of it was not given it"
    assert recall(small.node, "thing--b", "anna") == ("BET",)
    assert [told.type for told in map(json.loads, (told.body for told in small.read(GAM).objects)) if "type" in told] == []


def test_without_a_word_on_versions_every_version_is_meant(small: SmallNode) -> None:
    """A filter that is empty narrows nothing; at the doors there is always a word on versions."""
    small.put(thing("a", OPEN, version=1), thing("a", OPEN, version=2))
    assert [told.version for told in small.read(BET, versions=()).objects] == [1, 2]
    assert [told.version for told in small.read(BET).objects] == [2]
