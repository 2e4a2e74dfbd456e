"""The description of the API is OpenAPI 3.1, says something about everything, and its examples can be asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from comity.web.api.problems import KINDS
from tests.web.api.conftest import Plain, validator
from tests.web.papers import NOTE, digest


def operations(described: Plain) -> list[tuple[str, str, Plain]]:
    return [(path, method, one) for path, methods in described["paths"].items() for method, one in methods.items()]


def test_the_description_is_openapi(client: Client, described: Plain) -> None:
    Draft202012Validator(OPENAPI_31).validate(described)
    assert client.get("/api/v1/openapi.json").json() == described
    assert described["openapi"].startswith("3.1.")
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for each in part for found in references(each)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [found for each in part.values() for found in references(each)]


def test_every_reference_leads_somewhere_and_every_component_is_referred_to(described: Plain) -> None:
    found = set(references(described))
    for reference in found:
        part: Any = described
        for name in reference.removeprefix("#/").split("/"):
            part = part[int(name)] if isinstance(part, list) else part[name]
    named = {reference.split("/")[3] for reference in found}
    assert set(described["components"]["schemas"]) <= named
    assert "x-comity-schema" not in str(described)


def test_every_operation_says_what_it_does_and_how_it_may_fail(described: Plain) -> None:
    names = []
    for path, method, one in operations(described):
        names.append(one["operationId"])
        assert one["summary"], path
        assert one["description"].endswith((".", "?")), path
        assert one["tags"], path
        assert set(one["responses"]) > {"400", "405", "500", "503"}, path
        assert {"200", "201", "204"} & set(one["responses"]), path
        assert ("413" in one["responses"]) == (method in ("post", "put")), path
        assert ("409" in one["responses"]) == (one["tags"][0] in ("Recording", "Proposals") and method != "get"), path
        for parameter in one["parameters"]:
            assert parameter["description"], (path, parameter["name"])
    assert len(names) == len(set(names))
    assert set(described["components"]["responses"]) == {kind.name for kind in KINDS.values()}


def test_every_operation_has_an_example(described: Plain) -> None:
    for path, method, one in operations(described):
        if method in ("post", "put"):
            (content,) = one["requestBody"]["content"].values()
            assert "example" in content, path
        elif not path.startswith(("/.well-known", "/api/v1/drafts", "/api/v1/proposals")):
            assert any("example" in parameter for parameter in one["parameters"]), path


def test_the_examples_can_be_asked(client: Client, described: Plain) -> None:
    """Of each operation: with all that is needed, as the examples have it."""
    for path, method, one in operations(described):
        if path.startswith("/api/v1/exchange/") or one["tags"] in (["Recording"], ["Proposals"]):
            # of a node, of a ledger or of accounts, which are not served here; see test_exchange_desk, test_recording_api, test_approvals
            continue
        url, needed = path, dict[str, Any]()
        for parameter in one["parameters"]:
            if parameter["in"] == "path":
                example = digest(NOTE) if parameter["name"] == "digest" else str(parameter["example"])  # of a document that is kept here
                url = url.replace(f"{{{parameter['name']}}}", example)
            elif parameter["required"]:
                needed[parameter["name"]] = parameter["example"]
        if method == "get":
            response = client.get(url, needed)
        else:
            response = client.post(url, one["requestBody"]["content"]["application/json"]["example"], content_type="application/json")
        if path == "/api/v1/acts/batch":
            assert response.status_code == 404, "no act is called so"
            continue
        if path in ("/api/v1/missions/{mission}", "/api/v1/pools/{pool}"):
            assert response.status_code == 404, "none is on record here; see test_missions"
            continue
        assert response.status_code == 200, (path, response.content)
        validator(described, path, method).validate(response.json())


@pytest.mark.parametrize("status", KINDS)
def test_a_problem_has_an_example_of_its_shape(described: Plain, status: int) -> None:
    (content,) = described["components"]["responses"][KINDS[status].name]["content"].values()
    Draft202012Validator({**content["schema"], "components": described["components"]}).validate(content["example"])
