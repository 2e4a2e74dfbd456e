"""Saved filters of exercises, missions, lessons, training and interoperability: each list by itself, answered as its page is, and in the API."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

import comity
from comity.about import Opened
from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.holding import Held
from comity.web.readers import Role
from comity.web.watching.asking_again import Answered, ask, due
from comity.web.watching.kinds import kind_of, question, twin
from comity.web.watching.kinds_of_procedures import ALONE, SEVERAL
from tests.web.a_mission import a_mission
from tests.web.a_round import CRISIS, TODAY, a_round
from tests.web.exercised import exercised
from tests.web.people.conftest import signed_in
from tests.web.talked import talked
from tests.web.watching.conftest import Make, on, person, saving

DAY = date(2025, 11, 15)
TALKS = Path(__file__).parents[3] / "examples" / "dialogue-book"
CLEARED = ("NATO: SECRET",)
EXAMPLES = {
    "exercises": "party=NLD", "missions": "", "lessons": "activity=High+Water+2025&view=list", "obliged": "attacked=JPN&by=CHN",
    "awaited": "party=DEU", "decisions": "state=open&party=BEL", "decision-rules": "of=UN/SC",
    "mediators": "a=NLD&b=BEL", "indicators": "indicator=refusals&party=NLD", "trust": "a=NLD&b=BEL",
    **{f"training:{name}": "party=NLD" for name in SEVERAL["training"]},
    "training:visits": "", "training:needs": "",
    **{f"interoperability:{name}": "nations=NLD,DEU,BEL" for name in SEVERAL["interoperability"]},
    "interoperability:exercises": "nations=NLD,DEU", "interoperability:editions": "",
    "disputes:disputes": "party=RUS", "disputes:incidents": "party=USA",
    **{f"dialogue:{name}": "agreement=staff-talks" for name in SEVERAL["dialogue"]},
    "domestic:instruments": "state=USA", "domestic:procedures": "state=GBR",
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return exercised(tmp_path_factory.mktemp("exercised"))


@pytest.fixture
def served(request: pytest.FixtureRequest, book: Opened, held: Held, tmp_path: Path) -> Held:
    """The record in which there is something of what is asked."""
    asked = str(getattr(request, "param", ""))
    if asked.startswith(("disputes", "domestic")):
        return talked(date(2022, 3, 10), kept=("cwc", "genocide", "ctbt"))
    if asked.startswith(("dialogue", "awaited")):
        return Held(comity.open(TALKS), patience=60.0, today=lambda: date(2026, 3, 10))
    if asked.startswith("decision"):
        return a_round(tmp_path)
    return a_mission() if asked == "missions" else on(held) if asked == "obliged" else Held(book, patience=60.0, today=lambda: DAY)


def of(example: str) -> tuple[str, str]:
    """The path and query of an example."""
    name, _, several = example.partition(":")
    return reverse(name), "&".join(filter(None, (EXAMPLES[example], several and f"list={several}")))


def asked(held: Held, name: str, path: str, query: str) -> Answered:
    """A filter as this person is answered it."""
    reader = person(name).reader
    return ask(held.for_reader(reader), reader, path, query)


def test_every_list_has_an_example() -> None:
    assert EXAMPLES.keys() == {*ALONE, *(f"{name}:{one}" for name, lists in SEVERAL.items() for one in lists)}


@pytest.mark.parametrize(("served", "example"), [(name, name) for name in EXAMPLES], indirect=["served"])
def test_its_lines_are_those_of_the_page_and_of_the_api(office: Make, served: Held, example: str) -> None:
    path, query = of(example)
    kind = kind_of(path[1:], {"list": example.partition(":")[2]})
    assert kind is not None
    found, client = asked(served, "anna", path, query), signed_in(served, "anna")
    shown = client.get(f"{path}?{query}&format=json").json()[kind.rows]
    assert found.whole
    assert len(found.lines) == len(shown) > 0, "two rows of the page have one key, or a row has none"
    assert all(line.says and "None" not in line.says for line in found.lines)
    assert all(not line.link or client.get(line.link).status_code == 200 for line in found.lines[:2])
    described = description(API)["paths"][f"/api/v1/{kind.api}"]["get"]["parameters"]
    assert set(kind.takes) <= {one["name"] for one in described}
    given = client.get(twin(path, query))
    assert given.status_code == 200, given.content
    assert given.json()[kind.api.rpartition("/")[2]]
    assert twin(path, "xyzzy=1") == ""


def test_the_form_of_a_page_with_several_lists_says_which(office: Make, book: Opened) -> None:
    client = signed_in(Held(book, patience=60.0, today=lambda: DAY), "anna")
    page = client.get("/training?party=NLD").content.decode()
    assert all(f'<option value="{name}">' in page for name in SEVERAL["training"])
    assert '<option value="needs" selected>' in client.get("/training?list=needs").content.decode()
    assert '<option value="exercises">' not in client.get("/interoperability").content.decode(), "of two nations alone"
    client.post("/saved", {"name": "Posts", "path": "/training", "query": "list=needs&party=NLD", "list": "posts"})
    (saved,) = client.get("/saved?format=json").json()["saved"]
    assert (saved["page"], saved["api"]) == ("/training?party=NLD&list=posts", "/api/v1/training/posts?party=NLD")
    assert client.get(saved["page"]).status_code == client.get(saved["api"]).status_code == 200
    for wrong in ({"query": "list=walls"}, {"query": "", "list": "walls"}):
        assert client.post("/saved", {"name": "x", "path": "/training", **wrong}).status_code == 400


def test_what_is_to_be_done_about_a_lesson_falls_due_and_what_is_late_is_told(office: Make, book: Opened) -> None:
    held = Held(book, patience=60.0, today=lambda: DAY)
    found = due(asked(held, "anna", "/lessons", ""), DAY, 60)
    assert [(line.on, line.late, line.party) for line in found if "Radios" in line.says] == [(date(2025, 12, 15), False, "EST")]
    assert {line.says.partition(":")[0] for line in found if line.late} == {
        "Bridge class of roads not shared", "Rations came without labels",
    }  # fmt: skip
    assert not [line for line in found if "learned" in line.says or "rejected" in line.says]
    visits = due(asked(held, "anna", *of("training:visits")), DAY, 60)
    assert [(line.on, line.says) for line in visits] == [(date(2025, 11, 23), "BEL → NLD: Two officers of the planning staff, requested")]


def test_what_a_reader_may_not_see_is_in_none_of_their_filters(office: Make, people: Make, book: Opened) -> None:
    people("mari", Role.VIEWER, party="EST", cleared=CLEARED)
    people("bram", Role.VIEWER, party="BEL", cleared=CLEARED)
    held = Held(book, patience=60.0, today=lambda: DAY)
    for name in ("exercises", "lessons", "training:courses"):
        path, query = of(name)[0], of(name)[1].replace("party=NLD", "").replace("activity=High+Water+2025", "")
        says = {who: " ".join(line.says for line in asked(held, who, path, query).lines) for who in ("mari", "bram")}
        assert [any(word in says[who] for word in ("Silen", "Nobody spoke")) for who in ("mari", "bram")] == [False, True], name


def test_a_shared_filter_that_names_an_exercise_is_seen_by_whom_that_is_there(office: Make, people: Make, book: Opened) -> None:
    for name, cleared in (("bram", CLEARED), ("lotte", CLEARED), ("piet", ())):
        people(name, Role.VIEWER, party="BEL", cleared=cleared)
    held = Held(book, patience=60.0, today=lambda: DAY)
    for name, activity in (("Open", "High+Water+2025"), ("Closed", "Silent+2025")):
        saving.save(person("bram"), name, *question("/lessons", f"activity={activity}"), shared=True)
    pages = {name: signed_in(held, name).get("/saved").content.decode() for name in ("lotte", "piet")}
    assert ["Open" in pages["lotte"], "Closed" in pages["lotte"]] == [True, True]
    assert ["Open" in pages["piet"], "Closed" in pages["piet"], "Silent" in pages["piet"]] == [True, False, False]


def test_an_answer_that_is_awaited_falls_due_on_the_day_on_which_it_is(office: Make, people: Make, tmp_path: Path) -> None:
    people("luc", Role.VIEWER, party="ITA", cleared=CLEARED)
    held = a_round(tmp_path)
    found = due(asked(held, "luc", "/decisions", "party=ITA"), TODAY, 60)
    assert [(line.on, line.says, line.link) for line in found] == [
        (TODAY, "Ships of three members escort convoys (NATO/NAC): under-silence", f"/decisions/{CRISIS}")
    ], "and nothing of what only others may see"
