"""Ledgers to test on: on SQLite always, on PostgreSQL where its server is installed (CI installs it)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import Ledger, create
from tests.permissions import told

ORIGIN = "ledger.example.org/record"
BOOK = told.HERE / "book"
VERIFIER = Path(__file__).parents[2] / "verifier" / "verify_proof.py"
Place = Callable[[], str]
"""Gives the address of another empty place for a ledger."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server of its own on a free port; the address without a database's name."""
    found = shutil.which("initdb") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    if found is None:
        pytest.skip("no PostgreSQL server is installed here")
    programs, folder = Path(found).parent, Path(tempfile.mkdtemp(prefix="comity-pg-"))
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, "postgres")
    as_owner = ["runuser", "-u", "postgres", "--"] if root else []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*words: str) -> None:
        subprocess.run([*as_owner, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "comity", "-A", "trust", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://comity@127.0.0.1:{port}"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


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
    spec = importlib.util.spec_from_file_location("verify_proof", VERIFIER)
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
