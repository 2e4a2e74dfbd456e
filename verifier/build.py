#!/usr/bin/env python3
"""Builds comity-verify.pyz: the verifier of answer files in one file, which Python 3.11 runs as it is, offline, with nothing installed.

    python verifier/build.py FILE

In it are verify_answer.py, read_answer.py, verify_proof.py, the oracle, and of Comity the rooms from the bytes of a book to an answer: the same
files as in the repository, but for the one that checks signatures with a library.
From the same files comes the same archive, byte for byte: names in order, one date, no compression that differs from machine to machine.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = (
    "terms", "feeds", "acts", "parties", "agreements", "standing", "permissions", "duties", "sheets", "procedures", "votes", "power", "exercises",
    "responses", "questions", "book",
)  # fmt: skip
DATE = (1980, 1, 1, 0, 0, 0)
START = """import sys

if sys.version_info < (3, 11):
    sys.stderr.write("comity-verify: this is Python %d.%d; it needs 3.11 or later\\n" % sys.version_info[:2])
    sys.exit(2)

from verify_answer import main

sys.exit(main(sys.argv[1:]))
"""
SIGNATURES = b'"""Signatures checked in plain Python."""\n\nfrom verify_proof import is_signed\n\n__all__ = ["is_signed"]\n'
FRONT_DOOR = '"""Of Comity the rooms that an answer passes through; what opens books and ledgers is not in this archive."""\n'


def sources() -> Iterator[tuple[str, bytes]]:
    """Each file of the archive: its name in it, and its bytes."""
    yield "__main__.py", START.encode()
    yield "comity/__init__.py", FRONT_DOOR.encode()
    yield "LICENSE", (ROOT / "LICENSE").read_bytes()
    for name in ("read_answer.py", "verify_answer.py", "verify_proof.py"):
        yield name, (ROOT / "verifier" / name).read_bytes()
    for folder, place in [(ROOT / "oracles", "oracles"), *((ROOT / "src" / "comity" / room, f"comity/{room}") for room in ROOMS)]:
        for path in folder.rglob("*"):
            name = f"{place}/{path.relative_to(folder).as_posix()}"
            if path.suffix in (".py", ".toml") and "__pycache__" not in path.parts:
                yield name, SIGNATURES if name == "comity/acts/ed25519.py" else path.read_bytes()


def build(target: Path) -> None:
    """Write the archive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in sorted(sources()):
                entry = zipfile.ZipInfo(name, DATE)
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                archive.writestr(entry, content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build.py FILE")
    build(Path(sys.argv[1]))
