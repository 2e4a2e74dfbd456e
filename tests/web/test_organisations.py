"""Organisations: the members are those whom the constituent agreement binds on the day; what they share, what was decided, and who keeps what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from comity.standing import Standing
from comity.terms import Verdict
from comity.web import organisations
from comity.web.drawing import BOUND
from comity.web.folds import Fold
from comity.web.holding import Held
from tests.web.conftest import client_of


def told(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("day", ["1950-07-01", "1983-01-01", "2024-03-07"])
def test_members_are_those_whom_the_constituent_agreement_binds(client: Client, held: Held, day: str) -> None:
    standing = Standing(held.opened.record, on=date.fromisoformat(day), known=held.today())
    wanted = {code for code, verdict, mode in standing.status("nato-treaty") if verdict is Verdict.YES and mode in BOUND}
    rows = client.get(f"/organisations/NATO?on={day}&format=json").json()["members"]
    assert wanted
    assert {row["party"] for row in rows} == wanted
    assert {row["party"]: row["since"] for row in rows} == {code: str(standing.bound(code, "nato-treaty").since) for code in wanted}
    (line,) = [one for one in told(client, f"/organisations?on={day}")["organisations"] if one["code"] == "NATO"]
    assert line["members"] == len(wanted)


def test_how_each_became_a_member_leads_to_its_act(client: Client) -> None:
    page = client.get("/organisations/NATO").content.decode()
    assert 'href="/acts/nato-treaty-FIN-accede"' in page
    assert 'id="changes"' in page
    assert 'aria-details="changes"' in page
    assert "chart=standing&amp;format=svg" in page


def test_what_binds_the_members_is_counted_and_who_is_missing_is_named(client: Client, held: Held) -> None:
    found = told(client, "/organisations/NATO?on=2024-06-01")
    members = {one["party"] for one in found["members"]}
    standing = Standing(held.opened.record, on=date(2024, 6, 1), known=held.today())
    assert found["shared"]
    for one in found["shared"]:
        bound = {code for code, verdict, mode in standing.status(one["agreement"]) if verdict is Verdict.YES and mode in BOUND}
        verdicts = {code: standing.bound(code, one["agreement"]).verdict for code in members - bound}
        assert one["bound"] == len(members & bound), one
        assert set(one["unsettled"]) == {code for code, verdict in verdicts.items() if verdict in (Verdict.UNKNOWN, Verdict.CONTESTED)}
        assert 2 * (one["bound"] + len(one["unsettled"])) >= len(members)
        assert not one["missing"] or set(one["missing"]) == members - bound - set(one["unsettled"])
    assert any(one["unsettled"] for one in found["shared"]), "the record of some is not complete"
    assert "nato-treaty" not in {one["agreement"] for one in found["shared"]}


def test_decisions_and_deposits_of_its_bodies_are_its_own(client: Client, held: Held) -> None:
    found = told(client, "/organisations/NATO")
    assert "nato-treaty-NATO-NAC-decide-2001" in found["decided"]
    assert set(found["bodies"]) >= {"NATO/NAC", "NATO/SG"}
    kept = {one["agreement"] for one in told(client, "/organisations/UN")["deposits"]}
    assert kept == {a.id for a in held.opened.record.agreements if "UNSG" in a.depositary}
    assert "ctbt" in kept


def test_without_an_agreement_that_says_who_nobody_is_made_up(client: Client) -> None:
    page = client.get("/organisations/GCC").content.decode()
    assert "No agreement on record says who its members are" in page
    found = told(client, "/organisations/GCC")
    assert found["constituent"] is None
    assert [found[name] for name in ("members", "unsettled", "former", "shared")] == [None] * 4
    response = client.get("/organisations/GCC?format=json")
    assert response.status_code == 404
    assert response.json() == {"error": "no agreement on record says who the members of GCC are; record its constituent agreement"}


def test_how_many_members_is_not_known_says_what_is_missing(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    world = replace(held)
    client = client_of(world)

    def line(code: str) -> Any:
        return next(one for one in told(client, "/organisations")["organisations"] if one["code"] == code)

    def number(code: str) -> tuple[Any, ...]:
        found = line(code)
        return found["members"], found["unsettled"], found["missing"]

    assert number("GCC") == (None, None, "no agreement on record says who its members are")
    assert line("NATO")["missing"] is None
    monkeypatch.setattr(Fold, "broken", {"nato-treaty": "it is torn"})
    assert number("NATO") == (None, None, "nato-treaty cannot be derived")
    assert "nato-treaty" in client.get("/organisations").content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(organisations, "statuses_of", lambda this: ({}, ["nato-treaty"]))
    assert number("NATO") == (None, None, "nato-treaty is still being derived")
    assert "is still being derived" in client.get("/organisations").content.decode()


def test_a_state_is_none_and_the_page_says_where_it_is(client: Client) -> None:
    response = client.get("/organisations/FIN")
    assert response.status_code == 404
    assert 'href="/parties/FIN"' in response.content.decode()


def test_a_party_and_its_members_lead_to_one_another(client: Client) -> None:
    assert 'href="/organisations/NATO"' in client.get("/parties/NATO").content.decode()
    assert 'href="/parties/NATO"' in client.get("/organisations/NATO").content.decode()
    assert "/organisations/" not in client.get("/parties/FIN").content.decode().partition("<main")[2]


def test_bodies_with_an_agreement_of_their_own_have_members(client: Client, held: Held) -> None:
    parties = held.opened.record.register.parties
    assert {parties["ASEAN/ADMM"].constituent, parties["ASEAN/ADMM-Plus"].constituent} == {"admm", "admm-plus"}
    assert client.get("/organisations/ASEAN/ADMM-Plus").status_code == 200
