"""Acts as STIX objects: there and back, read by the tools of others, and refused in one line where they are not what they say."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
import stix2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from stix2validator import ValidationOptions, validate_string

from comity.acts import Act, Attachment, Entry, Source, canonical_bytes, sign
from comity.exchange.asking import ACT_TYPE
from comity.exchange.between.carrying_acts import LARGEST_ACT, act_extension, act_id, act_objects, read_act_object
from comity.exchange.markings import extension_objects, read_marking
from comity.terms import BadInput, Label, parse_moment

KEY = Ed25519PrivateKey.from_private_bytes(b"a key for a test of signatures..")
PLAIN = Act("ratify", "HUN", "cwc-HUN-ratify", "cwc", received=parse_moment("1996-10-31"), source=Source("UNTC XXVI.3", "depositary"))
SECRET = Act(
    "declare", "BEL", "d-1", "cwc", article="3", on_behalf_of="LUX", level="state", as_named="Belgien",
    counterparty=("FRA", "NLD"), territory=("ABW",), made=parse_moment("1980-01-xx"), notified=parse_moment("2019-11-22T18:00+09:00[Asia/Seoul]"),
    effect=parse_moment("1998?"), depositary="CHE",
    replies_to="sha256:" + "0" * 64, details={"says": "é; \n \"x\" \u2028"},
    attachments=(Attachment("sha256:" + "1" * 64, "text/plain", "fr", "Note"),),
    registration="1-1", source=Source("Ses archives", "text"),
    label=Label("NATIONAL", "SECRET", ("WELLS",), ("FRA", "NLD"), ("ASK FIRST",), "BEL"), nonce="00112233445566778899aabbccddeeff",
)  # fmt: skip
AT = datetime(2026, 3, 1, 12, 30, 1, 5000, tzinfo=UTC)


def carried(of: Act = PLAIN, signed: str | None = None, **changed: Any) -> bytes:
    """The object of an act, with other properties."""
    return json.dumps({**act_objects(Entry(of, date(2026, 3, 1), signature=signed))[-1], **changed}).encode()


@pytest.mark.parametrize("act", [PLAIN, SECRET], ids=["plain", "with everything"])
@pytest.mark.parametrize("signed", [True, False])
def test_an_act_comes_back_as_it_was(act: Act, signed: bool) -> None:
    signature = sign(act, KEY) if signed else None
    read = read_act_object(carried(act, signature))
    assert (read.act, read.act.hash, read.signature) == (act, act.hash, signature)
    assert canonical_bytes(read.act) == canonical_bytes(act)


def test_the_id_follows_from_the_hash_and_the_days_from_the_record() -> None:
    (known,) = act_objects(Entry(PLAIN, date(2026, 3, 1), AT))
    assert known["id"] == act_id(PLAIN.hash)
    assert (known["created"], known["modified"]) == ("2026-03-01T12:30:01.005Z",) * 2
    assert act_objects(Entry(PLAIN, date(2026, 3, 2)))[0]["created"] == "2026-03-02T00:00:00.000Z"
    assert act_objects(Entry(PLAIN, date.min))[0]["created"] == "1970-01-01T00:00:00.000Z"
    assert act_objects(Entry(PLAIN, date(2026, 3, 2)))[0]["id"] == known["id"] != act_id(SECRET.hash)


def test_what_is_not_public_bears_its_label_as_a_marking() -> None:
    marking, said = act_objects(Entry(SECRET, date(2026, 3, 1)))
    assert said["object_marking_refs"] == [marking["id"]]
    read = read_marking(marking)
    assert read is not None
    assert read.label.classification == "SECRET"
    label = Label("NATIONAL", "SECRET", releasable_to=("FRA",))
    own = Act("declare", "BEL", "d-2", on_behalf_of="LUX", label=label, nonce="0" * 32, source=Source("s"))
    read = read_marking(act_objects(Entry(own, date(2026, 3, 1)))[0])
    assert read is not None
    assert read.label.originator is not None
    assert read.label.originator.id.endswith("LUX"), "without an originator that is named it is its author"


def test_the_tools_of_others_carry_it() -> None:
    acts = [*act_objects(Entry(PLAIN, date(2026, 3, 1), AT, sign(PLAIN, KEY))), *act_objects(Entry(SECRET, date.min))]
    objects = [*extension_objects(), act_extension(), *acts]
    bundle = {"type": "bundle", "id": f"bundle--{uuid.UUID(int=1, version=4)}", "objects": objects}
    found = validate_string(json.dumps(bundle), ValidationOptions(version="2.1"))
    assert found.is_valid, [str(error) for one in found.object_results for error in one.errors]
    for one in objects:
        parsed = stix2.parse(one)
        again = json.loads(parsed.serialize()) if hasattr(parsed, "serialize") else parsed
        assert again == one
    assert json.loads(stix2.parse(bundle, allow_custom=True).serialize())["objects"] == objects


def plain_with(**changed: Any) -> bytes:
    """An object whose act has other fields, with the hash of it."""
    from hashlib import sha256

    plain = json.loads(canonical_bytes(PLAIN).removeprefix(b"comity act 1\n")) | changed
    told = {name: plain[name] for name in sorted(plain) if plain[name] is not None}
    text = "comity act 1\n" + json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    hashed = "sha256:" + sha256(text.encode()).hexdigest()
    return carried(id=act_id(hashed), sha256=hashed, act=text)


WRONG = {
    "no JSON": (b"{", "is not JSON"),
    "too deep": (b'{"type":' + b"[" * 100_000, "is not JSON"),
    "one thing twice": (carried().replace(b'{"type"', b'{"type": "x", "type"', 1), "says one thing twice"),
    "a list": (b"[]", "is no comity-act"),
    "another type": (carried(type="report"), "is no comity-act"),
    "no act": (carried(act=None), "needs the texts"),
    "a hash that is a number": (carried(sha256=5), "needs the texts"),
    "a signature that is a list": (carried(signature=[]), "may have the text signature"),
    "a signature that is none": (carried(signature="a.b.c"), "a signature is written"),
    "another id": (carried(id=f"{ACT_TYPE}--{uuid.UUID(int=2)}"), "does not follow from the hash"),
    "another hash": (carried(sha256=SECRET.hash, id=act_id(SECRET.hash)), "does not have the hash that is given"),
    "half a character": (carried().replace(b"comity act 1", b"\\ud800omity act 1"), "half a character"),
    "a huge one": (plain_with(ref="x" * LARGEST_ACT), "one from elsewhere may have"),
    "a huge object": (b" " * (4 * LARGEST_ACT + 1), "an act as an object has no more"),
    "a number as a reference": (plain_with(ref=5), "'ref' is none that an act has"),
    "a list as a kind": (plain_with(kind=["ratify"]), "'kind' is none that an act has"),
    "details that are a list": (plain_with(details=["x"]), "'details' is none"),
    "details within details": (plain_with(details={"a": {"b": "c"}}), "'details' is none"),
    "lists within lists": (plain_with(counterparty=[["a"]]), "'counterparty' is none"),
    "another source": (plain_with(source={"citation": "x", "basis": {"y": "z"}}), "'source' is none"),
    "a label of numbers": (plain_with(label={"policy": 1}), "'label' is none"),
    "attachments of nothing": (plain_with(attachments=[1]), "'attachments' is none"),
    "a field that no act has": (plain_with(power="all"), "'power' is none"),
    "an order that is not canonical": (plain_with(details={"b": "1", "a": "2"}), "others that read alike"),
    "a day that is none": (plain_with(made="2026-02-31"), "is not a day of the calendar"),
    "a reference of many lines": (plain_with(ref="x\n" * 9000, label={"policy": "N"}), "cannot be read"),
    "no source": (plain_with(source=None), "are not the canonical bytes"),
    "a secret without nonce": (plain_with(label={"policy": "N", "classification": "S"}), "needs a nonce"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_act_is_refused_in_one_line(name: str) -> None:
    body, says = WRONG[name]
    with pytest.raises(BadInput) as problem:
        read_act_object(body)
    assert says in str(problem.value)
    assert str(problem.value).isprintable()
    assert len(str(problem.value)) < 300
