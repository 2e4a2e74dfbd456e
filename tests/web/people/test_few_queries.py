"""A list asks its database few questions, however long it is: with two lines as with twenty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.people.conftest import accounts_on, signed_in

with accounts_on("sqlite:///never-opened.db"):
    from comity.web.people import accounts
    from comity.web.people.models import Person
    from comity.web.watching import saving

MOST = 12
LISTS = (
    "/", "/?party=DEU", "/agreements", "/acts", "/parties", "/organisations", "/conflicts", "/registers", "/documents", "/depositary", "/exercises",
    "/upcoming?whole=1", "/must?party=DEU", "/calendar", "/findings?whole=1", "/cooperation", "/interoperability", "/lessons",
    "/decisions", "/decision-rules",
    "/training", "/missions", "/obliged?attacked=DEU", "/mediators?a=DEU&b=FRA", "/trust?a=DEU&b=FRA", "/stability?whom=DEU,FRA", "/warning",
    "/effects", "/reports?party=DEU&period=2023",
    "/indicators?indicator=refusals&party=DEU", "/search?q=treaty", "/named?agreement=treaty",
    "/people", "/people-events", "/proposals", "/approvals", "/me", "/saved", "/saved/due", "/saved/told", "/saved/webhooks", "/api/v1/agreements",
    "/api/v1/acts", "/api/v1/saved",
)  # fmt: skip
Make = Callable[..., None]


@pytest.fixture
def busy(people: Make, held: Held) -> Client:
    """Somebody who administers, in an office of twenty, each with saved filters."""
    people("ada", Role.ADMINISTRATOR)
    for number in range(20):
        people(f"officer{number}", Role.DESK_OFFICER)
    for person in Person.objects.all():
        for number in range(3):
            saving.save(person, f"filter {number}", "/acts", f"kind=ratify&page={number + 1}", shared=number == 0, alert=True)
    return signed_in(held, "ada")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_few_questions(busy: Client, path: str) -> None:
    busy.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = busy.get(path)
    assert response.status_code == 200
    assert len(asked) <= MOST, [query["sql"][:120] for query in asked]


def test_the_counting_counts(busy: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        busy.get("/people")
    assert len(asked) > 1
    assert any("people" in query["sql"] for query in asked)
    assert accounts.office()
