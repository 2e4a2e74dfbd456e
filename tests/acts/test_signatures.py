"""An act's signature fits that act and that key alone; it is written in one way, and whatever else is offered is refused with a reason."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from comity.acts import (
    Act,
    Source,
    canonical_bytes,
    is_signed_by,
    read_key,
    read_private_key,
    read_signature,
    sign,
    thumbprint_of,
    write_private_key,
)
from comity.acts.signing import from_base64url, signing_input
from comity.terms import BadInput, parse_moment

SECRET, PUBLIC_KEY = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
RFC_JWS = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)
"""RFC 8037, appendix A: a key (A.1, A.2), its thumbprint (A.3), what it signs (A.4)."""
KEY = Ed25519PrivateKey.from_private_bytes(read_key(SECRET))
ACT = Act("ratify", "HUN", "cwc-HUN-ratify", "cwc", received=parse_moment("1996-10-31"), source=Source("UNTC XXVI.3", "depositary"))

GOLDEN = (
    "eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoia1ByS19xbXhWV2FZVkE5d3dCRjZJdW8zdlZ6ejdUeEhDVHdYQnlnclM0ayJ9.."
    "fME9Dl981berSZSoKL-VTKiS_AnUSTBgKAgYKgK5dWHdHwlo_WpgL5b-ZKpFx3cshWsA7eodRqa8LzrTnF0MCA"
)


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_header(header: object, value: bytes = b"\0" * 64) -> str:
    """A signature under another header."""
    return f"{base64url(header if isinstance(header, bytes) else json.dumps(header).encode())}..{base64url(value)}"


def test_the_key_of_rfc_8037_has_the_thumbprint_that_the_rfc_gives() -> None:
    assert KEY.public_key().public_bytes_raw() == read_key(PUBLIC_KEY)
    assert thumbprint_of(read_key(PUBLIC_KEY)) == THUMBPRINT


def test_what_is_signed_is_what_rfc_8037_signs() -> None:
    header, payload, value = RFC_JWS.split(".")
    assert payload == base64url(b"Example of Ed25519 signing")
    assert base64url(KEY.sign(signing_input(header, b"Example of Ed25519 signing"))) == value


def test_a_signature_is_a_jws_without_its_payload_over_the_acts_bytes() -> None:
    """Put the payload back, and any reader of JWS can check it."""
    header, payload, value = sign(ACT, KEY).split(".")
    assert json.loads(from_base64url(header)) == {"alg": "Ed25519", "kid": THUMBPRINT}
    assert payload == ""
    Ed25519PublicKey.from_public_bytes(read_key(PUBLIC_KEY)).verify(from_base64url(value), f"{header}.{base64url(canonical_bytes(ACT))}".encode())


def test_this_act_has_this_signature_for_good() -> None:
    """Ed25519 draws nothing: one act, one key, one signature. If this fails, every signature on record is worth nothing."""
    assert sign(ACT, KEY) == GOLDEN


def test_a_signature_fits_its_act_and_its_key_alone() -> None:
    signature = read_signature(sign(ACT, KEY))
    assert signature.thumbprint == THUMBPRINT
    assert is_signed_by(ACT, signature, read_key(PUBLIC_KEY))
    assert not is_signed_by(replace(ACT, actor="AUT"), signature, read_key(PUBLIC_KEY))
    other = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
    assert not is_signed_by(ACT, signature, other.public_key().public_bytes_raw())
    assert not is_signed_by(ACT, replace(signature, thumbprint=thumbprint_of(other.public_key().public_bytes_raw())), read_key(PUBLIC_KEY))


@pytest.mark.parametrize("at", range(0, 64, 7))
def test_a_signature_of_which_one_bit_changed_fits_nothing(at: int) -> None:
    signature = read_signature(sign(ACT, KEY))
    value = bytes(byte ^ (1 if number == at else 0) for number, byte in enumerate(signature.value))
    assert not is_signed_by(ACT, replace(signature, value=value), read_key(PUBLIC_KEY))


def test_the_same_signature_with_a_number_added_is_another_and_refused() -> None:
    """S plus the order of the group would fit too, were it allowed (RFC 8032, 5.1.7)."""
    signature = read_signature(sign(ACT, KEY))
    order = 2**252 + 27742317777372353535851937790883648493
    more = int.from_bytes(signature.value[32:], "little") + order
    assert not is_signed_by(ACT, replace(signature, value=signature.value[:32] + more.to_bytes(32, "little")), read_key(PUBLIC_KEY))


def test_a_header_that_was_written_otherwise_is_read_and_signed_as_written() -> None:
    header = base64url(json.dumps({"kid": THUMBPRINT, "alg": "Ed25519"}).encode())
    value = KEY.sign(signing_input(header, canonical_bytes(ACT)))
    assert is_signed_by(ACT, read_signature(f"{header}..{base64url(value)}"), read_key(PUBLIC_KEY))
    assert not is_signed_by(ACT, read_signature(f"{sign(ACT, KEY).split('.')[0]}..{base64url(value)}"), read_key(PUBLIC_KEY))


GOOD = sign(ACT, KEY)
HEAD, VALUE = GOOD.split("..")
REFUSED: dict[str, tuple[str, str]] = {
    "nothing": ("", "is written header..signature"),
    "one part": (HEAD, "is written header..signature"),
    "two parts": (f"{HEAD}.{VALUE}", "is written header..signature"),
    "the payload in it": (f"{HEAD}.{base64url(canonical_bytes(ACT))}.{VALUE}", "is written header..signature"),
    "a fourth part": (f"{GOOD}.{VALUE}", "is written header..signature"),
    "a header without end": (with_header(b" " * 600), "is written header..signature"),
    "no header": (f"..{VALUE}", "is not base64url"),
    "no signature": (f"{HEAD}..", "is not base64url"),
    "a line end": (f"{GOOD}\n", "is not base64url"),
    "padding": (f"{GOOD}==", "is not base64url"),
    "plain base64": (f"{HEAD}..{'+' * 86}", "is not base64url"),
    "a character too many": (f"{HEAD}..{'A' * 89}", "is not base64url"),
    "stray bits": (f"{HEAD}..{'A' * 85}B", "has stray bits"),
    "stray bits in the header": (f"e31..{VALUE}", "has stray bits"),
    "a signature that is cut": (f"{HEAD}..{VALUE[:-2]}", "has 63 bytes instead of 64"),
    "a signature that is too long": (f"{HEAD}..{base64url(bytes(65))}", "has 65 bytes instead of 64"),
    "no JSON": (with_header(b"{"), "header is not JSON"),
    "no text": (with_header(b"\xff"), "header is not JSON"),
    "a deep header": (with_header(b"[" * 300), "header is not JSON"),
    "a list": (with_header([]), "algorithm is None"),
    "no algorithm": (with_header({"kid": THUMBPRINT}), "algorithm is None"),
    "none": (with_header({"alg": "none", "kid": THUMBPRINT}), "algorithm is 'none'"),
    "HS256, the public key as its secret": (with_header({"alg": "HS256", "kid": THUMBPRINT}), "algorithm is 'HS256'"),
    "EdDSA, which may be Ed448 too": (with_header({"alg": "EdDSA", "kid": THUMBPRINT}), "algorithm is 'EdDSA'"),
    "small letters": (with_header({"alg": "ed25519", "kid": THUMBPRINT}), "algorithm is 'ed25519'"),
    "no key": (with_header({"alg": "Ed25519"}), "must have 'alg' and 'kid'"),
    "a key that is a number": (with_header({"alg": "Ed25519", "kid": 1}), "must have 'alg' and 'kid'"),
    "a key by another name": (with_header({"alg": "Ed25519", "kid": "hungary0"}), "is not a key or its thumbprint"),
    "something critical": (with_header({"alg": "Ed25519", "kid": THUMBPRINT, "crit": ["b64"], "b64": False}), "and nothing else"),
    "its own key": (with_header({"alg": "Ed25519", "kid": THUMBPRINT, "jwk": {}}), "and nothing else"),
    "the algorithm twice": (with_header(f'{{"alg":"none","alg":"Ed25519","kid":"{THUMBPRINT}"}}'.encode()), "says one thing twice"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_is(what: str) -> None:
    text, says = REFUSED[what]
    with pytest.raises(BadInput) as refused:
        read_signature(text)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "A" * 42, "A" * 44, f"{PUBLIC_KEY}=", f" {PUBLIC_KEY}", PUBLIC_KEY[:-1] + "p", PUBLIC_KEY[:-1] + "é"])
def test_a_key_is_thirty_two_bytes_in_one_spelling(text: str) -> None:
    with pytest.raises(BadInput):
        read_key(text)


def test_a_private_key_comes_back_from_its_file() -> None:
    assert read_private_key(write_private_key(KEY)).private_bytes_raw() == KEY.private_bytes_raw()


def test_a_file_that_holds_no_such_key_is_refused() -> None:
    locked = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word"))
    for pem in (b"", b"PRIVATE+KEY+a+b+c", write_private_key(KEY)[:60], locked):
        with pytest.raises(BadInput, match="no private key that can be read"):
            read_private_key(pem)
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(BadInput, match="of another kind"):
        read_private_key(other)
