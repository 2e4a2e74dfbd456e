"""A proposal is there for the side of whoever made it, and of them for those who may see all of which it speaks; to everybody else it never was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from comity.ledger import Ledger
from comity.terms import NotOnRecord
from comity.web.people import accounts, proposals, showing
from comity.web.people.demands import change
from comity.web.people.models import Approved, Demand, Proposal
from comity.web.readers import Role
from tests.web.people.desks import ACT, HIDDEN, Office
from tests.web.recording.conftest import acts, append

Make = Callable[..., None]
DEEP = {"policy": "LEA", "classification": "LEAGUE DEEP", "originator": "LEA"}
OTHERS: dict[str, dict[str, Any]] = {
    "of a party": {"party": "BET"},
    "of the party whose act it is": {"party": "ALF"},
    "of the public": {"party": "public"},
    "confined": {"agreements": frozenset({"pledge"})},
}


@pytest.fixture
def office(people: Make, ledger: Ledger) -> Office:
    people("anna", Role.DESK_OFFICER)
    people("ben", Role.LEGAL_ADVISER)
    people("root", Role.ADMINISTRATOR)
    demand()
    return Office(ledger)


def demand(**given: Any) -> Demand:
    return Demand.objects.create(**{"about": "acts", "needed": 1, "role": "legal adviser", "made_by": "root", **given})


def proposed(office: Office, name: str = "anna", **given: str) -> int:
    assert office.record(name, **given)["Location"].startswith("/proposals/")
    return Proposal.objects.latest("pk").pk


def told(office: Office, name: str, number: int) -> list[tuple[int, str, str]]:
    """What every door answers to somebody who names this proposal."""
    path, word = f"/api/v1/proposals/{number}", {"approves": True, "reason": "x"}
    client = office.client(name)
    found = [
        client.get(f"/proposals/{number}"),
        client.get(f"/proposals/{number}?format=json"),
        *(client.post(f"/proposals/{number}", {"do": do, "reason": "x", "seen": ""}) for do in ("approve", "refuse", "carry out", "")),
        office.program(name, "get", path),
        office.program(name, "post", f"{path}/words", word),
        office.program(name, "post", f"{path}/words", word, If_Match="*"),
    ]
    text = [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", one.content.decode()) for one in found]
    headers = [str(sorted(one.headers.items())) for one in found]
    plain = [re.sub(rf"(proposals?[/ ]|proposals%2F){number}\b", r"\1N", one) for one in text]
    return [(one.status_code, head, said) for one, head, said in zip(found, headers, plain, strict=True)]


@pytest.mark.parametrize("granted", OTHERS.values(), ids=OTHERS)
def test_a_proposal_of_another_side_never_was(office: Office, people: Make, granted: dict[str, Any]) -> None:
    people("eve", Role.LEGAL_ADVISER, **granted)
    number = proposed(office)
    there, never = told(office, "eve", number), told(office, "eve", number + 7)
    assert {status for status, _, _ in there} == {404}
    assert there == never
    assert office.client("eve").get("/proposals?format=json").json() == {"proposals": []}
    assert office.program("eve", "get", "/api/v1/proposals").json() == {"proposals": []}
    assert Proposal.objects.get().votes.count() == 0
    assert told(office, "ben", number)[0][0] == 200, "so that it could fail"
    with pytest.raises(NotOnRecord):
        proposals.vote(number, accounts.person_of("eve"), True, "x", office.served.now())


def test_each_side_decides_what_it_proposed(office: Office, people: Make, ledger: Ledger) -> None:
    people("alfred", Role.DESK_OFFICER, party="ALF")
    people("alice", Role.LEGAL_ADVISER, party="ALF")
    number = proposed(office, "alfred")
    assert office.client("ben").get(f"/proposals/{number}").status_code == 404
    assert office.say("alice", number).status_code == 302
    (act,) = acts(ledger, "new")
    assert Approved.objects.get().act == act


def test_who_approved_is_told_to_their_own_side(office: Office, people: Make, ledger: Ledger) -> None:
    for name, granted in OTHERS.items():
        people(name.replace(" ", "-"), Role.VIEWER, **granted)
    office.say("ben", proposed(office))
    assert acts(ledger, "new")
    assert "proposed by anna, approved by ben" in office.page("anna", "/acts/new")
    for name in OTHERS:
        page = office.page(name.replace(" ", "-"), "/acts/new")
        assert "approved by" not in page
        assert "ben" not in page


def test_of_what_it_speaks_is_also_what_it_answers_and_what_is_under_no_agreement(office: Office, people: Make, ledger: Ledger) -> None:
    people("carl", Role.DESK_OFFICER, cleared=("LEA: LEAGUE DEEP",))
    people("cleo", Role.LEGAL_ADVISER, agreements=frozenset({"league"}), cleared=("LEA: LEAGUE DEEP",))
    (deep,) = acts(ledger, "c4")
    bare = proposed(office, "carl", agreement="", kind="consent-release", counterparty="GAM")
    answers = proposed(office, "carl", ref="answers", agreement="", kind="revoke-release", replies_to=deep)
    for name, number, status in (("cleo", bare, 404), ("cleo", answers, 404), ("ben", bare, 200), ("ben", answers, 404), ("carl", answers, 200)):
        assert office.client(name).get(f"/proposals/{number}").status_code == status, (name, number)


def test_what_somebody_may_not_see_shows_in_no_digest_of_theirs(office: Office, people: Make, ledger: Ledger) -> None:
    """An approval is of what its giver sees: what they may not see makes none of theirs lapse, and one of somebody's who may."""
    people("dora", Role.LEGAL_ADVISER, cleared=("LEA: LEAGUE DEEP",))
    people("carl", Role.DESK_OFFICER, cleared=("LEA: LEAGUE DEEP",))
    Demand.objects.update(needed=3)
    people("dan", Role.LEGAL_ADVISER)
    number = proposed(office, "carl")
    path = f"/api/v1/proposals/{number}"
    for name in ("dora", "ben"):
        office.say(name, number)
    before = {name: office.program(name, "get", path) for name in ("dora", "dan")}
    append(ledger, ref="hidden", actor="BET", **DEEP, nonce="0" * 32)
    after = {name: office.program(name, "get", path) for name in ("dora", "dan")}
    assert {name: after[name]["ETag"] == before[name]["ETag"] for name in before} == {"dora": False, "dan": True}
    assert [(one["by"], one["lapsed"]) for one in after["dan"].json()["words"]] == [("dora", True), ("ben", False)]
    rows = office.page("dan", f"/proposals/{number}")
    assert "hidden" not in rows


def test_rows_stand_to_what_their_reader_may_see(office: Office, people: Make, ledger: Ledger) -> None:
    people("carl", Role.DESK_OFFICER, cleared=("LEA: LEAGUE DEEP",))
    append(ledger, ref="new", actor="BET", source="a secret place", **DEEP, nonce="0" * 32)
    sheet = f"ref,kind,actor,agreement,made,source\n{','.join(ACT[name] for name in ('ref', 'kind', 'actor', 'agreement', 'made', 'source'))}\n"
    path = office.client("carl").post("/record/table", {"pasted": sheet})["Location"]
    form = dict(HIDDEN.findall(office.client("carl").get(path).content.decode()))
    sent = office.client("carl").post(path, {**form, "also": "yes"})
    assert "differs" in office.page("carl", sent["Location"])
    assert "differs" not in office.page("ben", sent["Location"])


def test_a_foreign_demand_is_not_there_to_be_changed(office: Office, people: Make) -> None:
    people("beth", Role.ADMINISTRATOR, party="BET")
    people("bess", Role.LEGAL_ADVISER, party="BET")
    kept = Demand.objects.get()
    foreign, never = (office.client("beth").post("/approvals", {"remove": str(number)}) for number in (kept.pk, kept.pk + 7))
    assert (foreign.status_code, never.status_code) == (404, 404)
    plain = [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", one.content.decode()) for one in (foreign, never)]
    assert plain[0] == plain[1]
    assert Demand.objects.get() == kept
    assert 'name="remove"' not in office.client("beth").get("/approvals").content.decode()
    assert office.client("root").post("/approvals", {"remove": str(kept.pk + 7)}).status_code == 404
    demand(about="demands", role="administrator")
    assert office.client("beth").post("/approvals", {"about": "acts", "needed": "1", "role": "legal adviser"}).status_code == 302, "of their own side"
    own = Demand.objects.get(party="BET")
    assert own.pk not in [one["number"] for one in office.client("root").get("/approvals?format=json").json()["demands"]]
    assert office.client("root").post("/approvals", {"remove": str(own.pk)}).status_code == 404
    assert not Proposal.objects.exists()
    with pytest.raises(NotOnRecord):
        change(None, own.pk, accounts.person_of("root"))


def test_a_demand_of_one_side_holds_for_that_side(office: Office, people: Make, ledger: Ledger) -> None:
    Demand.objects.update(party="BET")
    people("alfred", Role.DESK_OFFICER, party="ALF")
    assert office.record("anna")["Location"] == "/acts/new"
    assert office.record("alfred", ref="new-2")["Location"] == "/acts/new-2"
    people("bert", Role.DESK_OFFICER, party="BET")
    assert office.record("bert", ref="new-3", actor="BET")["Location"].startswith("/proposals/")


def test_a_change_of_demands_about_a_foreign_agreement_is_not_there(office: Office, people: Make) -> None:
    people("ruth", Role.ADMINISTRATOR)
    people("cora", Role.ADMINISTRATOR, agreements=frozenset({"pledge"}))
    demand(about="demands", role="administrator")
    for agreements in ("league", "pledge"):
        given = {"about": "acts", "needed": "1", "role": "legal adviser", "agreements": agreements}
        assert office.client("root").post("/approvals", given)["Location"].startswith("/proposals/")
    league, pledge = Proposal.objects.order_by("pk").values_list("pk", flat=True)
    for name, seen in (("ruth", [pledge, league]), ("cora", [pledge])):
        assert [one["number"] for one in office.client(name).get("/proposals?format=json").json()["proposals"]] == seen
    removal = demand(agreements=["league"]).pk
    office.client("root").post("/approvals", {"remove": str(removal)})
    assert office.client("cora").get(f"/proposals/{Proposal.objects.latest('pk').pk}").status_code == 404


def test_a_demand_over_everything_is_not_taken_away_by_somebody_confined(office: Office, people: Make) -> None:
    people("cora", Role.ADMINISTRATOR, agreements=frozenset({"pledge"}))
    demand(about="demands", role="administrator")
    kept = Demand.objects.get(about="acts")
    office.client("root").post("/approvals", {"remove": str(kept.pk)})
    number = Proposal.objects.latest("pk").pk
    assert office.client("cora").get(f"/proposals/{number}").status_code == 404
    assert office.say("cora", number).status_code == 404
    assert Demand.objects.filter(pk=kept.pk).exists()


def test_the_word_of_somebody_who_went_to_another_side_holds_nobody_up(office: Office, people: Make) -> None:
    Demand.objects.update(needed=2)
    people("alfred", Role.DESK_OFFICER, party="ALF")
    for name in ("alice", "arno", "andy"):
        people(name, Role.LEGAL_ADVISER, party="ALF")
    number = proposed(office, "alfred")
    office.say("alice", number)
    accounts.change("alice", replace(accounts.person_of("alice").grant, party="BET"), None)
    office.say("arno", number)
    assert Proposal.objects.get(pk=number).state == "open"
    office.say("andy", number)
    assert Proposal.objects.get(pk=number).state == "carried out"


@pytest.mark.parametrize("needed", ["9" * 5000, "0" * 5000, "10", "-1", "x", ""])
def test_how_many_is_a_small_number(office: Office, needed: str) -> None:
    sent = office.client("root").post("/approvals", {"about": "acts", "needed": needed, "role": "legal adviser"})
    assert sent.status_code == 400
    assert "write a number from 1 to 9" in sent.content.decode()


def test_the_list_is_of_what_the_reader_may_see_however_much_there_is_besides(office: Office, people: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "MOST", 2)
    people("cleo", Role.LEGAL_ADVISER, agreements=frozenset({"pledge"}))
    kinds = {"note": proposals.Kind("a note", 1, Role.LEGAL_ADVISER, lambda held, proposal: "noted")}
    monkeypatch.setattr(proposals, "KINDS", kinds)

    def made(agreement: str) -> int:
        return proposals.propose("note", "A note", {}, accounts.person_of("anna"), proposals.Terms(agreements=[agreement])).pk

    mine = [made("pledge") for _ in range(3)]
    for _ in range(12):
        made("league")
    Proposal.objects.filter(pk=mine[2]).update(state="refused")
    found = office.client("cleo").get("/proposals?format=json").json()["proposals"]
    assert [one["number"] for one in found] == [mine[1], mine[0]], "those to be decided first"
