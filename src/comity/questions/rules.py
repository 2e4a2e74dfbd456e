"""Which rules answered: one hash over the source of every room that an answer passes through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOMS = (
    "terms", "feeds", "acts", "parties", "agreements", "standing", "permissions", "duties", "sheets", "procedures", "votes", "power", "exercises",
    "responses", "questions", "book",
)  # fmt: skip
"""From the bytes of a book to an answer."""
NO_RULE = "acts/ed25519.py"
"""Arithmetic, for which the verifier in one file has its own."""


@cache
def rules_digest() -> str:
    """SHA-256 over the names and hashes of their source files, in order: the same wherever the same rules answer."""
    told = hashlib.sha256()
    for room in ROOMS:
        for name, content in _sources(files(f"comity.{room}"), room):
            told.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return f"sha256:{told.hexdigest()}"


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")) and f"{name}/{entry.name}" != NO_RULE:
            yield f"{name}/{entry.name}", entry.read_bytes()
