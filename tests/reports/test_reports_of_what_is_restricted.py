"""A report that rests on an act that is not public is marked in every layout; one who may not see the act gets nothing of it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

import comity
from comity.reports import Report, Wanted, periodic_report, to_bundle, to_notebook, to_page, to_portable
from comity.terms import BadInput
from tests.cli.running import comity as run

BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
HIDDEN = "exercise-2024-ARD-1-notice"
MARKING = "NATIONAL SECRET // REL TO CRV"
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with one notice of 2024 for the eyes of ARD and CRV alone."""
    folder = tmp_path_factory.mktemp("restricted") / "book"
    shutil.copytree(BOOK, folder)
    file = folder / "acts" / "duties.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    label = {"policy": "NATIONAL", "classification": "SECRET", "releasable_to": "CRV", "originator": "ARD", "nonce": "0" * 31 + "1"}
    with file.open("w", encoding="utf-8", newline="") as out:
        written = csv.DictWriter(out, [*rows[0], *label])
        written.writeheader()
        written.writerows(row | (label if row["ref"] == HIDDEN else {}) for row in rows)
    return folder


def made(book: Path, party: str, year: str, viewer: str | None = None, partners: tuple[str, ...] = ()) -> Report:
    return periodic_report(comity.open(book).standing(on=DAY, known=DAY, viewer=viewer), Wanted("year", party, year, partners, "book"))


def test_every_layout_bears_the_marking(book: Path) -> None:
    report = made(book, "ARD", "2024")
    assert report.label.marking == MARKING
    assert to_page(report).count(f'<p class="marking">{MARKING}</p>') == 2
    assert all(MARKING in page.extract_text() for page in PdfReader(io.BytesIO(to_portable(report))).pages)
    cells = json.loads(to_notebook(report))["cells"]
    assert ["".join(cells[place]["source"]) for place in (0, -1)] == [f"**{MARKING}**"] * 2
    with zipfile.ZipFile(io.BytesIO(to_bundle(report))) as archive:
        assert archive.namelist()[0] == "marking.txt"
        assert json.loads(archive.read("report.json"))["label"]["marking"] == MARKING
        tables = [list(csv.DictReader(io.StringIO(archive.read(name).decode()))) for name in archive.namelist() if name.endswith(".csv")]
    assert all(row["marking"] == MARKING for table in tables for row in table)
    told = run(*f"--book {book} report year ARD 2024 --on {DAY}".split())
    assert told.out.splitlines()[0] == told.out.splitlines()[-1] == MARKING


@pytest.mark.parametrize("viewer", ["public", "BLM"])
def test_who_may_not_see_the_act_gets_nothing_of_it(book: Path, viewer: str) -> None:
    report = made(book, "ARD", "2024", viewer)
    assert report.label.public
    notebook, page = to_notebook(report), to_page(report)
    assert not any(HIDDEN in layout or "SECRET" in layout for layout in (notebook, page))
    assert not any(HIDDEN.encode() in layout for layout in (to_bundle(report), json.dumps([act.ref for act in report.acts]).encode()))
    assert made(book, "ARD", "2024", "CRV").label.marking == MARKING


def test_the_period_before_and_the_duties_that_trust_pools_count_too(book: Path) -> None:
    assert made(book, "ARD", "2025").label.marking == MARKING
    assert HIDDEN in {ref for one in made(book, "ARD", "2025").figures for ref in one.acts_before}
    assert made(book, "DNM", "2023").label.public
    assert made(book, "DNM", "2025", partners=("CRV",)).label.marking == MARKING


def test_every_act_behind_a_figure_is_listed_with_its_source() -> None:
    report = made(BOOK, "ARD", "2025", partners=("BLM",))
    behind = {ref for one in report.figures for ref in (*one.acts, *one.acts_before)}
    assert behind == {act.ref for act in report.acts}
    assert next(one for one in report.figures if one.id == "trust-BLM").acts


def test_what_was_not_known_yet_is_not_reported(book: Path) -> None:
    later = comity.open(book).standing(on=date(2040, 1, 1), known=DAY)
    with pytest.raises(BadInput, match="2035 begins after 2026-01-01, to which it is asked what was known"):
        periodic_report(later, Wanted("year", "ARD", "2035"))
    assert "the record is as known on 2026-01-01: what was learned after is not in it" in periodic_report(later, Wanted("year", "ARD", "2026")).notes
    with pytest.raises(BadInput, match="--partner BLM: it is named twice"):
        periodic_report(later, Wanted("year", "ARD", "2025", ("BLM", "CRV", "BLM")))
