"""The pages speak the reader's language: no word of theirs is left in English, and what the record says is marked as English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import NullTranslations

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

import comity
from comity.web.holding import Held
from comity.web.languages import offered
from comity.web.rules import RULES
from tests.web.catalogs import messages
from tests.web.reading import Piece, pieces
from tests.web.test_may import KOREA, NORWAY, SUPPLY, SWEDEN
from tests.web.test_must_pages import UNUSUAL
from tests.web.test_pages import PAGES

MakeClient = Callable[[Held], Client]
STOOD_IN = "fr"
"""The language whose words are stood in for by accented ones."""
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áḅćđéḟǵĥíĵḱĺḿńóṕɋŕśţúṿẃẋýźÁḄĆĐÉḞǴĤÍĴḰĹḾŃÓṔɊŔŚŢÚṾẂẊÝŹ"
KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>|&\w+;)")
OWN_NAMES = set(dict(offered()).values())
MOMENT = re.compile(r"\d{4}(-(\d\d|xx))*(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?")
ASKED = [
    ("/may", {}),
    ("/may", {"do": "station"}),
    ("/may", KOREA),
    ("/may", SWEDEN),
    ("/may", NORWAY),
    ("/may", SUPPLY),
    ("/must", {}),
    ("/must", {**UNUSUAL, "all": "1"}),
    ("/must", {"party": "FIN", "agreement": "nato-treaty", "within": "1"}),
    ("/what-if", {"act": ["ratify USA ctbt 2027-01-01"], "question": "in-force", "agreement": "ctbt", "on": "2026-12-01"}),
]
WRONG = [
    "/agreements?on=yesterday",
    "/agreements?strict=maybe",
    "/agreements?sort=colour",
    "/agreements/nato-treety",
    "/agreements/nato-treaty/clauses/999",
    "/agreements?as=NOBODY",
    "/ask?question=may",
    "/ask?question=bound&party=FIN",
    "/ask?question=between&party=FIN",
    "/ask?question=between&party=FIN&other=FIN&agreement=nato-treaty",
    "/acts?page=0",
    "/acts?kind=dance",
    "/acts/nato-treaty-FIN-acede",
    "/acts/zzzz",
    "/parties/Finlandd",
    "/parties/FIN/FIN",
    "/rules/consentt",
    "/rules/zzzz",
    "/nowhere",
    "/language/xx",
    "/differences?from=2020-01-01",
    "/differences?knew=2020-01-01",
    "/differences?from=x&agreement=ctbt",
    "/upcoming?within=x&agreement=ctbt",
    "/upcoming?whole=1&party=FIN",
    "/findings?whole=perhaps",
    "/may?do=dance",
    "/may?do=release&from=KOR",
    "/may?do=station&from=FRA&to=FRA",
    "/may?do=release&from=KOR&to=JPN&level=SECRET&policy=XYZ",
    "/must?party=FIN&format=xml",
    "/what-if?question=bound&party=FRA&agreement=nato-treaty",
    "/what-if?act=ratify+USA+ctbt+2027-01-01",
]


class Accented(NullTranslations):
    """A language in which each word of the source stands with other letters; what the catalogs don't have stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {(said.context, said.one) for said in messages()}

    def gettext(self, message: str) -> str:
        context, _, words = message.rpartition("\x04")
        return accented(words) if (context or None, words) in self.known else words

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        context, _, words = msgid1.rpartition("\x04")
        if (context or None, words) not in self.known:
            return words
        return accented(words if n == 1 else msgid2)

    def language(self) -> str:
        return STOOD_IN

    def to_language(self) -> str:
        return STOOD_IN


def accented(words: str) -> str:
    """The same with other letters, but for places, markup and characters by name."""
    table = str.maketrans(PLAIN, ACCENTED)
    return "".join(part if KEPT.fullmatch(part) else part.translate(table) for part in KEPT.split(words))


@pytest.fixture(autouse=True)
def _afterwards() -> Iterator[None]:
    """A page leaves its language behind in the thread; here no other test has it."""
    with translation.override("en"):
        yield


@pytest.fixture
def _accented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(trans_real._translations, STOOD_IN, Accented())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def recorded() -> re.Pattern[str]:
    """What the record says where no element can stand around it: names, titles, ids, levels; our name, and what is looked for."""
    record = comity.open(comity.bundled_book()).record
    found = {word for a in record.agreements for word in (a.id, a.short, a.title, a.short[:1].upper() + a.short[1:])}
    found |= {name.name for p in record.register.parties.values() for name in p.names} | set(record.register.parties)
    found |= {level.name for ladder in record.ladders for level in ladder.levels} | {e.act.ref for e in record.entries}
    found |= {*RULES, "Comity", "finl"}
    return re.compile("|".join(rf"\b{re.escape(word)}(?!\w)" for word in sorted(found, key=len, reverse=True)))


def untranslated(page: str, recorded: re.Pattern[str]) -> list[Piece]:
    """What is read on the page, is not said to be English, and still has letters that no accented word has."""
    found = [piece for piece in pieces(page, STOOD_IN) if not piece.other and piece.text not in OWN_NAMES]
    return [piece for piece in found if re.search("[A-Za-z]", MOMENT.sub("", recorded.sub("", piece.text) if piece.where else piece.text))]


@pytest.mark.usefixtures("_accented")
@pytest.mark.parametrize("url", PAGES)
def test_no_word_of_a_page_is_left_in_english(client: Client, recorded: re.Pattern[str], url: str) -> None:
    page = client.get(url, headers={"accept-language": STOOD_IN}).content.decode()
    assert f'<html lang="{STOOD_IN}" dir="ltr">' in page
    assert [p.text for p in untranslated(page, recorded)] == []


@pytest.mark.usefixtures("_accented")
def test_no_word_of_an_answer_is_left_in_english(make_client: MakeClient, recorded: re.Pattern[str]) -> None:
    asking = make_client(Held(comity.open(comity.bundled_book())))
    for path, asked in ASKED:
        page = asking.get(path, asked, headers={"accept-language": STOOD_IN}).content.decode()
        assert untranslated(page, recorded) == [], (path, asked)


@pytest.mark.usefixtures("_accented")
@pytest.mark.parametrize("url", WRONG)
def test_no_word_of_what_is_wrong_is_left_in_english(client: Client, recorded: re.Pattern[str], url: str) -> None:
    response = client.get(url, headers={"accept-language": STOOD_IN})
    assert response.status_code in (400, 404)
    assert untranslated(response.content.decode(), recorded) == []
