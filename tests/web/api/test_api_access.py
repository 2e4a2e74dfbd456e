"""AuthZEN 1.0: decisions, batches with their three semantics, searches, metadata; and what its certification scenario asks of errors and headers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import comity
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader
from tests.permissions import told
from tests.web.api.conftest import Plain, send, told_of, validator

A = "/access/v1"
SAMPLE = Path(told.HERE) / "book"
"""An invented book with agreements on what may be released, stationed and supplied."""


@pytest.fixture(scope="module")
def pdp(make_client: Callable[[Held], Client]) -> Client:
    return make_client(Held(comity.open(SAMPLE), patience=20.0))


CONTEXT: Plain = {"on": "2012-01-01", "known": "2026-01-01"}
RELEASE: Plain = {
    "subject": {"type": "party", "id": "BET"},
    "action": {"name": "release"},
    "resource": {"type": "information", "id": "report-7", "properties": {"level": "DEEP", "holder": "ALF"}},
    "context": CONTEXT,
}
NOT: Plain = {**RELEASE, "subject": {"type": "party", "id": "EPS"}}


def of(base: Plain, **changed: Any) -> Plain:
    return {**base, **changed}


def decided(pdp: Client, body: Plain, path: str = "evaluation") -> Plain:
    response = send(pdp, f"{A}/{path}", body)
    assert response.status_code == 200, response.content
    plain: Plain = response.json()
    return plain


# -- one decision -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["allowed up the ladder", "contested", "after its end", "national only", "before it was in force", "a level above what is covered"]
)
def test_a_decision_is_true_for_a_yes_alone(pdp: Client, name: str) -> None:
    _, words, axes = told.ASKED[name]
    properties = {"holder": words["giver"], "level": words["level"], "caveats": list(words.get("caveats", ()))}
    body = of(RELEASE, resource={"type": "information", "id": "x", "properties": properties}, context={**CONTEXT, "on": axes["on"].isoformat()})
    verdict = json.loads(told.PAGE.read_text(encoding="utf-8"))[name]["verdict"]
    found = decided(pdp, body)
    assert found["context"]["verdict"] == verdict
    assert found["decision"] is (verdict == "yes")


def test_a_decision_says_why_to_whoever_asks_and_to_whoever_keeps_the_rules(pdp: Client) -> None:
    context = decided(pdp, RELEASE)["context"]
    assert context["reason_user"] == {"en": "Alfaria may give Betonia what is marked DEEP."}
    assert "security-agreement" in context["reason_admin"]["en"]
    assert (context["on"], context["known"]) == (CONTEXT["on"], CONTEXT["known"])
    assert context["because"]
    no = decided(pdp, of(RELEASE, subject={"type": "party", "id": "DEL"}))
    assert no["decision"] is False
    assert no["context"]["reason_user"]["en"] == "Alfaria may not give Deltis what is marked DEEP."
    assert no["context"]["would_change"]


def test_the_context_says_on_which_days_and_what_for(pdp: Client) -> None:
    assert decided(pdp, of(RELEASE, context={**CONTEXT, "on": "2010-06-15"}))["decision"] is False
    assert decided(pdp, of(RELEASE, context={**CONTEXT, "known": "2000-01-01"}))["decision"] is False
    stay = of(RELEASE, subject={"type": "party", "id": "ALF"}, action={"name": "station"}, resource={"type": "territory", "id": "BET"})
    for purpose, allowed in (("parade", False), ("training", True)):
        assert decided(pdp, of(stay, context={"on": "2014-06-01", "purpose": purpose}))["decision"] is allowed


def test_activities_are_about_a_territory_or_a_thing(pdp: Client) -> None:
    supply = of(RELEASE, subject={"type": "party", "id": "ALF"}, action={"name": "supply"}, context={"on": "2013-01-01"})
    for thing, more, allowed in (("fuel", {}, True), ("boats", {}, False), ("any", {"things": ["fuel", "boats"]}, False)):
        resource = {"type": "activity", "id": thing, "properties": {"with": "BET", **more}}
        assert decided(pdp, of(supply, resource=resource))["decision"] is allowed, thing
    stay = of(supply, action={"name": "station"}, context={"on": "2014-06-01", "purpose": "training"})
    for properties, allowed in (({"until": "2014-06-30"}, True), ({"until": "2014-07-05"}, False), ({"until": "2014-06-30", "of": "ISL"}, False)):
        found = decided(pdp, of(stay, resource={"type": "territory", "id": "BET", "properties": properties}))
        assert found["decision"] is allowed, (properties, found["context"]["reason_user"], found["context"]["verdict"])


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"subject": {"type": "user", "id": "alice"}}, 404, "of type party"),
        ({"subject": {"type": "party", "id": "ZZZ"}}, 404, "no party"),
        ({"action": {"name": "read"}}, 404, "nothing is known of 'read'"),
        ({"action": {"name": "station"}}, 404, "nothing is known of 'station'"),
        ({"resource": {"type": "record", "id": "record-1"}}, 404, "nothing is known"),
        ({"resource": {"type": "information", "id": "x"}}, 400, "level is missing"),
        ({"resource": {"type": "information", "id": "x", "properties": {"level": "DEEP"}}}, 400, "holder is missing"),
        ({"resource": {"type": "information", "id": "x", "properties": {"level": 7, "holder": "ALF"}}}, 400, "level is no text"),
        ({"resource": {"type": "information", "id": "x", "properties": {"level": "DEEP", "holder": "ALF", "caveats": "x"}}}, 400, "no list of texts"),
        ({"resource": {"type": "information", "id": "x", "properties": {"level": "ABYSS", "holder": "ALF"}}}, None, "ABYSS"),
        ({"resource": {"type": "information", "id": "x", "properties": {"level": "DEEP", "holder": "ALF", "policy": "XX"}}}, 404, "policy"),
        ({"context": {"on": "soon"}}, 400, "context.on"),
        ({"context": {"known": 7}}, 400, "context.known"),
        ({"subject": {"type": "party", "id": "ALF"}}, 400, "ALF"),
    ],
)
def test_what_cannot_be_asked_is_false_and_says_why(pdp: Client, changed: Plain, status: int | None, says: str) -> None:
    found = decided(pdp, of(RELEASE, **changed))
    assert found["decision"] is False
    assert says in found["context"]["error"]["message"]
    assert status in (None, found["context"]["error"]["status"])


# -- certification scenario, C-2.4 and C-2.5 --------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["subject", "action", "resource"])
@pytest.mark.parametrize("path", ["evaluation", "evaluations"])
def test_a_missing_entity_is_400(pdp: Client, path: str, missing: str) -> None:
    assert missing in told_of(send(pdp, f"{A}/{path}", {k: v for k, v in RELEASE.items() if k != missing}), 400)


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": {"id": "BET"}}, {"subject": {"type": "party"}}, {"action": {}}, {"resource": {"id": "x"}}, {"resource": {"type": "information"}},
        {"subject": "BET"}, {"action": {"name": 123}}, {"context": "now"}, {"subject": None},
    ],
)  # fmt: skip
def test_a_missing_part_or_another_type_is_400(pdp: Client, changed: Plain) -> None:
    assert next(iter(changed)) in told_of(send(pdp, f"{A}/evaluation", of(RELEASE, **changed)), 400)


def test_what_is_no_json_is_400(pdp: Client) -> None:
    for body, kind in ((b"{}", "text/plain"), (b"{", "application/json"), (b"", "application/json"), (b"[]", "application/json")):
        assert told_of(pdp.generic("POST", f"{A}/evaluation", body, CONTENT_TYPE=kind), 400)


def test_fields_that_are_not_known_are_not_looked_at(pdp: Client) -> None:
    more = of(
        RELEASE, extra=1, subject={**RELEASE["subject"], "name": "x", "properties": {"role": "admin"}}, context={**CONTEXT, "time": "now", "ip": 1}
    )
    assert decided(pdp, more) == decided(pdp, RELEASE)


def test_a_request_s_own_name_comes_back(pdp: Client) -> None:
    assert send(pdp, f"{A}/evaluation", RELEASE, **{"x-request-id": "bfe9eb29-ab87"})["X-Request-ID"] == "bfe9eb29-ab87"
    assert send(pdp, f"{A}/evaluation", {}, **{"x-request-id": "bfe9eb29-ab87"})["X-Request-ID"] == "bfe9eb29-ab87"


# -- many decisions ---------------------------------------------------------------------------------------------------

MANY: Plain = {
    "subject": RELEASE["subject"],
    "action": RELEASE["action"],
    "context": CONTEXT,
    "evaluations": [
        {"resource": RELEASE["resource"]},
        {"resource": RELEASE["resource"], "subject": {"type": "party", "id": "DEL"}},
        {"resource": RELEASE["resource"], "context": {"on": "2010-06-15"}},
        {},
        {"resource": RELEASE["resource"]},
    ],
}


@pytest.mark.parametrize(
    ("semantic", "decisions"),
    [
        (None, [True, False, False, False, True]),
        ("execute_all", [True, False, False, False, True]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
def test_many_are_decided_with_the_three_semantics(pdp: Client, described: Plain, semantic: str | None, decisions: list[bool]) -> None:
    options = {"options": {"evaluations_semantic": semantic, "another": "x"}} if semantic else {}
    found = decided(pdp, {**MANY, **options}, "evaluations")
    validator(described, f"{A}/evaluations", "post").validate(found)
    assert [one["decision"] for one in found["evaluations"]] == decisions
    assert "decision" not in found
    if len(decisions) == 5:
        assert "resource" in found["evaluations"][3]["context"]["error"]["message"]
        assert found["evaluations"][0] == found["evaluations"][4] == decided(pdp, RELEASE)


def test_a_default_is_replaced_as_a_whole(pdp: Client) -> None:
    """The third asks on another day, as known today: nothing of the default context is left."""
    found = decided(pdp, MANY, "evaluations")["evaluations"][2]
    assert (found["context"]["on"], found["context"]["known"] == CONTEXT["known"]) == ("2010-06-15", False)


def test_without_evaluations_it_is_one(pdp: Client) -> None:
    for body in (RELEASE, {**RELEASE, "evaluations": []}):
        assert decided(pdp, body, "evaluations") == decided(pdp, RELEASE)


def test_so_many_and_with_so_many_days_of_knowledge_at_most(pdp: Client) -> None:
    one = {"resource": RELEASE["resource"]}
    assert told_of(send(pdp, f"{A}/evaluations", {**MANY, "evaluations": [one] * 101}), 400)
    days = [{**one, "context": {"known": f"202{n}-01-01"}} for n in range(4)]
    assert "at most 3" in told_of(send(pdp, f"{A}/evaluations", {**MANY, "evaluations": days}), 400)
    assert told_of(send(pdp, f"{A}/evaluations", {**MANY, "options": {"evaluations_semantic": "guess"}}), 400)


# -- searches ---------------------------------------------------------------------------------------------------------


def found(pdp: Client, kind: str, body: Plain) -> list[Plain]:
    results: list[Plain] = decided(pdp, body, f"search/{kind}")["results"]
    return results


def test_whoever_is_found_is_permitted(pdp: Client) -> None:
    parties = found(pdp, "subject", of(RELEASE, subject={"type": "party"}))
    assert parties == [{"type": "party", "id": "BET"}]
    assert parties == found(pdp, "subject", of(RELEASE, subject={"type": "party", "id": "DEL"})), "an id is not looked at"
    levels = found(pdp, "resource", of(RELEASE, resource={"type": "information", "id": "x", "properties": {"holder": "ALF", "policy": "ALF"}}))
    assert [level["id"] for level in levels] == ["ALF CLOSE", "ALF DEEP", "ALF OPEN"]
    for level in levels:
        assert decided(pdp, of(RELEASE, resource=level))["decision"] is True
    things = of(
        RELEASE, subject={"type": "party", "id": "ALF"}, action={"name": "supply"}, resource={"type": "activity", "properties": {"with": "BET"}}
    )
    assert {thing["id"] for thing in found(pdp, "resource", things)} >= {"fuel", "food"}
    places = of(
        RELEASE,
        subject={"type": "party", "id": "GAM"},
        action={"name": "overfly"},
        resource={"type": "territory"},
        context={"on": "2015-01-01", "purpose": "transit"},
    )
    for place in found(pdp, "resource", places):
        assert decided(pdp, of(places, resource=place))["decision"] is True


def test_what_a_party_may_do_is_found(pdp: Client) -> None:
    assert found(pdp, "action", RELEASE) == [{"name": "release"}]
    things = of(RELEASE, subject={"type": "party", "id": "ALF"}, resource={"type": "activity", "id": "fuel", "properties": {"with": "BET"}})
    names = [one["name"] for one in found(pdp, "action", things)]
    assert "supply" in names
    for name in names:
        assert decided(pdp, of(things, action={"name": name}))["decision"] is True


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("subject", {"subject": {"type": "spaceship"}}),
        ("subject", {"resource": {"type": "record", "id": "record-1"}}),
        ("subject", {"action": {"name": "read"}}),
        ("resource", {"resource": {"type": "spaceship"}}),
        ("resource", {"subject": {"type": "party", "id": "ZZZ"}, "resource": {"type": "information"}}),
        ("action", {"subject": {"type": "party", "id": "ZZZ"}}),
        ("action", {"subject": {"type": "user", "id": "alice"}}),
        ("action", {"resource": {"type": "spaceship", "id": "x"}}),
    ],
)
def test_what_is_not_known_finds_nothing(pdp: Client, kind: str, changed: Plain) -> None:
    assert found(pdp, kind, of(RELEASE, **changed)) == []


@pytest.mark.parametrize(
    ("kind", "missing"), [("subject", "action"), ("subject", "resource"), ("resource", "subject"), ("action", "subject"), ("action", "resource")]
)
def test_a_search_that_lacks_an_entity_is_400(pdp: Client, kind: str, missing: str) -> None:
    assert missing in told_of(send(pdp, f"{A}/search/{kind}", {k: v for k, v in RELEASE.items() if k != missing}), 400)


def test_a_search_goes_on_with_its_token(pdp: Client) -> None:
    body = of(RELEASE, resource={"type": "information", "properties": {"holder": "ALF"}})
    whole = found(pdp, "resource", body)
    got: list[Plain] = []
    token = ""
    for _ in range(20):
        page = {"limit": 2, **({"token": token} if token else {})}
        part = decided(pdp, {**body, "page": page}, "search/resource")
        assert part["page"]["count"] == len(part["results"]) <= 2
        got += part["results"]
        if not (token := part["page"]["next_token"]):
            break
        again = decided(pdp, {**body, "page": {"token": token}}, "search/resource")
        assert len(again["results"]) <= 2, "the limit may be left out"
        for other in ({**body, "page": {"token": token, "limit": 3}}, {**body, "context": {}, "page": {"token": token}}):
            assert told_of(send(pdp, f"{A}/search/resource", other), 400).startswith("page.")
    assert got == whole
    assert "page.token" in told_of(send(pdp, f"{A}/search/resource", {**body, "page": {"token": "x"}}), 400)
    assert told_of(send(pdp, f"{A}/search/resource", {**body, "page": {"limit": -1}}), 400)


def test_when_the_time_is_over_a_search_stops_and_goes_on_later(make_client: Callable[[Held], Client]) -> None:
    hurried = make_client(Held(comity.open(SAMPLE), patience=0.0))
    body, token, parts = of(RELEASE, subject={"type": "party"}), "", 0
    got: list[Plain] = []
    while parts == 0 or token:
        part = decided(hurried, {**body, "page": {"token": token}} if token else body, "search/subject")
        got, token, parts = got + part["results"], part["page"]["next_token"], parts + 1
    assert got == [{"type": "party", "id": "BET"}]
    assert parts > 3


# -- where it is asked ------------------------------------------------------------------------------------------------


def test_the_metadata_say_where_it_is_asked(pdp: Client, described: Plain) -> None:
    response = pdp.get("/.well-known/authzen-configuration")
    assert response["Content-Type"].startswith("application/json")
    plain = response.json()
    here = plain.pop("policy_decision_point")
    assert here == "http://127.0.0.1"
    for address in plain.values():
        path = address.removeprefix(here)
        assert path in described["paths"]
        assert pdp.options(path)["Allow"] == "OPTIONS, POST"


# -- as a reader may see it -------------------------------------------------------------------------------------------


def test_a_reader_is_told_what_their_party_may_see() -> None:
    """An outsider gets the same short no as for what never was; the taker learns whether, and by which agreement."""
    holding = Held(comity.open(SAMPLE), patience=20.0)
    environs: dict[str, dict[str, Any]] = {who: {HELD: holding, READER: Reader(who, who), "SERVER_NAME": "127.0.0.1"} for who in ("BET", "GAM")}
    denied = of(RELEASE, resource={"type": "information", "id": "x", "properties": {"level": "DEEPEST", "holder": "ALF"}})
    (outside,) = decided(Client(**environs["GAM"]), denied)["context"]["because"]
    assert outside["says"] == "nothing that this viewer may see allows it"
    rules = {reason["rule"] for reason in decided(Client(**environs["BET"]), RELEASE)["context"]["because"]}
    assert rules == {"security-agreement", "level-equivalence"}


def test_without_a_holder_it_is_the_reader_s_own_party() -> None:
    environ: dict[str, Any] = {HELD: Held(comity.open(SAMPLE), patience=20.0), READER: Reader("a", "ALF"), "SERVER_NAME": "127.0.0.1"}
    own = of(RELEASE, resource={"type": "information", "id": "x", "properties": {"level": "DEEP"}})
    assert decided(Client(**environ), own)["context"]["reason_user"]["en"] == "Alfaria may give Betonia what is marked DEEP."
