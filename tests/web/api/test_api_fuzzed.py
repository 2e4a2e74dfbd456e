"""Whatever is sent, the API answers as its description promises: Schemathesis asks every operation, with a fixed seed, over the sample record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance
from schemathesis.openapi import from_dict

from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.asking import HELD
from comity.web.holding import Held

EXAMPLES = 6
"""Of each operation, beside those that its description gives and those on the bounds of its parameters."""


class Door:
    """The API over WSGI, over the record that the tests hold."""

    def __init__(self) -> None:
        self.inner, self.held = WSGIHandler(), list[Held]()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.inner({**environ, HELD: self.held[-1]}, start_response)


DOOR = Door()
api = from_dict(description(API))
api.app = DOOR


@pytest.fixture(autouse=True)
def _opened(held: Held) -> None:
    DOOR.held[:] = [held]


@api.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_the_api_answers_as_it_promises(case: Case[Any]) -> None:
    """What fits the description may still be refused: no description says which parties are on record."""
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
