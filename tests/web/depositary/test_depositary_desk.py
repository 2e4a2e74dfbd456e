"""What waits at the desk: rows that come and go with acts, their due days, their links; and the page, its files and its API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from comity.duties import RegistrationDuty
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.depositary import desk
from comity.web.depositary.waiting import Waiting, nothing_came, of_acts, of_law, some_astray
from comity.web.holding import Held
from tests.web.depositary.conftest import Rows, duties, officer, row, standing

SIGNED = row("sign", "AAA", "2000-06-01", notified="2000-06-02")
BOTH = (row("accede", "AAA", "2001-01-01", notified="2001-01-02"), row("accede", "BBB", "2001-02-01", notified="2001-02-02"))
QUARTER = timedelta(days=90)


def acts(held: Held, on: date) -> dict[str, Waiting]:
    return {one.what: one for one in of_acts(standing(held, on), "pact", QUARTER)}


def law(held: Held, on: date) -> dict[str, Waiting]:
    return {one.what: one for one in of_law(standing(held, on), "pact", duties(held))}


def test_what_came_lately_waits_until_it_is_circulated(book: Rows) -> None:
    came = row("accede", "CCC", "2002-01-10")
    held = book(came)
    assert acts(held, date(2002, 1, 9)) == {}
    found = acts(held, date(2002, 2, 1))["not circulated"]
    assert (found.act, found.since, found.article, found.at_once) == ("CCC-accede", date(2002, 1, 10), "VCLT 77(1)(e)", True)
    assert acts(held, date(2002, 4, 10)) != {}
    assert acts(held, date(2002, 4, 11)) == {}
    sent = row("circulate", "DEP", "2002-01-12", replies_to="CCC-accede")
    assert acts(book(came, sent), date(2002, 2, 1)) == {}


def test_a_signature_waits_for_full_powers(book: Rows) -> None:
    on = date(2000, 6, 10)
    assert acts(book(SIGNED), on)["full powers"].article == "VCLT 7"
    assert acts(book(SIGNED, row("full-powers", "AAA", "2000-05-30")), on) == {}
    assert acts(book({**SIGNED, "actor": "ORG"}), on) == {}
    assert acts(book(SIGNED, more='form = "political"\n'), on) == {}


def test_the_numbers_that_are_missing_are_told_until_they_are_there(book: Rows) -> None:
    held = book(*BOTH)
    missing = law(book(BOTH[0]), date(2001, 1, 10))["entry into force"]
    assert missing.says == "1 counted, 2 needed (ratify, accept, approve, accede, succeed, confirm, notify-completion, exchange)"
    assert missing.due is None
    ahead = law(held, date(2001, 2, 2))["entry into force"]
    assert (ahead.since, ahead.due, ahead.article, ahead.left(date(2001, 2, 2))) == (date(2001, 2, 1), date(2001, 3, 3), "11(1)", 29)
    assert "entry into force" not in law(held, date(2001, 3, 3))


def test_a_later_party_has_a_countdown_of_its_own(book: Rows) -> None:
    held = book(*BOTH, row("accede", "CCC", "2002-01-10"))
    found = law(held, date(2002, 1, 20))["entry into force"]
    assert (found.party, found.act, found.since, found.due, found.article) == ("CCC", "CCC-accede", date(2002, 1, 10), date(2002, 2, 9), "11(2)")
    assert "entry into force" not in law(held, date(2002, 1, 9)), "what is not done yet casts no shadow"


def test_what_is_in_force_waits_to_be_registered(book: Rows) -> None:
    on = date(2002, 1, 1)
    found = law(book(*BOTH), on)["not registered"]
    assert (found.since, found.article) == (date(2001, 3, 3), "UN Charter 102(1)")
    assert law(book(*BOTH, row("register", "DEP", "2001-05-01")), on) == {}
    assert law(book(*BOTH, more='registration = "UNTS 1"\n'), on) == {}
    assert law(book(*BOTH, more='form = "political"\n'), on) == {}
    assert "not registered" not in law(book(*BOTH), date(2001, 3, 2))


def test_a_notice_of_withdrawal_runs_until_it_takes_effect(book: Rows) -> None:
    held = book(*BOTH, row("accede", "CCC", "2001-02-01"), row("denounce", "CCC", "2002-01-10"))
    found = law(held, date(2002, 2, 1))["withdrawal"]
    assert (found.party, found.since, found.due, found.article) == ("CCC", date(2002, 1, 10), date(2002, 7, 10), "13")
    assert "withdrawal" not in law(held, date(2002, 7, 10))


RESERVED = {"ref": "r", "kind": "reserve", "actor": "CCC", "received": "2002-01-10", "details": "articles=5"}
THREE = (*BOTH, row("accede", "CCC", "2002-01-10", notified="2002-01-15"))


def test_twelve_months_to_object_run_for_those_who_are_silent(book: Rows) -> None:
    told = {**RESERVED, "notified": "2002-01-15"}
    found = law(book(*THREE, told), date(2002, 2, 1))["objections"]
    assert (found.since, found.due, found.article) == (date(2002, 1, 15), date(2003, 1, 15), "VCLT 20(5)")
    assert found.says.endswith("2 silent, 0 answered")
    objection = row("object", "AAA", "2002-01-20", replies_to="r")
    assert law(book(*THREE, told, objection), date(2002, 2, 1))["objections"].says.endswith("1 silent, 1 answered")
    other = row("accept-reservation", "BBB", "2002-01-21", replies_to="r")
    assert "objections" not in law(book(*THREE, told, objection, other), date(2002, 2, 1))
    assert "objections" not in law(book(*THREE, told), date(2003, 1, 16))


def test_each_has_twelve_months_from_when_it_was_told(book: Rows) -> None:
    sent = [
        {"ref": ref, "kind": "circulate", "actor": "DEP", "made": made, "counterparty": whom, "replies_to": "r"}
        for ref, made, whom in (("c1", "2002-02-01", "AAA"), ("c2", "2002-05-01", "BBB"))
    ]
    found = [one for one in of_law(standing(book(*THREE, RESERVED, *sent), date(2002, 6, 1)), "pact", ()) if one.what == "objections"]
    assert [(one.since, one.due) for one in found] == [(date(2002, 2, 1), date(2003, 2, 1)), (date(2002, 5, 1), date(2003, 5, 1))]


def test_no_time_runs_for_what_the_agreement_does_not_permit_or_was_taken_back(book: Rows) -> None:
    told = {**RESERVED, "notified": "2002-01-15"}
    on = date(2002, 2, 1)
    assert "objections" not in law(book(*THREE, {**told, "details": "articles=1"}), on)
    assert "objections" not in law(book(*THREE, {**told, "details": "articles=5; authorised=yes"}), on)
    assert "objections" not in law(book(*THREE, told, row("withdraw-reservation", "CCC", "2002-01-20", replies_to="r")), on)


def test_a_correction_is_objected_to_or_carried_out(book: Rows) -> None:
    proposed = {"ref": "p", "kind": "propose-correction", "actor": "DEP", "made": "2002-01-01"}
    found = acts(book(proposed), date(2002, 2, 1))["correction"]
    assert (found.due, found.article, found.left(date(2002, 2, 1))) == (date(2002, 4, 1), "VCLT 79(2)", 59)
    over = acts(book(proposed), date(2002, 4, 2))["correction"]
    assert (over.article, over.left(date(2002, 4, 2))) == ("VCLT 79(2)(a)", -1)
    against = acts(book(proposed, row("object-correction", "AAA", "2002-02-01", replies_to="p")), date(2002, 2, 2))["correction"]
    assert (against.article, against.due) == ("VCLT 79(2)(b)", None)
    assert "correction" not in acts(book(proposed, row("correct", "DEP", "2002-04-03", replies_to="p")), date(2002, 4, 5))


def test_what_is_over_comes_first_then_what_is_to_be_done_at_once(book: Rows) -> None:
    proposed = {"ref": "p", "kind": "propose-correction", "actor": "DEP", "made": "2001-09-01"}
    held = book(*BOTH, proposed, row("accede", "CCC", "2002-01-10"), today=date(2002, 1, 20))
    found = officer(held).get("/depositary?format=json").json()
    assert [one["what"] for one in found["waiting"]] == ["correction", "not circulated", "entry into force", "not registered"]
    assert [one["left"] for one in found["waiting"]] == [-51, None, 20, None]
    assert found["pending"] == []


def linked(page: str, words: str) -> dict[str, Any]:
    """Where the first link with these words leads, and with what filled in."""
    before = page[: page.index(f">{words}<")]
    address = urlsplit(before[before.rindex('href="') + 6 :].rstrip('"').replace("&amp;", "&"))
    return {"path": address.path, **{name: values[0] for name, values in parse_qs(address.query).items()}}


def test_a_line_leads_to_its_draft_and_to_its_form_filled_in(book: Rows) -> None:
    client = officer(book(row("accede", "CCC", "2002-01-10"), today=date(2002, 1, 20)))
    page = client.get("/depositary?for=Keeper+of+Treaties").content.decode()
    draft = linked(page, "Draft it")
    assert draft == {"path": "/draft", "kind": "circulate-instrument", "agreement": "pact", "act": "CCC-accede"}
    assert client.get(f"/draft?kind={draft['kind']}&agreement=pact&act=CCC-accede").status_code == 200
    assert linked(page, "Follow") == {"path": "/depositary/acts/CCC-accede"}
    assert 'href="/depositary?agreement=pact"' in client.get("/agreements/pact").content.decode()


def test_the_filters_say_what_is_wrong_with_them(book: Rows) -> None:
    client = officer(book(*BOTH, today=date(2002, 1, 20)))
    for query, status, words in (
        ("what=all", 400, "choose one of"),
        ("within=soon", 400, "is not a number of days"),
        ("for=Narnia", 404, "no party"),
        ("agreement=none", 404, "no agreement"),
    ):
        answer = client.get(f"/depositary?{query}")
        assert answer.status_code == status, query
        assert words in answer.content.decode()
    assert "No agreement on record has this depositary" in client.get("/depositary?for=AAA").content.decode()
    assert client.get("/depositary?within=99999&on=0100-01-01").status_code == 200


def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    def status(self: Standing, agreement: str, on: date | None = None) -> list[tuple[str, Verdict, str]]:
        raise RecursionError("its clauses hold each other")

    monkeypatch.setattr(Standing, "status", status)


@pytest.mark.parametrize("few", [12, 0])
def test_what_cannot_be_derived_is_listed_with_the_reason(book: Rows, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(desk, "FEW", few)
    held = book(*BOTH, row("accede", "CCC", "2002-01-10"), today=date(2002, 1, 20))
    breaking(monkeypatch)
    client = officer(held)
    found = {one["what"]: one for one in client.get("/depositary?format=json").json()["waiting"]}
    assert set(found) == {"not circulated", "not derived"}, "what its acts tell alone waits all the same"
    assert found["not derived"]["says"].endswith("cannot be derived: RecursionError: its clauses hold each other")
    assert found["not derived"]["verdict"] == "unknown"
    page = client.get("/depositary").content.decode()
    assert "its clauses hold each other" in page
    assert client.get("/api/v1/depositary?what=not+derived").json()["total"] == 1


def test_what_was_found_is_kept_until_something_comes_under_that_agreement(book: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    held, asked = book(*BOTH, today=date(2002, 1, 20)), list[str]()

    def counted(standing: Standing, agreement: str, duties: Sequence[RegistrationDuty]) -> list[Waiting]:
        asked.append(agreement)
        return of_law(standing, agreement, duties)

    monkeypatch.setattr(desk, "of_law", counted)
    client = officer(held)
    for path in ("/depositary", "/depositary?what=objections", "/depositary?for=DEP", "/depositary?within=9", "/depositary?agreement=pact"):
        assert client.get(path).status_code == 200
    assert asked == ["pact"]
    held.renewed(held.opened, 1, ["charter"])
    client.get("/depositary")
    assert asked == ["pact"]
    held.renewed(held.opened, 2, ["pact"])
    client.get("/depositary")
    assert asked == ["pact", "pact"]


def test_files_and_the_api_have_the_same_rows(book: Rows) -> None:
    client = officer(book(*BOTH, row("accede", "CCC", "2002-01-10"), today=date(2002, 1, 20)))
    rows = client.get("/depositary?format=json").json()["waiting"]
    lines = client.get("/depositary?format=csv").content.decode().splitlines()
    assert lines[0] == "what,agreement,party,act,since,due,left,says,article,verdict"
    assert len(lines) == len(rows) + 1
    assert client.get("/depositary?format=xlsx").status_code == 200
    first = client.get("/api/v1/depositary?limit=1").json()
    assert (first["waiting"], first["total"]) == (rows[:1], len(rows))
    assert client.get(first["next"]).json()["waiting"] == rows[1:2]
    assert client.get("/api/v1/depositary?for=AAA").json()["total"] == 0


def test_passing_by_what_came_long_ago_loses_nothing(book: Rows) -> None:
    came, on = row("accede", "CCC", "2001-01-10"), date(2002, 2, 1)
    assert nothing_came(standing(book(came), on), "pact", QUARTER)
    assert not some_astray(standing(book(came), on))
    assert of_acts(standing(book(came), on), "pact", QUARTER) == []
    moved = {"ref": "m", "kind": "replace", "actor": "DEP", "made": "2002-01-20", "replies_to": "CCC-accede", "details": "received=2002-01-10"}
    proposed = {"ref": "p", "kind": "propose-correction", "actor": "DEP", "made": "2001-01-01"}
    for rows in ((came, moved), (came, proposed), (row("accede", "CCC", "2002-01-10"),)):
        held = book(*rows)
        assert not nothing_came(standing(held, on), "pact", QUARTER) or some_astray(standing(held, on))
        assert of_acts(standing(held, on), "pact", QUARTER)
