"""Nobody sets another's password, second factors are sealed, wrong passwords make wait and lock nobody out, and what happens is kept."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone

from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.people import accounts, sealing, starting, waiting
from comity.web.people.models import Change, Failed, Invitation
from comity.web.people.tokens import make_token
from comity.web.readers import NotAllowed, Role
from tests.web.people.conftest import PASSWORD, browser, signed_in

Make = Callable[..., None]
OTHER = "another long password"


def link_in(page: Any) -> str:
    found: str
    (found,) = re.findall(r"http://localhost:8000(/sign-in/set/[\w-]{43})", page.content.decode())
    return found


def set_by(held: Held, link: str, password: str = OTHER) -> Any:
    return browser(held).post(link, {"password1": password, "password2": password})


def try_in(client: Client, name: str = "ana", password: str = "not this one at all") -> bool:
    client.post("/sign-in", {"login": name, "password": password})
    return client.get("/me").status_code == 200


# -- links


def test_an_administrator_gives_out_a_link_by_which_a_password_is_set_once(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    root = signed_in(held, "root")
    page = root.post("/people", {"name": "ana", "role": "viewer"})
    assert page["Cache-Control"] == "no-store"
    link = link_in(page)
    assert Invitation.objects.get().digest not in link
    assert browser(held).get(link)["Referrer-Policy"] == "no-referrer"
    assert set_by(held, link, "short").status_code == 400
    assert browser(held).post(link, {"password1": OTHER, "password2": PASSWORD}).status_code == 400
    assert set_by(held, link)["Location"] == "/sign-in"
    assert try_in(browser(held), password=OTHER)
    assert set_by(held, link, PASSWORD).status_code == 404, "it is used"
    told = browser(held).get("/sign-in/set/" + "x" * 43)
    assert told.status_code == browser(held).get(link).status_code == 404
    assert [one.what for one in Change.objects.filter(whose="ana").order_by("pk")][:3] == [
        "account made",
        "link for a password given out",
        "password set by a link",
    ]


def test_a_link_is_over_after_a_day_and_when_another_is_given_out(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("ana", Role.VIEWER)
    root = signed_in(held, "root")
    first, second = (link_in(root.post("/people/ana", {"do": "link to set a password"})) for _ in range(2))
    assert browser(held).get(first).status_code == 404
    assert browser(held).get(second).status_code == 200
    Invitation.objects.update(ends=timezone.now() - timedelta(seconds=1))
    assert set_by(held, second).status_code == 404
    assert try_in(browser(held), password=PASSWORD), "until it is used, the password before holds"


def test_a_link_ends_sessions_and_tokens_and_is_none_for_who_was_dismissed(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("ana", Role.VIEWER)
    ana, token = signed_in(held, "ana"), make_token(accounts.person_of("ana"), "p", timezone.now().date(), ())
    link = link_in(signed_in(held, "root").post("/people/ana", {"do": "link to set a password"}))
    set_by(held, link)
    assert ana.get("/me").status_code == 302
    assert browser(held).get("/api/v1/book", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    link = link_in(signed_in(held, "root").post("/people/ana", {"do": "link to set a password"}))
    accounts.dismiss("ana", by=None)
    assert browser(held).get(link).status_code == 404
    assert signed_in(held, "root").post("/people/ana", {"do": "link to set a password"}).status_code == 400
    assert signed_in(held, "root").post("/people/ana", {"do": "password", "password": "x" * 20}).status_code == 400


def test_the_last_administrator_stays_at_the_command_line_too(people: Make) -> None:
    people("root", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="the last who administers"):
        accounts.dismiss("root", by=None)


# -- sealing


def test_second_factors_are_sealed_and_older_ones_are_sealed_at_the_next_start(people: Make) -> None:
    people("ana", Role.VIEWER)
    user, secret = accounts.person_of("ana").user, generate_totp_secret()
    TOTP.activate(user, secret)
    kept = Authenticator.objects.get()
    assert secret not in str(kept.data)
    assert kept.data["secret"].startswith(sealing.SEALED)
    Authenticator.objects.update(data={"secret": secret})
    starting.prepare()
    again = Authenticator.objects.get()
    assert secret not in str(again.data)
    assert sealing.unseal(again.data["secret"]) == secret


def test_the_key_file_is_its_owner_s_alone_and_a_lost_one_is_told(people: Make) -> None:
    file = Path(settings.PEOPLE_KEY)
    file.unlink()
    starting.prepare()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    people("ana", Role.VIEWER)
    TOTP.activate(accounts.person_of("ana").user, generate_totp_secret())
    file.rename(f"{file}.elsewhere")
    with pytest.raises(BadInput, match="put the key file back"):
        starting.prepare()
    assert not file.exists()


# -- waiting


def test_waits_grow_and_end() -> None:
    waits = [waiting.wait_after(count, 5, 900).total_seconds() for count in (4, 5, 6, 10, 11, 12, 10_000)]
    assert waits == [0, 15, 30, 480, 900, 900, 900]


def test_wrong_passwords_make_wait_and_trying_while_one_waits_makes_it_no_longer(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    for _ in range(5):
        assert not try_in(browser(held))
    assert not try_in(browser(held), password=PASSWORD), "not even the right one"
    before = {one.of: one.until for one in Failed.objects.all()}
    assert not try_in(browser(held))
    assert {one.of: one.until for one in Failed.objects.all()} == before
    Failed.objects.update(until=timezone.now())
    assert try_in(browser(held), password=PASSWORD)
    assert Change.objects.filter(whose="ana", what="5 wrong passwords in a row", address="127.0.0.1").exists()


def test_whoever_tries_another_s_name_does_not_keep_them_out_of_their_own_browser(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    known = signed_in(held, "ana")
    known.post("/sign-out")
    for _ in range(7):
        try_in(browser(held))
        Failed.objects.update(until=timezone.now())
    for _ in range(2):
        try_in(browser(held))
    assert not try_in(browser(held), password=PASSWORD)
    assert try_in(known, password=PASSWORD)
    other = browser(held)
    other.cookies[waiting.KNOWN] = known.cookies[waiting.KNOWN].value[:-1] + "x"
    assert not try_in(other, password=PASSWORD), "a forged one is none"


def test_a_known_browser_is_made_to_wait_for_its_own_wrong_passwords(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    known = signed_in(held, "ana")
    known.post("/sign-out")
    for _ in range(5):
        try_in(known)
    assert not try_in(known, password=PASSWORD)
    assert try_in(browser(held), password=PASSWORD)


def test_a_link_lets_in_again_whoever_was_made_to_wait(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("ana", Role.VIEWER)
    for _ in range(5):
        try_in(browser(held))
    set_by(held, link_in(signed_in(held, "root").post("/people/ana", {"do": "link to set a password"})))
    assert try_in(browser(held), password=OTHER)


# -- what happened


def test_administrators_see_what_happened_to_the_accounts_they_administer(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("chef", Role.ADMINISTRATOR, party="DEU")
    people("ana", Role.VIEWER, party="DEU")
    people("bob", Role.VIEWER)
    for name in ("ana", "bob"):
        signed_in(held, name)
    assert signed_in(held, "ana").get("/people-events").status_code == 403
    whole, own = (signed_in(held, name).get("/people-events?format=json").json()["events"] for name in ("root", "chef"))
    assert {one["whose"] for one in whole} == {"root", "chef", "ana", "bob"}
    assert {one["whose"] for one in own} == {"chef", "ana"}
    assert {"whose": "bob", "by": "bob", "what": "signed in", "from": "127.0.0.1"}.items() <= next(o for o in whole if o["whose"] == "bob").items()
    assert "signed in" in signed_in(held, "root").get("/people-events").content.decode()
    assert "signed in" in signed_in(held, "ana").get("/me").content.decode()
