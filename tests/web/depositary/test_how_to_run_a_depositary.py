"""The page docs/how-to/run-a-depositary.md: each address in it is asked, and says what the page says it says."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from comity.web.depositary.instruments import RECEIVED
from comity.web.depositary.powers import TITLES
from comity.web.depositary.waiting import WHAT
from tests.web.depositary.conftest import bundled, officer

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "run-a-depositary.md").read_text(encoding="utf-8")
ASKED = [(found[1], re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", found[2])) for found in re.finditer(r"\n    (/\S+)\n\n([^\n]+)", PAGE)]


@pytest.fixture(scope="module")
def office() -> Client:
    return officer(bundled("pfp-sofa", "nato-sofa", "cwc", "ottawa", "rome-statute"))


def test_there_is_something_to_ask() -> None:
    assert len(ASKED) == 6
    assert all(says for _, says in ASKED)


@pytest.mark.parametrize(("address", "says"), ASKED)
def test_what_it_says_comes_out(office: Client, address: str, says: list[str]) -> None:
    answer = office.get(address)
    words = " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split()).casefold()
    assert answer.status_code == 200
    assert [one for one in says if one.rstrip(".").casefold() not in words] == []


def test_every_sort_kind_and_office_is_told() -> None:
    for word in (*WHAT, *RECEIVED, *TITLES):
        assert f"`{word}`" in PAGE, word
