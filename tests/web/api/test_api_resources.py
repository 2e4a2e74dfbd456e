"""What can be read through the API: each resource answers as its description promises, and says what the page of the same says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from comity.web.api.mounting import API
from tests.web.api.conftest import Plain, validator
from tests.web.papers import NOTE, digest

V = "/api/v1"
ASKED = [
    f"{V}/agreements",
    f"{V}/agreements?q=treaty&subject=alliance&on=1990-01-01",
    f"{V}/agreements?party=FIN&as=public&strict=1",
    f"{V}/agreements/nato-treaty",
    f"{V}/agreements/gsomia-jpn-kor?on=2019-11-24",
    f"{V}/agreements/nato-treaty/clauses/1",
    f"{V}/agreements/nato-treaty/status?on=1960-01-01&known=1970-01-01",
    f"{V}/agreements/nato-treaty/timeline",
    f"{V}/agreements/nato-treaty/timeline?party=Finland",
    f"{V}/parties?q=germ&kind=state",
    f"{V}/parties/FIN",
    f"{V}/parties/NATO/NAC",
    f"{V}/between?a=FIN&b=sweden",
    f"{V}/acts?agreement=nato-treaty&party=FIN&kind=accede&recorded_since=2020-01-01",
    f"{V}/acts/nato-treaty-FIN-accede",
    f"{V}/rules",
    f"{V}/rules/consent",
    f"{V}/today",
    f"{V}/today?party=FIN",
    f"{V}/duties?party=FIN&all=1",
    f"{V}/upcoming?agreement=gsomia-jpn-kor&on=2018-06-01",
    f"{V}/differences?from=2023-01-01&on=2024-06-01&party=FIN&knew=2022-01-01",
    f"{V}/findings?agreement=nato-treaty",
    f"{V}/what-if?act=denounce+FRA+nato-treaty+2027-01-01&question=bound&party=FRA&agreement=nato-treaty&on=2028-06-01",
    f"{V}/book",
    f"{V}/search?q=finl",
    f"{V}/cooperation?party=JPN&on=1990-07-01&most=20",
    f"{V}/calendar?agreement=cwc&party=FRA&on=2024-12-05",
    f"{V}/questions",
    "/.well-known/authzen-configuration",
    f"{V}/documents",
    f"{V}/documents/{digest(NOTE)}",
    f"{V}/search?q=deposited+april",
    f"{V}/depositary?for=UNSG&on=2025-08-01",
    f"{V}/depositary/receive?agreement=nato-treaty&by=FIN&kind=accede&on=2023-04-04&known=2023-04-03&title=other",
    f"{V}/depositary/acts/nato-treaty-FIN-accede",
    f"{V}/organisations?on=1960-01-01",
    f"{V}/organisations/NATO",
    f"{V}/organisations/ASEAN/ADMM-Plus",
    f"{V}/registers",
    f"{V}/registers/uk-treaties",
    f"{V}/conflicts?agreement=gsomia-jpn-kor&on=2019-11-24",
    f"{V}/names",
    f"{V}/missions",
    f"{V}/pools",
    f"{V}/awaited?party=DEU&required=1&within=400",
    f"{V}/lessons?body=DEU&late=1",
    f"{V}/decisions?at=2003-02-10T09:00%2B01:00",
    f"{V}/decision-rules?of=NATO/NAC",
    f"{V}/decision-rules/nato-treaty/council?no=FRA&rest=yes",
    *(f"{V}/training/{name}?party=DEU" for name in ("courses", "posts", "visits", "needs", "offers", "trained")),
    *(f"{V}/interoperability/{name}?nations=DEU,FIN&half=1y&capability=land" for name in ("trained", "gaps")),
    *(f"{V}/interoperability/{name}?nations=DEU,FIN" for name in ("exercises", "courses-and-posts", "positions", "shared")),
    f"{V}/interoperability/editions",
    f"{V}/disputes?party=RUS&state=open",
    f"{V}/disputes/cwc-GBR-RUS-2021-request",
    f"{V}/incidents",
    f"{V}/mediators?a=FIN&b=SWE&candidates=NOR,DNK&on=2020-01-01",
    f"{V}/indicators",
    f"{V}/indicators/readings?indicator=commitments-ratified&party=DEU&since=1990-01-01",
    f"{V}/trust?a=DEU&b=FRA&kind=notify",
    f"{V}/stability?whom=JPN,KOR&since=1990",
    f"{V}/reports?party=FIN&period=2023&partners=SWE",
    f"{V}/warning",
    f"{V}/effects?treatment=dcad:dca_general&outcome=gml-mids:gmlmidonset",
    f"{V}/settlement?a=FRA&b=DEU&agreement=cwc",
    *(f"{V}/dialogue/{name}?agreement=cwc" for name in ("bodies", "meetings", "actions", "silent")),
    f"{V}/domestic/instruments?state=USA",
    f"{V}/domestic/procedures",
    f"{V}/domestic/clock?state=GBR&laid=2024-07-26&sitting=2024-09-02/2024-09-05",
    f"{V}/obligations?attacked=JPN&by=CHN&place=own",
    f"{V}/exercises?party=DEU&year=2028",
    f"{V}/exercises/steel-heather-28",
    f"{V}/exercises/Steel Heather 26",
]


def template_of(url: str, described: Plain) -> str:
    """The described path that this URL is of, the most literal first."""
    path = url.partition("?")[0]
    fit = [t for t in described["paths"] if re.fullmatch(re.sub(r"\\{\w+\\}", "(.+)", re.escape(t)), path)]
    found: str = max(fit, key=lambda t: len(re.sub(r"\{\w+\}", "", t)))
    return found


@pytest.mark.parametrize("url", ASKED)
def test_a_resource_is_as_its_description_promises(client: Client, described: Plain, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json; charset=utf-8"
    validator(described, template_of(url, described), "get").validate(response.json())


def test_every_resource_is_asked_here(described: Plain) -> None:
    asked = {template_of(url, described) for url in ASKED}
    # a mission and a pool are asked for in test_missions, a decision in test_api_of_decisions, what a node has in
    # test_exchange_desk, the rest by those who have an account
    elsewhere = tuple(
        f"{V}/{room}"
        for room in ("questions/", "exchange/", "drafts", "corrections/", "proposals", "saved", "acts/batch", "missions/{", "pools/{", "decisions/{")
    )
    lists = {path for path, operations in described["paths"].items() if "get" in operations and not path.startswith(elsewhere)}
    assert asked == lists


def both(client: Client, page: str, url: str) -> tuple[Any, Any]:
    """What the page says as JSON, and what the API says."""
    found, given = client.get(f"{page}{'&' if '?' in page else '?'}format=json"), client.get(url)
    assert (found.status_code, given.status_code) == (200, 200)
    return found.json(), given.json()


@pytest.mark.parametrize(
    ("page", "url", "key"),
    [
        ("/agreements", f"{V}/agreements?limit=1000", "agreements"),
        ("/agreements?q=treaty&on=1990-01-01", f"{V}/agreements?q=treaty&on=1990-01-01", "agreements"),
        ("/parties?q=germ", f"{V}/parties?q=germ", "parties"),
        ("/parties/FIN", f"{V}/parties/FIN", "agreements"),
        ("/parties/FIN/SWE", f"{V}/between?a=FIN&b=SWE", "agreements"),
        ("/acts/nato-treaty-FIN-accede", f"{V}/acts/nato-treaty-FIN-accede", "acts"),
        ("/must?party=FIN", f"{V}/duties?party=FIN", "duties"),
        ("/upcoming?whole=1", f"{V}/upcoming", "upcoming"),
        ("/differences?whole=1&from=2023-01-01", f"{V}/differences?from=2023-01-01", "differences"),
        ("/findings?whole=1", f"{V}/findings", "findings"),
        ("/exercises?party=NLD", f"{V}/exercises?party=NLD&limit=1000", "exercises"),
        ("/search?q=nato", f"{V}/search?q=nato&limit=1000", "found"),
    ],
)
def test_the_api_says_what_the_page_says(client: Client, page: str, url: str, key: str) -> None:
    shown, given = both(client, page, url)
    assert given[key]
    assert sorted(map(str, given[key])) == sorted(map(str, shown[key]))


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("/?party=FIN", f"{V}/today?party=FIN"),
        ("/book", f"{V}/book"),
        (ASKED[23].replace(V, ""), ASKED[23]),
        ("/ask?question=in-force&agreement=ctbt", f"{V}/questions/in-force?agreement=ctbt"),
        ("/ask?question=bound&party=FIN&agreement=nato-treaty", f"{V}/questions/bound?party=FIN&agreement=nato-treaty"),
        ("/may?do=station&from=USA&to=JPN", f"{V}/questions/may-station?guest=USA&host=JPN"),
        ("/may?do=release&from=NLD&to=BEL&level=UNCLASSIFIED", f"{V}/questions/may-release?giver=NLD&taker=BEL&level=UNCLASSIFIED"),
    ],
)
def test_the_api_says_the_very_same_as_the_page(client: Client, page: str, url: str) -> None:
    shown, given = both(client, page, url)
    assert given == shown


def test_an_agreement_has_its_status_its_clauses_and_its_coverage(client: Client) -> None:
    found = client.get(f"{V}/agreements/nato-treaty?on=2023-04-04").json()
    assert found["state"] == "in force"
    assert found["status"]["bound"] == 31
    assert next(p for p in found["status"]["participants"] if p["party"] == "FIN")["since"] == "2023-04-04"
    assert [clause["number"] for clause in found["clauses"]] == list(range(1, len(found["clauses"]) + 1))
    assert found["coverage"]
    assert found["acts"] > 50
    assert {each["agreement"] for each in found["family"]} >= {"nato-protocol-esp"}
    assert found["clauses"][0] == client.get(f"{V}/agreements/nato-treaty/clauses/1").json()


def test_acts_are_filtered_by_the_day_on_which_they_were_recorded(client: Client) -> None:
    every = client.get(f"{V}/acts?agreement=nato-treaty&limit=1000").json()["acts"]
    days = sorted({act["recorded"] for act in every})
    late = client.get(f"{V}/acts?agreement=nato-treaty&limit=1000&recorded_since={days[-1]}").json()["acts"]
    assert late == [act for act in every if act["recorded"] == days[-1]]


def test_json_is_text_as_it_is(client: Client) -> None:
    page = client.get(f"{V}/parties?limit=1000").content.decode()
    assert "ü" in page
    assert "\\u" not in page


def test_the_language_of_a_browser_changes_nothing(client: Client) -> None:
    plain, french = (client.get(f"{V}/search?q=agreements", headers={"accept-language": tongue}).json() for tongue in ("en", "fr"))
    assert plain == french


def test_the_paths_are_named_apart_from_those_of_the_pages() -> None:
    assert API.urls_namespace == "api"
