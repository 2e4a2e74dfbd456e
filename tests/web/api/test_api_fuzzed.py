"""Whatever is sent, the API answers as its description promises: Schemathesis asks every operation, with a fixed seed, over the sample record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance
from schemathesis.config import SchemathesisConfig
from schemathesis.openapi import from_dict

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import create
from comity.web.api.describing import description
from comity.web.api.mounting import API
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.ledger.conftest import BOOK, ORIGIN

EXAMPLES = 6
"""Of each operation, beside those that its description gives and those on the bounds of its parameters."""


class Door:
    """The API over WSGI, over the record that the tests hold."""

    def __init__(self) -> None:
        self.inner, self.served = WSGIHandler(), list[dict[str, Any]]()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.inner({**environ, **self.served[-1]}, start_response)


DOOR = Door()
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429"]
"""How what does not fit is refused; a text that is too long may make a body that is (413, RFC 9110, 15.5.14), and is not read."""
api = from_dict(description(API), config=SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}))
api.app = DOOR


FEW = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
_WRITING = "^/api/v1/(acts|corrections|drafts|attachments|proposals)"


@pytest.fixture
def _opened(held: Held) -> None:
    DOOR.served[:] = [{HELD: held}]


@pytest.fixture(scope="session")
def recorded_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A ledger that an officer records on: what is served."""
    made = create(f"sqlite:///{tmp_path_factory.mktemp('fuzzed')}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield {HELD: Held(comity.open(made.url), patience=20.0), READER: Reader("anna", roles=frozenset({Role.DESK_OFFICER}))}
    made.close()


@pytest.fixture
def _recorded_on(recorded_on: dict[str, Any]) -> None:
    DOOR.served[:] = [recorded_on]


@api.include(path_regex=_WRITING).parametrize()
@FEW
@pytest.mark.usefixtures("_recorded_on")
def test_recording_answers_as_it_promises(case: Case[Any]) -> None:
    """By somebody who may record: nothing breaks, whatever is sent."""
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


@api.parametrize()
@FEW
@pytest.mark.usefixtures("_opened")
def test_the_api_answers_as_it_promises(case: Case[Any]) -> None:
    """What fits the description may still be refused: no description says which parties are on record."""
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
