"""Many acts from a table: looked at row by row, recorded once what was shown still holds; what it cannot read it says, cell by cell."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.ledger import Ledger
from comity.sheets import write_workbook
from comity.web.following import Served
from comity.web.recording.sheets import MOST_ROWS, read_sheet, read_text
from tests.web.recording.conftest import HIDDEN, Desk, acts, append, says, text

HEAD = "ref,kind,actor,agreement,made,source\n"
NEW = "t1,denounce,ALF,league,2025-02-01,s\n"
HEX = "[0-9a-f]{32}"


def bring(desk: Desk, table: str | bytes, name: str = "acts.csv") -> str:
    """Bring a table: the path of the page on which it is looked at."""
    given: dict[str, Any] = {"pasted": table} if isinstance(table, str) else {"table": SimpleUploadedFile(name, table)}
    answer = desk.post("/record/table", given)
    assert answer.status_code == 302, says(answer)
    return str(answer["Location"])


def pressed(desk: Desk, path: str, **more: str) -> dict[str, Any]:
    """What the button of the page would send."""
    return dict(HIDDEN.findall(text(desk.get(path)))) | more


def test_new_acts_of_a_pasted_table_are_recorded_once_pressed(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    path = bring(desk, HEAD + NEW + "t2,denounce,BET,league,2025-03-01,s\n")
    page = says(desk.get(path))
    assert "2 new" in page
    assert "Record 2 acts" in page
    assert ledger.head().size == size
    given = pressed(desk, path)
    done = desk.post(path, given)
    assert (done.status_code, done["Location"]) == (302, "/acts/t1")
    assert len(acts(ledger, "t2")) == 1
    grown = ledger.head().size
    assert desk.post(path, given)["Location"] == "/acts/t1"
    assert ledger.head().size == grown


@pytest.mark.parametrize(
    "table",
    [
        "Ref\tKind\tActor\tAgreement\tMade\tSource\nt1\tdenounce\t ALF \tleague\t2025-02-01\ts\n",
        "ref;kind;actor;agreement;made;source\nt1;denounce;ALF;league;2025-02-01;s\n",
        "source,made,agreement,actor,kind,ref\r\ns,2025-02-01,league,ALF,denounce,t1\r\n\r\n",
        "\ufeff" + HEAD + NEW,
    ],
)
def test_a_table_is_read_whatever_stands_between_its_cells_and_in_which_order(desk: Desk, table: str) -> None:
    assert "Record 1 act" in says(desk.get(bring(desk, table)))


def test_a_workbook_is_read_with_days_and_numbers_as_text(desk: Desk) -> None:
    from datetime import date
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["ref", "kind", "actor", "agreement", "made", "source", "registration"])
    book.active.append(["t1", "denounce", "ALF", "league", date(2025, 2, 1), "s", 33757])
    out = BytesIO()
    book.save(out)
    path = bring(desk, out.getvalue(), "acts.xlsx")
    assert "Record 1 act" in says(desk.get(path))
    desk.post(path, pressed(desk, path))
    page = says(desk.get("/acts/t1"))
    assert "2025-02-01" in page
    assert "33757" in page


def test_each_row_says_how_it_stands_to_what_is_on_record(desk: Desk, ledger: Ledger) -> None:
    rows = [
        NEW,
        "l1,accede,ALF,league,2000-02-01,Invented\n",
        "l4,denounce,GAM,league,2021-01-01,Invented\n",
        "t9,denounse,ALFA,leage,2025-13-01,\n",
        NEW,
    ]
    path = bring(desk, "basis," + HEAD + "".join("text," + row for row in rows))
    page = text(desk.get(path))
    for state in ("1 new", "1 already on record", "1 differs from what is on record", "1 cannot be read", "1 told twice here"):
        assert state in " ".join(re.sub("<[^>]+>", "", page).split()), state
    assert '<tr><th scope="row">made</th><td>2021-01-01</td><td>2020-01-01</td></tr>' in page
    for said in (
        "kind</b>: 'denounse'",
        "did you mean denounce",
        "actor</b>: 'ALFA'",
        "agreement</b>: no agreement 'leage'",
        "source</b>: fill this in",
    ):
        assert said in page, said
    assert "Record 1 act<" in page
    desk.post(path, pressed(desk, path))
    assert len(acts(ledger, "l4")) == 1
    path = bring(desk, HEAD + "l4,denounce,GAM,league,2021-01-01,Invented\n")
    desk.post(path, pressed(desk, path, also="yes"))
    assert len(acts(ledger, "l4")) == 2


def test_a_row_may_answer_another_or_an_act_on_record(desk: Desk, ledger: Ledger) -> None:
    table = "ref,kind,actor,agreement,made,source,replies_to\nr1,reserve,BET,league,2025-01-01,s,\nr2,object,ALF,league,2025-02-01,s,r1\n"
    table += "r3,retract,ALF,league,2025-02-01,s,l4\nr4,object,ALF,league,2025-02-01,s,nowhere\n"
    path = bring(desk, table)
    page = says(desk.get(path))
    assert "3 new" in page
    assert "no act with this ref" in page
    desk.post(path, pressed(desk, path))
    assert "answered by" in says(desk.get("/acts/r1"))
    assert "r3" in says(desk.get("/acts/l4"))


def test_what_is_wrong_with_a_table_is_one_line(desk: Desk) -> None:
    for table, said in (
        ("ref,kind,actr,source\n", "did you mean 'actor'?"),
        ("ref,kind,actor,source,zzz\n", "no column of acts is called 'zzz'"),
        ("ref,kind,actor\nx,y,z\n", "the column 'source' is missing"),
        ("ref,ref,kind,actor,source\na,b,c,d,e\n", "stands twice"),
        (HEAD, "tells no act"),
        ("\n\n", "no table was brought"),
        (HEAD + 't1,"denounce\n', "line 2 cannot be read"),
        (HEAD + "a,b,c,d,e,f,g\n", "more cells than there are columns"),
    ):
        answer = desk.post("/record/table", {"pasted": table})
        assert answer.status_code == 400, table
        assert said in text(answer), (table, says(answer))


def test_when_the_record_went_on_both_states_are_shown_and_nothing_is_recorded(desk: Desk, ledger: Ledger) -> None:
    path = bring(desk, HEAD + NEW + "t2,denounce,BET,league,2025-03-01,s\n")
    given = pressed(desk, path)
    append(ledger, ref="t1", made="2025-09-09")
    size = ledger.head().size
    answer = desk.post(path, given)
    assert answer.status_code == 409
    assert "Row 1 ( t1 ): was “new”, is “differs from what is on record”." in says(answer)
    assert ledger.head().size == size
    assert desk.post(path, pressed(desk, path)).status_code == 302
    assert (len(acts(ledger, "t1")), len(acts(ledger, "t2"))) == (1, 1)


def test_when_the_record_went_on_elsewhere_what_was_shown_still_holds(desk: Desk, ledger: Ledger) -> None:
    path = bring(desk, HEAD + NEW)
    given = pressed(desk, path)
    append(ledger, ref="elsewhere", made="2025-09-09")
    assert desk.post(path, given).status_code == 302
    assert len(acts(ledger, "t1")) == 1


def test_a_table_that_is_not_public_is_brought_without_nonces(desk: Desk, ledger: Ledger) -> None:
    path = bring(desk, "policy,classification,originator," + HEAD + "LEA,LEAGUE DEEP,ALF," + NEW)
    assert desk.post(path, pressed(desk, path)).status_code == 302
    assert len(acts(ledger, "t1")) == 1


def test_five_thousand_rows_are_the_most(desk: Desk, ledger: Ledger) -> None:
    row = "t{0},denounce,ALF,league,2025-02-01,s\n"
    path = bring(desk, (HEAD + "".join(row.format(n) for n in range(MOST_ROWS))).encode())
    assert f"Record {MOST_ROWS} acts" in says(desk.get(path))
    assert desk.post(path, pressed(desk, path)).status_code == 302
    assert len(acts(ledger, f"t{MOST_ROWS - 1}")) == 1
    answer = desk.post("/record/table", {"pasted": HEAD + "".join(row.format(n) for n in range(MOST_ROWS + 1))})
    assert "more than 5,000 rows" in says(answer)


def test_a_table_is_for_who_brought_it_alone(desk: Desk, served: Served) -> None:
    from comity.web.readers import Reader

    path = bring(desk, HEAD + NEW)
    other = Desk(served, Reader("ben", roles=desk.reader.roles))
    assert other.get(path).status_code == 404
    assert desk.get("/record/table/nothing").status_code == 404
    assert re.search(f'href="/record/table/{HEX}"', text(desk.get("/record")))


def test_what_a_spreadsheet_would_take_for_a_formula_is_text() -> None:
    sheet = read_text("ref,kind,actor,source\n=1+1,-x,@y,\"+z\"\n'=1+1,k,a,''quoted\n")
    assert [row["ref"] for row in sheet.rows] == ["=1+1", "=1+1"]
    assert sheet.rows[1]["source"] == "'quoted"
    assert read_sheet(write_workbook("acts", [["ref", "kind", "actor", "source"], ["=1+1", "k", "a", "s"]])).rows[0]["ref"] == "=1+1"


def test_of_two_tables_with_one_act_that_are_pressed_at_once_one_records_it(desk: Desk, ledger: Ledger) -> None:
    paths = [bring(desk, HEAD + f"t1,denounce,ALF,league,2025-02-0{number},s\n") for number in range(1, 5)]
    given = [pressed(desk, path) for path in paths]
    found: list[int] = []
    threads = [threading.Thread(target=lambda p=p, g=g: found.append(desk.post(p, g).status_code)) for p, g in zip(paths * 2, given * 2, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [302, 302, *[409] * 6]
    assert len(acts(ledger, "t1")) == 1


def test_what_opens_doors_is_neither_brought_nor_answered(desk: Desk, ledger: Ledger) -> None:
    append(ledger, ref="door", kind="admit-client", agreement="", details="client=c; shows=token; fingerprint=x; may=read")
    size = ledger.head().size
    table = "ref,kind,actor,made,source,replies_to,details\nd1,admit-client,ALF,2025-01-01,s,,client=c; shows=token; fingerprint=x; may=read\n"
    table += (
        "d2,deny,ALF,2025-01-01,s,door,\nd3,retract,ALF,2025-01-01,s,door,\nd4,destroy-record,ALF,2025-01-01,s,,record="
        + acts(ledger, "l1")[0]
        + "\n"
    )
    path = bring(desk, table)
    page = says(desk.get(path))
    assert "4 cannot be read" in page
    assert page.count("through the pages; use: comity") == 4
    assert desk.post(path, pressed(desk, path)).status_code == 400
    assert ledger.head().size == size
