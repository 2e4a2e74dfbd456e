"""Digests: one mail a day to each, of what is new and falls due; acknowledged once and for all; a deputy who sees no more than they may."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from comity.web.holding import Held
from comity.web.people import accounts
from comity.web.readers import Role
from comity.web.watching import Relay
from tests.web.people.conftest import browser, signed_in
from tests.web.watching.conftest import ACTS, CTBT, DAY, DEADLINES, NOW, VIENNA, Make, last_of, mailing, models, on, person, saving, tell
from tests.web.watching.relay import Stub, relaying

EXCHANGE = "annual exchange of military information"


@pytest.fixture
def stub() -> Any:
    with relaying() as found:
        yield found


def run(held: Held, stub: Stub, days: int = 0, hours: int = 0) -> dict[str, str]:
    """Tell everybody, so many days and hours later: how it went with each."""
    relay = Relay("127.0.0.1", stub.port, "none")
    world = on(held, DAY + timedelta(days=days))
    found = mailing.tell_all(
        world, world.today(), NOW + timedelta(days=days, hours=hours), "comity@example.org", "https://comity.example/", relay.send
    )
    return {one.name: one.how for one in found}


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def to(stub: Stub, name: str) -> list[str]:
    """What this person got."""
    return [text_of(one) for one in stub.letters if one["To"] == f"{name}@example.org"]


def test_what_falls_due_is_told_in_text_and_html_with_a_link_to_acknowledge(office: Make, held: Held, stub: Stub) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    assert run(held, stub) == {"anna": "sent"}
    (letter,) = stub.letters
    assert letter["Subject"] == "Comity: 1 due soon"
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = text_of(letter), html_of(letter)
    assert f"2026-12-15  {EXCHANGE}, {VIENNA}, DEU" in text
    (link,) = re.findall(r"https://comity\.example(/saved/due/[0-9a-f]{32})\b", text)
    assert f'href="https://comity.example{link}"' in html
    assert "<script" not in html
    assert "&lt;" not in text
    (mailed,) = models.Mailing.objects.all()
    assert (mailed.fresh, mailed.due, mailed.tries, mailed.sent is not None) == (0, 1, 1, True)
    log = signed_in(on(held), "anna").get("/saved/told").content.decode()
    assert "2026-12-01 06:00" in log


def test_one_mail_a_day_however_often_it_is_run(office: Make, held: Held, stub: Stub) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    assert run(held, stub) == {"anna": "sent"}
    assert run(held, stub, hours=12) == {"anna": "already"}
    assert len(stub.letters) == 1
    assert run(held, stub, days=1) == {"anna": "sent"}, "until it is acknowledged"
    assert len(stub.letters) == 2


def test_what_was_acknowledged_is_not_told_again_and_the_page_says_by_whom(office: Make, held: Held, stub: Stub) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    run(held, stub)
    (link,) = re.findall(r"/saved/due/[0-9a-f]{32}", to(stub, "anna")[0])
    anna = signed_in(on(held), "anna")
    assert "kept with your name" in anna.get(link).content.decode()
    assert models.Acknowledged.objects.count() == 0, "reading acknowledges nothing"
    assert anna.post(link).status_code == 302
    assert re.search(r"Acknowledged by <b>anna</b> on \d{4}", anna.get(link).content.decode())
    assert "Nothing is left to acknowledge" in anna.get("/saved/due").content.decode()
    assert run(held, stub, days=1) == {"anna": "nothing"}
    stranger = signed_in(on(held), "ben")
    assert stranger.get(link).status_code == stranger.post(link).status_code == 404, "it is none of theirs"


def test_a_link_is_followed_by_whoever_has_signed_in_alone(office: Make, held: Held, stub: Stub) -> None:
    response = browser(on(held)).get("/saved/due/" + "0" * 32)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=%2Fsaved%2Fdue%2F")


def test_what_is_new_is_told_once(office: Make, held: Held, stub: Stub) -> None:
    late = last_of(held, CTBT, 2)
    saving.save(person("anna"), "Tests", *ACTS, alert=True)
    tell("anna")
    before = on(held, left_out=lambda entry: entry.act.ref in late)
    assert run(before, stub) == {"anna": "nothing"}, "what stands there at first is not new"
    assert run(held, stub, hours=1) == {"anna": "sent"}
    assert stub.letters[0]["Subject"] == "Comity: 2 new"
    assert all(f"/acts/{ref}" in to(stub, "anna")[0] for ref in late)
    assert run(held, stub, days=1) == {"anna": "nothing"}


def test_what_comes_nearer_is_no_news(office: Make, held: Held, stub: Stub) -> None:
    """A year ahead begins a day later every day."""
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna", lead=0)
    assert run(held, stub) == {"anna": "nothing"}
    later = {days: run(held, stub, days=days)["anna"] for days in (13, 14, 15, 16, 340)}
    assert later == {13: "nothing", 14: "sent", 15: "nothing", 16: "nothing", 340: "nothing"}, "on the day itself, and no other"


def test_a_mail_that_was_not_taken_is_sent_by_the_next_run(office: Make, held: Held, stub: Stub) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    saving.save(person("ben"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    tell("ben")
    stub.refuses = "anna@"
    assert run(held, stub) == {"anna": "failed", "ben": "sent"}
    assert models.Mailing.objects.get(to=person("anna")).says == "the relay refuses the address"
    stub.refuses = ""
    assert run(held, stub, hours=1) == {"anna": "sent", "ben": "already"}
    assert models.Mailing.objects.get(to=person("anna")).tries == 2


def test_a_crash_between_mail_and_mark_loses_nothing(office: Make, held: Held, stub: Stub) -> None:
    late = last_of(held, CTBT, 1)
    saving.save(person("anna"), "Tests", *ACTS, alert=True)
    tell("anna")
    run(on(held, left_out=lambda entry: entry.act.ref in late), stub)

    class Killed(BaseException):
        """The process is gone."""

    def killed(letter: EmailMessage) -> None:
        Relay("127.0.0.1", stub.port, "none").send(letter)
        raise Killed

    with pytest.raises(Killed):
        mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", killed)
    assert run(held, stub, hours=0) == {"anna": "already"}, "a run that began a moment ago may still be at it"
    assert run(held, stub, hours=1) == {"anna": "sent"}
    first, again = stub.letters
    assert first["Message-ID"] == again["Message-ID"], "so that a mailbox can tell that it is the same"
    assert text_of(first) == text_of(again)
    assert run(held, stub, days=1) == {"anna": "nothing"}


def test_a_crash_before_the_mail_loses_nothing_either(office: Make, held: Held, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")

    class Killed(BaseException):
        """The process is gone."""

    def killed(letter: EmailMessage) -> None:
        raise Killed

    with pytest.raises(Killed):
        mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", killed)
    assert stub.letters == []
    assert run(held, stub, hours=1) == {"anna": "sent"}


def test_a_dry_run_sends_and_marks_nothing(office: Make, held: Held) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    (told,) = mailing.tell_all(on(held), DAY, NOW, "comity@example.org", "https://comity.example", None)
    assert (told.how, told.due) == ("would be sent", 1)
    assert models.Mailing.objects.count() == 0


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_a_mail_is_in_the_language_of_whom_it_is_for(office: Make, held: Held, stub: Stub, language: str, direction: str) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    tell("anna", language=language)
    run(held, stub)
    assert f'<html lang="{language}" dir="{direction}">' in html_of(stub.letters[0])


class TestDeputies:
    """Anna's deputy is Ben."""

    @pytest.fixture(autouse=True)
    def following(self, office: Make) -> None:
        saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
        tell("anna", deputy=person("ben"), before=7)
        tell("ben")

    def test_the_deputy_is_told_once_the_days_have_passed_without_a_word(self, held: Held, stub: Stub) -> None:
        assert run(held, stub) == {"anna": "sent", "ben": "nothing"}, "fourteen days before"
        assert run(held, stub, days=6) == {"anna": "sent", "ben": "nothing"}
        assert run(held, stub, days=7) == {"anna": "sent", "ben": "sent"}
        assert "NOT ACKNOWLEDGED BY anna, WHOSE DEPUTY YOU ARE" in to(stub, "ben")[0]
        (link,) = re.findall(r"/saved/due/[0-9a-f]{32}", to(stub, "ben")[0])
        assert signed_in(on(held, DAY + timedelta(days=7)), "ben").post(link).status_code == 302
        assert models.Acknowledged.objects.get().by == person("ben")
        assert run(held, stub, days=8) == {"anna": "nothing", "ben": "nothing"}

    def test_what_was_acknowledged_does_not_reach_the_deputy(self, held: Held, stub: Stub) -> None:
        run(held, stub)
        (link,) = re.findall(r"/saved/due/[0-9a-f]{32}", to(stub, "anna")[0])
        signed_in(on(held), "anna").post(link)
        assert run(held, stub, days=7) == {"anna": "nothing", "ben": "nothing"}

    def test_while_away_all_of_it_goes_to_the_deputy(self, held: Held, stub: Stub) -> None:
        tell("anna", away_from=DAY, away_until=DAY + timedelta(days=1))
        assert run(held, stub) == {"anna": "away", "ben": "sent"}
        assert "IN PLACE OF anna, WHO IS AWAY" in to(stub, "ben")[0]
        assert run(held, stub, days=2) == {"anna": "sent", "ben": "nothing"}, "the day after the last"

    def test_news_wait_until_one_is_back(self, held: Held, stub: Stub) -> None:
        late = last_of(held, CTBT, 1)
        models.Saved.objects.all().delete()
        saving.save(person("anna"), "Tests", *ACTS, alert=True)
        run(on(held, left_out=lambda entry: entry.act.ref in late), stub)
        tell("anna", away_from=DAY, away_until=DAY + timedelta(days=1))
        assert run(held, stub, hours=1) == {"anna": "away", "ben": "nothing"}
        assert run(held, stub, days=2) == {"anna": "sent", "ben": "nothing"}
        assert "NEW IN Tests" in to(stub, "anna")[0]

    def test_a_deputy_who_is_away_or_gone_leaves_it_with_oneself(self, held: Held, stub: Stub) -> None:
        tell("anna", away_from=DAY, away_until=DAY)
        tell("ben", away_from=DAY, away_until=DAY)
        assert run(held, stub)["anna"] == "sent"
        tell("anna", away_from=DAY, away_until=DAY + timedelta(days=9))
        accounts.dismiss("ben", by=None)
        assert run(held, stub, days=1) == {"anna": "sent"}

    def test_a_deputy_is_told_of_nothing_that_they_may_not_see(self, held: Held, stub: Stub) -> None:
        tell("anna", deputy=person("carl"), away_from=DAY, away_until=DAY)
        tell("carl")
        assert run(held, stub)["carl"] == "nothing", "Carl is confined to another agreement"
        page = signed_in(on(held), "carl").get("/saved/due").content.decode()
        assert EXCHANGE not in page
        assert "anna" not in page

    def test_a_deputy_is_of_ones_own_party(self, held: Held, stub: Stub) -> None:
        given = {"address": "a@example.org", "language": "en", "lead": "30", "before": "7", "away_from": "", "away_until": ""}
        client = signed_in(on(held), "anna")
        assert client.post("/saved/told", {**given, "deputy": "dora"}).status_code == 400
        assert client.post("/saved/told", {**given, "deputy": "anna"}).status_code == 400
        assert client.post("/saved/told", {**given, "deputy": "ben"}).status_code == 302
        tell("anna", deputy=person("dora"), away_from=DAY, away_until=DAY)
        tell("dora")
        run(held, stub)
        assert to(stub, "dora") == [], "nor afterwards, when somebody changed party"


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"address": "nobody"}, "no address of mail"), ({"address": "a@example.org\r\nBcc: b@example.org"}, "no address of mail"),
     ({"lead": "-1"}, "days ahead"), ({"lead": "9999"}, "from 0 to 365"), ({"language": "xx"}, "languages"),
     ({"away_from": "2026-12-01"}, "both days"), ({"away_from": "2026-12-02", "away_until": "2026-12-01"}, "before the first"),
     ({"away_from": "soon", "away_until": "2026-12-01"}, "away from")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_changes_nothing(office: Make, held: Held, changed: dict[str, str], says: str) -> None:
    given = {"address": "a@example.org", "language": "en", "lead": "30", "before": "7", "deputy": "", "away_from": "", "away_until": ""}
    response = signed_in(on(held), "anna").post("/saved/told", {**given, **changed})
    assert response.status_code == 400
    assert says in response.content.decode()
    assert models.Telling.objects.count() == 0


def test_whoever_is_dismissed_or_may_see_no_more_is_told_no_more(office: Make, held: Held, stub: Stub) -> None:
    saving.save(person("anna"), "Vienna", *DEADLINES, alert=True)
    saving.save(person("ben"), "Vienna", *DEADLINES, alert=True)
    tell("anna")
    tell("ben")
    accounts.dismiss("anna", by=None)
    narrower = person("ben").grant.__class__(frozenset({Role.VIEWER}), agreements=frozenset({CTBT}))
    accounts.change("ben", narrower, by=None)
    assert run(held, stub) == {"ben": "nothing"}
    assert stub.letters == []
