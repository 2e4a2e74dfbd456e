"""A saved filter that has no answer stops nobody else's mails and messages: its owner is told in a line; and none such is saved."""

from __future__ import annotations

import pytest

from comity.web.holding import Held
from comity.web.watching import Relay
from comity.web.watching.asking_again import ask
from tests.web.people.conftest import signed_in
from tests.web.watching.conftest import ACTS, CTBT, DAY, DEADLINES, NOW, VIENNA, Make, delivering, mailing, models, on, person, saving, signing, tell
from tests.web.watching.relay import relaying
from tests.web.watching.test_digests import html_of, run, to
from tests.web.watching.test_webhooks import URL, Receiver

BAD = [
    ("/differences", f"agreement={CTBT}", "it asks nothing"),
    ("/differences", "whole=no&from=2024-01-01", "choose an agreement or a party"),
    ("/cooperation", "year=1999", "shows no list so asked"),
    ("/cooperation", "chart=map", "a chart is to be had as svg"),
    ("/cooperation", "chart=chord&most=0", "most="),
    ("/upcoming", "whole=1&within=" + "9" * 1900, "not a number of days"),
    ("/upcoming", "whole=no", "shows no list so asked"),
    ("/must", f"agreement={CTBT}&within=9999999", "not a number of days"),
    ("/calendar", "month=0000-13", "is no month"),
    ("/acts", "agreement=xyzzy", "xyzzy"),
]


@pytest.mark.parametrize(("path", "query", "says"), BAD)
def test_it_says_what_is_wrong(office: Make, held: Held, path: str, query: str, says: str) -> None:
    answered = ask(on(held), person("anna").reader, path, query)
    assert (answered.lines, answered.pending) == ((), False)
    assert says in answered.problem


@pytest.mark.parametrize(("path", "query"), [(path, query) for path, query, _ in BAD])
def test_it_is_not_saved(office: Make, held: Held, path: str, query: str) -> None:
    response = signed_in(on(held), "anna").post("/saved", {"name": "Bad", "path": path, "query": query, "alert": "1"})
    assert response.status_code == 400
    assert response.content.decode().count('<p class="problem" role="alert">') <= 1
    assert not models.Saved.objects.exists()


@pytest.fixture
def bad(office: Make) -> None:
    """Of what was saved before such were refused: Anna's and Root's; Ben's are well."""
    for name in ("anna", "root"):
        for number, (path, query, _) in enumerate(BAD):
            models.Saved.objects.create(owner=person(name), name=f"Bad {number}", path=path, query=query, alert=True)
        tell(name)
    models.Saved.objects.create(owner=person("anna"), name="Odd", path="/acts", query=f"agreement={CTBT}&within={'9' * 1900}", alert=True)
    saving.save(person("ben"), "Vienna", *DEADLINES, alert=True)
    tell("ben")


def test_the_others_are_mailed_and_its_owner_is_told_once(bad: None, held: Held) -> None:
    with relaying() as stub:
        assert run(held, stub) == {"anna": "sent", "ben": "sent", "root": "sent"}
        assert "has no answer" not in to(stub, "ben")[0]
        (letter,) = to(stub, "anna")
        assert letter.count("has no answer: ") == len(BAD)
        assert "The saved filter Bad 0 has no answer: it asks nothing; delete it" in letter
        (html,) = [html_of(one) for one in stub.letters if one["To"] == "anna@example.org"]
        assert html.count("has no answer: ") == len(BAD)
        assert {one["Subject"] for one in stub.letters if one["To"] != "ben@example.org"} == {"Comity: a saved filter has no answer"}
        assert run(held, stub, days=1) == {"anna": "nothing", "ben": "sent", "root": "nothing"}


def test_what_not_anybody_would_be_told_is_said_to_whoever_signs_in(office: Make, held: Held) -> None:
    models.Saved.objects.create(owner=person("carl"), name="Theirs", path="/acts", query=f"agreement={VIENNA}", alert=True)
    tell("carl")
    with relaying() as stub:
        assert run(held, stub) == {"carl": "nothing"}
    assert "This filter cannot be answered" in signed_in(on(held), "carl").get("/").content.decode()


def test_today_and_the_list_say_it(bad: None, held: Held) -> None:
    client = signed_in(on(held), "anna")
    assert client.get("/").content.decode().count("This filter cannot be answered") == len(BAD)
    for path in ("/saved", "/saved/due"):
        assert client.get(path).status_code == 200
    for one in models.Saved.objects.filter(owner=person("anna")):
        assert client.get(f"/saved/{one.pk}").status_code == 200


def test_other_webhooks_go_on(bad: None, held: Held) -> None:
    root = person("root")
    for saved in models.Saved.objects.filter(owner=root):
        models.Webhook.objects.create(saved=saved, url=URL, secret=signing.new_secret(), told=[])
    models.Webhook.objects.create(saved=saving.save(root, "Tests", *ACTS), url=URL, secret=signing.new_secret(), told=[])
    tried = delivering.deliver_all(on(held), NOW, Receiver().post)
    assert [one.state for one in tried[: len(BAD)]] == ["not asked"] * len(BAD)
    assert all(one.says for one in tried)
    assert {one.state for one in tried[len(BAD) :]} == {"delivered"}


def test_a_dry_run_says_so_and_marks_nothing(bad: None, held: Held) -> None:
    with relaying() as stub:
        relay = Relay("127.0.0.1", stub.port, "none")
        found = mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", None)
        assert [one.how for one in found] == ["would be sent"] * 3
        assert not models.Saved.objects.filter(problem_told=True).exists()
        mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", relay.send)
    assert models.Saved.objects.filter(problem_told=True).count() == 2 * len(BAD)


NUMBERED = (("cooperation", "most"), ("cooperation", "year"), ("must", "within"), ("must", "past"), ("upcoming", "within"), ("calendar", "month"))
LONG = ["9" * 5000, "9" * 30, "0" * 9 + "1" * 5000, "٣" * 3, "-1", "1e9", "0000001" + "9" * 4400]


@pytest.mark.parametrize("number", LONG)
def test_a_number_that_is_too_long_is_no_number(office: Make, held: Held, number: str) -> None:
    client = signed_in(on(held), "root")
    assert client.post("/saved", {"do": "copy", "number": number}).status_code == 404
    assert client.post("/saved/webhooks", {"saved": number, "url": URL}).status_code == 404
    told = {"address": "", "language": "en", "lead": number, "before": "7", "deputy": "", "away_from": "", "away_until": ""}
    assert client.post("/saved/told", told).status_code == 400
    assert client.get(f"/saved/{number}").status_code == 404
    assert client.get(f"/saved/webhooks/{number}").status_code == 404
    assert client.get("/acts", {"page": number}).status_code == 400
    assert client.get("/acts", {"page": number, "agreement": CTBT}).status_code == 400
    for name in ("on", "known"):
        assert client.get("/conflicts", {name: number}).status_code == 400
    for page, name in NUMBERED:
        assert client.get(f"/{page}", {name: number, "party": "DEU"}).status_code == 400, (page, name)


def test_subscribing_takes_both_or_neither(office: Make, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST", 1)
    client = signed_in(on(held), "anna")
    assert client.post("/saved", {"do": "subscribe", "about": "agreement", "code": CTBT}).status_code == 400
    assert not models.Saved.objects.exists()


@pytest.mark.parametrize(("typed", "code"), [("germany", "DEU"), ("NATO", "NATO")])
def test_a_party_is_followed_by_its_code_however_it_was_typed(office: Make, held: Held, typed: str, code: str) -> None:
    client = signed_in(on(held), "anna")
    assert client.post("/saved", {"do": "subscribe", "about": "party", "code": typed}).status_code == 302
    assert {one.query for one in models.Saved.objects.all()} == {f"party={code}"}
    assert "You follow this" in client.get(f"/parties/{code}").content.decode()
