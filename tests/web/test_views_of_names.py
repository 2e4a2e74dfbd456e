"""Names and borders: no name is changed; whose word stands beside it is chosen, is told on the page, and is in the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.standing import Record, Standing
from comity.terms import Answer, Verdict, parse_moment
from comity.web.asking import NAMES_AS
from comity.web.holding import Held
from tests.web.conftest import client_of

SAID = Source("Our own words, for a test", "official")


def act(ref: str, kind: str, actor: str, about: str, day: str, agreement: str | None = None) -> Entry:
    done = Act(ref=ref, kind=kind, actor=actor, agreement=agreement, counterparty=(about,), made=parse_moment(day), source=SAID)
    return Entry(done, datetime(2020, 1, 1, tzinfo=UTC).date())


@pytest.fixture(scope="module")
def speaking(held: Held) -> Iterator[Client]:
    """A record in which recognition is given, taken back and given again."""
    record = held.opened.book.record
    more = (
        act("fra-recognises", "recognise", "FRA", "XKX", "2008-02-18"),
        act("nru-recognises", "recognise", "NRU", "XKX", "2008-04-23"),
        act("nru-ends", "derecognise", "NRU", "XKX", "2019-11-21"),
        act("mex-excludes", "exclude-relations", "MEX", "ISR", "2001-01-01", "ctbt"),
        act("mex-restores", "restore-relations", "MEX", "ISR", "2010-01-01", "ctbt"),
    )
    kept = Record(record.agreements, (*record.entries, *more), record.register, record.coverage, record.title, record.ladders)
    holding = Held(Opened(replace(held.opened.book, record=kept)), patience=20.0)
    yield client_of(holding)
    holding.stop()


def main_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]


def choose(client: Client, view: str) -> None:
    response = client.get(f"/names/{view}?back=/parties")
    assert response.status_code == 302
    assert response["Location"] == "/parties"


def test_a_state_is_shown_under_its_name_whatever_the_view(speaking: Client) -> None:
    for view in ("neutral", "NRU"):
        choose(speaking, view)
        assert "<h1>Kosovo<" in main_of(speaking, "/parties/XKX")
    choose(speaking, "neutral")


def test_neutral_says_who_disputes_what_at_the_end(speaking: Client) -> None:
    choose(speaking, "neutral")
    page = main_of(speaking, "/parties/XKX")
    line = page.partition('id="names-as"')[2]
    assert "Names as on record (neutral)" in line
    assert "no longer recognised by Nauru" in line
    assert "contested by Serbia" in line
    assert "recognised by France" not in line, "who recognises it disputes nothing"


def test_a_states_own_view_is_what_its_acts_say(speaking: Client) -> None:
    choose(speaking, "NRU")
    line = main_of(speaking, "/parties/XKX").partition('id="names-as"')[2]
    assert "the acts of Nauru" in line
    assert "no longer recognised by Nauru" in line
    assert "Serbia" not in line
    assert 'id="names-as"' not in main_of(speaking, "/parties/XKX?on=2015-01-01"), "it recognised it then"
    choose(speaking, "neutral")


def test_the_last_word_counts(speaking: Client) -> None:
    def said(day: str) -> set[tuple[str, str, str]]:
        return {(row["party"], row["says"], row["by"]) for row in speaking.get(f"/names?on={day}&format=json").json()["names"]}

    assert ("XKX", "recognise", "NRU") in said("2010-01-01")
    assert ("XKX", "derecognise", "NRU") in said("2020-01-01")
    assert ("XKX", "recognise", "NRU") not in said("2020-01-01")
    assert ("ISR", "exclude-relations", "MEX") in said("2005-01-01")
    assert ("ISR", "exclude-relations", "MEX") not in said("2011-01-01")


@pytest.fixture(scope="module")
def charter() -> Iterator[Held]:
    """The bundled record, of which only the Charter of the United Nations is there."""
    opened = comity.open(comity.bundled_book())
    record = opened.record
    entries = tuple(e for e in record.entries if e.act.agreement == "un-charter")
    agreements = tuple(a for a in record.agreements if a.id == "un-charter")
    kept = Record(agreements, entries, record.register, record.coverage, record.title, record.ladders)
    holding = Held(Opened(replace(opened.book, record=kept)), patience=20.0)
    yield holding
    holding.stop()


def test_the_united_nations_view_says_who_is_no_member_on_the_day(client: Client, charter: Held) -> None:
    assert client.get("/names/UN").status_code == 404, "its charter is not on this record"
    charted = client_of(charter)
    choose(charted, "UN")
    before, after = (main_of(charted, f"/parties/DEU?on={day}") for day in ("1960-01-01", "1980-01-01"))
    assert "no member of the United Nations" in before
    assert "no member of the United Nations" not in after


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (Verdict.CONTESTED, "its membership of the United Nations is contested"),
        (Verdict.UNKNOWN, "whether it is a member of the United Nations is not known"),
    ],
)
def test_a_membership_that_is_not_settled_is_not_denied(charter: Held, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, says: str) -> None:
    bound = Standing.bound

    def unsettled(standing: Standing, party: str, agreement: str, on: date | None = None, territory: str | None = None) -> Answer:
        return replace(bound(standing, party, agreement, on, territory), verdict=verdict)

    monkeypatch.setattr(Standing, "bound", unsettled)
    charted = client_of(Held(charter.opened, patience=20.0))
    choose(charted, "UN")
    page = main_of(charted, "/parties/DEU?on=1960-01-01")
    assert says in page
    assert "no member of the United Nations" not in page


@pytest.mark.parametrize("cookie", ["UN", "FRA", "XXX", "nrU", "A" * 4000, "NATO/NAC", "neutral"])
def test_a_cookie_takes_no_view_that_is_not_there(client: Client, held: Held, cookie: str) -> None:
    fold = held.fold(held.today(), None, False)
    client.cookies[NAMES_AS] = cookie
    chosen, marked = main_of(client, "/names"), main_of(client, "/parties/XKX")
    del client.cookies[NAMES_AS]
    assert '<li class="chosen"><a href="/names/neutral' in chosen
    assert "Names as on record (neutral)" in marked
    assert cookie not in str([key for key in fold._kept if "marks" in str(key)])


def test_a_state_that_spoke_on_another_day_has_a_view_of_its_own(speaking: Client) -> None:
    choose(speaking, "NRU")
    assert 'id="names-as"' not in main_of(speaking, "/parties/XKX?on=2008-03-01"), "before it said anything"
    choose(speaking, "neutral")


def test_an_organisation_that_speaks_has_a_view(held: Held) -> None:
    record = held.opened.book.record
    more = act("asean-ends", "derecognise", "ASEAN", "XKX", "2019-11-21")
    kept = Record(record.agreements, (*record.entries, more), record.register, record.coverage, record.title, record.ladders)
    holding = Held(Opened(replace(held.opened.book, record=kept)), patience=20.0)
    client = client_of(holding)
    choose(client, "ASEAN")
    page = main_of(client, "/parties/XKX").partition('id="names-as"')[2]
    holding.stop()
    assert "no longer recognised by" in page
    assert "Serbia" not in page


def test_only_views_on_record_can_be_chosen(speaking: Client, client: Client) -> None:
    assert speaking.get("/names/FRA").status_code == 302
    assert client.get("/names/FRA").status_code == 404, "it said nothing"
    assert client.get("/names/none").status_code == 404
    assert client.get("/names/neutral?back=https://elsewhere.example")["Location"] == "/"


def test_a_page_that_is_not_changed_says_nothing(client: Client) -> None:
    assert 'id="names-as"' not in main_of(client, "/parties/FIN")


def test_who_ends_in_another_is_marked_and_not_the_other(client: Client) -> None:
    """That an annexation is contested says something of who was annexed."""
    rows = {row["party"]: row for row in client.get("/names?format=json").json()["names"]}
    assert rows["KOE"]["says"] == "end"
    assert rows["KOE"]["other"] == "JPN"
    assert "JPN" not in rows


def test_a_cookie_that_is_none_of_ours_is_neutral(client: Client) -> None:
    client.cookies[NAMES_AS] = "<script>"
    assert "Neutral" in main_of(client, "/names")
    del client.cookies[NAMES_AS]


def test_the_map_draws_no_border_and_says_so(client: Client) -> None:
    assert "draws no borders" in main_of(client, "/cooperation")
    assert "No map here draws a border" in main_of(client, "/names")
