"""Lessons, training, interoperability and obligations for programs: each list of a page has its twin, with the same lines, for who may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.web.holding import Held
from tests.web.api.conftest import Plain, told_of, validator
from tests.web.conftest import client_of
from tests.web.exercised import exercised

V = "/api/v1"
TODAY = date(2025, 11, 15)
NATIONS = "nations=NLD,DEU,BEL,EST"
Row = dict[str, Any]
Key = Callable[[Row], object]


def ref(row: Row) -> object:
    return row["ref"]


def pair(row: Row) -> object:
    return (*row["nations"], row["capability"])


TWINS: list[tuple[str, str, str, Key, Key]] = [
    ("/lessons?", "/lessons?", "lessons", ref, ref),
    ("/lessons?late=1", "/lessons?late=1", "lessons", ref, ref),
    ("/lessons?body=Estonia&activity=high+water+2025", "/lessons?body=Estonia&activity=high+water+2025", "lessons", ref, ref),
    *((f"/training?{query}&list={name}", f"/training/{name}?{query}", name, ref, ref)
      for name in ("posts", "visits", "offers") for query in ("", "party=NLD")),
    ("/training?list=needs", "/training/needs?", "needs", ref, lambda row: row["need"]["ref"]),
    ("/training?list=trained", "/training/trained?", "trained", str, str),
    (f"/interoperability?{NATIONS}&half=1y&list=trained", f"/interoperability/trained?{NATIONS}&half=1y", "trained", pair, pair),
    (f"/interoperability?{NATIONS}&capability=land&list=gaps", f"/interoperability/gaps?{NATIONS}&capability=land", "gaps", pair,
     lambda row: pair(row["training"])),
    ("/interoperability?within=1w&list=gaps", "/interoperability/gaps?within=1w", "gaps", pair, lambda row: pair(row["training"])),
    ("/interoperability?nations=NLD+DEU&list=exercises", "/interoperability/exercises?nations=NLD,DEU", "exercises", str, str),
    ("/interoperability?nations=EST+NLD&list=courses-and-posts", "/interoperability/courses-and-posts?nations=EST,NLD", "courses-and-posts",
     str, str),
    (f"/interoperability?{NATIONS}&list=positions", f"/interoperability/positions?{NATIONS}", "positions", str, str),
    (f"/interoperability?{NATIONS}&list=shared", f"/interoperability/shared?{NATIONS}", "shared", str, str),
    ("/interoperability?list=editions", "/interoperability/editions?", "editions", lambda row: row["edition"], lambda row: row["edition"]),
    ("/interoperability?org=LEA&on=2020-01-01", "/interoperability/trained?org=LEA&on=2020-01-01", "trained", pair, pair),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return client_of(Held(exercised(tmp_path_factory.mktemp("exercised")), today=lambda: TODAY))


@pytest.mark.parametrize(("page", "url", "name", "shown", "given"), TWINS, ids=[twin[1] for twin in TWINS])
def test_the_twin_has_the_lines_of_the_page(desk: Client, described: Plain, page: str, url: str, name: str, shown: Key, given: Key) -> None:
    told = desk.get(f"{V}{url}&limit=1000").json()
    validator(described, f"{V}{url.partition('?')[0]}", "get").validate(told)
    lines = desk.get(f"{page}&format=json").json()[name]
    assert lines
    assert sorted(str(given(row)) for row in told[name]) == sorted(str(shown(row)) for row in lines)
    assert told["total"] == len(lines)


def test_a_course_has_all_its_nations_in_one_line(desk: Client) -> None:
    rows = desk.get("/training?list=courses&format=json").json()["courses"]
    told = desk.get(f"{V}/training/courses").json()["courses"]
    assert {row["ref"] for row in rows} == {row["ref"] for row in told}
    assert {(row["ref"], row["nation"]) for row in rows if row["nation"]} == {(c["ref"], n["nation"]) for c in told for n in c["nations"]}


@pytest.mark.parametrize(("url", "name"), [("lessons?", "lessons"), ("training/posts?", "posts"), (f"interoperability/gaps?{NATIONS}", "gaps")])
def test_the_parts_are_the_whole(desk: Client, url: str, name: str) -> None:
    (whole, following) = (desk.get(f"{V}/{url}&limit={limit}").json() for limit in (1000, 2))
    found = following[name]
    while following["next"]:
        following = desk.get(following["next"]).json()
        found += following[name]
    assert found == whole[name]
    assert len(found) > 2


def test_a_program_learns_nothing_of_what_its_reader_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(Held(exercised(tmp_path, hidden=False), today=lambda: TODAY))
    for where in ("lessons?", "training/courses?", "interoperability/trained?", "search?q=silen", "exercises?"):
        for viewer in ("EST", "public"):
            url = f"{V}/{where}&as={viewer}&limit=1000"
            assert desk.get(url).content == without.get(url).content, url
        assert desk.get(f"{V}/{where}&as=BEL&limit=1000").json() != without.get(f"{V}/{where}&as=BEL&limit=1000").json(), where
    asked = f"{V}/lessons?activity=Silent+2025"
    assert told_of(desk.get(f"{asked}&as=EST"), 404) == told_of(without.get(f"{asked}&as=EST"), 404)
    assert desk.get(f"{asked}&as=BEL").json()["total"] == 1


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("lessons?state=lost", 400, "choose one of submitted"),
        ("lessons?late=2", 400, "late="),
        ("lessons?view=list", 400, "view: there is no such parameter here"),
        ("training/posts?party=Nobody", 404, "no party 'Nobody' is on record"),
        ("interoperability/trained?half=x", 400, "half='x' is no span of time"),
        ("interoperability/gaps?nations=Nowhere", 404, "no party"),
        ("interoperability/exercises?nations=NLD,DEU,BEL", 400, "nations: exercises together are of two nations, and these are 3; name two"),
        ("obligations", 400, "attacked"),
        ("obligations?attacked=", 400, "attacked: it is blank; name who is attacked"),
        ("obligations?attacked=NLD&nature=x", 400, "nature='x'; choose one of non-state, cyber"),
        ("obligations?attacked=NLD&by=NLD", 400, "NLD"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(desk: Client, url: str, status: int, says: str) -> None:
    assert says in told_of(desk.get(f"{V}/{url}"), status)


@pytest.mark.parametrize("query", ["attacked=JPN&by=CHN", "attacked=USA&by=non-state&place=own&on=2001-09-13", "attacked=BEL&nature=cyber"])
def test_obligations_are_those_of_the_page_and_of_the_question(client: Client, query: str) -> None:
    rows = client.get(f"/obliged?{query}&format=json").json()["obligations"]
    told = client.get(f"{V}/obligations?{query}&limit=1000").json()["obligations"]
    assert sorted((row["party"], row["owes"], row["towards"], row["agreement"], row["verdict"]) for row in rows) == sorted(
        (row["by"], row["duty"], row["to"], row["agreement"], row["verdict"]) for row in told
    )
    assert rows
    if "nature" not in query:
        whole = client.get(f"{V}/questions/obliged?{query}").json()["obligations"]
        assert sorted(map(str, whole)) == sorted(map(str, told))
