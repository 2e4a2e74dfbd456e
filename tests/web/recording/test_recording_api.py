"""Recording for programs: the same steps as through the pages, once for each key, all or nothing, and refused with the field that is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import comity
from comity.keeping import attachment
from comity.ledger import Ledger
from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.asking import HELD
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.readers import AT_THIS_MACHINE, READER, Reader
from comity.web.recording.drafts import in_file
from tests.web.api.conftest import validator
from tests.web.recording.conftest import OFFICER, TODAY, acts, append

ACT = {"ref": "new", "kind": "denounce", "actor": "ALF", "agreement": "league", "made": "2025-01-01", "source": "UN"}


@dataclass
class Program:
    """A program that somebody runs; every request is answered from what is served when it comes."""

    served: Served
    reader: Reader = OFFICER

    def __call__(self, method: str, path: str, body: object = None, content_type: str = "application/json", **headers: str) -> Any:
        environ: dict[str, Any] = {HELD: self.served.now(), READER: self.reader, "SERVER_NAME": "127.0.0.1"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if body is None else {"data": body, "content_type": content_type}
        response = getattr(Client(**environ), method)(path, headers=named, **sent)
        told = path.partition("?")[0].replace("/api/v1/drafts/" + "0" * 32, "/api/v1/drafts/{draft}")
        told = "/api/v1/corrections/{act}" if told.startswith("/api/v1/corrections") else told
        if method in DESCRIBED["paths"].get(told, {}) and response.status_code != 204:
            validator(DESCRIBED, told, method, response.status_code).validate(response.json())
        return response


DESCRIBED = description(API)


@pytest.fixture
def program(served: Served) -> Program:
    return Program(served)


def pointers(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    return {one["pointer"]: one["detail"] for one in response.json()["errors"]}


def test_an_act_is_looked_at_and_then_recorded_once(program: Program, ledger: Ledger) -> None:
    size = ledger.head().size
    looked = program("post", "/api/v1/acts?dry-run=1", ACT)
    assert (looked.status_code, ledger.head().size) == (200, size)
    (one,) = looked.json()["acts"]
    assert (one["state"], one["faults"]) == ("new", [])
    assert [side["party"] for side in looked.json()["effect"]["sides"]] == ["", "ALF", "BET"]
    first, second = (program("post", "/api/v1/acts", ACT, Idempotency_Key="k1") for _ in range(2))
    assert (first.status_code, first["Location"]) == (201, "/api/v1/acts/new")
    assert first.json()["acts"][0]["hash"] == one["hash"]
    assert (second.content, second["Idempotent-Replayed"]) == (first.content, "true")
    assert len(acts(ledger, "new")) == 1
    assert program("get", first["Location"]).json()["acts"][0]["hash"] == one["hash"]
    other = program("post", "/api/v1/acts", ACT | {"source": "elsewhere"}, Idempotency_Key="k1")
    assert other.status_code == 422
    assert pointers(program("post", "/api/v1/acts", ACT, Idempotency_Key="k2")).keys() == {"#/ref"}
    assert program("post", "/api/v1/acts", ACT).status_code == 400


def test_what_is_wrong_is_told_by_field_and_may_be_mended_under_the_same_key(program: Program, ledger: Ledger) -> None:
    wrong = ACT | {"made": "never", "actor": "ALFF", "details": {"why": "a; b"}}
    assert pointers(program("post", "/api/v1/acts", wrong, Idempotency_Key="k")).keys() >= {"#/made", "#/actor", "#/details/why"}
    looked = program("post", "/api/v1/acts?dry-run=1", wrong).json()["acts"][0]
    assert {fault["pointer"] for fault in looked["faults"]} >= {"#/made", "#/actor", "#/details/why"}
    assert pointers(program("post", "/api/v1/acts", {"ref": "x", "kin": "y"}, Idempotency_Key="k")).keys() >= {"#/kin", "#/kind", "#/actor"}
    assert acts(ledger, "new") == []
    assert program("post", "/api/v1/acts", ACT, Idempotency_Key="k").status_code == 201


def test_a_key_is_kept_over_a_restart_and_does_once_even_where_its_answer_was_lost(ledger: Ledger, tmp_path: Path) -> None:
    def restarted() -> Program:
        return Program(Served(Held(comity.open(ledger.url), today=lambda: TODAY, drafts=in_file(tmp_path / "drafts.db"))))

    first = restarted()("post", "/api/v1/acts", ACT, Idempotency_Key="k")
    again = restarted()("post", "/api/v1/acts", ACT, Idempotency_Key="k")
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    forgetful = restarted()
    answers = forgetful.served.now().drafts.answers
    with answers._open() as connection:
        connection.exec_driver_sql("delete from answer")
    lost = forgetful("post", "/api/v1/acts", ACT, Idempotency_Key="k")
    assert (lost.status_code, lost.json()["acts"][0]["hash"]) == (201, first.json()["acts"][0]["hash"])
    assert len(acts(ledger, "new")) == 1


def test_a_table_is_recorded_all_or_not_at_all(program: Program, ledger: Ledger) -> None:
    table = [ACT, ACT | {"ref": "second", "actor": "BET"}]
    broken = {"acts": [*table, ACT | {"ref": "third", "made": "never"}]}
    assert pointers(program("post", "/api/v1/acts/batch", broken, Idempotency_Key="a")).keys() == {"#/acts/2/made"}
    assert acts(ledger, "second") == []
    seal = program("post", "/api/v1/acts/batch?dry-run=1", {"acts": table}).json()["seal"]
    append(ledger, ref="second", source="elsewhere", actor="BET")
    moved = program("post", "/api/v1/acts/batch", {"acts": table, "seal": seal}, Idempotency_Key="b")
    assert moved.status_code == 412
    assert [one["state"] for one in moved.json()["current"]["acts"]] == ["new", "differs from what is on record"]
    assert pointers(program("post", "/api/v1/acts/batch", {"acts": table}, Idempotency_Key="c")).keys() == {"#/acts/1/ref"}
    done = program("post", "/api/v1/acts/batch", {"acts": table, "also_differing": True}, Idempotency_Key="d")
    assert (done.status_code, [act["ref"] for act in done.json()["acts"]]) == (201, ["new", "second"])
    assert len(acts(ledger, "second")) == 2


def test_every_act_taken_away_comes_back_as_nothing_new(program: Program, ledger: Ledger) -> None:
    content = program("get", "/acts?format=csv").content.decode("utf-8-sig")
    table = [{**row, "details": row["details"].removeprefix("'")} for row in csv.DictReader(io.StringIO(content))]
    size = ledger.head().size
    done = program("post", "/api/v1/acts/batch", {"acts": table}, Idempotency_Key="k")
    assert done.status_code == 200
    assert [one["state"] for one in done.json()["acts"]] == ["already on record"] * len(table)
    assert ledger.head().size == size
    assert len(table) > 30


def test_an_act_is_put_right_by_whoever_saw_how_it_reads(program: Program, ledger: Ledger) -> None:
    (act,) = acts(ledger, "l4")
    path = f"/api/v1/corrections/{act}"
    seen = program("get", path)
    told = {"do": "replace", "where": "UN", "reads": {"made": "2001-02-03"}}
    assert program("post", path, told, Idempotency_Key="a").status_code == 400, "without If-Match"
    looked = program("post", f"{path}?dry-run=1", told).json()["acts"]
    assert [one["state"] for one in looked] == ["new"]
    done = program("post", path, told, Idempotency_Key="b", If_Match=seen["ETag"])
    assert done.status_code == 201, done.content
    assert done.json()["acts"][0]["kind"] == "replace"
    stale = program("post", path, told | {"reads": {"made": "2001-02-04"}}, Idempotency_Key="c", If_Match=seen["ETag"])
    assert stale.status_code == 412
    assert stale.json()["current"]["reads"]["made"] == "2001-02-03"
    assert stale.json()["sent"]["reads"] == {"made": "2001-02-04"}
    now = program("get", path)
    gone = program("post", path, {"do": "retract", "where": "UN", "why": "never was"}, Idempotency_Key="d", If_Match=now["ETag"])
    assert gone.status_code == 201
    assert program("get", path).json()["retracted"]
    wrong = program("post", path, {"do": "replace", "where": " ", "reads": {}}, Idempotency_Key="e", If_Match=program("get", path)["ETag"])
    assert pointers(wrong).keys() == {"#/where"}
    assert program("get", f"/api/v1/corrections/sha256:{'0' * 64}").status_code == 404


def test_a_draft_is_changed_by_whoever_saw_it(program: Program) -> None:
    path = f"/api/v1/drafts/{'0' * 32}"
    body: dict[str, Any] = {"kind": "act", "acts": [{"kind": "denounce", "actor": "ALF", "agreement": "league", "details": "why=x"}]}
    assert program("put", path, body).status_code == 404
    made = program("put", path, body, If_None_Match="*")
    assert (made.status_code, made["Location"]) == (201, path)
    assert program("put", path, body, If_None_Match="*").status_code == 412
    assert program("get", path)["ETag"] == made["ETag"]
    assert program("get", path).json()["acts"][0]["details"] == "why=x"
    changed = program("put", path, {**body, "acts": [{**body["acts"][0], "made": "2025-01-01"}]}, If_Match=made["ETag"])
    assert changed.status_code == 200
    stale = program("put", path, body, If_Match=made["ETag"])
    assert stale.status_code == 412
    assert stale["ETag"] == changed["ETag"]
    assert stale.json()["current"]["acts"][0]["made"] == "2025-01-01"
    assert "made" not in stale.json()["sent"]["acts"][0]
    assert [one["id"] for one in program("get", "/api/v1/drafts").json()["drafts"]] == ["0" * 32]
    assert program("delete", path, If_Match=made["ETag"]).status_code == 412
    assert program("delete", path, If_Match=changed["ETag"]).status_code == 204
    assert program("get", path).status_code == 404


def test_a_document_sent_ahead_comes_into_the_ledger_with_its_act(program: Program, ledger: Ledger) -> None:
    size = ledger.head().size
    kept = program("post", "/api/v1/attachments?name=The+note&language=en", b"%PDF-1.7\nnote", "application/octet-stream")
    assert (kept.status_code, ledger.head().size) == (201, size)
    assert program("post", "/api/v1/attachments", b"MZ\x90\x00\xff", "application/pdf").status_code == 400
    done = program("post", "/api/v1/acts", ACT | {"attachments": kept.json()["attachments"]}, Idempotency_Key="k")
    assert done.json()["acts"][0]["attachments"][0]["title"] == "The note"
    assert attachment(ledger, kept.json()["sha256"]) == b"%PDF-1.7\nnote"
    assert program("get", "/api/v1/drafts").json()["drafts"] == []


@pytest.mark.parametrize("reader", [AT_THIS_MACHINE, Reader("eve")])
def test_who_may_not_record_does_not(served: Served, ledger: Ledger, reader: Reader) -> None:
    program, size = Program(served, reader), ledger.head().size
    for method, path, body in (
        ("post", "/api/v1/acts", ACT),
        ("post", "/api/v1/acts?dry-run=1", ACT),
        ("post", "/api/v1/acts/batch", {"acts": [ACT]}),
        ("get", f"/api/v1/corrections/sha256:{'0' * 64}", None),
        ("get", "/api/v1/drafts", None),
        ("put", f"/api/v1/drafts/{'0' * 32}", {"kind": "act", "acts": [ACT]}),
    ):
        refused = program(method, path, body, Idempotency_Key="k")
        assert refused.status_code == 403, path
        assert "may not record acts" in refused.json()["detail"]
    assert ledger.head().size == size


def test_an_act_called_batch_is_found(program: Program, ledger: Ledger) -> None:
    assert program("get", "/api/v1/acts/batch").status_code == 404
    append(ledger, ref="batch")
    assert program("get", "/api/v1/acts/batch").json()["acts"][0]["ref"] == "batch"
