"""Letters of notice: what the design says and blanks for what it does not, in each language that letters have words for."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args, get_type_hints

import pytest
from django.test import Client

from comity.exercises import Design
from comity.web.documents.wordings import LANGUAGES, Wording, read
from tests.web.exercises.test_exercises import PAGE, text


def test_a_letter_is_drafted_with_what_the_design_says_and_blanks_for_what_it_does_not(client: Client) -> None:
    page = text(client, f"{PAGE}?letter=2")
    assert "Germany has the honour to inform all parties" in page
    assert "9,400" in page
    assert "[ … not said yet ]" in page
    pdf = client.get(f"{PAGE}?letter=2&format=pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert 'filename="steel-heather-28-letter-2.pdf"' in pdf["Content-Disposition"]
    for wrong in ("0", "3", "x", "9" * 30):
        assert "the exercise has no such notice" in text(client, f"{PAGE}?letter={wrong}", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_speaks_the_language_that_is_chosen(client: Client, language: str) -> None:
    """All of its own words: what is left in English is what the design and the record say, and is marked so."""
    page = client.get(f"{PAGE}?letter=2&language={language}").content.decode()
    letter = page.partition('<article class="document" ')[2].partition("</article>")[0]
    assert letter.startswith(f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"')
    told = Wording("letter", language)
    assert [name for name in told.own["particulars"].values() if name not in letter] == []
    assert told.day(date(2028, 6, 4)) in letter
    if language != "en":
        assert re.search(r'<\w+ [^>]*lang="en"[^>]*>Move a brigade of four nations', letter)
        english = {*read("letter", "en")["particulars"].values()} - {*told.own["particulars"].values()}
        assert [name for name in english if re.search(rf">{re.escape(name)}\s*<", letter)] == []
        assert f"-letter-2-{language}.pdf" in client.get(f"{PAGE}?letter=2&language={language}&format=pdf")["Content-Disposition"]


def test_letters_have_the_same_words_in_every_language() -> None:
    keys = {tuple((part, *words) for part, words in read("letter", code).items()) for code in LANGUAGES}
    assert len(keys) == 1
    assert {*get_args(get_type_hints(Design)["form"])} == read("letter", "en")["forms"].keys()


def test_a_letter_in_no_language_of_ours_is_refused_in_one_line(client: Client) -> None:
    assert "language='la'; this document is drafted in en, fr, es, de, ar" in text(client, f"{PAGE}?letter=2&language=la", 400)
    assert 'value="fr" lang="fr" selected' in client.get(f"{PAGE}?letter=2", headers={"accept-language": "fr"}).content.decode()
