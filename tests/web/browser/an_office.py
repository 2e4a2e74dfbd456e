"""An office for pictures: the bundled book in a ledger that is served, and three people with accounts who record, follow and approve."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import create
from comity.web.holding import Held
from comity.web.readers import Role
from tests.ledger.conftest import ORIGIN
from tests.web.browser.driving import Window, served

WHO = "anna"


@contextmanager
def an_office(today: date) -> Iterator[str]:
    """The address of its pages, while it is open."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright has a loop in this thread, in which nobody waits for the database
    from tests.web.people.conftest import accounts_on

    with tempfile.TemporaryDirectory() as folder, accounts_on(f"sqlite:///{Path(folder) / 'people.db'}"):
        url = f"sqlite:///{Path(folder) / 'ledger.db'}"
        take_in(comity.open(comity.bundled_book()).book, create(url, ORIGIN, about.clock))
        _employ()
        holding = Held(comity.open(url), today=lambda: today, patience=1200.0)
        holding.fold(today, None, False).pending(holding.patience)
        with served(holding) as address:
            yield address


def _employ() -> None:
    from comity.web.people import starting
    from comity.web.people.models import Person
    from comity.web.watching import saving
    from tests.web.people.conftest import make

    starting.prepare()
    make("root", Role.ADMINISTRATOR)
    make(WHO, Role.DESK_OFFICER, Role.LEGAL_ADVISER)
    make("nova", Role.DESK_OFFICER, party="NLD", cleared=("NATO: SECRET",))
    anna = Person.objects.get(user__username=WHO)
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
