"""Papers as files: DOCX opens and says what the page says; PDF is tagged, with title and language; nothing is fetched; hostile words are words."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from comity.about import Opened
from comity.web.documents.papers import Grid, Heading, Listed, Paper, Paragraph, Piece, words
from comity.web.documents.pdf_files import from_html, to_pdf
from comity.web.documents.word_files import to_docx
from comity.web.holding import Held

NOTE = "/draft?kind=denounce&agreement=nato-sofa&party=NLD&day=2026-03-02&language="
PAPER = Paper(
    "A <b>title</b> & more",
    (
        Heading(1, words("Head")),
        Paragraph(words("With ", Piece("a hint", blank=True), " and ", Piece("<script>x</script>", "javascript:alert(1)"))),
        Listed((words("one\x00\x0b"), words("two"))),
        Grid("Table", ("A", "B"), ((words("row"), words("cell")),)),
    ),
    "Foot <i>of</i> it",
    lang="en",
)


def kinds_of(node: object, seen: int = 0) -> Iterator[str]:
    """The names of the structure elements below one."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, DictionaryObject):
        if "/S" in found:
            yield str(found["/S"])
        if "/K" in found:
            yield from kinds_of(found["/K"])
    elif isinstance(found, list):
        for one in found:
            yield from kinds_of(one)


def opened(content: bytes) -> tuple[PdfReader, str]:
    """The file, and its words with single spaces."""
    reader = PdfReader(io.BytesIO(content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "ar"])
def test_a_draft_as_pdf_is_tagged_and_has_title_and_language(client: Client, language: str) -> None:
    response = client.get(f"{NOTE}{language}&format=pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="draft-denounce-nato-sofa-2026-03-02.pdf"'
    reader, text = opened(response.content)
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert reader.metadata is not None
    assert "NATO SOFA" in str(reader.metadata.title)
    assert {"/H1", "/P", "/Table", "/TR", "/TH", "/TD"} <= set(kinds_of(root["/StructTreeRoot"]))
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "XIX" in text
    assert "1951" in text


def test_a_draft_as_pdf_says_what_the_page_says(client: Client) -> None:
    _, text = opened(client.get(f"{NOTE}en&format=pdf").content)
    for said in ("If the present note is received on 2 March 2026, the withdrawal takes effect on 2 March 2027.", "Not an official document."):
        assert said in text
    assert "[ … number of the note ]" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_draft_as_docx_opens_and_says_the_same(client: Client, language: str) -> None:
    response = client.get(f"{NOTE}{language}&format=docx")
    file = docx.Document(io.BytesIO(response.content))
    said = "\n".join(p.text for p in file.paragraphs)
    assert "XIX" in said
    assert "2027" in said
    assert "[ … " in said
    assert file.core_properties.language == language
    assert "NATO SOFA" in file.core_properties.title
    assert "sha256:" in file.tables[0].rows[1].cells[2].text
    assert "2026" in file.sections[0].footer.paragraphs[0].text


def test_whatever_a_paper_says_is_words() -> None:
    _, text = opened(to_pdf(PAPER))
    assert "<script>x</script>" in text
    assert "Foot <i>of</i> it" in text
    file = docx.Document(io.BytesIO(to_docx(PAPER)))
    assert "<script>x</script>" in "\n".join(p.text for p in file.paragraphs)
    assert [p.text for p in file.paragraphs if p.style is not None and p.style.name == "List Bullet"] == ["one", "two"]
    assert file.tables[0].rows[1].cells[1].text == "cell"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "https://example.org/x.png", "data:image/png;base64,AAAA"])
def test_nothing_is_fetched(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "weasyprint"):
        from_html(f'<html lang="en"><title>t</title><link rel="stylesheet" href="{address}"><p>x<img src="{address}" alt="a"></p></html>', PAPER)
    assert f"disallowed protocol: {address}" in caplog.text


@pytest.mark.parametrize(("wanted", "lacks"), [("pdf", "weasyprint"), ("docx", "docx")])
def test_without_the_library_one_line_says_what_to_install(client: Client, monkeypatch: pytest.MonkeyPatch, wanted: str, lacks: str) -> None:
    monkeypatch.setitem(sys.modules, lacks, None)
    response = client.get(f"{NOTE}en&format={wanted}")
    assert response.status_code == 400
    assert "pip install &#x27;comity[documents]&#x27;" in response.content.decode()


def test_a_secret_draft_bears_its_marking_on_every_page(small: Opened, make_client: Callable[[Held], Client]) -> None:
    query = "/draft?kind=circulate-instrument&agreement=pact&act=pact-BBB-denounce&language=en&format="
    client = make_client(Held(small, patience=20.0))
    reader, _ = opened(client.get(f"{query}pdf").content)
    assert all("NATO SECRET // REL TO AAA" in page.extract_text() for page in reader.pages)
    file = docx.Document(io.BytesIO(client.get(f"{query}docx").content))
    assert "NATO SECRET" in file.sections[0].header.paragraphs[0].text
