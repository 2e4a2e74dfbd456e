"""What has to be approved comes on record once enough others approved exactly that, on the record as they were shown it; by page, table and API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.keeping import attachment, document
from comity.ledger import Ledger
from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.people import accounts
from comity.web.people.demands import change, written
from comity.web.people.models import Approved, Demand, Proposal
from comity.web.readers import Role
from tests.web.people.desks import ACT, HIDDEN, Office
from tests.web.recording.conftest import acts, append

Make = Callable[..., None]


@pytest.fixture
def office(people: Make, ledger: Ledger) -> Office:
    people("anna", Role.DESK_OFFICER)
    for name in ("ben", "cem", "dee"):
        people(name, Role.LEGAL_ADVISER)
    people("root", Role.ADMINISTRATOR)
    people("ruth", Role.ADMINISTRATOR)
    demand(needed=2)
    return Office(ledger)


def demand(**given: Any) -> Demand:
    told = {"about": "acts", "needed": 1, "role": "legal adviser", "made_by": "root", **given}
    return Demand.objects.create(**told)


def test_what_has_to_be_approved_is_proposed_and_recorded_by_the_last_word(office: Office, ledger: Ledger) -> None:
    sent = office.record("anna")
    number = Proposal.objects.get().pk
    assert (sent.status_code, sent["Location"]) == (302, f"/proposals/{number}")
    assert acts(ledger, "new") == []
    page = office.page("ben", f"/proposals/{number}")
    assert "2 more of the role legal adviser" in page
    assert "What it would come to" in page
    assert "league" in page
    assert office.say("anna", number).status_code == 403
    assert office.say("ben", number).status_code == 302
    assert acts(ledger, "new") == []
    assert office.say("cem", number, reason="read the note").status_code == 302
    (act,) = acts(ledger, "new")
    assert Approved.objects.get().act == act
    assert office.say("dee", number).status_code == office.say("dee", number, "refuse").status_code == 403
    assert 'value="approve"' not in office.client("dee").get(f"/proposals/{number}").content.decode()
    assert Proposal.objects.get().state == "carried out"
    assert "proposed by anna, approved by ben, cem: proposal" in office.page("dee", "/acts/new")
    assert "recorded, as anna proposed and ben, cem approved" in office.page("anna", f"/proposals/{number}")


def test_a_form_that_is_sent_twice_is_proposed_once(office: Office) -> None:
    path = "/record/act?agreement=league&actor=ALF&kind=denounce"
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    given = {**form, **ACT, "do": "record"}
    first, second = (office.client("anna").post("/record/act", given) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


def test_approvals_lapse_where_the_record_changed_in_what_matters(office: Office, ledger: Ledger) -> None:
    office.record("anna")
    number = Proposal.objects.get().pk
    office.say("ben", number)
    append(ledger, ref="elsewhere", agreement="pledge", actor="BET")
    assert "1 more of the role" in office.page("cem", f"/proposals/{number}"), "another agreement does not matter"
    shown = dict(HIDDEN.findall(office.client("cem").get(f"/proposals/{number}").content.decode()))
    append(ledger, ref="meanwhile", actor="BET")
    stale = office.client("cem").post(f"/proposals/{number}", {"seen": shown["seen"], "do": "approve", "reason": "x"})
    assert stale.status_code == 403
    assert "the record changed since this was shown" in stale.content.decode()
    page = office.page("cem", f"/proposals/{number}")
    assert "1 approval has lapsed" in page
    assert "2 more of the role" in page
    office.say("cem", number)
    assert acts(ledger, "new") == []
    assert office.say("ben", number).status_code == 302, "whose approval lapsed may approve again"
    assert len(acts(ledger, "new")) == 1


def test_one_refusal_ends_it_and_the_proposer_dismissed_records_nothing(office: Office, ledger: Ledger) -> None:
    office.record("anna")
    first = Proposal.objects.get().pk
    office.say("ben", first, "refuse", "no such note")
    assert Proposal.objects.get(pk=first).state == "refused"
    office.record("anna", ref="second")
    second = Proposal.objects.latest("pk").pk
    office.say("ben", second)
    accounts.dismiss("anna", by=None)
    office.say("cem", second)
    assert "the account of anna, who proposed it, was dismissed" in office.page("dee", f"/proposals/{second}")
    assert acts(ledger, "new") == acts(ledger, "second") == []


def test_a_table_and_a_correction_and_the_api_pass_the_same_gate(office: Office, ledger: Ledger) -> None:
    sheet = "ref,kind,actor,agreement,made,source\nx,denounce,ALF,league,2025-01-01,UN\n"
    path = office.client("anna").post("/record/table", {"pasted": sheet})["Location"]
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    assert office.client("anna").post(path, form)["Location"].startswith("/proposals/")
    assert office.client("anna").post(path, form)["Location"].startswith("/proposals/"), "and sent again"
    (act,) = acts(ledger, "l4")
    path = f"/record/correct/{act.removeprefix('sha256:')}"
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    done = office.client("anna").post(path, {**form, "where": "UN", "do": "retract"})
    assert done["Location"].startswith("/proposals/")
    one = office.program("anna", "post", "/api/v1/acts", ACT, Idempotency_Key="k")
    again = office.program("anna", "post", "/api/v1/acts", ACT, Idempotency_Key="k")
    assert (one.status_code, one["Location"], again.content) == (202, f"/api/v1/proposals/{one.json()['proposal']}", one.content)
    batch = office.program("anna", "post", "/api/v1/acts/batch", {"acts": [ACT]}, Idempotency_Key="b")
    assert batch.status_code == 202
    seen = office.program("anna", "get", f"/api/v1/corrections/{act}")
    told = {"do": "replace", "where": "UN", "reads": {"made": "2001-02-03"}}
    corrected = office.program("anna", "post", f"/api/v1/corrections/{act}", told, Idempotency_Key="c", If_Match=seen["ETag"])
    assert corrected.status_code == 202
    assert {p.kind for p in Proposal.objects.all()} == {"record acts", "correct an act"}
    assert acts(ledger, "new") == acts(ledger, "x") == []


def test_a_program_approves_what_it_saw(office: Office, ledger: Ledger) -> None:
    office.record("anna")
    number = Proposal.objects.get().pk
    path = f"/api/v1/proposals/{number}"
    seen = office.program("ben", "get", path)
    assert (seen.json()["left"], seen.json()["acts"][0]["ref"]) == (2, "new")
    assert [one["number"] for one in office.program("ben", "get", "/api/v1/proposals").json()["proposals"]] == [number]
    word = {"approves": True, "reason": "read the note"}
    assert office.program("ben", "post", f"{path}/words", word).status_code == 400
    assert office.program("ben", "post", f"{path}/words", word, If_Match='"other"').status_code == 412
    done = office.program("ben", "post", f"{path}/words", word, If_Match=seen["ETag"])
    assert (done.status_code, done.json()["left"]) == (200, 1)
    assert office.program("anna", "post", f"{path}/words", word, If_Match=seen["ETag"]).status_code == 403
    assert office.program("cem", "post", f"{path}/words", word, If_Match=seen["ETag"]).json()["state"] == "carried out"
    assert len(acts(ledger, "new")) == 1
    assert office.program("cem", "get", "/api/v1/proposals/999").status_code == 404


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({}, True),
        ({"whose": ["desk officer"]}, True),
        ({"whose": ["legal adviser"]}, False),
        ({"kinds": ["denounce", "sign"]}, True),
        ({"kinds": ["sign"]}, False),
        ({"agreements": ["pledge"]}, False),
        ({"levels": ["LEA: LEAGUE DEEP"]}, False),
    ],
)
def test_a_demand_fits_what_it_names(office: Office, ledger: Ledger, given: dict[str, Any], fits: bool) -> None:
    Demand.objects.all().delete()
    demand(**given)
    assert office.record("anna")["Location"].startswith("/proposals/") == fits
    assert len(acts(ledger, "new")) == (not fits)


def test_the_form_says_that_it_proposes(office: Office) -> None:
    path = "/record/act?agreement=league&actor=ALF&kind=denounce"
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    shown = office.client("anna").post("/record/act", {**form, **ACT, "do": "preview"}).content.decode()
    assert "Others have to approve this" in shown
    assert 'value="record">Propose</button>' in shown


def test_administrators_say_what_has_to_be_approved_and_are_held_to_it(office: Office) -> None:
    Demand.objects.all().delete()
    root = office.client("root")
    assert office.client("anna").post("/approvals", {"about": "acts", "needed": "1", "role": "legal adviser"}).status_code == 403
    given = {"about": "acts", "needed": "2", "role": "legal adviser", "kinds": "denounce", "agreements": "league", "levels": "LEA:LEAGUE DEEP"}
    assert root.post("/approvals", given).status_code == 302
    assert Demand.objects.get().levels == ["LEA: LEAGUE DEEP"]
    assert "2 × legal adviser" in office.page("anna", "/approvals")
    for wrong in ({"needed": "9"}, {"role": "viewer"}, {"kinds": "dance"}, {"agreements": "none"}, {"levels": "DEEP"}, {"role": "administrator"}):
        assert root.post("/approvals", given | wrong).status_code in (400, 404), wrong
    assert root.post("/approvals", {"about": "demands", "needed": "1", "role": "administrator"}).status_code == 302
    held = root.post("/approvals", {"remove": Demand.objects.filter(about="acts").get().pk})
    assert held["Location"].startswith("/proposals/")
    assert Demand.objects.count() == 2
    number = Proposal.objects.get().pk
    assert office.say("root", number).status_code == 403
    assert office.say("ruth", number).status_code == 302
    assert [one.about for one in Demand.objects.all()] == ["demands"]


def test_a_proposal_under_another_agreement_or_of_another_level_is_not_there(office: Office, people: Make) -> None:
    people("confined", Role.LEGAL_ADVISER, agreements=frozenset({"pledge"}))
    people("deep", Role.DESK_OFFICER, cleared=("LEA: LEAGUE DEEP",))
    office.record("anna")
    office.record("deep", ref="deep", policy="LEA", classification="LEAGUE DEEP", originator="ALF")
    first, second = Proposal.objects.order_by("pk")
    for name, number in (("confined", first.pk), ("confined", second.pk), ("ben", second.pk)):
        assert office.client(name).get(f"/proposals/{number}").status_code == 404
        assert office.program(name, "get", f"/api/v1/proposals/{number}").status_code == 404
    assert office.client("deep").get(f"/proposals/{second.pk}").status_code == 200


def test_demands_are_written_against_the_record(office: Office) -> None:
    record = office.served.now().opened.record
    with pytest.raises(BadInput, match="there are 3"):
        written(record, {"about": "acts", "needed": "4", "role": "legal adviser"})
    with pytest.raises(NotOnRecord):
        written(record, {"about": "acts", "needed": "1", "role": "legal adviser", "levels": ["X:Y"]})
    told = written(record, {"about": "demands", "needed": "1", "role": "administrator", "kinds": ["sign"]})
    assert told["kinds"] == []
    assert change(told, None, accounts.person_of("root")) is None
    grant = accounts.person_of("ben").grant
    accounts.change("ben", replace(grant, in_use=False), by=None)
    with pytest.raises(BadInput, match="there are 2"):
        written(record, {"about": "acts", "needed": "3", "role": "legal adviser"})


def table_of(office: Office, *refs: str) -> int:
    """The number of the proposal that a table of these acts makes."""
    lines = "".join(f"{ref},denounce,ALF,league,2025-01-01,UN\n" for ref in refs)
    path = office.client("anna").post("/record/table", {"pasted": f"ref,kind,actor,agreement,made,source\n{lines}"})["Location"]
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    assert office.client("anna").post(path, form)["Location"].startswith("/proposals/")
    return Proposal.objects.latest("pk").pk


def test_every_act_of_a_table_names_who_approved_it_though_what_was_done_is_told_late(
    office: Office, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    Demand.objects.update(needed=1)
    number = table_of(office, "x", "y", "z")

    def crash(**_: object) -> None:
        raise BadInput("the line is dead; ask again")

    with monkeypatch.context() as broken:
        broken.setattr(Approved.objects, "get_or_create", crash)
        office.say("ben", number)
    assert (Approved.objects.count(), Proposal.objects.get().state) == (0, "approved")
    assert office.client("ben").post(f"/proposals/{number}", {"do": "carry out"}).status_code == 302
    assert {one.act for one in Approved.objects.all()} == {act for ref in "xyz" for act in acts(ledger, ref)}
    assert all("approved by ben" in office.page("dee", f"/acts/{ref}") for ref in "xyz")


def test_a_table_of_which_one_act_cannot_be_recorded_any_more_is_not_recorded_in_part(office: Office, ledger: Ledger) -> None:
    Demand.objects.update(needed=1)
    number = table_of(office, "x", "y")
    grant = accounts.person_of("anna").grant
    accounts.change("anna", replace(grant, agreements=frozenset({"pledge"})), by=None)
    office.say("ben", number)
    assert acts(ledger, "x") == acts(ledger, "y") == []
    assert "not carried out: x: no agreement 'league' is on record" in office.page("ben", f"/proposals/{number}")


def test_approvals_stand_while_the_ledger_cannot_be_read_for_a_moment(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.record("anna")
    number = Proposal.objects.get().pk
    office.say("ben", number)

    def broken(*_: object) -> None:
        raise ComityError("the ledger cannot be read; ask again")

    with monkeypatch.context() as patched:
        patched.setattr("comity.web.people.recording.state_rows", broken)
        assert office.say("cem", number).status_code == 400
    assert (Proposal.objects.get().state, Proposal.objects.get().votes.count()) == ("open", 1)
    assert "1 more of the role" in office.page("cem", f"/proposals/{number}")


def test_a_document_waits_with_the_proposal_and_comes_with_its_act(office: Office, ledger: Ledger) -> None:
    Demand.objects.update(needed=1)
    by_program, by_form = b"%PDF-1.7 by a program", b"%PDF-1.7 by a form"
    kept = office.program("anna", "post", "/api/v1/attachments?name=Note", by_program, content_type="application/pdf").json()
    act = {**ACT, "ref": "one", "attachments": kept["attachments"]}
    assert office.program("anna", "post", "/api/v1/acts", act, Idempotency_Key="k").status_code == 202
    path = "/record/act?agreement=league&actor=ALF&kind=denounce"
    form = {**dict(HIDDEN.findall(office.client("anna").get(path).content.decode())), **ACT, "ref": "two"}
    office.client("anna").post("/record/act", {**form, "do": "preview", "document": SimpleUploadedFile("note.pdf", by_form)})
    held = office.served.now()
    assert held.waiting.get("anna", form["token"])[0] is not None
    assert office.client("anna").post("/record/act", {**form, "do": "record"})["Location"].startswith("/proposals/")
    assert held.waiting.get("anna", form["token"]) == (None, "")
    assert held.drafts.get("anna", f"document-{kept['sha256'].removeprefix('sha256:')}") is None
    for proposal in Proposal.objects.all():
        office.say("ben", proposal.pk)
    assert acts(ledger, "one")
    assert acts(ledger, "two")
    assert {attachment(ledger, document(content, "application/pdf", "x").sha256) for content in (by_program, by_form)} == {by_program, by_form}
