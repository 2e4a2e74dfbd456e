"""The registers' tables in the folder that COMITY_DATA names, read once; and the parties of the bundled book."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.about import bundled_book
from comity.book import Book, read_book, read_files
from comity.parties import Register
from comity.registers import Namer, Taken, book_files, read_tables, take_rows
from comity.registers.taking import Framed
from comity.standing import Standing

DATA = os.environ.get("COMITY_DATA")
needs_data = pytest.mark.skipif(not DATA, reason="COMITY_DATA names no folder with the registers: nothing to read")
Rows = list[dict[str, Any]]


@cache
def tables(register: str) -> dict[str, Rows]:
    return {name: [dict(row) for row in rows] for name, rows in read_tables(register, Path(DATA or "")).items() if not isinstance(rows, Framed)}


@cache
def only_parties() -> dict[str, bytes]:
    return {"parties.toml": (bundled_book() / "parties.toml").read_bytes()}


@cache
def parties() -> Register:
    return read_files(only_parties(), "parties").record.register


@cache
def namer(register: str = "atop") -> Namer:
    return Namer(parties(), register)


@cache
def taken(register: str) -> Taken:
    return take_rows(register, tables(register), parties())


@cache
def files(register: str) -> dict[str, bytes]:
    return book_files(register, tables(register), only_parties())


@cache
def book(register: str) -> Book:
    return read_files(files(register), register)


@cache
def bundled() -> Book:
    return read_book(bundled_book())


def standing(of: Book, on: str) -> Standing:
    return Standing(of.record, on=date.fromisoformat(on), known=date(2026, 1, 1))


def reasons(found: Taken, *, parts: bool = False) -> dict[str, int]:
    """How many rows (or parts of rows that were taken) were not taken, by reason."""
    counts: dict[str, int] = {}
    for one in found.listed:
        if bool(one.part) == parts:
            counts[one.reason] = counts.get(one.reason, 0) + 1
    return counts
