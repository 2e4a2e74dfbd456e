"""What leaves without anybody signing in (a mail, a webhook's message, a calendar) says what anybody may see, and not that there is more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from comity.about import Opened
from comity.acts import Entry
from comity.terms import Label
from comity.web.holding import Held
from comity.web.readers import Role
from comity.web.watching import Relay
from tests.web.people.conftest import browser, signed_in
from tests.web.watching.conftest import ACTS, CTBT, DAY, NOW, Make, delivering, last_of, mailing, models, on, person, saving, signing, tell
from tests.web.watching.relay import Stub, relaying
from tests.web.watching.test_digests import html_of, text_of
from tests.web.watching.test_webhooks import URL, Receiver

SECRET = Label("NATO", "SECRET", originator="NATO")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with relaying() as found:
        yield found


@pytest.fixture
def cleared(office: Make) -> None:
    """Cleo, a desk officer, and Rex, who administers, may see what NATO marks SECRET."""
    office("cleo", Role.DESK_OFFICER, cleared=("NATO: SECRET",))
    office("rex", Role.ADMINISTRATOR, cleared=("NATO: SECRET",))


@pytest.fixture
def marked(held: Held) -> Held:
    """The sample, in which the last act under the treaty is SECRET."""
    (ref,) = last_of(held, CTBT)
    book = held.opened.book

    def as_marked(entry: Entry) -> Entry:
        return replace(entry, act=replace(entry.act, label=SECRET, nonce="00" * 16)) if entry.act.ref == ref else entry

    entries = tuple(map(as_marked, book.record.entries))
    return Held(Opened(replace(book, record=replace(book.record, entries=entries))), patience=60.0, today=lambda: DAY)


def before(world: Held) -> Held:
    late = last_of(world, CTBT, 2)
    return on(world, left_out=lambda entry: entry.act.ref in late)


def hidden_and_open(world: Held) -> tuple[str, str]:
    """The reference of the marked act, and that of the one before it."""
    (hidden,) = last_of(world, CTBT)
    (shown,) = last_of(world, CTBT, 2) - {hidden}
    return hidden, shown


def test_whoever_signs_in_sees_both(cleared: None, marked: Held) -> None:
    hidden, shown = hidden_and_open(marked)
    seen = signed_in(marked, "cleo").get(f"/acts?agreement={CTBT}&format=json").content.decode()
    public = signed_in(marked, "cleo").get(f"/acts?agreement={CTBT}&format=json&as=public").content.decode()
    assert (shown in seen, hidden in seen) == (True, True)
    assert (shown in public, hidden in public) == (True, False)


SENTENCE = "What only whoever signs in may read isn’t in this letter."


def mailed(world: Held, stub: Stub, days: int = 0) -> mailing.Told:
    """How it went with Cleo, so many days later."""
    relay, then = Relay("127.0.0.1", stub.port, "none"), timedelta(days=days)
    (told,) = mailing.tell_all(world, DAY + then, NOW + then, "comity@example.org", "https://comity.example/", relay.send)
    return told


@pytest.fixture
def following(cleared: None) -> None:
    saving.save(person("cleo"), "Tests", *ACTS, alert=True)
    tell("cleo")


def test_a_mail_tells_what_anybody_may_see_and_not_that_there_is_more(following: None, marked: Held, stub: Stub) -> None:
    hidden, shown = hidden_and_open(marked)
    mailed(before(marked), stub)
    told = mailed(on(marked), stub)
    assert (told.how, told.fresh) == ("sent", 1)
    mailed(on(marked), stub, days=1)
    (letter,) = stub.letters
    assert letter["Subject"] == "Comity: 1 new"
    for said in (text_of(letter), html_of(letter)):
        assert shown in said
        assert hidden not in said
        assert SENTENCE in said
    assert models.Mailing.objects.get().fresh == 1


def test_a_mail_is_the_same_whether_or_not_there_is_more(following: None, marked: Held, stub: Stub) -> None:
    hidden, _ = hidden_and_open(marked)
    mailed(before(marked), stub)
    models.Mailing.objects.all().delete()
    filters = list(models.Saved.objects.values())
    mailed(on(marked), stub)
    models.Mailing.objects.all().delete()
    models.Saved.objects.update(**{name: filters[0][name] for name in ("seen", "told", "horizon")})
    mailed(on(marked, left_out=lambda entry: entry.act.ref == hidden), stub)
    with_it, without = stub.letters
    assert (with_it["Subject"], text_of(with_it), html_of(with_it)) == (without["Subject"], text_of(without), html_of(without))


def test_what_nobody_may_see_alone_sends_no_mail_and_is_told_once_anybody_may(following: None, held: Held, marked: Held, stub: Stub) -> None:
    hidden, _ = hidden_and_open(marked)
    mailed(on(marked, left_out=lambda entry: entry.act.ref == hidden), stub)
    assert mailed(on(marked), stub).how == "nothing"
    assert stub.letters == []
    assert mailed(on(held), stub).how == "sent"
    assert hidden in text_of(stub.letters[0])


@pytest.fixture
def hook(cleared: None, marked: Held) -> models.Webhook:
    made = models.Webhook.objects.create(saved=saving.save(person("rex"), "Tests", *ACTS), url=URL, secret=signing.new_secret())
    delivering.begin(before(marked), made)
    return made


def test_a_message_tells_what_anybody_may_see_and_not_that_there_is_more(hook: models.Webhook, held: Held, marked: Held) -> None:
    hidden, shown = hidden_and_open(marked)
    receiver = Receiver()
    delivering.deliver_all(on(marked), NOW, receiver.post)
    ((_, _, body),) = receiver.got
    data = json.loads(body)["data"]
    assert [line["ref"] for line in data["lines"]] == [shown]
    assert data.keys() == {"saved", "lines"}
    assert hidden.encode() not in body
    delivering.deliver_all(on(held), NOW + timedelta(hours=1), receiver.post)
    assert [line["ref"] for line in json.loads(receiver.got[1][2])["data"]["lines"]] == [hidden], "once anybody may see it"


def test_nothing_is_posted_where_nothing_may_be_told(hook: models.Webhook, marked: Held) -> None:
    _, shown = hidden_and_open(marked)
    receiver = Receiver()
    assert delivering.deliver_all(on(marked, left_out=lambda entry: entry.act.ref == shown), NOW, receiver.post) == []
    assert receiver.got == []
    assert not models.Delivery.objects.exists()


def test_a_calendar_has_what_anybody_may_see(cleared: None, marked: Held) -> None:
    saved = saving.save(person("cleo"), "Tests", *ACTS)
    page = signed_in(on(marked), "cleo").post(f"/saved/{saved.pk}", {"do": "feed"}).content.decode()
    (address,) = re.findall(r"<code>http://[^/]+(/saved/feed/[\w-]{40,})</code>", page)
    (act,) = (e.act for e in marked.opened.record.entries if e.act.label == SECRET)
    alone = f"{act.actor} · {act.kind.replace('-', ' ')} · {CTBT}"
    shown = browser(on(marked)).get(address).content.decode().replace("\r\n ", "")
    assert shown.count("BEGIN:VEVENT") == len(marked.opened.record.entries_of(CTBT)) - 1
    assert alone not in shown
