"""The pages about people: who administers whom, what is kept of every change, and what one sees of oneself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.acts import Entry
from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.people.granting import Grant
from comity.web.people.models import Change
from comity.web.readers import Role
from tests.web.conftest import foreign_scripts
from tests.web.people.conftest import FOREIGN, SEEN, answer, signed_in

Make = Callable[..., None]
MINE = ("/me", "/permissions", "/proposals", "/me/second", "/me/second/passkeys", "/me/password", "/me/again", "/sign-out")
THEIRS = ("/people", "/people/ana")


@pytest.fixture
def office(people: Make) -> Make:
    people("root", Role.ADMINISTRATOR)
    people("ana", Role.DESK_OFFICER, party="DEU", agreements=frozenset({SEEN}))
    return people


def test_accounts_are_for_administrators(office: Make, held: Held) -> None:
    root, ana = signed_in(held, "root"), signed_in(held, "ana")
    assert [root.get(path).status_code for path in (*MINE, *THEIRS)] == [200] * len((*MINE, *THEIRS))
    assert [ana.get(path).status_code for path in MINE] == [200] * len(MINE)
    assert [ana.get(path).status_code for path in THEIRS] == [403, 403]
    assert ana.post("/people", {"name": "eve", "role": "administrator"}).status_code == 403
    assert ana.post("/people/root", {"do": "dismiss"}).status_code == 403
    assert 'href="/people"' in root.get("/me").content.decode()
    assert 'href="/people"' not in ana.get("/me").content.decode()


@pytest.mark.parametrize("path", [*MINE, *THEIRS])
def test_these_pages_run_no_foreign_script_and_carry_no_style(office: Make, held: Held, path: str) -> None:
    text = signed_in(held, "root").get(path).content.decode()
    assert foreign_scripts(text) == []
    assert "style=" not in text
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_an_account_is_made_changed_and_ended_and_every_step_is_kept(office: Make, held: Held) -> None:
    root = signed_in(held, "root")
    root.post("/people", {"name": "bob", "role": ["desk officer", "planner"], "party": "DEU", "agreements": f"{SEEN}, ctbt"})
    root.post("/people/bob", {"do": "change", "role": "viewer", "agreements": SEEN})
    root.post("/people/bob", {"do": "dismiss"})
    kept = [(one.what, one.by) for one in Change.objects.filter(whose="bob").order_by("pk")]
    link = ("link for a password given out", "root")
    assert kept == [("account made", "root"), link, ("rights changed", "root"), ("dismissed", "root")]
    made, _, changed, _ = Change.objects.filter(whose="bob").order_by("pk")
    first = {"roles": ["desk officer", "planner"], "party": "DEU", "agreements": ["ctbt", SEEN], "cleared": [], "in_use": True}
    assert (made.before, made.after) == (None, first)
    assert changed.before == first
    assert changed.after == {"roles": ["viewer"], "party": None, "agreements": [SEEN], "cleared": [], "in_use": True}
    assert "rights changed" in root.get("/people/bob").content.decode()


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({"name": "ana", "role": "viewer"}, 400, "there is an account"),
        ({"name": "ANA", "role": "viewer"}, 400, "there is an account"),
        ({"name": "a b", "role": "viewer"}, 400, "is no name of an account"),
        ({"name": "", "role": "viewer"}, 400, "is no name of an account"),
        ({"name": "bob"}, 403, "bob would have no role"),
        ({"name": "bob", "role": "king"}, 400, "no role &#x27;king&#x27;"),
        ({"name": "bob", "role": "viewer", "party": "Atlantis"}, 404, "no party"),
        ({"name": "bob", "role": "viewer", "agreements": "none-such"}, 404, "no agreement"),
        ({"name": "bob", "role": "viewer", "cleared": "SECRET"}, 400, "write POLICY:LEVEL"),
        ({"name": "bob", "role": ["administrator", "planner"]}, 403, "an administrator is nothing besides"),
    ],
)
def test_what_cannot_be_granted_is_said_above_the_form(office: Make, held: Held, form: dict[str, str], status: int, says: str) -> None:
    page = signed_in(held, "root").post("/people", form)
    assert page.status_code == status
    assert f'role="alert">{says}' in page.content.decode() or says in page.content.decode().partition('role="alert">')[2].partition("</p>")[0]


def test_nobody_changes_themselves_and_the_last_administrator_stays(office: Make, held: Held) -> None:
    root = signed_in(held, "root")
    for form in (
        {"do": "change", "role": ["administrator", "planner"]},
        {"do": "dismiss"},
        {"do": "link to set a password"},
        {"do": "change", "role": "viewer"},
    ):
        assert root.post("/people/root", form).status_code == 403
    assert accounts.person_of("root").grant == Grant(frozenset({Role.ADMINISTRATOR}))


def test_an_administrator_of_a_party_sees_and_changes_its_accounts_only(office: Make, held: Held) -> None:
    office("chef", Role.ADMINISTRATOR, party="DEU")
    office("isl", Role.VIEWER, party="ISL")
    chef = signed_in(held, "chef")
    listed = {one["name"] for one in chef.get("/people?format=json").json()["people"]}
    assert listed == {"ana", "chef"}
    for path in ("/people/isl", "/people/qzx"):
        assert chef.get(path).status_code == 404
        assert chef.post(path, {"do": "dismiss"}).status_code == 404
    assert answer(chef, "/people/isl")[1].replace("isl", "qzx") == answer(chef, "/people/qzx")[1]
    assert chef.post("/people", {"name": "new", "role": "viewer", "party": "ISL"}).status_code == 403
    assert chef.post("/people", {"name": "new", "role": "viewer"}).status_code == 403
    assert chef.post("/people", {"name": "new", "role": "viewer", "party": "DEU"}).status_code == 200


def test_what_somebody_who_is_confined_does_not_see_of_their_agreements_is_told(office: Make, held: Held) -> None:
    office("bob", Role.VIEWER, agreements=frozenset({"nato-protocol-esp"}))
    root = signed_in(held, "root")
    assert 'href="/agreements/nato-treaty"' in root.get("/people/bob").content.decode().partition("rests on others")[2]
    root.post("/people/bob", {"do": "change", "role": "viewer", "agreements": f"nato-protocol-esp, {SEEN}"})
    assert "rests on others" not in root.get("/people/bob").content.decode()


def test_me_says_what_the_roles_allow(office: Make, held: Held) -> None:
    told = signed_in(held, "ana").get("/me?format=json").json()
    assert told["may"] == ["read", "record acts"]
    text = signed_in(held, "ana").get("/me").content.decode()
    assert "record acts" in text
    assert "account made" in text


@pytest.mark.parametrize(
    ("query", "allowed", "rule"),
    [
        ("person=ana&right=read", True, None),
        ("person=ana&right=release information", False, "role"),
        (f"person=ana&right=read&agreement={FOREIGN}", False, "agreement"),
        (f"person=ana&right=read&agreement={SEEN}", True, None),
        ("person=gone&right=read", False, "account"),
        ("person=isl&right=read&act={secret}", False, "party"),
        ("person=deu&right=read&act={secret}", False, "clearance"),
        ("person=cleared&right=read&act={secret}", True, None),
    ],
)
def test_the_rule_that_decides_is_named_and_every_rule_is_told(
    office: Make, labelled: Held, secret: Entry, query: str, allowed: bool, rule: str | None
) -> None:
    office("gone", Role.VIEWER, in_use=False)
    office("isl", Role.VIEWER, party="FRA", cleared=("NATO: SECRET",))
    office("deu", Role.VIEWER, party="DEU")
    office("cleared", Role.VIEWER, party="DEU", cleared=("NATO: SECRET",))
    office("boss", Role.ADMINISTRATOR, cleared=("NATO: SECRET",))
    found = signed_in(labelled, "boss").get("/permissions?format=json&" + query.format(secret=secret.act.ref)).json()
    assert (found["allowed"], found["decided_by"]) == (allowed, rule)
    assert [one["rule"] for one in found["rules"]] == ["account", "role", "agreement", "party", "clearance"]
    assert all(one["says"] for one in found["rules"])
    page = signed_in(labelled, "boss").get("/permissions?" + query.format(secret=secret.act.ref)).content.decode()
    assert page.count("<li><b>") == 5


def test_others_ask_about_themselves_only(office: Make, held: Held) -> None:
    ana = signed_in(held, "ana")
    assert ana.get("/permissions?right=read&format=json").json()["person"] == "ana"
    assert ana.get("/permissions?right=read&person=root").status_code == 404
    assert ana.get("/permissions?right=read&person=none").status_code == 404
    assert ana.get("/permissions?right=fly").status_code == 400
