"""Whoever acts for a party puts that party's acts right, and no other's; a demand for approval holds for what puts right an act that it fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from comity.ledger import Ledger
from comity.web.people.models import Demand, Proposal
from comity.web.readers import Role
from tests.web.people.desks import HIDDEN, Office
from tests.web.people.test_foreign_in_writing import plain, unlike
from tests.web.recording.conftest import acts, append

Make = Callable[..., None]
HEAD = "ref,kind,actor,agreement,source,replies_to\n"
NEVER = "sha256:" + "ab" * 32
DEEP = {"policy": "LEA", "classification": "LEAGUE DEEP", "releasable_to": "BET", "originator": "LEA"}


@pytest.fixture
def office(people: Make, ledger: Ledger) -> Office:
    people("anna", Role.DESK_OFFICER)
    people("alfred", Role.DESK_OFFICER, party="ALF")
    people("carl", Role.DESK_OFFICER, cleared=("LEA: LEAGUE DEEP",))
    return Office(ledger)


def tried(office: Office, act: str, ref: str) -> dict[str, tuple[int, str, str]]:
    """What every door answers to somebody of a party who puts this act right."""
    alfred, found, hexed = office.client("alfred"), dict[str, Any](), act.removeprefix("sha256:")
    found["form"] = alfred.get(f"/record/correct/{hexed}")
    for do in ("retract", "replace", "undo", "preview"):
        found[f"form: {do}"] = alfred.post(f"/record/correct/{hexed}", {"token": "0" * 32, "where": "UN", "do": do, "made": "2001-01-01"})
    for kind, details in (("retract", ""), ("replace", "made=2001-01-01")):
        for by, named in (("ref", ref), ("hash", act)):
            row = {"ref": "mine", "kind": kind, "actor": "ALF", "agreement": "league", "source": "UN", "replies_to": named, "details": details}
            form = dict(HIDDEN.findall(alfred.get("/record/act?agreement=league&actor=ALF&kind=denounce").content.decode()))
            found[f"act, {kind}, {by}"] = alfred.post("/record/act", {**form, **row, "d.made": "2001-01-01", "do": "record"})
            brought = alfred.post("/record/table", {"pasted": f"{HEAD}mine,{kind},ALF,league,UN,{named}\n"})
            found[f"table, {kind}, {by}"] = alfred.get(brought["Location"])
            fields = dict(HIDDEN.findall(found[f"table, {kind}, {by}"].content.decode()))
            found[f"table, {kind}, {by}: sent"] = alfred.post(brought["Location"], fields)
            for dry in ("?dry-run=1", ""):
                key = f"{ref}-{kind}-{by}"
                found[f"api, {kind}, {by}{dry}"] = office.program("alfred", "post", f"/api/v1/acts{dry}", row, Idempotency_Key=key)
    path, told = f"/api/v1/corrections/{act}", {"do": "retract", "where": "UN"}
    found["api"] = office.program("alfred", "get", path)
    found["api: sent"] = office.program("alfred", "post", path, told, Idempotency_Key=f"c{ref}", If_Match="*")
    return {name: plain(response, {"ref": ref}) for name, response in found.items()}


def test_who_acts_for_a_party_puts_no_others_act_right(office: Office, ledger: Ledger) -> None:
    (act,), size = acts(ledger, "l4"), ledger.head().size
    foreign, never = tried(office, act, "l4"), tried(office, NEVER, "x4")
    assert {name: unlike(foreign[name], never[name]) for name in foreign if foreign[name] != never[name]} == {}
    assert ledger.head().size == size
    assert "Correct this record" not in office.page("alfred", "/acts/l4")


def test_who_acts_for_a_party_puts_its_acts_right(office: Office, ledger: Ledger) -> None:
    (own,), (others,) = acts(ledger, "l1"), acts(ledger, "l4")
    assert "Correct this record" in office.page("alfred", "/acts/l1")
    for name, act in (("alfred", own), ("anna", others)):
        path = f"/record/correct/{act.removeprefix('sha256:')}"
        form = dict(HIDDEN.findall(office.client(name).get(path).content.decode()))
        assert office.client(name).post(path, {**form, "where": "UN", "do": "retract"})["Location"].endswith("-correction-001")
    append(ledger, ref="for-alf", actor="BET", on_behalf_of="ALF")
    (act,) = acts(ledger, "for-alf")
    assert office.program("alfred", "get", f"/api/v1/corrections/{act}").status_code == 200


def demand(**given: Any) -> Demand:
    return Demand.objects.create(**{"about": "acts", "needed": 1, "role": "legal adviser", "made_by": "root", **given})


@pytest.mark.parametrize("given", [{"kinds": ["denounce"]}, {"agreements": ["league"]}, {"kinds": ["retract"]}], ids=str)
def test_what_has_to_be_approved_is_not_put_right_alone(office: Office, ledger: Ledger, given: dict[str, Any]) -> None:
    demand(**given)
    (act,), size = acts(ledger, "l4"), ledger.head().size
    path = f"/record/correct/{act.removeprefix('sha256:')}"
    form = dict(HIDDEN.findall(office.client("anna").get(path).content.decode()))
    assert office.client("anna").post(path, {**form, "where": "UN", "do": "retract"})["Location"].startswith("/proposals/")
    row = {"ref": "mine", "kind": "retract", "actor": "GAM", "agreement": "league", "source": "UN", "replies_to": "l4"}
    assert office.program("anna", "post", "/api/v1/acts", row, Idempotency_Key="k").status_code == 202
    seen = office.program("anna", "get", f"/api/v1/corrections/{act}")
    told = {"do": "retract", "where": "UN"}
    sent = office.program("anna", "post", f"/api/v1/corrections/{act}", told, Idempotency_Key="c", If_Match=seen["ETag"])
    assert sent.status_code == 202
    assert ledger.head().size == size
    assert {one.kind for one in Proposal.objects.all()} == {"correct an act"}


def test_what_reads_as_an_act_that_has_to_be_approved_is_not_put_right_alone(office: Office, ledger: Ledger) -> None:
    append(ledger, ref="reads", kind="sign", actor="GAM")
    append(ledger, ref="reads-otherwise", kind="replace", actor="GAM", made="", details="kind=denounce", replies_to="reads")
    demand(kinds=["denounce"])
    row = {"ref": "mine", "kind": "retract", "actor": "GAM", "agreement": "league", "source": "UN", "replies_to": "reads"}
    assert office.program("anna", "post", "/api/v1/acts", row, Idempotency_Key="k").status_code == 202
    answer = {**row, "ref": "own", "kind": "replace", "details": "kind=denounce", "replies_to": "l1", "actor": "ALF"}
    assert office.program("anna", "post", "/api/v1/acts", answer, Idempotency_Key="l").status_code == 202
    other = {**answer, "ref": "other", "details": "made=2001-01-01"}
    assert office.program("anna", "post", "/api/v1/acts", other, Idempotency_Key="m").status_code == 201


def test_a_demand_by_level_holds_for_what_puts_right_an_act_of_that_level(office: Office, ledger: Ledger) -> None:
    demand(levels=["LEA: LEAGUE DEEP"])
    row = {"ref": "mine", "kind": "retract", "actor": "LEA", "source": "UN", "replies_to": "c4"}
    assert office.program("carl", "post", "/api/v1/acts", {**row, **DEEP}, Idempotency_Key="k").status_code == 202


@pytest.mark.parametrize(("given", "field"), [({}, "/classification"), ({**DEEP, "agreement": "league"}, "/agreement")])
def test_what_puts_an_act_right_bears_its_agreement_and_label(office: Office, ledger: Ledger, given: dict[str, str], field: str) -> None:
    row = {"ref": "mine", "kind": "retract", "actor": "LEA", "source": "UN", "replies_to": "c4", **given}
    refused = office.program("carl", "post", "/api/v1/acts", row, Idempotency_Key="k")
    assert refused.status_code == 400
    assert [one["pointer"] for one in refused.json()["errors"]] == [f"#{field}"]
    assert office.program("carl", "post", "/api/v1/acts", {**row, **DEEP, "agreement": ""}, Idempotency_Key="k").status_code == 201


def test_what_puts_a_hidden_act_right_is_hidden_whatever_its_label(office: Office, ledger: Ledger, people: Make) -> None:
    people("pat", Role.VIEWER, party="public")
    people("gus", Role.DESK_OFFICER, party="GAM")
    (deep,) = acts(ledger, "c4")
    append(ledger, ref="public-retract", kind="retract", actor="LEA", agreement="", made="", replies_to="c4")
    for name in ("pat", "gus", "anna"):
        assert office.client(name).get("/acts/public-retract").status_code == 404
        for path in ("/acts?format=csv", "/acts?format=json"):
            assert deep not in office.client(name).get(path).content.decode()
        assert office.program(name, "get", "/api/v1/acts/public-retract").status_code == 404
    (act,) = acts(ledger, "public-retract")
    assert office.program("anna", "get", f"/api/v1/corrections/{act}").status_code == 404
    assert office.client("carl").get("/acts/public-retract").status_code == 200
