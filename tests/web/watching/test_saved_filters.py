"""Filters saved, shared, followed and given as calendars: each answered as the page is, with the rights of whoever asks."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.readers import Role
from comity.web.watching.asking_again import ask
from comity.web.watching.kinds import KINDS, twin
from comity.web.watching.kinds_of_procedures import ALONE
from tests.web.people.conftest import browser, signed_in
from tests.web.watching.conftest import ACTS, CTBT, DEADLINES, VIENNA, Make, last_of, models, on, person, saving

EXAMPLES = {
    "agreements": "q=treaty&sort=-bound", "parties": "q=fin", "acts": f"agreement={CTBT}", "cooperation": "party=FIN", "calendar": "party=DEU",
    "upcoming": "whole=1&within=800", "must": "party=DEU", "differences": "party=FIN&from=2023-01-01&on=2024-01-01", "findings": "whole=1",
    "search": "q=fin",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ALONE])
def test_a_page_that_can_be_saved_has_lines_that_are_known_by_their_keys(office: Make, held: Held, name: str) -> None:
    found = ask(on(held), person("anna").reader, reverse(name), EXAMPLES[name])
    shown = signed_in(on(held), "anna").get(f"/{name}?{EXAMPLES[name]}&format=json").json()[KINDS[name].rows]
    assert found.whole
    assert found.lines
    if name not in ("calendar", "must"):  # which look further ahead than the page
        assert len(found.lines) == len(shown), "two rows of the page have one key, or a row has none"
    assert all(line.says and "None" not in line.says for line in found.lines)


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ALONE])
def test_the_api_says_the_same_where_a_filter_says_so(office: Make, held: Held, name: str) -> None:
    described = description(API)["paths"][f"/api/v1/{KINDS[name].api}"]["get"]["parameters"]
    assert set(KINDS[name].takes) <= {one["name"] for one in described}
    client = signed_in(on(held), "anna")
    response = client.get(twin(reverse(name), EXAMPLES[name]))
    assert response.status_code == 200, response.content
    assert any(isinstance(rows, list) and rows for rows in response.json().values())
    assert twin(reverse(name), "xyzzy=1") == ""


def test_a_list_is_saved_from_its_page_and_opened_again(office: Make, held: Held) -> None:
    client = signed_in(on(held), "anna")
    page = client.get(f"/acts?agreement={CTBT}&page=2&kind=ratify").content.decode()
    (query,) = re.findall(r'name="query" value="([^"]*)"', page)
    sent = {"name": "Ratified", "path": "/acts", "query": query.replace("&amp;", "&"), "alert": "1"}
    assert client.post("/saved", sent).status_code == 302
    (saved,) = client.get("/saved?format=json").json()["saved"]
    assert saved["page"] == f"/acts?agreement={CTBT}&kind=ratify"
    assert (saved["alert"], saved["shared"], saved["feed"]) == (True, False, False)
    assert client.get("/api/v1/saved").json()["saved"] == [saved]
    assert client.get("/api/v1/saved?alert=no").json()["saved"] == [saved]
    assert f'href="{saved["page"]}"'.replace("&", "&amp;") in client.get("/saved").content.decode()


@pytest.mark.parametrize(
    ("path", "query", "says"),
    [("//evil.example/acts", "", "cannot be saved"), ("https://evil.example/", "", "cannot be saved"), ("/me", "", "cannot be saved"),
     ("/upcoming", "", "asks nothing yet"), ("/search", "kind=act", "asks nothing yet"), ("/acts", "kind=" + "x" * 3000, "cannot be saved")],
)  # fmt: skip
def test_what_is_no_list_is_not_saved(office: Make, held: Held, path: str, query: str, says: str) -> None:
    response = signed_in(on(held), "anna").post("/saved", {"name": "x", "path": path, "query": query})
    assert response.status_code == 400
    assert says in response.content.decode()


def test_a_filter_is_renamed_and_deleted_by_its_owner_alone(office: Make, held: Held) -> None:
    saved = saving.save(person("anna"), "Mine", *ACTS)
    anna, ben = signed_in(on(held), "anna"), signed_in(on(held), "ben")
    never = ben.get("/saved/999999")
    assert ben.get(f"/saved/{saved.pk}").status_code == never.status_code == 404
    assert ben.post(f"/saved/{saved.pk}", {"do": "delete"}).status_code == 404
    anna.post(f"/saved/{saved.pk}", {"do": "change", "name": "Ours", "shared": "1"})
    saved.refresh_from_db()
    assert (saved.name, saved.shared, saved.alert) == ("Ours", True, False)
    assert anna.post(f"/saved/{saved.pk}", {"do": "change", "name": " "}).status_code == 400
    assert anna.post(f"/saved/{saved.pk}", {"do": "delete"}).status_code == 302
    assert not models.Saved.objects.exists()


def test_what_is_shared_is_seen_by_whom_it_concerns_and_answered_with_their_own_rights(office: Make, held: Held) -> None:
    saving.save(person("anna"), "Vienna", "/acts", f"agreement={VIENNA}", shared=True)
    saving.save(person("anna"), "Tests", *ACTS, shared=True)
    saving.save(person("anna"), "Private", "/parties", "q=fin")
    seen = {name: signed_in(on(held), name).get("/saved").content.decode() for name in ("ben", "carl", "dora")}
    assert ("Vienna" in seen["ben"], "Tests" in seen["ben"], "Private" in seen["ben"]) == (True, True, False)
    assert ("Vienna" in seen["carl"], "Tests" in seen["carl"]) == (False, True), "Carl is confined to one of the two"
    assert ("Vienna" in seen["dora"], "Tests" in seen["dora"]) == (False, False), "another party's"


def test_a_copy_of_what_is_shared_is_ones_own(office: Make, held: Held) -> None:
    theirs = saving.save(person("anna"), "Vienna", "/acts", f"agreement={VIENNA}", shared=True)
    assert signed_in(on(held), "carl").post("/saved", {"do": "copy", "number": theirs.pk}).status_code == 404
    assert signed_in(on(held), "ben").post("/saved", {"do": "copy", "number": theirs.pk}).status_code == 302
    assert models.Saved.objects.get(owner=person("ben")).name == "Vienna"


def test_subscribing_takes_one_click_and_is_said_on_the_page(office: Make, held: Held) -> None:
    client = signed_in(on(held), "anna")
    assert "Subscribe" in client.get(f"/agreements/{VIENNA}").content.decode()
    client.post("/saved", {"do": "subscribe", "about": "agreement", "code": VIENNA})
    assert {(one.path, one.query, one.alert) for one in models.Saved.objects.all()} == {
        ("/acts", f"agreement={VIENNA}", True), ("/calendar", f"agreement={VIENNA}", True),
    }  # fmt: skip
    assert "You follow this" in client.get(f"/agreements/{VIENNA}").content.decode()
    client.post("/saved", {"do": "subscribe", "about": "party", "code": "DEU"})
    assert models.Saved.objects.filter(query="party=DEU").count() == 2
    carl = signed_in(on(held), "carl")
    assert carl.post("/saved", {"do": "subscribe", "about": "agreement", "code": VIENNA}).status_code == 404


def test_what_is_new_is_new_until_it_was_looked_at(office: Make, held: Held) -> None:
    late = last_of(held, CTBT, 2)
    before, after = on(held, left_out=lambda e: e.act.ref in late), on(held)
    client = signed_in(before, "anna")
    client.post("/saved", {"name": "Tests", "path": "/acts", "query": f"agreement={CTBT}", "alert": "1"})
    number = models.Saved.objects.get().pk
    assert "Nothing new" in client.get(f"/saved/{number}").content.decode()
    client = signed_in(after, "anna")
    page, today = (client.get(path).content.decode() for path in (f"/saved/{number}", "/"))
    assert "2 lines" in page
    assert '<span class="count">2</span>' in today
    assert "Nothing that you follow falls due" in today
    client.post(f"/saved/{number}", {"do": "looked"})
    assert "Nothing new" in client.get(f"/saved/{number}").content.decode()
    assert "Nothing new since you looked" in client.get("/").content.decode()


def test_today_asks_to_acknowledge_what_falls_due(office: Make, held: Held) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    client = signed_in(on(held), "anna")
    page = client.get("/").content.decode()
    (address,) = set(re.findall(r'action="(/saved/due/[0-9a-f]+)"', page))
    assert client.post(address).status_code == 302
    assert address not in client.get("/").content.decode()
    assert "You follow nothing yet" in signed_in(on(held), "ben").get("/").content.decode()


def feed_address(client: Client, number: int) -> str:
    page = client.post(f"/saved/{number}", {"do": "feed"}).content.decode()
    (found,) = re.findall(r"<code>http://[^/]+(/saved/feed/[\w-]{40,})</code>", page)
    return str(found)


def test_a_feed_is_had_by_its_token_until_it_is_renewed_or_ended(office: Make, held: Held) -> None:
    saved, world = saving.save(person("anna"), "Vienna", *DEADLINES), on(held)
    anna, stranger = signed_in(world, "anna"), browser(world)
    first = feed_address(anna, saved.pk)
    got = stranger.get(first)
    assert got.status_code == 200
    assert got["Content-Type"].startswith("text/calendar")
    text = got.content.decode()
    assert text.count("BEGIN:VEVENT") == 6
    assert "DTSTART;VALUE=DATE:20261215" in text
    assert first.rpartition("/")[2] not in str(models.Saved.objects.values()), "the token itself is not kept"
    second = feed_address(anna, saved.pk)
    assert (stranger.get(first).status_code, stranger.get(second).status_code) == (404, 200)
    anna.post(f"/saved/{saved.pk}", {"do": "revoke"})
    gone, never = stranger.get(second), stranger.get("/saved/feed/" + "x" * 43)
    assert gone.status_code == never.status_code == 404
    assert gone.content.decode().replace(second.rpartition("/")[2], "x" * 43) == never.content.decode()


def test_a_feed_has_its_owners_rights_as_they_are_now(office: Make, held: Held) -> None:
    saved, world = saving.save(person("ben"), "Tests", *ACTS), on(held)
    address, stranger = feed_address(signed_in(world, "ben"), saved.pk), browser(world)
    all_of_it = stranger.get(address).content.decode().count("BEGIN:VEVENT")
    assert all_of_it > 300
    accounts.change("ben", person("ben").grant.__class__(frozenset({Role.VIEWER}), agreements=frozenset({VIENNA})), by=None)
    assert stranger.get(address).status_code == 404, "they see that agreement no longer"
    accounts.change("ben", person("ben").grant.__class__(frozenset({Role.VIEWER})), by=None)
    assert stranger.get(address).status_code == 200
    accounts.dismiss("ben", by=None)
    assert stranger.get(address).status_code == 404
