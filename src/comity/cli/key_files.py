"""Files that hold private keys: written once, for their owner's eyes alone; read with one line that says what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

from comity.terms import BadInput


def write_key_file(file: Path, content: bytes) -> None:
    """A new file that only its owner may read; BadInput if there is one already."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput(f"{str(file)!r} is there already; a key is never written over: give a new file") from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)


def read_key_file(file: Path, maker: str) -> bytes:
    """What the file holds; ``maker`` is the command that makes such a file."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise BadInput(f"{str(file)!r} cannot be read as a key ({problem.strerror}); make one with: {maker}") from None
