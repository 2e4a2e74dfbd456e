"""A partner that means harm: what it serves, drawn from a seed, request by request. The others must neither break nor believe it."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import Act, Entry, Source, sign, thumbprint_of, to_base64url
from comity.exchange.between.asking_partners import MEDIA_TYPE, Answer, Asking
from comity.exchange.between.carrying_acts import act_objects
from comity.exchange.between.raw_objects import write_envelope
from comity.terms import Moment
from tests.exchange.taxii_in_memory import said, stamped

COLLECTION = "everything"
_TAXII = {"Content-Type": MEDIA_TYPE}


class HostilePartner:
    """Serves what it likes. ``heard``: acts of others that it got hold of, with their signatures. ``genuine``: its own acts, by their hashes."""

    def __init__(self, party: str, key: Ed25519PrivateKey, rng: random.Random, stamp: Callable[[], int]) -> None:
        self.party, self.key, self.rng, self.stamp = party, key, rng, stamp
        self.heard: dict[str, tuple[Act, str | None]] = {}
        self.seen: list[bytes] = []
        self.genuine: dict[str, Act] = {}
        self.gentle = False
        self._count = 0

    def answers(self, asking: Asking, to: str) -> Answer:
        parts = asking.path.strip("/").split("/")
        if parts[-1] == "objects":
            return self._objects(to) if self.gentle or self.rng.random() < 0.5 else self._trick(asking)
        if not self.gentle and self.rng.random() < 0.08:
            return self._trick(asking)
        if parts == ["taxii2"]:
            return said({"title": "ours", "api_roots": ["/api/"]})
        if parts == ["api"]:
            return said({"title": "api", "versions": [MEDIA_TYPE]})
        return said({"collections": [{"id": COLLECTION, "title": "Everything", "can_read": True, "can_write": False}]})

    # -- how it answers

    def _trick(self, asking: Asking) -> Answer:
        self._count += 1
        dates = {**_TAXII, "X-TAXII-Date-Added-Last": stamped(self.stamp())}
        tricks: Sequence[Callable[[], Answer]] = (
            lambda: Answer(200, _TAXII, b'{"more":true}'),
            lambda: Answer(200, _TAXII, b'{"more":true,"next":"again"}'),
            lambda: Answer(200, _TAXII, b'{"more":true,"next":"' + str(self._count).encode() + b'"}'),
            lambda: Answer(200, dates, b'{"more":true,"objects":[1,null,"x",{"id":"y"},{"id":"../--x","type":"../"}]}'),
            lambda: Answer(200, _TAXII, b'{"objects":[{"a":' + b"[" * 3000 + b"]" * 3000 + b"}]}"),
            lambda: Answer(200, dates, write_envelope([_deep()])),
            lambda: Answer(200, _TAXII, b"x" * (asking.most + 1)),
            lambda: Answer(200, {"Content-Type": "text/html"}, b"<html>"),
            lambda: Answer(200, _TAXII, b'{"objects":[], "objects":[]}'),
            lambda: Answer(200, _TAXII, b"\xff\xfe"),
            lambda: Answer(200, {**_TAXII, "X-TAXII-Date-Added-Last": "9999-12-31T23:59:59.999999Z"}, write_envelope(self._forged(""))),
            lambda: Answer(200, {**_TAXII, "X-TAXII-Date-Added-Last": "\x1b[2J"}, write_envelope(self._forged(""))),
            lambda: Answer(302, {"Location": "http://127.0.0.1/admin"}),
            lambda: Answer(401, _TAXII, b'{"title":"\\u001b[31mgive me your password"}'),
            lambda: Answer(429, {"Retry-After": "999999999999"}),
            lambda: Answer(503, {"Retry-After": "1"}),
            lambda: Answer(500),
            lambda: Answer(200, _TAXII, b'{"api_roots":["http://elsewhere.example/","/../../"],"versions":["x"],"collections":[{"id":"../.."}]}'),
        )
        return self.rng.choice(tricks)()

    def _objects(self, to: str) -> Answer:
        objects = self._own() + ([] if self.gentle else self._forged(to))
        return Answer(200, {**_TAXII, "X-TAXII-Date-Added-Last": stamped(self.stamp())}, write_envelope(objects))

    # -- what it serves

    def _own(self) -> list[bytes]:
        """What it really does, told to some and not to others; and what it heard, passed on."""
        if not self.gentle and self.rng.random() < 0.3:
            kind = self.rng.choice(("ratify", "denounce"))
            act = self._act(self.party, kind, f"{self.party}-{kind}-{self.rng.getrandbits(64):x}")
            self.genuine[act.hash] = act
            self.heard[act.hash] = act, sign(act, self.key)
        passed_on = [one for one in self.heard.values() if self.gentle or self.rng.random() < 0.5]
        return [_carried(act, signature) for act, signature in passed_on]

    def _forged(self, to: str) -> list[bytes]:
        found = [_carried(*self.rng.choice(self._forgeries(to))) for _ in range(self.rng.randrange(4))]
        if found and self.rng.random() < 0.3:
            found[0] = found[0].replace(b"ratify", b"object", 1)
        if self.seen and self.rng.random() < 0.5:
            other = json.loads(self.rng.choice(self.seen))
            other["label"] = {"originator": self.rng.choice((self.party, other["label"]["originator"])), "to": None, "pact": None, "onward": True}
            found.append(json.dumps(other).encode())
        if self.rng.random() < 0.2:
            notice = {"type": "recall-notice", "id": f"recall-notice--{uuid.UUID(int=self.rng.getrandbits(128))}", "modified": "x", "act": "sha256:0"}
            stolen = json.loads(self.rng.choice(self.seen))["id"] if self.seen else "x"
            label = {"originator": self.party, "to": None, "pact": None, "onward": True}
            found.append(json.dumps({**notice, "item": stolen, "label": label}).encode())
        return found

    def _forgeries(self, to: str) -> Sequence[tuple[Act, str | None]]:
        """Acts that are said to be another's, or do what nobody may do from elsewhere."""
        rng, others = self.rng, [act for act, _ in self.heard.values() if act.actor != self.party]
        victim = rng.choice(others).actor if others else "AAA"
        fresh = f"forged-{rng.getrandbits(64):x}"
        ratify = self._act(victim, "denounce", fresh)
        own_key = to_base64url(self.key.public_key().public_bytes_raw())
        theirs = self._act(victim, "introduce-key", fresh, pact=None, details={"key": own_key})
        revoked = self._act(victim, "revoke-key", fresh, pact=None, details={"thumbprint": thumbprint_of(self.key.public_key().public_bytes_raw())})
        bound = replace(self._act(self.party, "denounce", fresh), on_behalf_of=victim)
        keepers = self._act(to or victim, "admit-partner", fresh, pact=None, counterparty=(self.party,))
        partner = self._act(self.party, "admit-partner", fresh, pact=None, counterparty=(self.party,))
        fact = self._act(self.party, "establish-fact", fresh, details={"fact": "war"})
        found: list[tuple[Act, str | None]] = [
            (act, signature) for act in (ratify, theirs, revoked, bound, keepers, partner, fact) for signature in (None, sign(act, self.key))
        ]
        if others:
            act = rng.choice(others)
            found += [
                (replace(act, ref=fresh), self.heard[act.hash][1]),
                (self._act(self.party, "retract", fresh, replies_to=act.hash), None),
                (self._act(self.party, "replace", fresh, replies_to=act.hash, details={"kind": "denounce"}), sign(act, self.key)),
                (self._act(self.party, "denounce", act.ref), None),
            ]
        return found

    def _act(self, actor: str, kind: str, ref: str, pact: str | None = "pact-0", **more: object) -> Act:
        day = date(2026, 1, 1 + self.rng.randrange(28))
        return Act(kind, actor, ref, pact, made=Moment(day.isoformat(), day, day), source=Source("forged", "text"), **more)  # type: ignore[arg-type]


def _carried(act: Act, signature: str | None) -> bytes:
    (carried,) = act_objects(Entry(act, date(2026, 1, 1), signature=signature))
    return json.dumps(carried).encode()


def _deep() -> bytes:
    return b'{"type":"deep","id":"deep--00000000-0000-4000-8000-000000000000","in":' + b"[" * 100 + b"]" * 100 + b"}"
