"""Desks for tests: a book kept in a ledger, in which acts are recorded; a browser of a person with roles; a page as its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client

import comity
from comity import about
from comity.about import Opened
from comity.keeping import take_in
from comity.ledger import create
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.ledger.conftest import ORIGIN


@contextmanager
def kept_in(folder: Path, opened: Opened, today: date) -> Iterator[Held]:
    """The same book in a ledger."""
    made = create(f"sqlite:///{folder}/ledger.db", ORIGIN, about.clock)
    take_in(opened.book, made)
    yield Held(comity.open(made.url), today=lambda: today)
    made.close()


def as_(kept: Held, party: str | None, *roles: Role) -> Client:
    """The browser of somebody with these roles, of the party or of none."""
    environ: dict[str, Any] = {HELD: kept, READER: Reader("anna", party, frozenset(roles)), "SERVER_NAME": "127.0.0.1"}
    return Client(**environ)


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
