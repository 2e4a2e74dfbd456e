"""A PostgreSQL server of one's own: on a free port, in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of the server's programs, if it is installed."""
    found = shutil.which("initdb") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    return None if found is None else Path(found).parent


@contextmanager
def postgresql(folder: Path | None = None, *, synced: bool = False) -> Iterator[str]:
    """The server's address without a database's name. ``folder``: a new one, where its files stand; ``synced``: as in use, else as for tests."""
    where = programs()
    assert where is not None
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-")) if folder is None else folder
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, "postgres")
    as_owner = ["runuser", "-u", "postgres", "--"] if root else []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(program: str, *words: str) -> None:
        subprocess.run([*as_owner, str(where / program), *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "comity", "-A", "trust", *([] if synced else ["--no-sync"]))
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://comity@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
