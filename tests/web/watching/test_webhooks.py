"""Webhooks: signed so that anybody can check it, tried again, turned off; telling no more than whoever registered them may see."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.people.granting import Grant
from comity.web.readers import Role
from comity.web.watching.asking_again import Answered, ask
from tests.web.people.conftest import signed_in
from tests.web.watching.conftest import ACTS, CTBT, NOW, VIENNA, Make, delivering, last_of, models, on, person, saving, signing, tell
from tests.web.watching.relay import relaying
from tests.web.watching.test_digests import run, to

URL = "https://hooks.example.org/comity"


@dataclass
class Receiver:
    """What was posted, and with which status it is answered; 0: not at all."""

    status: int = 200
    got: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.got.append((url, headers, body))
        if not self.status:
            raise ConnectionRefusedError("nobody there")
        return self.status


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """As whoever receives it checks it, by the specification."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, one) for one in headers["webhook-signature"].split(" "))


@pytest.fixture
def hook(office: Make, held: Held) -> models.Webhook:
    """Root's, of the acts under a treaty of which the last two are yet to come."""
    saved = saving.save(person("root"), "Tests", *ACTS)
    made = models.Webhook.objects.create(saved=saved, url=URL, secret=signing.new_secret())
    delivering.begin(before(held), made)
    return made


def before(held: Held) -> Held:
    late = last_of(held, CTBT, 2)
    return on(held, left_out=lambda entry: entry.act.ref in late)


def test_a_known_message_has_the_known_signature() -> None:
    """The example of the specification's libraries."""
    headers = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_new_is_posted_once_and_signed(hook: models.Webhook, held: Held) -> None:
    receiver = Receiver()
    assert delivering.deliver_all(before(held), NOW, receiver.post) == []
    (tried,) = delivering.deliver_all(on(held), NOW, receiver.post)
    assert tried.state == "delivered"
    ((url, headers, body),) = receiver.got
    assert url == URL
    assert headers["Content-Type"] == "application/json"
    assert is_genuine(hook.secret, headers, body)
    assert not is_genuine(hook.secret, headers, body + b" ")
    assert not is_genuine(signing.new_secret(), headers, body)
    told = json.loads(body)
    assert (told["type"], told["data"]["saved"]["name"]) == ("saved.new", "Tests")
    assert {line["ref"] for line in told["data"]["lines"]} == last_of(held, CTBT, 2)
    assert delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post) == []


def test_nothing_of_the_record_is_kept_with_a_message(hook: models.Webhook, held: Held) -> None:
    delivering.deliver_all(on(held), NOW, Receiver(0).post)
    assert not any(ref in str(models.Delivery.objects.values()) for ref in last_of(held, CTBT, 2))


def test_it_is_tried_again_with_growing_waits_under_the_same_id(hook: models.Webhook, held: Held) -> None:
    receiver, now, world = Receiver(0), NOW, on(held)
    when = []
    for _ in range(12 * 24 * 7):
        if delivering.deliver_all(world, now, receiver.post):
            when.append(now)
        now += timedelta(minutes=5)
    waits = [later - earlier for earlier, later in pairwise(when)]
    assert waits == sorted(waits)
    assert len(when) == len(delivering.WAITS)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in receiver.got}) == len(when)
    assert models.Delivery.objects.get().state == "given up"


@pytest.mark.parametrize(("status", "says"), [(302, "not followed"), (500, "500"), (0, "nobody there"), (199, "199")])
def test_what_is_no_success_is_tried_again(hook: models.Webhook, held: Held, status: int, says: str) -> None:
    receiver = Receiver(status)
    (tried,) = delivering.deliver_all(on(held), NOW, receiver.post)
    assert (tried.state, says in tried.says) == ("waiting", True)
    receiver.status = 204
    (tried,) = delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post)
    assert tried.state == "delivered"
    hook.refresh_from_db()
    assert hook.failures == 0


def test_after_many_failures_it_is_turned_off_and_its_owner_is_told(hook: models.Webhook, held: Held) -> None:
    models.Webhook.objects.update(failures=delivering.MOST_FAILURES - 1)
    tell("root")
    delivering.deliver_all(on(held), NOW, Receiver(500).post)
    hook.refresh_from_db()
    assert hook.off == NOW
    receiver = Receiver()
    assert delivering.deliver_all(on(held), NOW + timedelta(days=1), receiver.post) == []
    assert receiver.got == []
    with relaying() as stub:
        assert run(held, stub)["root"] == "sent"
        assert f"The webhook {URL} failed too often and is turned off" in to(stub, "root")[0]
        assert run(held, stub, days=1)["root"] == "nothing", "once"
    client = signed_in(on(held), "root")
    assert "1 webhook is turned off" in client.get("/saved").content.decode()
    client.post(f"/saved/webhooks/{hook.pk}", {"do": "on"})
    assert [one.state for one in delivering.deliver_all(on(held), NOW + timedelta(days=1), receiver.post)] == ["delivered"]


def test_one_that_says_it_is_gone_is_turned_off_at_once(hook: models.Webhook, held: Held) -> None:
    delivering.deliver_all(on(held), NOW, Receiver(410).post)
    hook.refresh_from_db()
    assert hook.off is not None


def test_two_secrets_sign_while_one_follows_the_other(hook: models.Webhook, held: Held) -> None:
    first = hook.secret
    page = signed_in(on(held), "root").post(f"/saved/webhooks/{hook.pk}", {"do": "rotate"}).content.decode()
    (second,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", page)
    assert second not in signed_in(on(held), "root").get(f"/saved/webhooks/{hook.pk}").content.decode(), "it is shown once"
    receiver, now = Receiver(0), datetime.now(UTC)
    delivering.deliver_all(on(held), now, receiver.post)
    delivering.deliver_all(on(held), now + delivering.OVERLAP + timedelta(hours=1), receiver.post)
    (_, early, body), (_, late, again) = receiver.got
    assert is_genuine(first, early, body)
    assert is_genuine(second, early, body)
    assert is_genuine(second, late, again)
    assert not is_genuine(first, late, again), "the one before is good no longer"


def test_a_message_tells_what_its_owner_may_see_when_it_is_sent(hook: models.Webhook, held: Held) -> None:
    receiver = Receiver(500)
    delivering.deliver_all(on(held), NOW, receiver.post)
    accounts.add("other", Grant(frozenset({Role.ADMINISTRATOR})), None, by=None)
    accounts.change("root", Grant(frozenset({Role.ADMINISTRATOR}), agreements=frozenset({VIENNA})), by=None)
    unanswered, tried = delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post)
    assert (unanswered.state, tried.state) == ("not asked", "withdrawn")
    assert len(receiver.got) == 1, "nothing more was posted"


@pytest.mark.parametrize("how", ["dismissed", "administers no longer"])
def test_whoever_may_register_none_any_more_has_none(hook: models.Webhook, held: Held, how: str) -> None:
    accounts.add("other", Grant(frozenset({Role.ADMINISTRATOR})), None, by=None)
    receiver = Receiver(500)
    delivering.deliver_all(on(held), NOW, receiver.post)
    accounts.change("root", Grant(frozenset({Role.VIEWER}), in_use=how != "dismissed"), by=None)
    assert [one.state for one in delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post)] == ["withdrawn"]
    assert delivering.deliver_all(on(held), NOW + timedelta(hours=2), receiver.post) == []
    assert len(receiver.got) == 1


def test_a_crash_while_posting_is_made_good_later(hook: models.Webhook, held: Held) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def killed(url: str, headers: Mapping[str, str], body: bytes) -> int:
        raise Killed

    with pytest.raises(Killed):
        delivering.deliver_all(on(held), NOW, killed)
    receiver = Receiver()
    assert delivering.deliver_all(on(held), NOW + timedelta(minutes=1), receiver.post) == [], "another run may still be at it"
    assert [one.state for one in delivering.deliver_all(on(held), NOW + delivering.LEASE, receiver.post)] == ["delivered"]


def test_what_is_still_being_derived_is_not_taken_for_gone(hook: models.Webhook, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver = Receiver(500)
    delivering.deliver_all(on(held), NOW, receiver.post)
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "ask", lambda *_: Answered(pending=True))
        assert delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post) == []
    receiver.status = 200
    assert [one.state for one in delivering.deliver_all(on(held), NOW + timedelta(hours=2), receiver.post)] == ["delivered"]


def test_two_runs_at_once_make_one_message(hook: models.Webhook, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second begins while the first asks."""
    receiver = Receiver()

    def meanwhile(*words: Any) -> Answered:
        monkeypatch.setattr(delivering, "ask", ask)
        delivering.deliver_all(on(held), NOW, receiver.post)
        return ask(*words)

    monkeypatch.setattr(delivering, "ask", meanwhile)
    delivering.deliver_all(on(held), NOW, receiver.post)
    assert len(receiver.got) == models.Delivery.objects.count() == 1


def test_only_those_who_administer_register_and_only_what_may_be_asked(office: Make, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = saving.save(person("root"), "Tests", *ACTS)
    theirs = saving.save(person("anna"), "Hers", *ACTS)
    assert signed_in(on(held), "anna").post("/saved/webhooks", {"url": URL, "saved": theirs.pk}).status_code == 403
    client = signed_in(on(held), "root")
    for url in ("http://hooks.example.org/", "https://127.0.0.1:22/", "https://u@hooks.example.org/", "javascript:alert(1)"):
        assert client.post("/saved/webhooks", {"url": url, "saved": saved.pk}).status_code == 400
    assert client.post("/saved/webhooks", {"url": URL, "saved": theirs.pk}).status_code == 404
    page = client.post("/saved/webhooks", {"url": URL, "saved": saved.pk})
    assert page["Cache-Control"] == "no-store"
    assert len(re.findall(r"whsec_[A-Za-z0-9+/]{43}=", page.content.decode())) == 1
    made = models.Webhook.objects.get()
    assert made.told, "what is there already is not posted"
    monkeypatch.setenv("COMITY_WEBHOOK_ALLOW", "hooks.example.org:8080")
    assert client.post("/saved/webhooks", {"url": "http://hooks.example.org:8080/", "saved": saved.pk}).status_code == 200
    assert signed_in(on(held), "anna").get(f"/saved/webhooks/{made.pk}").status_code == 403


def test_the_log_says_how_each_message_went(hook: models.Webhook, held: Held) -> None:
    delivering.deliver_all(on(held), NOW, Receiver(0).post)
    page = signed_in(on(held), "root").get(f"/saved/webhooks/{hook.pk}").content.decode()
    assert "nobody there" in page
    assert models.Delivery.objects.get().message in page
    assert "2026-12-01 06:01" in page, "when it is tried next"
