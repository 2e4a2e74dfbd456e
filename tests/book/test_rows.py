"""A row becomes an entry and an entry the same row; what is not in a row stands in from what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.acts import BASES, LEVELS, Act, Attachment, Entry, Source, is_signed_by, read_signature, sign
from comity.book import COLUMNS, Problem, row_of, write_rows
from comity.book.tables import entry_of, read_rows
from comity.terms import PUBLIC, Label, parse_moment

WORD = st.text("abcXYZé0189-/()", min_size=1, max_size=8)
WORDS = st.text("abc XYZé,\"'=\n|0", min_size=1, max_size=20).filter(lambda t: t.strip() == t)
CODES = st.lists(st.sampled_from(("AAA", "BBB", "ORG/COUNCIL")), unique=True, max_size=3).map(tuple)
MOMENTS = st.sampled_from((None, "2000-01-31", "1980-xx-xx", "1998~", "1998-03-01/1998-05-31", "2019-11-22T18:00+09:00[Asia/Seoul]")).map(
    lambda text: parse_moment(text) if text else None
)
MAYBE = st.none() | WORD
KEYS = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)
HASH = st.text("0123456789abcdef", min_size=64, max_size=64).map("sha256:".__add__)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    public = draw(st.booleans())
    label = PUBLIC if public else Label("NATO", draw(st.sampled_from(("RESTRICTED", "SECRET"))), draw(CODES), draw(CODES), draw(CODES), draw(MAYBE))
    said = draw(st.dictionaries(st.sampled_from(("articles", "says")), WORDS.filter(lambda t: ";" not in t)))
    act = Act(
        kind="declare",
        actor=draw(WORD),
        ref=draw(WORD),
        agreement=draw(WORD),
        article=draw(MAYBE),
        on_behalf_of=draw(MAYBE),
        level=draw(st.sampled_from((None, *LEVELS))),
        as_named=draw(st.none() | WORDS),
        counterparty=draw(CODES),
        territory=draw(CODES),
        made=draw(MOMENTS),
        received=parse_moment("2001-02-03"),
        notified=draw(MOMENTS),
        effect=draw(MOMENTS),
        depositary=draw(MAYBE),
        replies_to=draw(st.none() | HASH),
        details=said,
        attachments=tuple(Attachment(draw(HASH), "application/pdf", "en", t) for t in draw(st.lists(st.sampled_from(("", "A letter")), max_size=2))),
        registration=draw(MAYBE),
        source=Source(draw(WORDS), draw(st.sampled_from(BASES))),
        label=label,
        nonce=None if public else draw(st.text("0123456789abcdef", min_size=32, max_size=32)),
    )
    key = draw(st.none() | KEYS)
    return Entry(act, draw(st.dates(date(1900, 1, 1), date(2100, 1, 1))), signature=None if key is None else sign(act, key))


@settings(max_examples=150, deadline=None)
@given(found=st.lists(entries(), max_size=3))
def test_entries_written_as_rows_read_back_as_themselves(found: list[Entry]) -> None:
    """Through the CSV's text, with its quotes, commas and line breaks: the same acts, the same hashes."""
    text = write_rows([row_of(e, e.act.replies_to) for e in found])
    problems: list[Problem] = []
    rows = [row for _, row in read_rows("acts/x.csv", text, problems)]
    assert problems == []
    again = [entry_of(row, row.get("replies_to") or None, None) for row in rows]
    assert again == found
    assert [e.act.hash for e in again] == [e.act.hash for e in found]


@settings(max_examples=30, deadline=None)
@given(entry=entries(), key=KEYS)
def test_a_signature_fits_the_act_that_reads_back(entry: Entry, key: Ed25519PrivateKey) -> None:
    text = write_rows([row_of(replace(entry, signature=sign(entry.act, key)), entry.act.replies_to)])
    row = next(row for _, row in read_rows("acts/x.csv", text, []))
    again = entry_of(row, row.get("replies_to") or None, None)
    assert again.signature is not None
    assert is_signed_by(again.act, read_signature(again.signature), key.public_key().public_bytes_raw())


@settings(max_examples=50, deadline=None)
@given(entry=entries())
def test_a_row_has_every_column_and_only_text(entry: Entry) -> None:
    row = row_of(entry, None)
    assert tuple(row) == COLUMNS
    assert all(isinstance(value, str) for value in row.values())


def test_only_the_columns_that_are_used_are_written() -> None:
    entry = Entry(Act("sign", "AAA", "a", "pact", made=parse_moment("2000-01-01"), source=Source("s")), date(2000, 1, 1))
    assert write_rows([row_of(entry, None, recorded=False)]) == "ref,kind,actor,agreement,made,source,basis\na,sign,AAA,pact,2000-01-01,s,official\n"
    assert write_rows([]) == "ref,kind,actor,source\n"


ROW = {"ref": "a", "kind": "sign", "actor": "AAA", "agreement": "pact", "source": "s"}


@pytest.mark.parametrize(
    ("moments", "recorded"),
    [
        ({"made": "2000-01-01", "received": "2000-02-01", "notified": "2000-03-01"}, date(2000, 2, 1)),
        ({"made": "2000-01-01"}, date(2000, 1, 1)),
        ({"made": "2000-01-01", "notified": "2000-03-01"}, date(2000, 1, 1)),
        ({"notified": "2000-03-01"}, date(2000, 3, 1)),
        ({"effect": "2000-04-01"}, date(2000, 4, 1)),
        ({"received": "2000-02-xx"}, date(2000, 2, 29)),
        ({"received": "2000-02-01", "recorded": "2015-06-07"}, date(2015, 6, 7)),
    ],
)
def test_a_blank_recorded_is_the_day_received_else_made_else_notified(moments: dict[str, str], recorded: date) -> None:
    """As docs/reference/book-format.md says; a partial day is known on its last."""
    assert entry_of({**ROW, **moments}, None, None).recorded == recorded


def test_a_book_may_say_one_day_on_which_all_was_recorded() -> None:
    assert entry_of({**ROW, "made": "2000-01-01"}, None, date(2015, 1, 1)).recorded == date(2015, 1, 1)
    assert entry_of({**ROW, "made": "2000-01-01", "recorded": "2001-01-01"}, None, date(2015, 1, 1)).recorded == date(2001, 1, 1)
