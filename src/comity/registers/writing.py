"""A register's rows as the files of a book, which reads without a problem and goes into a ledger like any other.

Beside a book that is there already (``base``) its parties and settings stay what they are; only what the register names and the book lacks is
added, and where a treaty is one of the book's own agreements its acts stand under it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from comity.book import COLUMNS, read_files, write_rows
from comity.parties import Register
from comity.registers import atop, dcad, exercises, uk_treaties, un_treaties
from comity.registers.taking import Rows, Table, Taken
from comity.terms import BadInput

Tables = Mapping[str, Rows]
_READ: Mapping[str, tuple[str, tuple[str, ...], Callable[[Tables, Register, Iterable[str]], Taken]]] = {
    un_treaties.ID: (
        un_treaties.CITED,
        ("acts", "index"),
        lambda of, parties, held: un_treaties.from_un_treaties(of["acts"], parties, of.get("index", ()), held),
    ),
    uk_treaties.ID: (uk_treaties.CITED, ("treaties",), lambda of, parties, held: uk_treaties.from_uk_treaties(of["treaties"], parties)),
    atop.ID: (atop.CITED, ("alliances", "members"), lambda of, parties, held: atop.from_atop(of["alliances"], of["members"], parties)),
    dcad.ID: (dcad.CITED, ("agreements",), lambda of, parties, held: dcad.from_dcad(of["agreements"], parties)),
    exercises.ID: (exercises.CITED, ("participants",), lambda of, parties, held: exercises.from_exercises(of["participants"], parties)),
}
"""How each register is cited, its tables, and what reads them."""
REGISTERS: Mapping[str, tuple[str, ...]] = {name: tables for name, (_, tables, _) in _READ.items()}
"""The registers that are read here, and their tables."""
PER_FILE = 5000
"""So many acts stand in one file."""


def take_rows(register: str, tables: Tables, parties: Register, held: Iterable[str] = ()) -> Taken:
    """What comes of a register's tables, named as in ``REGISTERS``. ``held``: agreements that the record has already."""
    lacking = [name for name in REGISTERS.get(register, ()) if name not in tables and name != "index"]
    if register not in REGISTERS or lacking:
        known = "; ".join(f"{name}: {', '.join(of)}" for name, of in REGISTERS.items())
        raise BadInput(f"register {register!r} with the tables {', '.join(tables) or 'none'}; the registers and their tables are: {known}")
    return _READ[register][2](tables, parties, held)


def book_files(register: str, tables: Tables, base: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a book with what comes of a register's tables, beside the files of the book ``base``.

    Of ``base`` at least parties.toml is needed. Where it has agreements too they come along unchanged, so that acts can stand under them: give
    the files of the ledger that this goes into, or parties.toml alone for a book of the register's own.
    """
    beside = {name: content for name, content in base.items() if not name.startswith(("acts/", "attachments/"))}
    there = read_files(beside, "the book beside the register").record
    return files_of(take_rows(register, tables, there.register, there.ids), beside)


def files_of(taken: Taken, base: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a book with what was taken, beside those of ``base``."""
    files = dict(base)
    files.setdefault("book.toml", _toml({"title": _READ[taken.register][0], "recorded": "as made"}).encode())
    for table in taken.coverage:
        declared = "\n[[coverage]]\n" + _toml(table)
        files["book.toml"] += b"" if declared.encode() in files["book.toml"] else declared.encode()
    parties = "".join("\n[[party]]\n" + _toml(table) for table in taken.parties)
    files["parties.toml"] = files.get("parties.toml", b"") + parties.encode()
    for table in taken.agreements:
        files[f"agreements/{table['id']}.toml"] = _toml(table).encode()
    blank = dict.fromkeys(COLUMNS, "")
    acts = [{**blank, **act} for act in taken.acts]
    for start in range(0, len(acts), PER_FILE):
        files[f"acts/{taken.register}-{start // PER_FILE + 1:02d}.csv"] = write_rows(acts[start : start + PER_FILE]).encode()
    return files


def _toml(table: Table) -> str:
    """A table in TOML: what is plain first, then the tables within it."""
    tables = {key: value for key, value in table.items() if key in ("clause", "coverage") and isinstance(value, list)}
    lines = [f"{key} = {_value(value)}" for key, value in table.items() if key not in tables]
    for key, value in tables.items():
        lines += [f"\n[[{key}]]\n{_toml(one)}".rstrip() for one in value]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
