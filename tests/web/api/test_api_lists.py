"""Lists by parts: all of it, each item once, in one order, on the days of the first part; a cursor is good for its own list alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from comity.about import Opened
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader
from tests.web.api.conftest import told_of

V = "/api/v1"
MakeClient = Callable[[Held], Client]


def parts(client: Client, url: str) -> list[Any]:
    """Every part, from the first to the last."""
    found = [client.get(url).json()]
    while found[-1]["next"]:
        found.append(client.get(found[-1]["next"]).json())
    return found


@pytest.mark.parametrize(
    ("url", "key", "limit"),
    [
        ("agreements?q=t", "agreements", 2),
        ("parties?kind=state", "parties", 50),
        ("acts?agreement=nato-treaty", "acts", 7),
        ("duties?all=1", "duties", 100),
        ("upcoming?within=3000", "upcoming", 1),
        ("differences?from=2000-01-01", "differences", 20),
        ("search?q=nato", "found", 33),
    ],
)
def test_the_parts_are_the_whole_each_item_once(client: Client, url: str, key: str, limit: int) -> None:
    (whole,) = parts(client, f"{V}/{url}&limit=1000")
    found = parts(client, f"{V}/{url}&limit={limit}")
    assert len(found) > 1
    assert [item for part in found for item in part[key]] == whole[key]
    assert {part["total"] for part in found} == {len(whole[key])}
    assert [len(part[key]) for part in found[:-1]] == [limit] * (len(found) - 1)


def test_the_next_part_is_linked_too(client: Client) -> None:
    response = client.get(f"{V}/acts?limit=5")
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert "Link" not in client.get(f"{V}/acts?agreement=ctbt&limit=1000")


def cursor_of(client: Client, url: str) -> str:
    cursor: str = parse_qs(urlsplit(client.get(url).json()["next"]).query)["cursor"][0]
    return cursor


def test_a_cursor_is_good_for_its_own_list_with_its_filters_alone(client: Client) -> None:
    cursor = cursor_of(client, f"{V}/acts?agreement=nato-treaty&limit=2")
    assert client.get(f"{V}/acts?agreement=nato-treaty&limit=5&cursor={cursor}").status_code == 200
    for other in ("acts?agreement=ctbt", "acts?", "acts?agreement=nato-treaty&kind=sign", "acts?agreement=nato-treaty&as=public", "agreements?"):
        assert "begin without a cursor" in told_of(client.get(f"{V}/{other}&cursor={cursor}"), 400), other
    for forged in (cursor[:-4] + "AAAA", "A" + cursor[1:], cursor[:20], "e30", "", "%00"):
        assert client.get(f"{V}/acts?agreement=nato-treaty&cursor={forged}").status_code == (400 if forged else 200), forged
    assert "cursor: it is one of a list on=" in told_of(client.get(f"{V}/acts?agreement=nato-treaty&on=2001-01-01&cursor={cursor}"), 400)


def test_a_cursor_is_good_for_its_own_reader_alone(held: Held) -> None:
    environs: list[dict[str, Any]] = [{HELD: held, READER: Reader(name), "SERVER_NAME": "127.0.0.1"} for name in ("a", "b")]
    one, other = (Client(**environ) for environ in environs)
    cursor = cursor_of(one, f"{V}/acts?limit=2")
    assert one.get(f"{V}/acts?limit=2&cursor={cursor}").status_code == 200
    assert told_of(other.get(f"{V}/acts?limit=2&cursor={cursor}"), 400)


def test_all_parts_are_as_of_the_day_of_the_first(held: Held, make_client: MakeClient) -> None:
    day = date(2020, 5, 1)
    first = make_client(replace(held, today=lambda: day)).get(f"{V}/agreements?limit=2").json()
    later = make_client(replace(held, today=lambda: day + timedelta(days=400)))
    cursor = parse_qs(urlsplit(first["next"]).query)["cursor"][0]
    assert "on=2020-05-01&known=2020-05-01" in first["next"]
    for url in (first["next"], f"{V}/agreements?limit=2&cursor={cursor}"):
        assert "on=2020-05-01&known=2020-05-01" in later.get(url).json()["next"]


def test_what_comes_on_record_meanwhile_moves_nothing(make_client: MakeClient, small: Opened) -> None:
    """A cursor names the last item given: an act more before it shifts no later part."""
    record = small.book.record
    last = record.entries[-1]
    without = replace(record, entries=tuple(e for e in record.entries if e.act.ref != "pact-AAA-ratify"))
    fewer = make_client(Held(Opened(replace(small.book, record=without)), patience=20.0))
    following = fewer.get(f"{V}/acts?limit=1").json()
    assert following["acts"][0]["ref"] == "pact-BBB-ratify"
    again = make_client(Held(small, patience=20.0)).get(following["next"]).json()
    assert [act["ref"] for act in again["acts"]] == [last.act.ref]
    assert again["total"] == 3
