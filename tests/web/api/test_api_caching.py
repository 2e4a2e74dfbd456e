"""ETags: the same body has the same, strong where both days are given; whoever has it gets 304."""

from __future__ import annotations

import pytest
from django.test import Client

V = "/api/v1"
DAYS = "on=2020-01-01&known=2024-01-01"


def test_a_tag_is_strong_where_both_days_are_given_and_weak_where_today_matters(client: Client) -> None:
    strong = client.get(f"{V}/agreements/ctbt?{DAYS}")["ETag"]
    assert strong.startswith('"')
    for url in (f"{V}/agreements/ctbt", f"{V}/agreements/ctbt?on=2020-01-01", f"{V}/agreements/ctbt?known=2024-01-01"):
        assert client.get(url)["ETag"].startswith('W/"'), url
    assert client.get(f"{V}/agreements/ctbt?{DAYS}")["ETag"] == strong
    assert client.get(f"{V}/agreements/cwc?{DAYS}")["ETag"] != strong


@pytest.mark.parametrize("url", [f"{V}/agreements/ctbt?{DAYS}", f"{V}/acts?limit=2", f"{V}/openapi.json", f"{V}/questions/in-force?agreement=ctbt"])
def test_whoever_has_it_gets_304(client: Client, url: str) -> None:
    whole = client.get(url)
    tag = whole["ETag"]
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        response = client.get(url, headers={"if-none-match": given})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag), given
        assert response.get("Link") == whole.get("Link")
    assert client.head(url, headers={"if-none-match": tag}).status_code == 304
    for given in ('"other"', "no tag at all", ""):
        assert client.get(url, headers={"if-none-match": given}).status_code == 200


def test_errors_and_what_is_posted_have_no_tag(client: Client) -> None:
    assert "ETag" not in client.get(f"{V}/agreements/nope", headers={"if-none-match": "*"})
    response = client.post(f"{V}/questions/in-force", {"agreement": "ctbt"}, content_type="application/json", headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert "ETag" not in response
