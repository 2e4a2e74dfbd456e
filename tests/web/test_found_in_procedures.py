"""Exercises, courses and lessons are found by their names, each on the line of the page where it stands, by who may see it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.exercised import exercised

TODAY = date(2025, 11, 15)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return client_of(Held(exercised(tmp_path_factory.mktemp("exercised")), today=lambda: TODAY))


def found(client: Client, words: str, kind: str, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get("/search", {"q": words, "kind": kind, "format": "json", **query}).json()["found"]
    assert rows == [row for row in rows if row["kind"] == kind]
    return rows


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("dune", "exercise", "Dune <b>2024</b>"),
        ("float bridges", "course", "Building float bridges"),
        ("bridging", "course", "Building float bridges"),
        ("rations labels", "lesson", "Rations came without labels"),
        ("high water", "exercise", "High Water 2025"),
    ],
)
def test_it_is_found_and_leads_to_the_line_where_it_stands(desk: Client, words: str, kind: str, title: str) -> None:
    (row,) = found(desk, words, kind)
    assert row["title"] == title
    path, _, at = row["link"].partition("#")
    page = desk.get(path)
    assert page.status_code == 200
    if kind != "exercise":
        (line,) = re.findall(rf'<tr id="{at}">.*?</tr>', page.content.decode(), re.DOTALL)
        assert title in line
    palette = desk.get("/search", {"q": words, "part": "1"}).content.decode()
    assert row["link"].replace("&", "&amp;") in palette


def test_the_days_asked_about_are_kept_and_what_began_later_is_not_there(desk: Client) -> None:
    (row,) = found(desk, "float bridges", "course", on="2025-11-14", known="2026-01-01")
    assert "on=2025-11-14" in row["link"]
    assert not found(desk, "float bridges", "course", on="2010-01-01")


def test_lessons_are_found_by_their_exercise_too(desk: Client) -> None:
    assert len(found(desk, "high water", "lesson")) > 3


def test_nobody_finds_what_they_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(Held(exercised(tmp_path, hidden=False), today=lambda: TODAY))
    for words in ("silen", "nobody spoke", "2025"):
        for viewer in ("EST", "public"):
            for more in ("&format=json", "", "&part=1"):
                url = f"/search?q={words}&as={viewer}{more}"
                assert desk.get(url).content == without.get(url).content, url
    seen = {row["kind"] for row in desk.get("/search?q=silen&as=BEL&format=json").json()["found"]}
    assert seen == {"course", "exercise", "lesson"}
