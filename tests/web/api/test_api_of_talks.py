"""Disputes, dialogue and procedure at home in the API: what the rooms have, as the pages filter it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import comity
from comity.dialogue import meeting_to_plain, meetings_of
from comity.disputes import dispute_to_plain, disputes_of, way_to_plain, ways_between
from comity.standing import Standing
from comity.web.holding import Held
from comity.web.home_clocks import EXAMPLE
from tests.web.conftest import client_of
from tests.web.talked import talked

V = "/api/v1"
TODAY = date(2022, 2, 14)
VIENNA = "vienna-document-2011-UKR-RUS-2022-request"
TALKS = Path(__file__).parents[3] / "examples" / "dialogue-book"


@pytest.fixture(scope="module")
def holding() -> Held:
    return talked(TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


def asked(client: Client, path: str, **query: str) -> dict[str, Any]:
    response = client.get(f"{V}{path}", query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def test_disputes_are_those_of_the_room_filtered_as_the_page_filters(holding: Held, desk: Client) -> None:
    there = {one.ref: dispute_to_plain(one) for one in disputes_of(Standing(holding.opened.record, on=TODAY, known=TODAY))}
    assert {row["ref"]: row for row in asked(desk, "/disputes")["disputes"]} == there
    assert [row["ref"] for row in asked(desk, "/disputes", late="1")["disputes"]] == [VIENNA]
    alone = asked(desk, f"/disputes/{VIENNA}")
    assert alone["dispute"] == there[VIENNA]
    assert alone["incident"] is None
    assert "explain an unusual military activity" in {row["what"] for row in alone["meanwhile"]}
    incident = asked(desk, "/disputes/incident-CHN-USA-2001-protest")
    assert incident["dispute"] is None
    assert incident["incident"] in asked(desk, "/incidents", party="USA")["incidents"]
    assert asked(desk, "/incidents", party="UKR")["incidents"] == []


def test_what_is_open_to_two_is_what_the_room_says(holding: Held, desk: Client) -> None:
    there = ways_between(Standing(holding.opened.record, on=TODAY, known=TODAY, viewer="public"), "FRA", "DEU", "cwc")
    assert asked(desk, "/settlement", a="France", b="DEU", agreement="cwc", **{"as": "public"})["ways"] == [way_to_plain(one) for one in there]


def test_meetings_are_those_of_the_room() -> None:
    opened, on = comity.open(TALKS), date(2026, 3, 10)
    client = client_of(Held(opened, today=lambda: on))
    there = [meeting_to_plain(one) for one in meetings_of(Standing(opened.book.record, on=on, known=on))]
    assert asked(client, "/dialogue/meetings", body="Steering Group")["meetings"] == [one for one in there if one["body"] == "steering group"]
    assert [row["state"] for row in asked(client, "/dialogue/actions", party="BEL")["actions"]] == ["overdue"]
    assert asked(client, "/dialogue/silent", party="BEL")["total"] == 2
    assert asked(client, "/dialogue/bodies")["bodies"][1]["next_due"] == "2026-12-31"


def test_the_clock_and_where_it_stands_at_home_go_by_the_sitting_days_given(desk: Client) -> None:
    clock = asked(desk, "/domestic/clock", state="GBR", laid="2024-07-26", sitting=EXAMPLE)
    assert clock["end"] == {"exact": "2024-10-23", "earliest": "2024-10-23", "latest": "2024-10-23"}
    assert clock["days"][-1] == {"on": "2024-10-23", "counts": "yes", "number": 21, "last": True}
    one = {"state": "GBR", "agreement": "uk-us-mda-2024", "on": "2024-09-10", "known": "2026-11-28"}
    (row,) = asked(desk, "/domestic/instruments", sitting=EXAMPLE, **one)["instruments"]
    assert (row["stands"]["counted"], row["stands"]["ends"]["exact"]) == (8, "2024-10-23")
    assert [row["id"] for row in asked(desk, "/domestic/procedures", state="NLD")["procedures"]] == ["express", "tacit"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/disputes?state=x", 400, "choose one of open"),
        ("/disputes/none", 404, "no dispute or incident"),
        ("/settlement?a=FRA&b=FRA", 400, "name two different parties"),
        ("/dialogue/meetings?body=none", 404, "no body"),
        ("/domestic/instruments?state=GBR&sitting=2024-09-02", 400, "go with one state and one agreement"),
        ("/domestic/clock?state=GBR&laid=soon", 400, "laid on:"),
        ("/domestic/clock?state=GBR&laid=", 400, "laid: it is blank"),
        ("/domestic/procedures?state=FIN", 404, "the procedure at home"),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, path: str, status: int, says: str) -> None:
    response = desk.get(f"{V}{path}")
    assert response.status_code == status
    assert says in response.json()["detail"]
