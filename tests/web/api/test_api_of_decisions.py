"""Decisions and their rules for programs: the same lines as the pages, of what the reader may see; what votes come to under a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.web.a_round import CRISIS, MANDATE, SECRET, a_round
from tests.web.api.conftest import Plain, told_of, validator
from tests.web.conftest import client_of

V = "/api/v1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return client_of(a_round(tmp_path_factory.mktemp("round")))


@pytest.mark.parametrize("query", ["", "state=open", "party=BEL", "body=UN/SC", "at=2003-02-10T09:00%2B01:00", "on=2003-02-16"])
def test_the_twin_has_the_lines_of_the_page_in_their_order(desk: Client, described: Plain, query: str) -> None:
    told = desk.get(f"{V}/decisions?{query}&limit=1000").json()
    validator(described, f"{V}/decisions", "get").validate(told)
    lines = desk.get(f"/decisions?{query}&format=json").json()["decisions"]
    assert [one["ref"] for one in told["decisions"]] == [row["ref"] for row in lines] != []
    assert told["total"] == len(lines)


def test_the_parts_are_the_whole(desk: Client) -> None:
    for where, name in (("decisions?", "decisions"), ("decision-rules?", "decision-rules")):
        (whole, following) = (desk.get(f"{V}/{where}&limit={limit}").json() for limit in (1000, 2))
        found = following[name]
        while following["next"]:
            following = desk.get(following["next"]).json()
            found += following[name]
        assert found == whole[name]
        assert len(found) > 2


def test_one_proposal_is_told_at_an_instant(desk: Client, described: Plain) -> None:
    told = desk.get(f"{V}/decisions/nato-2003-turkey?at=2003-02-10T09:00%2B01:00").json()
    validator(described, f"{V}/decisions/{{proposal_ref}}", "get").validate(told)
    assert (told["verdict"], told["state"], told["at"]) == ("unknown", None, "2003-02-10T08:00:00+00:00")
    now = desk.get(f"{V}/decisions/{MANDATE}").json()
    assert (now["state"], now["count"], now["at"]) == ("voting", "not-adopted", "2026-11-28T09:30:00+00:00")


def test_votes_under_a_rule_are_counted_and_measured(desk: Client, described: Plain) -> None:
    where = f"{V}/decision-rules/un-charter/security-council"
    told = desk.get(f"{where}?no=RUS&yes=FRA").json()
    validator(described, f"{V}/decision-rules/{{agreement_id}}/{{decision_rule}}", "get").validate(told)
    assert (told["result"]["outcomes"], told["chances"]["decided"], told["winning"]) == (["not-adopted"], "not-adopted", None)
    open_ = desk.get(f"{where}?abstain=RUS").json()
    assert [one["code"] for one in open_["chances"]["blockers"]] == ["CHN", "FRA", "GBR", "USA"]
    assert (open_["winning"]["smallest"], open_["blocking"]["smallest"], open_["problem"]) == (9, 1, None)
    assert "of which the record has no figure" in desk.get(f"{V}/decision-rules/teu/qualified-majority").json()["problem"]


def test_a_program_learns_nothing_of_what_its_reader_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(a_round(tmp_path, hidden=False))
    for where in ("decisions?", "search?q=apart"):
        for viewer in ("FRA", "public"):
            url = f"{V}/{where}&as={viewer}"
            assert desk.get(url).content == without.get(url).content, url
    for where in (f"decisions/{SECRET}?as=FRA", f"decisions/{SECRET}?as=public"):
        assert told_of(desk.get(f"{V}/{where}"), 404) == told_of(without.get(f"{V}/{where}"), 404)
    assert desk.get(f"{V}/decisions/{SECRET}?as=BEL").json()["subject"] == "Kept <b>apart</b>"


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("decisions?state=x", 400, "choose one of open"),
        ("decisions?at=noon", 400, "at: 'noon' is not a moment"),
        ("decisions?party=Narnia", 404, "no party"),
        (f"decisions/{CRISIS}-9", 404, "did you mean"),
        ("decision-rules?of=XX", 404, "no rule of 'XX'"),
        ("decision-rules/un-charter/security-council?no=DEU", 400, "DEU has no seat"),
        ("decision-rules/un-charter/nothing", 404, "has no rule"),
    ],
)
def test_what_is_wrong_is_a_problem_of_one_line(desk: Client, url: str, status: int, says: str) -> None:
    assert says in told_of(desk.get(f"{V}/{url}"), status)
