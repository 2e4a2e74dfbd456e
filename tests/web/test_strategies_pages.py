"""Strategies: what is brought is worked out as the room does, compared with an older version, handed out, and never kept; refusals in one line."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity import strategies
from comity.planning import read_strategy
from comity.standing import Standing
from comity.web.bringing import LARGEST
from comity.web.holding import Held
from comity.web.readers import Reader
from tests.web.conftest import client_of
from tests.web.recording.conftest import Desk, desk, ledger, served

__all__ = ["desk", "ledger", "served"]
EXAMPLES = Path(__file__).parents[2] / "examples"
NEW, OLD = EXAMPLES / "strategy-small-state.toml", EXAMPLES / "strategy-small-state-1.toml"
TEXT, OLDER = NEW.read_text(encoding="utf-8"), OLD.read_text(encoding="utf-8")
DAY = date(2026, 11, 1)
PAGE, ON = "/strategies", "on=2026-11-01&known=2026-11-01"


def says(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def post(client: Client, status: int = 200, **given: Any) -> Any:
    response = client.post(f"{PAGE}?{ON}", {name.replace("_", "-"): value for name, value in given.items()})
    assert response.status_code == status, says(response)[-600:]
    return response


def test_flaws_and_progress_are_those_of_the_room(client: Client, held: Held) -> None:
    strategy = read_strategy(NEW).strategy
    standing = Standing(held.opened.record, on=DAY, known=DAY)
    progress = strategies.progress_of(strategy, standing.on, strategies.record_reader(standing))
    flaws = strategies.check_strategy(strategy, strategies.known_of_strategy(strategy, standing))
    page = says(post(client, strategy_text=TEXT))
    assert "This file is looked at, and not kept" in page
    assert all(flaw.says in page for flaw in flaws)
    listed = client.get(f"{PAGE}?example=small-state&{ON}&format=json").json()["indicators"]
    assert [(row["indicator"], row["progress"], row["why"]) for row in listed] == [
        (one.measure.id, str(target.progress), target.why or None) for one in progress for target in one.targets
    ]
    for one in progress:
        for target in one.targets:
            assert f"{strategies.MARKS[target.progress]} {target.progress}" in page
            assert target.why in page


def test_the_tree_goes_from_interests_down_and_tells_an_objective_once(client: Client) -> None:
    page = says(client.get(f"{PAGE}?example=small-state&{ON}"))
    tree = page.partition("missed in spite of it.")[2].partition("Indicators Indicators")[0]
    strategy = read_strategy(NEW).strategy
    for text in [*(one.text for one in strategy.interest), *(one.text for one in strategy.outcome)]:
        assert text in tree
    shared = next(aim for aim in strategy.objective if len(aim.serves) > 1)
    assert tree.count(shared.statement) == len(shared.serves)
    assert tree.count("as above") == len(shared.serves) - 1


def test_two_versions_stand_beside_one_another_with_the_decision_that_each_change_answers(client: Client) -> None:
    found = strategies.strategy_diff(read_strategy(OLD).strategy, read_strategy(NEW).strategy)
    page = says(post(client, strategy_text=TEXT, old_text=OLDER))
    assert "From version 1 to version 2." in page
    assert f"{len(found.differences)} changes" in page
    for one in found.differences:
        assert one.new in page
        assert all(answer.decision.text in page for answer in one.answers)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?example=small-state&list=changes&format=csv").content.decode())))
    assert [(row["part"], row["id"], row["done"]) for row in rows] == [(one.part, one.id, one.done) for one in found.differences]
    assert "What changed" not in says(post(client, strategy_text=TEXT))
    assert "two strategies; give two versions of one" in says(post(client, 400, strategy_text=TEXT, old_text=OLDER.replace("republic-2024", "x")))


def test_the_api_says_the_same(client: Client) -> None:
    answer = client.post(f"/api/v1/strategies?{ON}", {"text": TEXT, "older": OLDER}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    given = answer.json()
    assert given["strategy"]["id"] == "republic-2024"
    assert given["strategy"]["sha256"] == read_strategy(NEW).sha256
    assert [one["says"] for one in given["flaws"]]
    assert given["difference"]["old"] == 1
    assert given["reviews"]
    for wrong, line in (("", "text is blank"), ("title = ", "not TOML"), ("#" * (LARGEST + 1), "")):
        refused = client.post("/api/v1/strategies", {"text": wrong}, content_type="application/json")
        assert refused.status_code == 400
        assert line in refused.content.decode()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("", "nothing was sent; choose the file of a strategy, or paste it"),
        ("title = ", "strategy.toml: not TOML:"),
        ('title = "x"\nversion = "two"\n', "strategy.toml:2:"),
        ("#" * (LARGEST + 1), "the text is larger than 250,000 bytes"),
        ("x = " + "[" * 400 + "]" * 400, "strategy.toml: more than 60 brackets are open at once; close them"),
        (TEXT.replace("version = 2", f"version = {'9' * 5000}"), "strategy.toml: a number of more than 30 digits; write it shorter"),
        (TEXT + "\n".join(f'[[interest]]\nid = "i{n}"\ntext = "t"' for n in range(900)), "parts; 800 are looked at here"),
        (TEXT.replace("from = 2024-01-01", "from = 0001-01-01"), "lies outside the years 1900 to 2200"),
    ],
)
def test_what_cannot_be_read_says_where_and_why_and_is_not_lost(client: Client, given: str, line: str) -> None:
    page = post(client, 400, strategy_text=given)
    assert line in says(page)
    assert "Traceback" not in says(page)
    if given and len(given) < LARGEST:
        assert given[:60].split("\n", maxsplit=1)[0] in unescape(page.content.decode())


def test_a_file_is_read_as_what_is_pasted_and_one_that_is_too_large_or_no_text_is_refused(client: Client) -> None:
    page = says(post(client, strategy_file=SimpleUploadedFile("my programme.toml", TEXT.encode()), strategy_text="not looked at"))
    assert "Text of my programme.toml" in page
    assert "the file is larger than 250,000 bytes" in says(post(client, 400, strategy_file=SimpleUploadedFile("x.toml", b"#" * (LARGEST + 1))))
    assert "is not UTF-8" in says(post(client, 400, strategy_file=SimpleUploadedFile("x.toml", b"title = '\xff'")))


def test_lists_and_the_picture_are_handed_out_of_what_was_pasted(client: Client) -> None:
    picture = post(client, strategy_text=TEXT, do="svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"Logic model" in picture.content
    rows = list(csv.DictReader(io.StringIO(post(client, strategy_text=TEXT, do="file", list="indicators", format="csv").content.decode())))
    assert rows[0]["indicator"] == "days-to-receive"
    assert "is no list of this page" in says(post(client, 400, strategy_text=TEXT, do="file", list="x"))
    assert "write format=json, csv" in says(post(client, 400, strategy_text=TEXT, do="file", list="flaws", format="pdf"))
    assert "this page checks a file" in says(post(client, 400, strategy_text=TEXT, do="destroy"))
    assert "is no example; choose one of small-state, two-allies" in says(client.get(f"{PAGE}?example=none"))


def test_what_is_written_in_a_file_is_text_on_the_page(client: Client) -> None:
    hostile = TEXT.replace("An attack on the Republic", "<script>alert(1)</script> & <b>attack</b>")
    page = post(client, strategy_text=hostile).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_a_reader_may_not_see_is_as_what_never_was(held: Held) -> None:
    """An agreement that is kept from a reader reads as one that is not on record."""
    told = []
    for name in ("vienna-document-2011", "nowhere"):
        client = client_of(held.for_reader(Reader("guest", agreements=frozenset({"nato-treaty", "nato-sofa"}))))
        text = TEXT.replace("vienna-document-2011", name)
        told.append(says(post(client, strategy_text=text)).replace(name, "AGREEMENT"))
    assert "no agreement 'AGREEMENT' is on record" in told[0]
    assert told[0] == told[1]


def test_a_form_of_another_site_is_refused_and_nothing_is_written(desk: Desk) -> None:
    desk.strict = True
    assert desk.post(PAGE, {"strategy-text": TEXT}).status_code == 403
