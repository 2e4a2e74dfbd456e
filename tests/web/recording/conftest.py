"""A ledger that is served and followed, as the server does it, and clients of people who record on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client

import comity
from comity import about
from comity.book import COLUMNS, write_rows
from comity.keeping import add_rows, take_in
from comity.ledger import Ledger, create
from comity.web.asking import HELD
from comity.web.following import Served
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.ledger.conftest import BOOK, ORIGIN

TODAY = date(2026, 1, 1)
OFFICER = Reader("anna", roles=frozenset({Role.DESK_OFFICER}), cleared=("LEA: LEAGUE DEEP",))
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()


@pytest.fixture
def served(ledger: Ledger) -> Served:
    return Served(Held(comity.open(ledger.url), today=lambda: TODAY, patience=20.0))


@dataclass
class Desk:
    """Somebody at their desk: every request is answered from what is served when it comes."""

    served: Served
    reader: Reader = OFFICER
    strict: bool = False

    def _client(self) -> Client:
        environ: dict[str, Any] = {HELD: self.served.now(), READER: self.reader, "SERVER_NAME": "127.0.0.1"}
        return Client(enforce_csrf_checks=self.strict, **environ)

    def get(self, path: str) -> HttpResponse:
        return cast(HttpResponse, self._client().get(path))

    def post(self, path: str, given: dict[str, Any], **more: Any) -> HttpResponse:
        return cast(HttpResponse, self._client().post(path, given, **more))

    def form(self, path: str, **given: Any) -> dict[str, Any]:
        """What the form of a page would send, with these fields filled in."""
        page = text(answer := self.get(path))
        assert answer.status_code == 200, says(answer)
        fields = dict(HIDDEN.findall(page)) | dict(re.findall(r'<input id="f-[^"]*" name="([^"]*)"(?: list="[^"]*")? value="([^"]*)"', page))
        for name, options in re.findall(r'<select id="f-[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', page):
            fields[name] = next(iter(re.findall(r"<option selected>([^<]*)", options)), "")
        return {name: unescape(value) for name, value in fields.items() if name != "csrfmiddlewaretoken"} | given


@pytest.fixture
def desk(served: Served) -> Desk:
    return Desk(served)


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def says(response: HttpResponse) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def row(**given: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), "kind": "denounce", "actor": "ALF", "agreement": "league", "made": "2020-01-01", "source": "s", **given}


def append(ledger: Ledger, **given: str) -> str:
    """Somebody records elsewhere: the hash of the act."""
    return add_rows(ledger, write_rows([row(**given)], every=True), "more.csv", TODAY)[0][0]


def acts(ledger: Ledger, ref: str) -> Sequence[str]:
    """The hashes of the acts with a reference."""
    from comity.acts import read_act

    return [leaf.act for leaf, act, _ in ledger.items() if act is not None and leaf.act is not None and read_act(act).ref == ref]
