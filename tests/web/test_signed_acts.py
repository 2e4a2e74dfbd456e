"""The page of an act says whose signature it bears; what does not hold is among the findings, of keys under no agreement too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from comity.about import Opened
from comity.acts import Act, Entry, Source, sign, to_base64url
from comity.standing import Record, finding_to_plain
from comity.terms import parse_moment
from comity.web.holding import Held
from tests.book.folders import told
from tests.web.conftest import client_of

KEY = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
TODAY = date(2020, 1, 1)


def entry(kind: str, ref: str, made: str, signed: bool = True, agreement: str | None = None, **details: str) -> Entry:
    act = Act(kind, "AAA", ref, agreement, made=parse_moment(made), details=details, source=Source("the story"))
    return Entry(act, date.fromisoformat(made), signature=sign(act, KEY) if signed else None)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """AAA's key is introduced, signs two acts, and is given up by an act that names another key by mistake."""
    opened = told(tmp_path_factory.mktemp("signed"), "AAA ratify 2000-02-01\nBBB ratify 2000-03-01")
    record = opened.record
    changed = entry("declare", "changed", "2001-02-01", agreement="pact", says="one thing")
    entries = (
        *record.entries,
        entry("introduce-key", "key", "2001-01-01", key=to_base64url(KEY.public_key().public_bytes_raw())),
        entry("declare", "whole", "2001-02-01", agreement="pact"),
        replace(changed, act=replace(changed.act, details={"says": "another"})),
        entry("revoke-key", "mistaken", "2002-01-01", thumbprint="A" * 43, reason="ceased"),
    )
    found = Held(Opened(replace(opened.book, record=Record(record.agreements, entries, record.register))), today=lambda: TODAY, patience=20.0)
    yield found
    found.stop()


@pytest.fixture
def client(held: Held) -> Client:
    return client_of(held)


def test_a_signature_that_holds_is_shown_with_whose_it_is(client: Client) -> None:
    assert "holds: signed by" in client.get("/acts/whole").content.decode()
    assert client.get("/acts/whole?format=json").json()["acts"][0]["signed"]["by"] == "AAA"


def test_a_signature_that_does_not_hold_is_shown_with_what_is_wrong(client: Client) -> None:
    page = client.get("/acts/changed").content.decode()
    assert "act or signature was changed" in page
    assert "holds: signed by" not in page


def test_an_act_without_signature_says_nothing_of_one(client: Client) -> None:
    assert "<dt>signature</dt>" not in client.get("/acts/pact-AAA-ratify").content.decode()
    assert "signed" not in client.get("/acts/pact-AAA-ratify?format=json").json()["acts"][0]


def test_a_signature_is_told_as_known_on_the_day_that_is_asked_about(client: Client) -> None:
    introduction = client.get("/acts/key?known=2001-01-01&format=json").json()["acts"][0]
    assert introduction["signed"]["by"] == "AAA"


def test_findings_about_signatures_and_keys_stand_among_the_others(client: Client, held: Held) -> None:
    found = client.get("/findings?whole=1&format=json").json()["findings"]
    assert found == [finding_to_plain(f) for f in held.opened.standing(on=TODAY, known=TODAY).findings()]
    assert {(f["where"], f["code"]) for f in found} >= {("changed", "signature-misfit"), ("mistaken", "key-not-theirs")}
    assert "mistaken" in client.get("/findings?whole=1").content.decode()
    under = client.get("/findings?agreement=pact&format=json").json()["findings"]
    assert ("changed", "signature-misfit") in {(f["where"], f["code"]) for f in under}
    assert "mistaken" not in {f["where"] for f in under}
    assert "mistaken" in {f["where"] for f in client.get("/findings?party=AAA&format=json").json()["findings"]}
    assert "mistaken" not in {f["where"] for f in client.get("/findings?party=BBB&format=json").json()["findings"]}
