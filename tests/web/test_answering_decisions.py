"""Rounds opened and answered through the pages: what is bound and until when is shown first; what is sent comes on record once, for its own party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client

import comity
from comity import about
from comity.acts import Act, read_act
from comity.keeping import take_in
from comity.ledger import Ledger, create, open_ledger
from comity.web.asking import HELD
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.ledger.conftest import ORIGIN
from tests.web.a_round import CRISIS, MANDATE, NOW, SECRET, TODAY, a_round, folder_of
from tests.web.conftest import client_of
from tests.web.recording.conftest import HIDDEN, says, text

KEEPER = Reader("anna", roles=frozenset({Role.DESK_OFFICER}), cleared=("NATO: SECRET",))


@dataclass
class Desk:
    """Somebody at a desk or with a telephone, at a time that the test sets."""

    ledger: Ledger
    reader: Reader = KEEPER
    now: list[datetime] = field(default_factory=lambda: [NOW])

    def __post_init__(self) -> None:
        self.served = Served(Held(comity.open(self.ledger.url), today=lambda: TODAY, clock=lambda: self.now[0], patience=20.0))

    def _client(self, who: Reader | None) -> Client:
        environ: dict[str, Any] = {HELD: self.served.now(), READER: who or self.reader, "SERVER_NAME": "127.0.0.1"}
        return Client(**environ)

    def get(self, path: str, who: Reader | None = None) -> HttpResponse:
        return cast(HttpResponse, self._client(who).get(path))

    def post(self, path: str, given: dict[str, str], who: Reader | None = None) -> HttpResponse:
        return cast(HttpResponse, self._client(who).post(path, given))

    def form(self, path: str, who: Reader | None = None) -> dict[str, str]:
        """The hidden fields of the form on a page."""
        answer = self.get(path, who)
        assert answer.status_code == 200, says(answer)
        return hidden(answer)

    def act(self, ref: str) -> Act:
        (found,) = [act for _, data, _ in self.ledger.items() if data is not None and (act := read_act(data)).ref == ref]
        return found

    def size(self) -> int:
        return self.ledger.head().size


def hidden(answer: HttpResponse) -> dict[str, str]:
    found = dict(HIDDEN.findall(text(answer)))
    found.pop("csrfmiddlewaretoken", None)
    return found


def of(party: str, *roles: Role) -> Reader:
    return Reader("bert", party, frozenset(roles or (Role.DESK_OFFICER,)), cleared=("NATO: SECRET",))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    made = create(f"sqlite:///{folder}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(folder_of(tmp_path_factory.mktemp("book"))).book, made)
    made.close()
    return folder / "ledger.db"


@pytest.fixture(scope="module")
def lasting(whole: Path) -> Iterator[Desk]:
    ledger = open_ledger(f"sqlite:///{whole}", about.clock)
    yield Desk(ledger)
    ledger.close()


@pytest.fixture
def desk(lasting: Desk) -> Desk:
    """One ledger for all of these tests, in each of which others answer; at the time at which it begins."""
    lasting.now[0] = NOW
    return lasting


ANSWER = f"/answer/{CRISIS}"


def looked(desk: Desk, path: str = ANSWER, who: Reader | None = None, **given: str) -> HttpResponse:
    """What is shown before it is sent."""
    return desk.post(path, {**desk.form(path, who), "party": "BEL", "choice": "break", **given}, who)


def sent(desk: Desk, shown: HttpResponse, path: str = ANSWER, who: Reader | None = None) -> HttpResponse:
    return desk.post(path, {**hidden(shown), "do": "send"}, who)


def test_whom_it_binds_and_until_when_is_shown_before_anything_is_sent(desk: Desk) -> None:
    size = desk.size()
    page = says(looked(desk, says="the rules of engagement are not told"))
    for words in (
        "Before it is sent", "You answer for Belgium BEL", "Break silence", "the rules of engagement are not told", "silence broken",
        "2026-11-28 12:00 Europe/Brussels (11:00 UTC)", "1 hour and 30 minutes left", "until then it may be taken back", "32 members",
    ):  # fmt: skip
        assert words in page, words
    assert desk.size() == size


def test_silence_is_broken_from_the_page_and_taken_back(desk: Desk) -> None:
    done = sent(desk, looked(desk, says="not agreed at home yet"))
    assert (done.status_code, done["Location"]) == (302, f"/decisions/{CRISIS}")
    act = desk.act(f"{CRISIS}-BEL-breaks")
    assert (act.kind, act.actor, str(act.made), dict(act.details)) == (
        "break-silence",
        "BEL",
        "2026-11-28T09:30:00Z",
        {"says": "not agreed at home yet"},
    )
    assert act.replies_to == desk.act(CRISIS).hash
    room = says(desk.get(done["Location"]))
    assert "silence broken" in room
    assert "Objecting: Belgium BEL" in room
    desk.now[0] += timedelta(minutes=10)
    shown = looked(desk, choice="restore")
    assert "Take back my objection" in says(shown)
    assert sent(desk, shown).status_code == 302
    assert desk.act(f"{CRISIS}-BEL-takes-back").replies_to == act.hash
    assert "under silence" in says(desk.get(f"/decisions/{CRISIS}"))


def test_the_same_answer_sent_twice_comes_on_record_once(desk: Desk) -> None:
    shown = looked(desk, party="ITA", choice="explanation", says="after a word with home")
    first = sent(desk, shown)
    size = desk.size()
    again = sent(desk, shown)
    assert (first["Location"], again["Location"], desk.size()) == (f"/decisions/{CRISIS}", f"/decisions/{CRISIS}", size)


def test_what_changed_since_it_was_shown_is_shown_again_before_it_is_recorded(desk: Desk) -> None:
    shown, size = looked(desk, party="LUX"), desk.size()
    desk.now[0] += timedelta(hours=2)
    late = sent(desk, shown)
    page = says(late)
    assert (late.status_code, desk.size()) == (409, size)
    for words in ("it has changed since you were shown it", "silence broken or adopted", "what ran is over"):
        assert words in page, words
    assert sent(desk, late).status_code == 302, "what happened is recorded, whatever comes of it"
    room = says(desk.get(f"/decisions/{CRISIS}"))
    assert "silence broken or adopted" in room, "nobody says that every objection is on record"
    assert desk.act(f"{CRISIS}-LUX-breaks").made is not None


def test_a_vote_goes_with_its_explanation(desk: Desk) -> None:
    path = f"/answer/{MANDATE}"
    buttons = text(desk.get(path))
    assert [value in buttons for value in ('value="yes"', 'value="no"', 'value="abstain"')] == [True] * 3
    assert "This party does not vote on it" in says(desk.get(path, of("BEL")))
    shown = looked(desk, path, party="Pakistan", choice="no", says="too dear")
    assert "another vote of yours takes its place" in says(shown)
    assert sent(desk, shown, path).status_code == 302
    assert dict(desk.act(f"{MANDATE}-PAK-vote").details) == {"vote": "no"}
    assert dict(desk.act(f"{MANDATE}-PAK-explanation").details) == {"as": "explanation", "says": "too dear"}


def test_an_amendment_names_its_text(desk: Desk) -> None:
    digest = f"sha256:{'ab' * 32}"
    shown = looked(desk, party="POL", choice="amend", says="one ship only", text="PO(2026)0117-BEL", hash=digest)
    assert sent(desk, shown).status_code == 302
    assert dict(desk.act(f"{CRISIS}-POL-amends").details) == {"text": "PO(2026)0117-BEL", "hash": digest, "says": "one ship only"}
    assert "Amendment put forward Poland POL" in says(desk.get(f"/decisions/{CRISIS}"))


@pytest.mark.parametrize(
    ("given", "status", "line"),
    [
        ({"choice": ""}, 400, "choose an answer by one of the buttons"),
        ({"choice": "shout"}, 400, "choose an answer by one of the buttons"),
        ({"party": ""}, 400, "for whom do you answer?"),
        ({"party": "Narnia"}, 404, "no party 'Narnia' is on record"),
        ({"says": "first; second"}, 400, "semicolon"),
        ({"says": "x" * 2001}, 400, "longer than 2000 characters"),
        ({"choice": "amend"}, 400, "say what is to change"),
        ({"choice": "amend", "says": "x", "hash": "sha256:12"}, 400, "hash"),
        ({"choice": "restore", "party": "NLD"}, 400, "NLD has no objection that could be taken back"),
        ({"choice": "formal-reservation"}, 400, "write what is stated"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_kept_in_the_form(desk: Desk, given: dict[str, str], status: int, line: str) -> None:
    size = desk.size()
    answer = looked(desk, ANSWER, None, **given)
    (problem,) = re.findall(r'<p class="problem" role="alert">(.*?)</p>', text(answer), re.DOTALL)
    assert (answer.status_code, desk.size()) == (status, size)
    assert line in problem
    assert "\n" not in problem
    if given.get("says") and status == 400 and len(given["says"]) < 100:
        assert given["says"] in text(answer)


def test_everybody_answers_for_their_own_party_alone(desk: Desk) -> None:
    shown = looked(desk, who=of("FRA"), party="BEL", choice="explanation", says="as we said in May")
    assert "You answer for France FRA" in says(shown)
    sent(desk, shown, who=of("FRA"))
    assert desk.act(f"{CRISIS}-FRA-explanation").actor == "FRA"


@pytest.mark.parametrize("roles", [(Role.VIEWER,), (Role.PLANNER, Role.ADMINISTRATOR)])
def test_who_may_not_record_is_told_so(desk: Desk, roles: tuple[Role, ...]) -> None:
    for path in (ANSWER, "/propose"):
        assert desk.get(path, of("BEL", *roles)).status_code == 403
    assert ANSWER not in text(desk.get(f"/decisions/{CRISIS}", of("BEL", *roles)))


def test_an_answer_bears_the_label_of_what_it_answers(desk: Desk) -> None:
    path = f"/answer/{SECRET}"
    assert sent(desk, looked(desk, path, of("DEU")), path, of("DEU")).status_code == 302
    act = desk.act(f"{SECRET}-DEU-breaks")
    assert act.label == desk.act(SECRET).label
    gone, never = desk.get(path, of("FRA")), desk.get(path.replace(SECRET, "NAC-2026-99"), of("FRA"))
    assert gone.status_code == never.status_code == 404
    assert text(gone).replace(SECRET, "NAC-2026-99") == text(never)
    assert "DEU-breaks" not in text(desk.get("/decisions?format=json", of("FRA")))


def round_of(**given: str) -> dict[str, str]:
    return {"rule": "nato-treaty/council", "party": "NATO/SG", "subject": "Airspace is closed", "how": "silence", **given}


def test_a_round_is_opened_on_one_page(desk: Desk) -> None:
    form, size = desk.form("/propose"), desk.size()
    shown = desk.post("/propose", {**form, **round_of(hours="6", text="PO(2026)0200")})
    page = says(shown)
    for words in (
        "Airspace is closed",
        "2026-11-28 16:30 Europe/Brussels (15:30 UTC)",
        "6 hours left",
        "32 members",
        "ALB",
        "under silence",
        "public",
    ):
        assert words in page, words
    assert desk.size() == size
    desk.now[0] += timedelta(minutes=1)
    done = desk.post("/propose", {**hidden(shown), "do": "send"})
    act = desk.act("nato-treaty-council-2026-11-28")
    assert done["Location"] == f"/decisions/{act.ref}"
    assert act.details["silence_until"] == "2026-11-28T16:30:00+01:00[Europe/Brussels]"
    assert "under silence" in says(desk.get(done["Location"]))
    desk.now[0] += timedelta(hours=7)
    assert "is past already" in says(desk.post("/propose", {**hidden(shown), "token": "0" * 32, "do": "send"})), "what was shown is what is sent"
    assert desk.post("/propose", {**hidden(shown), "do": "send"})["Location"] == done["Location"]


def test_a_vote_closes_at_a_time_on_the_clock_of_the_body(desk: Desk) -> None:
    given = {**desk.form("/propose"), **round_of(rule="un-charter/security-council", party="", how="vote", day="2026-12-01", time="10:00")}
    shown = desk.post("/propose", {**given, "party": "FRA"}, of("FRA"))
    assert "2026-12-01 10:00 America/New_York (15:00 UTC)" in says(shown)
    assert "being voted on" in says(shown)


@pytest.mark.parametrize(
    ("given", "status", "line"),
    [
        ({"rule": ""}, 400, "choose the rule"),
        ({"rule": "nato-treaty/nothing"}, 404, "no rule 'nothing'"),
        ({"subject": " "}, 400, "write what is proposed"),
        ({"subject": "a; b"}, 400, "semicolon"),
        ({"hours": "soon"}, 400, "hours: 'soon'"),
        ({"hours": "0"}, 400, "from 1 to 8784"),
        ({"day": "2026-13-01", "time": "10:00"}, 400, "day: '2026-13-01'"),
        ({"day": "2026-12-01"}, 400, "write hours and minutes"),
        ({"day": "2026-11-28", "time": "10:00"}, 400, "is past already"),
        ({"day": "2027-03-28", "time": "02:30"}, 400, "is skipped by the clock of Europe/Brussels"),
        ({"how": "term"}, 400, "sets no term for a silence"),
        ({"how": "shout"}, 400, "choose one of silence, vote, term, open"),
        ({"hash": "sha256:1"}, 400, "hash"),
        ({"party": "Narnia"}, 404, "no party 'Narnia'"),
    ],
)
def test_what_is_wrong_with_a_round_is_told_in_one_line(desk: Desk, given: dict[str, str], status: int, line: str) -> None:
    size = desk.size()
    answer = desk.post("/propose", {**desk.form("/propose"), **round_of(**given)})
    (problem,) = re.findall(r'<p class="problem" role="alert">(.*?)</p>', text(answer), re.DOTALL)
    assert (answer.status_code, desk.size()) == (status, size), problem
    assert line in problem


def test_of_a_time_that_the_clock_shows_twice_the_second_counts(desk: Desk) -> None:
    shown = desk.post("/propose", {**desk.form("/propose"), **round_of(day="2027-10-31", time="02:30")})
    assert "2027-10-31 02:30 Europe/Brussels (01:30 UTC)" in says(shown)


def test_a_book_in_a_folder_takes_no_answers(tmp_path: Path) -> None:
    client = client_of(a_round(tmp_path))
    assert client.get(ANSWER).status_code == client.get("/propose").status_code == 400
    assert "/answer/" not in client.get(f"/decisions/{CRISIS}").content.decode()
