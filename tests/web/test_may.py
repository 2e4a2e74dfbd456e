"""May: six kinds of question on one page, each test with the clause that it cites; what is wrong is told above the form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.permissions import ActivityQuestion, Permissions, ReleaseQuestion, stationing_to_plain
from comity.standing import answer_to_plain
from comity.web.holding import Held
from tests.web.conftest import foreign_scripts
from tests.web.refusals import FILLED, line_of

MakeClient = Callable[[Held], Client]
KOREA = {"do": "release", "from": "KOR", "to": "JPN", "level": "SECRET", "on": "2019-11-24"}
SWEDEN = {"do": "release", "from": "NLD", "to": "SWE", "level": "DIENSTGEHEIM", "on": "2000-01-01"}
NORWAY = {"do": "station", "from": "FRA", "to": "NOR", "purpose": "exercise", "on": "2010-06-01"}
SUPPLY = {"do": "supply", "from": "USA", "to": "NLD", "thing": "ammunition", "purpose": "hostilities", "on": "2010-01-01"}


@pytest.fixture(scope="module")
def whole() -> Held:
    """All of the bundled book; only what a question rests on is derived."""
    return Held(comity.open(comity.bundled_book()))


@pytest.fixture(scope="module")
def asking(whole: Held, make_client: MakeClient) -> Client:
    return make_client(whole)


def text(client: Client, asked: dict[str, str]) -> str:
    response = client.get("/may", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_contested_release_shows_each_test_its_clause_both_readings_and_what_is_left_to_fill_in(asking: Client) -> None:
    page = text(asking, KOREA)
    assert "It is contested whether Republic of Korea may give Japan what is marked SECRET." in page
    assert '<time datetime="2019-11-23">' in page
    assert page.count('<li class="lacking">') == 1
    assert re.search(r'<li class="lacking">.*?/agreements/gsomia-jpn-kor/clauses/\d+\?on=2019-11-24', page, re.DOTALL)
    assert page.count('<p class="value">') == 2
    assert '<ul class="checklist"><li><label><input type="checkbox"' in page
    assert "<b>clearance</b>" in page
    assert 'href="/rules/security-agreement?on=2019-11-24"' in page


def test_the_link_of_a_test_leads_to_the_clause_that_it_repeats(asking: Client) -> None:
    page = text(asking, SWEDEN)
    (link,) = set(re.findall(r'href="(/agreements/[^"]+)">art\. 2\(a\)<', page))
    clause = asking.get(link.replace("&amp;", "&")).content.decode()
    assert "Article 2(a)" in clause
    assert "equivalence" in clause
    assert "they are cleared for HEMLIG/SECRET" in page


def test_the_periods_before_and_after_are_drawn_and_told(asking: Client) -> None:
    page = text(asking, KOREA)
    assert '<svg class="timeline"' in page
    assert re.findall(r'class="chip o-([a-z]+)">', page.partition('id="stretches"')[2]) == ["no", "yes", "contested", "yes"]
    assert '<tr aria-current="true"><td><span class="chip o-contested">' in page
    assert 'aria-details="stretches"' in page


def test_forces_get_two_answers_side_by_side_and_what_follows_by_topic(asking: Client) -> None:
    page = text(asking, NORWAY)
    assert "France may not station forces in Norway (purpose: exercise)." in page
    entry, _, status = page.partition("Status: by which rules are they there?")
    assert "not provided for" in entry
    assert ">allowed<" in status
    assert "<b>consent to it</b>" in page
    follows = page.partition('id="follows-h"')[2]
    assert re.findall(r'<h3 class="group">([^<]+)', follows)[:3] == ["jurisdiction", "claims", "documents"]
    assert re.search(r'/agreements/nato-sofa/clauses/\d+\?on=2010-06-01">art\. VII\(3\)\(a\)<', follows)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (SUPPLY, "United States may supply Netherlands (ammunition; purpose: hostilities)."),
        ({**SUPPLY, "thing": "fuel, stanag-training"}, "United States may not supply Netherlands (fuel, stanag-training; purpose: hostilities)."),
        ({"do": "transfer", "from": "USA", "to": "GBR", "thing": "nuclear-warheads", "on": "1970-01-01"}, "forbidden"),
        ({"do": "train", "from": "NLD", "to": "SEN", "purpose": "training", "on": "2012-01-01"}, "train Senegal"),
        ({"do": "overfly", "from": "NLD", "to": "BEL", "purpose": "observation", "on": "2010-01-01"}, "fly over Belgium"),
        ({**NORWAY, "for": "NOR", "until": "2010-06-30"}, "(on Norway; purpose: exercise; until 2010-06-30)"),
        ({**SWEDEN, "policy": "NLD", "rel": "NATO, SWE"}, "what is marked NLD DIENSTGEHEIM // REL TO NATO, SWE"),
        ({"do": "transfer", "from": "USA", "to": "DEU", "thing": "armed-uav", "on": "2017-01-01"}, "it binds nobody in law"),
    ],
)
def test_each_kind_of_question_is_told_as_a_sentence(asking: Client, asked: dict[str, str], says: str) -> None:
    assert says in text(asking, asked)


def test_a_no_names_the_least_that_would_change_it(asking: Client) -> None:
    page = text(asking, {"do": "release", "from": "NLD", "to": "JPN", "level": "GEHEIM", "on": "2020-01-01"})
    assert page.partition("The least that would change it")[2].count("<b>conclude an agreement on security of information</b>") == 2


def test_its_json_is_what_permissions_say(asking: Client, whole: Held) -> None:
    release = Permissions(whole.opened.standing(on=date(2019, 11, 24)))
    wanted = answer_to_plain(release.release(ReleaseQuestion(giver="KOR", taker="JPN", level="SECRET")))
    assert asking.get("/may", {**KOREA, "format": "json"}).json() == wanted
    station = Permissions(whole.opened.standing(on=date(2010, 6, 1)))
    found = station.station(ActivityQuestion(activity="station", doer="FRA", counterpart="NOR", purpose="exercise"))
    assert asking.get("/may", {**NORWAY, "format": "json"}).json() == stationing_to_plain(found)
    supply = Permissions(whole.opened.standing(on=date(2010, 1, 1)))
    question = ActivityQuestion(activity="supply", doer="USA", counterpart="NLD", things=("ammunition",), purpose="hostilities")
    assert asking.get("/may", {**SUPPLY, "format": "json"}).json() == answer_to_plain(supply.activity(question))


def test_with_nothing_asked_there_is_the_form_with_examples_that_can_be_followed(asking: Client) -> None:
    page = text(asking, {})
    links = re.findall(r'<li><a href="(/may\?do=[^"]+from=[^"]+)"', page)
    assert len(links) == 5
    for link in links:
        assert asking.get(link.replace("&amp;", "&")).status_code == 200
    assert '<option value="NATO">' in page
    assert '<option value="Dep. VERTROUWELIJK">NLD</option>' in page


@pytest.mark.parametrize(
    ("doing", "asks", "not_asked"),
    [
        ("release", ("level", "policy", "category", "caveat", "rel", "originator", "item"), ("thing", "until", "for")),
        ("station", ("thing", "until", "for"), ("level", "policy", "rel")),
        ("overfly", ("thing", "until"), ("level", "for")),
    ],
)
def test_the_form_has_the_fields_that_the_question_needs(asking: Client, doing: str, asks: tuple[str, ...], not_asked: tuple[str, ...]) -> None:
    page = text(asking, {"do": doing})
    assert f'<input type="hidden" name="do" value="{doing}">' in page
    assert all(f'name="{name}"' in page for name in (*asks, "from", "to", "purpose", "on", "known", "as"))
    assert not any(f'name="{name}"' in page for name in not_asked)


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        *FILLED,
        ({"do": "dance"}, 400, "ask one of release, station"),
        ({"level": ""}, 400, "this question needs the level; fill it in"),
        ({"from": "", "to": ""}, 400, "needs who does it and the other party; fill them in"),
        ({"to": "Japann"}, 404, "did you mean JPN (Japan)"),
        ({"to": "KOR"}, 400, "KOR is named twice"),
        ({"policy": "XYZ"}, 404, "no classification policy &#x27;XYZ&#x27; is on record; choose one of AUS, AUT"),
        ({"level": "VERY SECRET"}, 404, "no level &#x27;VERY SECRET&#x27; in the policy KOR"),
        ({"from": "SEN"}, 400, "no classification policy of SEN is on record; choose the policy"),
        ({"rel": "NATO, NOBODY"}, 404, "no party &#x27;NOBODY&#x27;"),
        ({"originator": "<script>"}, 404, "&lt;script&gt;"),
        ({"do": "station", "until": "soon"}, 400, "until: &#x27;soon&#x27; is not a day"),
        ({"do": "station", "until": "2019-11-23"}, 400, "give a later day"),
        ({"do": "station", "for": "NOWHERE-LAND"}, 404, "no party"),
        ({"format": "xml"}, 400, "format=json"),
    ],
)
def test_what_is_wrong_is_one_line_above_the_form_with_what_was_filled_in(asking: Client, asked: dict[str, str], status: int, says: str) -> None:
    response = asking.get("/may", {**KOREA, **asked})
    assert says in line_of(response, status)
    page = response.content.decode()
    assert "comity ladders" not in page
    assert f'name="from" list="parties" value="{asked.get("from", "KOR")}"' in page
    if "format" not in asked:
        assert "error" in asking.get("/may", {**KOREA, **asked, "format": "json"}).json()


def test_what_was_asked_stands_in_the_form_again(asking: Client) -> None:
    page = text(asking, {**SWEDEN, "policy": "NLD", "caveat": "x<y", "purpose": "defence"})
    for field in ('value="NLD" selected', 'value="x&lt;y"', 'value="defence"', 'value="DIENSTGEHEIM"', '<details class="finer" open>'):
        assert field in page


def test_an_outsider_gets_the_same_short_no_whatever_the_reason(asking: Client) -> None:
    """Contested, forbidden and absent can't be told apart: neither by reasons, dates and drawing, nor by what follows."""
    forbidden = {**SUPPLY, "thing": "stanag-training", "as": "BRA"}
    absent = {**forbidden, "from": "JPN", "to": "SEN"}
    for asked in ({**KOREA, "as": "BRA"}, forbidden, absent):
        page = text(asking, asked)
        assert "not provided for" in page
        assert page.count('<li class="lacking">') == 1
        assert "nothing that this viewer may see allows it" in page
        for word in ("Provided that", "The readings", "The least", "What follows", "Over time", "<dt>Since", "Record complete", "/clauses/"):
            assert word not in page
    assert asking.get("/may", {**NORWAY, "as": "BRA", "format": "json"}).json()["consequences"] == []
    assert "What follows" in text(asking, {**SUPPLY, "as": "NLD"})


def test_the_axes_are_kept_in_every_link_and_the_question_in_the_axes(asking: Client) -> None:
    page = text(asking, {**NORWAY, "known": "2020-01-01"})
    assert '<input type="hidden" name="purpose" value="exercise">' in page
    assert "/agreements/nato-sofa?on=2010-06-01&amp;known=2020-01-01" in page


def test_a_book_without_policies_offers_none_and_hostile_names_are_only_text(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small))
    page = text(client, {"do": "station", "from": "AAA", "to": "BBB", "purpose": "<img src=x>"})
    assert not foreign_scripts(page)
    assert "<img" not in page
    assert "Alpha &lt;script&gt;alert(1)&lt;/script&gt; may not station forces in Beta (purpose: &lt;img src=x&gt;)" in page
    refused = client.get("/may", {"from": "AAA", "to": "BBB", "level": "SECRET"})
    assert refused.status_code == 400
    assert "no classification policy of AAA is on record; choose the policy" in refused.content.decode()
