"""The API's own page, and docs/reference/api.md: every operation is listed, every example is run and true."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.web.api.problems import KINDS
from tests.web.api.conftest import Plain
from tests.web.conftest import foreign_scripts

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n(GET|POST) (\S+)\n(?:([\[{].*)\n)?(?:(\d{3})\n)?```\n(?:\n```json\n(.+)\n```)?", TEXT)


def is_part(told: Any, whole: Any) -> bool:
    """Is all that is told in the whole?"""
    if isinstance(told, dict):
        return isinstance(whole, dict) and all(key in whole and is_part(value, whole[key]) for key, value in told.items())
    if isinstance(told, list):
        return isinstance(whole, list) and len(told) == len(whole) and all(map(is_part, told, whole))
    return bool(told == whole)


@pytest.mark.parametrize(("method", "url", "body", "status", "told"), EXAMPLES, ids=[url for _, url, *_ in EXAMPLES])
def test_an_example_of_the_docs_is_true(client: Client, method: str, url: str, body: str, status: str, told: str) -> None:
    response = client.get(url) if method == "GET" else client.post(url, body, content_type="application/json")
    assert response.status_code == int(status or 200), response.content
    if told:
        assert is_part(json.loads(told), response.json()), response.json()


def test_the_docs_have_examples_and_none_is_passed_over() -> None:
    assert len(EXAMPLES) == TEXT.count("```http") == 6
    assert not is_part({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}), "a wrong example is found"


def test_the_docs_name_every_path_and_every_status(described: Plain) -> None:
    for status in KINDS:
        assert str(status) in TEXT
    for path in described["paths"]:
        if not path.startswith("/api/v1/questions/"):
            assert path.split("/{")[0].rpartition("/")[2] in TEXT, path


def test_the_page_lists_every_operation_and_every_problem(client: Client, described: Plain) -> None:
    page = client.get("/api").content.decode()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            assert f'id="{operation["operationId"]}"' in page
    for kind in KINDS.values():
        assert f'id="{kind.name}"' in page
    assert not foreign_scripts(page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
