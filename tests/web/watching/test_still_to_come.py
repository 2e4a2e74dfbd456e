"""While what anybody may see is still being worked out, nothing goes out and nothing is marked as told: it is tried again."""

from __future__ import annotations

import pytest

from comity.web.holding import Held
from comity.web.readers import Reader
from comity.web.watching import Relay, outward
from comity.web.watching.asking_again import Answered, ask
from tests.web.people.conftest import browser, signed_in
from tests.web.watching.conftest import ACTS, DAY, DEADLINES, NOW, Make, delivering, mailing, models, on, person, saving, signing, tell
from tests.web.watching.relay import relaying
from tests.web.watching.test_outward import before
from tests.web.watching.test_saved_filters import feed_address
from tests.web.watching.test_webhooks import URL, Receiver


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What anybody may see is pending until this is undone; what the owner may see is there."""
    monkeypatch.setattr(outward, "ask", lambda *_: Answered(pending=True))
    return monkeypatch


def test_a_calendar_says_when_to_come_back(office: Make, held: Held, working: pytest.MonkeyPatch) -> None:
    saved, world = saving.save(person("anna"), "Vienna", *DEADLINES), on(held)
    address = feed_address(signed_in(world, "anna"), saved.pk)
    response = browser(world).get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    working.undo()
    assert browser(world).get(address).status_code == 200


def test_a_mail_goes_with_the_next_run(office: Make, held: Held, working: pytest.MonkeyPatch) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    with relaying() as stub:
        relay = Relay("127.0.0.1", stub.port, "none")
        (told,) = mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", relay.send)
        assert (told.how, told.says) == ("later", "the record is still being derived; the next run tells it")
        saved = models.Saved.objects.get()
        assert (saved.seen, saved.told, models.Mailing.objects.count(), stub.letters) == (None, None, 0, [])
        working.undo()
        (told,) = mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", relay.send)
        assert told.how == "sent"


def test_a_mail_waits_for_what_a_deputy_is_told_as_well(office: Make, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna", deputy=person("ben"), away_from=DAY, away_until=DAY)
    tell("ben")

    def slow(world: Held, reader: Reader, path: str, query: str) -> Answered:
        return Answered(pending=True) if reader.name == "ben" else ask(world, reader, path, query)

    monkeypatch.setattr("comity.web.watching.news.ask", slow)
    with relaying() as stub:
        relay = Relay("127.0.0.1", stub.port, "none")
        found = mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", relay.send)
        assert [one.how for one in found] == ["away", "later"]
        assert "still being derived" in signed_in(on(held), "ben").get("/saved/due").content.decode()


def test_a_message_is_made_by_the_next_run(office: Make, held: Held, working: pytest.MonkeyPatch) -> None:
    hook = models.Webhook.objects.create(saved=saving.save(person("root"), "Tests", *ACTS), url=URL, secret=signing.new_secret())
    delivering.begin(before(held), hook)
    receiver, told = Receiver(), hook.told
    assert delivering.deliver_all(on(held), NOW, receiver.post) == []
    hook.refresh_from_db()
    assert (hook.told, models.Delivery.objects.count(), receiver.got) == (told, 0, [])
    working.undo()
    assert [one.state for one in delivering.deliver_all(on(held), NOW, receiver.post)] == ["delivered"]
