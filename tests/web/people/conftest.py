"""Pages with accounts, in the process in which the other tests have pages without: what accounts need is set while a test of this folder runs."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings

import comity
from comity import about
from comity.acts import Act, Entry
from comity.keeping import take_in
from comity.ledger import Ledger, create
from comity.terms import Label
from comity.web import settings as pages
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.people.granting import Grant
from comity.web.people.switching_on import with_accounts
from comity.web.readers import Role
from tests.ledger.conftest import BOOK, ORIGIN
from tests.web.papers import PLAIN, naming, with_papers

PASSWORD = "correct horse battery staple"
SEEN, FOREIGN = "nato-treaty", "ctbt"
PAPERS = {paper: f"Instrument kept in the vault: {paper} words.".encode() for paper in ("secret", "seen", "foreign")}
"""Documents, by who may see them."""


@contextmanager
def accounts_on(url: str, identities: str = "", key: str = "") -> Iterator[None]:
    """The pages have accounts, kept there."""
    found = with_accounts({name: getattr(pages, name) for name in dir(pages) if name.isupper()}, url, identities, key)
    databases, apps = found.pop("DATABASES"), found.pop("INSTALLED_APPS")
    found["PASSWORD_HASHERS"] = ["tests.web.people.quickly.Quickly"]
    before = connections.settings
    with override_settings(**found, SECRET_KEY="for tests"), override_settings(INSTALLED_APPS=apps):
        _connect(connections.configure_settings(databases))
        try:
            yield
        finally:
            _connect(before)


def _connect(databases: dict[str, Any]) -> None:
    connections.close_all()
    connections.settings = databases
    with suppress(AttributeError):
        del connections["default"]


with accounts_on("sqlite:///never-opened.db"):  # so that the tests of this folder can name what is loaded with accounts alone
    for _part in ("demanding", "me", "permissions", "proposals", "proposing", "signing_in", "urls"):
        importlib.import_module(f"comity.web.people.{_part}")
    from comity.web.people import accounts, starting


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, and nobody in it."""
    file = tmp_path_factory.mktemp("people") / "people.db"
    with accounts_on(f"sqlite:///{file}"):
        starting.prepare()
    return file


@pytest.fixture
def people(migrated: Path, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """The pages have accounts while the test runs; makes one: a name, roles, and what else is granted."""
    file = tmp_path / "people.db"
    shutil.copy(migrated, file)
    shutil.copy(f"{migrated}.key", f"{file}.key")
    with accounts_on(f"sqlite:///{file}"):
        yield make


def make(name: str, *roles: Role, **granted: Any) -> None:
    """An account, as the keeper makes it."""
    accounts.add(name, Grant(frozenset(roles), **granted), PASSWORD, by=None)


@pytest.fixture(scope="session")
def labelled(held: Held) -> Held:
    """The sample, with one act under the treaty that is NATO SECRET and released to Germany and the keeper alone; it names a document, and so do an
    act under the same treaty that everybody may see, and one under another.
    """
    entries = held.opened.book.record.entries
    hidden = next(e.act.ref for e in entries if e.act.agreement == SEEN and e.act.kind == "ratify" and e.act.actor == "ISL")
    seen, foreign = (
        next(e.act.ref for e in entries if e.act.agreement == agreement and e.act.kind == "ratify" and e.act.ref != hidden)
        for agreement in (SEEN, FOREIGN)
    )
    label = Label("NATO", "SECRET", releasable_to=("DEU",), originator="ISL")

    def classify(act: Act) -> Act:
        return replace(_naming(act, "secret"), label=label, nonce="00112233445566778899aabbccddeeff")

    change = {hidden: classify, seen: lambda act: _naming(act, "seen"), foreign: lambda act: _naming(act, "foreign")}
    return with_papers(held, change, list(PAPERS.values()))


def _naming(act: Act, paper: str) -> Act:
    return naming(act, PAPERS[paper], PLAIN, f"A {paper} note")


@pytest.fixture(scope="session")
def secret(labelled: Held) -> Entry:
    """That act."""
    return next(e for e in labelled.opened.record.entries if e.act.label.classification == "SECRET")


def browser(held: Held) -> Client:
    """Somebody's browser, in which nobody has signed in."""
    environ: dict[str, Any] = {HELD: held, "HTTP_HOST": "localhost:8000"}
    return Client(**environ)


def answer(client: Client, path: str) -> tuple[int, str]:
    """The status and the page, without what is drawn by lot against forged forms, and when a feed was made."""
    response = client.get(path)
    return response.status_code, re.sub(r'(csrfmiddlewaretoken" value="|DTSTAMP:)\w+', r"\1", b"".join(response).decode())


def signed_in(held: Held, name: str) -> Client:
    """A browser in which this person has signed in, by name and password."""
    found = browser(held)
    response = found.post("/sign-in", {"login": name, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()
