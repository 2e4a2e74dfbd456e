"""What if: the answer before and after, side by side, as the command line gives it; what is wrong is told above the form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from comity.about import Opened
from comity.standing import suppose
from comity.standing.plain import answer_to_plain
from comity.terms import parse_day
from comity.web.holding import Held
from tests.web.refusals import FILLED, line_of, status_of

LINE = "denounce FRA nato-treaty 2027-01-01"
ASKED = {"act": LINE, "question": "bound", "party": "FRA", "agreement": "nato-treaty", "on": "2028-06-01"}


def test_both_answers_stand_side_by_side_with_their_reasons(client: Client) -> None:
    page = client.get("/what-if", ASKED).content.decode()
    assert "France is bound by the North Atlantic Treaty." in page
    assert "France is not bound by the North Atlantic Treaty." in page
    assert "gave notice of withdrawal from" in page
    assert page.count(">Because<") == 2
    assert '<li id="supposed-1">' in page
    assert 'href="#supposed-1"' in page
    assert "/acts/supposed-1" not in page
    assert f'value="{LINE}"' in page


def test_its_json_is_what_standing_says(client: Client, held: Held) -> None:
    plain = client.get("/what-if", {**ASKED, "format": "json"}).json()
    standing = held.opened.standing(on=parse_day("2028-06-01"))
    supposed = standing.what_if(suppose([LINE], standing))
    assert plain.pop("before") == answer_to_plain(standing.bound("FRA", "nato-treaty"))
    assert plain == answer_to_plain(supposed.bound("FRA", "nato-treaty"))


def test_an_act_after_the_day_asked_about_changes_nothing_and_the_page_says_why(client: Client) -> None:
    asked = {"act": "ratify USA ctbt 2027-01-01", "question": "in-force", "agreement": "ctbt", "on": "2026-12-01"}
    page = client.get("/what-if", asked).content.decode()
    assert "The answer stays as it is: on 2026-12-01, the day asked about, 1 of the supposed acts has not happened yet." in page


def test_supposing_leaves_the_record_as_it_is(client: Client, held: Held) -> None:
    before = client.get("/agreements/nato-treaty").content
    client.get("/what-if", ASKED)
    assert client.get("/agreements/nato-treaty").content == before
    assert client.get("/acts/supposed-1").status_code == 404
    assert not held.entries("supposed-1")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        *((given, says) for given, _status, says in FILLED),
        ({"act": "garbage"}, "too few words; write: KIND ACTOR AGREEMENT DAY"),
        ({"act": "ratfy FRA ctbt 2027-01-01"}, "did you mean ratify?"),
        ({"act": "ratify XXXX ctbt 2027-01-01"}, "no party"),
        ({"act": "ratify FRA nope 2027-01-01"}, "no agreement"),
        ({"act": "ratify FRA ctbt soon"}, "is not a moment"),
        ({"act": ""}, "no act is supposed"),
        ({"act": [LINE] * 21}, "takes 20 at most"),
        ({"question": ""}, "no question is asked"),
        ({"question": "may"}, "ask one of"),
        ({"party": ""}, "needs party; fill it in"),
        ({"agreement": "nope"}, "no agreement"),
        ({"question": "between", "other": "USA", "agreement": ""}, "asked of one agreement"),
        ({"act": "ratify <script> ctbt 2027-01-01"}, "&lt;script&gt;"),
    ],
)
def test_what_is_wrong_is_one_line_above_the_form_with_what_was_filled_in(client: Client, asked: dict[str, str], says: str) -> None:
    response = client.get("/what-if", {**ASKED, **asked})
    assert says in line_of(response, status_of(says))
    page = response.content.decode()
    assert "comity kinds" not in page
    for line in [asked.get("act", LINE)] if isinstance(asked.get("act", LINE), str) else []:
        assert f'name="act" value="{line.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert client.get("/what-if", {**ASKED, **asked, "format": "json"}).status_code == status_of(says)


def test_a_supposed_act_does_not_show_what_a_viewer_may_not_see(make_client: Callable[[Held], Client], small: Opened) -> None:
    client = make_client(Held(small))
    asked = {"act": "ratify AAA pact 2005-01-01", "question": "bound", "party": "BBB", "agreement": "pact", "on": "2006-01-01"}
    assert client.get("/what-if", {**asked, "format": "json"}).json()["before"]["verdict"] == "contested"
    assert client.get("/what-if", {**asked, "as": "public", "format": "json"}).json()["before"]["verdict"] == "yes"
    page = client.get("/what-if", {**asked, "as": "public"}).content.decode()
    assert "secret note" not in page
    assert "pact-BBB-denounce" not in page
