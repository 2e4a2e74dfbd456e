"""Signing in with an identity of an OpenID provider: only to the account that an administrator has linked, and only on a word that is signed."""

from __future__ import annotations

import html
import http.client
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.http import HttpResponseBase
from django.test import Client

from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.people.models import Expected
from comity.web.people.places import providers
from comity.web.readers import Role
from tests.web.conftest import foreign_scripts
from tests.web.people.conftest import accounts_on, browser, make, signed_in
from tests.web.people.provider import CLIENT, SECRET, Provider, provider


@pytest.fixture
def ministry(migrated: Path, tmp_path: Path) -> Iterator[Provider]:
    """A provider by which people sign in; there is an account ana, and an administrator."""
    shutil.copy(migrated, tmp_path / "people.db")
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    with provider() as found:
        listed = f'[[provider]]\nid = "ministry"\nname = "The Ministry"\nserver = "{found.address}"\nclient = "{CLIENT}"\nsecret_file = "secret"\n'
        (tmp_path / "oidc.toml").write_text(listed)
        with accounts_on(f"sqlite:///{tmp_path / 'people.db'}", str(tmp_path / "oidc.toml")):
            make("ana", Role.VIEWER)
            make("root", Role.ADMINISTRATOR)
            yield found


def onward(client: Client) -> str:
    """Where the sign-in page sends one."""
    page = client.post("/sign-in/with/ministry?process=login&next=%2Facts")
    assert page.status_code == 200, page.content.decode()
    text = page.content.decode()
    assert foreign_scripts(text) == []
    found = re.search(r'content="0;url=([^"]+)"', text)
    assert found
    return html.unescape(found[1])


def come_back(client: Client, ministry: Provider) -> HttpResponseBase:
    """To the provider, which sends one back."""
    asked = urlsplit(onward(client))
    assert f"{asked.scheme}://{asked.netloc}" == ministry.address
    connection = http.client.HTTPConnection(asked.netloc)
    connection.request("GET", f"{asked.path}?{asked.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    assert back.startswith("http://localhost:8000/sign-in/from/ministry?")
    return client.get(back.removeprefix("http://localhost:8000"))


def test_an_identity_that_is_linked_by_its_subject_signs_in(ministry: Provider, held: Held) -> None:
    signed_in(held, "root").post("/people/ana", {"do": "link", "provider": "ministry", "said": "subject-7"})
    ministry.says = {"sub": "subject-7"}
    client = browser(held)
    assert "Sign in with The Ministry" in client.get("/sign-in").content.decode()
    back = come_back(client, ministry)
    assert (back.status_code, back["Location"]) == (302, "/acts")
    assert client.get("/me?format=json").json()["name"] == "ana"
    assert "/keys" in ministry.asked


def test_an_address_finds_the_account_once_and_then_the_subject_counts(ministry: Provider, held: Held) -> None:
    signed_in(held, "root").post("/people/ana", {"do": "link", "provider": "ministry", "said": "Ana@example.org"})
    ministry.says = {"sub": "subject-7", "email": "ana@example.org", "email_verified": True}
    assert come_back(browser(held), ministry).status_code == 302
    assert not Expected.objects.exists()
    assert SocialAccount.objects.get().uid == "subject-7"
    ministry.says = {"sub": "subject-8", "email": "ana@example.org", "email_verified": True}
    assert come_back(browser(held), ministry).status_code == 403
    ministry.says = {"sub": "subject-7", "email": "other@example.org"}
    assert come_back(browser(held), ministry).status_code == 302


def test_an_address_that_the_provider_does_not_vouch_for_links_nothing(ministry: Provider, held: Held) -> None:
    accounts.link("ana", "ministry", "ana@example.org", by="root")
    for vouched in ({"email_verified": False}, {}):
        ministry.says = {"sub": "subject-7", "email": "ana@example.org", **vouched}
        assert come_back(browser(held), ministry).status_code == 403
    assert Expected.objects.exists()


def test_an_identity_that_nobody_linked_signs_in_to_nothing_and_makes_nothing(ministry: Provider, held: Held) -> None:
    ministry.says = {"sub": "stranger", "preferred_username": "ana", "email": "root@example.org", "email_verified": True}
    client = browser(held)
    page = come_back(client, ministry)
    assert page.status_code == 403
    assert "linked with no account" in page.getvalue().decode()
    assert client.get("/me").status_code == 302
    assert client.get("/sign-up").status_code == 302
    assert set(get_user_model().objects.values_list("username", flat=True)) == {"ana", "root"}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda m: setattr(m, "forged", True), {}),
        (lambda m: None, {"aud": "another client"}),
        (lambda m: None, {"iss": "https://another.example"}),
        (lambda m: None, {"exp": 1}),
    ],
)
def test_a_word_that_is_not_signed_or_not_for_us_is_not_taken(
    ministry: Provider, held: Held, spoil: Callable[[Provider], None], says: dict[str, object]
) -> None:
    accounts.link("ana", "ministry", "subject-7", by="root")
    ministry.says = {"sub": "subject-7", **says}
    spoil(ministry)
    client = browser(held)
    assert come_back(client, ministry).status_code == 403
    assert client.get("/me").status_code == 302


def test_a_code_that_somebody_else_began_with_is_not_taken(ministry: Provider, held: Held) -> None:
    """An address that leads back, put before another browser."""
    accounts.link("ana", "ministry", "subject-7", by="root")
    ministry.says = {"sub": "subject-7"}
    state = parse_qs(urlsplit(onward(browser(held))).query)["state"][0]
    victim = browser(held)
    assert victim.get(f"/sign-in/from/ministry?code=code-0&state={state}").status_code == 403
    assert victim.get("/me").status_code == 302


def test_nobody_links_an_identity_themselves(ministry: Provider, held: Held) -> None:
    ministry.says = {"sub": "mine"}
    for client in (browser(held), signed_in(held, "ana")):
        page = client.post("/sign-in/with/ministry?process=connect").content.decode()
        asked = urlsplit(html.unescape(page.partition('content="0;url=')[2].partition('"')[0]))
        back = ministry.authorize({name: value[0] for name, value in parse_qs(asked.query).items()})
        assert client.get(back.removeprefix("http://localhost:8000")).status_code == 403
    assert not SocialAccount.objects.exists()


def test_what_is_unlinked_or_dismissed_signs_in_no_more(ministry: Provider, held: Held) -> None:
    accounts.link("ana", "ministry", "subject-7", by="root")
    ministry.says = {"sub": "subject-7"}
    client = browser(held)
    come_back(client, ministry)
    accounts.unlink("ana", "ministry", "subject-7", by="root")
    assert client.get("/me").status_code == 302
    assert come_back(browser(held), ministry).status_code == 403
    accounts.link("ana", "ministry", "subject-7", by="root")
    accounts.dismiss("ana", by="root")
    assert come_back(browser(held), ministry).status_code == 403


def test_an_identity_is_linked_with_one_account(ministry: Provider) -> None:
    accounts.link("ana", "ministry", "subject-7", by="root")
    with pytest.raises(BadInput, match="unlink it first"):
        accounts.link("ana", "ministry", "subject-7", by="root")


def test_a_provider_that_does_not_answer_as_it_should_is_said_so(ministry: Provider, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Provider, "discovery", lambda self: {})
    assert browser(held).post("/sign-in/with/ministry").status_code == 502
    monkeypatch.setattr("requests.Session.request", refused)
    assert browser(held).post("/sign-in/with/ministry").status_code == 502


def refused(*_: object, **__: object) -> None:
    raise ConnectionError("no route to host")


def test_only_providers_of_the_file_are_gone_to_and_only_by_a_form(ministry: Provider, held: Held) -> None:
    assert browser(held).post("/sign-in/with/none").status_code == 404
    assert browser(held).get("/sign-in/with/ministry").status_code == 302


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no provider"),
        ("[[provider]", "put that right"),
        ('[[provider]]\nid = "a"', "lacks name, server, client, secret_file"),
        ('[[provider]]\nid = "a"\nname = "A"\nserver = "http://id.example.org"\nclient = "c"\nsecret_file = "s"', "asked without TLS"),
        ('[[provider]]\nid = "a"\nname = "A"\nserver = "https://id.example.org"\nclient = "c"\nsecret_file = "s"', "put the secret of c there"),
    ],
)
def test_what_is_wrong_with_the_file_of_providers_is_said_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "oidc.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        providers(tmp_path / "oidc.toml")
