"""Telling partners of a recall: the act itself travels, as an object that is for that partner alone; its acknowledgement is owed until it comes.

Source: docs/explanation/how-exchange-works.md, section 8.1.
"""

from __future__ import annotations

import json

from comity.acts import Entry
from comity.exchange.adding import Given
from comity.exchange.asking import Caller, Fate
from comity.exchange.between.carrying_acts import act_objects
from comity.exchange.desk import Desk, Recalled
from comity.exchange.envelopes import read_object
from comity.exchange.label_keys import LabelKey
from comity.exchange.node import Node


def recall(node: Node, object_id: str, by: str) -> tuple[str, ...]:
    """Call an object back, and put a notice for each partner to whom it was released where it was put: those partners."""
    homes = node.homes_of(object_id)
    before = {one.act.hash for one in Desk(node).recalls()}
    told = node.recall(object_id)
    caller = Caller(by, node.keeper, writes=True, keeper=True)
    for one in Desk(node).recalls():
        if one.act.hash not in before:
            for home in homes:
                node.put(caller, home, _notice(node, one))
    return told


def _notice(node: Node, one: Recalled) -> list[Given]:
    """The act as an object, after its marking: both for that partner alone, whatever its marking means elsewhere."""
    alone, found = frozenset({LabelKey(originator=node.keeper, releasable_to=(one.partner,))}), list[Given]()
    for said in act_objects(Entry(one.act, node.clock().date())):
        raw = read_object(json.dumps(said, ensure_ascii=False).encode())
        assert not isinstance(raw, Fate), raw.says
        found.append(Given(raw.id, raw.type, raw.version, raw.spec_version, raw.body, alone, frozenset(), node.keeper, 0))
    return found
