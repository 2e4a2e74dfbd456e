"""Briefs: what is in them is what the pages say, with article and act; what the reader may not see is not; page, PDF and DOCX say the same."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

import comity
from comity.about import Opened
from comity.standing import Record
from comity.web.holding import Held

BUNDLED = comity.open(comity.bundled_book())
BRIEFS = ("party=EST", "party=DEU&other=SWE", "agreement=ctbt", "agreement=gsomia-jpn-kor", "party=KOR&on=2020-01-01")


def words_of(page: str) -> str:
    sheet = page.partition('<article class="document brief"')[2].partition("</article>")[0].partition(">")[2]
    sheet = re.sub(r"</?(?:a|bdi|strong|mark)\b[^>]*>", "", sheet)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


@pytest.fixture(scope="module")
def at(held: Held, make_client: Callable[[Held], Client]) -> Client:
    """The sample of the bundled book, with its ladders."""
    few = held.opened.record
    record = Record(few.agreements, few.entries, few.register, few.coverage, few.title, BUNDLED.record.ladders)
    return make_client(Held(Opened(replace(held.opened.book, record=record)), today=lambda: date(2026, 3, 2), patience=20.0))


@pytest.mark.parametrize("query", BRIEFS)
def test_a_brief_is_a_page_a_pdf_and_a_docx(at: Client, query: str) -> None:
    page = at.get(f"/brief?{query}")
    assert page.status_code == 200
    said = words_of(page.content.decode())
    assert "%(" not in said
    assert "as seen by the record’s keeper" in said
    reader = PdfReader(io.BytesIO(at.get(f"/brief?{query}&format=pdf").content))
    assert "/MarkInfo" in reader.root_object
    assert 1 <= len(reader.pages) <= 4
    file = docx.Document(io.BytesIO(at.get(f"/brief?{query}&format=docx").content))
    heads = [p.text for p in file.paragraphs if p.style is not None and (p.style.name or "").startswith("Heading")]
    assert all(head in said for head in heads)
    printed = " ".join(" ".join(p.extract_text() for p in reader.pages).split())
    assert all(head in printed for head in heads)


def test_a_party_is_told_what_binds_it_with_article_and_act(at: Client) -> None:
    page = at.get("/brief?party=EST").content.decode()
    said = words_of(page)
    assert "North Atlantic Treaty party 2004-03-29" in said
    assert 'href="/acts/nato-treaty-EST-accede"' in page
    assert re.search(r'href="/agreements/nato-treaty/clauses/\d+"', page)
    assert "Reach of the record" in said


def test_two_are_told_what_is_between_them_and_what_each_may_release(at: Client) -> None:
    said = words_of(at.get("/brief?party=DEU&other=SWE").content.decode())
    assert "In force between the two" in said
    assert "North Atlantic Treaty 32 2024-03-07" in said
    assert "Sweden to Germany, own information" in said
    assert "VS-VERTRAULICH not provided for" in said
    assert "Due between them within a year" in said


def test_a_brief_says_of_a_release_what_the_page_says(at: Client) -> None:
    answer = at.get("/may?do=release&from=JPN&to=KOR&level=%E6%A5%B5%E7%A7%98&format=json").json()
    said = words_of(at.get("/brief?party=JPN&other=KOR").content.decode())
    assert f"極秘 {answer['mode']}" in said


def test_an_agreement_is_told_with_its_state_and_what_would_change_it(at: Client) -> None:
    page = at.get("/brief?agreement=ctbt").content.decode()
    said = words_of(page)
    assert "Not in force" in said
    assert "United States: ratify" in said
    assert "kind=ratify&amp;agreement=ctbt&amp;party=USA" in page
    assert "contracting (178): Afghanistan" in said
    assert "art. XIV(1)" in said


def test_contested_points_stand_with_their_readings(at: Client) -> None:
    said = words_of(at.get("/brief?party=KOR&on=2020-01-01").content.decode())
    assert "Contested points" in said
    assert "VCLT 68" in said


def test_what_a_reader_may_not_see_is_in_no_brief(small: Opened, make_client: Callable[[Held], Client]) -> None:
    client = make_client(Held(small, patience=20.0))
    for query in ("agreement=pact", "party=BBB", "party=AAA&other=BBB"):
        keeper, public = (client.get(f"/brief?{query}&on=2001-06-01{seen}").content.decode() for seen in ("", "&as=public"))
        assert "pact-BBB-denounce" not in public, query
        assert "SECRET" not in public, query
        assert "<script>alert" not in keeper + public
    assert "NATO SECRET" in client.get("/brief?agreement=pact&on=2001-06-01").content.decode()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("party=EST&other=EST", 400, "named twice"),
        ("other=EST", 400, "needs party"),
        ("party=EST&agreement=ctbt", 400, "leave the party or the agreement out"),
        ("agreement=nowhere", 404, "nowhere"),
        ("party=EST&format=odt", 400, "write format=pdf or docx"),
    ],
)
def test_what_cannot_be_briefed_is_told_in_one_line(at: Client, query: str, status: int, says: str) -> None:
    response = at.get(f"/brief?{query}")
    assert response.status_code == status
    assert says in html.unescape(response.content.decode().partition('class="problem"')[2].partition("</p>")[0])


def test_the_empty_page_is_a_form(at: Client) -> None:
    assert at.get("/brief").status_code == 200
    assert 'href="/brief"' in at.get("/").content.decode()
