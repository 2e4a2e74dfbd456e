"""Drafts: every kind in every language fills in; what is not known is a marked blank; the day of effect is what the what-if says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from comity.about import Opened
from comity.standing import suppose
from comity.web.documents.effects import day_of_effect
from comity.web.documents.kinds_of_drafts import DONE_BY, DRAFTS
from comity.web.documents.wordings import LANGUAGES, Wording, languages_of, read
from comity.web.holding import Held

ALL = [(kind, language) for kind in DRAFTS for language in languages_of(DRAFTS[kind].wording)]
QUERIES = {"depositary": "agreement=cwc", "party": "agreement=nato-sofa&party=NLD", "both": "agreement=nato-sofa&party=NLD&other=DEU"}


def words_of(page: str) -> str:
    """What the sheet of a page says."""
    sheet = page.partition('<article class="document"')[2].partition("</article>")[0].partition(">")[2]
    sheet = re.sub(r"</?(?:a|bdi|strong|mark)\b[^>]*>", "", sheet)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


def query_of(kind: str) -> str:
    made = DRAFTS[kind]
    return f"kind={kind}&{QUERIES['depositary' if made.by == 'depositary' else 'both' if made.other else 'party']}"


@pytest.fixture
def at(held: Held, make_client: Callable[[Held], Client]) -> Client:
    return make_client(replace(held, today=lambda: date(2026, 3, 2), _folds=type(held._folds)()))


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_every_kind_fills_in_in_every_language(at: Client, kind: str, language: str) -> None:
    response = at.get(f"/draft?{query_of(kind)}&language={language}")
    assert response.status_code == 200, response.content.decode()[:400]
    page = response.content.decode()
    said = words_of(page)
    assert f'lang="{language}"' in page
    assert not re.search(r"[{}]", said), said
    assert said.count("[ … ") == said.count(" ]"), said
    assert said.count("[ … ") >= page.count('class="blank"') > 0
    assert "None" not in said


@pytest.mark.parametrize("wording", sorted({kind.wording for kind in DRAFTS.values()}))
def test_english_french_spanish_and_german_have_every_wording(wording: str) -> None:
    assert {"en", "fr", "es", "de"} <= set(languages_of(wording))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_has_a_hint_in_its_language(language: str) -> None:
    """Whatever the record does not know, a blank can stand there."""
    for kind in DRAFTS.values():
        if language not in languages_of(kind.wording):
            continue
        wording = Wording(kind.wording, language, kind.name)
        frame = read("common", language)["frames"][wording.own["form"]]
        for part in (*frame["before"], *wording.own["paragraph"], *frame["after"]):
            for name in re.findall(r"\{([a-z_]+)\}", part["text"]):
                assert name in wording.words or name in part.get("needs", ()) or wording.blank(name).words, (kind.name, name)


@pytest.mark.parametrize(
    ("kind", "party", "agreement", "day", "effect"),
    [
        ("denounce", "NLD", "nato-sofa", "2026-03-02", "2 March 2027"),
        ("denounce", "USA", "cwc", "2026-03-02", "31 May 2026"),
        ("object-renewal", "KOR", "gsomia-jpn-kor", "2026-08-20", "23 November 2026"),
    ],
)
def test_the_day_of_effect_is_what_the_what_if_says(at: Client, kind: str, party: str, agreement: str, day: str, effect: str) -> None:
    said = words_of(at.get(f"/draft?kind={kind}&agreement={agreement}&party={party}&day={day}&language=en").content.decode())
    asked = f"/what-if?act={kind}+{party}+{agreement}+{day}&question=bound&party={party}&agreement={agreement}&on={day}&format=json"
    until = date.fromisoformat(at.get(asked).json()["until"])
    assert f"{until.day} {until:%B} {until.year}" == effect
    assert effect in said


def test_a_consent_takes_effect_when_the_what_if_says(held: Held) -> None:
    standing = held.opened.standing(on=date(2026, 3, 2), known=date(2026, 3, 2))
    act = "accede LVA nato-sofa 2026-03-02"
    effect = day_of_effect(standing, act, "LVA", "nato-sofa", "bound")
    assert effect == date(2026, 4, 1)
    assert standing.what_if(suppose([act], standing)).bound("LVA", "nato-sofa", effect).since == effect
    assert day_of_effect(standing, "ratify USA ctbt 2026-03-02", "USA", "ctbt", "bound") is None


def test_an_instrument_of_a_state_that_completes_the_number_has_no_day_of_its_own(at: Client) -> None:
    """The Test-Ban Treaty lacks others too: nothing is worked out, and nothing made up."""
    said = words_of(at.get("/draft?kind=notify-completion&agreement=ctbt&party=USA&language=en").content.decode())
    assert "enters into force on [ … day on which it takes effect" in said


def test_a_note_goes_to_the_depositary_and_cites_the_article_by_its_page(at: Client) -> None:
    page = at.get("/draft?kind=denounce&agreement=nato-sofa&party=NLD&language=en").content.decode()
    said = words_of(page)
    assert "presents its compliments to the Department of State of the United States of America" in said
    assert "under article XIX" in said
    assert "done at London on 19 June 1951" in said
    assert re.search(r'<a href="/agreements/nato-sofa/clauses/\d+">XIX</a>', page)
    assert "Not an official document." in said
    assert re.search(r"sha256:[0-9a-f]{64}", said)


def test_a_depositary_says_when_an_instrument_takes_effect_and_under_which_article(at: Client) -> None:
    said = words_of(at.get("/draft?kind=circulate-instrument&agreement=cwc&act=cwc-EST-ratify&language=en").content.decode())
    assert "received from the Government of Estonia: instrument of ratification" in said
    assert "Under article XXI(2), the Agreement enters into force, as regards the Government of Estonia, on 25 June 1999." in said


def test_without_a_depositary_the_other_parties_are_written_to(at: Client) -> None:
    said = words_of(at.get("/draft?kind=object-renewal&agreement=gsomia-jpn-kor&party=KOR&language=fr").content.decode())
    assert "au Ministère des Affaires étrangères du Japon" in said


def test_what_would_change_something_has_its_draft_beside_it(at: Client) -> None:
    answer = at.get("/ask?question=bound&party=NLD&agreement=nato-sofa").content.decode()
    assert "/draft?kind=denounce&amp;agreement=nato-sofa&amp;party=NLD" in answer
    assert "/draft?kind=ratify&amp;agreement=ctbt&amp;party=USA" in at.get("/ask?question=in-force&agreement=ctbt").content.decode()
    ahead = at.get("/upcoming?agreement=gsomia-jpn-kor&within=800").content.decode()
    assert re.search(r"/draft\?kind=object-renewal&amp;agreement=gsomia-jpn-kor&amp;day=\d{4}", ahead)
    supposed = at.get("/what-if?act=denounce+NLD+nato-sofa+2026-03-02&question=bound&party=NLD&agreement=nato-sofa").content.decode()
    assert "kind=denounce" in supposed
    assert set(DONE_BY.values()) <= set(DRAFTS)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("kind=dance&agreement=ctbt&party=USA", 400, "draft one of denounce"),
        ("kind=ratify&agreement=ctbt", 400, "needs party"),
        ("kind=ratify&agreement=nowhere&party=USA", 404, "nowhere"),
        ("kind=ratify&agreement=ctbt&party=UNSG", 400, "worded for states"),
        ("kind=ratify&agreement=ctbt&party=USA&language=la", 400, "drafted in en, fr, es, de, ar"),
        ("kind=ratify&agreement=ctbt&party=USA&day=soon", 400, "day:"),
        ("kind=object&agreement=ctbt&party=USA&act=ctbt-USA-sign", 400, "is about one of reserve"),
        ("kind=object&agreement=ctbt&party=USA&act=none", 404, "is on record under ctbt"),
        ("kind=ratify&agreement=ctbt&party=USA&format=exe", 400, "write format=pdf or docx"),
    ],
)
def test_what_cannot_be_drafted_is_told_in_one_line(at: Client, query: str, status: int, says: str) -> None:
    response = at.get(f"/draft?{query}")
    assert response.status_code == status
    assert says in html.unescape(response.content.decode().partition('class="problem"')[2].partition("</p>")[0])


def test_what_a_reader_may_not_see_is_in_no_draft(small: Opened, make_client: Callable[[Held], Client]) -> None:
    """Of a withdrawal on record that is secret, the public's draft knows nothing; its marking stands on the keeper's."""
    client = make_client(Held(small, patience=20.0))
    query = "/draft?kind=ratify&agreement=pact&party=BBB&on=2001-06-01&language=en"
    keeper, public = client.get(query).content.decode(), client.get(f"{query}&as=public").content.decode()
    assert "pact-BBB-denounce" not in public
    assert "SECRET" not in public
    circular = "/draft?kind=circulate-instrument&agreement=pact&act=pact-BBB-denounce&language=en"
    assert "NATO SECRET" in client.get(circular).content.decode()
    assert client.get(f"{circular}&as=public").status_code == 404
    assert "pact-BBB-ratify" in keeper + public


def test_hostile_titles_are_text(small: Opened, make_client: Callable[[Held], Client]) -> None:
    page = make_client(Held(small, patience=20.0)).get("/draft?kind=full-powers&agreement=pact&party=AAA&language=fr").content.decode()
    assert "&lt;b&gt;Friendship&lt;/b&gt;" in page
    assert "<b>Friendship" not in page
    assert "<script>alert(1)" not in page
