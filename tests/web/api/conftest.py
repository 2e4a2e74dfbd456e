"""For the tests of the API: the sample record of the pages, asked over HTTP, and what its description promises."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.holding import Held
from tests.web.conftest import client_of, sample
from tests.web.papers import with_a_note

Plain = dict[str, Any]


@pytest.fixture(scope="session")
def held() -> Held:
    """The sample, in which an act names a document."""
    return with_a_note(sample())


@pytest.fixture(scope="session")
def client(held: Held) -> Client:
    return client_of(held)


@pytest.fixture(scope="session")
def described() -> Plain:
    """The description of the API."""
    return description(API)


def validator(described: Plain, path: str, method: str, status: int = 200) -> Draft202012Validator:
    """What an operation promises for this status."""
    told = described["paths"][path][method]["responses"][str(status)]
    if "$ref" in told:
        told = described["components"]["responses"][told["$ref"].rpartition("/")[2]]
    (content,) = told["content"].values()
    return Draft202012Validator({**content["schema"], "components": described["components"]})


def send(client: Client, path: str, body: object, **headers: Any) -> Any:
    """POST some JSON."""
    return client.post(path, body, content_type="application/json", headers=headers)


def told_of(response: Any, status: int) -> str:
    """The one line of a problem, which has its one shape."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    plain = response.json()
    assert set(plain) - {"errors"} == {"type", "title", "status", "detail", "instance"}
    assert plain["status"] == status
    assert "\n" not in plain["detail"]
    detail: str = plain["detail"]
    return detail
