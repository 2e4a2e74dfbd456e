"""Ledgers to test on: on SQLite always, on PostgreSQL where its server is installed (CI installs it)."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

import comity
from comity import about
from comity.answers import answer_file
from comity.answers.files import statement
from comity.keeping import take_in
from comity.ledger import Ledger, Signer, create, new_signer, state, verifier_key
from comity.questions import Put
from tests.permissions import told
from tests.servers import postgresql, programs

ORIGIN = "ledger.example.org/record"
BOOK = told.HERE / "book"
VERIFIER = Path(__file__).parents[2] / "verifier"
Document = dict[str, Any]
Place = Callable[[], str]
"""Gives the address of another empty place for a ledger."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server of its own on a free port; the address without a database's name."""
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed here")
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where to put ledgers: on either database."""
    count = iter(range(100))
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/ledger-{next(count)}.db"
    address = request.getfixturevalue("server")

    def another() -> str:
        name = f"ledger_{abs(hash(tmp_path)) % 10**12}_{next(count)}"
        engine = sa.create_engine(f"{address}/postgres".replace("postgresql", "postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return f"{address}/{name}"

    return another


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """A ledger that holds the small invented book."""
    made = create(place(), ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """The verifier in one file, which is no part of the library."""
    spec = importlib.util.spec_from_file_location("verify_proof", VERIFIER / "verify_proof.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection that a test leaves open is closed after it."""
    engines: list[sa.Engine] = []
    make = sa.create_engine

    def noted(*given: Any, **more: Any) -> sa.Engine:
        engines.append(make(*given, **more))
        return engines[-1]

    monkeypatch.setattr(sa, "create_engine", noted)
    yield
    for engine in engines:
        engine.dispose()


# -- answer files, and what checks them


@pytest.fixture(scope="module")
def checker() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(VERIFIER))
        yield importlib.import_module("verify_answer")


@pytest.fixture(scope="module")
def signer() -> Signer:
    return new_signer(ORIGIN)


@pytest.fixture(scope="module")
def key(signer: Signer) -> str:
    return verifier_key(signer.name, signer.verifier().public_key)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with the small invented book, for tests that touch only files."""
    made = create(f"sqlite:///{tmp_path_factory.mktemp('answers')}/kept.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def written(kept: Ledger, signer: Signer) -> str:
    """An answer about an agreement that was denounced, the notice suspended, and what that comes to contested."""
    return answer_file(kept, signer, Put("bound", date(2018, 3, 1), date(2026, 11, 26), words={"party": "BET", "agreement": "alf-bet"}))


@pytest.fixture
def document(written: str) -> Document:
    found: Document = json.loads(written)
    return found


def again(document: Document, signer: Signer) -> Document:
    """The document with a new statement over it."""
    rest = {field: value for field, value in document.items() if field != "statement"}
    said = state(statement(rest, int(document["checkpoint"][1]), document["question"]["viewer"]), signer)
    return {**rest, "statement": said.removesuffix("\n").split("\n")}
