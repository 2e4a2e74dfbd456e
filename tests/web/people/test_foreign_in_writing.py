"""A census of writing: whatever somebody who is confined sends about what they may not see is answered as if it were about what never was."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from comity.ledger import Ledger
from comity.web.people import accounts, proposals
from comity.web.people.models import Proposal
from comity.web.readers import Role
from tests.web.people.desks import ACT, HIDDEN, Office
from tests.web.recording.conftest import acts, append

Make = Callable[..., None]
FORM = "/record/act?agreement=pledge&actor=ALF&kind=denounce"
HEAD = "ref,kind,actor,agreement,made,source,replies_to\n"
FOREIGN = {"agreement": "league", "ref": "l4", "proposal": "70401"}
NEVER = {"agreement": "ledgue", "ref": "x4", "proposal": "70402"}


@pytest.fixture
def office(people: Make, ledger: Ledger) -> Office:
    people("cleo", Role.DESK_OFFICER, agreements=frozenset({"pledge"}))
    people("anna", Role.DESK_OFFICER)
    return Office(ledger)


def plain(response: Any, told: dict[str, str]) -> tuple[int, str, str]:
    """The status, where it leads and what it says, with the names that were sent left out."""
    text = re.sub(
        r'(csrfmiddlewaretoken" value="|token" value="|nonce" value="|seal" value="|seal": ")[\w]*', r"\1", unquote(response.content.decode())
    )
    text = re.sub(r"sha256:[0-9a-f]{64}|[0-9a-f]{64}|[0-9a-f]{32}", "#", text)
    where = re.sub(r"[0-9a-f]{32,}", "#", response.headers.get("Location", ""))
    for name, value in told.items():
        text, where = (re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", name.upper(), one) for one in (text, where))
    return response.status_code, where, text


def sent(office: Office, told: dict[str, str], act: str) -> dict[str, tuple[int, str, str]]:
    """What every door answers to a writer who names this agreement, this reference, this hash."""
    cleo, found = office.client("cleo"), dict[str, Any]()
    form = dict(HIDDEN.findall(cleo.get(FORM).content.decode()))
    given = {**form, **ACT, "ref": "mine", "agreement": told["agreement"]}
    own = {**given, "agreement": "pledge", "replies_to": told["ref"]}
    for name, fields in (("form", given), ("answer", own), ("answer by hash", {**own, "replies_to": act})):
        found[f"{name}: part"] = cleo.post("/record/act", fields, headers={"HX-Request": "true"})
        found[f"{name}: preview"] = cleo.post("/record/act", {**fields, "do": "preview"})
        found[f"{name}: record"] = cleo.post("/record/act", {**fields, "do": "record"})
    for name, line in (
        ("table", f"mine,denounce,ALF,{told['agreement']},2025-01-01,UN,"),
        ("same ref", f"{told['ref']},denounce,ALF,pledge,never,UN,"),
        ("answering", f"mine,retract,ALF,pledge,,UN,{told['ref']}"),
        ("answering by hash", f"mine,retract,ALF,pledge,,UN,{act}"),
    ):
        brought = cleo.post("/record/table", {"pasted": f"{HEAD}{line}\n"})
        found[name] = cleo.get(brought["Location"])
        fields = dict(HIDDEN.findall(found[name].content.decode()))
        found[f"{name}: record"] = cleo.post(brought["Location"], fields)
    hexed = act.removeprefix("sha256:")
    for draft in re.findall(r'action="(/record/drop/\w+)"', cleo.get("/record").content.decode()):
        cleo.post(draft)
    found["desk"] = cleo.get(f"/record?agreement={told['agreement']}&party=ALF")
    found["new form"] = cleo.get(f"/record/act?agreement={told['agreement']}&actor=ALF&kind=denounce")
    found["correct"] = cleo.get(f"/record/correct/{hexed}")
    found["correct: sent"] = cleo.post(f"/record/correct/{hexed}", {"token": "0" * 32, "where": "UN", "do": "retract"})
    row = {**ACT, "agreement": told["agreement"]}
    replies = {**ACT, "agreement": "pledge", "ref": "mine", "replies_to": act}
    for number, body in enumerate((row, replies)):
        for dry in ("?dry-run=1", ""):
            key, several = f"{told['ref']}-{number}", f"b{told['ref']}-{number}"
            found[f"api act {number}{dry}"] = office.program("cleo", "post", f"/api/v1/acts{dry}", body, Idempotency_Key=key)
            batch = office.program("cleo", "post", f"/api/v1/acts/batch{dry}", {"acts": [body]}, Idempotency_Key=several)
            found[f"api batch {number}{dry}"] = batch
    path = f"/api/v1/corrections/{act}"
    found["api correct"] = office.program("cleo", "get", path)
    told_so = {"do": "retract", "where": "UN"}
    found["api correct: sent"] = office.program("cleo", "post", path, told_so, Idempotency_Key=f"c{told['ref']}", If_Match='"x"')
    path, word = f"/proposals/{told['proposal']}", {"approves": True, "reason": "x"}
    found["proposal"], found["api proposal"] = cleo.get(path), office.program("cleo", "get", f"/api/v1{path}")
    found["word"] = cleo.post(path, {"do": "approve", "reason": "x", "seen": ""})
    found["api word"] = office.program("cleo", "post", f"/api/v1{path}/words", word, If_Match="*")
    return {name: plain(response, told) for name, response in found.items()}


def unlike(one: tuple[int, str, str], other: tuple[int, str, str]) -> list[object]:
    """In what two answers differ."""
    return [one[:2], other[:2], *difflib.unified_diff(one[2].splitlines(), other[2].splitlines(), n=0)]


def test_foreign_is_absent_in_writing_too(office: Office, ledger: Ledger) -> None:
    (act,) = acts(ledger, FOREIGN["ref"])
    size = ledger.head().size
    terms = proposals.Terms(needed=1, role=Role.DESK_OFFICER, agreements=[FOREIGN["agreement"]])
    made = proposals.propose("record acts", "An act", {"rows": [], "documents": []}, accounts.person_of("anna"), terms)
    Proposal.objects.filter(pk=made.pk).update(id=int(FOREIGN["proposal"]))
    foreign, never = sent(office, FOREIGN, act), sent(office, NEVER, "sha256:" + "ab" * 32)
    differing = {name: unlike(foreign[name], never[name]) for name in foreign if foreign[name] != never[name]}
    assert differing == {}
    assert ledger.head().size == size, "nothing was recorded"


def test_the_census_could_fail(office: Office, ledger: Ledger) -> None:
    """Who may see the other agreement is answered otherwise."""
    (act,) = acts(ledger, FOREIGN["ref"])
    one = {**ACT, "ref": "mine"}
    assert office.program("anna", "post", "/api/v1/acts?dry-run=1", one).json()["acts"][0]["state"] == "new"
    assert office.program("anna", "get", f"/api/v1/corrections/{act}").status_code == 200
    assert office.client("anna").get(f"/record/correct/{act.removeprefix('sha256:')}").status_code == 200


def test_who_is_confined_records_under_their_own_agreements(office: Office, ledger: Ledger) -> None:
    append(ledger, ref="foreign-since", agreement="league")
    (since,) = acts(ledger, "foreign-since")
    assert office.program("cleo", "get", f"/api/v1/corrections/{since}").status_code == 404, "what came since the record was read too"
    body = {**ACT, "agreement": "pledge", "ref": "foreign-since"}
    assert office.program("cleo", "post", "/api/v1/acts", body, Idempotency_Key="k").status_code == 201
