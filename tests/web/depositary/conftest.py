"""A treaty with a depositary, four states and an organisation, on which tests put acts; and parts of the bundled book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.acts import Act, Source
from comity.duties import RegistrationDuty, registration_duties
from comity.standing import Record, Standing, needs
from comity.terms import parse_moment
from comity.web.asking import HELD
from comity.web.holding import Held
from comity.web.readers import READER, Reader, Role
from tests.web.recording.conftest import ledger, served

__all__ = ["ledger", "served"]
OFFICER = Reader("anna", roles=frozenset({Role.DESK_OFFICER}))
COLUMNS = ("ref", "kind", "actor", "made", "received", "notified", "counterparty", "replies_to", "details")
PARTIES = "".join(
    f'[[party]]\ncode = "{code}"\nkind = "{kind}"\nnames = [{{ name = "{name}" }}]\n\n'
    for code, kind, name in (
        ("AAA", "state", "Alpha"), ("BBB", "state", "Beta"), ("CCC", "state", "Gamma"), ("DDD", "state", "Delta"),
        ("ORG", "organisation", "Org"), ("DEP", "organisation", "Keeper of Treaties"),
    )
)  # fmt: skip
PACT = """id = "pact"
title = "Pact of Friendship"
short = "Pact"
concluded = 2000-01-01
depositary = ["DEP"]
{more}
[[clause]]
kind = "consent"
article = "10"
says = "Signatories ratify, others accede."
read = "text"
source = "pact.md"
acts = ["ratify", "accede", "confirm"]

[[clause]]
kind = "entry-into-force"
article = "11(1)"
says = "In force thirty days after the second deposit."
read = "text"
source = "pact.md"
when = {{ kind = "consents", number = 2 }}
delay = [{{ days = 30 }}]

[[clause]]
kind = "later-parties"
article = "11(2)"
says = "For each later one thirty days after its own deposit."
read = "text"
source = "pact.md"
delay = [{{ days = 30 }}]

[[clause]]
kind = "reservations"
article = "12"
says = "No reservation to article 1."
read = "text"
source = "pact.md"
permitted = "except"
articles = ["1"]

[[clause]]
kind = "withdrawal"
article = "13"
says = "Six months after the notice."
read = "text"
source = "pact.md"
notice = [{{ months = 6 }}]

[[coverage]]
from = 2000-01-01
through = 2030-01-01
source = "the keeper"
"""
CHARTER = """id = "charter"
title = "Charter"
short = "UN Charter"
concluded = 1945-06-26

[[clause]]
kind = "consent"
article = "110"
says = "Signatories ratify."
read = "text"
source = "charter.md"
acts = ["ratify"]

[[clause]]
kind = "entry-into-force"
article = "110(3)"
says = "In force with the second deposit."
read = "text"
source = "charter.md"
when = {{ kind = "consents", number = 2 }}

[[clause]]
kind = "duty"
id = "registration"
article = "102(1)"
what = "register a treaty with the Secretariat"
says = "Every treaty is registered as soon as possible."
read = "text"
source = "charter.md"
does = "register"
when = {{ kind = "each-treaty" }}
by = "together"
to = "named"
to_named = ["DEP"]
discharged = {{ acts = ["register"], by = "anyone" }}

[[coverage]]
from = 1945-01-01
through = 2030-01-01
source = "the keeper"
"""
Rows = Callable[..., Held]
Row = dict[str, str]


def act(kind: str, actor: str = "AAA", made: str = "2001-01-01", **more: Any) -> Act:
    """An act by itself, for modules that look at acts alone."""
    moments: dict[str, Any] = {name: parse_moment(more.pop(name)) for name in ("received", "notified", "effect") if name in more}
    ref = more.pop("ref", f"{actor}-{kind}")
    return Act(kind=kind, actor=actor, ref=ref, agreement="pact", made=parse_moment(made), source=Source("s"), **moments, **more)


def row(kind: str, actor: str, received: str, **more: str) -> Row:
    return {"ref": f"{actor}-{kind}", "kind": kind, "actor": actor, "received": received, **more}


@pytest.fixture
def book(tmp_path: Path) -> Rows:
    """The treaty with these acts, as it is held on a day."""

    def made(*rows: Row, today: date = date(2010, 1, 1), more: str = "", clauses: str = "") -> Held:
        (tmp_path / "agreements").mkdir(exist_ok=True)
        (tmp_path / "acts").mkdir(exist_ok=True)
        (tmp_path / "parties.toml").write_text(PARTIES)
        (tmp_path / "agreements" / "pact.toml").write_text(PACT.format(more=more) + clauses)
        (tmp_path / "agreements" / "charter.toml").write_text(CHARTER.format())
        head = ",".join((*COLUMNS, "agreement", "source", "basis"))
        entered = [{"ref": f"entered{code}", "kind": "ratify", "actor": code, "made": "1945-10-24"} for code in ("AAA", "BBB")]
        every = (*((one, "charter") for one in entered), *((one, "pact") for one in rows))
        lines = [",".join([*(f'"{one.get(name, "")}"' for name in COLUMNS), agreement, "s", "text"]) for one, agreement in every]
        (tmp_path / "acts" / "pact.csv").write_text("\n".join([head, *lines]) + "\n")
        return Held(comity.open(tmp_path), today=lambda: today, patience=20.0)

    return made


def standing(held: Held, on: date | None = None) -> Standing:
    """What the acts come to on a day (today if it is left out)."""
    return Standing(held.opened.book.record, on=on or held.today(), known=held.today())


def duties(held: Held) -> Sequence[RegistrationDuty]:
    """The duties on record to register treaties."""
    return registration_duties(standing(held), ["charter"])


def officer(held: Held) -> Client:
    """A client of somebody who may record."""
    environ: dict[str, Any] = {HELD: held, READER: OFFICER, "SERVER_NAME": "127.0.0.1"}
    return Client(**environ)


def bundled(*names: str) -> Held:
    """Of the bundled book these agreements, and what they need."""
    opened = comity.open(comity.bundled_book())
    record, wanted = opened.record, set(names)
    while more := {n for a in wanted for n in needs(record.agreement(a)) if n in record.ids} - wanted:
        wanted |= more
    entries = tuple(e for e in record.entries if e.act.agreement in wanted)
    kept = Record(tuple(a for a in record.agreements if a.id in wanted), entries, record.register, record.coverage, record.title, record.ladders)
    return Held(Opened(replace(opened.book, record=kept)), today=lambda: date(2026, 11, 27), patience=20.0)
