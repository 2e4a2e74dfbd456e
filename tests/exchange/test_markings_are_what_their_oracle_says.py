"""The label keys out of the bytes of objects are those that the slow reading has out of the same markings, told in words."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from comity.exchange import LabelKey
from comity.exchange.labelling import label_keys_of
from comity.exchange.markings import ReleaseMarking, marking_object, tlp_marking
from comity.labels import StixMarking, from_flat
from comity.terms import Label
from oracles.gate import Key
from oracles.markings import Mark, keys_of
from tests.exchange.small_egress_worlds import CATEGORIES, CAVEATS, KEEPER, LEVELS, PARTNERS

MADE = datetime(2020, 1, 1, tzinfo=UTC)
OBJECTS = 3_000
TLP = ("WHITE", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def test_markings_come_to_the_same_label_keys() -> None:
    rng, seen = random.Random("markings"), set[Key]()
    for _ in range(OBJECTS):
        marks = [_mark(rng) for _ in range(rng.choice((0, 1, 1, 2, 3)))]
        giver = rng.choice((KEEPER, KEEPER, *PARTNERS))
        beside = tuple(rng.sample(PARTNERS, rng.randrange(3)))
        given = Key("", None, releasable_to=tuple(sorted(beside))) if giver == KEEPER and rng.random() < 0.5 and _only_limiting_tlp(marks) else None
        default = Key("", "KEE", "LOW", releasable_to=("BET",)) if rng.random() < 0.5 else None
        want = keys_of(marks, giver, KEEPER, beside if given else (), given, default)
        got = _by_the_fast_path(rng, marks, giver, given, default)
        assert got == want, (marks, giver, given, default)
        seen |= want
    assert len(seen) > 500


def _only_limiting_tlp(marks: Sequence[Mark]) -> bool:
    """Beside such, the label of the publisher is the one that they have by themselves."""
    return all(mark.kind == "tlp" and mark.name not in ("CLEAR", "WHITE") for mark in marks)


def _mark(rng: random.Random) -> Mark:
    kind = rng.choice(("tlp", "tlp", "label", "label", "label", "strange", "lost"))
    if kind == "tlp":
        return Mark("tlp", rng.choice(TLP))
    if kind != "label":
        return Mark("strange" if kind == "strange" else "lost")
    policy = rng.choice((*LEVELS, "PUBLIC"))
    return Mark(
        "label", "", policy, "UNCLASSIFIED" if policy == "PUBLIC" else rng.choice(LEVELS[policy]), tuple(rng.sample(CATEGORIES, rng.randrange(3))),
        tuple(rng.sample(CAVEATS, rng.choice((0, 0, 1, 2)))), tuple(rng.sample((*PARTNERS, "LEA"), rng.randrange(3))),
        rng.choice((None, KEEPER, *PARTNERS)),
    )  # fmt: skip


def _by_the_fast_path(rng: random.Random, marks: Sequence[Mark], giver: str, given: Key | None, default: Key | None) -> frozenset[Key]:
    """The same markings in an object's bytes: some of the whole, some of a part of it."""
    at_hand = {one["id"]: one for one in map(_definition, marks) if one is not None}
    ids = [_id_of(mark) for mark in marks]
    whole = [one for one in ids if rng.random() < 0.6]
    parts = [{"marking_ref": one, "selectors": ["name"]} for one in ids if one not in whole]
    data: dict[str, Any] = {"type": "malware", "id": f"malware--{uuid.UUID(int=1, version=4)}", "name": "x"}
    data |= ({"object_marking_refs": whole} if whole else {}) | ({"granular_markings": parts} if parts else {})
    found = label_keys_of(
        json.loads(json.dumps(data)), at_hand.get, giver=giver, keeper=KEEPER, by_publisher=_fast(given), default=_fast(default)
    )  # fmt: skip
    return frozenset(_slow(key) for key in found)


def _definition(mark: Mark) -> dict[str, Any] | None:
    """The definition of a marking; None where it is a fixed one, or nowhere."""
    if mark.kind == "label":
        label = Label(mark.policy, mark.level, mark.categories, mark.releasable_to, mark.caveats, mark.originator)
        return marking_object(ReleaseMarking(label=from_flat(label, MADE)))
    if mark.kind == "strange":
        statement = {"definition_type": "statement", "definition": {"statement": "Ask me."}}
        return {"type": "marking-definition", "spec_version": "2.1", "id": _id_of(mark), "created": "2020-01-01T00:00:00.000Z"} | statement
    return None


def _id_of(mark: Mark) -> str:
    if mark.kind == "tlp":
        found = {one.says: one.id for one in StixMarking.fixed()}[f"TLP:{mark.name}"] if mark.name == "WHITE" else tlp_marking(mark.name)
        assert found is not None
        return found
    if mark.kind == "label":
        told = _definition(mark)
        assert told is not None
        return str(told["id"])
    return f"marking-definition--{uuid.UUID(int=2 if mark.kind == 'strange' else 3, version=4)}"


def _fast(key: Key | None) -> LabelKey | None:
    if key is None:
        return None
    return LabelKey(originator=key.originator, policy=key.policy, level=key.level, releasable_to=key.releasable_to, limited=key.limited)


def _slow(key: LabelKey) -> Key:
    closed = bool(key.closed)
    return Key(key.originator, key.policy, key.level, key.categories, key.caveats, key.releasable_to, key.limited, closed)
