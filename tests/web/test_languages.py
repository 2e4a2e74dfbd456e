"""The pages speak the reader's language: no word of theirs is left in English, and what the record says is marked as English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import NullTranslations

import pytest
from django.test import Client
from django.utils.translation import ngettext, override, trans_real

import comity
from comity.agreements.decision_rules import DecisionRule
from comity.sources import all_sources
from comity.web.effects import INSTANCE
from comity.web.holding import Held
from comity.web.languages import offered
from comity.web.rules import RULES
from tests.web.catalogs import PLURALS, messages
from tests.web.reading import Piece, pieces
from tests.web.test_may import KOREA, NORWAY, SUPPLY, SWEDEN
from tests.web.test_must_pages import UNUSUAL
from tests.web.test_pages import FINLAND, GSOMIA, PAGES, WHAT_IF

MakeClient = Callable[[Held], Client]
STOOD_IN = "fr"
"""The language whose words are stood in for by accented ones."""
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áḅćđéḟǵĥíĵḱĺḿńóṕɋŕśţúṿẃẋýźÁḄĆĐÉḞǴĤÍĴḰĹḾŃÓṔɊŔŚŢÚṾẂẊÝŹ"
KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>|&\w+;)")
OWN_NAMES = set(dict(offered()).values())
MOMENT = re.compile(r"\d{4}(-(\d\d|xx))*(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?(\[[A-Za-z_/+-]+\])?")
ASKED: list[tuple[str, dict[str, str]]] = [
    ("/may", {}),
    ("/may", {"do": "station"}),
    ("/may", KOREA),
    ("/may", SWEDEN),
    ("/may", NORWAY),
    ("/may", SUPPLY),
    ("/must", {}),
    ("/must", {**UNUSUAL, "all": "1"}),
    ("/must", {"party": "FIN", "agreement": "nato-treaty", "within": "1"}),
    ("/what-if", {"act": "ratify USA ctbt 2027-01-01", "question": "in-force", "agreement": "ctbt", "on": "2026-12-01"}),
]
TYPED = {asked[name] for _, asked in ASKED for name in ("level", "purpose", "thing") if name in asked}
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
    "/exercises?year=x",
    "/exercises?kind=dance",
    "/exercises/steel-heather",
    "/exercises/zzzz",
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
    with override("en"):
        yield


@pytest.fixture
def _accented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(trans_real._translations, STOOD_IN, Accented())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def stranger(make_client: MakeClient, held: Held) -> Client:
    """What is drawn in words is kept for each language: what is said in other letters is not for other tests."""
    return make_client(Held(held.opened, patience=20.0))


@pytest.fixture(scope="module")
def recorded() -> re.Pattern[str]:
    """What the record says where no element can stand around it: names, titles, ids, levels; our name, and what is looked for."""
    record = comity.open(comity.bundled_book()).record
    found = {word for a in record.agreements for word in (a.id, a.short, a.title, a.short[:1].upper() + a.short[1:])}
    found |= {name.name for p in record.register.parties.values() for name in p.names} | set(record.register.parties)
    found |= {f"{a.id}/{clause.id}" for a in record.agreements for clause in a.clauses if isinstance(clause, DecisionRule)}
    found |= {level.name for ladder in record.ladders for level in ladder.levels} | {e.act.ref for e in record.entries}
    found |= {source.title for source in all_sources().values()}
    found |= {entry.act.details[name] for entry in record.entries for name in ("subject", "body") if name in entry.act.details}
    found |= {
        *RULES,
        "Comity",
        "review conference",
        "finl",
        "Steel Heather 28, a brigade exercise",
        "Steel Heather 26",
        "2y",
        *TYPED,
        *INSTANCE.values(),
    }
    return re.compile("|".join(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" for word in sorted(found, key=len, reverse=True)))


def untranslated(page: str, recorded: re.Pattern[str]) -> list[Piece]:
    """What is read on the page, is not said to be English, and still has letters that no accented word has."""
    found = [piece for piece in pieces(page, STOOD_IN) if not piece.other and piece.text not in OWN_NAMES]
    return [piece for piece in found if re.search("[A-Za-z]", MOMENT.sub("", recorded.sub("", piece.text) if piece.where else piece.text))]


@pytest.mark.usefixtures("_accented")
@pytest.mark.parametrize("url", PAGES)
def test_no_word_of_a_page_is_left_in_english(stranger: Client, recorded: re.Pattern[str], url: str) -> None:
    page = stranger.get(url, headers={"accept-language": STOOD_IN}).content.decode()
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
def test_no_word_of_what_is_wrong_is_left_in_english(stranger: Client, recorded: re.Pattern[str], url: str) -> None:
    response = stranger.get(url, headers={"accept-language": STOOD_IN})
    assert response.status_code in (400, 404)
    assert untranslated(response.content.decode(), recorded) == []


ENGLISH = {"the", "and", "of", "is", "are", "not", "by", "with", "since", "until", "agreement", "agreements", "record", "seen", "known", "why"}
ENGLISH |= {"bound", "show", "find", "upcoming", "ask", "must", "may", "party", "treaty", "complete", "nothing", "every", "which", "who", "what"}
ROOMS = [
    "/",
    "/agreements/gsomia-jpn-kor",
    "/parties/FIN",
    "/ask",
    GSOMIA,
    WHAT_IF,
    "/may",
    "/must?party=FIN&agreement=nato-treaty&within=1",
    "/book",
]


@pytest.mark.parametrize("language", PLURALS)
def test_a_page_in_a_language_has_no_english_words(client: Client, recorded: re.Pattern[str], language: str) -> None:
    for url in ROOMS:
        page = client.get(url, headers={"accept-language": language}).content.decode()
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
        words = {word for piece in pieces(page, language) if not piece.other for word in re.findall(r"[a-z]+", recorded.sub("", piece.text).lower())}
        assert words & ENGLISH == set(), url


def test_what_the_record_says_is_english_and_days_keep_their_order_on_a_page_from_right_to_left(client: Client) -> None:
    page = client.get(FINLAND, headers={"accept-language": "ar"}).content.decode()
    assert re.search(r'<a href="/agreements/nato-treaty\?on=2023-04-04"><span lang="en" dir="ltr">North Atlantic Treaty</span></a>', page)
    assert '<time dir="ltr" datetime="2023-04-04">2023-04-04</time>' in page
    assert "\u20662023-04-04\u2069" in page
    assert re.search(r'<span class="says" lang="en" dir="ltr">', page)
    assert (
        'lang="en"'
        not in client.get("/agreements/nato-treaty", headers={"accept-language": "en"})
        .content.decode()
        .replace('lang="en" hreflang', "")
        .partition("<head>")[2]
    )


def test_a_drawing_is_kept_for_each_language_by_itself(client: Client) -> None:
    drawn = {
        language: client.get("/agreements/ctbt", headers={"accept-language": language}).content.decode().partition('<svg class="timeline"')[2]
        for language in ("en", *PLURALS)
    }
    words = {
        "en": "no end on record",
        "fr": "sans fin au registre",
        "es": "sin fin registrado",
        "de": "kein Ende verzeichnet",
        "ar": "بلا نهاية مسجلة",
    }
    assert [language for language, page in drawn.items() if words[language] not in page] == []


@pytest.mark.parametrize("url", [FINLAND, "/agreements", "/agreements/ctbt", "/parties/FIN", "/must?party=FIN&agreement=nato-treaty"])
def test_what_a_program_reads_is_the_same_in_every_language(client: Client, url: str) -> None:
    asked = f"{url}{'&' if '?' in url else '?'}format=json"
    assert len({client.get(asked, headers={"accept-language": language}).content for language in ("en", *PLURALS)}) == 1


def test_the_cookie_goes_before_what_the_browser_asks_for(client: Client, make_client: MakeClient, held: Held) -> None:
    reader = make_client(held)
    assert '<html lang="de"' in reader.get("/rules", headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"}).content.decode()
    chosen = reader.get("/language/es?back=/rules", headers={"accept-language": "de"})
    assert (chosen.status_code, chosen["Location"]) == (302, "/rules")
    page = reader.get("/rules", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="es"' in page
    assert re.findall(r'hreflang="\w+"(?: aria-current="true")?>([^<]+)<', page) == ["English", "français", "español", "Deutsch", "العربيّة"]
    assert '<html lang="en"' in client.get("/rules", headers={"accept-language": "sw"}).content.decode()


@pytest.mark.parametrize(
    ("number", "says"),
    [(0, "لا تحفظات"), (1, "تحفظ واحد"), (2, "تحفظان"), (3, "3 تحفظات"), (11, "11 تحفظًا"), (100, "100 تحفظ"), (102, "102 تحفظ"), (103, "103 تحفظات")],
)
def test_arabic_counts_in_six_forms(number: int, says: str) -> None:
    with override("ar"):
        assert ngettext("%(number)s reservation", "%(number)s reservations", number) % {"number": number} == says


@pytest.mark.parametrize("url", ["/parties/Finlandd", "/agreements/nato-treety", "/agreements?as=Finlandd"])
def test_what_is_near_is_linked_in_every_language(client: Client, url: str) -> None:
    wanted = "/agreements/nato-treaty" if "treety" in url else "/parties/FIN"
    for language in ("en", *PLURALS):
        assert f'<p class="near"><a href="{wanted}">' in client.get(url, headers={"accept-language": language}).content.decode()
