"""People with accounts who record on a ledger that is served and followed, through pages and by programs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

import comity
from comity.ledger import Ledger
from comity.web.asking import HELD
from comity.web.following import Served
from comity.web.holding import Held
from tests.web.people.conftest import browser, signed_in
from tests.web.recording.conftest import TODAY

ACT = {"ref": "new", "kind": "denounce", "actor": "ALF", "agreement": "league", "made": "2025-01-01", "source": "UN"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Office:
    """An office in which people record on a ledger that is served."""

    def __init__(self, ledger: Ledger) -> None:
        self.served = Served(Held(comity.open(ledger.url), today=lambda: TODAY, patience=20.0))
        self.clients, self.tokens = dict[str, Client](), dict[str, str]()

    def client(self, name: str) -> Client:
        found = self.clients.setdefault(name, signed_in(self.served.now(), name))
        defaults: dict[str, Any] = found.defaults
        defaults[HELD] = self.served.now()
        return found

    def page(self, name: str, path: str) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", unescape(self.client(name).get(path).content.decode())).split())

    def record(self, name: str, **given: str) -> Any:
        path = "/record/act?agreement=league&actor=ALF&kind=denounce"
        form = dict(HIDDEN.findall(self.client(name).get(path).content.decode()))
        return self.client(name).post("/record/act", {**form, **ACT, **given, "do": "record"})

    def say(self, name: str, number: int, do: str = "approve", reason: str = "in order") -> Any:
        form = dict(HIDDEN.findall(self.client(name).get(f"/proposals/{number}").content.decode()))
        return self.client(name).post(f"/proposals/{number}", {"seen": form.get("seen", ""), "do": do, "reason": reason})

    def program(self, name: str, method: str, path: str, body: object = None, content_type: str = "application/json", **headers: str) -> Any:
        from comity.web.people import accounts
        from comity.web.people.tokens import make_token

        if name not in self.tokens:
            self.tokens[name] = make_token(accounts.person_of(name), "p", timezone.now().date() + timedelta(days=1), ("read", "record"))
        named = {"Authorization": f"Bearer {self.tokens[name]}", **{key.replace("_", "-"): value for key, value in headers.items()}}
        sent = {} if body is None else {"data": body, "content_type": content_type}
        return getattr(browser(self.served.now()), method)(path, headers=named, **sent)
