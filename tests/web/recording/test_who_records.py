"""Who may record, and on what; drafts that last; what a reader may not see does not show."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

import comity
from comity.keeping import attachment
from comity.ledger import Ledger
from comity.terms import BadInput
from comity.web import serving
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.readers import AT_THIS_MACHINE, Reader, Role
from comity.web.recording.drafts import MOST, Draft, in_file, in_memory
from comity.web.recording.ground import Ground
from tests.ledger.conftest import BOOK
from tests.web.recording.conftest import OFFICER, TODAY, Desk, acts, append, says, text

FORM = "/record/act?agreement=league&actor=ALF&kind=denounce"
TABLE = "ref,kind,actor,agreement,made,source,policy,classification,originator,nonce\n"


def test_a_book_is_not_recorded_on(client: Client) -> None:
    from comity.web.asking import HELD
    from comity.web.readers import READER

    held = Held(comity.open(BOOK), today=lambda: TODAY)
    environ: dict[str, Any] = {HELD: held, READER: OFFICER, "SERVER_NAME": "127.0.0.1"}
    officer = Client(**environ)
    page = officer.get("/record")
    assert page.status_code == 200
    assert "serve a ledger instead: comity --ledger URL serve" in says(cast(HttpResponse, page))
    for path in ("/record/act?kind=denounce&actor=ALF", "/record/table/x", "/record/correct/x"):
        assert officer.get(path).status_code in (400, 302)
    assert officer.post("/record/act", {}).status_code == 400


@pytest.mark.parametrize("reader", [AT_THIS_MACHINE, Reader("adam", roles=frozenset({Role.ADMINISTRATOR})), Reader("eve")])
def test_who_may_not_record_is_told_whom_to_ask(served: Served, ledger: Ledger, reader: Reader) -> None:
    desk, size = Desk(served, reader), ledger.head().size
    page = desk.get("/record")
    assert page.status_code == 200
    assert f"{reader.name} may not record acts; ask somebody who is desk officer or legal adviser" in says(page)
    assert '<form class="ask"' not in text(page)
    assert desk.get(FORM).status_code == 403
    for path in ("/record/act", "/record/table", f"/record/table/{'0' * 32}", f"/record/correct/{'0' * 64}", f"/record/drop/{'0' * 32}"):
        assert desk.post(path, {}).status_code == 403
    assert "Correct this record" not in text(desk.get("/acts/l4"))
    assert ledger.head().size == size


def test_a_document_comes_into_the_ledger_with_its_act_or_not_at_all(desk: Desk, ledger: Ledger) -> None:
    content = b"%PDF-1.7\nnote"
    given = desk.form(FORM, made="2025-01-01", source="UN", do="record", document_title="The note; in full", document_language="en")
    size = ledger.head().size
    wrong = desk.post("/record/act", {**given, "made": "never", "document": SimpleUploadedFile("note.pdf", content)})
    assert wrong.status_code == 400
    assert ledger.head().size == size
    done = desk.post("/record/act", {**given, "document": SimpleUploadedFile("note.exe", content)})
    page = says(desk.get(done["Location"]))
    assert "The note in full PDF, English sha256:" in page
    sha = page[page.index("sha256:", page.index("application/pdf")) :][:71]
    assert attachment(ledger, sha) == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00\xff", "no document that is kept"),
        (b"", "no document"),
        (b"PK\x03\x04rest\xff", "no document that is kept"),
        (b"%PDF-" + b"x" * 16 * 1024 * 1024, "at most"),
    ],
    ids=["program", "empty", "archive", "large"],
)
def test_what_is_no_document_is_refused(desk: Desk, ledger: Ledger, content: bytes, said: str) -> None:
    given = desk.form(FORM, made="2025-01-01", source="UN", do="record")
    size = ledger.head().size
    page = desk.post("/record/act", {**given, "document": SimpleUploadedFile("note.pdf", content)})
    assert page.status_code == 400
    assert said in says(page)
    assert 'href="#f-document"' in text(page)
    assert ledger.head().size == size


def test_what_a_reader_may_not_see_does_not_show(served: Served, ledger: Ledger) -> None:
    hidden = "c4"
    gamma = Desk(served, Reader("gus", party="GAM", roles=OFFICER.roles))
    assert gamma.get(f"/acts/{hidden}").status_code == 404
    path = gamma.post("/record/table", {"pasted": TABLE + f"{hidden},denounce,GAM,league,2025-01-01,s,,,,\n"})["Location"]
    assert "1 new" in says(gamma.get(path))
    replies = "ref,kind,actor,agreement,made,source,replies_to\n"
    for ref in (hidden, "never-was"):
        path = gamma.post("/record/table", {"pasted": replies + f"x,retract,GAM,,2025-01-01,s,{ref}\n"})["Location"]
        assert "no act with this ref" in says(gamma.get(path))
    (act,) = acts(ledger, hidden)
    assert gamma.get(f"/record/correct/{act.removeprefix('sha256:')}").status_code == 404
    assert hidden not in gamma.get("/acts?format=csv").content.decode()


def test_drafts_in_a_file_are_there_again(tmp_path: Path) -> None:
    first = in_file(tmp_path / "drafts.db")
    first.put("anna", Draft("1", "act", "a", "{}"))
    first.put("anna", Draft("2", "act", "b", "{}"))
    first.claim("anna", "2", ["sha256:x"])
    first.put("anna", Draft("2", "act", "changed", "{}"))
    first.close()
    again = in_file(tmp_path / "drafts.db")
    assert again.lasting
    assert [draft.id for draft in again.list("anna")] == ["1"]
    assert again.list("ben") == []
    found = again.get("anna", "2")
    assert found is not None
    assert (found.recorded, found.title) == ("sha256:x", "b")
    again.drop("anna", "2")
    assert again.get("anna", "2") is not None
    again.close()


def test_a_file_that_holds_no_drafts_is_said(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all" * 100)
    with pytest.raises(BadInput, match="the file that --drafts names"):
        in_file(tmp_path / "text")


def test_drafts_are_bounded_and_safe_between_threads() -> None:
    drafts = in_memory()
    threads = [threading.Thread(target=drafts.put, args=("anna", Draft(str(number), "act", "t", "{}"))) for number in range(MOST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drafts.list("anna")) == MOST
    with pytest.raises(BadInput, match="drop those"):
        drafts.put("anna", Draft("one more", "act", "t", "{}"))
    drafts.close()


def test_what_came_since_the_record_was_read_counts(ledger: Ledger) -> None:
    held = Held(comity.open(ledger.url), today=lambda: TODAY)
    before = Ground(OFFICER, held, ledger, ledger.head().size)
    act = append(ledger, ref="later")
    assert before.found("later") == []
    assert [e.act.hash for e in before.again().found("later")] == [act]
    assert before.again().entry(act) is not None
    from comity.keeping import destroy

    destroy(ledger, act, by="ALF", authority="order 1", why="mistaken", today=TODAY)
    assert before.again().found("later") == []
    assert before.again().entry(act) is None


def test_the_server_keeps_drafts_where_it_is_told(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "drafts.db"
    Desk(serving.served(comity.open(ledger.url), file)).post("/record/table", {"pasted": "ref,kind,actor,source\na,b,c,d\n"})
    page = says(Desk(serving.served(comity.open(ledger.url), file)).get("/record"))
    assert "A table of acts (1)" in page
    assert "gone when the server stops" not in page
