"""How a page refuses: with its status and one line above its form, as text, with no script of anybody's; and what every page refuses alike."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from tests.web.conftest import foreign_scripts

PROBLEM = '<p class="problem" role="alert">'
Wrong = list[tuple[str, int, str]]
"""A query, the status, and words of the line."""
AXES: Wrong = [
    ("on=x", 400, "as of: &#x27;x&#x27; is not a day"),
    ("known=y", 400, "as known on: &#x27;y&#x27; is not a day"),
    ("as=NOBODY", 404, "seen by: no party"),
]
"""What no page with a form takes."""
FILLED = [(dict(parse_qsl(query)), status, says) for query, status, says in AXES]
"""The same, field by field."""
FILES: Wrong = [("format=pdf", 400, "format=")]
LISTS: Wrong = [*FILES, ("list=x&format=csv", 400, "is no list of this page"), ("chart=x", 400, "is no chart of this page")]
"""Nor a page with a list; and one with several lists and charts."""


def line_of(response: Any, status: int) -> str:
    """The one line with which it refuses."""
    page = response.content.decode()
    assert response.status_code == status, page[-600:]
    (problem,) = page.split(PROBLEM)[1:]
    assert "<form" in page
    assert not foreign_scripts(page)
    line: str = problem.partition("</p>")[0]
    return line


def status_of(says: str) -> int:
    """404 where the line says that something is not on record, else 400."""
    return 404 if any(words in says for words in ("no agreement", "no party", "mean FIN", "look it up", "script")) else 400
