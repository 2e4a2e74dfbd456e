"""One server for all tests of the pages: the bundled book, held as the server holds it, asked by Django's test client."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")

import django
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

import comity
from comity.about import Opened
from comity.standing import Record, needs
from comity.web.asking import HELD
from comity.web.demo_exercise import with_exercise
from comity.web.holding import Held

SAMPLE = (
    "nato-treaty",
    "nato-sofa",
    "nato-protocol-esp",
    "gsomia-jpn-kor",
    "ctbt",
    "cwc",
    "paris-protocol",
    "us-japan-security-1960",
    "vienna-document-2011",
)
django.setup()


def sample() -> Held:
    """The bundled book, of it only those agreements that the tests name, and what these need: the others take long to derive; with one exercise."""
    opened = comity.open(comity.bundled_book())
    record = opened.record
    wanted = {a for a in record.ids if a in SAMPLE}
    while more := {n for a in wanted for n in needs(record.agreement(a)) if n in record.ids} - wanted:
        wanted |= more
    entries = tuple(e for e in record.entries if e.act.agreement in wanted)
    agreements = tuple(a for a in record.agreements if a.id in wanted)
    kept = Record(agreements, entries, record.register, record.coverage, record.title, record.ladders)
    return Held(with_exercise(Opened(replace(opened.book, record=kept))), patience=20.0)


@pytest.fixture(scope="session")
def held() -> Held:
    return sample()


def client_of(holding: Held) -> Client:
    environ: dict[str, Any] = {HELD: holding, "SERVER_NAME": "127.0.0.1"}
    return Client(**environ)


@pytest.fixture(scope="session", autouse=True)
def _environment() -> Iterator[None]:
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def make_client() -> Callable[[Held], Client]:
    return client_of


@pytest.fixture(scope="session")
def client(held: Held) -> Client:
    return client_of(held)


@pytest.fixture
def small(tmp_path: Path) -> Opened:
    """A book of one treaty between two states, with a text, an act that not everyone may see, and hostile words."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "acts").mkdir()
    (tmp_path / "parties.toml").write_text(
        '[[party]]\ncode = "AAA"\nkind = "state"\nnames = [{ name = "Alpha <script>alert(1)</script>" }]\n\n'
        '[[party]]\ncode = "BBB"\nkind = "state"\nnames = [{ name = "Beta" }]\n\n'
        '[[party]]\ncode = "ORG"\nkind = "organisation"\nnames = [{ name = "Org" }]\n\n'
        '[[party]]\ncode = "ORG/AAA"\nkind = "organ"\npart_of = "ORG"\nnames = [{ name = "Organ" }]\n'
    )
    (tmp_path / "agreements" / "pact.toml").write_text(
        'id = "pact"\ntitle = "Pact of <b>Friendship</b>"\nshort = "Pact <img src=x>"\nconcluded = 2000-01-01\nnegotiating = ["AAA", "BBB"]\n'
        'texts = ["pact.md", "../secret.md"]\nofficial = "javascript:alert(1)"\n\n'
        '[[clause]]\nkind = "entry-into-force"\narticle = "II(1)"\nsays = "In force once both have ratified."\nread = "text"\nsource = "pact.md"\n'
        'when = { kind = "consents", number = "all", acts = ["ratify"], by = { of = "negotiating" } }\n\n'
        '[[coverage]]\nfrom = 2000-01-01\nthrough = 2026-01-01\nsource = "both"\n'
    )
    (tmp_path / "acts" / "pact.csv").write_text(
        "ref,kind,actor,agreement,made,source,basis,policy,classification,releasable_to,originator,nonce\n"
        "pact-AAA-ratify,ratify,AAA,pact,2000-02-01,<script>x</script>,text,,,,,\n"
        "pact-BBB-ratify,ratify,BBB,pact,2000-03-01,register,register,,,,,\n"
        "pact-BBB-denounce,denounce,BBB,pact,2001-03-01,secret note,text,NATO,SECRET,AAA,BBB,00112233445566778899aabbccddeeff\n"
    )
    return comity.open(tmp_path)


def foreign_scripts(page: str) -> list[str]:
    """Scripts on a page that are none of Comity's own files."""
    own = re.compile(r'<script src="/static/[a-z.]+\.js\?v=[0-9a-f]+" defer>')
    return [found for found in re.findall(r"<script[^>]*>", page, re.IGNORECASE) if not own.fullmatch(found)]
