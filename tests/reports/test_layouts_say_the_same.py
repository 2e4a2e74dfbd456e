"""One report as page, PDF, notebook and data: each figure in each of them, with its command and acts; hostile words are words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import comity
from comity.reports import Figure, Report, Wanted, number, periodic_report, to_bundle, to_notebook, to_page, to_portable
from comity.terms import Label
from tests.cli.test_answers_as_json import validator
from tests.web.documents.test_files import kinds_of

BOOK = Path(__file__).parents[2] / "examples" / "trust-book"


@pytest.fixture(scope="module")
def report() -> Report:
    standing = comity.open(BOOK).standing(on=date(2026, 1, 1), known=date(2026, 1, 1))
    return periodic_report(standing, Wanted("year", "ARD", "2025", ("BLM",), "examples/trust-book"))


class Outline(HTMLParser):
    """Tags, ids and where links go."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.ids, self.targets = set[str](), list[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        self.targets += [str(given["href"])] if "href" in given else []


def test_the_page_has_every_figure_with_its_command_and_links_to_its_acts(report: Report) -> None:
    page = to_page(report)
    outline = Outline(page)
    assert {f"f-{one.id}" for one in report.figures} <= set(outline.ids)
    assert len(set(outline.ids)) == len(outline.ids)
    assert all(one.command in re.sub("<[^>]+>", "", page) for one in report.figures)
    assert all(target.removeprefix("#") in outline.ids for target in outline.targets)
    assert any(one.acts for one in report.figures)
    assert "script" not in outline.tags
    assert not re.search(r"(src|href)=\"(?!#)", page)


def test_what_is_not_known_is_told_with_why_and_is_no_zero(report: Report) -> None:
    missing = report.not_known
    assert missing
    assert all(one.why for one in missing)
    assert all(f'<a href="#f-{one.id}">' in to_page(report) for one in missing)
    assert number(None) == "not known"


def test_the_pdf_is_tagged_with_title_and_language_and_always_the_same(report: Report) -> None:
    content = to_portable(report)
    assert content == to_portable(report)
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == report.title
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(kinds_of(root["/StructTreeRoot"]))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Are its duties kept on time?" in text


def test_the_data_are_what_the_schema_promises(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(to_bundle(report))) as archive:
        plain = json.loads(archive.read("report.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("figures.csv").decode())))
    validator("report").validate(plain)
    assert [row["id"] for row in rows] == [one.id for one in report.figures]
    assert [row["value"] for row in rows] == ["" if one.value is None else str(one.value) for one in report.figures]
    assert to_bundle(report) == to_bundle(report)


def test_each_cell_of_the_notebook_gives_its_figure_again(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BOOK.parents[1])
    cells = ["".join(cell["source"]) for cell in json.loads(to_notebook(report))["cells"] if cell["cell_type"] == "code"]
    known: dict[str, Any] = {}
    exec(compile(cells[0], "opening", "exec"), known)
    for figure, code in zip(report.figures, cells[1:], strict=True):
        *before, last = code.splitlines()
        exec("\n".join(before), known)
        assert eval(last, known) == (None if figure.value is None else pytest.approx(figure.value)), figure.id


def test_hostile_words_are_words_and_a_marking_stands_on_the_page(report: Report) -> None:
    evil = Figure("evil", "<script>alert(1)</script>", None, "", "comity '<b>'", "1", "\x00 & why")
    section = replace(report.sections[0], title="<img src=x>", figures=(evil,))
    page = to_page(replace(report, sections=(section,), label=Label("NATIONAL", "SECRET", originator="ARD")))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\x00" not in page
    cells = [cell for cell in json.loads(to_notebook(replace(report, sections=(section,))))["cells"] if cell["cell_type"] == "markdown"]
    assert not any(re.search(r"(?<!\\)[<&$]", "".join(cell["source"]).replace("`comity '<b>'`", "")) for cell in cells)
    assert page.count('<p class="marking">NATIONAL SECRET</p>') == 2
