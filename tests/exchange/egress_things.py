"""What is put into a node in a run beside its slow reading: objects with their labels and references, drawn by a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from oracles import exchange as oracle
from oracles.gate import Key
from tests.exchange.small_egress_worlds import KEEPER, PARTNERS, every_key

UNVERSIONED = "ipv4-addr"
"""A type whose objects say no version."""
COLLECTIONS = (
    oracle.Collection("00000000-0000-4000-8000-000000000001", frozenset({"one"}), frozenset(), frozenset(PARTNERS)),
    oracle.Collection("00000000-0000-4000-8000-000000000002", frozenset({"two"}), frozenset(), frozenset({"BET", "GAM"})),
    oracle.Collection("00000000-0000-4000-8000-000000000003", frozenset({"one", "two"}), frozenset(), frozenset({"*"})),
    oracle.Collection("00000000-0000-4000-8000-000000000004", frozenset({"one", "two"}), frozenset({"indicator"}), frozenset({"GAM"})),
)
TYPES, SPECS = ("indicator", "malware", "report", UNVERSIONED), ("2.1", "2.1", "2.1", "2.0")
HOMES = {"one": COLLECTIONS[0].id, "two": COLLECTIONS[1].id}


def own_keys(rng: random.Random) -> frozenset[Key]:
    """The label keys of an object's own markings: one, now and then two; half of them such as may well go somewhere."""
    found = set[Key]()
    while not found or rng.random() < 0.15:
        key = rng.choice(every_key())
        if rng.random() < 0.7:
            to = rng.choice(((), ("BET", "DEL", "GAM"), ("LEA",), ("BET",)))
            caveats, categories = rng.choice(((), (), ("BY HAND",), ("ASK FIRST",))), rng.choice(((), (), (), ("MAPS",), ("WELLS",)))
            if key.policy is None:
                caveats, categories = (), ()
            originator = rng.choice((KEEPER, KEEPER, key.originator))
            key = key._replace(caveats=caveats, categories=categories, releasable_to=to, limited=bool(to), originator=originator)
        found.add(key)
    return frozenset(found)


def things_of(rng: random.Random, number: int, days: int, labels: Sequence[frozenset[Key]]) -> list[list[oracle.Thing]]:
    """What is put in on each day: most on the first; later versions, the same in another home, references to anything, also to what comes later."""
    ids = [f"{rng.choice(TYPES)}--{UUID(int=rng.getrandbits(128), version=4)}" for _ in range(number)]
    plan: list[list[oracle.Thing]] = [[] for _ in range(days)]
    for place, object_id in enumerate(ids):
        first = 0 if rng.random() < 0.6 else rng.randrange(days)
        versions = 1 if object_id.startswith(UNVERSIONED) else rng.choice((1, 1, 1, 1, 2, 3))
        for version in range(versions):
            refers = frozenset(rng.sample(ids, rng.choice((1, 1, 2))) if rng.random() < 0.2 else ()) - {object_id}
            day, home = min(days - 1, first + rng.choice((0, version))), rng.choice(tuple(HOMES))
            told = f'{{"id": "{object_id}", "n": {place}, "v": {version}, "home": "{home}"}}'
            giver, own = rng.choice((*[KEEPER] * 5, *PARTNERS)), rng.choice(labels)
            if giver != KEEPER:
                own = frozenset(key._replace(originator=giver) if key.originator == KEEPER else key for key in own)
            said = 0 if object_id.startswith(UNVERSIONED) else 1_500_000_000_000_000 + version
            made = oracle.Thing(object_id, said, home, own, refers, giver, told.encode(), rng.choice(SPECS))
            plan[day].append(made)
            if rng.random() < 0.15:  # the same again, elsewhere or of somebody else; a partner gives nothing as the keeper's
                other = rng.choice((giver, *PARTNERS))
                theirs = frozenset(key._replace(originator=other) if other != KEEPER and key.originator == KEEPER else key for key in own)
                again = min(len(plan) - 1, day + rng.choice((0, 0, 1)))
                body = told.encode() + b" " * (other != giver or not said)
                plan[again].append(replace(made, home=rng.choice(tuple(HOMES)), giver=other, own=theirs, body=body))
    for some in plan:
        rng.shuffle(some)
    return plan
