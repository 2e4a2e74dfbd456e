"""The pages on the bundled book: each answers, its links resolve, nothing is fetched from elsewhere, nothing is hidden."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern

from comity.sources import all_sources
from comity.standing.plain import answer_to_plain
from comity.web import urls
from comity.web.holding import Held
from tests.web.conftest import foreign_scripts

GSOMIA = "/ask?question=between&party=JPN&other=KOR&agreement=gsomia-jpn-kor&on=2019-11-24"
WHAT_IF = "/what-if?act=denounce+FRA+nato-treaty+2027-01-01&question=bound&party=FRA&agreement=nato-treaty&on=2028-06-01"
FINLAND = "/ask?question=bound&party=FIN&agreement=nato-treaty&on=2023-04-04"
PAGES = [
    "/",
    "/?party=FIN",
    "/search",
    "/search?q=finl",
    "/keys",
    "/exercises",
    "/exercises/steel-heather-28",
    "/exercises/Steel Heather 26",
    "/designs/check",
    "/exercises?q=nothing",
    "/calendar",
    "/calendar?party=FIN&month=2027-03",
    "/cooperation",
    "/cooperation?party=JPN&on=1990-07-01&most=20",
    "/cooperation?view=network&on=1990-07-01",
    "/cooperation?view=chord&party=JPN",
    "/cooperation?view=matrix",
    "/interoperability",
    "/interoperability?nations=FIN+SWE+EST",
    "/lessons",
    "/training",
    "/awaited",
    "/mediators",
    "/indicators",
    "/indicators?indicator=commitments-ratified&party=DEU&since=1990-01-01",
    "/trust",
    "/trust?a=DEU&b=FRA",
    "/reports",
    "/reports?party=FIN&period=2023",
    "/stability",
    "/warning",
    "/effects",
    "/decisions",
    "/decision-rules",
    "/decision-rules/nato-treaty/council?no=FRA&rest=yes&without=USA",
    "/disputes",
    "/disputes/cwc-GBR-RUS-2021-request",
    "/disputes/vienna-document-2011-UKR-RUS-2022-request?on=2022-02-14",
    "/settlement",
    "/settlement?a=GBR&b=RUS&agreement=cwc&on=2021-10-20&subject=stocks&means=court",
    "/settlement?a=FRA&b=DEU&agreement=ctbt",
    "/dialogue",
    "/dialogue/cwc/review conference",
    "/domestic",
    "/domestic?state=USA&agreement=ctbt",
    "/domestic?state=GBR&laid=2024-07-26&sitting=2024-09-02/2024-09-05",
    "/organisations",
    "/organisations/NATO",
    "/organisations/NATO?on=1960-01-01&known=1970-01-01",
    "/organisations/GCC",
    "/registers",
    "/registers/dcad",
    "/conflicts",
    "/conflicts?agreement=gsomia-jpn-kor&on=2019-11-24",
    "/conflicts?kind=succession",
    "/names",
    "/agreements?q=treaty&sort=-bound",
    "/agreements?subject=alliance&on=1990-01-01",
    "/agreements",
    "/agreements/nato-treaty",
    "/agreements/gsomia-jpn-kor",
    "/agreements/ctbt",
    "/agreements/nato-treaty?on=1960-01-01&known=1970-01-01",
    "/agreements/nato-treaty?as=public&strict=1",
    "/agreements/nato-treaty/clauses/1",
    "/parties",
    "/parties?q=germ&kind=state",
    "/parties/FIN",
    "/parties/NATO/NAC",
    "/parties/FIN/SWE",
    "/parties/Finland",
    "/ask",
    GSOMIA,
    FINLAND,
    "/ask?question=in-force&agreement=ctbt",
    "/ask?question=between&party=Finland&other=sweden",
    "/ask?question=bound&party=GBR&agreement=nato-treaty&strict=1&known=2000-01-01",
    "/acts",
    "/acts?agreement=nato-treaty&party=FIN",
    "/acts/nato-treaty-FIN-accede",
    "/acts?kind=denounce",
    "/documents",
    "/rules",
    "/rules/consent",
    "/rules/contested",
    "/book",
    "/book?as=public",
    "/what-if",
    "/what-if?agreement=ctbt",
    WHAT_IF,
    "/differences",
    "/differences?agreement=nato-treaty",
    "/differences?agreement=nato-treaty&from=2023-01-01&on=2024-06-01",
    "/differences?party=FIN&from=2023-01-01&knew=2022-01-01",
    "/differences?whole=1&from=2023-01-01&on=2024-06-01",
    "/upcoming",
    "/upcoming?agreement=gsomia-jpn-kor&on=2018-06-01",
    "/upcoming?party=JPN",
    "/upcoming?whole=1&within=800",
    "/findings",
    "/findings?agreement=nato-treaty",
    "/findings?party=USA",
    "/findings?whole=1&as=public",
    "/depositary",
    "/depositary?for=USA&within=99999",
    "/depositary/receive",
    "/depositary/receive?agreement=ctbt&by=IND&kind=ratify&title=head+of+state&articles=XIV",
    "/depositary/acts/nato-treaty-FIN-accede",
]
ROOMS = (
    "",
    "depositary",
    "agreements",
    "parties",
    "organisations",
    "conflicts",
    "registers",
    "cooperation",
    "interoperability",
    "lessons",
    "training",
    "awaited",
    "mediators",
    "indicators",
    "trust",
    "reports",
    "stability",
    "warning",
    "effects",
    "decisions",
    "decision-rules",
    "ask",
    "what-if",
    "differences",
    "upcoming",
    "acts",
    "documents",
    "findings",
    "may",
    "must",
    "rules",
    "book",
)
LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')


def links(page: str) -> list[str]:
    return [unescape(found) for found in LINK.findall(page)]


@pytest.mark.parametrize("url", PAGES)
def test_every_page_answers_with_its_headers_and_fetches_nothing_from_elsewhere(client: Client, held: Held, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Security-Policy"].startswith("default-src 'self'")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    page = response.content.decode()
    official = {a.official for a in held.opened.record.agreements} | {link for s in all_sources().values() for link in (s.address, s.codebook)}
    for link in links(page):
        assert link == "" or link.startswith(("/", "#")) or link in official, link
        assert not link.startswith("//"), link
    assert not foreign_scripts(page)
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert '<a class="skip" href="#main">' in page
    assert page.count("<table") == page.count("<caption")


def test_the_links_of_the_list_resolve(client: Client) -> None:
    found = sorted({link for link in links(client.get("/agreements").content.decode()) if link.startswith("/agreements/")})
    assert found
    for link in found[:: max(1, len(found) // 12)]:
        assert client.get(link).status_code == 200, link


def test_every_page_is_reached_from_the_navigation(client: Client) -> None:
    page = client.get("/rules").content.decode()
    navigation = page[page.index("<nav") : page.index("</nav>")]
    for room in ROOMS:
        assert f'href="/{room}"' in navigation
        shown = client.get(f"/{room}").content.decode()
        assert f'<a href="/{room}" aria-current="page"' in shown


@pytest.mark.parametrize(
    "url", ["/agreements/nato-treaty", FINLAND, WHAT_IF, "/findings?whole=1", "/parties/FIN", "/acts/nato-treaty-FIN-accede", "/depositary?for=USA"]
)
def test_the_links_of_a_page_resolve(client: Client, url: str) -> None:
    found = sorted({link for link in links(client.get(url).content.decode()) if link.startswith("/") and not link.startswith("/language/")})
    for link in found[:: max(1, len(found) // 15)]:
        assert client.get(link).status_code == 200, link


def test_a_contested_page_shows_both_readings(client: Client) -> None:
    page = client.get(GSOMIA).content.decode()
    assert "Contested" in page or "contested" in page
    assert "read as a revocation" in page
    assert "only a revocation stops a notice" in page
    assert 'href="#v-contested"' in page
    agreement = client.get("/agreements/gsomia-jpn-kor").content.decode()
    assert "read as a revocation" in agreement
    assert "only a revocation stops a notice" in agreement


def test_an_answer_says_why_down_to_the_act(client: Client) -> None:
    page = client.get(FINLAND).content.decode()
    assert "Finland is bound by the North Atlantic Treaty." in page
    assert "/rules/consent?on=2023-04-04" in page
    assert "/acts/nato-treaty-FIN-accede?on=2023-04-04" in page


@pytest.mark.parametrize(
    ("url", "question"),
    [
        (GSOMIA, "between"),
        (FINLAND, "bound"),
        ("/ask?question=in-force&agreement=ctbt&on=2024-01-01&known=2024-06-01", "in-force"),
        ("/ask?question=in-force&agreement=ctbt&on=2026-01-01&strict=1", "in-force"),
    ],
)
def test_json_is_the_plain_answer(client: Client, held: Held, url: str, question: str) -> None:
    from datetime import date

    day = re.search(r"on=(\d{4}-\d\d-\d\d)", url)
    known = re.search(r"known=(\d{4}-\d\d-\d\d)", url)
    assert day
    on = date.fromisoformat(day[1])
    fold = held.fold(date.fromisoformat(known[1]) if known else held.today(), None, "strict" in url)
    ask = {
        "between": lambda s: s.between("JPN", "KOR", "gsomia-jpn-kor"),
        "bound": lambda s: s.bound("FIN", "nato-treaty"),
        "in-force": lambda s: s.in_force("ctbt"),
    }[question]
    assert client.get(f"{url}&format=json").json() == answer_to_plain(fold.ask(on, "test", ask))


def test_the_state_is_carried_through_links(client: Client) -> None:
    page = client.get("/agreements/nato-treaty?on=1970-01-01&known=2020-05-05&as=public&strict=1").content.decode()
    inner = [link for link in links(page) if link.startswith("/agreements/") and "?" in link]
    assert inner
    for link in inner:
        assert "on=1970-01-01&known=2020-05-05&as=public&strict=1" in link, link


def test_the_status_table_is_as_depositaries_print_it(client: Client) -> None:
    page = client.get("/agreements/nato-treaty").content.decode()
    row = page[page.index('id="p-USA"') :]
    row = row[: row.index("</tr>")]
    assert "1949-04-04" in row
    assert '<abbr class="letter" title="ratification">r</abbr>' in row
    assert "1949-08-24" in row
    assert "party" in row
    finland = page[page.index('id="p-FIN"') :]
    assert '<abbr class="letter" title="accession">a</abbr>' in finland[: finland.index("</tr>")]


def test_an_act_shows_its_hash_and_its_canonical_bytes(client: Client, held: Held) -> None:
    page = client.get("/acts/nato-treaty-FIN-accede").content.decode()
    assert held.entries("nato-treaty-FIN-accede")[0].act.hash in page
    assert "comity act 1" in page
    plain = client.get("/acts/nato-treaty-FIN-accede?format=json").json()
    assert plain["acts"][0]["hash"] == held.entries("nato-treaty-FIN-accede")[0].act.hash


def test_the_style_is_the_package_s_own_and_is_kept(client: Client) -> None:
    sheet = next(link for link in links(client.get("/rules").content.decode()) if "comity.css" in link)
    response = client.get(sheet)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    assert b"@import" not in response.content
    assert b"http" not in response.content


def test_no_page_stands_where_something_on_record_may_be_called_so() -> None:
    """Below a path that takes any name there is no other page: an exercise may be called ``check``."""
    paths = [str(pattern.pattern) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern) and pattern.name]
    named = [path for path in paths if re.fullmatch(r"[a-z/-]+/<path:\w+>", path)]
    assert len(named) > 5
    below = {path: [other for other in paths if other != path and other.startswith(path.partition("<")[0])] for path in named}
    assert {path: others for path, others in below.items() if others} == {}
