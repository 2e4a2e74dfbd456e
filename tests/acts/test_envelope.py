"""The envelope is final: a fixed act has a fixed hash, for good; what may not be hashed unguarded is refused."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.acts import Act, Attachment, Entry, Source, canonical_bytes, to_plain
from comity.terms import PUBLIC, BadInput, Label, parse_day, parse_moment


def _with(act: Act, name: str, value: object) -> Act:
    """The act with one field changed."""
    changed: dict[str, Any] = {name: value}
    return replace(act, **changed)


PLAIN = Act(
    "ratify", "HUN", "cwc-HUN-ratify", "cwc", received=parse_moment("1996-10-31"), source=Source("UN Treaty Collection, XXVI.3", "depositary")
)
PLAIN_BYTES = (
    b"comity act 1\n"
    b'{"actor":"HUN","agreement":"cwc","kind":"ratify","received":"1996-10-31","ref":"cwc-HUN-ratify",'
    b'"source":{"basis":"depositary","citation":"UN Treaty Collection, XXVI.3"}}'
)
PLAIN_HASH = "sha256:4319faa3bbbbc729a1a542b6fceba49077abee080ec83badc05f1a8a878904fe"

FULL = Act(
    kind="reserve",
    actor="GBR/army",
    ref="pact-GBR-reserve",
    agreement="pact",
    article="IX(1)",
    on_behalf_of="GBR",
    level="force",
    as_named='United "Kingdom" \\ of Åland',
    counterparty=("FRA", "DEU"),
    territory=("GIB",),
    made=parse_moment("1980-01-xx"),
    received=parse_moment("2019-11-22T18:00+09:00[Asia/Seoul]"),
    notified=parse_moment("1998~"),
    effect=parse_moment("1998-03-01/1998-05-31"),
    depositary="USA",
    replies_to="sha256:" + "ab" * 32,
    details={"says": "line\nbreak\ttab \u2028 \U0001f54a", "articles": "1,2"},
    attachments=(Attachment("sha256:" + "cd" * 32, "application/pdf", "fr", "Réserve"),),
    registration="UNTS 1",
    source=Source("file 7", "text"),
    label=Label("NATO", "SECRET", ("CRYPTO",), ("FRA", "DEU"), ("ORCON",), "GBR"),
    nonce="00112233445566778899aabbccddeeff",
)
FULL_HASH = "sha256:137f429e410f809d68a50f466a1c4b862b67d0734ea6e8145c104d96705c0396"


def test_a_plain_act_has_these_bytes_and_this_hash_for_good() -> None:
    """If this test fails every hash, signature and reply on record breaks: write version 2 instead, do not touch the number."""
    assert canonical_bytes(PLAIN) == PLAIN_BYTES
    assert PLAIN.hash == PLAIN_HASH


def test_an_act_with_every_field_has_this_hash_for_good() -> None:
    assert all(getattr(FULL, f.name) for f in fields(Act)), "the golden act must fill every field of the envelope"
    assert FULL.hash == FULL_HASH


def test_the_field_set_is_closed() -> None:
    assert [f.name for f in fields(Act)] == [
        "kind", "actor", "ref", "agreement", "article", "on_behalf_of", "level", "as_named", "counterparty", "territory", "made", "received",
        "notified", "effect", "depositary", "replies_to", "details", "attachments", "registration", "source", "label", "nonce",
    ]  # fmt: skip


def test_the_bytes_are_sorted_json_of_strings_lists_and_objects_with_nothing_empty() -> None:
    head, _, body = canonical_bytes(FULL).partition(b"\n")
    assert head == b"comity act 1"
    read = json.loads(body)
    assert list(read) == sorted(read)
    assert json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == body

    def check(value: object) -> None:
        assert value, "empty values are left out"
        assert isinstance(value, str | list | dict)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    check(read)


def test_an_empty_field_is_left_out_so_that_absent_and_blank_are_one() -> None:
    assert set(to_plain(PLAIN)) == {"kind", "actor", "ref", "agreement", "received", "source"}
    assert replace(PLAIN, article="", counterparty=(), details={}, nonce=None).hash == PLAIN.hash
    assert replace(PLAIN, details={"note": ""}).hash == PLAIN.hash


def test_one_text_in_two_unicode_spellings_is_one_act() -> None:
    composed, decomposed = "Åland", "A\u030aland"
    assert composed != decomposed
    assert unicodedata.normalize("NFC", decomposed) == composed
    for name in ("as_named", "registration", "article"):
        assert _with(PLAIN, name, composed).hash == _with(PLAIN, name, decomposed).hash
    assert replace(PLAIN, details={"says": composed}).hash == replace(PLAIN, details={"says": decomposed}).hash
    assert replace(PLAIN, counterparty=(composed,)).hash == replace(PLAIN, counterparty=(decomposed,)).hash


def test_details_hash_alike_whatever_order_they_were_written_in() -> None:
    assert replace(PLAIN, details={"a": "1", "b": "2"}).hash == replace(PLAIN, details={"b": "2", "a": "1"}).hash
    assert replace(PLAIN, details={"a": "1", "b": "2"}).hash != replace(PLAIN, details={"a": "2", "b": "1"}).hash


@pytest.mark.parametrize("field", [f.name for f in fields(Act) if f.name not in ("label", "nonce")])
def test_every_field_is_under_the_hash(field: str) -> None:
    """Change one field of the full act, and it is another act."""
    empty: dict[str, object] = {"counterparty": (), "territory": (), "attachments": (), "details": {}, "source": Source("other", "memory")}
    other = "changed" if field in ("kind", "actor", "ref") else empty.get(field)
    assert _with(FULL, field, other).hash != FULL.hash


def test_neither_clock_of_knowledge_is_under_the_hash() -> None:
    assert Entry(PLAIN, parse_day("1996-10-31")).act.hash == Entry(PLAIN, parse_day("2020-01-01")).act.hash


@pytest.mark.parametrize("label", [Label("NATO", "SECRET"), Label(classification="RESTRICTED"), Label(releasable_to=("FRA",)), Label(caveats=("X",))])
def test_an_act_that_is_not_public_needs_a_nonce(label: Label) -> None:
    """Without one its hash could be guessed from what it might say."""
    with pytest.raises(BadInput, match="needs a nonce of 128 random bits"):
        replace(PLAIN, label=label)
    guarded = replace(PLAIN, label=label, nonce="0" * 32)
    assert guarded.hash != replace(PLAIN, label=label, nonce="1" * 32).hash


@pytest.mark.parametrize("nonce", ["", "0" * 31, "0" * 33, "0" * 31 + "G", "A" * 32, "0" * 32 + "\n"])
def test_a_nonce_is_thirty_two_small_hex_digits(nonce: str) -> None:
    with pytest.raises(BadInput, match="nonce"):
        replace(FULL, nonce=nonce)


def test_a_public_label_adds_nothing_to_the_bytes() -> None:
    assert "label" not in to_plain(PLAIN)
    assert replace(PLAIN, label=PUBLIC).hash == PLAIN.hash


def test_acts_that_are_equal_hash_alike_and_stand_once_in_a_set() -> None:
    again = replace(PLAIN)
    assert again == PLAIN
    assert {again, PLAIN} == {PLAIN}
    assert PLAIN.hash == "sha256:" + hashlib.sha256(canonical_bytes(PLAIN)).hexdigest()


def test_an_act_is_attributed_to_the_one_on_whose_behalf_it_was_done_where_that_is_said() -> None:
    assert replace(PLAIN, actor="USA/navy", on_behalf_of="USA").attributed_to == "USA"
    assert replace(PLAIN, actor="USA/navy", on_behalf_of=None).attributed_to == "USA/navy"


def test_flags_and_lists_are_read_from_the_details() -> None:
    act = replace(PLAIN, details={"authorised": "yes", "late": "no", "articles": " 1, 2(1) ,,3 "})
    assert act.flag("authorised")
    assert not act.flag("late")
    assert not act.flag("missing")
    assert act.listed("articles") == ("1", "2(1)", "3")
    assert act.listed("missing") == ()


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1), key=st.text(min_size=1))
def test_any_text_gives_bytes_that_read_back_as_that_text(text: str, key: str) -> None:
    body = canonical_bytes(replace(PLAIN, article=text, details={key: text})).partition(b"\n")[2]
    read = json.loads(body)
    wanted = unicodedata.normalize("NFC", text)
    assert read["article"] == wanted
    assert read["details"] == {unicodedata.normalize("NFC", key): wanted}


def test_keys_are_sorted_by_utf_16_code_unit_as_rfc_8785_has_it() -> None:
    """U+1F54A is two units from U+D83D, so it goes before U+FF21; by code point it would go after."""
    body = canonical_bytes(replace(PLAIN, details={"\uff21": "1", "\U0001f54a": "2"})).decode()
    assert body.index("\U0001f54a") < body.index("\uff21")
