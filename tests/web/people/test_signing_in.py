"""Signing in: nobody gets past the sign-in page without an account, and whoever tries passwords is stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.people.models import Person
from comity.web.readers import Role
from tests.web.conftest import foreign_scripts
from tests.web.people.conftest import PASSWORD, browser, signed_in

pytestmark = pytest.mark.usefixtures("people")
Make = Callable[..., None]


def test_whoever_has_not_signed_in_is_sent_to_sign_in_and_back(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    client = browser(held)
    sent = client.get("/acts?party=DEU")
    assert (sent.status_code, sent["Location"]) == (302, "/sign-in?next=%2Facts%3Fparty%3DDEU")
    back = client.post(sent["Location"], {"login": "ana", "password": PASSWORD, "next": "/acts?party=DEU"})
    assert (back.status_code, back["Location"]) == (302, "/acts?party=DEU")
    assert client.get("/acts?party=DEU").status_code == 200


def test_nobody_is_sent_back_to_another_site(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    back = browser(held).post("/sign-in", {"login": "ana", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert back["Location"] == "/"


@pytest.mark.parametrize(
    ("path", "header"), [("/agreements?format=json", {}), ("/agreements", {"Accept": "application/json"}), ("/agreements", {"HX-Request": "true"})]
)
def test_a_program_is_told_in_one_line(held: Held, path: str, header: dict[str, str]) -> None:
    response = browser(held).get(path, headers=header)
    assert (response.status_code, response.json()) == (401, {"error": "sign in first"})


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/me", "/people", "/proposals", "/keys", "/me/second/app", "/agreements/nato-treaty"])
def test_every_page_but_the_entrance_asks_to_sign_in_whether_it_is_there_or_not(held: Held, path: str) -> None:
    assert browser(held).get(path).status_code == 302
    assert browser(held).post(path).status_code in (302, 405)


def test_the_entrance_shows_nothing_of_the_record_and_runs_no_foreign_script(held: Held) -> None:
    page = browser(held).get("/sign-in")
    text = page.content.decode()
    assert page.status_code == 200
    assert foreign_scripts(text) == []
    assert 'id="menu"' not in text
    assert "style=" not in text
    assert browser(held).get("/static/passkey.js").status_code == 200
    assert browser(held).get("/language/de?back=/sign-in").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_told_alike(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    wrong, unknown = (browser(held).post("/sign-in", {"login": name, "password": "not this one at all"}) for name in ("ana", "bob"))
    line = wrong.content.decode().partition('role="alert">')[2].partition("</p>")[0]
    assert "not correct" in line
    assert line in unknown.content.decode()
    assert (wrong.status_code, unknown.status_code) == (200, 200)


def test_after_five_wrong_passwords_not_even_the_right_one_signs_in_and_others_are_not_hindered(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    people("bob", Role.VIEWER)
    client = browser(held)
    for _ in range(5):
        client.post("/sign-in", {"login": "ana", "password": "not this one at all"})
    assert client.post("/sign-in", {"login": "ana", "password": PASSWORD}).status_code == 200
    assert client.get("/me").status_code == 302
    assert signed_in(held, "bob").get("/me").status_code == 200


def test_nobody_makes_an_account_for_themselves(held: Held) -> None:
    for path in ("/sign-up", "/signup", "/accounts/signup/", "/sign-in/signup"):
        assert browser(held).get(path).status_code == 302
    browser(held).post("/sign-in", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD})
    assert not get_user_model().objects.exists()


def test_passwords_are_kept_by_scrypt_and_cookies_out_of_reach(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    assert get_user_model().objects.get().password.startswith("scrypt$")
    client = browser(held)
    found = client.post("/sign-in", {"login": "ana", "password": PASSWORD}).cookies[settings.SESSION_COOKIE_NAME]
    assert (found["httponly"], found["samesite"], bool(found["secure"])) == (True, "Lax", False)
    over_tls = browser(held).post("/sign-in", {"login": "ana", "password": PASSWORD}, secure=True)
    assert all(cookie["secure"] for cookie in over_tls.cookies.values())


def test_a_form_of_another_site_is_refused_and_one_of_ours_is_taken(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    client = browser(held)
    client.handler.enforce_csrf_checks = True
    token = client.get("/sign-in").cookies["csrftoken"].value
    form = {"login": "ana", "password": PASSWORD, "csrfmiddlewaretoken": token}
    for origin in ("https://elsewhere.example", "null"):
        assert client.post("/sign-in", form, headers={"Origin": origin}).status_code == 403
    assert client.post("/sign-in", form, headers={"Origin": "http://localhost:8000"}).status_code == 302


def test_whoever_has_a_first_password_from_before_chooses_one_of_their_own(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    Person.objects.update(must_choose=True)
    client = browser(held)
    client.post("/sign-in", {"login": "ana", "password": PASSWORD})
    assert client.get("/agreements")["Location"] == "/me/password"
    chosen = {"oldpassword": PASSWORD, "password1": PASSWORD + "x", "password2": PASSWORD + "x"}
    assert client.post("/me/password", chosen).status_code == 302
    assert client.get("/agreements").status_code == 200
    assert not accounts.person_of("ana").must_choose


def test_an_account_of_django_that_is_nobodys_here_gets_nowhere(held: Held) -> None:
    get_user_model().objects.create_superuser("django", password=PASSWORD)
    client = browser(held)
    client.post("/sign-in", {"login": "django", "password": PASSWORD})
    assert client.get("/agreements").status_code == 302
    assert not Person.objects.exists()
