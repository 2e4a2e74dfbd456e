"""Missions and pools: the pages, their charts, files, feeds and API say what the room says; what a reader may not see is in none of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from comity.about import Opened
from comity.acts import Entry
from comity.missions import Mission as OfMission
from comity.missions import accepted_plan, burden_of, explain_gaps, mission_on_record, narrowly, place_bases, states
from comity.permissions import Permissions
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.holding import Held
from tests.web.a_mission import MADE, NAME, TODAY, a_mission
from tests.web.api.conftest import validator
from tests.web.conftest import client_of
from tests.web.refusals import line_of

PAGE, POOL = f"/missions/{NAME}", "/pools/flying hours"
SHARES = "FRA 28, DEU 41, ITA 21"


@pytest.fixture(scope="module")
def book() -> Held:
    return a_mission()


@pytest.fixture(scope="module")
def asked(book: Held) -> Client:
    return client_of(book)


@pytest.fixture(scope="module")
def standing(book: Held) -> Standing:
    return Standing(book.opened.record, on=TODAY, known=TODAY)


@pytest.fixture(scope="module")
def whole(standing: Standing) -> OfMission:
    return mission_on_record(standing, NAME).mission


def main(client: Client, url: str, **query: str) -> str:
    return client.get(url, query).content.decode().partition("<main")[2].partition("</main>")[0]


def rows(client: Client, url: str, table: str, **query: str) -> Any:
    return client.get(url, {"table": table, "format": "json", **query}).json()[table]


def test_the_list_counts_what_is_filled_what_lacks_and_what_is_in_doubt(asked: Client, whole: OfMission) -> None:
    (line,) = asked.get("/missions?format=json").json()["missions"]
    needed = [one for one in states(whole) if one.state != "not needed"]
    sure = [one for one in needed if one.sure is Verdict.YES]
    done = [one for one in sure if one.state in ("filled", "gap accepted")]
    assert line["in_doubt"] == len(needed) - len(sure) > 0
    assert line["filled"] == len(done) > 0
    assert line["places"] == line["filled"] + line["lacking"] + line["in_doubt"]
    page = main(asked, "/missions")
    assert 'href="/missions/Safe%20Passage"' in page
    assert 'href="/pools/flying%20hours"' in page


def test_each_line_in_each_rotation_has_its_mark_and_numbers(asked: Client, whole: OfMission) -> None:
    page = main(asked, PAGE)
    table = page.partition('id="statement"')[2].partition("</table>")[0]
    cells = re.findall(r'<td class="cell q-([a-z-]+)">.*?<use href="#([gv]-\w+)"/>.*?<b class="figure" dir="ltr">([^<]*)</b>', table)
    wanted = [one for one in states(whole) if one.state != "not needed"]
    looks = [str(one.sure) if one.sure is not Verdict.YES else one.state for one in wanted]
    assert [look for look, _, _ in cells] == [look.replace(" ", "-") for look in looks]
    assert {look for look, _, _ in cells} >= {"filled", "partly-filled", "offered", "shortfall", "required", "gap-accepted", "contested"}
    assert len({mark for _, mark, _ in cells}) == len({look for look, _, _ in cells}), "each has a mark of its own"
    assert [figure.rpartition("/")[2] for *_, figure in cells] == [str(one.least.required) for one in wanted]
    told = [(one["line"], one["rotation"], one["state"], one["filled"]) for one in rows(asked, PAGE, "requirements")]
    assert told == [(one.line.id, one.rotation.name, one.state, one.least.filled) for one in states(whole)]


def test_each_gap_says_whom_to_ask_and_what_is_the_least_that_would_change_it(asked: Client, whole: OfMission) -> None:
    sure = narrowly(whole)
    gaps = explain_gaps(sure, accepted_plan(sure))
    told = rows(asked, PAGE, "gaps")
    assert [(one["line"], one["rotation"], one["missing"]) for one in told] == [(g.line.id, g.rotation.name, g.missing) for g in gaps]
    page = main(asked, PAGE)
    for line in {g.line.id for g in gaps}:
        number = [one.id for one in whole.lines].index(line) + 1
        assert f'id="gap-{number}"' in page
        assert f'href="#gap-{number}"' in page
    assert "be there 25 days sooner" in page
    assert "deployed to a mission before" not in page, "who else has such a thing comes from acts alone"


def test_pledges_stand_with_their_caveats_and_doubts(asked: Client) -> None:
    told = {one["pledge"].removeprefix(f"{NAME}: "): one for one in rows(asked, PAGE, "pledges")}
    assert told["DEU frigate"]["caveats"] == [f"{NAME}: caveat DEU 1"]
    assert told["DEU airlift"]["sure"] == "contested"
    page = main(asked, PAGE)
    assert "not for boarding" in page
    assert "for 122 days at most" in page


def test_the_bars_of_time_are_those_of_the_table(asked: Client) -> None:
    page = main(asked, PAGE)
    drawn = re.findall(r'<rect class="stay t-(\w+)[^"]*"[^>]*><title>', page)
    told = [one["what"] for one in rows(asked, PAGE, "time") if one["what"] != "rotation"]
    assert sorted(drawn) == sorted(told)
    assert {"mandate", "offered", "accepted", "deployed"} == set(told)
    assert 'aria-details="spans"' in page
    assert 'id="spans"' in page
    feed = asked.get(PAGE, {"format": "ics"}).content.decode()
    assert "DTSTART;VALUE=DATE:20280105" in feed
    assert feed.count("BEGIN:VEVENT") > 5


def test_a_burden_is_that_of_the_room_beside_the_shares_that_are_given(asked: Client, whole: OfMission) -> None:
    told = {one["party"]: one for one in rows(asked, PAGE, "burden", shares=SHARES)}
    found = dict(burden_of(narrowly(whole), accepted_plan(narrowly(whole))).bearings)
    assert {party: one["person_days"] for party, one in told.items() if party != "DEU"} == {p: b.person_days for p, b in found.items()}
    assert told["DEU"]["share"] == round(float(Fraction(41, 90)), 4)
    assert sum(one["part"] for one in told.values()) == pytest.approx(1, abs=0.001)
    page = main(asked, PAGE, shares=SHARES)
    assert "Fair-share index" in page
    assert page.count('class="agreed"') > 3
    assert "are no acts, and not on record" in main(asked, PAGE)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ({"shares": "FRA"}, 400, "is no party with a number"),
        ({"shares": "FRA 1, France 2"}, 400, "a party is named twice"),
        ({"shares": "Nowhere 4"}, 404, "no party"),
        ({"of": "planned"}, 400, "choose one of pledged, accepted, deployed"),
        ({"by": "weight"}, 400, "choose one of person-days, cost"),
    ],
)
def test_what_is_wrong_with_a_measure_is_one_line_on_the_page(asked: Client, query: dict[str, str], status: int, says: str) -> None:
    response = asked.get(PAGE, query)
    assert says in line_of(response, status)
    assert 'id="statement"' in response.content.decode()


def test_legal_bases_are_those_of_the_permissions(asked: Client, standing: Standing, whole: OfMission) -> None:
    wanted = [(one.party, one.territory, str(one.stationing.verdict)) for one in place_bases(Permissions(standing), whole)]
    assert [(one["party"], one["territory"], one["verdict"]) for one in rows(asked, PAGE, "bases")] == wanted
    assert wanted
    assert "do=station&amp;from=" in main(asked, PAGE)


def test_how_a_plan_is_looked_for_is_told_as_a_command(asked: Client) -> None:
    page = main(asked, PAGE, on="2028-07-01", known="2028-06-01")
    assert "comity mission fill &#x27;Safe Passage&#x27; --seconds 60 --on 2028-07-01 -o plan.toml" in page


def test_before_its_acts_were_done_there_is_no_mission(asked: Client) -> None:
    assert "Begin a file with" in main(asked, "/missions", on="2027-11-25")
    assert asked.get(PAGE, {"on": "2027-11-25"}).status_code == 404


def test_what_a_reader_may_not_see_is_in_none_of_it(asked: Client) -> None:
    for query in ({}, {"as": "ITA"}):
        assert "secret pledge" in main(asked, PAGE, **query)
    page = main(asked, PAGE, **{"as": "FRA"})
    assert "secret pledge" not in page
    assert "kept apart" not in asked.get(PAGE, {"as": "FRA", "table": "pledges", "format": "csv"}).content.decode()
    offered = {one["line"]: one["offered"] for one in rows(asked, PAGE, "requirements", **{"as": "FRA"}) if one["rotation"] == "R1"}
    assert offered["FRIGATES"] == 5


def test_a_mission_that_is_not_on_record_is_named_with_those_that_are(asked: Client) -> None:
    response = asked.get("/missions/none")
    assert response.status_code == 404
    assert "no mission &#x27;none&#x27; is on record" in response.content.decode()


def test_a_mandate_is_cited_with_its_act_and_no_longer_there_when_it_is_revoked() -> None:
    asked = client_of(a_mission(revoked="2028-05-15"))
    page = main(asked, PAGE)
    assert "There is no mandate on" in page
    assert "revoked by" in page.partition('id="mandate"')[2]
    assert "EU revokes" in page.partition('id="mandate"')[2]
    spans = [one for one in rows(asked, PAGE, "time") if one["what"] == "mandate"]
    assert [(one["name"], one["until"]) for one in spans] == [(f"{NAME}: mandate 1", "2028-05-15")]
    assert "revoked by EU revokes" in page.partition('id="gaps"')[2]
    assert "There is a mandate on" in main(asked, PAGE, on="2028-05-14")
    assert asked.get(f"/api/v1/missions/{NAME}").json()["mandate"] == "no"


def test_the_accounts_of_a_pool_sum_to_nought(asked: Client) -> None:
    told = asked.get(POOL, {"format": "json"}).json()["accounts"]
    assert sum(one["balance"] for one in told) == 0
    assert {one["member"]: one["balance"] for one in told} == {"ESP": -6, "FRA": 66, "NLD": -50, "flying hours": -10}
    page = main(asked, POOL)
    assert "owes 10 more than it may" in page
    assert page.count('<rect class="account') == len(told)
    assert "DTSTART;VALUE=DATE:20290201" in asked.get(POOL, {"format": "ics"}).content.decode()
    early = asked.get(POOL, {"format": "json", "on": "2028-01-31"}).json()["accounts"]
    assert {one["member"]: one["balance"] for one in early} == {"FRA": 60, "flying hours": -60}
    assert asked.get("/pools/none").status_code == 404


@pytest.mark.parametrize(("url", "chart"), [(PAGE, "statement"), (PAGE, "time"), (PAGE, "burden"), (POOL, "accounts")])
def test_each_chart_can_be_taken_elsewhere(asked: Client, url: str, chart: str) -> None:
    svg = asked.get(url, {"chart": chart, "format": "svg"})
    assert svg["Content-Type"] == "image/svg+xml"
    about = asked.get(url, {"chart": chart, "format": "metadata"}).json()
    csv = asked.get(url, {"chart": chart, "format": "csv"}).content.decode().splitlines()
    assert csv[0].split(",") == list(about["columns"])
    assert about["rows"] == len(csv) - 1 > 0


def test_the_api_says_what_the_pages_say(asked: Client) -> None:
    described = description(API)
    for path, where in (("/missions", ""), ("/missions/{mission}", NAME), ("/pools", ""), ("/pools/{pool}", "flying hours")):
        response = asked.get(f"/api/v1{path.partition('{')[0].rstrip('/')}{'/' + where if where else ''}")
        assert response.status_code == 200, response.content
        validator(described, f"/api/v1{path}", "get").validate(response.json())
    told = asked.get(f"/api/v1/missions/{NAME}").json()
    for table, name in (("requirements", "requirements"), ("pledges", "pledges"), ("time", "time"), ("bases", "bases")):
        assert told[name] == rows(asked, PAGE, table)
    assert told["mandate"] == "yes"
    assert told["time"][0]["from"] == date(2028, 1, 1).isoformat()


def test_where_pools_once_were_leads_to_them_unless_a_mission_is_called_so(asked: Client, book: Held) -> None:
    found = asked.get("/missions/pools/flying hours", {"on": "2028-02-01"})
    assert (found.status_code, found.headers["Location"]) == (302, "/pools/flying%20hours?on=2028-02-01")
    record = book.opened.book.record
    act = next(one.act for one in record.entries if one.act.kind == "activate-mission")
    named = Entry(replace(act, ref="other", details={**act.details, "mission": "pools/flying hours", "title": "Hours at sea"}), MADE)
    kept = Opened(replace(book.opened.book, record=replace(record, entries=(*record.entries, named))))
    called = client_of(Held(kept, today=lambda: TODAY, patience=20.0))
    assert "Hours at sea" in main(called, "/missions/pools/flying hours")
    assert "owes" in main(called, POOL)


def test_missions_and_pools_are_found_by_their_names(asked: Client) -> None:
    (found,) = (one for one in asked.get("/search?q=aden&format=json").json()["found"] if one["kind"] == "mission")
    assert (found["code"], found["link"]) == (NAME, "/missions/Safe%20Passage")
    (found,) = (one for one in asked.get("/search?q=flying&format=json").json()["found"] if one["kind"] == "pool")
    assert asked.get(found["link"]).status_code == 200
    assert not [one for one in asked.get("/search?q=aden&format=json&on=2020-01-01").json()["found"] if one["kind"] == "mission"]
