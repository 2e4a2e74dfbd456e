"""Tokens: a program acts for whoever made it, as far as it was said; a token is shown once, and never taken together with cookies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.people.models import Change, Person, Token
from comity.web.people.tokens import MOST, digest_of, make_token
from comity.web.readers import Role
from tests.web.people.conftest import FOREIGN, PASSWORD, SEEN, browser, signed_in

Make = Callable[..., None]


def today() -> date:
    return timezone.now().date()


def token_of(name: str, *scopes: str, ends: date | None = None) -> str:
    return make_token(accounts.person_of(name), "a program", ends or today(), scopes)


def ask(held: Held, token: str, path: str = "/api/v1/book", client: Client | None = None, **more: Any) -> Any:
    return (client or browser(held)).get(path, headers={"Authorization": f"Bearer {token}", **more})


def test_a_program_sees_what_whoever_made_its_token_sees(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER, agreements=frozenset({SEEN}))
    token = token_of("ana")
    assert ask(held, token, f"/api/v1/agreements/{SEEN}").status_code == 200
    assert ask(held, token, f"/api/v1/agreements/{FOREIGN}").status_code == 404
    assert ask(held, token, "/agreements").status_code == 302, "pages are for people"


@pytest.mark.parametrize("change", ["none", "wrong", "over", "taken back", "dismissed", "must choose", "scheme"])
def test_what_is_no_token_any_more_is_401(people: Make, held: Held, change: str) -> None:
    people("ana", Role.VIEWER)
    token = token_of("ana")
    assert ask(held, token).status_code == 200
    if change == "over":
        Token.objects.update(ends=today() - timedelta(days=1))
    elif change == "taken back":
        signed_in(held, "ana").post("/me/tokens", {"token": Token.objects.get().pk})
    elif change == "dismissed":
        accounts.dismiss("ana", by=None)
    elif change == "must choose":
        Person.objects.update(must_choose=True)
    headers = {"none": {}, "wrong": {"Authorization": f"Bearer {token[:-1]}"}, "scheme": {"Authorization": f"Basic {token}"}}
    response = browser(held).get("/api/v1/book", headers=headers.get(change, {"Authorization": f"Bearer {token}"}))
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert ("invalid_token" in response["WWW-Authenticate"]) == (change != "none")


def test_a_token_is_not_taken_with_a_session(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    assert ask(held, token_of("ana"), client=signed_in(held, "ana")).status_code == 400


def test_nothing_is_recorded_by_a_session_or_by_a_token_for_reading(people: Make, held: Held) -> None:
    people("ana", Role.DESK_OFFICER)
    people("eve", Role.VIEWER)

    def post(client: Client, **headers: str) -> Any:
        return client.post("/api/v1/acts?dry-run=1", {"ref": "x", "kind": "sign", "actor": "FIN", "source": "s"}, "application/json", headers=headers)

    assert post(signed_in(held, "ana")).status_code == 401
    reading = post(browser(held), Authorization=f"Bearer {token_of('ana')}")
    assert (reading.status_code, "insufficient_scope" in reading["WWW-Authenticate"]) == (403, True)
    assert post(browser(held), Authorization=f"Bearer {token_of('eve', 'record')}").status_code == 403
    allowed = post(browser(held), Authorization=f"Bearer {token_of('ana', 'record')}")
    assert "a book in a folder is served" in allowed.json()["detail"]


def test_a_token_is_shown_once_listed_and_kept_as_a_digest(people: Make, held: Held) -> None:
    people("ana", Role.DESK_OFFICER)
    ana = signed_in(held, "ana")
    made = ana.post("/me/tokens", {"name": "the  nightly run", "ends": today().isoformat(), "scope": "record"})
    if made.status_code == 302:  # whoever signed in a while ago shows once more who they are
        ana.post("/me/again", {"password": PASSWORD})
        made = ana.post("/me/tokens", {"name": "the  nightly run", "ends": today().isoformat(), "scope": "record"})
    (token,) = re.findall(r"comity_[\w-]{43}", made.content.decode())
    assert made["Cache-Control"] == "no-store"
    kept = Token.objects.get()
    assert (kept.name, kept.scopes, kept.digest) == ("the nightly run", ["read", "record"], digest_of(token))
    assert ask(held, token).status_code == 200
    page = ana.get("/me").content.decode()
    assert token not in page
    assert "the nightly run" in page
    assert Token.objects.get().used is not None
    ana.post("/me/tokens", {"token": kept.pk})
    assert [one.what for one in Change.objects.filter(whose="ana").order_by("pk")][-2:] == [
        "token the nightly run made",
        "token the nightly run taken back",
    ]


def test_a_token_of_another_is_not_there(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    people("bob", Role.VIEWER)
    token_of("ana")
    number = Token.objects.get().pk
    assert signed_in(held, "bob").post("/me/tokens", {"token": number}).status_code == 404
    assert signed_in(held, "bob").post("/me/tokens", {"token": "9" * 30}).status_code == 404
    assert Token.objects.get().alive


@pytest.mark.parametrize("ends", [timedelta(days=-1), timedelta(days=367)])
def test_a_token_is_good_for_a_year_at_most(people: Make, ends: timedelta) -> None:
    people("ana", Role.VIEWER)
    with pytest.raises(BadInput, match="at most a year ahead"):
        token_of("ana", ends=today() + ends)


def test_nobody_has_tokens_without_end(people: Make) -> None:
    people("ana", Role.VIEWER)
    for _ in range(MOST):
        token_of("ana")
    with pytest.raises(BadInput, match="take one back first"):
        token_of("ana")
