"""TAXII servers to measure beside, each in a process of its own (``make peers``): OpenTAXII on SQLite under gunicorn, medallion in memory."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.taxii_load import Target, basic

ROOT = Path(__file__).parents[1]
OPENTAXII = ROOT / ".peers" / "opentaxii" / "bin"
MEDALLION = ROOT / ".peers" / "medallion" / "bin"
USER, PASSWORD = "admin", "Password0"
_ROOT_ID, _COLLECTION = "0f7c6a0e-6c0b-4d7e-8a2e-5d1c2b3a4f50", "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
_TICKS = os.sysconf("SC_CLK_TCK")
_BEGUN_WITHIN = 120.0


class Served(NamedTuple):
    """A server that runs: where, and its process group."""

    target: Target
    group: int

    def processor(self) -> float:
        """Seconds of the processor that its processes have had so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if int(fields[2]) == self.group:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / _TICKS


def free_port() -> int:
    """A port of this machine that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, folder: Path, environment: dict[str, str] | None = None) -> Iterator[int]:
    """The command's process group, once it listens; ended afterwards. RuntimeError with its last words if it does not begin."""
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        over = time.monotonic() + _BEGUN_WITHIN
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > over:
                raise RuntimeError(f"{command[0]} does not begin: {log.read_text(encoding='utf-8', errors='replace')[-1500:]}")
            time.sleep(0.05)
        yield process.pid
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def opentaxii(folder: Path, objects: int) -> Iterator[Served]:
    """OpenTAXII with so many objects that were put straight into its database."""
    port, settings, asked = free_port(), folder / "opentaxii.yml", folder / "asked.json"
    settings.write_text(_OPENTAXII.format(folder=folder, port=port), encoding="utf-8")
    asked.write_text(
        json.dumps({"root": _ROOT_ID, "collection": _COLLECTION, "user": USER, "password": PASSWORD, "objects": objects}), encoding="utf-8"
    )
    environment = {"OPENTAXII_CONFIG": str(settings), "PYTHONPATH": str(ROOT)}
    preload = [str(OPENTAXII / "python"), "-m", "bench.peer_programs.opentaxii", str(asked)]
    done = subprocess.run(preload, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"OpenTAXII's database was not made: {done.stderr.strip()[-1500:]}")
    command = [str(OPENTAXII / "gunicorn"), "-w", "1", "--timeout", "900", "-b", f"127.0.0.1:{port}", "opentaxii.http:app"]
    with running(command, port, folder, environment) as group:
        yield Served(Target(f"http://127.0.0.1:{port}/taxii2/{_ROOT_ID}/", _COLLECTION, basic(USER, PASSWORD)), group)


def with_token(served: Served) -> Served:
    """The same server of OpenTAXII, asked with a token that it gave for the password."""
    address = served.target.root.split("/")[2]
    connection = http.client.HTTPConnection(address, timeout=60)
    body = json.dumps({"username": USER, "password": PASSWORD})
    connection.request("POST", "/management/auth", body, {"Content-Type": "application/json"})
    token = json.loads(connection.getresponse().read())["token"]
    connection.close()
    return served._replace(target=served.target._replace(authorization=f"Bearer {token}"))


@contextmanager
def medallion(folder: Path) -> Iterator[Served]:
    """medallion with one empty collection in memory, as its own command runs it."""
    port, settings, data = free_port(), folder / "medallion.json", folder / "data.json"
    media = "application/stix+json;version=2.1"
    collection = {
        "id": _COLLECTION, "title": "bench", "can_read": True, "can_write": True, "media_types": [media], "objects": [], "manifest": [],
    }  # fmt: skip
    information = {"title": "bench", "versions": ["application/taxii+json;version=2.1"], "max_content_length": 209_715_200}
    data.write_text(
        json.dumps(
            {
                "/discovery": {"title": "bench", "api_roots": [f"http://127.0.0.1:{port}/bench/"]},
                "bench": {"information": information, "status": [], "collections": [collection]},
            }
        ),
        encoding="utf-8",
    )
    backend = {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": str(data)}
    settings.write_text(json.dumps({"backend": backend, "users": {USER: PASSWORD}, "taxii": {"max_page_size": 1000}}), encoding="utf-8")
    with running([str(MEDALLION / "medallion"), "--host", "127.0.0.1", "--port", str(port), str(settings)], port, folder) as group:
        yield Served(Target(f"http://127.0.0.1:{port}/bench/", _COLLECTION, basic(USER, PASSWORD)), group)


_OPENTAXII = """\
domain: "127.0.0.1:{port}"
support_basic_auth: yes
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters:
    db_connection: sqlite:///{folder}/auth.db
    create_tables: yes
    secret: for-this-run-alone-a-secret-of-some-length
taxii1:
taxii2:
  persistence_api:
    class: opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI
    parameters:
      db_connection: sqlite:///{folder}/data.db
      create_tables: yes
  title: "bench"
  public_discovery: true
  max_content_length: 209715200
logging:
  opentaxii: warning
  root: warning
"""
