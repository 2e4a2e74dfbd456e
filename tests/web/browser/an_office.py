"""An office for pictures and for looking at: a book in a ledger that is served, and people with accounts who administer, record and follow."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import comity
from comity import about
from comity.book import Book
from comity.keeping import take_in
from comity.ledger import create
from comity.web.holding import Held
from comity.web.readers import Role
from tests.ledger.conftest import ORIGIN
from tests.web.browser.driving import Window, served

WHO = "anna"
PATHS = {
    WHO: (
        "/", "/me", "/record", "/record?agreement=nato-treaty&party=FRA", "/record/act?agreement=nato-treaty&kind=denounce&actor=FRA",
        "/record/table", "/proposals", "/proposals/1",
        "/permissions?right=record+acts&agreement=nato-treaty", "/saved", "/saved/1", "/saved/due", "/saved/told",
        "/acts/nato-treaty-FIN-accede", "/agreements/nato-treaty",
    ),
    "root": (
        "/people", "/people/nova", "/people-events", "/approvals", "/permissions?right=read&person=nova", "/me", "/saved/webhooks", "/proposals",
    ),
}  # fmt: skip
"""What each of them looks at, beside what is looked at without accounts."""


@contextmanager
def an_office(today: date, book: Book) -> Iterator[str]:
    """The address of its pages, while it is open."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright has a loop in this thread, in which nobody waits for the database
    from tests.web.people.conftest import accounts_on

    with tempfile.TemporaryDirectory() as folder, accounts_on(f"sqlite:///{Path(folder) / 'people.db'}"):
        url = f"sqlite:///{Path(folder) / 'ledger.db'}"
        take_in(book, create(url, ORIGIN, about.clock))
        _employ()
        holding = Held(comity.open(url), today=lambda: today, patience=1200.0)
        holding.fold(today, None, False).pending(holding.patience)
        with served(holding) as address:
            yield address


def _employ() -> None:
    from comity.web.people import starting
    from comity.web.people.demands import change
    from comity.web.people.models import Demand, Person
    from comity.web.watching import saving
    from tests.web.people.conftest import make

    starting.prepare()
    make("root", Role.ADMINISTRATOR)
    make(WHO, Role.DESK_OFFICER, Role.LEGAL_ADVISER)
    make("nova", Role.DESK_OFFICER, party="NLD", cleared=("NATO: SECRET",))
    root, anna = (Person.objects.get(user__username=name) for name in ("root", WHO))
    Demand.objects.create(about="demands", needed=1, role=Role.LEGAL_ADVISER.value, made_by="root")
    asked = {"about": "acts", "whose": [], "kinds": ["denounce"], "agreements": ["nato-treaty"], "levels": [], "needed": 2, "role": "legal adviser"}
    change(asked, None, root)
    saving.save(anna, "Ratifications", "/acts", "kind=ratify", alert=True)
    saving.save(anna, "What is ahead of Finland", "/upcoming", "party=FIN&within=365", alert=True, shared=True)


def sign_in(shown: Window, name: str) -> None:
    """Signed in by name and password."""
    from tests.web.people.conftest import PASSWORD

    shown.open("/sign-in")
    shown.page.fill("[name=login]", name)
    shown.page.fill("[name=password]", PASSWORD)
    shown.page.press("[name=password]", "Enter")
    shown.page.wait_for_url(f"{shown.address}/")
