"""Tokens, passwords and fingerprints: made, read, refused; and no secret in what is printed."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange.calling import passwords
from comity.exchange.calling.credentials import Password, Token, new_token, read_certificate, read_fingerprint, token_fingerprint
from comity.exchange.calling.passwords import LONGEST, SHORTEST, fits, new_password, nobodys_record, password_record
from comity.terms import BadInput
from tests.exchange.certificates import Authority


def test_a_token_has_256_random_bits_and_a_prefix_by_which_it_is_found() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"comity_[0-9a-f]{72}", token) for token in made)
    assert len({token_fingerprint(token) for token in made}) == 100


@given(st.integers(0, 78), st.characters())
def test_a_token_with_another_character_is_none(place: int, character: str) -> None:
    token = new_token()
    changed = token[:place] + character + token[place + 1 :]
    if changed != token:
        with pytest.raises(BadInput):
            token_fingerprint(changed)


@given(st.text(max_size=90))
def test_any_other_text_is_no_token(text: str) -> None:
    with pytest.raises(BadInput):
        token_fingerprint(text)


def test_a_password_fits_its_record_and_no_other() -> None:
    record = password_record("correct horse battery")
    assert record.startswith("$scrypt$ln=15,r=8,p=1$")
    assert fits("correct horse battery", record)
    assert not fits("correct horse batterz", record)
    assert not fits("correct horse battery", nobodys_record())
    assert not fits("correct horse battery", password_record("another horse battery"))


def test_a_record_has_a_salt_of_its_own() -> None:
    with patch.object(passwords, "_COST", 10):
        assert password_record("correct horse battery") != password_record("correct horse battery")


@given(st.text(min_size=SHORTEST, max_size=LONGEST))
def test_a_password_may_hold_any_characters_in_either_form(password: str) -> None:
    with patch.object(passwords, "_COST", 10):
        try:
            password.encode()
        except UnicodeEncodeError:
            return
        record = password_record(password)
    assert fits(unicodedata.normalize("NFD", unicodedata.normalize("NFC", password)), record)


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_a_password_is_not_too_short_and_not_too_long(length: int) -> None:
    with pytest.raises(BadInput, match=f"has {length} characters"):
        password_record("x" * length)


def test_a_password_that_was_made_is_good_enough() -> None:
    assert len(new_password()) == 32
    assert new_password() != new_password()
    password_record(new_password())


@pytest.mark.parametrize("record", ["", "x", "$scrypt$ln=30,r=8,p=1$" + "a" * 22 + "$" + "a" * 43, "$scrypt$ln=15,r=8,p=1$a$a", "$argon2id$v=19$x$x"])
def test_a_damaged_record_is_told(record: str) -> None:
    with pytest.raises(BadInput, match="damaged"):
        fits("correct horse battery", record)


@pytest.mark.parametrize("written", ["ab" * 32, "AB" * 32, "sha256:" + "ab" * 32, ":".join(["AB"] * 32), f" {'ab' * 32}\n"])
def test_a_fingerprint_is_read_however_it_is_written(written: str) -> None:
    assert read_fingerprint(written) == "ab" * 32


@pytest.mark.parametrize("written", ["", "ab", "ab" * 20, "zz" * 32, "ab" * 33])
def test_what_is_no_fingerprint_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="64 hexadecimal digits"):
        read_fingerprint(written)


@pytest.mark.parametrize("data", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\x30\x82\x01"])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="no certificate"):
        read_certificate(data)


def test_a_certificate_has_the_fingerprint_that_openssl_tells(tmp_path: Path) -> None:
    made = Authority(tmp_path, "authority").issue("client")
    asked = ["openssl", "x509", "-in", str(made.certificate), "-noout", "-fingerprint", "-sha256"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True)
    pem = made.certificate.read_bytes()
    der = subprocess.run(["openssl", "x509", "-in", made.certificate, "-outform", "DER"], check=True, capture_output=True).stdout
    assert read_certificate(pem) == read_certificate(der)
    assert read_certificate(pem).fingerprint == read_fingerprint(said.stdout.partition("=")[2])


def test_no_secret_is_shown_by_what_holds_it() -> None:
    assert "hidden" not in repr(Token("hidden")) + repr(Password("name", "hidden"))
