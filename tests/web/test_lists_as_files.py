"""Lists as files: the same rows as JSON, CSV, XLSX and Parquet; no text is a formula; what a reader may not see is in none of them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from comity.about import Opened
from comity.book import COLUMNS, write_rows
from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.tables import _xlsx, flat, harmless, meant

LISTS = {
    "/agreements": "agreements",
    "/parties?kind=organisation": "parties",
    "/acts?agreement=ctbt&party=FRA": "acts",
    "/differences?agreement=nato-treaty&from=2023-01-01&on=2024-06-01": "differences",
    "/findings?agreement=nato-treaty": "findings",
    "/upcoming?agreement=gsomia-jpn-kor&on=2018-06-01": "upcoming",
    "/must?agreement=cwc&party=FRA&on=2024-01-01": "duties",
    "/obliged?attacked=EST&by=RUS&on=2024-06-01": "obligations",
    "/search?q=finl": "found",
    "/organisations": "organisations",
    "/organisations/NATO": "members",
    "/registers": "registers",
    "/conflicts?kind=claim": "conflicts",
    "/names": "names",
}


def asked(client: Client, url: str, format_: str) -> Any:
    return client.get(url + ("&" if "?" in url else "?") + f"format={format_}")


@pytest.mark.parametrize("url", LISTS)
def test_each_format_has_the_same_rows(client: Client, url: str) -> None:
    name = LISTS[url]
    rows = asked(client, url, "json").json()[name]
    assert rows, "nothing is compared where there is nothing"
    columns, cells = flat(rows)
    said = asked(client, url, "csv")
    assert said["Content-Type"].startswith("text/csv")
    assert said["Content-Disposition"].startswith(f'attachment; filename="{name}-')
    head, *lines = csv.reader(io.StringIO(said.content.decode("utf-8-sig"), newline=""))
    words = [["" if cell is None else "yes" if cell is True else "no" if cell is False else str(cell) for cell in row] for row in cells]
    assert head == columns
    assert [[meant(cell) for cell in line] for line in lines] == words
    sheet = load_workbook(io.BytesIO(asked(client, url, "xlsx").content))["table"]
    top, *below = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert top == columns
    assert [["" if cell is None else cell for cell in line] for line in below] == [["" if cell is None else cell for cell in row] for row in cells]
    table = pq.read_table(io.BytesIO(asked(client, url, "parquet").content))
    assert table.column_names == columns
    assert table.num_rows == len(rows)
    assert table.schema.metadata[b"table"] == name.encode()


@pytest.mark.parametrize("url", LISTS)
def test_an_unknown_format_is_refused_in_one_line(client: Client, url: str) -> None:
    said = asked(client, url, "pdf")
    assert said.status_code == 400
    assert "write format=json, csv, xlsx or parquet" in said.content.decode()


def test_a_page_offers_its_formats(client: Client) -> None:
    page = client.get("/agreements?q=treaty").content.decode()
    for name in ("csv", "xlsx", "json", "parquet"):
        assert f'href="/agreements?q=treaty&amp;format={name}"' in page


def test_acts_read_back_as_they_were(client: Client, held: Held) -> None:
    rows = asked(client, "/acts?agreement=ctbt", "json").json()["acts"]
    assert list(rows[0]) == list(COLUMNS)
    head, *lines = csv.reader(io.StringIO(asked(client, "/acts?agreement=ctbt", "csv").content.decode("utf-8-sig"), newline=""))
    back = [dict(zip(head, map(meant, line), strict=True)) for line in lines]
    assert write_rows(back) == write_rows(rows)


def test_a_formula_is_text(small: Opened, make_client: Any) -> None:
    client = make_client(Held(small, patience=20.0))
    book = load_workbook(io.BytesIO(client.get("/acts?format=xlsx").content))
    assert all(cell.data_type != "f" for row in book["table"].iter_rows() for cell in row)


@given(st.text())
def test_what_is_made_harmless_is_no_formula_and_comes_back(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert meant(harmless(text)) == text


def test_what_may_not_be_seen_is_in_no_file(small: Opened, make_client: Any) -> None:
    client = make_client(Held(small, patience=20.0))
    assert "pact-BBB-denounce" in json.dumps(client.get("/acts?format=json").json())
    for format_ in ("csv", "json", "xlsx", "parquet"):
        said = client.get(f"/acts?as=public&format={format_}")
        assert b"pact-BBB-denounce" not in said.content
        if format_ == "parquet":
            assert "pact-BBB-denounce" not in pq.read_table(io.BytesIO(said.content)).column("ref").to_pylist()
        if format_ == "xlsx":
            assert "pact-BBB-denounce" not in [row[0].value for row in load_workbook(io.BytesIO(said.content))["table"].iter_rows()]


@pytest.mark.parametrize("text", ["x" * 32_768, "bell \x07"])
def test_what_no_cell_can_hold_is_refused_not_cut(text: str) -> None:
    with pytest.raises(BadInput, match="take the table as CSV"):
        _xlsx(["a"], [[text]], [])
