"""A census: whatever a page shows, a program can ask; a new page without its twin in the API fails here."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern

import comity.web
from comity.web import urls
from tests.web.api.conftest import Plain

V = "/api/v1"
TWINS = {
    "today": f"{V}/today",
    "agreements": f"{V}/agreements",
    "agreement": f"{V}/agreements/{{agreement_id}}",
    "clause": f"{V}/agreements/{{agreement_id}}/clauses/{{number}}",
    "parties": f"{V}/parties",
    "party": f"{V}/parties/{{code}}",
    "ask": f"{V}/questions/bound",
    "may": f"{V}/questions/may-release",
    "must": f"{V}/duties",
    "obliged": f"{V}/obligations",
    "what-if": f"{V}/what-if",
    "differences": f"{V}/differences",
    "upcoming": f"{V}/upcoming",
    "findings": f"{V}/findings",
    "acts": f"{V}/acts",
    "act": f"{V}/acts/{{ref}}",
    "documents": f"{V}/documents",
    "document": f"{V}/documents/{{digest}}",
    "rules": f"{V}/rules",
    "rule": f"{V}/rules/{{name}}",
    "book": f"{V}/book",
    "search": f"{V}/search",
    "named": f"{V}/search",
    "cooperation": f"{V}/cooperation",
    "organisations": f"{V}/organisations",
    "organisation": f"{V}/organisations/{{organisation}}",
    "missions": f"{V}/missions",
    "mission": f"{V}/missions/{{mission}}",
    "pool": f"{V}/pools/{{pool}}",
    "registers": f"{V}/registers",
    "register": f"{V}/registers/{{source}}",
    "conflicts": f"{V}/conflicts",
    "awaited": f"{V}/awaited",
    "lessons": f"{V}/lessons",
    "disputes": f"{V}/disputes",
    "dispute": f"{V}/disputes/{{dispute}}",
    "mediators": f"{V}/mediators",
    "indicators": f"{V}/indicators/readings",
    "trust": f"{V}/trust",
    "reports": f"{V}/reports",
    "stability": f"{V}/stability",
    "warning": f"{V}/warning",
    "effects": f"{V}/effects",
    "settlement": f"{V}/settlement",
    "strategies": f"{V}/strategies",
    "allocations": f"{V}/allocations",
    "dialogue": f"{V}/dialogue/bodies",
    "body": f"{V}/dialogue/meetings",
    "domestic": f"{V}/domestic/instruments",
    "decisions": f"{V}/decisions",
    "decision": f"{V}/decisions/{{proposal_ref}}",
    "decision-rules": f"{V}/decision-rules",
    "decision-rule": f"{V}/decision-rules/{{agreement_id}}/{{decision_rule}}",
    "decision-answer": f"{V}/acts",
    "decision-propose": f"{V}/acts",
    "interoperability": f"{V}/interoperability/trained",
    "training": f"{V}/training/courses",
    "names": f"{V}/names",
    "calendar": f"{V}/calendar",
    "exercises": f"{V}/exercises",
    "exercise": f"{V}/exercises/{{exercise}}",
    "depositary": f"{V}/depositary",
    "depositary-receive": f"{V}/depositary/receive",
    "depositary-act": f"{V}/depositary/acts/{{ref}}",
    "record": f"{V}/drafts",
    "record-act": f"{V}/acts",
    "record-correct": f"{V}/corrections/{{act}}",
    "record-drop": f"{V}/drafts/{{draft}}",
    "record-rows": f"{V}/acts/batch",
    "record-table": f"{V}/acts/batch",
    "exchange-would": f"{V}/exchange/would",
    "exchange-reads": f"{V}/exchange/reads",
    "exchange-read": f"{V}/exchange/reads/{{number}}",
}
"""Each page by its name, and where the API says the same."""
SEVERAL = {"interoperability": "nations=DEU,FIN", "training": "", "dialogue": ""}
"""Pages with several lists, each of which has a twin of its own; and how they are asked so that all of them are there."""
EXCEPTIONS = {
    "brief": "a document; what it says is asked of its parts",
    "certified": "the answer file is what a program checks: comity answer",
    "document-content": "the bytes of a document, for people and programs alike",
    "draft": "a document",
    "exercise-check": "looks at a file that is on no record; a program asks: comity exercise check",
    "record-empty": "an empty table to fill in",
    "exchange": "says what the others of the exchange desk say, at a glance",
    "exchange-queue": "a second person looks at it",
    "keys": "keys of the keyboard are for people at one",
    "names-as": "a choice of how pages look; the API gives codes, and what is said of each",
    "language": "the API speaks one language",
    "static": "a file of the pages",
    "api": "the page about the API; /api/v1/openapi.json says the same",
}
"""Pages without a twin, and why."""
HERE = Path(comity.web.__file__).parent


def test_every_page_has_its_twin_or_a_reason_why_not(described: Plain) -> None:
    pages = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern) and pattern.name}
    assert pages == TWINS.keys() | EXCEPTIONS.keys(), "give the page a twin in the API, or say here why it has none"
    assert not TWINS.keys() & EXCEPTIONS.keys()
    assert set(TWINS.values()) <= set(described["paths"])


@pytest.mark.parametrize("name", SEVERAL)
def test_every_list_of_a_page_of_several_has_its_twin(client: Client, described: Plain, name: str) -> None:
    says = client.get(f"/{name}?{SEVERAL[name]}&list=none&format=json").json()["error"]
    lists = says.partition("choose one of ")[2].split(", ")
    assert len(lists) > 1
    assert {f"{V}/{name}/{one}" for one in lists} == {path for path in described["paths"] if path.startswith(f"{V}/{name}/")}


def test_every_page_that_gives_json_has_a_twin() -> None:
    """Whatever answers format=json is a page with a twin, by the file in which it is made."""
    giving = {path.stem for path in HERE.glob("*.py") if re.search(r"wants_json\(|read_format\(", path.read_text(encoding="utf-8"))} - {"asking"}
    made_in = {
        Path(inspect.getfile(inspect.unwrap(pattern.callback))).stem: pattern.name
        for pattern in urls.urlpatterns
        if isinstance(pattern, URLPattern) and pattern.name in TWINS
    }
    assert giving <= made_in.keys()
