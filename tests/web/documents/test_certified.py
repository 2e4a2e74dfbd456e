"""A certified copy: the PDF names the hash of the answer file that it bears; the verifier accepts that file; only a ledger with its key makes one."""

from __future__ import annotations

import hashlib
import html
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from comity.about import Opened, clock
from comity.keeping import PartedRecord, take_in
from comity.ledger import create, new_signer
from comity.terms import BadInput
from comity.web.asking import CERTIFIER, HELD
from comity.web.documents.certifying import Certifier
from comity.web.holding import Held
from comity.web.serving import serve
from tests.ledger.conftest import VERIFIER

ORIGIN = "ledger.example.org/pact"
PAGE = "/agreements/pact/certified"
SINCE = "?on=2001-06-01"


@dataclass
class Served:
    client: Client
    certifier: Certifier


@pytest.fixture
def served(small: Opened, tmp_path: Path) -> Iterator[Served]:
    """The small book in a ledger, served with its key."""
    ledger = create(f"sqlite:///{tmp_path}/pact.db", ORIGIN, clock)
    take_in(small.book, ledger)
    certifier = Certifier(ledger, new_signer(ORIGIN))
    environ: dict[str, Any] = {HELD: Held(Opened(PartedRecord(ledger)), today=lambda: date(2026, 3, 2), patience=20.0), CERTIFIER: certifier}
    yield Served(Client(**environ, SERVER_NAME="127.0.0.1"), certifier)
    ledger.close()


def test_looking_writes_nothing_and_certifying_signs_a_checkpoint(served: Served) -> None:
    before = served.certifier.ledger.count()
    page = served.client.get(PAGE)
    assert page.status_code == 200
    assert ORIGIN in page.content.decode()
    assert "Certified copy" in served.client.get("/agreements/pact").content.decode()
    assert served.client.post(f"{PAGE}{SINCE}", {"format": "json"}).status_code == 200
    assert served.certifier.ledger.count() == before


def test_the_pdf_names_and_bears_the_answer_file(served: Served) -> None:
    file = served.client.post(f"{PAGE}{SINCE}", {"format": "json"})
    copy = served.client.post(f"{PAGE}{SINCE}", {"format": "pdf"})
    assert file.headers["Content-Disposition"].endswith('.json"')
    reader = PdfReader(io.BytesIO(copy.content))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert hashlib.sha256(file.content).hexdigest() in text
    assert ORIGIN in text
    ((name, (inside,)),) = reader.attachments.items()
    assert inside == file.content
    assert name in file.headers["Content-Disposition"]
    for entry in served.client.get(f"/acts?agreement=pact&format=json{SINCE.replace('?', '&')}").json()["acts"]:
        assert entry["ref"].replace(" ", "") in text
    assert "/MarkInfo" in reader.root_object
    assert "NATOSECRET" in text, "the keeper's copy bears the marking of what is in it"


def test_the_verifier_accepts_the_file(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "certified.json"
    file.write_bytes(served.client.post(f"{PAGE}{SINCE}", {"format": "json"}).content)
    archive = tmp_path / "comity-verify.pyz"
    subprocess.run([sys.executable, "-I", str(VERIFIER / "build.py"), str(archive)], check=True, capture_output=True)
    command = [sys.executable, "-I", "-S", str(archive), str(file), "--key", served.certifier.public_key]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_public_gets_a_copy_without_what_it_may_not_see(served: Served) -> None:
    for wanted in ("json", "pdf"):
        copy = served.client.post(f"{PAGE}{SINCE}&as=public", {"format": wanted}).content
        assert b"pact-BBB-denounce" not in copy
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(copy)).pages)
    assert "denounce" not in text
    assert "SECRET" not in text


def test_without_a_ledger_and_its_key_there_is_none(small: Opened, make_client: Callable[[Held], Client]) -> None:
    client = make_client(Held(small, patience=20.0))
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "serve the ledger with comity --ledger URL serve --key FILE" in html.unescape(response.content.decode())
    assert "Certified copy" not in client.get("/agreements/pact").content.decode()
    assert client.post(PAGE, {"format": "pdf"}).status_code == 404


def test_a_key_without_a_ledger_is_refused_before_anything_is_served(small: Opened) -> None:
    with pytest.raises(BadInput, match="--key is a ledger's"):
        serve(small, 8000, None, lambda ledger: new_signer(ledger.origin))


def test_what_is_not_there_is_not_certified(served: Served) -> None:
    assert served.client.get("/agreements/nowhere/certified").status_code == 404
    assert served.client.post(PAGE, {"format": "docx"}).status_code == 400
