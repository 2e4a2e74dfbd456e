"""What people follow, on the sample record with accounts: on a day of one's own, with acts that are on record or are yet to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from comity.about import Opened
from comity.acts import Entry
from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.people.conftest import accounts_on, make, migrated, people

with accounts_on("sqlite:///never-opened.db"):  # so that these tests can name what is loaded with accounts alone
    from comity.web.people.models import Person
    from comity.web.watching import calling_out, delivering, mailing, models, saving, signing

__all__ = ["calling_out", "delivering", "mailing", "make", "migrated", "models", "people", "saving", "signing"]

DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
VIENNA, CTBT = "vienna-document-2011", "ctbt"
DEADLINES = ("/calendar", f"agreement={VIENNA}&party=DEU")
"""On the first of December one line of it is to come within thirty days: on the fifteenth."""
ACTS = ("/acts", f"agreement={CTBT}")
Make = Callable[..., None]


def on(held: Held, day: date = DAY, left_out: Callable[[Entry], bool] = lambda entry: False) -> Held:
    """The sample as it is on a day, without some acts."""
    book = held.opened.book
    entries = tuple(entry for entry in book.record.entries if not left_out(entry))
    same = len(entries) == len(book.record.entries)
    opened = held.opened if same else Opened(replace(book, record=replace(book.record, entries=entries)))
    return Held(opened, patience=60.0, today=lambda: day)


def last_of(held: Held, agreement: str, count: int = 1) -> set[str]:
    """References of so many acts under an agreement."""
    return {entry.act.ref for entry in [e for e in held.opened.record.entries if e.act.agreement == agreement][-count:]}


def person(name: str) -> Person:
    """The account of that name."""
    return Person.objects.select_related("user").get(user__username=name)


def tell(name: str, **how: object) -> models.Telling:
    """How somebody is told."""
    found, _ = models.Telling.objects.update_or_create(person=person(name), defaults={"address": f"{name}@example.org", **how})
    return found


@pytest.fixture
def office(people: Make) -> Make:
    """Anna and Ben, desk officers of the keeper; Root, who administers; Dora of Germany; Carl, who sees one agreement."""
    people("anna", Role.DESK_OFFICER)
    people("ben", Role.DESK_OFFICER)
    people("root", Role.ADMINISTRATOR)
    people("dora", Role.VIEWER, party="DEU")
    people("carl", Role.VIEWER, agreements=frozenset({CTBT}))
    return people
