"""What is sent again is what it was: the same acts, the same seal, the same answer; what was sent ahead of acts comes with them, and is let go."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from comity.acts import read_act
from comity.keeping import attachment
from comity.ledger import Ledger
from comity.terms import BadInput
from comity.web.following import Served
from comity.web.recording import faults, putting
from comity.web.recording.drafts import Draft, StoredDrafts, in_memory
from tests.web.recording.conftest import Desk, acts, append, says
from tests.web.recording.test_recording_api import ACT, Program, pointers

DEEP = {"policy": "LEA", "classification": "LEAGUE DEEP", "originator": "LEA"}
TABLE = [{**ACT, **DEEP}, {**ACT, "ref": "second", "actor": "BET"}]
HEAD = "ref,kind,actor,agreement,made,source,policy,classification,originator\n"
FORM = "/record/act?agreement=league&actor=ALF&kind=denounce"
NOTE = b"%PDF-1.7\nnote"


@pytest.fixture
def program(served: Served) -> Program:
    return Program(served)


def forget_answers(program: Program) -> None:
    with program.served.now().drafts.answers._open() as connection:
        connection.exec_driver_sql("delete from answer")


def test_the_seal_of_what_was_shown_holds_for_what_is_not_public_too(program: Program, ledger: Ledger) -> None:
    looked = [program("post", "/api/v1/acts/batch?dry-run=1", {"acts": TABLE}).json() for _ in range(2)]
    assert looked[0]["seal"] == looked[1]["seal"]
    done = program("post", "/api/v1/acts/batch", {"acts": TABLE, "seal": looked[0]["seal"]}, Idempotency_Key="k")
    assert done.status_code == 201
    assert [one["hash"] for one in done.json()["acts"]] == [one["hash"] for one in looked[0]["acts"]]


def test_what_is_made_up_for_an_act_that_is_not_public_is_nobody_elses_guess(program: Program) -> None:
    def hashed(by: Program, **given: str) -> str:
        return str(by("post", "/api/v1/acts?dry-run=1", TABLE[0] | given).json()["acts"][0]["hash"])

    ben = Program(program.served, replace(program.reader, name="ben"))
    found = {hashed(program), hashed(program), hashed(ben)}
    with override_settings(SECRET_KEY="another"):
        assert len({*found, hashed(program)}) == 3
        given = hashed(program, nonce="0" * 32)
    assert hashed(ben, nonce="0" * 32) == given


def test_a_form_is_recorded_as_it_was_shown(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, made="2025-01-01", source="UN", ref="new", **DEEP)
    page = says(desk.post("/record/act", {**given, "do": "preview"}))
    assert desk.post("/record/act", {**given, "do": "record"}).status_code == 302
    (act,) = (read_act(act) for leaf, act, _ in ledger.items() if act is not None and leaf.act in acts(ledger, "new"))
    assert act.nonce
    assert act.nonce in page


def test_a_table_that_is_sent_again_is_answered_in_full_though_its_answer_was_lost(program: Program, ledger: Ledger) -> None:
    append(ledger, ref="third", made="2020-01-01", source="s")
    table = [*TABLE, {"ref": "third", "kind": "denounce", "actor": "ALF", "agreement": "league", "made": "2020-01-01", "source": "s"}]
    first = program("post", "/api/v1/acts/batch", {"acts": table}, Idempotency_Key="k")
    assert ([one["ref"] for one in first.json()["acts"]], first.json()["left_out"]) == (["new", "second"], ["third"])
    forget_answers(program)
    again = program("post", "/api/v1/acts/batch", {"acts": table}, Idempotency_Key="k")
    assert (again.status_code, again.json()) == (201, first.json())
    other = program("post", "/api/v1/acts/batch", {"acts": table}, Idempotency_Key="l")
    assert (other.status_code, [one["state"] for one in other.json()["acts"]]) == (200, ["already on record"] * 3)


def test_a_correction_that_is_sent_again_is_answered_in_full_and_leaves_nothing_out(program: Program, ledger: Ledger) -> None:
    (act,) = acts(ledger, "l4")
    path = f"/api/v1/corrections/{act}"
    told = {"do": "replace", "where": "UN", "reads": {"actor": "BET"}}
    tag = program("get", path)["ETag"]
    first = program("post", path, told, Idempotency_Key="k", If_Match=tag)
    assert ([one["kind"] for one in first.json()["acts"]], first.json()["left_out"]) == (["retract", "denounce"], [])
    forget_answers(program)
    again = program("post", path, told, Idempotency_Key="k", If_Match=tag)
    assert (again.status_code, again.json()) == (201, first.json())


def sent_ahead(program: Program, content: bytes = NOTE) -> str:
    kept = program("post", "/api/v1/attachments?name=Note&language=en", content, content_type="application/octet-stream")
    assert kept.status_code == 201
    return str(kept.json()["attachments"])


def waiting(program: Program) -> int:
    drafts = program.served.now().drafts
    assert isinstance(drafts, StoredDrafts)
    with drafts._open() as connection:
        return int(connection.exec_driver_sql("select count(*) from draft where kind = 'document'").scalar_one())


def test_a_document_comes_with_a_correction(program: Program, ledger: Ledger) -> None:
    (act,) = acts(ledger, "l4")
    path = f"/api/v1/corrections/{act}"
    told = {"do": "replace", "where": "UN", "reads": {"attachments": sent_ahead(program)}}
    done = program("post", path, told, Idempotency_Key="k", If_Match=program("get", path)["ETag"])
    assert done.status_code == 201
    (named,) = done.json()["acts"][1]["attachments"]
    assert attachment(ledger, named["sha256"]) == NOTE
    assert waiting(program) == 0


def test_what_was_sent_ahead_is_let_go_once_it_is_recorded_and_kept_while_it_is_not(program: Program, ledger: Ledger) -> None:
    act = {**ACT, "attachments": sent_ahead(program)}
    assert program("post", "/api/v1/acts", act | {"made": "never"}, Idempotency_Key="k").status_code == 400
    assert waiting(program) == 1
    assert program("post", "/api/v1/acts", act, Idempotency_Key="k").status_code == 201
    assert waiting(program) == 0
    sent_ahead(program)
    forget_answers(program)
    assert program("post", "/api/v1/acts", act, Idempotency_Key="k").status_code == 201
    assert waiting(program) == 0, "as it was recorded before"


def test_what_fails_while_it_is_written_leaves_the_draft_as_it_was(
    program: Program, desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(ledger: object, chosen: object, at: int, documents: object, first: Any) -> None:
        first(lambda acts: {})
        raise BadInput("the disk is full; make room")

    with monkeypatch.context() as broken:
        broken.setattr(putting, "add_previewed", full)
        assert program("post", "/api/v1/acts", ACT, Idempotency_Key="k").status_code == 400
        assert program("get", "/api/v1/drafts").json()["drafts"] == []
        given = desk.form(FORM, made="2025-01-01", source="UN", ref="by form", do="record", document_title="The note")
        refused = desk.post("/record/act", {**given, "document": SimpleUploadedFile("note.pdf", NOTE)})
        assert (refused.status_code, "the disk is full" in says(refused)) == (409, True)
    (draft,) = program("get", "/api/v1/drafts").json()["drafts"]
    assert draft["acts"][0]["ref"] == "by form"
    done = desk.post("/record/act", given)
    assert "The note" in says(desk.get(done["Location"])), "the document that was brought before came with it"
    assert desk.served.now().waiting.get("anna", given["token"]) == (None, "")
    assert program("post", "/api/v1/acts", ACT, Idempotency_Key="k").status_code == 201


def test_a_draft_that_did_not_come_on_record_is_as_it_was() -> None:
    drafts = in_memory()
    drafts.put("anna", Draft("1", "act", "t", "{}"))
    for one in ("1", "2"):
        drafts.claim("anna", one, ["sha256:x", "sha256:y"])
        found = drafts.get("anna", one)
        assert found is not None
        assert found.acts == ["sha256:x", "sha256:y"]
        drafts.claim("anna", one, ())
    assert [(one.id, one.content, one.acts) for one in drafts.list("anna")] == [("1", "{}", [])]
    assert drafts.get("anna", "2") is None
    drafts.close()


def test_what_is_wrong_with_a_detail_is_told_with_its_act(program: Program) -> None:
    broken = {**ACT, "ref": "broken", "details": {"why": "a; b"}}
    table = {"acts": [ACT, *({**ACT, "ref": f"a{number}"} for number in range(10)), broken]}
    looked = program("post", "/api/v1/acts/batch?dry-run=1", table).json()["acts"]
    told = {one["ref"]: [fault["pointer"] for fault in one["faults"]] for one in looked if one["faults"]}
    assert set(told) == {"broken"}
    assert "#/acts/11/details/why" in told["broken"]
    assert "#/acts/11/details/why" in pointers(program("post", "/api/v1/acts/batch", table, Idempotency_Key="k"))


def zipped(version: int) -> bytes:
    """An archive that needs this version of what unpacks it, in tenths."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    content = bytearray(made.getvalue())
    struct.pack_into("<H", content, content.rindex(b"PK\x01\x02") + 6, version)
    return bytes(content)


def test_an_archive_of_a_version_that_nobody_reads_is_no_document(program: Program, desk: Desk) -> None:
    assert program("post", "/api/v1/attachments", zipped(20), content_type="application/octet-stream").status_code == 201
    assert program("post", "/api/v1/attachments", zipped(99), content_type="application/octet-stream").status_code == 400
    brought = desk.post("/record/table", {"table": SimpleUploadedFile("table.xlsx", zipped(99))})
    assert brought.status_code == 400


def test_what_is_near_is_looked_for_in_the_first_rows_that_cannot_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    near = faults.near

    def counted(wanted: str, known: Any) -> str:
        asked.append(wanted)
        return near(wanted, known)

    monkeypatch.setattr(faults, "near", counted)
    lines = "".join(f"x{number},denounce,ALFF,league,2025-01-01,s,,,\n" for number in range(1000))
    page = says(desk.get(desk.post("/record/table", {"pasted": HEAD + lines})["Location"]))
    assert "did you mean ALF?" in page
    assert len(asked) == 200
