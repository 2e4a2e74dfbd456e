"""Reports: the page and its files say what the room's report says; a figure leads to its acts and its question; nobody learns; refusals; bounds."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import comity
from comity.planning import read_strategy
from comity.reports import Report, Wanted, number, periodic_report, report_to_plain, scorecard, to_notebook, to_page
from comity.standing import Record, Standing
from comity.terms import Label
from comity.web import kept_reports
from comity.web.holding import Held
from comity.web.kept_reports import MOST_KEPT, PLACE, KeptReports, Made
from comity.web.reports import MOST_PARTNERS, ReportQuestion, periods_before
from comity.web.wording import TABLES
from tests.web.conftest import client_of
from tests.web.refusals import AXES, LISTS, line_of

ROOT = Path(__file__).parents[2]
BOOK, TOML = ROOT / "examples" / "trust-book", ROOT / "examples" / "strategy-small-state.toml"
TODAY = date(2026, 1, 1)
ARD = "/reports?party=ARD&period=2025&partners=BLM"
FIN = "/reports?party=FIN&period=2023&on=2026-01-01&known=2026-01-01"
MARKING = "ARD SECRET"


@pytest.fixture(scope="module")
def holding() -> Held:
    return Held(comity.open(BOOK), today=lambda: TODAY, patience=20.0)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


@pytest.fixture(scope="module")
def report(holding: Held) -> Report:
    made = periodic_report(Standing(holding.opened.record, on=TODAY, known=TODAY), Wanted("year", "ARD", "2025", ("BLM",), PLACE))
    return kept_reports.noted(made, PLACE)


def get(client: Client, url: str, status: int = 200) -> Any:
    answer = client.get(url)
    assert answer.status_code == status, says(answer)[-400:]
    return answer


def says(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def test_before_anything_is_asked_the_page_offers_periods_and_the_strategies_that_ship_with_it(desk: Client) -> None:
    page = get(desk, "/reports").content.decode()
    assert 'href="/reports?example=small-state"' in page
    assert "Finland" not in page, "an example of another record"
    offered = get(desk, "/reports?party=ARD").content.decode()
    for period in periods_before(TODAY):
        assert f'href="/reports?party=ARD&amp;period={period}"' in offered
    assert periods_before(date(2026, 5, 1)) == ["2025", "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2026", "2026-Q2"]


def test_the_page_has_every_figure_with_its_number_its_question_its_command_and_its_acts(desk: Client, report: Report) -> None:
    page = get(desk, ARD).content.decode()
    for one in report.figures:
        row = page.partition(f'<tr id="f-{one.id}">')[2].partition("</tr>")[0]
        assert row, one.id
        told = " ".join(re.sub(r"<[^>]+>", " ", unescape(row)).split())
        assert number(one.value, one.unit) in told, one.id
        assert one.why in told, one.id
        assert one.command in told, one.id
        assert all(f'href="/acts/{ref}"' in row for ref in one.acts[:8]), one.id
    assert 'href="/indicators?on=2025-12-31&amp;known=2026-01-01&amp;indicator=duties-on-time&amp;party=ARD&amp;partner=BLM' in page
    assert 'href="/trust?on=2025-12-31&amp;known=2026-01-01&amp;a=ARD&amp;b=BLM"' in page
    assert page.count('class="beside-before"') == sum(
        any(one.before is not None for one in section.figures) and (figure.value, figure.before) != (None, None)
        for section in report.sections
        for figure in section.figures
    )
    assert all(note in says(get(desk, ARD)) for note in report.notes)


def test_whatever_a_report_names_has_its_word(report: Report, holding: Held) -> None:
    strategy = scorecard(Standing(holding.opened.record, on=TODAY, known=TODAY), read_strategy(TOML).strategy, TOML.name)
    aims = {aim.statement for aim in read_strategy(TOML).strategy.objective}
    for made in (report, strategy):
        assert {one.title for one in made.sections} - aims <= TABLES["report-section"].keys()
        listings = [one for section in made.sections for one in section.listings]
        assert {one.caption for one in listings} <= TABLES["report-section"].keys()
        assert {head for one in listings for head in one.heads if head} <= TABLES["report-head"].keys()
    assert {one.unit for one in report.figures} <= TABLES["report-unit"].keys()
    concluded = {one.id: one.says for one in report.sections[0].figures}
    assert {name: str(TABLES["report-figure"][name]).casefold() for name in concluded} == {name: says.casefold() for name, says in concluded.items()}


def test_the_question_behind_a_figure_gives_its_number_again(desk: Client, report: Report) -> None:
    page = get(desk, ARD).content.decode()
    figure = next(one for one in report.figures if one.id == "duties-on-time-BLM")
    again = re.search(r'href="(/indicators\?[^"]+indicator=duties-on-time[^"]+partner=BLM[^"]*)"', page)
    assert again is not None
    assert f'<span class="big">{number(figure.value, figure.unit)}</span>' in get(desk, unescape(again[1])).content.decode()


def test_the_files_are_those_of_the_room_with_the_same_axes(desk: Client, report: Report) -> None:
    asked = f"{ARD}&on=2026-01-01&known=2026-01-01"
    assert get(desk, f"{asked}&file=json").json() == json.loads(json.dumps(report_to_plain(report)))
    assert get(desk, f"{asked}&file=html").content.decode() == to_page(report)
    assert get(desk, f"{asked}&file=ipynb").content.decode() == to_notebook(report)
    archive = get(desk, f"{asked}&file=zip")
    assert archive["Content-Disposition"] == 'attachment; filename="report-ARD-2025.zip"'
    assert {"report.json", "figures.csv", "acts.csv"} <= set(zipfile.ZipFile(io.BytesIO(archive.content)).namelist())
    page = get(desk, asked).content.decode()
    for kind in ("html", "ipynb", "json", "zip"):
        assert f"party=ARD&amp;period=2025&amp;partners=BLM&amp;on=2026-01-01&amp;known=2026-01-01&amp;file={kind}" in page
    rows = list(csv.DictReader(io.StringIO(get(desk, f"{ARD}&list=figures&format=csv").content.decode())))
    assert [row["id"] for row in rows] == [one.id for one in report.figures]
    acts = get(desk, f"{ARD}&list=acts&format=json").json()["acts"]
    assert [row["act"] for row in acts] == [act.ref for act in report.acts]


def test_a_pdf_is_tagged_set_once_and_one_at_a_time(holding: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint")
    client, url = client_of(holding), "/reports?party=DNM&period=2025-Q4&file=pdf"
    pdf = get(client, url)
    assert pdf["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in pdf.content or pdf.content.startswith(b"%PDF")
    monkeypatch.setattr(kept_reports, "to_portable", lambda _: pytest.fail("set again"))
    assert get(client, url).content == pdf.content
    monkeypatch.setattr(kept_reports, "LONGEST", 0.01)
    turn = threading.BoundedSemaphore(1)
    monkeypatch.setattr(kept_reports, "_TURN", turn)
    with turn:
        busy = get(client, "/reports?party=DNM&period=2025-Q3&file=pdf", 503)
    assert "another report is being set as a PDF" in says(busy)
    assert busy["Retry-After"] == "5"
    monkeypatch.setattr(kept_reports, "ROWS", 3)
    line = line_of(client.get("/reports?party=DNM&period=2025-Q3&file=pdf"), 400)
    assert "rows are too many to be set here as a PDF" in line
    assert "comity --book BOOK report quarter DNM 2025-Q3" in line


def test_where_no_pdf_can_be_set_none_is_offered(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.web.report_answers.find_spec", lambda _: None)
    assert "file=pdf" not in get(desk, ARD).content.decode()


def test_what_it_concluded_is_drawn_beside_the_period_before(client: Client, held: Held) -> None:
    found = periodic_report(Standing(held.opened.record, on=TODAY, known=TODAY), Wanted("year", "FIN", "2023"))
    consented = next(one for one in found.figures if one.id == "consented")
    assert consented.value
    page = get(client, FIN).content.decode()
    assert 'href="/acts/nato-treaty-FIN-accede' in page
    assert "This period and the one before" in page
    rows = list(csv.DictReader(io.StringIO(get(client, f"{FIN}&chart=concluded&format=csv").content.decode())))
    assert [(float(row["now"]), float(row["before"])) for row in rows] == [(one.value, one.before) for one in found.sections[0].figures]
    listed = get(client, f"{FIN}&list=table-acts&format=json").json()["table-acts"]
    assert [row["act"] for row in listed] == [row[3] for row in found.sections[0].listings[0].rows]
    assert "comity report year FIN 2023" in says(get(client, FIN)), "the record that ships with Comity needs no folder"


def test_a_report_is_kept_until_it_is_pushed_out_and_another_viewer_gets_another(holding: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[object]()

    def noticed(standing: Standing, asked: ReportQuestion) -> Made:
        made.append(standing.viewer)
        return Made(periodic_report(standing, asked.wanted))

    monkeypatch.setattr("comity.web.reports._made", noticed)
    client = client_of(holding)
    for _ in range(2):
        for viewer in ("", "&as=CRV"):
            get(client, f"/reports?party=CRV&period=2024{viewer}")
            get(client, f"/reports?party=CRV&period=2024{viewer}&list=figures&format=json")
    assert made == [None, "CRV"]
    kept = KeptReports()
    for place in range(MOST_KEPT + 5):
        kept.keep(place, Made(periodic_report(Standing(holding.opened.record, on=TODAY, known=TODAY), Wanted("year", "CRV", "2001"))))
    assert len(kept) == MOST_KEPT
    assert kept.found(0) is None


@contextmanager
def marked(holding: Held, *, there: bool = True) -> Iterator[tuple[Held, str]]:
    """The record with one act of 2025 that ARD and CRV alone may see; or as if it never was."""
    record = holding.opened.record
    assert isinstance(record, Record)
    found = next(e for e in record.entries if e.act.kind == "notify-exercise" and str(e.act.done).startswith("2025") and e.act.actor == "ARD")
    act = replace(found.act, label=Label("ARD", "SECRET", releasable_to=("CRV",)), nonce="0" * 32)
    entries = tuple(replace(e, act=act) if e is found else e for e in record.entries if there or e is not found)
    opened = replace(holding.opened, kept=replace(holding.opened.book, record=replace(record, entries=entries)))
    yield Held(opened, today=lambda: TODAY, patience=20.0), act.ref


def test_who_may_not_see_an_act_gets_the_same_bytes_as_where_it_never_was_and_others_the_marking(holding: Held) -> None:
    with marked(holding) as (here, ref), marked(holding, there=False) as (without, _):
        mine, theirs = client_of(here), client_of(without)
        for what in ("", "&file=html", "&file=json", "&file=zip", "&file=ipynb", "&list=figures&format=csv", "&list=acts&format=json"):
            url = f"{ARD}&as=BLM{what}"
            assert get(mine, url).content == get(theirs, url).content, url
        seen = get(mine, f"{ARD}&as=CRV")
        assert seen.content.decode().count('class="document-marking"') == 2
        assert MARKING in says(seen)
        assert ref in seen.content.decode()
        assert MARKING in get(mine, f"{ARD}&as=CRV&file=html").content.decode()
        rows = list(csv.DictReader(io.StringIO(get(mine, f"{ARD}&as=CRV&list=figures&format=csv").content.decode())))
        assert all(row["marking"].startswith(MARKING) for row in rows)
        assert "document-marking" not in get(mine, f"{ARD}&as=BLM").content.decode()


def test_the_api_says_the_same(desk: Client, report: Report) -> None:
    given = get(desk, f"/api/v1{ARD}").json()
    assert given == {"report": json.loads(json.dumps(report_to_plain(report))), "missing": [], "pending": []}
    sent = desk.post("/api/v1/reports/scorecards", {"text": TOML.read_text(encoding="utf-8")}, content_type="application/json")
    assert sent.status_code == 200
    assert sent.json()["report"]["kind"] == "scorecard"
    for body, line in (({"text": " "}, "text is blank"), ({"text": "x ="}, "not TOML")):
        refused = desk.post("/api/v1/reports/scorecards", body, content_type="application/json")
        assert refused.status_code == 400
        assert line in refused.content.decode()
    assert "one of them is blank" in get(desk, "/api/v1/reports?party=ARD&period=", 400).content.decode()


def test_a_scorecard_is_that_of_the_room_whether_an_example_or_sent(desk: Client, holding: Held) -> None:
    standing = Standing(holding.opened.record, on=TODAY, known=TODAY)
    found = kept_reports.noted(scorecard(standing, read_strategy(TOML).strategy, TOML.name, PLACE), PLACE)
    plain = json.loads(json.dumps(report_to_plain(found)))
    assert get(desk, "/reports?example=small-state&file=json").json() == plain
    text = TOML.read_text(encoding="utf-8")
    sent = desk.post("/reports", {"strategy-text": text, "strategy-name": TOML.name})
    page = says(sent)
    for one in found.figures:
        assert one.says in page
        assert number(one.value, one.unit) in page
    assert "Logic model" in page
    file = desk.post("/reports", {"strategy-file": SimpleUploadedFile(TOML.name, text.encode()), "do": "file", "file": "json"})
    assert file.json() == plain
    rows = desk.post("/reports", {"strategy-text": text, "do": "list", "list": "figures", "format": "json"}).json()["figures"]
    assert [row["id"] for row in rows] == [one.id for one in found.figures]
    hostile = desk.post("/reports", {"strategy-text": text.replace("The Republic's", "<script>alert(1)</script>")}).content.decode()
    assert "<script>alert" not in hostile


def test_strategies_parties_and_the_finder_lead_here(desk: Client, client: Client) -> None:
    assert 'href="/reports?example=small-state"' in get(desk, "/strategies?example=small-state").content.decode()
    sent = desk.post("/strategies", {"strategy-text": TOML.read_text(encoding="utf-8")}).content.decode()
    assert 'formaction="/reports"' in sent
    assert 'href="/reports?party=ARD"' in get(desk, "/parties/ARD").content.decode()
    assert 'href="/reports?party=ARD&amp;partners=BLM"' in get(desk, "/parties/ARD/BLM").content.decode()
    found = get(client, "/search?q=finland+2023-q2&format=json").json()["found"][0]
    assert (found["title"], found["link"]) == ("What did Finland do in 2023-Q2?", "/reports?party=FIN&period=2023-Q2")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        *((f"party=ARD&period=2025&{query}", status, words) for query, status, words in (*AXES, *LISTS)),
        ("period=2025", 400, "this question needs the party; fill it in"),
        ("party=Nobody&period=2025", 404, "no party"),
        ("party=ARD&period=25", 400, "period=&#x27;25&#x27; is neither a year nor a quarter; write it as 2026 or 2026-Q1"),
        ("party=ARD&period=2025-Q5", 400, "is neither a year nor a quarter"),
        ("party=ARD&period=%D9%A2%D9%A0%D9%A2%D9%A5", 400, "is neither a year nor a quarter"),
        ("party=ARD&period=1600", 400, "is no year"),
        ("party=ARD&period=2030", 400, "2030 begins after 2026-01-01, the day asked about"),
        ("party=ARD&period=2025&known=2024-06-01", 400, "2025 begins after 2024-06-01, by which it is asked what was known"),
        ("party=ARD&period=2025&partners=ARD", 400, "ARD is the party itself; name others as its partners"),
        ("party=ARD&period=2025&partners=Nobody", 404, "no party"),
        ("party=ARD&period=2025&stability=1", 400, "stability is told towards partners; name one at the least"),
        ("party=ARD&period=2025&stability=perhaps", 400, "write stability=1, or leave it out"),
        ("party=ARD&period=2025&strict=1", 400, "is not made strictly; leave strict out"),
        ("party=ARD&period=2025&file=docx", 400, "a report is to be had as pdf, html, ipynb, json, zip"),
        ("file=pdf", 400, "name the party and the period, then take its report"),
    ],
)
def test_what_cannot_be_reported_is_said_in_one_line(desk: Client, query: str, status: int, words: str) -> None:
    assert words in line_of(desk.get(f"/reports?{query}"), status)


def test_too_many_partners_and_what_is_sent_wrong_are_refused(client: Client, desk: Client) -> None:
    many = ["SWE", "NOR", "DNK", "ISL", "EST", "LVA", "LTU", "POL", "DEU"]
    assert len(many) == MOST_PARTNERS + 1
    line = line_of(client.get(f"/reports?party=FIN&period=2023&partners={','.join(many)}"), 400)
    assert "9 partners; a report is made here towards 8, towards more by: comity report" in line
    text = TOML.read_text(encoding="utf-8")
    for given, words in (
        ({}, "nothing was sent"),
        ({"strategy-text": "title ="}, "not TOML"),
        ({"strategy-text": text, "do": "destroy"}, "this page makes a report, and hands it out"),
        ({"strategy-text": text, "do": "file", "file": "exe"}, "a report is to be had as"),
        ({"strategy-text": text, "do": "list", "list": "x"}, "is no list of this page"),
        ({"strategy-text": text, "do": "list", "list": "figures", "format": "exe"}, "write format=json"),
    ):
        answer = desk.post("/reports", given)
        assert answer.status_code == 400, given
        assert words in says(answer)
        assert given.get("strategy-text", "")[:20] in unescape(answer.content.decode())
    assert "is no example; choose one of small-state, two-allies" in says(get(desk, "/reports?example=none", 400))
