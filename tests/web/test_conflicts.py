"""Conflicts and registers: both sides of each, by whom and by which act; as the command line has them; part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.registers import conflicts_on_record
from comity.sources import all_sources, where
from comity.sources.store import MANIFEST
from comity.standing import Record, Standing
from comity.terms import Verdict, parse_moment
from comity.web import conflicts
from comity.web.asking import Asked
from comity.web.holding import Held
from tests.web.conftest import client_of


def found(client: Client, query: str) -> Any:
    response = client.get(f"/conflicts?{query}&format=json")
    assert response.status_code == 200, response.content
    return response.json()["conflicts"]


def test_claims_that_differ_are_those_of_the_command_line(client: Client, held: Held) -> None:
    standing = Standing(held.opened.record, on=held.today(), known=held.today())
    wanted = conflicts_on_record(standing, standing.known_agreements())
    assert wanted
    days = sorted((one.agreement, one.one.day.isoformat(), one.other.day.isoformat()) for one in wanted)
    shown = [(c["agreement"], *(side["says"].rpartition(": ")[2] for side in c["sides"])) for c in found(client, "kind=claim")]
    assert sorted(shown) == days
    assert {c["cause"] for c in found(client, "kind=claim")} == {one.likely for one in wanted}


def test_a_conflict_is_found_by_everybody_it_names_whether_or_not_they_take_part(client: Client, held: Held) -> None:
    parties = held.opened.record.register.parties
    for row in found(client, "kind=claim") + found(client, "kind=denial"):
        for code in {*row["about"], *(side["by"] for side in row["sides"])} & set(parties):
            assert row in found(client, f"party={code}"), (code, row)
            assert row in found(client, f"party={code}&kind={row['kind']}"), (code, row)


@pytest.mark.parametrize("claimant", ["GBR", "EU", "ASEAN", "UNSG"])
def test_a_claimant_who_takes_no_part_is_found(held: Held, claimant: str) -> None:
    record = held.opened.book.record
    source, says = Source("Our own words, for a test", "register"), {"in_force": "2016-11-24", "standing": "register"}
    claim = Act(
        ref="claimed", kind="assert", actor=claimant, agreement="gsomia-jpn-kor", made=parse_moment("2020-01-01"), source=source, details=says
    )
    kept = Record(
        record.agreements, (*record.entries, Entry(claim, date(2020, 1, 1))), record.register, record.coverage, record.title, record.ladders
    )
    holding = Held(Opened(replace(held.opened.book, record=kept)), patience=20.0)
    rows = found(client_of(holding), f"party={claimant}&kind=claim&agreement=gsomia-jpn-kor")
    holding.stop()
    assert [side["by"] for row in rows for side in row["sides"]].count(claimant) == len(rows) == 1


def test_a_contested_standing_has_each_reading_with_whose_it_is(client: Client, held: Held) -> None:
    standing = Standing(held.opened.record, on=(day := held.today().replace(2019, 11, 24)), known=held.today())
    contested = {code for code, verdict, _ in standing.status("gsomia-jpn-kor") if verdict is Verdict.CONTESTED}
    rows = found(client, f"kind=reading&agreement=gsomia-jpn-kor&on={day}")
    assert contested
    assert {code for row in rows for code in row["about"]} == contested
    answer = standing.bound(sorted(contested)[0], "gsomia-jpn-kor")
    sides = {(side["by"], side["says"]) for row in rows for side in row["sides"]}
    assert sides == {(r.by, r.value) for r in answer.readings}
    assert all(row["settled_by"] for row in rows)
    assert not found(client, "kind=reading&agreement=gsomia-jpn-kor&on=2018-01-01"), "contested on another day only"


def test_a_denial_has_the_act_that_is_denied_and_the_one_that_denies(held: Held) -> None:
    record = held.opened.book.record
    (denied,) = [e.act for e in record.entries if e.act.ref == "nato-treaty-FIN-accede"]
    says = {"says": "it could not accede", "effect": "not bound"}
    source, made = Source("Our own words, for a test", "official"), parse_moment("2023-05-01")
    denial = Act(
        ref="nato-RUS-deny", kind="deny", actor="RUS", agreement="nato-treaty", replies_to=denied.hash, made=made, source=source, details=says
    )
    entries = (*record.entries, Entry(denial, date(2023, 5, 1)))
    kept = Record(record.agreements, entries, record.register, record.coverage, record.title, record.ladders)
    holding = Held(Opened(replace(held.opened.book, record=kept)), patience=20.0)
    (row,) = found(client_of(holding), "kind=denial")
    by_the_denier = found(client_of(holding), "party=RUS&kind=denial")
    holding.stop()
    assert [(side["by"], side["act"]) for side in row["sides"]] == [("FIN", "nato-treaty-FIN-accede"), ("RUS", "nato-RUS-deny")]
    assert row["sides"][1]["says"] == "it could not accede; not bound"
    assert row["since"] == "2023-05-01"
    assert row["about"] == ["FIN"]
    assert by_the_denier == [row], "who does not take part"


def test_a_succession_is_denied_from_its_day_until_it_was_settled(client: Client) -> None:
    def of(day: str) -> set[tuple[str, ...]]:
        return {tuple(row["about"]) for row in found(client, f"kind=succession&on={day}")}

    assert ("SRB", "YUG") in of("1995-01-01")
    assert ("SRB", "YUG") not in of("1991-01-01") | of("2000-11-01")


def test_a_page_looks_at_some_agreements_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = list[str]()
    monkeypatch.setattr(conflicts, "EACH", 1)

    def note(this: Asked, agreement: str, kind: str = "", party: str = "") -> list[conflicts.Conflict]:
        looked_at.append(agreement)
        return []

    monkeypatch.setattr(conflicts, "conflicts_under", note)
    page = client.get("/conflicts").content.decode()
    assert len(looked_at) == 1
    assert "page=2" in page
    client.get("/conflicts?page=2")
    assert len(set(looked_at)) == 2


def test_what_is_asked_wrongly_is_one_line(client: Client) -> None:
    response = client.get("/conflicts?kind=quarrel")
    assert response.status_code == 400
    assert "reading, denial, claim, succession" in response.content.decode()


def test_registers_are_all_the_sources_with_their_days_and_terms(client: Client) -> None:
    rows = client.get("/registers?format=json").json()["registers"]
    assert {row["id"] for row in rows} == set(all_sources())
    for row in rows:
        one = all_sources()[row["id"]]
        assert (row["since"], row["through"]) == (min(c.since for c in one.coverage).isoformat(), max(c.through for c in one.coverage).isoformat())
        assert row["licence"] == one.licence
    page = client.get("/registers").content.decode()
    assert all(f'href="/registers/{row["id"]}"' in page for row in rows)


def test_claims_on_record_are_counted_by_who_makes_them(client: Client, held: Held) -> None:
    claims = [e.act for e in held.opened.record.entries if e.act.kind == "assert" and e.act.actor == "UNSG"]
    page = client.get("/registers").content.decode()
    assert claims
    assert f'href="/acts?party=UNSG&amp;kind=assert">{len(claims)}</a>' in page


def test_what_is_held_of_a_register_is_not_known_where_the_store_cannot_be_read(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))
    assert client.get("/registers/dcad?format=json").json()["held"] == []
    home = where() / "dcad"
    home.mkdir(parents=True)
    (home / MANIFEST).write_text("torn", encoding="utf-8")
    assert client.get("/registers/dcad?format=json").json()["held"] is None
    assert client.get("/api/v1/registers/dcad").json()["held"] is None
    (line,) = [row for row in client.get("/registers?format=json").json()["registers"] if row["id"] == "dcad"]
    assert line["held"] is None
    page = client.get("/registers/dcad").content.decode()
    assert "cannot be read" in page
    assert "None of its tables" not in page


def test_a_register_says_what_its_columns_are(client: Client) -> None:
    page = client.get("/registers/dcad").content.decode()
    for column in all_sources()["dcad"].tables[0].columns[:5]:
        assert f">{column.name}</th>" in page
    assert client.get("/registers/none").status_code == 404
