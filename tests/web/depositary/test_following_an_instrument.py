"""One instrument through the procedure: its steps, the drawn line with its table, and what is no instrument."""

from __future__ import annotations

import re
from datetime import date

from comity.web.depositary.procedure import State, Step, procedure
from comity.web.holding import Held
from tests.web.depositary.conftest import Row, Rows, duties, officer, row, standing

CAME = row("accede", "AAA", "2001-01-01")
OTHER = row("accede", "BBB", "2001-02-01")
RESERVED: Row = {"ref": "r", "kind": "reserve", "actor": "AAA", "received": "2001-01-01", "details": "articles=5"}
SENT: Row = {"ref": "c", "kind": "circulate", "actor": "DEP", "made": "2001-01-05", "replies_to": "AAA-accede"}
TOLD: Row = {"ref": "c2", "kind": "circulate", "actor": "DEP", "made": "2001-01-06", "replies_to": "r"}


def steps(held: Held, on: date, ref: str = "AAA-accede") -> dict[str, Step]:
    return {step.name: step for step in procedure(standing(held, on), "pact", ref, date(2001, 1, 2), duties(held)).steps}


def test_an_instrument_goes_through_all_steps(book: Rows) -> None:
    found = steps(book(CAME, OTHER, SENT), date(2001, 2, 10))
    assert {name: (step.state, step.on) for name, step in found.items()} == {
        "received": (State.DONE, date(2001, 1, 1)),
        "checked": (State.WAITS, None),
        "numbered": (State.DONE, None),
        "recorded": (State.DONE, date(2001, 1, 2)),
        "circulated": (State.DONE, date(2001, 1, 5)),
        "clocks": (State.NONE, None),
        "in force": (State.RUNS, date(2001, 3, 3)),
        "registered": (State.NONE, None),
    }
    assert found["numbered"].says == "instrument of consent no. 1"
    later = steps(book(CAME, OTHER, SENT, row("register", "DEP", "2001-04-01")), date(2001, 5, 1))
    assert (later["in force"].state, later["registered"].on) == (State.DONE, date(2001, 4, 1))


def test_what_is_not_done_waits(book: Rows) -> None:
    found = steps(book(CAME), date(2001, 2, 10))
    assert found["circulated"].state is State.WAITS
    assert (found["in force"].state, found["in force"].on) == (State.WAITS, None)
    assert steps(book(CAME, OTHER), date(2001, 5, 1))["registered"].state is State.WAITS


def test_the_clock_of_a_reservation_is_told_with_the_consent_that_bore_it(book: Rows) -> None:
    before, on = book(CAME, RESERVED), date(2001, 2, 1)
    assert steps(before, on)["clocks"].state is State.WAITS
    held = book(CAME, OTHER, RESERVED, TOLD, row("object", "BBB", "2001-01-20", replies_to="r"))
    for ref in ("AAA-accede", "r"):
        clock = steps(held, on, ref)["clocks"]
        assert (clock.state, clock.on) == (State.RUNS, date(2002, 1, 6))
        assert clock.says == "339 days left to object; 1 answered"
    assert steps(held, date(2002, 1, 7))["clocks"].state is State.DONE


def test_its_form_is_looked_at_as_it_was_before_it_came(book: Rows) -> None:
    held = book(CAME, RESERVED)
    assert steps(held, date(2001, 2, 1))["checked"].says == "6 in order, 1 to be settled, 0 not in order"
    found = procedure(standing(held, date(2001, 2, 1)), "pact", "r", date(2001, 1, 2), ())
    assert [check.about for check in found.checks] == ["authority", "time", "permitted", "when reserved"]
    second = book(CAME, {**row("accede", "AAA", "2001-06-01"), "ref": "again"})
    assert steps(second, date(2001, 7, 1), "again")["checked"].state is State.WRONG


def test_a_notice_says_from_when_it_is_free(book: Rows) -> None:
    held = book(CAME, OTHER, row("accede", "CCC", "2001-02-01"), row("denounce", "AAA", "2002-01-10"))
    found = steps(held, date(2002, 2, 1), "AAA-denounce")["in force"]
    assert (found.state, found.on, found.article) == (State.RUNS, date(2002, 7, 10), "VCLT 70")


def test_the_line_says_what_its_table_says(book: Rows) -> None:
    held = book(CAME, OTHER, SENT, RESERVED, today=date(2001, 2, 10))
    client = officer(held)
    page = client.get("/depositary/acts/AAA-accede").content.decode()
    drawn, table = page[page.index('<svg class="steps"') : page.index("</svg></div>")], page[page.index('id="steps"') :]
    assert 'aria-details="steps"' in drawn
    days, names = re.findall(r'class="day"[^>]*>([^<]*)<', drawn), re.findall(r'class="name"[^>]*>([^<]*)<', drawn)
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>.*?<td class="date">(.*?)</td>', table)
    assert [(name, re.sub("<[^>]+>", "", day)) for name, day in rows] == list(zip(names, days, strict=True))
    assert len(names) == 8
    plain = client.get("/depositary/acts/AAA-accede?format=json").json()
    assert [step["step"] for step in plain["steps"]] == names
    assert client.get("/api/v1/depositary/acts/AAA-accede").json() == plain


def test_an_act_page_leads_to_it_and_what_is_no_instrument_has_none(book: Rows) -> None:
    client = officer(book(CAME, SENT))
    assert 'href="/depositary/acts/AAA-accede"' in client.get("/acts/AAA-accede").content.decode()
    assert "/depositary/acts/" not in client.get("/acts/c").content.decode()
    assert client.get("/depositary/acts/c").status_code == 400
    assert client.get("/depositary/acts/none").status_code == 404
