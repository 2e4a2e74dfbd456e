"""Pages that look over many agreements: differences, upcoming, findings. They say what standing says, of what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.standing import Standing, coming_to_plain, difference_to_plain, differences, finding_to_plain
from comity.web.holding import Held
from tests.book.folders import ENTRY, LATER, LEAVE, agreement, folder, rows
from tests.web.refusals import line_of, status_of

MakeClient = Callable[[Held], Client]
STORY = """
AAA ratify 2000-02-01
BBB ratify 2000-03-01
CCC accede 2001-05-01 recorded=2004-01-01
BBB denounce 2003-01-01
"""


@pytest.fixture
def told(tmp_path: Path) -> Opened:
    """Two pacts with the same story; that CCC joined was learned three years late."""
    files = {f"agreements/{name}.toml": agreement(ENTRY, LATER, LEAVE, name=name) for name in ("pact", "other")}
    files["acts/pact.csv"] = rows(STORY)
    files["acts/other.csv"] = rows(STORY, "other")
    return comity.open(folder(tmp_path / "book", files))


def standing(opened: Opened, on: str, known: str) -> Standing:
    return opened.standing(on=date.fromisoformat(on), known=date.fromisoformat(known))


@pytest.mark.parametrize(
    ("start", "knew", "end", "known"),
    [
        ("2000-01-01", "2020-01-01", "2002-01-01", "2020-01-01"),
        ("2002-01-01", "2002-01-01", "2002-01-01", "2020-01-01"),
        ("2001-01-01", "2001-06-01", "2004-06-01", "2005-01-01"),
        ("1999-01-01", "1999-01-01", "2004-06-01", "2005-01-01"),
    ],
)
def test_differences_are_those_of_standing(make_client: MakeClient, told: Opened, start: str, knew: str, end: str, known: str) -> None:
    asked = {"from": start, "knew": knew, "on": end, "known": known, "format": "json"}
    wanted = [difference_to_plain(d) for d in differences(standing(told, start, knew), standing(told, end, known))]
    client = make_client(Held(told, patience=20.0))
    assert wanted
    assert client.get("/differences", {**asked, "whole": "1"}).json() == {"differences": wanted, "pending": []}
    one = client.get("/differences", {**asked, "agreement": "pact"}).json()["differences"]
    assert one == [d for d in wanted if d["agreement"] == "pact"]
    ccc = client.get("/differences", {**asked, "party": "CCC"}).json()["differences"]
    assert ccc == [d for d in wanted if d["party"] == "CCC"]


def test_a_difference_is_told_as_one_in_law_or_in_knowledge(make_client: MakeClient, told: Opened) -> None:
    client = make_client(Held(told))
    law = client.get("/differences?agreement=pact&from=2003-01-01&on=2003-08-01").content.decode()
    assert "<b>1</b> in law" in law
    assert ">former<" in law
    knowledge = client.get("/differences?agreement=pact&from=2002-01-01&knew=2002-06-01&on=2002-01-01").content.decode()
    assert "<b>1</b> only in our knowledge" in knowledge
    assert "Nothing differs." in client.get("/differences?agreement=pact&from=2002-01-01&on=2002-01-01").content.decode()


@pytest.mark.parametrize("within", ["", "30", "400d"])
def test_what_is_upcoming_is_what_standing_says(make_client: MakeClient, told: Opened, within: str) -> None:
    client = make_client(Held(told, patience=20.0))
    days = timedelta(days=int(within.removesuffix("d") or 365))
    there = standing(told, "2003-03-01", "2020-01-01")
    asked = {"on": "2003-03-01", "known": "2020-01-01", "within": within, "format": "json"}
    wanted = [coming_to_plain(c) for c in there.upcoming(within=days)]
    assert client.get("/upcoming", {**asked, "whole": "1"}).json()["upcoming"] == wanted
    assert client.get("/upcoming", {**asked, "agreement": "pact"}).json()["upcoming"] == [c for c in wanted if c["agreement"] == "pact"]
    assert client.get("/upcoming", {**asked, "party": "BBB"}).json()["upcoming"] == [coming_to_plain(c) for c in there.upcoming("BBB", days)]


def test_findings_are_those_of_standing(client: Client, held: Held) -> None:
    there = held.opened.standing(on=held.today(), known=held.today())
    found = client.get("/findings?whole=1&format=json").json()["findings"]
    assert found
    assert found == [finding_to_plain(f) for f in there.findings()]
    one = found[0]
    under = client.get("/findings", {"agreement": one["agreement"], "format": "json"}).json()["findings"]
    assert under == [f for f in found if f["agreement"] == one["agreement"]]
    actor = held.entries(one["where"])[0].act.actor
    assert one in client.get("/findings", {"party": actor, "format": "json"}).json()["findings"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/differences?from=x&agreement=ctbt", "from: &#x27;x&#x27; is not a day"),
        ("/differences?from=2020-01-01", "choose an agreement or a party"),
        ("/differences?knew=2020-01-01", "the day to compare from is blank"),
        ("/differences?from=2020-01-01&agreement=nope-nope", "no agreement"),
        ("/differences?from=2020-01-01&party=Finlandd", "did you mean FIN"),
        ("/differences?from=2020-01-01&whole=1&party=FIN", "leave one of them out"),
        ("/differences?from=2020-01-01&agreement=ctbt&knew=z", "before, as known on"),
        ("/differences?from=2020-01-01&agreement=ctbt&on=y", "as of"),
        ("/upcoming?within=x&agreement=ctbt", "is not a number of days"),
        ("/upcoming?agreement=nope-nope", "no agreement"),
        ("/upcoming?party=QQQQQQ", "look it up under Parties"),
        ("/upcoming?within=999999&whole=1", "up to 99999"),
        ("/findings?agreement=nope-nope", "no agreement"),
        ("/findings?whole=perhaps", "neither yes nor no"),
        ("/findings?party=%3Cscript%3E", "no party"),
    ],
)
def test_what_is_wrong_is_one_line_above_the_form(client: Client, url: str, says: str) -> None:
    assert says in line_of(client.get(url), status_of(says))
    assert says.partition("&")[0] in client.get(url + "&format=json").json()["error"]


def test_nothing_chosen_is_a_form_and_the_whole_book_a_link(client: Client) -> None:
    for url in ("/differences", "/upcoming", "/findings"):
        page = client.get(url).content.decode()
        assert "whole=1" in page
        assert "<table" not in page


def test_the_whole_book_is_shown_as_far_as_it_was_derived(make_client: MakeClient) -> None:
    whole = Held(comity.open(comity.bundled_book()), patience=0.1)
    client = make_client(whole)
    for url in ("/differences?whole=1&from=2020-01-01", "/upcoming?whole=1", "/findings?whole=1"):
        assert "still being derived" in client.get(url).content.decode()
    whole.stop()


def test_what_a_viewer_may_not_see_makes_no_difference_for_it(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small))
    url = "/differences?agreement=pact&from=2001-01-01&on=2005-01-01"
    assert ">BBB<" in client.get(url).content.decode()
    assert "Nothing differs." in client.get(url + "&as=public").content.decode()
    for page in ("/upcoming?agreement=pact&on=2001-04-01&as=public", "/findings?agreement=pact&as=public"):
        assert "pact-BBB-denounce" not in client.get(page).content.decode()


def test_the_ends_of_the_calendar_break_nothing(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small))
    for day in ("0001-01-01", "9999-12-31"):
        for url in (
            f"/differences?agreement=pact&from={day}&on=2020-01-01",
            f"/upcoming?agreement=pact&on={day}",
            f"/findings?agreement=pact&on={day}",
        ):
            assert client.get(url).status_code in (200, 400), url
