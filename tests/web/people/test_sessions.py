"""Sessions: one's own are listed and ended one by one or all; a dismissal, a new password and a lost right take effect with the next request."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings

from comity.web.holding import Held
from comity.web.people import accounts, starting
from comity.web.people.granting import Grant
from comity.web.readers import Role
from tests.web.people.conftest import PASSWORD, signed_in

Make = Callable[..., None]


def test_sessions_are_listed_and_one_is_ended(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    first, second = signed_in(held, "ana"), signed_in(held, "ana")
    assert first.get("/me").content.decode().count('<button name="session"') == 2
    other = UserSession.objects.exclude(session_key=first.session.session_key).get()
    assert first.post("/me/sessions", {"session": other.pk}).status_code == 302
    assert second.get("/me").status_code == 302
    assert first.get("/me").status_code == 200


def test_all_others_are_ended_and_nobody_elses(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    people("bob", Role.VIEWER)
    mine, others, bobs = signed_in(held, "ana"), [signed_in(held, "ana") for _ in range(3)], signed_in(held, "bob")
    bobs_session = UserSession.objects.get(user__username="bob")
    assert mine.post("/me/sessions", {"session": bobs_session.pk}).status_code == 404
    mine.post("/me/sessions", {"session": "others"})
    assert [one.get("/me").status_code for one in others] == [302, 302, 302]
    assert (mine.get("/me").status_code, bobs.get("/me").status_code) == (200, 200)


def test_a_dismissed_account_is_out_at_once_and_cannot_sign_in(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("ana", Role.VIEWER)
    ana, root = signed_in(held, "ana"), signed_in(held, "root")
    assert ana.get("/agreements").status_code == 200
    assert root.post("/people/ana", {"do": "dismiss"}).status_code == 302
    assert ana.get("/agreements").status_code == 302
    assert ana.post("/sign-in", {"login": "ana", "password": PASSWORD}).status_code == 403
    assert not UserSession.objects.filter(user__username="ana").exists()
    root.post("/people/ana", {"do": "take back"})
    assert signed_in(held, "ana").get("/agreements").status_code == 200


def test_another_password_ends_the_other_sessions_and_not_this_one(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    mine, other = signed_in(held, "ana"), signed_in(held, "ana")
    chosen = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}
    assert mine.post("/me/password", chosen).status_code == 302
    assert (mine.get("/me").status_code, other.get("/me").status_code) == (200, 302)


def test_a_password_set_at_the_command_line_ends_every_session(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    mine = signed_in(held, "ana")
    accounts.set_password("ana", "another long password")
    assert mine.get("/me").status_code == 302


def test_a_right_that_was_taken_is_gone_with_the_next_request(people: Make, held: Held) -> None:
    people("root", Role.ADMINISTRATOR)
    people("other", Role.ADMINISTRATOR)
    root = signed_in(held, "root")
    assert root.get("/people").status_code == 200
    accounts.change("root", Grant(frozenset({Role.VIEWER})), by="other")
    assert root.get("/people").status_code == 403


def test_signing_out_is_asked_for_by_a_form_and_ends_the_session(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    mine = signed_in(held, "ana")
    assert mine.get("/sign-out").status_code == 200
    assert mine.get("/me").status_code == 200
    assert mine.post("/sign-out").status_code == 302
    assert mine.get("/me").status_code == 302


def test_sessions_stay_valid_over_a_restart(people: Make, held: Held) -> None:
    people("ana", Role.VIEWER)
    starting.prepare()
    kept = settings.SECRET_KEY
    mine = signed_in(held, "ana")
    settings.SECRET_KEY = "what a process begins with"
    starting.prepare()
    assert kept == settings.SECRET_KEY
    assert mine.get("/me").status_code == 200
