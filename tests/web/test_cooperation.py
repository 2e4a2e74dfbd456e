"""Cooperation: a tie is an agreement by which both are bound that day; the map, the matrix, the table and the files say the same."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

import pytest
from django.test import Client

from comity.standing import Standing
from comity.terms import Verdict
from comity.web import seats
from comity.web.holding import Held
from tests.web.refusals import AXES, line_of


def ties(client: Client, query: str) -> dict[tuple[str, str], list[str]]:
    return {(one["a"], one["b"]): one["agreements"] for one in client.get(f"/cooperation?{query}&format=json").json()["cooperation"]}


@pytest.mark.parametrize("day", ["1950-07-01", "1970-07-01", "2024-07-01"])
def test_a_tie_is_an_agreement_that_binds_both(client: Client, held: Held, day: str) -> None:
    on = date.fromisoformat(day)
    standing = Standing(held.opened.record, on=on, known=held.today())
    wanted: dict[tuple[str, str], list[str]] = {}
    for agreement in ("us-japan-security-1960", "gsomia-jpn-kor", "nato-treaty"):
        codes = {code for code, _, _ in standing.status(agreement)}
        bound = sorted(code for code in codes if standing.bound(code, agreement).verdict is Verdict.YES)
        for pair in combinations(bound, 2):
            wanted.setdefault(pair, []).append(agreement)
    found = ties(client, f"on={day}&most=40")
    for pair, agreements in wanted.items():
        assert set(agreements) <= set(found.get(pair, ())), pair
    named = {"us-japan-security-1960", "gsomia-jpn-kor", "nato-treaty"}
    assert {pair for pair, agreements in found.items() if named & set(agreements)} == set(wanted)


def test_the_picture_says_what_the_table_says(client: Client) -> None:
    page = client.get("/cooperation?party=JPN&on=2020-07-01").content.decode()
    found = ties(client, "party=JPN&on=2020-07-01")
    assert found
    drawn = re.findall(r'<path class="w\d"[^>]*><title>([^<]*): (\d+)</title>', page)
    assert sorted(int(number) for _, number in drawn) == sorted(len(by) for by in found.values())
    dots = re.findall(r'<circle cx="[^"]*" cy="[^"]*" r="[^"]*"(?: class="chosen")?><title>', page)
    assert len(dots) == len({code for pair in found for code in pair})
    table = page[page.index('id="pairs-h"') :]
    for pair in found:
        assert all(f'<span class="code">{code}</span>' in table for code in pair)


def test_agreements_of_many_parties_are_left_out_and_told(client: Client) -> None:
    few = client.get("/cooperation?on=2020-07-01&most=20").content.decode()
    assert "agreements of more parties are left out" in few
    assert len(ties(client, "on=2020-07-01&most=20")) < len(ties(client, "on=2020-07-01&most=300"))


def test_a_year_is_a_day_in_its_middle(client: Client) -> None:
    response = client.get("/cooperation?year=1955&party=FRA&most=20")
    assert response.status_code == 302
    assert response["Location"] == "/cooperation?on=1955-07-01&party=FRA&most=20"


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        ("year=1700", 400, "write one from 1816"),
        ("year=x", 400, "write one from 1816"),
        ("most=1", 400, "number of parties"),
        ("most=x", 400, "number of parties"),
        ("subject=nothing", 400, "choose one of the list"),
        ("party=Nowhere", 404, "no party"),
    ],
)
def test_what_is_wrong_is_one_line(client: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(client.get(f"/cooperation?{query}"), status)


def test_a_year_before_every_act_says_what_to_do(client: Client) -> None:
    page = client.get("/cooperation?on=1816-07-01").content.decode()
    assert "choose another year or subject" in page


def test_the_projection_is_equal_earth() -> None:
    """Its width to its height is 2.05458 to 1 (Šavrič, Patterson, Jenny 2018), it is the same on both sides, and no land is outside the map."""
    left, right = seats.projected(-180, 0), seats.projected(180, 0)
    assert (left.x, right.x) == (0, seats.WIDTH)
    height = seats.projected(0, -90).y - seats.projected(0, 90).y
    assert seats.WIDTH / height == pytest.approx(2.05458, abs=0.01)
    assert seats.projected(25, 60).x - 500 == pytest.approx(500 - seats.projected(-25, 60).x, abs=0.2)


def test_a_seat_is_that_of_the_day(held: Held) -> None:
    bonn, berlin = seats.seat_of("DEU", date(1980, 1, 1)), seats.seat_of("DEU", date(2020, 1, 1))
    assert bonn is not None
    assert berlin is not None
    assert bonn.x < berlin.x
    assert seats.seat_of("ORG", date(2020, 1, 1)) is None
    for party in held.opened.record.register.parties.values():
        at = seats.seat_of(party.code, date(2000, 1, 1))
        assert at is None or (0 <= at.x <= seats.WIDTH and 0 <= at.y <= seats.HEIGHT), party.code
