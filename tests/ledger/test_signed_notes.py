"""Checkpoints are signed and cosigned as the C2SP specifications say, and a note that somebody has touched says nothing."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from comity.ledger.notes import (
    MOST_BYTES,
    MOST_SIGNATURES,
    Checkpoint,
    SignatureType,
    Signed,
    Signer,
    Verifier,
    cosign,
    cosignature,
    cosigned_message,
    read_checkpoint,
    read_note,
    read_verifier_key,
    sign,
    signatures,
    verifier_key,
    verify,
)
from comity.terms import BadInput

LOG = Signer("example.org/ledger", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = Signer("witness.example/w1", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
OTHER = Signer("witness.example/w2", Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34))))
BY_LOG, BY_WITNESS, BY_OTHER = LOG.verifier(), WITNESS.verifier(SignatureType.COSIGNATURE), OTHER.verifier(SignatureType.COSIGNATURE)
AT = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
CHECKPOINT = Checkpoint("example.org/ledger", 20852163, bytes(range(100, 132)))
ROOT = base64.b64encode(CHECKPOINT.root).decode()
SIGNED = sign(CHECKPOINT, LOG)
COSIGNED = cosign(SIGNED, WITNESS, AT)

# The example of signed-note, and the checkpoint that tlog-cosignature gives as an example; the keys of the latter are not published.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
BEHIND_THE_SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def with_line(note: str, name: str, blob: bytes) -> str:
    return f"{note}— {name} {base64.b64encode(blob).decode()}\n"


# --- what is written


def test_the_example_of_the_specification_verifies() -> None:
    verifier = read_verifier_key(EXAMPLE_KEY)
    assert verify(EXAMPLE, [verifier]) == [Signed(verifier)]
    assert (verifier.name, verifier.type, verifier.key_id.hex()) == ("example.com/foo", SignatureType.ED25519, "530d903a")
    assert verifier_key(verifier.name, verifier.public_key) == EXAMPLE_KEY


def test_the_cosigned_example_of_the_specification_is_taken_apart() -> None:
    text, (log, witness) = read_note(BEHIND_THE_SOFA)
    assert read_checkpoint(text).size == 20852163
    assert read_checkpoint(text).text() == text
    assert (log.name, len(log.signature)) == ("example.com/behind-the-sofa", 64)
    assert (witness.name, witness.key_id.hex(), len(witness.signature)) == ("witness.example.com/w1", "8d66cf3f", 72)
    assert int.from_bytes(witness.signature[:8], "big") == 1679315147
    expected = "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert cosigned_message(text, 1679315147) == expected.encode()


def test_a_signed_checkpoint_is_three_lines_a_blank_one_and_the_signature_of_the_lines() -> None:
    text = f"example.org/ledger\n20852163\n{ROOT}\n"
    public = LOG.key.public_key().public_bytes_raw()
    key_id = sha256(b"example.org/ledger\n\x01" + public).digest()[:4]
    blob = base64.b64encode(key_id + LOG.key.sign(text.encode())).decode()
    assert f"{text}\n— example.org/ledger {blob}\n" == SIGNED
    assert CHECKPOINT.text() == text


def test_a_cosignature_is_over_its_header_its_time_and_the_whole_text() -> None:
    checkpoint = replace(CHECKPOINT, extensions=("one", "— two"))
    note = cosign(sign(checkpoint, LOG), WITNESS, AT)
    name, key_id, blob = signatures(note)[1]
    public = WITNESS.key.public_key().public_bytes_raw()
    seconds = 1772368215
    assert seconds == int(AT.timestamp())
    assert (name, key_id) == (WITNESS.name, sha256(b"witness.example/w1\n\x04" + public).digest()[:4])
    assert blob[:8] == seconds.to_bytes(8, "big")
    message = f"cosignature/v1\ntime {seconds}\nexample.org/ledger\n20852163\n{ROOT}\none\n— two\n".encode()
    Ed25519PublicKey.from_public_bytes(public).verify(blob[8:], message)
    assert note == sign(checkpoint, LOG) + cosignature(checkpoint.text(), WITNESS, AT)


def test_who_signed_and_when_is_told_of_the_keys_that_are_known() -> None:
    note = cosign(COSIGNED, OTHER, AT + timedelta(seconds=1, microseconds=999_999))
    every = [Signed(BY_LOG), Signed(BY_WITNESS, AT), Signed(BY_OTHER, AT + timedelta(seconds=1))]
    assert verify(note, [BY_OTHER, BY_WITNESS, BY_LOG]) == every
    assert verify(note, [BY_OTHER]) == every[2:]
    assert verify(note, []) == []
    assert verify(note, [WITNESS.verifier(), LOG.verifier(SignatureType.COSIGNATURE)]) == [], "the same keys, but known for something else"
    assert read_checkpoint(read_note(note).text) == CHECKPOINT


def test_a_time_is_the_same_in_every_zone() -> None:
    assert cosignature(CHECKPOINT.text(), WITNESS, AT.astimezone(timezone(timedelta(hours=5, minutes=30)))) == COSIGNED.removeprefix(SIGNED)


def test_a_cosigner_who_cosigned_twice_is_told_once_with_the_later_time() -> None:
    for first, second in ((0, 5), (5, 0), (0, 0)):
        note = cosign(cosign(SIGNED, WITNESS, AT + timedelta(first)), WITNESS, AT + timedelta(second))
        assert verify(note, [BY_LOG, BY_WITNESS, BY_WITNESS]) == [Signed(BY_LOG), Signed(BY_WITNESS, AT + timedelta(max(first, second)))]


@pytest.mark.parametrize("kind", SignatureType)
def test_a_verifier_key_is_read_as_it_was_written(kind: SignatureType) -> None:
    verifier = LOG.verifier(kind)
    assert read_verifier_key(verifier_key(verifier.name, verifier.public_key, kind)) == verifier


times = st.timedeltas(timedelta(0), timedelta(days=2_900_000)).map(lambda since: datetime(1970, 1, 1, tzinfo=UTC) + since)
lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32)))), min_size=1, max_size=30)


@given(lines, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3), times)
def test_any_checkpoint_is_read_back_as_it_was_signed(origin: str, size: int, root: bytes, extensions: list[str], at: datetime) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    note = cosign(sign(checkpoint, LOG), WITNESS, at)
    assert read_checkpoint(read_note(note).text) == checkpoint
    assert verify(note, [BY_LOG, BY_WITNESS]) == [Signed(BY_LOG), Signed(BY_WITNESS, at.replace(microsecond=0))]


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_note, read_checkpoint, read_verifier_key):
        with suppress(BadInput):
            read(text)


# --- what was touched


def outcome(note: str) -> set[Signed]:
    try:
        return set(verify(note, [BY_LOG, BY_WITNESS]))
    except BadInput:
        return set()


def test_no_character_can_be_changed_left_out_or_added() -> None:
    whole = {Signed(BY_LOG), Signed(BY_WITNESS, AT)}
    assert outcome(COSIGNED) == whole
    witness_from = len(SIGNED)
    for at, right in enumerate(COSIGNED):
        others = {chr(ord(right) ^ bit) for bit in (1, 2, 4, 8, 16, 32)} | {"A", "=", "+", " ", "\n", "—", "0", "\u2028", "é"}
        changed = [COSIGNED[:at] + other + COSIGNED[at + 1 :] for other in others - {right}]
        added = [COSIGNED[:at] + other + COSIGNED[at:] for other in others]
        for note in (*changed, *added, COSIGNED[:at] + COSIGNED[at + 1 :]):
            found = outcome(note)
            assert note == COSIGNED or found < whole, (at, note)
            assert note == COSIGNED or found <= ({Signed(BY_LOG)} if at >= witness_from else {Signed(BY_WITNESS, AT)}), (at, note)


def test_no_bit_of_a_signature_can_be_changed() -> None:
    for by, line in zip((BY_LOG, BY_WITNESS), signatures(COSIGNED), strict=True):
        for bit in range(8 * len(line.signature)):
            blob = bytearray(line.signature)
            blob[bit // 8] ^= 1 << bit % 8
            with pytest.raises(BadInput, match=f"signature of {by.name} .* reject the note"):
                verify(with_line(f"{CHECKPOINT.text()}\n", by.name, line.key_id + blob), [by])


@pytest.mark.parametrize("length", [1, 8, 63, 65, 71, 72, 73, 2420])
def test_a_known_key_with_a_signature_of_another_length_is_an_error(length: int) -> None:
    for by in (BY_LOG, BY_WITNESS):
        if length != 72 or by is BY_LOG:
            with pytest.raises(BadInput, match="is not right"):
                verify(with_line(SIGNED, by.name, by.key_id + bytes(length)), [by])


def test_one_wrong_signature_of_a_known_key_spoils_the_right_ones() -> None:
    moved = sign(replace(CHECKPOINT, size=1), LOG).rpartition("\n\n")[2]
    for note in (SIGNED + moved, f"{CHECKPOINT.text()}\n{moved}{SIGNED.rpartition(chr(10) * 2)[2]}"):
        with pytest.raises(BadInput, match=r"signature of example\.org/ledger"):
            verify(note, [BY_LOG, BY_WITNESS])
        assert verify(note, [BY_WITNESS]) == [], "to whom the key is not known, it's one more unknown line"


def test_lines_of_unknown_keys_are_ignored_even_with_a_known_name_or_a_known_id() -> None:
    note = with_line(SIGNED, LOG.name, b"\0\0\0\1" + bytes(64))
    note = with_line(note, "example.org/another", BY_LOG.key_id + bytes(64))
    note = with_line(note, "example.org/large", bytes(4) + bytes(5000))
    assert verify(note, [BY_LOG]) == [Signed(BY_LOG)]


def test_a_signature_is_no_cosignature_and_a_cosignature_no_signature() -> None:
    text = CHECKPOINT.text()
    as_cosignature = with_line(f"{text}\n", WITNESS.name, BY_WITNESS.key_id + bytes(8) + WITNESS.key.sign(text.encode()))
    as_signature = with_line(f"{text}\n", LOG.name, BY_LOG.key_id + LOG.key.sign(cosigned_message(text, 0)))
    for note in (as_cosignature, as_signature):
        with pytest.raises(BadInput, match="is not right"):
            verify(note, [BY_LOG, BY_WITNESS])


def test_only_a_checkpoint_is_cosigned() -> None:
    with pytest.raises(BadInput, match="a checkpoint is at least three lines"):
        cosign(EXAMPLE, WITNESS, AT)
    text = "not a checkpoint\n"
    blob = BY_WITNESS.key_id + bytes(8) + WITNESS.key.sign(cosigned_message(text, 0))
    with pytest.raises(BadInput, match="a checkpoint is at least three lines"):
        verify(with_line(f"{text}\n", WITNESS.name, blob), [BY_WITNESS])


def test_two_keys_that_signature_lines_could_not_tell_apart_are_not_taken_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verifier, "key_id", b"same")
    with pytest.raises(BadInput, match="two different keys are known as example"):
        verify(SIGNED, [BY_LOG, Verifier(LOG.name, bytes(32))])


@pytest.mark.parametrize("at", [AT.replace(tzinfo=None), datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)])
def test_a_time_without_a_zone_or_before_1970_is_not_cosigned(at: datetime) -> None:
    with pytest.raises(BadInput, match="a time with its zone, from 1970 on"):
        cosign(SIGNED, WITNESS, at)


def test_the_first_second_of_1970_is_cosigned() -> None:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    assert verify(cosign(SIGNED, WITNESS, start), [BY_WITNESS]) == [Signed(BY_WITNESS, start)]


def test_a_time_after_the_year_9999_is_refused_though_signed() -> None:
    for seconds in (253402300800, 2**63 - 1, 2**64 - 1):
        blob = BY_WITNESS.key_id + seconds.to_bytes(8, "big") + WITNESS.key.sign(cosigned_message(CHECKPOINT.text(), seconds))
        with pytest.raises(BadInput, match="after the year 9999"):
            verify(with_line(SIGNED, WITNESS.name, blob), [BY_WITNESS])


# --- what is malformed

SIGNATURE = SIGNED.rpartition("\n\n")[2]
BLOB = SIGNATURE.split(" ")[2]


@pytest.mark.parametrize(
    ("note", "problem"),
    {
        "nothing": ("", "a note is text, a blank line and signature lines"),
        "no blank line": (CHECKPOINT.text() + SIGNATURE, "a note is text, a blank line and signature lines"),
        "no signature": (CHECKPOINT.text() + "\n", "a note is text, a blank line and signature lines"),
        "blank line at the end": (SIGNED + "\n", "a note is text, a blank line and signature lines"),
        "no line end": (SIGNED[:-1], "a note is text, a blank line and signature lines"),
        "carriage return": (SIGNED.replace("\n", "\r\n"), r"no control characters but line ends; this has '\\r'"),
        "tab": (SIGNED.replace(" ", "\t"), r"no control characters but line ends; this has '\\t'"),
        "null": ("\0" + SIGNED, r"no control characters but line ends; this has '\\x00'"),
        "last control character": (SIGNED.replace("ledger", "\x1f"), r"this has '\\x1f'"),
        "half a character": (SIGNED.replace("ledger", "\ud800"), "lone surrogate"),
        "hyphen": (SIGNED.replace("—", "-"), r"a dash \(U\+2014\)"),
        "text after the signatures": (SIGNED + "more\n", r"a dash \(U\+2014\)"),
        "two spaces": (SIGNED.replace("— ", "—  "), r"a dash \(U\+2014\)"),
        "space at the end": (SIGNED[:-1] + " \n", r"a dash \(U\+2014\)"),
        "no name": (f"text\n\n—  {BLOB}", "the name of a key is not empty"),
        "name with a plus": (f"text\n\n— a+b {BLOB}", "the name of a key is not empty"),
        "name with a wide space": (f"text\n\n— a\u3000b {BLOB}", "the name of a key is not empty"),
        "name with a line separator": (f"text\n\n— a\u2028b {BLOB}", "the name of a key is not empty"),
        "not base64": ("text\n\n— name ****\n", r"a signature is written in base64, not '\*\*\*\*'"),
        "base64 for addresses": ("text\n\n— name AAAAA__-\n", "written in base64"),
        "base64 in letters of another script": ("text\n\n— name АААААААА\n", "written in base64"),
        "base64 without its padding": ("text\n\n— name AAAAAAA\n", "written in base64"),
        "base64 with bits left over": ("text\n\n— name AAAAAAB=\n", "written in base64"),
        "only a key id": ("text\n\n— name AAAAAA==\n", "too short"),
        "too long": ("x" * MOST_BYTES + SIGNED, "longer than 1,000,000 bytes"),
        "too many signatures": (SIGNED + SIGNATURE * MOST_SIGNATURES, "101 signatures; at most 100"),
    }.values(),
)
def test_a_malformed_note_is_refused_in_one_line(note: str, problem: str) -> None:
    for read in (read_note, signatures, lambda n: verify(n, [BY_LOG]), lambda n: cosign(n, WITNESS, AT)):
        with pytest.raises(BadInput, match=problem) as raised:
            read(note)
        assert "\n" not in str(raised.value)


def test_as_many_signatures_are_read_as_are_allowed_and_no_more_are_written() -> None:
    full = SIGNED + SIGNATURE * (MOST_SIGNATURES - 1)
    assert len(signatures(full)) == MOST_SIGNATURES > 16
    assert verify(full, [BY_LOG]) == [Signed(BY_LOG)]
    with pytest.raises(BadInput, match="101 signatures"):
        cosign(full, WITNESS, AT)
    with pytest.raises(BadInput, match="longer than"):
        sign(replace(CHECKPOINT, extensions=("x" * MOST_BYTES,)), LOG)
    room = MOST_BYTES - len(SIGNED.encode()) - 1
    assert signatures(sign(replace(CHECKPOINT, extensions=("x" * room,)), LOG))


def test_the_text_of_a_note_ends_at_its_last_blank_line() -> None:
    text, lines = read_note(f"one\n\n— two AAAAAAA=\n\nthree\n\n\n{SIGNATURE}")
    assert text == "one\n\n— two AAAAAAA=\n\nthree\n\n"
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    {
        "nothing": ("", "at least three lines"),
        "two lines": ("origin\n1\n", "at least three lines"),
        "no line end": (f"origin\n1\n{ROOT}", "at least three lines"),
        "no origin": (f"\n1\n{ROOT}\n", "at least three lines"),
        "empty extension": (f"origin\n1\n{ROOT}\n\n", "at least three lines"),
        "empty extension before another": (f"origin\n1\n{ROOT}\n\nmore\n", "at least three lines"),
        "leading zero": (f"origin\n01\n{ROOT}\n", "without leading zeros, not '01'"),
        "two zeros": (f"origin\n00\n{ROOT}\n", "without leading zeros"),
        "sign": (f"origin\n-1\n{ROOT}\n", "without leading zeros"),
        "plus": (f"origin\n+1\n{ROOT}\n", "without leading zeros"),
        "space": (f"origin\n1 \n{ROOT}\n", "without leading zeros"),
        "hexadecimal": (f"origin\n0x1\n{ROOT}\n", "without leading zeros"),
        "digits of another script": (f"origin\n١\n{ROOT}\n", "without leading zeros"),
        "too large": (f"origin\n{2**63}\n{ROOT}\n", r"from 0 to 2\*\*63 - 1"),
        "far too large": (f"origin\n{'9' * 5000}\n{ROOT}\n", "without leading zeros"),
        "short root": ("origin\n1\nAAAA\n", "32 bytes, not 3"),
        "long root": (f"origin\n1\n{base64.b64encode(bytes(33)).decode()}\n", "32 bytes, not 33"),
        "root in hexadecimal": (f"origin\n1\n{CHECKPOINT.root.hex()}\n", "32 bytes, not 48"),
        "root with bits left over": (f"origin\n1\n{ROOT[:-2]}N=\n", "the root hash of a checkpoint is written in base64"),
        "root without its padding": (f"origin\n1\n{ROOT[:-1]}\n", "the root hash of a checkpoint is written in base64"),
        "carriage return": (f"origin\r\n1\n{ROOT}\n", "no control characters"),
        "half a character": (f"\udfff\n1\n{ROOT}\n", "lone surrogate"),
    }.values(),
)
def test_a_malformed_checkpoint_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_checkpoint(text)


def test_a_checkpoint_without_leaves_and_one_of_the_largest_size_are_read() -> None:
    for size in (0, 1, 10, 2**63 - 1):
        assert read_checkpoint(f"origin\n{size}\n{ROOT}\none\ntwo\n") == Checkpoint("origin", size, CHECKPOINT.root, ("one", "two"))


@pytest.mark.parametrize(
    ("origin", "size", "root", "extensions"),
    [
        ("", 1, bytes(32), ()),
        ("a\nb", 1, bytes(32), ()),
        ("a\tb", 1, bytes(32), ()),
        ("\ud800", 1, bytes(32), ()),
        ("a", -1, bytes(32), ()),
        ("a", 2**63, bytes(32), ()),
        ("a", 1, bytes(31), ()),
        ("a", 1, bytes(32), ("",)),
        ("a", 1, bytes(32), ("b\nc",)),
    ],
)
def test_a_checkpoint_that_cannot_be_written_is_not_made(origin: str, size: int, root: bytes, extensions: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        Checkpoint(origin, size, root, extensions)


@pytest.mark.parametrize(
    ("text", "problem"),
    {
        "nothing": ("", r"is name\+id\+key"),
        "one plus": ("a+530d903a", r"is name\+id\+key"),
        "another name": (EXAMPLE_KEY.replace("foo", "bar"), "has the id '530d903a', but its key has the id"),
        "another id": (EXAMPLE_KEY.replace("530d", "530e"), "has the id '530e903a'"),
        "id in capitals": (EXAMPLE_KEY.replace("530d903a", "530D903A"), "has the id '530D903A'"),
        "another key": (EXAMPLE_KEY.replace("crnK", "crmK"), "has the id"),
        "no key": ("a+00000000+", "written in base64"),
        "base64 without its padding": ("a+00000000+AQ", "written in base64"),
        "short key": ("a+00000000+AQ==", "has 0 bytes; an Ed25519 key has 32"),
        "long key": (f"a+00000000+{base64.b64encode(bytes([1]) + bytes(33)).decode()}", "has 33 bytes; an Ed25519 key has 32"),
        "type not read": (f"a+00000000+{base64.b64encode(bytes([6]) + bytes(1312)).decode()}", "of a type that is not read here"),
        "name with a space": ("a b+00000000+" + base64.b64encode(bytes([1]) + bytes(32)).decode(), "the name of a key"),
        "no name": ("+00000000+" + base64.b64encode(bytes([1]) + bytes(32)).decode(), "the name of a key"),
        "line end": (EXAMPLE_KEY + "\n", "written in base64"),
        "half a character": (EXAMPLE_KEY.replace("foo", "\ud800"), "lone surrogate"),
    }.values(),
)
def test_a_malformed_verifier_key_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_verifier_key(text)


def test_a_name_that_a_note_cannot_carry_signs_nothing() -> None:
    for name in ("", "a b", "a+b", "a\nb", "a\u00a0b"):
        with pytest.raises(BadInput):
            sign(CHECKPOINT, Signer(name, LOG.key))
        with pytest.raises(BadInput):
            cosign(SIGNED, Signer(name, LOG.key), AT)


def test_a_signer_does_not_show_its_key() -> None:
    assert repr(LOG) == "Signer(name='example.org/ledger')"
