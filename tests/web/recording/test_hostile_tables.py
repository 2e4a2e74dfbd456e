"""Tables that mean harm, or are broken: each is answered with one line, none breaks a page, none takes long or much."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.book import COLUMNS
from comity.ledger import Ledger
from comity.sheets import workbooks, write_workbook
from tests.web.recording.conftest import Desk, says, text

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
HEAD = "".join(f'<c r="{chr(65 + n)}1" t="inlineStr"><is><t>{name}</t></is></c>' for n, name in enumerate(("ref", "kind", "actor", "source")))


def workbook(rows: str, **parts: str | bytes) -> bytes:
    """A workbook with these rows as they stand in its XML; ``parts`` take the place of some of its parts."""
    base = zipfile.ZipFile(io.BytesIO(write_workbook("acts", [["x"]])))
    held: dict[str, str | bytes] = {name: base.read(name) for name in base.namelist()}
    held["xl/worksheets/sheet1.xml"] = SHEET.format(f'<row r="1">{HEAD}</row>{rows}')
    held |= {name.replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (workbooks.LARGEST_UNPACKED + 1))
    return out.getvalue()


def lying() -> bytes:
    """An archive whose directory says that a part is small, and it is not."""
    content = workbook("", **{"xl__sharedStrings.xml": b"A" * 3_000_000})
    return content.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + SHEET.format(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SHEET.format(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
)
CORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a formula": (lambda: workbook('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'), "cell A2 holds a formula"),
    "a formula with text": (lambda: workbook('<row r="2"><c r="A2" t="str"><f>HYPERLINK("x")</f><v>t1</v></c></row>'), "cell A2 holds a formula"),
    "an array formula": (lambda: workbook('<row r="2"><c r="B2"><f t="array" ref="B2">A1</f><v>1</v></c></row>'), "cell B2 holds a formula"),
    "an error": (lambda: workbook('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'), "cell A2 holds the error"),
    "entities within": (lambda: workbook("", **{"xl__worksheets__sheet1.xml": LAUGHS}), "declares entities"),
    "entities from outside": (lambda: workbook("", **{"xl__worksheets__sheet1.xml": OUTSIDE}), "declares entities"),
    "a bomb": (bomb, "unpacks to more than"),
    "a directory that lies": (lying, "cannot be"),
    "many parts": (lambda: workbook("", **{f"xl__p{n}.xml": "<x/>" for n in range(workbooks.MOST_PARTS)}), "parts"),
    "many cells": (lambda: workbook("".join('<row><c r="A2"/>' + "<c/>" * 400_000 + "</row>" for _ in (1,))), "more than 330,000 cells"),
    "a row far below": (lambda: workbook('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "below line"),
    "a row beyond all": (lambda: workbook('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), "which no spreadsheet has"),
    "a cell far to the right": (lambda: workbook('<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>'), "cannot be read"),
    "no sheet": (lambda: workbook("", **{"xl__workbook.xml": "<workbook/>"}), ""),
    "broken XML": (lambda: workbook("<row"), "cannot be read"),
    "an archive": (lambda: b"PK\x03\x04" + b"x" * 100, "cannot be unpacked"),
    "half a workbook": (lambda: workbook("")[:900], "cannot be unpacked"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\xff" * 600, "of the old kind"),
    "bytes": (lambda: bytes(range(256)) * 8, "not UTF-8"),
    "half of UTF-16": (lambda: b"\xff\xfer", "not UTF-8"),
    "an open quote": (lambda: b'ref,kind,actor,source\na,"b,c,d\n', "cannot be read"),
    "a long cell": (lambda: b"ref,kind,actor,source\n" + b"a" * 200_000 + b",b,c,d\n", "cannot be read"),
    "NUL": (lambda: b"ref,kind,actor,source\na\0b,denounce,ALF,s\n", ""),
    "many columns": (lambda: b",".join([b"ref"] * 100_000) + b"\n", "stands twice"),
    "many lines": (lambda: b"ref,kind,actor,source\n" + b"a,b,c,d\n" * 900_000, "more than 5,000 rows"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + zlib.compress(b"x" * 500), "not UTF-8"),
    "nothing": (lambda: b"", ""),
}


def sent(desk: Desk, content: bytes, name: str = "acts.xlsx") -> Any:
    return desk.post("/record/table", {"table": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("what", CORPUS)
def test_what_means_harm_is_answered_with_one_line(desk: Desk, ledger: Ledger, what: str) -> None:
    make, said = CORPUS[what]
    size = ledger.head().size
    answer = sent(desk, make())
    if answer.status_code == 302:
        answer = desk.get(answer["Location"])
        assert answer.status_code == 200
        assert '<button class="main">Record' not in text(answer)
    else:
        assert answer.status_code == 400
        assert text(answer).count('<p class="problem"') == 1
    assert said in says(answer), says(answer)[300:800]
    assert ledger.head().size == size


def test_markup_in_a_table_is_text(desk: Desk) -> None:
    answer = sent(desk, b"ref,kind,actor,source\n<script>alert(1)</script>,<b>x</b>,<i>y</i>,<img src=x>\n", "acts.csv")
    page = desk.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


CELLS = st.one_of(
    st.sampled_from(["", "league", "ALF", "denounce", "2025-01-01", "l1", "=x", "'", "sha256:" + "0" * 64, "a=b;c=d", "replace", "xx-xx"]),
    st.text(max_size=12),
)
NEEDED = ("ref", "kind", "actor", "source")
HEADS = st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6, unique=True).map(lambda more: list(dict.fromkeys([*NEEDED, *more])))
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=10), min_size=1, max_size=4)
TEXT_ROWS = st.lists(st.lists(st.text("abc=+'\n<&", max_size=5), min_size=1, max_size=6), max_size=3)
ONE_ROW = '<row r="2"><c r="A2" t="n"><v>1</v></c></row>'
TABLES = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda head, rows: "\n".join(",".join(line) for line in [head, *rows]).encode("utf-8", "replace"), HEADS, ROWS),
    st.builds(lambda rows: write_workbook("acts", [NEEDED, *rows]), TEXT_ROWS),
    st.builds(lambda at, byte: _bent(workbook(ONE_ROW), at, byte), st.integers(0, 5000), st.integers(0, 255)),
)


def _bent(content: bytes, at: int, byte: int) -> bytes:
    at %= len(content)
    return content[:at] + bytes([byte]) + content[at + 1 :]


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(TABLES)
def test_no_table_breaks_a_page(desk: Desk, content: bytes) -> None:
    answer = sent(desk, content)
    assert answer.status_code in (302, 400), says(answer)
    if answer.status_code == 302:
        assert desk.get(answer["Location"]).status_code == 200
        assert desk.post(f"/record/drop/{answer['Location'].rpartition('/')[2]}", {}).status_code == 302


FORMS = st.dictionaries(
    st.sampled_from([*COLUMNS, "token", "do", "d.ground", "d.says", "base", "seal", "where", "why", "kind_now", "also", "states", "pasted"]),
    CELLS,
    max_size=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMS, st.sampled_from(["/record/act", "/record/table", "/record/correct/{}", "/record/drop/{}", "/record/table/{}"]), st.booleans())
def test_no_form_breaks_a_page(desk: Desk, given: dict[str, str], path: str, complete: bool) -> None:
    if complete:
        given = {
            "token": "0" * 32,
            "kind": "denounce",
            "actor": "ALF",
            "agreement": "league",
            "ref": "r",
            "made": "2025-01-01",
            "source": "s",
            **given,
        }
    try:
        answer = desk.post(path.format("0" * 64), {name: value.encode("utf-8", "replace").decode() for name, value in given.items()})
    finally:
        desk.served.now().drafts.drop(desk.reader.name, given.get("token", ""))
    assert answer.status_code < 500


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"])
def test_what_is_no_form_is_refused(desk: Desk, kind: str) -> None:
    for content in (b"", b"--x\r\n\r\n", b"&".join(b"a=%d" % n for n in range(2000)), b"\xff\xfe=\x00"):
        answer = desk._client().post("/record/act", content, content_type=kind)
        assert 400 <= answer.status_code < 500
        assert "Traceback" not in answer.content.decode()


def test_what_is_larger_than_any_form_is_not_read(desk: Desk, tmp_path: Path) -> None:
    answer = desk._client().post("/record/table", b"x", content_type="text/plain", CONTENT_LENGTH=str(10**12))
    assert answer.status_code == 413
    assert answer.content.decode().count("\n") == 1
