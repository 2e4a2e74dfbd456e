"""A second factor: an app with codes, recovery codes, and passkeys, made and shown by an authenticator in software."""

from __future__ import annotations

import hashlib
import html
import json
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.readers import Role
from tests.web.conftest import foreign_scripts
from tests.web.people.conftest import PASSWORD, browser, signed_in

Make = Callable[..., None]
ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


def code(secret: str) -> str:
    """What the app shows now."""
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


@pytest.fixture
def ana(people: Make, held: Held) -> Client:
    """Signed in, and a moment ago shown once more who she is."""
    people("ana", Role.VIEWER)
    client = signed_in(held, "ana")
    again = client.get("/me/second/app")
    assert again["Location"] == "/me/again?next=%2Fme%2Fsecond%2Fapp"
    assert client.post(again["Location"], {"password": PASSWORD, "next": "/me/second/app"})["Location"] == "/me/second/app"
    return client


@pytest.fixture
def app(ana: Client) -> str:
    """The secret that the app holds, once it is in use."""
    page = ana.get("/me/second/app").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    assert foreign_scripts(page) == []
    found = re.search(r"<code>(\w+)</code>", page)
    assert found
    assert ana.post("/me/second/app", {"code": code(found[1])})["Location"] == "/me/second/codes"
    cache.clear()  # a code is good once
    return found[1]


def half_in(held: Held) -> Client:
    client = browser(held)
    sent = client.post("/sign-in", {"login": "ana", "password": PASSWORD})
    assert sent["Location"].startswith("/sign-in/second")
    return client


def test_the_password_alone_signs_in_no_more(app: str, held: Held) -> None:
    client = half_in(held)
    assert client.get("/agreements").status_code == 302
    assert client.get("/sign-in/second").status_code == 200
    assert client.post("/sign-in/second", {"code": "000000"}).status_code == 200
    assert client.get("/agreements").status_code == 302
    assert client.post("/sign-in/second", {"code": code(app)}).status_code == 302
    assert client.get("/agreements").status_code == 200


def test_a_code_of_the_app_is_good_once(app: str, held: Held) -> None:
    shown = code(app)
    assert half_in(held).post("/sign-in/second", {"code": shown}).status_code == 302
    assert half_in(held).post("/sign-in/second", {"code": shown}).status_code == 200


def test_guessing_codes_is_stopped(app: str, held: Held) -> None:
    client = half_in(held)
    for number in range(5):
        client.post("/sign-in/second", {"code": f"{number:06}"})
    assert client.post("/sign-in/second", {"code": code(app)}).status_code == 200
    assert client.get("/agreements").status_code == 302


def test_a_recovery_code_is_good_once(app: str, ana: Client, held: Held) -> None:
    page = ana.get("/me/second/codes").content.decode()
    found = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(found) == 10
    assert half_in(held).post("/sign-in/second", {"code": found[0]}).status_code == 302
    assert half_in(held).post("/sign-in/second", {"code": found[0]}).status_code == 200
    assert ana.get("/me/second/codes/file")["Content-Disposition"].startswith("attachment")


def test_the_app_is_taken_off_again(app: str, ana: Client, held: Held) -> None:
    assert ana.post("/me/second/app/off").status_code == 302
    assert not Authenticator.objects.exists()
    assert signed_in(held, "ana").get("/agreements").status_code == 200


class Key:
    """An authenticator in software: one passkey, which knows whose it is."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.whose = b""
        self.count = 0

    def make(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        asked = options["publicKey"]
        self.whose = websafe_decode(asked["user"]["id"])
        point = self.private.public_key().public_numbers()
        public = ES256({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        held = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        said = AuthenticatorData.create(self._place(asked["rp"]["id"]), PRESENT | VERIFIED | AuthenticatorData.FLAG.AT, 0, held)
        attested = AttestationObject.create("none", said, {})
        return self._shown({"clientDataJSON": self._client("webauthn.create", asked, origin), "attestationObject": bytes(attested)}, rk=True)

    def show(self, options: dict[str, Any], origin: str = ORIGIN, flags: AuthenticatorData.FLAG = PRESENT | VERIFIED) -> str:
        asked = options["publicKey"]
        self.count += 1
        said, client = bytes(AuthenticatorData.create(self._place(asked["rpId"]), flags, self.count)), self._client("webauthn.get", asked, origin)
        signature = self.private.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._shown({"clientDataJSON": client, "authenticatorData": said, "signature": signature, "userHandle": self.whose})

    def _place(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _client(self, kind: str, asked: dict[str, Any], origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": False}).encode()

    def _shown(self, response: dict[str, bytes], rk: bool = False) -> str:
        plain = {name: websafe_encode(value) for name, value in response.items()}
        own = websafe_encode(self.id)
        results = {"credProps": {"rk": True}} if rk else {}
        return json.dumps({"type": "public-key", "id": own, "rawId": own, "response": plain, "clientExtensionResults": results})


def options(page: str) -> dict[str, Any]:
    """What a form asks of the browser."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found
    read: dict[str, Any] = json.loads(html.unescape(found[1]))
    return read


@pytest.fixture
def key(ana: Client) -> Key:
    """A passkey of hers that signs in by itself."""
    page = ana.get("/me/second/passkeys/new").content.decode()
    assert foreign_scripts(page) == []
    asked, made = options(page), Key()
    assert asked["publicKey"]["rp"]["id"] == "localhost"
    form = {"name": "mine", "passwordless": "on", "credential": made.make(asked)}
    assert ana.post("/me/second/passkeys/new", form).status_code == 302, ana.get("/me/second").content
    assert "mine" in ana.get("/me/second/passkeys").content.decode()
    return made


def asked_by(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()["request_options"]
    return found


def test_a_passkey_signs_in_without_a_password(key: Key, held: Held) -> None:
    client = browser(held)
    assert client.post("/sign-in/passkey", {"credential": key.show(asked_by(client))}).status_code == 302
    assert client.get("/me?format=json").json()["name"] == "ana"


@pytest.mark.parametrize("wrong", ["another site", "another key", "not verified", "shown again"])
def test_what_is_not_the_passkeys_word_signs_in_to_nothing(key: Key, held: Held, wrong: str) -> None:
    client = browser(held)
    asked = asked_by(client)
    if wrong == "another site":
        shown = key.show(asked, origin="http://localhost.example:8000")
    elif wrong == "another key":
        other = Key()
        other.id, other.whose = key.id, key.whose
        shown = other.show(asked)
    elif wrong == "not verified":
        shown = key.show(asked, flags=PRESENT)
    else:
        shown = key.show(asked)
        client.post("/sign-in/passkey", {"credential": shown})
        client.post("/sign-out")
        asked_by(client)
    client.post("/sign-in/passkey", {"credential": shown})
    assert client.get("/me").status_code == 302


def test_a_passkey_of_somebody_who_was_dismissed_lets_nobody_in(key: Key, held: Held) -> None:
    accounts.dismiss("ana", by=None)
    client = browser(held)
    assert client.post("/sign-in/passkey", {"credential": key.show(asked_by(client))}).status_code == 403
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize("path", ["/me/second", "/me/second/codes", "/me/second/codes/new", "/me/second/app/off", "/me/again", "/me/again/code"])
def test_no_page_about_the_second_factor_runs_a_foreign_script(app: str, ana: Client, path: str) -> None:
    page = ana.get(path)
    assert page.status_code == 200
    assert foreign_scripts(page.content.decode()) == []


def test_a_passkey_is_a_second_factor_too(key: Key, held: Held) -> None:
    client = half_in(held)
    page = client.get("/sign-in/second").content.decode()
    assert foreign_scripts(page) == []
    assert client.post("/sign-in/second", {"credential": key.show(options(page))}).status_code == 302
    assert client.get("/agreements").status_code == 200


def test_a_passkey_shows_once_more_who_one_is_and_is_renamed_and_taken_off(key: Key, ana: Client) -> None:
    page = ana.get("/me/again/passkey").content.decode()
    assert ana.post("/me/again/passkey", {"credential": key.show(options(page)), "next": "/me"}).status_code == 302
    number = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    assert ana.get(f"/me/second/passkeys/{number}").status_code == 200
    assert ana.post(f"/me/second/passkeys/{number}", {"name": "old"}).status_code == 302
    assert "old" in ana.get("/me/second/passkeys").content.decode()
    assert ana.get(f"/me/second/passkeys/{number}/off").status_code == 200
    assert ana.post(f"/me/second/passkeys/{number}/off").status_code == 302
    assert not Authenticator.objects.exists()


def test_nobody_takes_off_the_passkey_of_another(key: Key, people: Make, held: Held) -> None:
    people("bob", Role.VIEWER)
    bob = signed_in(held, "bob")
    bob.post("/me/again", {"password": PASSWORD})
    number = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    for path in (f"/me/second/passkeys/{number}", f"/me/second/passkeys/{number}/off"):
        assert bob.get(path).status_code == 404
        assert bob.post(path, {"name": "mine now"}).status_code == 404
    assert Authenticator.objects.filter(pk=number).exists()
