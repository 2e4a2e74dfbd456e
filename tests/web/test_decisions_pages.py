"""Pages of decisions: where proposals stand at an instant, on whose clock; what can still come; rules, and what votes under them can do."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

import comity
from comity.decisions import CountingOnRecord, decisions_of
from comity.power import blocking_coalitions, power_of
from comity.standing import Standing
from comity.votes import roll, rule_named, voters_of
from comity.web.asking import Asked
from comity.web.decisions.asking import Lately, every_decision, turns_of
from comity.web.decisions.instants import When, lasting_in_words
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.web.a_round import CRISIS, MANDATE, NOW, SECRET, TODAY, a_round
from tests.web.conftest import client_of
from tests.web.refusals import AXES, FILES, line_of

TURKEY = "nato-2003-turkey"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return a_round(tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="module")
def desk(held: Held) -> Client:
    return client_of(held)


def says(client: Client, url: str, status: int = 200, **environ: Any) -> str:
    response = client.get(url, **environ)
    assert response.status_code == status, url
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def rows(client: Client, url: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(url).json()[name]
    return found


def test_the_list_is_what_the_room_says_and_what_ends_soonest_comes_first(held: Held, desk: Client) -> None:
    standing = Standing(held.opened.record, on=TODAY, known=TODAY)
    wanted = {one.proposal.ref: {str(s.state) for s in one.stands} for one in decisions_of(standing, CountingOnRecord(standing), NOW)}
    found = rows(desk, "/decisions?format=json", "decisions")
    assert {row["ref"]: set(row["states"]) for row in found} == wanted
    assert [row["ref"] for row in found] == [CRISIS, SECRET, MANDATE, TURKEY, f"{TURKEY}-dpc"]
    assert len(found[0]["awaited"]) == 32
    page = says(desk, "/decisions")
    for words in ("2026-11-28 12:00 Europe/Brussels (11:00 UTC) 1 hour and 30 minutes left", "3 against the clock", "astray replies to nothing"):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("state=voting", [MANDATE]),
        ("state=open", [CRISIS, SECRET, MANDATE, TURKEY]),
        ("state=adopted", [f"{TURKEY}-dpc"]),
        ("body=nato/dpc", [f"{TURKEY}-dpc"]),
        ("party=Belgium", [CRISIS, SECRET]),
        ("party=RUS", [MANDATE]),
        ("party=GBR&state=voting", []),
        ("at=2003-02-07T12:00Z", [TURKEY]),
        ("on=2003-02-16", [f"{TURKEY}-dpc", TURKEY]),
    ],
)
def test_filters_leave_what_is_asked_for(desk: Client, query: str, refs: list[str]) -> None:
    assert sorted(row["ref"] for row in rows(desk, f"/decisions?{query}&format=json", "decisions")) == sorted(refs)
    assert refs or "No proposal is so" in says(desk, f"/decisions?{query}")


@pytest.mark.parametrize(
    ("at", "states", "verdict"),
    [
        ("2003-02-07T12:00Z", ["under-silence"], "yes"),
        ("2003-02-10T09:00%2B01:00", ["under-silence", "broken"], "unknown"),
        ("2003-02-10T06:00:00-05:00", ["broken", "adopted"], "unknown"),
        ("2003-02-10T06:02:00-05:00", ["broken"], "yes"),
    ],
)
def test_february_2003_stands_as_it_stood_at_each_instant(desk: Client, at: str, states: list[str], verdict: str) -> None:
    (row,) = [one for one in rows(desk, f"/decisions?at={at}&format=json", "decisions") if one["ref"] == TURKEY]
    assert (row["states"], row["verdict"]) == (states, verdict)
    page = says(desk, f"/decisions/{TURKEY}?at={at}")
    assert "As it stood then:" in page
    assert ("settled by the chair’s record: not adopted" in page) == (states == ["broken"])


def test_the_room_tells_the_clock_texts_votes_and_statements(desk: Client) -> None:
    page = says(desk, f"/decisions/{CRISIS}")
    for words in (
        "Silence ends 2026-11-28 12:00 Europe/Brussels (11:00 UTC)", "1 hour and 30 minutes left", "32 members", "may break silence until",
        "is a vote while silence runs: it breaks nothing", "Text 2", "the text that stands PO(2026)0117-REV1 the escort ends with the year",
        "convoys are escorted on the high seas alone", "interpretative statement", "Under silence one objection is enough",
        "Each of those who have not voted can stop it alone",
    ):  # fmt: skip
        assert words in page, words
    whole = desk.get(f"/decisions/{CRISIS}").content.decode()
    assert 'data-until="2026-11-28T11:00:00Z"' in whole
    assert "clock.js" in whole
    assert "clock.js" not in desk.get(f"/decisions/{TURKEY}").content.decode(), "nothing runs any more"
    assert 'aria-details="acts"' in whole
    assert '<table class="list stack" id="acts">' in whole


def test_an_open_vote_tells_the_count_with_reasons_and_who_can_still_stop_it(desk: Client) -> None:
    page = says(desk, f"/decisions/{MANDATE}")
    for words in (
        "As it stands it comes to: not adopted", "at least 9 of all members: 3 of 15, needs 9", "is by one who does not vote on this",
        "It can still pass, and it can still fail. 11 have not voted. 6 more yes are enough", "1 can stop it alone by: no : RUS",
        "RUS and any 5 of", "(252 coalitions)",
    ):  # fmt: skip
        assert words in page, words


def test_each_list_and_the_drawing_of_a_room_are_files(desk: Client) -> None:
    for name in ("acts", "votes", "awaited", "texts", "statements"):
        found = rows(desk, f"/decisions/{CRISIS}?list={name}&format=json", name)
        lines = list(csv.DictReader(io.StringIO(desk.get(f"/decisions/{CRISIS}?list={name}&format=csv").content.decode())))
        assert len(found) == len(lines) > 0, name
    assert next(row["act"] for row in rows(desk, f"/decisions/{CRISIS}?list=acts&format=json", "acts")) == CRISIS
    drawn = desk.get(f"/decisions/{CRISIS}?chart=time&format=svg").content.decode()
    assert drawn.count('class="deed') >= 4
    meta = desk.get(f"/decisions/{CRISIS}?chart=time&format=metadata").json()
    assert meta["rows"] == 4


def test_what_ends_when_is_a_calendar(desk: Client) -> None:
    for url, number in (("/decisions?format=ics", 3), ("/decisions?format=ics&party=RUS", 1), (f"/decisions/{CRISIS}?format=ics", 1)):
        events = icalendar.Calendar.from_ical(desk.get(url).content).walk("VEVENT")
        assert len(events) == number, url
    assert events[0].decoded("dtstart") == datetime(2026, 11, 28, 11, tzinfo=UTC)


def test_nobody_learns_of_a_proposal_that_they_may_not_see(tmp_path: Path, desk: Client) -> None:
    without = client_of(a_round(tmp_path, hidden=False))
    french: dict[str, Any] = {READER: Reader("lou", "FRA", frozenset({Role.VIEWER}))}
    for url in (
        "/decisions", "/decisions?format=json", "/decisions?format=ics&party=BEL", f"/decisions/{CRISIS}", f"/decisions/{SECRET}",
        f"/decisions/{SECRET}?list=acts&format=json", "/search?q=apart&format=json", "/decisions?state=open",
    ):  # fmt: skip
        seen, never = (re.sub(rb"DTSTAMP[^\r\n]*", b"", client.get(url, **french).content) for client in (desk, without))
        assert seen == never, url
    assert desk.get(f"/decisions/{SECRET}", **french).status_code == 404
    belgian: dict[str, Any] = {READER: Reader("an", "BEL", frozenset({Role.VIEWER}), cleared=("NATO: SECRET",))}
    assert "Kept <b>apart</b>" in says(desk, f"/decisions/{SECRET}", **belgian)


def test_the_way_to_an_answer_is_kept_where_one_looks_for_it(desk: Client) -> None:
    assert desk.get(f"/decisions/{CRISIS}/answer")["Location"] == f"/answer/{CRISIS}"
    assert desk.get("/decisions/none/answer").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "line"),
    [
        *AXES,
        *FILES,
        ("state=shouted", 400, "choose one of open, proposed"),
        ("party=Narnia", 404, "no party"),
        ("at=noon", 400, "at: &#x27;noon&#x27; is not a moment"),
        ("at=2003-02-10", 400, "has no hour; write an instant with its zone, such as 2003-02-10T12:00Z"),
        ("at=2003-02-10T12:00Z&on=2003-02-11", 400, "is not on 2003-02-11"),
    ],
)
def test_what_is_wrong_with_a_list_is_one_line(desk: Client, query: str, status: int, line: str) -> None:
    assert line in line_of(desk.get(f"/decisions?{query}"), status)


@pytest.mark.parametrize(
    ("url", "status", "line"),
    [
        ("/decisions/nato-2003-turky", 404, "did you mean nato-2003-turkey"),
        ("/decisions/nothing-like-it", 404, "look it up under Decisions"),
        (f"/decisions/{CRISIS}?on=2026-11-01", 404, "was not made yet at that time"),
        (f"/decisions/{CRISIS}?list=walls&format=csv", 400, "is no list of this page"),
        (f"/decisions/{CRISIS}?chart=walls", 400, "is no chart of this page"),
    ],
)
def test_what_is_wrong_with_one_is_one_line(desk: Client, url: str, status: int, line: str) -> None:
    assert line in says(desk, url, status)


def test_a_record_without_proposals_says_how_one_begins(small: Any) -> None:
    client = client_of(Held(small))
    assert "One begins with an act of proposing it" in says(client, "/decisions")
    assert "record one with the text of the agreement" in says(client, "/decision-rules")


# -- rules and what votes under them can do -----------------------------------------------------------------------------


def test_rules_stand_with_their_words_article_and_electorate(desk: Client) -> None:
    page = says(desk, "/decision-rules?of=UN/SC")
    for words in ("3 rules", "un-charter/security-council", "at least 9 of all members; barred by no of CHN, FRA, GBR, RUS, USA", "art. 27(3), 23"):
        assert words in page, words
    found = {row["rule"]: row for row in rows(desk, "/decision-rules?format=json", "decision-rules")}
    assert [found[name]["members"] for name in ("nato-treaty/council", "un-charter/security-council", "un-charter/general-assembly")] == [32, 15, 193]
    assert "did you mean" in line_of(desk.get("/decision-rules?of=NATO/NAT"), 404)


def test_votes_that_are_set_are_kept_in_an_address_of_few_words(desk: Client) -> None:
    asked = "/decision-rules/un-charter/security-council"
    given = {"rest": "yes", "v.RUS": "no", "v.CHN": "abstain", "v.FRA": "abstain", "v.USA": "", "concerned": ""}
    assert desk.get(asked, given)["Location"] == f"{asked}?rest=yes&no=RUS&abstain=CHN%2CFRA#comes"
    page = says(desk, f"{asked}?rest=yes&no=RUS&abstain=CHN,FRA")
    for words in ("not adopted yes 12 no 1 abstain 2", "barred by no of CHN, FRA, GBR, RUS, USA: RUS", "It cannot pass any more."):
        assert words in page, words
    assert "adopted yes 12 abstain 3" in says(desk, f"{asked}?rest=yes&abstain=Russian Federation,CHN,FRA"), "by name as well"


def test_what_votes_can_do_is_what_the_room_measures(held: Held, desk: Client) -> None:
    standing = Standing(held.opened.record, on=TODAY, known=TODAY)
    found = roll(standing, rule_named(standing, "un-charter/security-council"))
    power = power_of(found.rule, voters_of(found))
    given = rows(desk, "/decision-rules/un-charter/security-council?list=power&format=json", "power")
    assert {code: row["banzhaf"] for row in given for code in row["members"]} == {one.code: float(one.banzhaf) for one in power.members}
    stops = blocking_coalitions(found.rule, voters_of(found))
    assert f"({stops.listed[-1].number} coalitions)" in says(desk, "/decision-rules/un-charter/security-council")
    assert "5005" not in str(given)


def test_the_twenty_seven_answer_quickly_and_say_where_figures_are(desk: Client) -> None:
    page = says(desk, "/decision-rules/teu/qualified-majority?on=2020-03-01&no=DEU,FRA&than=teu/simple-majority")
    for words in ("27 members on 2020-03-01", "25 have not voted", "Before and after", "0.20941"):
        assert words in page, words
    assert "of which the record has no figure for AUT, BEL" in says(desk, "/decision-rules/teu/qualified-majority")
    assert "it has figures from" in says(desk, "/decision-rules/teu/qualified-majority")


def test_a_change_of_membership_is_set_beside_what_is(desk: Client) -> None:
    asked = "/decision-rules/teu/qualified-majority?on=2020-03-01"
    before = {row["members"][0]: row for row in rows(desk, f"{asked}&without=DEU&with=UKR:population=730&list=compared&format=json", "compared")}
    assert (before["DEU"]["banzhaf_after"], before["UKR"]["banzhaf_before"]) == (None, None)
    assert before["FRA"]["share_after"] > before["FRA"]["share_before"]
    page = desk.get(f"{asked}&without=DEU").content.decode()
    assert page.count('class="powers"') == 2
    assert 'aria-details="compared"' in page


@pytest.mark.parametrize(
    ("query", "status", "line"),
    [
        ("no=Narnia", 404, "no party"),
        ("no=DEU", 400, "DEU has no seat under un-charter/security-council"),
        ("no=RUS&yes=RUS", 400, "RUS is set to vote both yes and no"),
        ("rest=perhaps", 400, "choose one of yes, no"),
        ("without=DEU", 400, "DEU is no member"),
        ("with=RUS", 400, "RUS is a member already"),
        ("than=un-charter/security", 404, "no rule"),
        ("than_on=x", 400, "than_on: "),
    ],
)
def test_what_is_wrong_with_what_is_set_is_one_line_above_the_form(desk: Client, query: str, status: int, line: str) -> None:
    assert line in line_of_first(desk, f"/decision-rules/un-charter/security-council?{query}", status)


def line_of_first(client: Client, url: str, status: int) -> str:
    response = client.get(url)
    assert response.status_code == status
    (problem,) = re.findall(r'<p class="problem" role="alert">(.*?)</p>', response.content.decode())
    found: str = problem
    return found


@pytest.mark.parametrize(("name", "status"), [("none/none", 404), ("nato-treaty/none", 404), ("teu/qualified-majority?on=1950-01-01", 404)])
def test_a_rule_that_is_not_there_is_not_on_record(desk: Client, name: str, status: int) -> None:
    assert desk.get(f"/decision-rules/{name}").status_code == status


def test_a_decision_and_a_rule_are_found_by_their_words(desk: Client) -> None:
    for words, kind, link in (("convoys", "decision", f"/decisions/{CRISIS}"), ("0117", "decision", f"/decisions/{CRISIS}"),
                              ("UN/SC procedural", "decision rule", "/decision-rules/un-charter/security-council-procedure")):  # fmt: skip
        found = rows(desk, f"/search?q={words}&kind={kind}&format=json", "found")
        assert [row["link"] for row in found] == [link], words


def test_what_was_asked_lately_is_what_comes_out_anew_at_every_turn(held: Held) -> None:
    this = Asked(held, held.fold(TODAY, None, False), TODAY, TODAY, None, False, TODAY, {})
    standing = Standing(held.opened.record, on=TODAY, known=TODAY)
    begins, kept = datetime(2026, 11, 28, 7, 59, 50, tzinfo=UTC), 0
    ends = datetime(2026, 11, 28, 11, tzinfo=UTC)
    instants = [begins + timedelta(seconds=n) for n in (*range(0, 20, 3), *range(20, 4000, 311))] + [
        ends + timedelta(seconds=n) for n in (-2, -1, 0, 1)
    ]
    for at in instants:
        before = this.ask("decisions lately", lambda s: Lately(turns_of(s))).kept
        found = every_decision(When(this, at, True))
        kept += before is not None and before[0] != at and this.ask("decisions lately", lambda s: Lately(turns_of(s))).kept is before
        assert found == decisions_of(standing, CountingOnRecord(standing), at), at
    assert 3 < kept < len(instants)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=30), "1 hour and 30 minutes"),
        (timedelta(hours=2, seconds=59), "2 hours"),
        (timedelta(days=3, hours=1, minutes=59), "3 days and 1 hour"),
        (timedelta(days=1, minutes=59), "1 day"),
    ],
)
def test_what_is_left_is_told_by_its_two_largest_parts(span: timedelta, words: str) -> None:
    assert str(lasting_in_words(span)) == words


def test_the_bundled_book_has_its_rules_within_patience() -> None:
    client = client_of(Held(comity.open(comity.bundled_book()), patience=0.0))
    assert "still being derived" in says(client, "/decision-rules"), "what takes long is left out, and said to be"
