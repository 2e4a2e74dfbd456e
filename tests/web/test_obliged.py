"""Obliged: the page says what the question says; each condition with its mark; the picture, the files and the feed say the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

import comity
from comity.questions import OBLIGED
from comity.responses import Response
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.holding import Held
from tests.web.refusals import AXES, line_of

ASKED = "/obliged?attacked=EST&by=RUS&on=2024-06-01"
AFTER = "/obliged?attacked=USA&by=non-state&place=own&on=2001-10-05"
MARK = re.compile(r'<span class="verdict v-(\w+)">')


@pytest.fixture(scope="module")
def answered(held: Held) -> Response:
    standing = Standing(held.opened.record, on=date(2024, 6, 1), known=held.today())
    return OBLIGED.find(standing, attacked="EST", by="RUS")


def main(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_file_has_every_obligation_of_the_answer(client: Client, answered: Response) -> None:
    rows = client.get(f"{ASKED}&format=json").json()["obligations"]
    wanted = [(row.line.debtor, row.line.creditor, row.line.clause.type, row.line.agreement, str(row.owed.verdict)) for row in answered.rows]
    assert wanted
    assert [(row["party"], row["towards"], row["owes"], row["agreement"], row["verdict"]) for row in rows] == wanted
    helping = next(row for row in rows if row["owes"] == "defence")
    assert (helping["article"], helping["depends_on"]) == ("5; 6", ["where the attack is"])


def test_the_page_names_who_has_to_help_and_how_surely(client: Client, answered: Response) -> None:
    page = main(client, ASKED)
    owing = answered.owing("defence")
    assert set(owing.values()) == {Verdict.UNKNOWN}
    head = page.partition('<article class="answer a-unknown">')[2].partition("</article>")[0]
    assert set(re.findall(r'<a class="code" href="/parties/(\w+)\?', head)) == set(owing)
    assert f"<b>{len(owing)}</b>" in head


def test_a_clause_leads_to_its_page_and_tells_each_condition(client: Client) -> None:
    page = main(client, ASKED)
    (card,) = re.findall(r'<article class="bond-of a-unknown">.*?</article>', page, re.DOTALL)
    assert 'href="/agreements/nato-treaty/clauses/' in card
    assert "question=between" in card
    assert "depends on where the attack is" in card
    at_home = main(client, ASKED + "&place=own")
    assert not re.findall(r'<article class="bond-of a-unknown">', at_home)
    assert "met:" in at_home


def test_what_would_decide_it_can_be_supposed(client: Client) -> None:
    page = main(client, ASKED)
    assert 'href="/obliged?on=2024-06-01&amp;attacked=EST&amp;by=RUS&amp;place=own"' in page
    assert "place=own" not in main(client, ASKED + "&place=pacific").partition("Ask another question")[0]


def test_an_invocation_its_answer_and_what_it_made_due(client: Client) -> None:
    page = main(client, AFTER)
    part = page.partition('id="invoked"')[2]
    assert 'href="/acts/nato-2001-article-5-confirmed?' in part
    assert 'href="/acts/nato-2001-eight-measures?' in part
    assert "help the party attacked" in part
    feed = client.get(AFTER + "&format=ics")
    assert feed["Content-Type"].startswith("text/calendar")
    assert feed.content.startswith(b"BEGIN:VCALENDAR")
    before = main(client, AFTER.replace("2001-10-05", "2001-09-30"))
    assert "nato-2001-article-5-confirmed" not in before
    assert '<article class="answer a-yes">' in page
    assert '<article class="answer a-unknown">' in before


def test_the_picture_says_what_its_table_says(client: Client) -> None:
    page = main(client, ASKED)
    drawn = re.findall(r'<path class="bond is-(\w+)"[^>]*><title>', page)
    table = page.partition('id="bonds"')[2].partition("</table>")[0]
    rows = [(MARK.findall(row)[0], len(re.findall(r'class="code" href="/parties/', row))) for row in table.split("<tr>")[2:]]
    assert drawn
    assert len(drawn) == sum(number for _, number in rows)
    assert set(drawn) == {verdict for verdict, _ in rows}
    svg = client.get(f"{ASKED}&chart=bonds&format=svg").content.decode()
    assert svg.count('class="bond is-') > len(drawn)
    assert "depends on what is not known" in svg
    assert client.get(f"{ASKED}&chart=bonds&format=csv").content.decode().startswith("agreement,article,owes,towards,side,verdict,parties")


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        ("by=RUS", 400, "needs who is attacked"),
        ("attacked=EST&by=EST", 400, "name two different parties"),
        ("attacked=EST&by=RUS&nature=non-state", 400, "is not by others than states"),
        ("attacked=EST&nature=x", 400, "choose one of non-state, cyber"),
        ("attacked=EST&provoked=perhaps", 400, "write yes or no"),
        ("attacked=EST&place=moon", 404, "or write one of own, europe"),
        ("attacked=Nowhere", 404, "no party"),
        ("attacked=DDR&on=2020-01-01", 404, "did not exist on 2020-01-01"),
    ],
)
def test_what_is_wrong_is_one_line(client: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(client.get(f"/obliged?{query}"), status)


def test_where_nobody_is_obliged_the_page_says_what_to_do(client: Client) -> None:
    page = main(client, "/obliged?attacked=NLD&by=BEL&on=1930-01-01")
    assert "Nobody on record is obliged to help" in page
    assert "choose another day above" in page


def test_a_state_and_an_alliance_lead_to_it(client: Client) -> None:
    assert 'href="/obliged?attacked=FIN"' in main(client, "/parties/FIN")
    assert "/obliged" not in main(client, "/parties/NATO")
    assert 'href="/obliged"' in main(client, "/agreements/nato-treaty")
    assert 'href="/obliged"' not in main(client, "/agreements/ctbt")


def test_what_a_reader_may_not_see_obliges_nobody_for_them(tmp_path: Path, make_client: Callable[[Held], Client]) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "acts").mkdir()
    names = {"AAA": "Alpha", "BBB": "Beta"}
    parties = [f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{name}" }}]\n' for code, name in names.items()]
    (tmp_path / "parties.toml").write_text("\n".join(parties))
    (tmp_path / "agreements" / "pact.toml").write_text(
        'id = "pact"\ntitle = "Pact"\nshort = "Pact"\nconcluded = 2000-01-01\nnegotiating = ["AAA", "BBB"]\n\n'
        '[[clause]]\nkind = "entry-into-force"\narticle = "2"\nsays = "Both ratify."\nread = "text"\nsource = "pact"\n'
        'when = { kind = "consents", number = "all", acts = ["ratify"], by = { of = "negotiating" } }\n\n'
        '[[clause]]\nkind = "obligation"\ntype = "defence"\narticle = "1"\nsays = "Each helps."\nread = "text"\nsource = "pact"\n'
    )
    (tmp_path / "acts" / "pact.csv").write_text(
        "ref,kind,actor,agreement,made,source,basis,policy,classification,releasable_to,originator,nonce\n"
        "pact-AAA-ratify,ratify,AAA,pact,2000-02-01,here,text,,,,,\n"
        "pact-BBB-ratify,ratify,BBB,pact,2000-03-01,here,text,NATO,SECRET,AAA,BBB,00112233445566778899aabbccddeeff\n"
    )
    client = make_client(replace(Held(comity.open(tmp_path), today=lambda: date(2026, 1, 1)), patience=20.0))
    url = "/obliged?attacked=AAA&format=json"
    (row,) = client.get(url).json()["obligations"]
    assert (row["party"], row["owes"], row["since"]) == ("BBB", "defence", "2000-03-01")
    assert client.get(f"{url}&as=public").json()["obligations"] == []
    assert "BBB" not in main(client, "/obliged?attacked=AAA&as=public").partition("Ask another question")[0]


def test_one_agreement_alone_can_be_asked(client: Client) -> None:
    alone = ASKED + "&agreement=nato-treaty"
    rows = client.get(f"{ASKED}&format=json").json()["obligations"]
    assert client.get(f"{alone}&format=json").json()["obligations"] == [row for row in rows if row["agreement"] == "nato-treaty"]
    page = main(client, alone)
    assert "of nato-treaty alone; what other agreements oblige to is not looked at" in page
    assert re.search(r'<option value="nato-treaty"[^>]* selected', page)
    assert "agreement=nato-treaty" in page.partition("Suppose that")[2].partition("</p>")[0]
    assert client.get(ASKED + "&agreement=none").status_code == 404
